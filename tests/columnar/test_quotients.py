"""Quotients in columns: cut to whole numbers, with a spread that tells what was cut off."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.columnar.quotients import scale_of
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from tests.columnar.many import agree, duckdb, spark
from tests.examples import one_in
from tests.quotient_cases import quotient_rulebooks, quotient_sheets
from tests.rulebook.small import formula, rulebook, table

TENTH = settings(max_examples=one_in(10, least=3))
LONG = settings(max_examples=one_in(4, least=5))
FEW = settings(max_examples=10)
AT_ONCE = 12


@st.composite
def drawn(draw: Callable[[Any], Any]) -> tuple[Rulebook, list[Sheet]]:
    return draw(quotient_rulebooks()), draw(st.lists(quotient_sheets(), min_size=AT_ONCE, max_size=AT_ONCE))


def hold(few: settings, engine: Any) -> None:
    counts: Counter[str] = Counter()

    @few
    @given(drawn())
    def each(found: tuple[Rulebook, list[Sheet]]) -> None:
        counts["held"] += agree(*found, engine)
        counts["given"] += len(found[1])

    each()
    assert 3 * counts["held"] >= counts["given"] > 0


def test_quotients_are_those_of_the_reference() -> None:
    """Every step is that of the reference: outcomes and rows are equal, and a number lies where the columns say."""
    hold(TENTH, duckdb())


@pytest.mark.slow
def test_quotients_are_those_of_the_reference_many_times() -> None:
    """The same over more rulebooks."""
    hold(LONG, duckdb())


@pytest.mark.slow
def test_quotients_are_those_of_the_reference_on_spark() -> None:
    """The same on Spark."""
    hold(FEW, spark())


DIRECT = (
    formula("if direction = decrease then target / actual else actual / target", "q", "measure"),
    table(
        "| F | `q` | **r** |\n| 1 | 100%超 | 1 |\n| 2 | 100% | 2 |\n| 3 | 50%以上 | 3 |\n| 4 | - | 4 |", "r", "measure"
    ),
    formula("count(measures[r = 1]) / count(measures)", "s"),
    table("| F | `s` | **t** |\n| 1 | 70%以上 | 1 |\n| 2 | - | 2 |", "t"),
    formula("max(measures.q) > 1", "w"),
    formula("budget_years[1].executed / budget_years[1].total - 1", "change"),
)
"""Quotients that are only compared."""


@settings(max_examples=TENTH.max_examples)
@given(some=st.lists(quotient_sheets(), min_size=AT_ONCE, max_size=AT_ONCE))
def test_a_direct_quotient_is_always_decided_in_columns(some: list[Sheet]) -> None:
    """A quotient of two figures held against a number of at most six decimals sends no sheet away."""
    assert agree(rulebook(*DIRECT), some, duckdb()) == len(some)


def test_decimals_of_columns() -> None:
    """Only rules that calculate with quotients need more decimals than are shown."""
    assert scale_of(rulebook(*DIRECT)) == 6
    assert scale_of(rulebook(DIRECT[0], formula("mean(measures.q)", "m"))) == 12
    assert scale_of(rulebook(DIRECT[0], formula("q * 2", "m", "measure"))) == 12
