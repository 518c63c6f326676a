"""Terms with parameters in them: settled for a year they have none left, and mean what their values mean."""

from hyotei.compare.term_rewriting import meaning, parameters_of, settled
from hyotei.rulebook.model import Table
from tests.rulebook.small import formula, rulebook, table

BOOK = rulebook(
    formula("actual / target", "rate", "measure"),
    table("| F | `rate` | **x** |\n| 1 | minimum以上 | 1 |\n| 2 | - | 2 |", "x", "measure"),
    table("| F | `rate` | **y** |\n| 1 | 60%以上 | 1 |\n| 2 | - | 2 |", "y", "measure"),
)


def test_a_parameter_deep_in_a_cell_is_settled() -> None:
    """In the year in which the parameter is 60% the cell means what 60% means, in another year it does not."""
    bodies = [BOOK.by_name[name].body for name in ("x", "y")]
    assert all(isinstance(body, Table) for body in bodies)
    named, plain = (body.rows[0].checks for body in bodies if isinstance(body, Table))
    assert parameters_of(named) == {"minimum"}
    for year, same in ((2011, False), (2012, True)):
        assert parameters_of(settled(named, BOOK, year)) == set()
        assert (meaning(named, BOOK, year) == meaning(plain, BOOK, year)) is same
