"""For each kind of law the sheets, or the pairs of sheets, that it speaks of, as a Hypothesis strategy."""

from hypothesis import assume
from hypothesis import strategies as st

from hyotei.drawing.law_sheets import Sides, SidesWriter
from hyotei.drawing.value_pools import pool_of
from hyotei.rulebook.law_meaning import Interpreter
from hyotei.rulebook.model import Law, Rulebook
from hyotei.testing.drawn_sheets import Draw, below


def sides(law: Law, rulebook: Rulebook, derive: Interpreter) -> st.SearchStrategy[Sides]:
    """What to hold the law against: one side, or two in the order of the law.

    `derive` finds, for a law about one unit more, the units that are of the kind it names.
    """
    pool = pool_of(rulebook)

    @st.composite
    def drawn(draw: Draw) -> Sides:
        found = SidesWriter(below(draw), law, rulebook, pool, derive).sides()
        assume(found is not None)
        assert found is not None
        return found

    return drawn()
