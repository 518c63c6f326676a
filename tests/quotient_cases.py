"""Drawn rulebooks that compare and calculate with quotients, and sheets whose quotients lie at and just beside what they are
compared with: where a quotient cut to six decimals and the exact one differ.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from hypothesis import strategies as st

from hyotei.messages import HyoteiError
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from tests.rulebook.small import HEAD, formula, table

Draw = Callable[[Any], Any]

_LIMITS: Final = (
    "100%",
    "50%",
    "`1 - about`",
    "`1 / 3`",
    "`2 / 3`",
    "33.3333%",
    "33.33333%",
    "`about / 3`",
    "-50%",
    "0%",
)
_CELLS: Final = ("{}超", "{}以上", "{}以下", "{}未満", "{}", "not({})", "not(0%, {})", "[{}..{}]", "({}..300%]")
_MEASURE: Final = (
    "actual / target",
    "if direction = decrease then target / actual else actual / target",
    "actual / target - 1",
    "-(actual / target)",
    "abs(1 - actual / target)",
    "(actual - baseline) / (target - baseline)",
    "if actual > target then actual / target else 0.12345678",
    "actual / 3",
    "3 * target / (actual * 3)",
    "actual / target * 30%",
    "actual / target * baseline",
    "(actual / target) / 3",
    "100% / (actual / target)",
    "(actual / target) ** 2",
    "min(actual / target, 1)",
    "max(actual / target, target / actual, 0.1234567)",
    "floor(actual / target, 2)",
    "round half up(actual / target)",
    "round half even(actual / target * 1000%, 6)",
    "ceiling(actual / target, -1)",
    "round up(actual / target, 8)",
    "10 / 2 * 0.1234567",
    "mean(actual, target, baseline)",
)
_SHEET: Final = (
    "mean(measures.q)",
    "sum(measures.q)",
    "sum(measures[q > 1].q)",
    "min(measures.q)",
    "max(measures.q)",
    "measures[1].q",
    "measures[-1].q",
    "measures[2].q",
    "measures[q >= 1][1].q",
    "count(measures[q >= 1]) / count(measures)",
    "count(measures[q = 1]) / count(measures)",
    "max(measures.q) - min(measures.q)",
    "sum(measures.q) / 3",
    "floor(mean(measures.q), 2)",
    "round half down(sum(measures.q), 1)",
    "measures[1].q / measures[2].q",
    "measures[1].q * measures[2].q",
    "abs(measures[1].q - measures[2].q)",
    "if measures[1].q > measures[2].q then measures[1].q else 1",
    "count(measures[q > sheet.measures[1].q]) / count(measures)",
    "budget_years[1].executed / budget_years[1].total",
    "(budget_years[1].executed / 3 + budget_years[1].total / 3) / budget_years[1].total",
)
_CONDITIONS: Final = (
    "q > 1", "q = 1", "q != 1", "q <= 1", "q < target / actual", "q = actual / target", "q in (>= 1, 1 / 3)",
    "actual / target > baseline / target", "1 / q > 1", "q + 1 / 3 = 1", "q * 3 = 1",
    "3 * q >= 1", "q between 1 / 3 and 1",
)  # fmt: skip
_WHOLE: Final = (
    "s > 1",
    "s >= 1",
    "s = 1",
    "s < 1 / 3",
    "s != 2 / 3",
    "any(measures.q > s)",
    "all(measures.q <= s)",
    "3 * s = 1",
)


_KINDS: Final = frozenset({"HY512", "HY513", "HY570", "HY571"})


def quotient_rulebooks() -> st.SearchStrategy[Rulebook]:
    """The rulebooks of `quotient_texts`, parsed; those in which a drawn formula is of another kind than the limits are left out."""
    return quotient_texts().map(_parsed).filter(lambda found: found is not None).map(_sure)


def _parsed(text: str) -> Rulebook | None:
    try:
        return parse_rulebook(text)
    except HyoteiError as error:
        if {each.code for each in error.diagnostics if each.severity == "error"} <= _KINDS:
            return None
        raise


def _sure(found: Rulebook | None) -> Rulebook:
    assert found is not None
    return found


@st.composite
def quotient_texts(draw: Draw) -> str:
    """The document of a rulebook of a quotient for each measure and one for the sheet, with every form of comparison on both."""

    def rows(output: bool) -> str:
        found = []
        for number in range(1, draw(st.integers(2, 4))):
            limit = draw(st.sampled_from(_LIMITS))
            cell = draw(st.sampled_from(_CELLS)).format(limit, limit)
            found.append(
                f"| {number} | {cell} | {draw(st.sampled_from(('`q`', '1', '`1 / 3`'))) if output else number} |"
            )
        return "\n".join([*found, f"| 9 | - | {'`q / 3`' if output else 9} |"])

    policy = draw(st.sampled_from(("F", "C+", "C<", "C>", "C#")))
    decisions = [
        formula(draw(st.sampled_from(_MEASURE)), "q", "measure"),
        table(f"| F | `q` | **r** |\n{rows(False)}", "r", "measure"),
        table(f"| {policy} | `q` | **p** |\n{rows(True)}", "p", "measure"),
        formula(draw(st.sampled_from(_CONDITIONS)), "c", "measure"),
        formula(draw(st.sampled_from(_SHEET)), "s"),
        table(f"| F | `s` | **t** |\n{rows(False)}", "t"),
        formula(draw(st.sampled_from(_WHOLE)), "w"),
        formula("sum(measures.p)", "u"),
    ]
    return HEAD + "\n" + "\n\n".join(decisions) + "\n"


_BASES: Final = (1, 2, 3, 7, 30, 10**7, 3 * 10**7, 6 * 10**6, 10**12, 3 * 10**15)


@st.composite
def quotient_sheets(draw: Draw) -> Sheet:
    """A sheet with figures that are alike, a third or two thirds of each other, or off by one from that."""

    def measure() -> Measure:
        base = draw(st.sampled_from(_BASES))
        unit = Decimal(draw(st.sampled_from(("1", "1", "1", "0.1", "0.001", "-1"))))

        def near() -> Quantity:
            share = draw(st.sampled_from(((1, 1), (1, 1), (1, 3), (2, 3), (1, 2), (9, 10), (0, 1))))
            off = draw(st.sampled_from((0, 0, 1, -1)))
            return Quantity(value=(base * share[0] // share[1] + off) * unit)

        if draw(st.integers(0, 12)) == 0:
            return Measure(target=near(), actual=Quantity(unknown="unmeasured"))
        direction = draw(st.sampled_from((None, "increase", "decrease")))
        return Measure(baseline=near(), target=near(), actual=near(), direction=direction)

    measures = [measure() for _ in range(draw(st.integers(1, 3)))]
    executed = draw(st.sampled_from((1, 3, 10**7, 10**12)))
    year = BudgetYear(
        fiscal_year=2012,
        executed=Quantity(value=Decimal(executed + draw(st.sampled_from((0, 1, -1))))),
        total=Quantity(value=Decimal(executed * draw(st.sampled_from((1, 1, 3))))),
    )
    return Sheet(
        id="near",
        title="境",
        authority="総務省",
        fiscal_year=2012,
        objectives=(Objective(name="目標", indicators=(Indicator(name="指標", measures=tuple(measures)),)),),
        budget_years=(year,),
    )
