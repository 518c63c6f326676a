"""A draft as its page shows it: sections with their tables, and every problem at the cell that it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from hyotei.messages import Diagnostic, Language, wording
from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import TextRow
from hyotei.workbench.draft_front import FieldShown, FormShown, Lists, field_of, forms_shown, front_of, place_of_field
from hyotei.workbench.draft_mends import FieldProblem, MendShown, mends_shown
from hyotei.workbench.rulebook_markdown import rulebook_markup
from hyotei.workbench.table_changes import HEADER, copyable_text

FRONT: Final = 0
"""The number of the front matter among the sections; others go by the line of their heading."""
PREAMBLE: Final = -1
"""The number of what stands before the first heading."""


@dataclass
class CellShown:
    """A cell: its place, its text, and its problems, errors first."""

    row: int
    column: int
    text: str
    problems: list[FieldProblem] = field(default_factory=list)


@dataclass
class TableShown:
    """A table by the line that it begins in."""

    line: int
    header: list[CellShown]
    rows: list[list[CellShown]]
    copyable: str


@dataclass
class SectionShown:
    """A part of the document that is edited as text, with the tables that it has.

    `number` is the line of its heading, FRONT or PREAMBLE; `first` and `last` are its lines.
    """

    number: int
    first: int
    last: int
    title: str
    text: str
    preview: Markup
    tables: list[TableShown] = field(default_factory=list)
    problems: list[FieldProblem] = field(default_factory=list)


@dataclass
class ProblemShown:
    """A problem in words, the element of the page that it is about, and the edits that mend it."""

    severity: str
    text: str
    anchor: str
    mends: list[MendShown]


@dataclass
class DraftShown:
    """The draft: the rulebook where it has no errors, the forms of its front matter, its sections, its problems."""

    rulebook: Rulebook | None
    forms: list[FormShown]
    sections: list[SectionShown]
    problems: list[ProblemShown]

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(each.severity == "error" for each in self.problems)


def shown(
    text: str, language: Language, written: Lists | None = None, refused: Sequence[Diagnostic] = ()
) -> DraftShown:
    """A document with all its problems in their places.

    Args:
        text: the document.
        language: the language of the sentences.
        written: the forms of its front matter as somebody filled them in, where that was refused.
        refused: why.
    """
    document = RulebookText.parse(text)
    rulebook, problems = check_rulebook(document)
    sections = [_section(document, *each) for each in parts(document)]
    lists = front_of(document)
    forms = forms_shown(written or lists, language) if lists is not None else []
    fields = {each.ref: each for form in forms for row in form.rows for each in row}
    told = []
    for each in refused:
        field_told = fields.get(each.location.cell or "")
        if field_told is not None:
            field_told.problems.append(FieldProblem(each.message(language)))
            place = place_of_field(forms, field_told, language)
            sentence = wording(language)("workbench.draft.at_field", place=place, problem=each.message(language))
            told.append(ProblemShown("error", sentence, f"i.{field_told.ref}", []))
    for problem in problems:
        ref = field_of(document, lists, problem) if lists is not None else None
        told.append(_problem(problem, document, sections, fields.get(ref or ""), language))
    told.sort(key=lambda each: each.severity != "error")
    return DraftShown(rulebook, forms, sections, told)


def parts(document: RulebookText) -> Iterator[tuple[int, int, int]]:
    """The numbers of the sections with their first and last lines; together they are the whole document."""
    done = 0
    if document.front is not None:
        yield FRONT, 1, document.front.last_line
        done = document.front.last_line
    headings = [each.heading_line for each in document.sections if each.level]
    first = headings[0] if headings else len(document.lines) + 1
    if done + 1 < first:
        yield PREAMBLE, done + 1, first - 1
    for start, following in pairwise([*headings, len(document.lines) + 1]):
        yield start, start, following - 1


def _section(document: RulebookText, number: int, first: int, last: int) -> SectionShown:
    text = "".join(document.lines[first - 1 : last])
    title = ""
    tables: list[TableShown] = []
    if number != FRONT:
        tables = [_table(each) for each in document.tables if first <= each.first_line <= last]
    if number > 0:
        heading = document.section_of(number).heading
        title = heading.title.text or (heading.code.text if heading.code else "")
    preview = rulebook_markup(text, ()) if number != FRONT else Markup()
    return SectionShown(number, first, last, title, text, preview, tables)


def _table(table: TableBlock) -> TableShown:
    columns = len(table.alignments)
    rows = [_cells(row, number, columns) for number, row in enumerate(table.rows)]
    return TableShown(table.first_line, _cells(table.header, HEADER, columns), rows, copyable_text(table))


def _cells(row: TextRow, number: int, columns: int) -> list[CellShown]:
    texts = [cell.text for cell in row.cells[:columns]]
    texts += [""] * (columns - len(texts))
    return [CellShown(number, column, text) for column, text in enumerate(texts)]


def cell_id(table: int, row: int, column: int) -> str:
    """The identifier of a cell on the page."""
    return f"c.{table}.{row}.{column}"


def _problem(
    problem: Diagnostic,
    document: RulebookText,
    sections: list[SectionShown],
    of_front: FieldShown | None,
    language: Language,
) -> ProblemShown:
    """The problem in words, put at its field, its cell or its section as well."""
    line = problem.location.line or 1
    # The page numbers no lines; the heading, the row and the column are found on it.
    named = replace(problem.location, line=None, start=None) if problem.location.heading else problem.location
    sentence = replace(problem, location=named).text(language).strip()
    mends = mends_shown(problem, document, language)
    section = next((each for each in sections if each.first <= line <= each.last), None)
    found = _cell(problem, document, section) if section is not None else None
    anchor = "main"
    if of_front is not None:
        of_front.problems.append(FieldProblem(problem.message(language), mends))
        anchor = f"i.{of_front.ref}"
    elif found is not None:
        table, cell = found
        cell.problems.append(FieldProblem(problem.message(language), mends))
        anchor = cell_id(table.line, cell.row, cell.column)
    elif section is not None:
        section.problems.append(FieldProblem(sentence, mends))
        anchor = f"s.{section.number}"
    return ProblemShown(problem.severity, sentence, anchor, mends)


def _cell(problem: Diagnostic, document: RulebookText, section: SectionShown) -> tuple[TableShown, CellShown] | None:
    """The cell that a problem is about; of one about a row its first cell."""
    line, start = problem.location.line, problem.location.start
    block = next((each for each in document.tables if line and each.first_line <= line <= each.last_line), None)
    if block is None:
        return None
    table = next((each for each in section.tables if each.line == block.first_line), None)
    row = next((each for each in (block.header, *block.rows) if each.line == line), None)
    if table is None or row is None:
        return None
    cells = table.header if row is block.header else table.rows[block.rows.index(row)]
    column = next((at for at, cell in enumerate(row.cells) if start and cell.start <= start <= cell.end), 0)
    return table, cells[min(column, len(cells) - 1)]
