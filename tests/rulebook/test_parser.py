"""Expressions and cells to syntax: precedence, spellings of one meaning, and an answer to any text at all."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.rulebook import syntax as s
from hyotei.rulebook.cursor import DEEPEST, MOST_OPERATORS
from hyotei.rulebook.parser import parse_cell, parse_expression, parse_output
from hyotei.rulebook.syntax_problem import SyntaxProblem
from tests.rulebook.markdown_lines import ANY_TEXT
from tests.rulebook_writing.words import widened
from tests.strategies import cells, expressions

SPECIAL = ("S+", "A'", "Ⅱ", "R6")
DASHES = "-‐‑‒–—―−﹣－"
TILDES = "~〜～∼"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a or b and c", "a or (b and c)"),
        ("a and b or c", "(a and b) or c"),
        ("a = b and c", "(a = b) and c"),
        ("a + b < c * d", "(a + b) < (c * d)"),
        ("a - b - c", "(a - b) - c"),
        ("a - b + c", "(a - b) + c"),
        ("a / b * c", "(a / b) * c"),
        ("a + b * c ** d", "a + (b * (c ** d))"),
        ("a ** b ** c", "(a ** b) ** c"),
        ("-a ** b", "(-a) ** b"),
        ("-a.b", "-(a.b)"),
        ("a - -b", "a - (-b)"),
        ("if a then b else c + d", "if a then b else (c + d)"),
        ("if a then b else if c then d else e", "if a then b else (if c then d else e)"),
        ("if a or b then c else d", "if (a or b) then c else d"),
        ("a[b > 1][2].c", "((a[b > 1])[2]).c"),
        ("a between b and c and d", "(a between b and c) and d"),
        ("a in (1, 2) and b", "(a in (1, 2)) and b"),
        ("a in [1..2) or b", "(a in [1..2)) or b"),
        ("round half up(a, 2) + 1", "(round half up(a, 2)) + 1"),
        ("unknown(missing) = a", "(unknown(missing)) = a"),
        ("a\n  + b", "a + b"),
    ],
)
def test_precedence_is_that_of_feel(written: str, meant: str) -> None:
    """An expression means what it means with all its brackets written."""
    assert parse_expression(written) == parse_expression(meant)


@pytest.mark.parametrize(
    "spellings",
    [
        ("-", "", "ー", "－", "任意", " "),
        (">= 80%", "80%以上", "80%から", "８０％以上", "≧80%", "≥ 80%", "80% 以上", "8割以上"),
        ("> 80%", "80%超", "80%を超える", "80%を上回る", "80%超過", "80%より大きい", "＞８０％"),
        ("<= 5", "5以下", "５以下", "5まで", "5以内", "≦5"),
        ("< 5", "5未満", "5を下回る", "5より小さい"),
        ("[80%..100%)", "80%以上100%未満", "80%以上 100%未満", "[80%..100%[", "80%から100%未満", "80%~100%未満"),
        ("[80%..100%]", "80%~100%", "80%～100%", "80%〜100%", "80%以上100%以下", "80%..100%", "80%から100%まで"),
        ("(80%..100%]", "80%超100%以下", "]80%..100%]"),
        ("A, B", "A、B", "A・B", "Ａ，Ｂ"),
        ("not(A, B)", "A, B以外", "A、B以外"),
        ("unknown", "不明", "ｕｎｋｎｏｗｎ"),
        ("unknown(unsettled)", "不明(未確定)", "unknown(未確定)", "不明（未確定）"),
        ("unknown(missing)", "不明(記載なし)", "不明(欠測)"),
        ("1000", "1,000", "１，０００", "1千"),
        ("12,345千円", "12345000円", "1,234万5千円", "１２．３４５百万円"),
        ("2012年度", "平成24年度", "H24", "平成２４", "FY2012", "H24年度"),
    ],
)
def test_spellings_of_one_meaning_are_one_cell(spellings: tuple[str, ...]) -> None:
    """S-FEEL and Japanese, half and full width, one dash or another: the same cell."""
    first, *others = (parse_cell(each) for each in spellings)
    assert all(other == first for other in others)


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_is_a_minus(dash: str) -> None:
    """A minus or a dash of any kind means anything when alone, and makes a number negative."""
    assert parse_cell(dash) == s.Anything()
    assert parse_cell(f"{dash}5以上") == parse_cell(">= -5")
    assert parse_expression(f"a {dash} b") == parse_expression("a - b")


@pytest.mark.parametrize("tilde", TILDES)
def test_every_tilde_makes_a_range(tilde: str) -> None:
    """A range may be written with any kind of tilde."""
    assert parse_cell(f"80%{tilde}90%") == parse_cell("[80%..90%]")


def test_bare_words_are_values() -> None:
    """A bare word of a cell is a value of a scale, even 以上 and 超."""
    assert parse_cell("以上, 超") == s.Tests((s.Exactly(s.Name("以上")), s.Exactly(s.Name("超"))))
    assert parse_cell("unknown, A") == s.Tests((s.IsUnknown(), s.Exactly(s.Name("A"))))


def test_output_is_one_value() -> None:
    """An output cell holds a value, an expression in backticks, or unknown in either language."""
    assert parse_output("不明") == parse_output("unknown")
    assert parse_output("`1 + 2`") == parse_expression("1 + 2")
    assert isinstance(parse_output("1,000千円"), s.Number)


@pytest.mark.parametrize("cell", ["``", "` `", "`-`", '"-"'])
def test_what_is_quoted_is_not_anything(cell: str) -> None:
    """Only a plain dash means anything: an empty expression is a mistake, a text is a text."""
    if cell == '"-"':
        assert parse_cell(cell) != s.Anything()
        return
    with pytest.raises(SyntaxProblem):
        parse_cell(cell)


def _finish(parse: Callable[[str, tuple[str, ...]], object], text: str) -> None:
    """Parses; nothing but a problem with its place within the text may come of it."""
    found: SyntaxProblem | None = None
    try:
        parse(text, SPECIAL)
    except SyntaxProblem as problem:
        found = problem
    assert found is None or 0 <= found.span[0] <= found.span[1] <= max(1, len(text)), (text, found.code, found.span)


MUTATIONS = st.sampled_from(
    [
        *'()[]`",、・.~-+*/<>=!|#$%',
        "if ",
        " then ",
        " else ",
        "not(",
        "in (",
        "unknown(",
        "以上",
        "以外",
        "㌔",
        "か゛",
        "½",
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid cell or expression with some characters taken out, doubled or put in."""
    text = draw(cells() | expressions())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 3))
        text = text[:at] + draw(MUTATIONS) + text[at + cut :]
    return text


