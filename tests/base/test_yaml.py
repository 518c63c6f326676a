"""Strict YAML: texts with places, and every problem told."""

import time

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue, parse_yaml, place

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["Cc", "Cs"]), max_size=12)
TREES = st.recursive(
    PRINTABLE,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(PRINTABLE, inner, max_size=3)),
    max_leaves=12,
)


def plain(value: YamlValue | None) -> object:
    """The tree without its places."""
    if isinstance(value, YamlText):
        return value.text
    if isinstance(value, YamlList):
        return [plain(item) for item in value.items]
    assert isinstance(value, YamlMap)
    return {key.text: plain(item) for key, item in value.entries}


def codes(text: str) -> list[str]:
    return [problem.code for problem in parse_yaml(text)[1]]


@given(st.dictionaries(PRINTABLE.filter(lambda key: not key.startswith("\u3000")), TREES, min_size=1, max_size=4))
def test_what_is_dumped_is_read(tree: dict[str, object]) -> None:
    """Any tree of texts comes back as it was, from YAML and from JSON style."""
    for flow in (None, True):
        text = pyyaml.safe_dump(tree, allow_unicode=True, default_style='"', default_flow_style=flow, width=10**6)
        if any("\u3000" in key[:1] for key in keys(tree)):
            continue
        found, problems = parse_yaml(text)
        assert problems == []
        assert plain(found) == tree


def keys(tree: object) -> list[str]:
    if isinstance(tree, dict):
        return [*tree, *(key for value in tree.values() for key in keys(value))]
    return [key for item in tree for key in keys(item)] if isinstance(tree, list) else []


@given(st.text(max_size=60))
def test_any_text_gives_a_tree_or_a_reason(text: str) -> None:
    """Nothing makes the reader fail, and no tree is lost without a word."""
    tree, problems = parse_yaml(text, file="x.yaml")
    assert tree is not None or problems
    for problem in problems:
        assert problem.text("ja")
        assert problem.text("en")


@pytest.mark.parametrize(
    "scalar", ["1.5", "1e400", "yes", "no", "2012-04-01", "1:30", "0x10", ".inf", "NaN", "010", "1_000"]
)
def test_scalars_are_always_text(scalar: str) -> None:
    """No number, truth or date is made of what was typed."""
    tree, problems = parse_yaml(f"a: {scalar}\n")
    assert problems == []
    assert plain(tree) == {"a": scalar}


@pytest.mark.parametrize("scalar", ["", "~", "null", "Null", "NULL"])
def test_nothing_typed_is_blank(scalar: str) -> None:
    """Unquoted nulls are blank, quoted ones are words."""
    tree, _ = parse_yaml(f"a: {scalar}\nb: '{scalar}'\n")
    assert isinstance(tree, YamlMap)
    first, second = tree.get("a"), tree.get("b")
    assert isinstance(first, YamlText)
    assert isinstance(second, YamlText)
    assert first.blank
    assert not second.blank


def test_values_know_their_places() -> None:
    """Lines and columns count from 1, in characters, and may begin further down."""
    tree, _ = parse_yaml("日本: 三\nb:\n  - c: xyz\n", file="f.yaml", first_line=11)
    assert isinstance(tree, YamlMap)
    value = tree.get("日本")
    assert value is not None
    assert place(value, "f.yaml").text() == "f.yaml:11:5"
    items = tree.get("b")
    assert isinstance(items, YamlList)
    inner = items.items[0]
    assert isinstance(inner, YamlMap)
    assert (inner.entries[0][1].line, inner.entries[0][1].column) == (13, 8)
    assert tree.key("b") == YamlText("b", 12, 1, 2)
    assert tree.key("nothing") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["HY104"]),
        ("# only a comment\n", ["HY104"]),
        ("a: [1\n", ["HY110"]),
        ("a: 1\na: 2\na: 3\n", ["HY111", "HY111"]),
        ("a: !!python/object/apply:os.system [x]\n", ["HY112"]),
        ("a: &x 1\nb: *x\n", ["HY113", "HY113"]),
        ("a: &a [*a]\n", ["HY113", "HY113"]),
        ("[" * 60, ["HY114"]),
        ("a: 1\n---\nb: 2\n", ["HY115"]),
        ("? [a]\n: 1\n", ["HY117"]),
        ("a:\n\tb: 1\n", ["HY118"]),
        ("a:\n\u3000b: 1\n", ["HY119"]),
        ("a: \x07\n", ["HY120"]),
        ("a: &x 1\na: !!int 2\n---\n", ["HY113", "HY112", "HY111", "HY115"]),
    ],
)
def test_each_misuse_has_its_message(text: str, expected: list[str]) -> None:
    """All problems of a text are told, each by its code."""
    assert codes(text) == expected


def test_a_duplicate_key_tells_both_lines() -> None:
    """The message names the first line, the place is the second."""
    _, problems = parse_yaml("a: 1\nb: 2\na: 3\n")
    assert problems[0].location.line == 3
    assert problems[0].params["first"] == "1"


def test_what_is_right_is_still_used() -> None:
    """A duplicate keeps its first value, and the rest of the tree stays."""
    tree, problems = parse_yaml("a: 1\na: 2\nb: [x, y]\n")
    assert plain(tree) == {"a": "1", "b": ["x", "y"]}
    assert len(problems) == 1


def test_a_bomb_is_refused_at_once() -> None:
    """Nine levels of ten aliases cost nothing."""
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    begun = time.process_time()
    assert set(codes(bomb)) == {"HY113"}
    assert time.process_time() - begun < 20


def test_too_many_values_are_refused() -> None:
    """Memory stays bounded whatever the file holds."""
    assert codes("- a\n" * 500_001) == ["HY116"]


def test_without_the_c_library_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML's Python parser gives the same tree, places and problems."""
    text = "a: [1, {b: 'x'}]\na: &x 2\nc: !!int 3\n"
    with_library = parse_yaml(text)
    monkeypatch.setattr(pyyaml, "__with_libyaml__", False)
    assert parse_yaml(text) == with_library
