"""Texts shared by many sheets."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyotei.audit.boilerplate import low_execution, shared_texts
from hyotei.readers.review_facts import word_fact
from hyotei.sheet import BudgetYear, Quantity, Sheet

TEXTS = st.one_of(st.none(), st.sampled_from(["引き続き取り組むこと。", "適切に執行すること。", " ", "見直すこと。"]))


def sheet(number: int, text: str | None, years: tuple[BudgetYear, ...] = ()) -> Sheet:
    return Sheet(
        schema="hyotei.sheet/3",
        id=f"2024/例示省/{number}",
        title="事業",
        authority="例示省",
        fiscal_year=2023,
        budget_years=years,
        facts=() if text is None else (word_fact("opinion_detail", text),),
    )


@given(st.lists(TEXTS, max_size=30), st.integers(1, 6))
def test_exactly_the_sheets_of_common_texts_are_found(texts: list[str | None], least: int) -> None:
    """A text counts as often as it stands; nothing and blanks are no text."""
    many = [sheet(number, text) for number, text in enumerate(texts)]
    counts = Counter(text.strip() for text in texts if text and text.strip())
    found = list(shared_texts(lambda: many, least=least))
    expected = [
        (each.id, counts[text.strip()])
        for each, text in zip(many, texts, strict=True)
        if text and counts[text.strip()] >= least
    ]
    assert [(each.sheet.id, each.sharing) for each in found] == expected


@given(st.integers(-3, 300), st.integers(-3, 300))
def test_low_execution_is_surely_below_half(total: int, executed: int) -> None:
    """Half itself is not low, and without a budget nothing is."""
    year = BudgetYear(
        fiscal_year=2023, total=Quantity(value=Decimal(total)), executed=Quantity(value=Decimal(executed))
    )
    assert low_execution(sheet(1, None, (year,))) is (total > 0 and 2 * executed < total)


def test_unknown_execution_is_not_low() -> None:
    """Nothing is said of a year whose figures are not known."""
    assert not low_execution(sheet(1, None, (BudgetYear(fiscal_year=2023, total=Quantity(value=Decimal(5))),)))
    assert not low_execution(sheet(1, None))