@given(ANY_TEXT | mutated())
def test_any_text_ends_in_syntax_or_a_problem(text: str) -> None:
    """Every parser answers any text with syntax or with one problem that has its place in the text."""
    for parse in (parse_cell, parse_expression, parse_output):
        _finish(parse, text)


@given(cells(), st.integers(1, 3))
def test_width_of_a_cell_is_irrelevant(text: str, every: int) -> None:
    """A cell means the same in full width, in whole or in part."""
    assert parse_cell(widened(text, every), SPECIAL) == parse_cell(text, SPECIAL)


@given(expressions())
def test_brackets_around_everything_change_nothing(text: str) -> None:
    """An expression and the same in brackets are one."""
    assert parse_expression(f"({text})") == parse_expression(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3000 + "1" + ")" * 900,
        "[" * 3900,
        "not(" * 900,
        "-" * 3900 + "1",
        "if " * 1300,
        "a[" * 1900,
        "a." * 1900 + "a",
        "1+" * 1900 + "1",
        "1**" * 1300 + "1",
        "a or " * 700 + "a",
        "(1," * 1300,
        "in (" * 900,
        "1 in (" * 600,
        "1, " * 1300 + "1",
        "`" * 3999,
        '"' * 3999,
        "``" * 1990 + "a",
        "".join("`" * n + " " for n in range(80, 0, -1)) + "a" + "".join(" " + "`" * n for n in range(1, 81)),
        "x" * 100_000,
        "(" * 100_000,
        "1~" * 1900,
        "以上" * 1900,
        "a以上" * 900,
        "9" * 3999,
        "1,000" * 700,
        "゛" * 3000,
    ],
)
def test_hostile_text_is_answered_at_once(text: str) -> None:
    """Deep nesting, endless chains and enormous cells end in an answer within a second."""
    start = time.process_time()
    for parse in (parse_cell, parse_expression, parse_output):
        _finish(parse, text)
    assert time.process_time() - start < 20


def test_nesting_and_chains_are_bounded() -> None:
    """What is just within the bounds is read; one more is told."""
    parse_expression("(" * (DEEPEST - 1) + "1" + ")" * (DEEPEST - 1))
    with pytest.raises(SyntaxProblem, match="HY414"):
        parse_expression("(" * DEEPEST + "1" + ")" * DEEPEST)
    parse_expression(" + ".join("1" * (MOST_OPERATORS + 1)))
    with pytest.raises(SyntaxProblem, match="HY421"):
        parse_expression(" + ".join("1" * (MOST_OPERATORS + 2)))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("80%-100%", "HY426"),
        ("1億円ー3億円", "HY426"),
        ("2011-2013", "HY426"),
        ("80%/90%", "HY435"),
        ("5件以上", "HY413"),
    ],
)
def test_an_output_is_one_value(written: str, code: str) -> None:
    """A range or a list is no output, though it might be computed."""
    with pytest.raises(SyntaxProblem, match=code):
        parse_output(written)
