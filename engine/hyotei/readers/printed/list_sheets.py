"""Lists as sheets: a line is a sheet, an indicator of one, or a year of one; key columns say which lines belong together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hyotei.forms.items import FIGURES_OF_MEASURES
from hyotei.forms.model import Form
from hyotei.intake.given_identity import OPTIONS, GivenIdentity, given_source
from hyotei.messages import Diagnostic, Listed, Location, Param, Phrase, phrase_of
from hyotei.readers.evaluation_text.authorities import SHORT
from hyotei.readers.evaluation_text.text_lines import bare, narrow
from hyotei.readers.printed.figure_notes import noted
from hyotei.readers.printed.form_blocks import FormCell, FormPlace
from hyotei.readers.printed.form_facts import Stated, with_facts
from hyotei.readers.printed.form_text import at, place_words, source
from hyotei.readers.printed.grid import Grid
from hyotei.readers.printed.heading_years import heading_year
from hyotei.readers.printed.list_columns import ListColumn, ListHeader
from hyotei.readers.printed.list_lines import lines_of_sheets
from hyotei.readers.reader import Found
from hyotei.readers.unvalidated_models import changed, placed
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.fiscal_year_print import NO_YEAR, print_fiscal_year
from hyotei.sheet.models import (
    FIRST_YEAR,
    MISSING,
    BudgetYear,
    Identity,
    Indicator,
    Measure,
    Objective,
    Quantity,
    Sheet,
    Source,
    YearPoint,
)
from hyotei.sheet.notes import reading_note
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.units import no_unit, read_unit

_UNREAD: Final = Quantity(unknown="unread")
_MOST_NAMES: Final = 12
_POINT, _MEASURE, _BUDGET = YearPoint(fiscal_year=FIRST_YEAR), Measure(), BudgetYear(fiscal_year=FIRST_YEAR)
"""Models without figures, of which each that is read is a copy: lists hold some ten thousand figures."""


@dataclass
class ListReader:
    """Reads one list.

    Attributes:
        near: a year near which those without an era are.
        authority, evaluated: what is said of all its sheets where no line says it, each with where it comes from.
    """

    grid: Grid
    header: ListHeader
    form: Form
    file: str | None
    given: GivenIdentity
    near: int
    authority: tuple[str, Phrase]
    evaluated: tuple[int, Phrase] | None

    def sheets(self) -> Iterator[Found]:
        """The sheets of the list in their order; what concerns all of them is told with the first."""
        told = self.told_of_list()
        for rows in lines_of_sheets(self.grid, self.header, self.form):
            reader = _SheetReader(self, rows)
            sheet = reader.read()
            yield Found(sheet, (*told, *reader.problems))
            told = []

    def told_of_list(self) -> list[Diagnostic]:
        place = at(self.file, self.grid.place)
        problems: list[Diagnostic] = []
        others = [narrow(cell.text) for cell in self.header.others if self.below(cell)]
        if others:
            names = [name[:20] for name in dict.fromkeys(others)]
            shown = (*names[:_MOST_NAMES], *(("…",) if len(names) > _MOST_NAMES else ()))
            params: dict[str, Param] = {"columns": Listed(shown), "count": len(others)}
            problems.append(Diagnostic("HY683", place, params))
        if self.given.authority is None and not self.has("authority"):
            problems.append(self.provisional("authority", *self.authority))
        if self.given.fiscal_year is None and not self.has("fiscal_year", "made_year"):
            year, how = self.evaluated or (NO_YEAR, phrase_of("evaluation_text.provisional.how", "no_year"))
            problems.append(self.provisional("fiscal_year", print_fiscal_year(year), how))
        return problems

    def below(self, heading: FormCell) -> bool:
        """Whether anything stands below a heading."""
        rows = range(self.header.rows.stop, self.grid.rows.stop)
        return any(self.grid.at(row, heading.column) is not None for row in rows)

    def provisional(self, what: str, value: str, how: Phrase) -> Diagnostic:
        named = phrase_of("evaluation_text.provisional.what", what)
        params: dict[str, Param] = {"what": named, "value": value, "how": how, "option": OPTIONS[what]}
        return Diagnostic("HY682", Location(self.file), params)

    def has(self, *items: str) -> bool:
        return any(column.row.item in items for column in self.header.columns)


class _SheetReader:
    """Reads the lines of one sheet."""

    def __init__(self, owner: ListReader, rows: Sequence[int]) -> None:
        self.owner, self.rows = owner, rows
        self.problems: list[Diagnostic] = []
        self.sources: dict[str, Source] = {}

    def read(self) -> Sheet:
        owner = self.owner
        self.year = self.evaluated()
        title = owner.given.title or self.text("title") or self.text("number") or str(self.rows[0] + 1)
        number = self.text("number")
        authority = owner.given.authority or self.text("authority") or owner.authority[0]
        if owner.given.authority is not None:
            self.sources["authority"] = given_source("authority", authority, owner.file)
        elif "authority" not in self.sources:
            notes = reading_note("reading_notes.provisional", how=owner.authority[1])
            self.sources["authority"] = Source(text=authority, file=owner.file, reading="inferred", notes=notes)
        short = SHORT.get(authority, authority)
        own = owner.given.id or self.text("id")
        indicators = self.indicators("indicator")
        named = self.text("objective") or title
        sheet = Sheet(
            id="-".join((short, str(self.year), own or number or title)) if owner.given.id is None else owner.given.id,
            title=title,
            authority=authority,
            number=number,
            policy=self.text("policy"),
            field=self.text("field"),
            scheme=self.text("scheme"),
            fiscal_year=self.year,
            goal=self.text("goal"),
            objectives=(Objective(name=named, indicators=indicators),) if indicators else (),
            outputs=self.indicators("output"),
            budget_years=self.budget(),
            identity=Identity.model_validate(self.sources),
        )
        return with_facts(sheet, self.stated(), owner.form, owner.file, self.problems)

    # Names

    def cells(self, item: str) -> Iterator[tuple[ListColumn, FormCell]]:
        for row in self.rows:
            for column in self.owner.header.by_item.get(item, ()):
                cell = self.owner.grid.at(row, column.column)
                if cell is not None and cell.row >= self.owner.header.rows.stop:
                    yield column, cell

    def text(self, item: str) -> str | None:
        """The text of an item, from the first line that has one."""
        found = next(self.cells(item), None)
        if found is None or bare(found[1].text) in ("", "-"):
            return None
        column, cell = found
        if item in ("id", "title", "number", "authority"):
            self.sources[item] = self.source(cell, column)
        return narrow(" ".join(cell.text.split()))

    def source(self, cell: FormCell, column: ListColumn) -> Source:
        return source(self.owner.file, cell.place, cell.text.strip(), column.words)

    def evaluated(self) -> int:
        owner = self.owner
        if owner.given.fiscal_year is not None:
            year = owner.given.fiscal_year
            self.sources["fiscal_year"] = given_source("fiscal_year", print_fiscal_year(year), owner.file)
            return year
        for item, before in (("fiscal_year", 0), ("made_year", 1)):
            read = [(self.year_of(column, cell), column, cell) for column, cell in self.cells(item)]
            known = [(year, column, cell) for year, column, cell in read if year is not None]
            if not known:
                continue
            # Of lines of several years the last one is evaluated.
            several = owner.form.line_is == "year" and len(known) > 1
            year, column, cell = max(known, key=lambda each: each[0]) if several else known[0]
            notes = reading_note("reading_notes.year_before_made") if before else ()
            if several:
                notes += reading_note("reading_notes.last_year_of_lines")
            changes = {"reading": "inferred", "notes": notes} if notes else {}
            self.sources["fiscal_year"] = self.source(cell, column).model_copy(update=changes)
            return year - before
        year, how = owner.evaluated or (NO_YEAR, phrase_of("evaluation_text.provisional.how", "no_year"))
        notes = reading_note("reading_notes.provisional", how=how)
        text = print_fiscal_year(year)
        self.sources["fiscal_year"] = Source(text=text, file=owner.file, reading="inferred", notes=notes)
        return year

    def year_of(self, column: ListColumn, cell: FormCell) -> int | None:
        """The fiscal year of a cell; the unit of its column may be its era."""
        text = bare(cell.text)
        if column.row.unit and text.isdigit():
            text = f"{column.row.unit}{text}"
        reading, _ = read_fiscal_year(
            text if not text.isdigit() or len(text) == 4 else f"{text}年度", hint=self.owner.near
        )
        if reading is not None:
            return reading.year
        return heading_year(cell.text, FormWords(self.owner.form, self.owner.near))

    # Figures

    def quantity(
        self, column: ListColumn, cell: FormCell, unit: str | None, year: int | None, *, dated: bool = False
    ) -> Quantity:
        """The figure of a cell; `dated` gives it its year."""
        words = _place_words(cell.place.part, column.words, year)
        text = "-" if bare(cell.text) in ("/", "\\") else cell.text.strip()
        known = unit if unit is not None and read_unit(unit) is not None else None
        found, problems = _read(text, self.owner.near, known)
        if problems:
            # What is wrong is told with its place.
            location = at(self.owner.file, cell.place)
            found, problems = read_quantity(
                text, year_hint=self.owner.near, default_unit=known, location=location, place=words
            )
        if known is None and unit and not no_unit(unit) and found.unit is None and found.value is not None:
            # A unit of no list, such as ㎥/日: it has no power of ten, and is kept as it is printed.
            found = changed(found, unit=bare(unit))
        self.problems += problems
        found = noted(found, cell.notes)
        assert found.source is not None, "a figure that was read has its source"
        place = cell.place
        return placed(found, self.owner.file, place.page, place.line, place.cell, words, year if dated else None)

    def figure_year(self, column: ListColumn, row: int) -> int | None:
        """The year of the figures of a column: its own, or that of the line."""
        if column.year is not None:
            return column.year
        if column.offset is not None:
            return self.year + column.offset
        if self.owner.form.line_is == "year":
            of_line = next((each for each in self.owner.header.columns if each.row.item == "fiscal_year"), None)
            cell = None if of_line is None else self.owner.grid.at(row, of_line.column)
            return None if of_line is None or cell is None else self.year_of(of_line, cell)
        return None

    def budget(self) -> tuple[BudgetYear, ...]:
        years: dict[int, dict[str, Quantity]] = {}
        for row in self.rows:
            for column in self.owner.header.by_kind.get("budget", ()):
                cell = self.owner.grid.at(row, column.column)
                if cell is None or cell.row != row:
                    continue
                year = self.figure_year(column, row) or self.year
                quantity = self.quantity(column, cell, column.unit, year)
                own = years.setdefault(year, {})
                own[column.field] = self.one(own.get(column.field, MISSING), quantity, cell)
        return tuple(changed(_BUDGET, fiscal_year=year, **years[year]) for year in sorted(years))

    def one(self, known: Quantity, other: Quantity, cell: FormCell) -> Quantity:
        """What two cells of one figure agree on; neither is chosen where they differ, and that is told."""
        if known is MISSING or (known.value, known.unknown, known.unit) == (other.value, other.unknown, other.unit):
            return other if known is MISSING else known
        texts = tuple(each.source.text for each in (known, other) if each.source is not None)
        params: dict[str, Param] = {"candidates": "、".join(texts), "name": self.owner.form.id}
        self.problems.append(Diagnostic("HY684", at(self.owner.file, cell.place), params))
        assert known.source is not None, "a figure that was read has its source"
        notes = reading_note("reading_notes.several_figures_fit")
        doubt = {"reading": "ambiguous", "notes": notes, "candidates": texts}
        return Quantity(unknown="missing", fiscal_year=other.fiscal_year, source=known.source.model_copy(update=doubt))

    def indicators(self, kind: str) -> tuple[Indicator, ...]:
        """The indicators of the sheet: one for each group of columns, and for each line where a line is an indicator."""
        groups = self.owner.header.by_group.get(kind, {})
        found: list[Indicator] = []
        blocks = [[row] for row in self.rows] if self.owner.form.line_is == "indicator" else [list(self.rows)]
        for rows in blocks:
            for columns in groups.values():
                indicator = self.indicator(columns, rows)
                if indicator is not None:
                    found.append(indicator)
        return tuple(found)

    def indicator(self, columns: Sequence[ListColumn], rows: Sequence[int]) -> Indicator | None:
        words: dict[str, str] = {}
        target_year: int | None = None
        figures: dict[tuple[str, int | None], Quantity] = {}
        first = self.owner.header.rows.stop
        printed = [
            (row, column, cell)
            for row in rows
            for column in columns
            if (cell := self.owner.grid.at(row, column.column)) is not None and cell.row >= first
        ]
        for _, column, cell in printed:
            if column.field in ("name", "number", "unit"):
                words.setdefault(column.field, narrow(" ".join(cell.text.split())))
            elif column.field == "target_year":
                target_year = self.year_of(column, cell)
        unit = words.get("unit")
        for row, column, cell in printed:
            if column.field not in FIGURES_OF_MEASURES or cell.row != row:
                continue
            year = self.figure_year(column, row)
            quantity = self.quantity(column, cell, unit or column.unit, year, dated=True)
            key = (column.field, year)
            figures[key] = self.one(figures.get(key, MISSING), quantity, cell)
        if not words.get("name") and not figures:
            return None
        name = words.get("name") or narrow(columns[0].heading.text)[:60]
        measure = self.measure(self.of_no_column(columns) | figures, target_year)
        return Indicator(number=words.get("number"), name=name, measures=(measure,))

    def of_no_column(self, columns: Sequence[ListColumn]) -> dict[tuple[str, int | None], Quantity]:
        """Target and actual of the evaluated year, where the list asks nobody for them: unread, which no rule takes for silence."""
        there = {each.field for each in columns if self.figure_year(each, self.rows[0]) in (None, self.year)}
        if self.owner.form.line_is == "year":
            there |= {each.field for each in columns}
        return {(name, None): _UNREAD for name in ("target", "actual") if name not in there}

    def measure(self, figures: dict[tuple[str, int | None], Quantity], target_year: int | None) -> Measure:
        own: dict[str, Quantity] = {}
        points: dict[int, dict[str, Quantity]] = {}
        for (field_name, year), dated in figures.items():
            if field_name in ("baseline", "final"):
                own["baseline" if field_name == "baseline" else "final_target"] = dated
            elif year is None and field_name == "target" and target_year is not None:
                own["target" if target_year <= self.year else "final_target"] = changed(dated, fiscal_year=target_year)
            elif year is None or year == self.year:
                own[field_name] = dated
            else:
                points.setdefault(year, {})[field_name] = dated
        series = tuple(changed(_POINT, fiscal_year=year, **points[year]) for year in sorted(points))
        return changed(_MEASURE, series=series, **own)

    def stated(self) -> list[Stated]:
        """The facts and recorded results of the sheet, from the first line that has each."""
        found: dict[str, Stated] = {}
        for column in self.owner.header.of_facts:
            item = column.row.item
            for row in self.rows:
                cell = self.owner.grid.at(row, column.column)
                if item not in found and cell is not None and cell.row >= self.owner.header.rows.stop:
                    found[item] = Stated(item, cell.text, cell.place, column.words, column.unit)
        return list(found.values())


@lru_cache(5_000)
def _place_words(part: str | None, what: str, year: int | None) -> str | None:
    """The words for the place of a figure: those of a column are the same in all lines."""
    dated = what if year is None else f"{what}、{print_fiscal_year(year)}"
    return place_words(FormPlace(part=part), dated)


@lru_cache(20_000)
def _read(text: str, near: int, unit: str | None) -> tuple[Quantity, tuple[Diagnostic, ...]]:
    """A figure without its place: lists print the same small numbers again and again."""
    return read_quantity(text, year_hint=near, default_unit=unit)
