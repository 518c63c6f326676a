"""The shared suite over DuckDB and Spark: the reference's answer, step by step, on drawn rulebooks and on cases by hand."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.base.exact import DIGITS, ROUNDINGS, Rounding, divide
from hyotei.columnar.engines import Engine
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.values import Unknown
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from tests import strategies_sheets
from tests.columnar.many import agree, derive_many, duckdb, spark
from tests.examples import one_in
from tests.language_cases import CELLS, EXPRESSIONS, TABLES
from tests.rulebook.small import HEAD, SHEET, formula, rulebook, table, value
from tests.strategies import rulebooks, sheets
from tests.test_interpreters import CHAIN, same, shipped

TENTH = settings(max_examples=one_in(10))
"""A rulebook is compiled for every example, and rates eight sheets."""
LONG = settings(max_examples=40)
FEW = settings(max_examples=5)
AT_ONCE = 8

engines = pytest.mark.parametrize(
    "engine", [pytest.param(duckdb, id="duckdb"), pytest.param(spark, id="spark", marks=pytest.mark.slow)]
)


Drawn = tuple[Rulebook, list[Sheet]]


@st.composite
def drawn_rulebooks(draw: Callable[[Any], Any]) -> Drawn:
    """A rulebook with eight of its sheets."""
    book = draw(rulebooks())
    drawn = draw(st.lists(sheets(book), min_size=AT_ONCE, max_size=AT_ONCE))
    unread = draw(st.one_of(st.just(()), strategies_sheets.unread_parts))
    return book, [sheet.model_copy(update={"unread": unread if place % 2 else ()}) for place, sheet in enumerate(drawn)]


def hold(few: settings, strategy: st.SearchStrategy[Drawn], engine: Engine) -> None:
    """Holds every step of drawn sheets against the reference. Sheets that fit no column are left out, so not many may be so."""
    counts: list[tuple[int, int]] = []

    @few
    @given(strategy)
    def each(drawn: Drawn) -> None:
        book, some = drawn
        counts.append((agree(book, some, engine), len(some)))

    each()
    assert 3 * sum(held for held, _ in counts) >= sum(given for _, given in counts) > 0


def test_drawn_sheets_are_derived_as_by_the_reference() -> None:
    """Every step, row, input and output is that of the reference."""
    hold(TENTH, drawn_rulebooks(), duckdb())


@pytest.mark.slow
def test_drawn_sheets_are_derived_as_by_the_reference_many_times() -> None:
    """The same over more rulebooks."""
    hold(LONG, drawn_rulebooks(), duckdb())


@pytest.mark.slow
def test_drawn_sheets_are_derived_as_by_the_reference_on_spark() -> None:
    """The same on Spark."""
    hold(FEW, drawn_rulebooks(), spark())


def test_shipped_rulebook_derives_as_the_reference() -> None:
    """On any sheets that can be read, and on sheets made for its boundaries."""
    some = st.lists(strategies_sheets.sheets() | sheets(shipped()), min_size=1, max_size=4)
    hold(TENTH, st.tuples(st.just(shipped()), some), duckdb())


# -- worked out by hand


@engines
def test_expressions_have_their_values(engine: Callable[[], Engine]) -> None:
    """Every construct of the expression language gives the value worked out by hand, all in one rulebook."""
    book = rulebook(*(formula(text, f"x{number}") for number, (text, _value) in enumerate(EXPRESSIONS)))
    found = derive_many(book, [SHEET], engine())[0]
    assert found is not None
    wrong = {
        text: found.value(f"x{number}")
        for number, (text, expected) in enumerate(EXPRESSIONS)
        if not same(found.value(f"x{number}"), value(expected))
    }
    assert wrong == {}


@engines
def test_cells_hold_or_not(engine: Callable[[], Engine]) -> None:
    """Every form of a cell holds, fails or stays undecided as worked out by hand."""
    book = rulebook(
        *(
            table(f"| F | `{column}` | **y{number}** |\n| 1 | {cell} | true |\n| 2 | - | false |", f"x{number}")
            for number, (column, cell, _value) in enumerate(CELLS)
        )
    )
    found = derive_many(book, [SHEET], engine())[0]
    assert found is not None
    wrong = {
        (column, cell): found.value(f"x{number}")
        for number, (column, cell, expected) in enumerate(CELLS)
        if not same(found.value(f"x{number}"), value(expected))
    }
    assert wrong == {}


@engines
def test_tables_come_out(engine: Callable[[], Engine]) -> None:
    """Every hit policy answers, clashes, has a gap or stays undecided as worked out by hand."""
    for number, (rows, outcome, fired, expected) in enumerate(TABLES):
        if engine is spark and number % 4:
            continue
        step = _derived(engine, rulebook(table(rows)))["x", "sheet"]
        assert (step.outcome, step.rows) == (outcome, tuple(int(row) for row in fired.split())), rows
        assert same(step.outputs[0], value(expected)), rows


def _derived(engine: Callable[[], Engine], book: Rulebook, sheet: Sheet = SHEET) -> dict[tuple[str, str], Step]:
    found = derive_many(book, [sheet], engine())[0]
    assert found is not None
    return found.steps


@engines
@pytest.mark.parametrize("backwards", [False, True])
def test_decisions_feed_each_other_across_scopes(engine: Callable[[], Engine], backwards: bool) -> None:
    """Values pass from measure to indicator, objective and sheet and back down."""
    book = rulebook(*(reversed(CHAIN) if backwards else CHAIN))
    empty = Sheet(id="empty", title="空", authority="総務省", fiscal_year=2012)
    assert agree(book, [SHEET, empty, SHEET], engine()) == 3


@pytest.mark.parametrize("year", [2010, 2011, 2012, 2014])
def test_parameters_are_those_of_the_year(year: int) -> None:
    """A dated parameter has the value of the sheet's fiscal year, in formulas and as an end point."""
    rows = "| F | `50%` | **x** |\n| 1 | minimum以上 | true |\n| 2 | - | false |"
    book = rulebook(
        formula("minimum", "y"), table(rows), formula("if actual > minimum then late else 1円", "z", "measure")
    )
    dated = [SHEET.model_copy(update={"fiscal_year": each}) for each in (year, 2012, 2011)]
    assert agree(book, dated, duckdb()) == 3


