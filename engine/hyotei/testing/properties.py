"""The declared laws of a rulebook, tried on the real engine with drawn sheets. A breach is shrunk to the smallest sheet found."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final, Literal, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from hyotei.drawing.law_sheets import Sides
from hyotei.drawing.shrinking import smaller
from hyotei.inference.engine import derive as by_durable_rules
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.law_meaning import Breach, Interpreter, breach, can_be_tested, values_reached
from hyotei.rulebook.law_places import place
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.types import ScaleType
from hyotei.sheet import Sheet
from hyotei.testing.drawn_law_sheets import sides
from hyotei.testing.drawn_sheets import sheets

Drawn = TypeVar("Drawn")

Status = Literal["held", "broken", "open", "untested"]
"""
`held`: no sheet tried breaks it, which proves nothing. `broken`: a sheet does. `open`: not all values came out, which proves
nothing either. `untested`: no sheet that the law speaks of could be drawn, or sheets can say nothing about it.
"""

_PATIENCE: Final = 5
"""How many times as many sheets are tried for a value that has not come out."""


@dataclass(frozen=True, slots=True)
class LawResult:
    """How a law fared: what was tried, the smallest breach found, and of `every OUTPUT is reachable` the values not seen."""

    law: Law
    status: Status
    tried: int
    breach: Breach | None = None
    unseen: tuple[str, ...] = ()


class _BrokenError(Exception):
    """A sheet breaks the law; raised for Hypothesis, which then looks for a smaller one."""


class _EnoughError(BaseException):  # no Exception, which Hypothesis would take for a failure of the test
    """There is nothing more to be gained; Hypothesis stops at once."""


def try_laws(
    rulebook: Rulebook,
    examples: int = 100,
    *,
    laws: Sequence[Law] | None = None,
    start: int = 0,
    derive: Interpreter = by_durable_rules,
) -> tuple[LawResult, ...]:
    """Tries laws with drawn sheets, each with so many. The same start gives the same sheets, on any machine.

    Args:
        rulebook: whose laws are tried.
        examples: sheets, or pairs of sheets, for each law.
        laws: some of its laws; by default all.
        start: another number gives other sheets.
        derive: the interpreter, by default durable-rules.
    """
    chosen = rulebook.laws if laws is None else laws
    return tuple(_tried(law, rulebook, examples, start, derive) for law in chosen)


def _tried(law: Law, rulebook: Rulebook, examples: int, start: int, derive: Interpreter) -> LawResult:
    if not can_be_tested(law, rulebook):
        return LawResult(law, "untested", 0)
    if law.kind == "reachable":
        return _reached(law, rulebook, examples, start, derive)
    tried = 0
    smallest: Breach | None = None

    def check(drawn: Sides) -> None:
        nonlocal tried, smallest
        if smallest is None:
            tried += 1
        found = breach(law, rulebook, drawn, derive)
        if found is not None:
            smallest = found
            raise _BrokenError

    try:
        _run(check, sides(law, rulebook, derive), examples, start)
    except (_BrokenError, _EnoughError):
        assert smallest is not None, "it was kept before it was raised"
        return LawResult(law, "broken", tried, smaller(smallest, rulebook, derive))
    except Unsatisfiable:
        pass
    return LawResult(law, "held" if tried else "untested", tried)


def _reached(law: Law, rulebook: Rulebook, examples: int, start: int, derive: Interpreter) -> LawResult:
    where = place(law.output, rulebook)
    assert where is not None, "asked for laws that can be tested only"
    assert isinstance(where.type, ScaleType), "the checker asks for a scale"
    unseen = dict.fromkeys(where.type.values)
    tried = 0

    def look(sheet: Sheet) -> None:
        nonlocal tried
        tried += 1
        for value in values_reached(law, rulebook, derive(rulebook, sheet, {}), sheet):
            unseen.pop(value, None)
        if not unseen:
            raise _EnoughError

    with suppress(_EnoughError):
        _run(look, sheets(rulebook), examples * _PATIENCE, start)
    return LawResult(law, "open" if unseen else "held", tried, unseen=tuple(unseen))


def _run(check: Callable[[Drawn], None], strategy: st.SearchStrategy[Drawn], examples: int, start: int) -> None:
    """Runs a check on drawn values, quietly, the same ones whenever the start is the same."""
    configured = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate,),  # what is found is made smaller by `smaller`, which knows what is small to people
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    seed(start)(configured(given(strategy)(check)))()
