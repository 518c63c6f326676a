"""Fiscal years: every usual form, and nothing guessed in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.sheet.fiscal_year import FiscalYearReading, era_year, read_fiscal_year
from hyotei.sheet.fiscal_year_print import NO_YEAR, print_fiscal_year
from tests.strategies_sheets import any_years

FULL_WIDTH = str.maketrans("0123456789HRSFY", "０１２３４５６７８９ＨＲＳＦＹ")


@given(any_years)
def test_what_is_printed_is_read(year: int) -> None:
    """Both printed forms of every year read back, stated, in full and half width."""
    for text in (print_fiscal_year(year), print_fiscal_year(year, "en"), f"{year}年度", str(year)):
        assert read_fiscal_year(text) == (FiscalYearReading(year), ())
        assert read_fiscal_year(f" {text.translate(FULL_WIDTH)} ") == (FiscalYearReading(year), ())


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("平成24年度", 2012),
        ("H24", 2012),
        ("h24", 2012),
        ("H.24", 2012),
        ("R6", 2024),
        ("S60", 1985),
        ("令和6年度", 2024),
        ("令和 6 年度", 2024),
        ("令和元年度", 2019),
        ("令和1年度", 2019),
        ("平成31年度", 2019),
        ("平成32年度", 2020),
        ("昭和60年度", 1985),
        ("２０１２年度", 2012),
        ("FY 2012", 2012),
        ("明治元年度", 1868),
        ("㍻24年度", 2012),
    ],
)
def test_each_form_is_read_as_stated(text: str, year: int) -> None:
    """Forms that name their era or the Western year need no context."""
    assert read_fiscal_year(text) == (FiscalYearReading(year), ())


@pytest.mark.parametrize(
    ("text", "hint", "year"),
    [
        ("24年度", 2012, 2012),
        ("23年度", 2012, 2011),
        ("6年度", 2023, 2024),
        ("30年度", 2019, 2018),
        ("60年度", 1986, 1985),
        ("24", 2012, 2012),
        ("元年度", 2020, 2019),
    ],
)
def test_an_era_comes_from_the_context(text: str, hint: int, year: int) -> None:
    """Without its era a year is the nearest to the hint, and marked as inferred with the reason."""
    found, problems = read_fiscal_year(text, hint=hint)
    assert problems == ()
    assert found is not None
    assert (found.year, found.reading) == (year, "inferred")
    assert found.notes


@given(st.integers(1, 60), st.integers(1930, 2100))
def test_the_nearest_era_is_taken(number: int, hint: int) -> None:
    """No other era gives a year nearer to the hint."""
    found, _ = read_fiscal_year(f"{number}年度", hint=hint)
    assert found is not None
    others = [year for era in ("令和", "平成", "昭和", "大正", "明治") if (year := era_year(era, number)) is not None]
    assert abs(found.year - hint) == min(abs(year - hint) for year in others)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9999年度", "HY202"),
        ("9999", "HY202"),
        ("平成999年度", "HY202"),
        ("平成0年度", "HY202"),
        ("24年度", "HY203"),
        ("", "HY201"),
        ("年度", "HY201"),
        ("来年度", "HY201"),
        ("平成24年4月1日", "HY201"),
        ("1" * 100_000, "HY201"),
        ("12年度13年度", "HY201"),
    ],
)
def test_what_is_no_year_is_told(text: str, code: str) -> None:
    """One diagnostic, with a text of bounded length."""
    found, problems = read_fiscal_year(text)
    assert found is None
    assert [problem.code for problem in problems] == [code]
    assert len(problems[0].text("ja")) < 300


def test_a_calendar_year_is_read_with_a_note() -> None:
    """「24年」 may be a calendar year, so the reading says what was made of it."""
    found, _ = read_fiscal_year("平成24年")
    assert found is not None
    assert (found.year, found.reading) == (2012, "inferred")


@given(st.text(max_size=20))
def test_any_text_is_a_year_or_a_diagnostic(text: str) -> None:
    """Nothing fails, and exactly one of the two comes out."""
    found, problems = read_fiscal_year(text, hint=2012)
    assert (found is None) == bool(problems)
    if found is not None:
        assert 1868 <= found.year <= 2200


def test_an_unknown_era_has_no_year() -> None:
    """Eras are known by name and by letter."""
    assert era_year("平成", 24) == era_year("H", 24) == era_year("h", 24) == 2012
    assert era_year("慶応", 2) is None
    assert era_year("平成", 0) is None


def test_the_year_that_stands_for_none_is_told_as_unknown() -> None:
    """And read again as what it is, so that a written sheet stays the same."""
    for language in ("ja", "en"):
        said = print_fiscal_year(NO_YEAR, "en" if language == "en" else "ja")
        assert not any(each.isdigit() for each in said)
        found, problems = read_fiscal_year(said)
        assert problems == ()
        assert found is not None
        assert found.year == NO_YEAR