# -- exact to the last digit

NEAR_18 = [
    Decimal(sign * (10**power + more)) for power in (6, 12, 15, 17, 18) for more in (-1, 0, 1) for sign in (1, -1)
]
"""Numbers around which doubles have no room for the units: from 2**53, about 9 * 10**15, on."""


def _sheet(actual: Decimal, target: Decimal) -> Sheet:
    measure = Measure(actual=Quantity(value=actual), target=Quantity(value=target), direction="increase")
    return Sheet(
        id="large",
        title="大",
        authority="総務省",
        fiscal_year=2012,
        objectives=(Objective(name="目標", indicators=(Indicator(name="指標", measures=(measure,)),)),),
        budget_years=(
            BudgetYear(fiscal_year=2012, executed=Quantity(value=actual), total=Quantity(value=abs(target))),
        ),
    )


@engines
@pytest.mark.parametrize("mode", ROUNDINGS)
def test_quotients_of_large_numbers_are_exact(engine: Callable[[], Engine], mode: Rounding) -> None:
    """At 10**18 and around, where a division by doubles is wrong, every quotient is rounded as it should be."""
    if engine is spark and mode not in ("floor", "half_even"):
        return
    book = rulebook(
        formula("actual / target", "x", "measure"),
        table("| F | `actual / target` | **y** |\n| 1 | 100%以上 | true |\n| 2 | - | false |", "y", "measure"),
        head=HEAD.replace("standing: draft", f"standing: draft\ndivision: {mode} {DIGITS}"),
    )
    pairs = [(a, b) for a in NEAR_18 for b in (*NEAR_18[:6], *NEAR_18[-6:])]
    found = derive_many(book, [_sheet(a, b) for a, b in pairs], engine())
    for (a, b), each in zip(pairs, found, strict=True):
        assert each is not None
        assert each.value("x", "measures[1]") == divide(a, b, DIGITS, mode)
        assert each.value("y", "measures[1]") is (divide(a, b, DIGITS, mode) >= 1)


