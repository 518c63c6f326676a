"""Two texts line by line: what went, what came, with some lines around them."""

from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

from hyotei.rulebook.markdown_lines import split_lines, without_end

_AROUND: Final = 3
"""Lines that did not change which are shown around those that did."""


class DiffLine(NamedTuple):
    """A line of a text diff; `kind` is an entry of `workbench_review.line`, of lines left out `text` is empty."""

    kind: Literal["same", "out", "in", "gap"]
    text: str


def diff_lines(before: str, after: str) -> list[DiffLine]:
    """The lines that went and came, with some around them; empty where nothing differs."""
    old, new = text_lines(before), text_lines(after)
    found: list[DiffLine] = []
    done = 0
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND):
        if group[0][1] > done:
            found.append(DiffLine("gap", ""))
        for tag, first, last, start, end in group:
            if tag == "equal":
                found += [DiffLine("same", line) for line in old[first:last]]
            else:
                found += [DiffLine("out", line) for line in old[first:last]]
                found += [DiffLine("in", line) for line in new[start:end]]
            done = last
    return found


def text_lines(text: str) -> list[str]:
    """The lines of a text without their ends."""
    return [without_end(line) for line in split_lines(text)]
