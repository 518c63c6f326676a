"""The language of printed words: what it matches is exactly what it writes out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.forms.printed_words import (
    Alternatives,
    Group,
    Optional,
    Part,
    PrintedWordsError,
    bare,
    parse_words,
    pattern_of,
    says_anything,
)

WORDS = st.text("目標値実績年度ごとの", min_size=1, max_size=4)
GROUPS: dict[str, Alternatives] = {"毎年": (("各年度", Optional(("の",))), ("毎年",))}


def parts(depth: int) -> st.SearchStrategy[Part]:
    plain: st.SearchStrategy[Part] = st.one_of(WORDS, st.just(Group("毎年")))
    if not depth:
        return plain
    return st.one_of(plain, st.lists(parts(depth - 1), min_size=1, max_size=2).map(lambda each: Optional(tuple(each))))


ALTERNATIVES = st.lists(st.lists(parts(2), min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple)


def written(alternatives: Alternatives) -> str:
    return "、".join("".join(map(one, each)) for each in alternatives)


def one(part: Part) -> str:
    match part:
        case str():
            return part
        case Group(name):
            return f"{{{name}}}"
        case Optional(inner):
            return f"[{''.join(map(one, inner))}]"


def texts(alternatives: Alternatives) -> set[str]:
    """Everything that alternatives stand for, worked out without a pattern."""
    found: set[str] = set()
    for each in alternatives:
        so_far = {""}
        for part in each:
            match part:
                case str():
                    more = {part}
                case Group(name):
                    more = texts(GROUPS[name])
                case Optional(inner):
                    more = {"", *texts((inner,))}
            so_far = {before + after for before in so_far for after in more}
        found |= so_far
    return found


@given(ALTERNATIVES, WORDS)
def test_a_pattern_matches_what_is_written_and_nothing_else(alternatives: Alternatives, other: str) -> None:
    read = parse_words(written(alternatives))
    pattern = re.compile(pattern_of(read, GROUPS))
    meant = texts(alternatives)
    assert all(pattern.fullmatch(text) for text in meant)
    assert (pattern.fullmatch(other) is not None) == (other in meant)
    spaced = re.compile(pattern_of(read, GROUPS, between=r"\s*"))
    assert all(spaced.fullmatch("　".join(text)) for text in meant if text)


@given(ALTERNATIVES)
def test_words_that_say_anything_are_those_that_match_the_empty_text(alternatives: Alternatives) -> None:
    """Without built-in groups nothing else can match every text."""
    assert says_anything(alternatives, GROUPS) == ("" in texts(alternatives))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("目標.*", "regular_expression"), (r"目標\d", "regular_expression"), ("(?:目標)", "regular_expression"),
        ("目標|実績", "regular_expression"), ("[0-9]年度", "regular_expression"), ("目標[値", "unclosed"), ("目標]", "unclosed"),
        ("{毎年", "unclosed"), ("", "empty"), ("、", "empty"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_told(text: str, problem: str) -> None:
    with pytest.raises(PrintedWordsError) as error:
        parse_words(text)
    assert error.value.problem == problem


def test_groups_that_are_unknown_or_contain_themselves_are_told() -> None:
    loop: dict[str, Alternatives] = {"甲": ((Group("乙"),),), "乙": ((Group("甲"), "値"),)}
    for groups, name, problem in ((GROUPS, "丙", "unknown_group"), (loop, "甲", "loop")):
        with pytest.raises(PrintedWordsError) as error:
            pattern_of(((Group(name),),), groups)
        assert error.value.problem == problem


def test_width_and_blanks_make_no_difference() -> None:
    assert re.fullmatch(pattern_of(parse_words("目標値（％）"), {}), bare("目 標 値 (%)"))
    assert re.fullmatch(pattern_of(parse_words(r"この事業によって\、変える"), {}), "この事業によって、変える")