def test_doubles_would_have_been_wrong() -> None:
    """The pairs above are such that a floor of a quotient of doubles is not always the right one."""
    pairs = [(int(a), int(b)) for a in NEAR_18 for b in NEAR_18[-6:]]
    assert any(int(a / b * 10**6 // 1) != a * 10**6 // b for a, b in pairs)


@engines
@pytest.mark.parametrize("digits", [0, 1, -1, 2])
def test_rounding_functions_are_exact_on_both_sides_of_zero(engine: Callable[[], Engine], digits: int) -> None:
    """Every rounding function, on halves, just beside them, and on whole numbers, positive and negative."""
    functions = [
        "floor",
        "ceiling",
        "decimal",
        "round up",
        "round down",
        "round half up",
        "round half down",
        "round half even",
    ]
    names = {function: f"x{number}" for number, function in enumerate(functions)}
    book = rulebook(*(formula(f"{function}(actual, {digits})", name, "measure") for function, name in names.items()))
    unit = Decimal(10) ** -digits
    values = [
        sign * unit * (Decimal(whole) + Decimal(part))
        for whole in (0, 1, 2)
        for part in ("0", "0.49", "0.5", "0.51", "1")
        for sign in (1, -1)
    ]
    held = agree(book, [_sheet(each, Decimal(1)) for each in values], engine())
    assert held == len(values)


@pytest.mark.parametrize("digits", [-17, -18, -19, -20])
def test_steps_as_large_as_the_number_are_exact(digits: int) -> None:
    """Numbers of as many digits as a narrow column has, rounded to steps that no 64-bit column holds any more."""
    functions = {"floor": "x", "ceiling": "y", "round half even": "z"}
    book = rulebook(
        *(formula(f"{function}(actual, {digits})", name, "measure") for function, name in functions.items())
    )
    values = [sign * (10**power - 1) for power in (17, 18) for sign in (1, -1)] + [5 * 10**17, 0]
    assert agree(book, [_sheet(Decimal(each), Decimal(1)) for each in values], duckdb()) == len(values)


def test_numbers_that_outgrow_their_columns_are_not_rated_wrongly() -> None:
    """A product of 80 digits is left to the engine of single sheets; sheets beside it are not."""
    book = rulebook(
        formula("actual * actual * actual * target * target", "x", "measure"), formula("sum(measures.x)", "y")
    )
    large, small = _sheet(Decimal(10**16), Decimal(10**16)), _sheet(Decimal(3), Decimal(2))
    found = derive_many(book, [large, small], duckdb())
    assert found[0] is None
    assert found[1] is not None
    assert found[1].value("y") == Decimal(108)


def test_unknown_is_no_number_in_any_column() -> None:
    """Sums, extremes and positions of unknown figures tell the reason."""
    book = rulebook(
        formula("sum(measures.actual)", "a"),
        formula("measures[3].actual", "b"),
        formula("measures[9].actual", "c"),
        formula("max(measures[actual > 10000].actual)", "d"),
        formula("1 / 0", "never", "measure"),
        formula("max(measures[actual > 10000].never)", "e"),
    )
    found = derive_many(book, [SHEET], duckdb())[0]
    assert found is not None
    assert [found.value(name) for name in "abcde"] == [
        Unknown("unmeasured"),
        Unknown("unmeasured"),
        Unknown("missing"),
        Unknown("undefined"),
        Unknown("undefined"),
    ]
