"""A workbook as a rulebook: what its cells say, put into the document that it was exported from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.case_rows import CaseReader
from hyotei.rulebook_workbook.cell_texts import Originals, texts_of, tree_texts
from hyotei.rulebook_workbook.decision_reading import DecisionReader, Places, decides, numbered
from hyotei.rulebook_workbook.document_edit import book_shown
from hyotei.rulebook_workbook.front_reading import FrontReader
from hyotei.rulebook_workbook.front_rows import front_rows
from hyotei.rulebook_workbook.layout import FRONT_LISTS, ORIGINAL
from hyotei.rulebook_workbook.list_reading import CASES, cover_of, is_annotations, list_key, read_cases, read_list
from hyotei.rulebook_workbook.original import Original, original_of
from hyotei.rulebook_workbook.read_rows import Findings, ReadRow
from hyotei.rulebook_workbook.section_order import in_order, is_decision
from hyotei.rulebook_workbook.shown import BookShown, DecisionShown, TableShown
from hyotei.rulebook_workbook.workbook_cells import SheetCells, read_cells
from hyotei.rulebook_workbook.workbook_words import sheet_titles
from hyotei.rulebook_workbook.yaml_edit import Tree

_ORDERED: Final = frozenset({"F", "P"})
"""Hit policies under which the order of the rows decides."""


@dataclass(slots=True)
class ReadBook:
    """What a workbook says, what it was exported from, and the cell of each part."""

    shown: BookShown
    original: Original | None
    places: list[Places]
    """The cells of each section."""
    found: Findings
    titles: dict[str, str]
    """The worksheet of each decision and list, by its name or key."""


def read_workbook(content: bytes, file: str | None, onto: Original | None = None) -> ReadBook:
    """Reads a workbook. Errors in `found` mean that the rulebook is not whole.

    Args:
        content: the bytes of the file.
        file: its name, for messages.
        onto: stands for the document that the workbook was exported from, where it does not hold that.

    Raises:
        HyoteiError: it cannot be opened (HY461), is no rulebook's (HY460), or openpyxl is not installed (HY902).
    """
    found = Findings(file)
    sheets = read_cells(content, found)
    hidden = next((sheet for sheet in sheets if sheet.title == ORIGINAL), None)
    original = (original_of(hidden.rows) if hidden is not None else None) or onto
    before = BookShown({}, ())
    if original is not None:
        before = book_shown(RulebookText.parse(original.document), original.cases)
    return _Reader(before, original, found).read([sheet for sheet in sheets if sheet is not hidden])


class _Reader:
    def __init__(self, before: BookShown, original: Original | None, found: Findings) -> None:
        self.before, self.original, self.found = before, original, found
        rows = front_rows(before.front)
        listed = [cell for each in rows.lists.values() for row in each for cell in row]
        self.originals = Originals([*texts_of(before), *rows.cover.values(), *listed, *tree_texts(before.cases)])
        self.cover: dict[str, tuple[str, str]] = {}
        self.lists: dict[str, list[ReadRow]] = {}
        self.decisions: list[tuple[DecisionShown, Places]] = []
        self.cases: list[Tree] = []
        self.titles: dict[str, str] = {}

    def read(self, sheets: Sequence[SheetCells]) -> ReadBook:
        for sheet in sheets:
            self.worksheet(sheet)
        if not self.cover and not self.decisions and not self.lists:
            raise HyoteiError(Diagnostic("HY460", Location(self.found.file)))
        self.gone()
        front = FrontReader(self.before.front, self.found).read(self.cover, self.lists)
        sections, places = in_order(self.before, self.lists.get("texts"), self.decisions, self.found)
        return ReadBook(BookShown(front, sections, self.cases), self.original, places, self.found, self.titles)

    def worksheet(self, sheet: SheetCells) -> None:
        if not any(any(row) for row in sheet.rows) or is_annotations(sheet):
            return
        listed = list_key(sheet)
        if listed is not None:
            key, head = listed
            self.titles[key] = sheet.title
            if key == CASES:
                columns, heads, rows = read_cases(sheet, head, self.found, self.originals)
                self.cases = CaseReader(self.before.cases, self.found).read(columns, rows, heads)
            else:
                self.lists[key] = read_list(sheet, key, head, self.found, self.originals)
        elif decides(sheet):
            reader = DecisionReader(sheet, self.found, self.originals)
            decision = reader.read()
            if decision is not None:
                self.titles[decision.name] = sheet.title
                self.decisions.append((self.compared(decision, reader.places), reader.places))
        elif cover := cover_of(sheet, self.originals):
            self.cover = cover
            self.titles["cover"] = sheet.title
        else:
            self.found.tell("HY471", f"{sheet.title}!A1", title=sheet.title)

    def compared(self, decision: DecisionShown, places: Places) -> DecisionShown:
        """A decision with its rows numbered; what may have happened by mistake since the export is told."""
        was = next((each for each in self.before.sections if is_decision(each, decision.name)), None)
        body = decision.body
        if not isinstance(body, TableShown):
            return decision
        old = was.body if isinstance(was, DecisionShown) and isinstance(was.body, TableShown) else None
        if old is not None:
            here = places.get((-1, 0), "")
            columns = Counter(column.text for column in body.columns)
            if len(body.columns) < len(old.columns):
                lost = next((each.text for each in old.columns if not columns[each.text]), "")
                self.found.tell("HY478", here, column=lost)
            kept = [row for row in old.rows if row in set(body.rows)]
            if body.policy in _ORDERED and kept != [row for row in body.rows if row in set(kept)]:
                self.found.tell("HY476", here)
            if Counter(row[0] for row in old.rows) == Counter(row[0] for row in body.rows):
                return decision
        return replace(decision, body=replace(body, rows=numbered(body.rows)))

    def gone(self) -> None:
        """Tells of worksheets that are there no more and held something."""
        held = {key for key in FRONT_LISTS if front_rows(self.before.front).lists[key]}
        held |= {CASES} if self.before.cases else set()
        held |= (
            {"texts"}
            if any(not isinstance(each, DecisionShown) and each.paragraphs for each in self.before.sections)
            else set()
        )
        for key in sorted(held - self.titles.keys()):
            self.found.tell("HY479", "", title=sheet_titles("ja")[key])
        for section in self.before.sections:
            if (
                isinstance(section, DecisionShown)
                and len(self.decisions) < sum(isinstance(each, DecisionShown) for each in self.before.sections)
                and section.name not in self.titles
            ):
                self.found.tell("HY479", "", title=section.title)
