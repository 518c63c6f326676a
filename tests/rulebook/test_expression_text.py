"""Expressions as text: what is written is read back as the same expression, and has no parentheses to spare."""

import pytest
from hypothesis import given

from hyotei.rulebook.expression_text import expression_text
from hyotei.rulebook.parser import parse_expression
from tests.strategies import expressions

SPECIAL = ("S+", "A'", "B-", "fair_1", "R6")


@given(expressions())
def test_text_is_read_back_as_the_same(source: str) -> None:
    """Of every drawn expression, whatever its parentheses and spelling were."""
    parsed = parse_expression(source, SPECIAL)
    text = expression_text(parsed)
    assert parse_expression(text, SPECIAL) == parsed
    assert expression_text(parse_expression(text, SPECIAL)) == text


@pytest.mark.parametrize(
    "text",
    [
        "a - (b - c)", "a - b - c", "(a + b) * c", "-a ** 2", "(-a) ** 2", "a ** -2", "not(a) = true",
        "a in ((not(b)), c)", "a in (not(unknown))", "a in ((1..2])", "a in [1..2)", "a in (> 80%, unknown(missing))",
        "if a then (if b then 1 else 2) else 3", "(if a then b else c) + 1", "(a or b) and c", "a or b and c",
        "measures[actual > 3][-1].target.low", "budget_years[(if a then 1 else 2) = 1]", "(a + b)[1]", '"a\\\\\\"b"',
        "round half up(a, 2)", "1.5倍 + 2億円 + 2012年度 + 3件 + 80%", "a = (b = c)", "(a < b) = (c < d)", "a != 以上",
    ],
)  # fmt: skip
def test_hard_cases(text: str) -> None:
    """Signs, powers, lists that begin with `not(`, nested conditions, texts with quotation marks."""
    parsed = parse_expression(text, SPECIAL)
    written = expression_text(parsed)
    assert parse_expression(written, SPECIAL) == parsed, written
    assert len(written) <= len(text) + 12
