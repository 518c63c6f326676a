"""Text to tokens: every spelling of a sign, a number or a name, and a place for each token."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import Location
from hyotei.rulebook.lexer import LONGEST, names_in, tokens
from hyotei.rulebook.syntax_problem import SyntaxProblem
from tests.rulebook.markdown_lines import ANY_TEXT
from tests.rulebook_writing.words import widened
from tests.strategies import cells, expressions

SPECIAL = ("S+", "A'", "達成", "Ⅱ", "R6", "以上")


def seen(source: str, special: tuple[str, ...] = (), in_cell: bool = False) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(source, special, in_cell)[:-1]]


NUMBERS = (
    ("80%", "0.8", "ratio"),
    ("８０％", "0.8", "ratio"),
    ("12.5%", "0.125", "ratio"),
    ("8割", "0.8", "ratio"),
    ("1.5倍", "1.5", "times"),
    ("5", "5", None),
    (".5", "0.5", None),
    ("5回", "5", "counted"),
    ("10カ国", "10", "counted"),
    ("3 ", "3", None),
    ("3千", "3000", None),
    ("2万", "20000", None),
    ("100円", "100", "money"),
    ("12千円", "12000", "money"),
    ("3百万円", "3000000", "money"),
    ("3億円", "300000000", "money"),
    ("3億2千万円", "320000000", "money"),
    ("1兆2億3万4千5円", "1000200034005", "money"),
    ("1.5億円", "150000000", "money"),
    ("平成24年度", "2012", "year"),
    ("平成元年度", "1989", "year"),
    ("令和6年度", "2024", "year"),
    ("2012年度", "2012", "year"),
    ("FY2012", "2012", "year"),
    ("ＦＹ２０１２年度", "2012", "year"),
)


@pytest.mark.parametrize(("source", "value", "dimension"), NUMBERS)
def test_number_has_its_exact_value_and_unit(source: str, value: str, dimension: str | None) -> None:
    """A number with its unit is one token with an exact value."""
    token, end = tokens(source)
    assert (token.kind, token.value, token.dimension, end.kind) == ("number", Decimal(value), dimension, "end")


@pytest.mark.parametrize(
    ("source", "value"),
    [("1,000", "1000"), ("1,234,567円", "1234567"), ("１，０００千円", "1000000"), ("H24", "2012"), ("R1", "2019")],
)
def test_cells_group_digits_and_shorten_eras(source: str, value: str) -> None:
    """`1,000` and `H24` are numbers in cells only: in an expression a comma parts arguments and H24 is a name."""
    assert [token.value for token in tokens(source, in_cell=True)] == [Decimal(value), None]
    if "," in source or "，" in source:
        with pytest.raises(SyntaxProblem, match="HY408"):
            tokens(source)
    else:
        assert tokens(source)[0].kind == "name"


def test_comma_that_groups_no_thousands_parts_values() -> None:
    """`3,4` is two values, `50,100%` one; what may be either to a reader is told."""
    assert seen("3,4", in_cell=True) == [("number", "3"), ("symbol", ","), ("number", "4")]
    assert seen("1,20", in_cell=True) == [("number", "1"), ("symbol", ","), ("number", "20")]
    assert seen("50,100%", in_cell=True)[0] == ("number", "50,100%")
    assert seen("50, 100%", in_cell=True) == [("number", "50"), ("symbol", ","), ("number", "100%")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("about以上", [("name", "about"), ("name", "以上")]),
        ("B以下以外", [("name", "B"), ("name", "以下"), ("name", "以外")]),
        ("以上のもの", [("name", "以上"), ("name", "のもの")]),
        ("target.qualifier", [("name", "target"), ("symbol", "."), ("name", "qualifier")]),
        ("5回以下", [("number", "5回"), ("name", "以下")]),
        ("80%以上100%未満", [("number", "80%"), ("name", "以上"), ("number", "100%"), ("name", "未満")]),
        ("100%超過", [("number", "100%"), ("name", "超過")]),
        ("100%超", [("number", "100%"), ("name", "超")]),
        (
            "a≧b≦c≠d",
            [
                ("name", "a"),
                ("symbol", ">="),
                ("name", "b"),
                ("symbol", "<="),
                ("name", "c"),
                ("symbol", "!="),
                ("name", "d"),
            ],
        ),
        ("a**b..c", [("name", "a"), ("symbol", "**"), ("name", "b"), ("symbol", ".."), ("name", "c")]),
        ("2then", [("number", "2"), ("name", "then")]),
        ("達成率", [("name", "達成率")]),
        ("`a + b`以上", [("code", "a + b"), ("name", "以上")]),
        ("``a ` b``", [("code", "a ` b")]),
        ('"Ａ 、\\"x\\""', [("text", 'Ａ 、"x"')]),
        ('`"Ａ"`', [("code", '"Ａ"')]),
    ],
)
def test_words_and_signs_part_where_a_reader_parts_them(source: str, expected: list[tuple[str, str]]) -> None:
    """Names end before 以上 and the like, texts and backticks keep what is written."""
    assert seen(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("S+", [("name", "S+")]),
        ("S + 1", [("name", "S"), ("symbol", "+"), ("number", "1")]),
        ("A'以上", [("name", "A'"), ("name", "以上")]),
        ("達成", [("name", "達成")]),
        ("達成率", [("name", "達成率")]),
        ("達成以外", [("name", "達成"), ("name", "以外")]),
        ("Ⅱ, Ⅲ", [("name", "Ⅱ"), ("symbol", ","), ("name", "Ⅲ")]),
        ("R6", [("name", "R6")]),
        ("R6年度", [("number", "R6年度")]),
        ("R60", [("name", "R60")]),
        ("100%以上", [("number", "100%"), ("name", "以上")]),
    ],
)
def test_values_of_scales_with_signs_are_names(source: str, expected: list[tuple[str, str]]) -> None:
    """`S+` is one name where a scale has it, but never the beginning of a longer one."""
    if source == "R60":
        assert seen(source, SPECIAL) == expected
    else:
        assert seen(source, SPECIAL, in_cell=True) == expected


@pytest.mark.parametrize(
    ("source", "code", "span"),
    [
        ("a $ b", "HY403", (2, 3)),
        ("a `b", "HY402", (2, 3)),
        ('a "b', "HY404", (2, 4)),
        ("平成00年度 + 1", "HY405", (0, 6)),
        ("1e5", "HY406", (0, 3)),
        ("1億2億円", "HY406", (0, 4)),
        ("1万12千345人", "HY406", (0, 5)),
        ("007", "HY409", (0, 3)),
        ("5社会", "HY407", (1, 3)),
        ("1,000", "HY408", (0, 5)),
        ("24年度", "HY405", (0, 4)),
        ("1" * 25, "HY406", (0, 25)),
        ("a" * (LONGEST + 1), "HY401", (0, LONGEST + 1)),
    ],
)
def test_problem_is_told_at_its_characters(source: str, code: str, span: tuple[int, int]) -> None:
    """What is not of the language is told with its code and its characters."""
    with pytest.raises(SyntaxProblem) as caught:
        tokens(source)
    assert (caught.value.code, caught.value.span) == (code, span)
    where = caught.value.diagnostic(Location("f", 3, 10, 99)).location
    assert (where.line, where.start, where.end) == (3, 10 + span[0], 10 + span[1])


@given(ANY_TEXT | cells() | expressions(), st.booleans())
def test_any_text_ends_in_tokens_or_a_problem(text: str, in_cell: bool) -> None:
    """Whatever is typed, tokens stand within the text, one after the other, or one problem does."""
    try:
        found = tokens(text, SPECIAL, in_cell)
    except SyntaxProblem as problem:
        start, end = problem.span
        found = []
    else:
        start, end = found[-1].span
        assert found[-1].kind == "end"
    assert 0 <= start <= end <= len(text)
    assert all(0 <= token.span[0] <= token.span[1] <= len(text) for token in found)
    assert all(first.span[1] <= second.span[0] for first, second in pairwise(found))


@given(expressions(), st.integers(1, 3))
def test_width_is_irrelevant(text: str, every: int) -> None:
    """Full width, in whole or in part, gives the same tokens."""
    assert seen(widened(text, every)) == seen(text)


@given(expressions())
def test_names_of_an_expression_are_among_its_words(text: str) -> None:
    """Every name that the lexer finds is among the words that the order of decisions is made from."""
    assert {token.text for token in tokens(text) if token.kind == "name"} <= names_in(text)


@pytest.mark.parametrize("text", ["10²", "5①", "3½"])
def test_raised_and_ringed_digits_are_not_lost(text: str) -> None:
    """A sign that would change the number is a token of its own, so that the cell is refused instead of misread."""
    assert [token.kind for token in tokens(text, in_cell=True)] == ["number", "name", "end"]


@pytest.mark.parametrize("text", ["²", ".²", "①", "½"])
def test_signs_that_only_look_like_digits_end_in_tokens_or_a_problem(text: str) -> None:
    """What Unicode calls a digit but no decimal one begins no number."""
    assert all(token.kind != "number" for token in tokens(text))
