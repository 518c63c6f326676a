"""Edits through the model: they change their own lines, and reading the text again gives what was asked for."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hyotei.rulebook.blocks import CodeBlock
from hyotei.rulebook.edit import set_code
from hyotei.rulebook.markdown_lines import without_end
from hyotei.rulebook.row_layout import refit
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import Alignment
from tests.rulebook.markdown_lines import RULEBOOK

END = st.sampled_from(["\n", "\r\n", "\r"])


def check_other_lines(before: RulebookText, after: RulebookText, changed: slice, now: slice) -> None:
    """All lines but the changed ones are the same, apart from the end that the last line may lack."""
    old, new = [line.rstrip("\r\n") for line in before.lines], [line.rstrip("\r\n") for line in after.lines]
    assert old[: changed.start] == new[: now.start]
    assert old[changed.stop :] == new[now.stop :]
    assert before.lines[: max(0, changed.start - 1)] == after.lines[: max(0, changed.start - 1)]
    assert before.mark == after.mark
    assert before.text.endswith(("\r", "\n")) == after.text.endswith(("\r", "\n"))


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 9), st.sampled_from(["left", "right", "centre", None]))
def test_a_text_too_long_keeps_one_blank_where_there_was_any(
    lead: int, trail: int, more: int, alignment: Alignment | None
) -> None:
    """On either side by itself, however the column is aligned."""
    text = "あ" * (lead + trail + more + 1)
    segment = f"{' ' * lead}x{' ' * trail}"
    assert refit(segment, text, alignment) == f"{' ' * min(lead, 1)}{text}{' ' * min(trail, 1)}"


CODE_LINES = st.sampled_from(["a + b", "", "  ", "\tx", "    y", "```", "~~~", "# h", "| a |", "-"])
CODE = st.lists(CODE_LINES, max_size=5).map("\n".join) | st.text()
FENCED = st.sampled_from(["```\nold\n```", "~~~ feel\nold\n\n~~~~", "  ```\n  old\n ```", "```", "```\n```"])
INDENTED = st.sampled_from(["    old", "\told\n\n    older", "  \told", "    old\n```"])


@given(FENCED | INDENTED, CODE, st.sampled_from(["", "\n", "\n\ntext", "\r\n# h\r\n"]))
def test_code_is_set(block: str, text: str, after: str) -> None:
    """The block has the new text (indented: but for blank lines around it), and the lines around it are the same."""
    document = RulebookText.parse("# a\n\n" + block + after)
    edited = set_code(document, document.sections[1].code[0], text)
    code = edited.sections[1].code[0]
    lines = re.split(r"\r\n|\r|\n", text)
    if not code.fenced:
        kept = [number for number, line in enumerate(lines) if line.strip(" \t")]
        lines = lines[kept[0] : kept[-1] + 1]
    assert "\n".join(lines) == code.text
    assert code.closed
    before = document.sections[1].code[0]
    check_other_lines(document, edited, slice(2, before.last_line), slice(2, code.last_line))
    assert len(edited.sections) == len(document.sections)


def test_blocks_of_another_document_are_refused() -> None:
    """A block read from an older state of the text cannot be edited by mistake."""
    document = RulebookText.parse(RULEBOOK)
    later = RulebookText.parse("\n" + RULEBOOK)
    with pytest.raises(ValueError, match="code block"):
        set_code(later, document.sections[1].code[0], "x")


@example(["\n", "\r", "\n", "\n", "\n", "\n"], ["", "x"], True)
@example(["\r", "\n", "\n", "\n", "\n", "\n"], ["", "x"], False)
@given(
    st.lists(END, min_size=6, max_size=6),
    st.lists(st.sampled_from(["", "x", "y"]), min_size=1, max_size=6),
    st.booleans(),
)
def test_code_among_ends_of_several_kinds_keeps_its_lines(ends: list[str], code: list[str], begun: bool) -> None:
    """An end of a line and the empty line after it never become one end."""
    before = ["前"] if begun else []
    lines = [*before, "```", "a", "b", "```", "後"]
    document = RulebookText.parse("".join(line + end for line, end in zip(lines, ends, strict=False)))
    (block,) = (each for each in document.blocks if isinstance(each, CodeBlock))
    edited = set_code(document, block, "\n".join(code))
    written = code if "\n".join(code) else []
    assert [without_end(line) for line in edited.lines] == [*before, "```", *written, "```", "後"]
