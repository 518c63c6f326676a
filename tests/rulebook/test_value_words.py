"""Meanings in words: one spelling for each, which can be read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import Language
from hyotei.rulebook import terms as t
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.term_words import term_text, term_title
from hyotei.rulebook.terms import Constant
from hyotei.rulebook.types import BOOLEAN, COUNT, NUMBER, RATIO, TEXT, YEAR, NumberType, ScaleType, Type
from hyotei.rulebook.value_words import amount, check_text, grouped, percent, value_text
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from tests.rulebook.small import formula, rulebook, table
from tests.strategies import HALF, rulebook_texts

LANGUAGES: tuple[Language, ...] = ("ja", "en")
FIGURES = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)


@pytest.mark.parametrize(
    ("value", "of", "ja", "en"),
    [
        (Decimal("0.75"), RATIO, "75.0%", "75.0%"),
        (Decimal("0.949853"), RATIO, "94.9853%", "94.9853%"),
        (Decimal("4.3"), RATIO, "430.0%", "430.0%"),
        (Decimal("-0.2"), RATIO, "-20.0%", "-20.0%"),
        (Decimal(2012), YEAR, "平成24年度", "FY2012"),
        (Decimal("1234567.50"), NUMBER, "1,234,567.5", "1,234,567.5"),
        (Decimal(-1234), COUNT, "-1,234", "-1,234"),
        (Decimal("-0.5"), NUMBER, "-0.5", "-0.5"),
        (Decimal("1E+3"), NUMBER, "1,000", "1,000"),
        (True, BOOLEAN, "はい", "yes"),
        (False, BOOLEAN, "いいえ", "no"),
        ("A", TEXT, "A", "A"),
        (Unknown("unread"), RATIO, "不明（未読取）", "unknown (not read)"),
        (Unknown("unsettled"), RATIO, "不明（未確定）", "unknown (not yet settled)"),
    ],
)
def test_value_in_words(value: Scalar, of: Type, ja: str, en: str) -> None:
    """A value is shown by its type: ratios in percent, years by era, numbers in groups of three."""
    assert (value_text(value, of, "ja"), value_text(value, of, "en")) == (ja, en)


def test_every_reason_is_put_in_words() -> None:
    """Each reason of unknown has words of its own in both languages."""
    for language in LANGUAGES:
        assert len({value_text(Unknown(reason), NUMBER, language) for reason in REASONS}) == len(REASONS)


@given(FIGURES)
def test_numbers_keep_their_digits(number: Decimal) -> None:
    """No digit is lost or made up: what is shown can be read back to the same number."""
    assert Decimal(grouped(number).replace(",", "")) == number
    assert Decimal(percent(number).rstrip("%")) / 100 == number
    shown = amount(number)
    factor = 1000 if shown.endswith("千円") else 1
    assert Decimal(shown.removesuffix("円").removesuffix("千").replace(",", "")) * factor == number


def constant(term: t.Term) -> Scalar:
    assert isinstance(term, Constant)
    return term.value


def checks(book: Rulebook) -> list[tuple[str, Type, t.Check]]:
    """All cells of a rulebook whose end points are constants, with the expression and type of their column."""
    return [
        (column.text, column.type, row.checks[index])
        for decision in book.decisions
        if isinstance(decision.body, Table) and decision.scope == "sheet"
        for index, column in enumerate(decision.body.inputs)
        for row in decision.body.rows
        if all(isinstance(end, Constant) for test in row.checks[index].tests for end in _ends(test))
    ]


def _ends(test: t.Test) -> list[t.Term]:
    if isinstance(test, t.Same):
        return [test.value]
    return [end for end in (test.low, test.high) if end is not None] if isinstance(test, t.Range) else []


@pytest.mark.parametrize(
    ("column", "cell", "ja", "en"),
    [
        ("1 / 2 * 100%", ">= 80%", "80%以上", "at least 80%"),
        ("1 / 2 * 100%", "８割超", "80%超", "above 80%"),
        ("1 / 2 * 100%", "[80%..100%)", "80%以上100%未満", "at least 80% and below 100%"),
        ("1 / 2 * 100%", "(80%..100%]", "80%超100%以下", "above 80% and at most 100%"),
        ("1 / 2 * 100%", "80%", "80%", "80%"),
        ("count(measures)", "not(1, 5以上)", "1, 5以上 以外", "not (1 or at least 5)"),
        ("recorded.rating", "B以上", "A, B", "A or B"),
        ("recorded.rating", "unknown(missing), A", "不明（記載なし）, A", "unknown (not stated) or A"),
        ("recorded.rating", "不明", "不明", "unknown"),
        ("sum(budget_years.total)", "3億円未満", "300,000千円未満", "below 300,000 thousand yen"),
        ("fiscal_year", "2012..2013", "平成24年度以上平成25年度以下", "at least FY2012 and at most FY2013"),
        ("1 < 2", "true", "はい", "yes"),
        ("title", "-", "-", "-"),
    ],
)
def test_cell_in_words(column: str, cell: str, ja: str, en: str) -> None:
    """A cell is shown in one spelling, with its end points as values."""
    book = rulebook(table(f"| F | `{column}` | **x** |\n| 1 | {cell} | 1 |"))
    ((_, of, check),) = checks(book)
    assert (check_text(check, of, constant, "ja"), check_text(check, of, constant, "en")) == (ja, en)


@HALF
@given(rulebook_texts())
def test_cell_in_words_can_be_read_back(text: str) -> None:
    """The Japanese words of a cell, written into a cell, mean the same."""
    book = parse_rulebook(text)
    for column, of, check in checks(book):
        shown = check_text(check, of, constant)
        if not isinstance(of, (NumberType, ScaleType)) or any(
            isinstance(test, t.OneOf) and not test.values for test in check.tests
        ):
            continue
        decisions = text.split("---\n", 2)[2]
        again = parse_rulebook(
            text.replace(decisions, decisions + "\n" + table(f"| F | `{column}` | **zz** |\n| 1 | {shown} | 1 |", "zz"))
        )
        body = again.by_name["zz"].body
        assert isinstance(body, Table)
        assert check_text(body.rows[0].checks[0], of, constant) == shown


@HALF
@given(rulebook_texts())
def test_every_term_has_words(text: str) -> None:
    """Every input, and every term within, can be shown in both languages."""
    book = parse_rulebook(text)
    for decision in book.decisions:
        for term in mentioned(decision):
            if isinstance(term, t.Term):
                empty = term == Constant("")
                assert all(
                    empty or say(term, book, language) for say in (term_text, term_title) for language in LANGUAGES
                )


def test_term_is_shown_by_the_names_of_things() -> None:
    """An expression is shown with titles in place of codes, and brackets where they are needed."""
    book = rulebook(
        formula("actual / target", "rate", "measure"),
        formula("if (actual + 1) * 2 > target then rate else -1 * rate", "x", "measure"),
    )
    body = book.by_name["x"].body
    assert not isinstance(body, Table)
    assert term_text(body.term, book, "en") == "if ((actual + 1) × 2) > target then rate else (-1 × rate)"
    assert term_text(body.term, book, "ja") == "((実績値 + 1) × 2) > 目標値 なら rate、そうでなければ (-1 × rate)"
