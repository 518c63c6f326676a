"""What reviewers see of a submission: its tables and its text, with what differs from the document that it is compared with."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from hyotei.rulebook.markdown_lines import split_lines, without_end
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.workbench.review_models import Submission

_AROUND = 3
"""Lines that did not change which are shown around those that did."""


class ReviewRow(NamedTuple):
    """A row by its number, from 1; `changed` where its line is not among those of the document before."""

    number: int
    cells: list[str]
    changed: bool


class ReviewTable(NamedTuple):
    """A table by its name: that of its decision, else its heading; `title` is the heading."""

    name: str
    title: str
    header: list[str]
    rows: list[ReviewRow]

    @property
    def changed(self) -> bool:
        """Whether any row is."""
        return any(each.changed for each in self.rows)


class DiffLine(NamedTuple):
    """A line of a text diff; `kind` is an entry of `workbench_review.line`, of lines left out `text` is empty."""

    kind: Literal["same", "out", "in", "gap"]
    text: str


def review_tables(submission: Submission) -> list[ReviewTable]:
    """The tables of the document, each under a name of its own."""
    document = RulebookText.parse(submission.revision.text.text)
    changed = _changed(submission)
    found: list[ReviewTable] = []
    names: set[str] = set()
    for table in document.tables:
        heading = document.section_of(table.first_line).heading
        title = heading.title.text
        base = heading.code.text if heading.code else title or str(table.first_line)
        name = next(each for each in _numbered(base) if each not in names)
        names.add(name)
        columns = len(table.alignments)
        rows = [
            ReviewRow(number, [_plain(cell.text) for cell in row.cells[:columns]], row.line in changed)
            for number, row in enumerate(table.rows, 1)
        ]
        found.append(ReviewTable(name[:400], title, [_plain(cell.text) for cell in table.header.cells[:columns]], rows))
    return found


def _plain(text: str) -> str:
    """A cell without the marks of Markdown; the text diff has them."""
    return text.replace("`", "").strip("*")


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base} ({number})"
        number += 1


def text_diff(submission: Submission) -> list[DiffLine]:
    """The lines that went and came, with some around them; empty where nothing was before, or nothing differs."""
    if submission.before is None:
        return []
    before, after = (_lines(each) for each in (submission.before.text, submission.revision.text.text))
    found: list[DiffLine] = []
    done = 0
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_AROUND):
        if group[0][1] > done:
            found.append(DiffLine("gap", ""))
        for tag, first, last, start, end in group:
            if tag == "equal":
                found += [DiffLine("same", line) for line in before[first:last]]
            else:
                found += [DiffLine("out", line) for line in before[first:last]]
                found += [DiffLine("in", line) for line in after[start:end]]
            done = last
    return found


def _changed(submission: Submission) -> set[int]:
    """The numbers of the lines of the document that are new or different, from 1."""
    after = _lines(submission.revision.text.text)
    if submission.before is None:
        return set()
    matcher = SequenceMatcher(None, _lines(submission.before.text), after, autojunk=False)
    return {line + 1 for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal" for line in range(start, end)}


def _lines(text: str) -> list[str]:
    return [without_end(line) for line in split_lines(text)]
