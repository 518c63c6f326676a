"""The laws of the shipped rulebook, as properties of the verdicts that the real engine gives."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hyotei.inference.case_runs import run_case
from hyotei.inference.cases import read_cases
from hyotei.inference.rate import rate
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Measure, Quantity, Sheet, YearPoint
from hyotei.sheet.direction import direction_of
from hyotei.sheet.models import UnknownReason
from hyotei.verdict.verdict import Verdict
from tests.conftest import ROOT
from tests.examples import one_in
from tests.interpreters import INTERPRETERS, exactly
from tests.strategies import sheets

FOLDER = ROOT / "rules" / "mic-2013"
TEXT = (FOLDER / "rulebook.md").read_text(encoding="utf-8")
MIC = read_rulebook(FOLDER)
CASES, CASE_PROBLEMS = read_cases(FOLDER / "cases.yaml", MIC)

SHEETS = sheets(MIC)
RANK = {value: rank for rank, value in enumerate(MIC.scales["rating"].values)}


def rated(sheet: Sheet, rulebook: Rulebook = MIC) -> Verdict:
    """The verdict by the real engine."""
    return rate(sheet, rulebook)


def with_measures(sheet: Sheet, change: Callable[[int, Measure], Measure]) -> Sheet:
    """The sheet with each measure changed, counted from 1."""
    number = iter(range(1, 10_000))
    objectives = tuple(
        objective.model_copy(
            update={
                "indicators": tuple(
                    indicator.model_copy(
                        update={"measures": tuple(change(next(number), each) for each in indicator.measures)}
                    )
                    for indicator in objective.indicators
                )
            }
        )
        for objective in sheet.objectives
    )
    return sheet.model_copy(update={"objectives": objectives})


# -- answers, and only one


@given(SHEETS)
def test_every_decision_answers(sheet: Sheet) -> None:
    """For no sheet is there a decision without an answer, a clash, or one left undecided."""
    outcomes = {step.outcome for step in rated(sheet).derivation.steps.values()}
    assert outcomes <= {"fired", "computed"}


@given(SHEETS)
def test_known_exactly_where_something_was_judged(sheet: Sheet) -> None:
    """The rating is unknown exactly if nothing could be judged; then so is the recommendation, and only then."""
    verdict = rated(sheet)
    judged = any(
        isinstance(verdict.derivation.value("result", f"measures[{number}]"), str)
        for number in range(1, len(sheet.measures) + 1)
    )
    assert (verdict.rating is not None) == judged
    assert (verdict.budget is not None) == judged


# -- monotone


def raised(measure: Measure, by: Decimal) -> Measure:
    """The measure with an actual that is better by so much; the direction is kept as it was read."""
    direction = direction_of(measure).direction
    assert measure.actual.value is not None
    better = measure.actual.value - by if direction == "decrease" else measure.actual.value + by
    return measure.model_copy(update={"actual": measure.actual.model_copy(update={"value": better})})


@st.composite
def sheets_of_positive_figures(draw: Callable[[Any], Any]) -> Sheet:
    """Sheets whose measures have positive targets and actuals, near each other."""
    sheet = draw(SHEETS.filter(lambda sheet: bool(sheet.measures)))
    figures = st.sampled_from(
        [Decimal(text) for text in ("1", "2", "4.5", "5", "8.9", "9", "9.99", "10", "11", "20", "100")]
    )

    def figured(_: int, measure: Measure) -> Measure:
        target = measure.target.model_copy(update={"value": draw(figures), "unknown": None, "low": None, "high": None})
        actual = measure.actual.model_copy(update={"value": draw(figures), "unknown": None, "low": None, "high": None})
        return measure.model_copy(update={"target": target, "actual": actual})

    return with_measures(sheet, figured)


@given(sheets_of_positive_figures(), st.data())
def test_a_better_actual_never_lowers_the_rating(sheet: Sheet, data: st.DataObject) -> None:
    """A measure that gets better keeps or raises its attainment, and the rating does not fall."""
    at = data.draw(st.integers(1, len(sheet.measures)))
    by = data.draw(st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal("0.9")]))
    before = rated(sheet)
    after = rated(with_measures(sheet, lambda number, each: raised(each, by) if number == at else each))
    attainments = [verdict.derivation.value("attainment", f"measures[{at}]") for verdict in (before, after)]
    assert all(isinstance(value, Decimal) for value in attainments)
    assert attainments[0] <= attainments[1]  # type: ignore[operator]  # both are decimals
    assert before.rating is not None
    assert after.rating is not None
    assert RANK[after.rating] <= RANK[before.rating]


@given(SHEETS)
def test_one_more_achieved_measure_never_lowers_the_rating(sheet: Sheet) -> None:
    """A measure that reached its target, added to a sheet, does not lower its rating."""
    assume(sheet.objectives and sheet.objectives[0].indicators)
    ten = Quantity(value=Decimal(10))
    indicator = sheet.objectives[0].indicators[0]
    more = indicator.model_copy(
        update={"measures": (*indicator.measures, Measure(target=ten, actual=ten, direction="increase"))}
    )
    objective = sheet.objectives[0]
    objective = objective.model_copy(update={"indicators": (more, *objective.indicators[1:])})
    after = rated(sheet.model_copy(update={"objectives": (objective, *sheet.objectives[1:])})).rating
    before = rated(sheet).rating
    assert after is not None
    assert before is None or RANK[after] <= RANK[before]


@given(SHEETS, st.data())
def test_unknown_never_beats_known(sheet: Sheet, data: st.DataObject) -> None:
    """With every measure unknown there is no rating at all, whatever it was before."""
    reason = data.draw(st.sampled_from(get_args(UnknownReason)))
    blank = Quantity(unknown=reason)
    verdict = rated(with_measures(sheet, lambda _, each: each.model_copy(update={"actual": blank})))
    assert (verdict.rating, verdict.budget) == (None, None)
    assert verdict.status == "undetermined"


# -- what does not matter


@given(SHEETS, st.randoms(use_true_random=False))
def test_the_order_of_measures_does_not_matter(sheet: Sheet, random: Any) -> None:
    """Objectives, indicators and measures in another order give the same rating, recommendation and findings."""

    def shuffled(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(items, len(items)))

    objectives = tuple(
        objective.model_copy(
            update={
                "indicators": shuffled(
                    tuple(
                        each.model_copy(update={"measures": shuffled(each.measures)}) for each in objective.indicators
                    )
                )
            }
        )
        for objective in shuffled(sheet.objectives)
    )
    verdicts = [rated(sheet), rated(sheet.model_copy(update={"objectives": objectives}))]
    answers = [(each.rating, each.budget, sorted(finding.code for finding in each.findings)) for each in verdicts]
    assert answers[0] == answers[1]


@given(SHEETS, st.text("政策x", max_size=5))
def test_what_rules_do_not_read_does_not_matter(sheet: Sheet, text: str) -> None:
    """Titles, labels, numbers, further years of a measure and requests change no decision."""

    def told_otherwise(_: int, measure: Measure) -> Measure:
        point = YearPoint(fiscal_year=2005, actual=Quantity(value=Decimal(7)))
        return measure.model_copy(update={"label": text, "series": (point,)})

    years = tuple(year.model_copy(update={"request": Quantity(value=Decimal(9))}) for year in sheet.budget_years)
    other = with_measures(sheet, told_otherwise).model_copy(
        update={"title": text, "id": "other", "number": text, "goal": text, "policy": text, "budget_years": years}
    )
    assert exactly(rated(other).derivation) == exactly(rated(sheet).derivation)


FORMS = st.sampled_from(
    [
        ("80%", "0.8"), ("８０％", "0.8"), ("８割", "0.8"), ("80.0％", "0.8"), ("７５%", "0.75"), ("90％", "0.9"),
    ]
)  # fmt: skip


@given(FORMS, st.sampled_from(["100%", "１００％", "10割"]), st.sampled_from([" ", "　", ""]))
def test_widths_and_units_do_not_matter(actual: tuple[str, str], target: str, space: str) -> None:
    """A figure means the same in full and half width and as 割 or ％."""
    sheet = read(f'measures:\n  - {{target: "{space}{target}", actual: "{actual[0]}{space}"}}\n')
    assert rated(sheet).derivation.value("attainment", "measures[1]") == Decimal(actual[1])


AMOUNTS = st.sampled_from([("円", 1_000_000), ("千円", 1_000), ("百万円", 1)])


@given(AMOUNTS, AMOUNTS)
def test_units_of_money_do_not_matter(one: tuple[str, int], other: tuple[str, int]) -> None:
    """The same amounts in yen, thousand yen and million yen give the same derivation."""

    def derived(unit: str, times: int) -> list[object]:
        years = "".join(
            f'  - {{fiscal_year: {year}, initial: {each * times}, total: {each * times}, executed: "{(each - 4) * times:,}"}}\n'
            for year, each in ((2011, 90), (2012, 100), (2013, 120))
        )
        return exactly(rated(read(f"amounts_in: {unit}\nbudget:\n{years}")).derivation)

    assert derived(*one) == derived(*other)


def read(body: str) -> Sheet:
    """A hand-written sheet of MIC for FY2012."""
    sheet, problems = parse_sheet(f"id: x\ntitle: x\nauthority: 総務省\nfiscal_year: 平成24年度\n{body}")
    assert sheet is not None
    assert not [problem for problem in problems if problem.severity == "error"]
    return sheet


# -- the document


def as_unique(text: str) -> str:
    """The budget table rewritten under hit policy U, each row with what the rows before it leave."""
    start = text.index("### 予算の方向 `budget`")
    end = text.index("## 4. 点検")
    rows = [
        "unknown | - | - | unknown", "A | 95%以上 | 10%以上 | Ⅰ", "A | 95%以上 | unknown, 10%未満 | Ⅱ",
        "A | 50%以上95%未満 | - | Ⅱ", "B | 50%以上 | - | Ⅱ", "A, B | unknown | - | Ⅱ", "A, B | 50%未満 | - | Ⅲ",
        "C | 30%未満 | - | Ⅳ", "C | unknown, 30%以上 | - | Ⅲ",
    ]  # fmt: skip
    table = "### 予算の方向 `budget` — for the sheet\n\n| U | `rating` | `execution` | `budget_change` | **budget** |\n"
    table += "|---|---|---|---|---|\n"
    return text[:start] + table + "\n".join(f"| {n} | {row} |" for n, row in enumerate(rows, 1)) + "\n\n" + text[end:]


UNIQUE = as_unique(TEXT)


@settings(max_examples=one_in(5))
@given(SHEETS, st.randoms(use_true_random=False))
def test_the_order_of_unique_rows_does_not_matter(sheet: Sheet, random: Any) -> None:
    """The budget table rewritten without order gives the same answer, and so it does with its rows shuffled."""
    head, _, rest = UNIQUE.partition("| U | `rating`")
    lines = rest.split("\n")
    shuffled = "\n".join([*lines[:2], *random.sample(lines[2:11], 9), *lines[11:]])
    answers = {
        rated(sheet, MIC).budget,
        rated(sheet, parse_rulebook(UNIQUE)).budget,
        rated(sheet, parse_rulebook(f"{head}| U | `rating`{shuffled}")).budget,
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("cell", "instead", "answer"),
    [
        ("| 70%以上 ", "| 80%以上 ", ("B", "Ⅱ")),
        ("| 70%以上 ", "| 76%以上 ", ("B", "Ⅱ")),
        ("| 70%以上 ", "| 75%以上 ", ("A", "Ⅱ")),
        ("| 10%以上 ", "| -30%以上 ", ("A", "Ⅰ")),
        ("| 50%以上 ", "| 97%以上 ", ("A", "Ⅲ")),
        ("    value: 10%\n", "    value: 25%\n", ("A", "Ⅱ")),
        ("    value: 50%\n", "    value: 80%\n", ("B", "Ⅱ")),
    ],
)
def test_one_edited_cell_changes_the_verdict(seed: Sheet, cell: str, instead: str, answer: tuple[str, str]) -> None:
    """A threshold edited in the document changes the verdict of the seed as the threshold says, with nothing else touched."""
    assert cell in TEXT
    edited = parse_rulebook(TEXT.replace(cell, instead, 1))
    verdict = rated(seed, edited)
    assert (verdict.rating, verdict.budget) == answer
    assert edited.hash != MIC.hash
    assert len(edited.decisions) == len(MIC.decisions)


def test_the_cases_can_be_read() -> None:
    """There are at least 25 cases, each with a name of its own, and nothing is wrong with them."""
    assert not CASE_PROBLEMS
    assert len({case.name for case in CASES}) == len(CASES) >= 25


@pytest.mark.parametrize("interpreter", INTERPRETERS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Any, interpreter: str) -> None:
    """Each case comes out as it says, on every interpreter."""
    assert not run_case(case, MIC).problems
    derived = INTERPRETERS[interpreter](MIC, case.sheet, dict(case.given))
    for expected in case.expected:
        found = derived.value(expected.decision, expected.unit)
        assert expected.fits(found)
