"""An edited YAML text says what is wanted, and what did not change stands as it was written."""

from hypothesis import assume, given
from hypothesis import strategies as st

from hyotei.rulebook_workbook.yaml_edit import Tree, edited, parsed, same
from hyotei.rulebook_workbook.yaml_text import entry_lines

TEXTS = st.one_of(
    st.sampled_from(
        [
            "A",
            "80%以上",
            "no",
            "1,000人",
            "a: b",
            "x # y",
            "- z",
            "「程度」",
            "'",
            '"',
            "null",
            "",
            "{",
            "第１",
            "2011..",
            " a ",
        ]
    ),
    st.text(max_size=6).filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text)),
)
KEYS = st.sampled_from(["A", "B", "Ⅰ", "2011..2013", "a b", "測定", "no", "x: y", "#", "?"])
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.one_of(st.none(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)
MAPS = st.dictionaries(KEYS, TREES, min_size=1, max_size=4)


def written(tree: dict[str, Tree]) -> str:
    return "".join(f"{line}\n" for key, value in tree.items() for line in entry_lines(key, value, 0))


@given(MAPS)
def test_what_is_written_anew_says_what_it_should(tree: dict[str, Tree]) -> None:
    assert same(parsed(written(tree)), tree)


@given(MAPS, MAPS)
def test_an_edited_text_says_what_is_wanted(old: dict[str, Tree], new: dict[str, Tree]) -> None:
    assert same(parsed(edited(written(old), new)), new)


@given(MAPS, KEYS, TREES)
def test_other_entries_stay_as_they_were_written(old: dict[str, Tree], key: str, value: Tree) -> None:
    assume(key in old)
    lines = [entry_lines(name, each, 0) for name, each in old.items()]
    text = "".join(f"# {number}\n" + "".join(f"{line}\n" for line in part) for number, part in enumerate(lines))
    changed = edited(text, {**old, key: value})
    for number, (name, part) in enumerate(zip(old, lines, strict=True)):
        assert f"# {number}\n" in changed
        assert name == key or "".join(f"{line}\n" for line in part) in changed
