"""What reviewers see of a submission: its tables and its text, with what differs from the document that it is compared with."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from hyotei.messages import HyoteiError
from hyotei.rulebook.library import CASES, library, rubrics
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.workbench.review_models import Submission
from hyotei.workbench.text_diff import DiffLine, diff_lines, text_lines
from hyotei.workbench.whole_cases import whole_cases


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
    before = submission.before
    return [] if before is None else diff_lines(before.text, submission.revision.text.text)


def cases_diff(submission: Submission) -> list[DiffLine] | None:
    """What a submission changes in the cases of the rulebook that it is compared with; None where these are not known any more."""
    before = cases_before(submission)
    return None if before is None else diff_lines(before, submission.cases)


def cases_before(submission: Submission) -> str | None:
    """The cases of the rulebook that a submission is compared with; None where these are not known any more."""
    known = {"identity": submission.before_identity, "hash": submission.before_hash}
    published = Submission.objects.filter(**known, publication__isnull=False).order_by("-publication__number").first()
    if published is not None:
        return str(published.cases)
    for entry in (*library(), *rubrics()):
        if entry.head.id == submission.before_identity and entry.load().hash == submission.before_hash:
            file = entry.folder / CASES
            try:
                return whole_cases(file) if file.is_file() else ""
            except HyoteiError:
                return None
    return None


def _changed(submission: Submission) -> set[int]:
    """The numbers of the lines of the document that are new or different, from 1."""
    after = text_lines(submission.revision.text.text)
    if submission.before is None:
        return set()
    matcher = SequenceMatcher(None, text_lines(submission.before.text), after, autojunk=False)
    return {line + 1 for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal" for line in range(start, end)}
