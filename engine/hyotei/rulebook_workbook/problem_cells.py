"""The cells of a workbook that say what stands at a place of its document, so that problems are told where people look."""

from collections.abc import Iterator
from dataclasses import replace

from hyotei.base.yaml import YamlList, YamlMap, YamlValue, parse_yaml
from hyotei.messages import Diagnostic, Location
from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.decision_reading import Places
from hyotei.rulebook_workbook.document_parts import Part, SectionParts, section_parts
from hyotei.rulebook_workbook.read_rows import Path
from hyotei.rulebook_workbook.read_workbook import ReadBook
from hyotei.rulebook_workbook.workbook_words import sheet_titles


class CellFinder:
    """Finds the cells of places in a document and its cases."""

    def __init__(self, text: str, cases: str, book: ReadBook) -> None:
        self._text, self._cases, self._book = text, cases, book
        self._parsed: tuple[RulebookText, list[SectionParts]] | None = None

    def told(self, problems: list[Diagnostic]) -> list[Diagnostic]:
        """Problems of the document by their cells; a cell that is told of already is not told of again."""
        taken = {each.location.cell for each in self._book.found.problems if each.severity == "error"}
        found = [self._placed(problem) for problem in problems]
        return [problem for problem in found if problem.location.cell not in taken]

    def _placed(self, problem: Diagnostic) -> Diagnostic:
        location = self._of(problem)
        # A key that is missing in the document is a field of the cover that is blank.
        return Diagnostic("HY462", location) if problem.code == "HY342" else replace(problem, location=location)

    def cases_told(self, problems: list[Diagnostic]) -> list[Diagnostic]:
        """Problems of the cases by their cells."""
        return [replace(problem, location=self.of_case(problem.location)) for problem in problems]

    def of_case(self, place: Location) -> Location:
        """The cell of a place in the file of cases."""
        path = path_at(self._cases, 1, place.line or 0, place.start)
        return self._named(self._of_path(path, self._title("cases")))

    def of_section(self, number: int, label: str) -> str:
        """The cell of a part of a section."""
        places = self._book.places[number] if 0 <= number < len(self._book.places) else {}
        for key in (label, (label, 0), "heading", "title"):
            if key in places:
                return places[key]
        return f"{self._title('cover')}!A1"

    def of_decision(self, name: str, row: int | None = None, column: int = 0) -> str:
        """The cell of a row of a decision's table (from 1), or the head of its body."""
        for section, places in zip(self._book.shown.sections, self._book.places, strict=True):
            if getattr(section, "name", None) == name:
                at = (-1 if row is None else row - 1, column)
                return places.get(at) or places.get("policy") or places.get("formula") or self.of_section(-1, "title")
        return self.of_section(-1, "title")

    def of_law(self, text: str) -> str:
        """The cell of a law."""
        laws = self._book.shown.front.get("laws")
        number = laws.index(text) if isinstance(laws, list) and text in laws else 0
        return self._of_path(("laws", number), self._title("laws"))

    # -- places of the document

    def _title(self, key: str) -> str:
        return self._book.titles.get(key) or sheet_titles("ja")[key]

    def _named(self, cell: str) -> Location:
        return Location(self._book.found.file, cell=cell)

    def _of(self, problem: Diagnostic) -> Location:
        place = problem.location
        if place.line is None:
            return self._named(f"{self._title('cover')}!A1") if place == Location(place.file) else place
        if self._parsed is None:
            document = RulebookText.parse(self._text)
            self._parsed = document, section_parts(document)
        document, sections = self._parsed
        if document.front is not None and place.line <= document.front.last_line:
            path = path_at(document.front.text, document.front.first_line + 1, place.line, place.start)
            key = problem.params.get("key")
            if isinstance(key, str) and len(path) <= 1 and (key,) in self._book.found.places:
                path = (key,)  # one that is missing
            return self._named(self._of_path(path, self._title("cover")))
        for number, each in enumerate(sections):
            if each.parts[0].first <= place.line <= each.parts[-1].end and number < len(self._book.places):
                part = next(part for part in reversed(each.parts) if part.first <= place.line)
                return self._named(self._of_part(each, part, place, number))
        return self._named(f"{self._title('cover')}!A1")

    def _of_path(self, path: Path, title: str) -> str:
        places = self._book.found.places
        while path and path not in places:
            path = path[:-1]
        return places[path] if path else f"{title}!A1"

    def _of_part(self, section: SectionParts, part: Part, place: Location, number: int) -> str:
        places: Places = self._book.places[number]
        if part.role == "body" and isinstance(part.block, TableBlock):
            return places.get(_cell_at(part.block, place), "") or self.of_section(number, "policy")
        if part.role == "body":
            return self.of_section(number, "formula")
        if part.role == "heading":
            return self.of_section(number, _heading_label(section, place))
        if part.role in ("before", "after"):
            same = [each for each in section.parts if each.role == part.role]
            return places.get((part.role, same.index(part))) or self.of_section(number, part.role)
        return self.of_section(number, part.role)


def _cell_at(table: TableBlock, place: Location) -> tuple[int, int]:
    """The row (-1 the header) and column of a place in a table."""
    number = max((place.line or 0) - table.delimiter_line - 1, -1)
    row = table.header if number < 0 else table.rows[min(number, len(table.rows) - 1)]
    start = place.start
    column = 0
    if start is not None:
        column = max((index for index, cell in enumerate(row.cells) if cell.start <= start), default=0)
    return number, column


def _heading_label(section: SectionParts, place: Location) -> str:
    heading, start = section.section.heading, place.start or 0
    if heading.code is None:
        return "heading"
    if heading.tail is not None and start >= heading.tail.start:
        return "scope"
    return "name" if start >= heading.code.start else "title"


def path_at(text: str, first_line: int, line: int, start: int | None) -> Path:
    """The way to the last part of a YAML text that begins at or before a place."""
    tree, _ = parse_yaml(text, first_line=first_line)
    found: Path = ()
    place = (line, start if start is not None else 10_000)
    for path, here in _nodes(tree, ()):
        if here <= place:
            found = path
    return found


def _nodes(tree: YamlValue | None, path: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Every key and item with its place, in the order of the text."""
    if isinstance(tree, YamlMap):
        for key, value in tree.entries:
            yield (*path, key.text), (key.line, key.column)
            yield from _nodes(value, (*path, key.text))
    elif isinstance(tree, YamlList):
        for number, value in enumerate(tree.items):
            yield (*path, number), (value.line, value.column)
            yield from _nodes(value, (*path, number))
