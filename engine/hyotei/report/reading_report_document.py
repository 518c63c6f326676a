"""What was read of many files, as a document: which sheets need a person, then each sheet with its figures beside their sources."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hyotei.document import Block, Column, Document, Item, Items, Paragraph, Section, table
from hyotei.messages import Diagnostic, Language, Wording, wording
from hyotei.report.reading_text import LEFT_UNREAD, read_values
from hyotei.sheet.models import Sheet

_READINGS = ("stated", "inferred", "ambiguous")


class SheetRead(NamedTuple):
    """One sheet as it was read: its names, its figures as rows, how many of each reading, and what is to be said of it."""

    id: str
    title: str
    file: str
    rows: tuple[tuple[str, str, str, str, str], ...]
    counts: tuple[int, ...]
    unread: int
    problems: tuple[str, ...]

    @property
    def needs_person(self) -> bool:
        """Whether a figure is ambiguous, or something was left unread."""
        return bool(self.unread or self.counts[_READINGS.index("ambiguous")])


def sheet_read(sheet: Sheet, problems: Sequence[Diagnostic], language: Language) -> SheetRead:
    """The report of one sheet, without the sheet itself."""
    say = wording(language)
    rows = []
    counts = dict.fromkeys(_READINGS, 0)
    file = ""
    for read in read_values(sheet, language):
        name, value, source = read.name, read.value, read.source
        file = file or source.file or ""
        counts[source.reading if source.reading in counts else "stated"] += 1
        where = " ".join(str(part) for part in (source.cell or source.page or source.line, source.place) if part)
        reading = say.one_of("sheet.reading", source.reading)
        why = source.notes_text(language)
        noted = f"{reading}: {why}" if why else reading
        rows.append((name, value, " ".join(source.text.split())[:60], where, noted))
    left = sum(1 for problem in problems if problem.code in LEFT_UNREAD)
    told = tuple(problem.text(language) for problem in problems)
    return SheetRead(sheet.id, " ".join(sheet.title.split()), file, tuple(rows), tuple(counts.values()), left, told)


def reading_report_document(read: Iterable[SheetRead], failed: Iterable[str], language: Language) -> Document:
    """All sheets in one table, those that need a person first; then each with its figures; then what could not be read."""
    say = wording(language)
    listed = sorted(read, key=lambda each: not each.needs_person)
    return Document(say("forms.report.title"), language, tuple(_blocks(listed, list(failed), say)))


def _blocks(read: Sequence[SheetRead], failed: Sequence[str], say: Wording) -> Iterator[Block]:
    waiting = sum(each.needs_person for each in read)
    yield Paragraph(say("forms.report.lead", sheets=len(read), waiting=waiting, failed=len(failed)), lead=True)
    columns = [
        Column(say("forms.report.id"), "code"),
        Column(say("forms.report.sheet")),
        Column(say("forms.report.file")),
    ]
    columns += [Column(say.one_of("sheet.reading", reading), "number") for reading in _READINGS]
    columns += [Column(say("forms.report.unread"), "number"), Column(say("forms.report.person"))]
    rows: list[tuple[str | int, ...]] = [
        (
            each.id,
            each.title,
            each.file,
            *each.counts,
            each.unread,
            say("forms.report.yes") if each.needs_person else "",
        )
        for each in read
    ]
    yield Section(say("forms.report.sheets"), (table(columns, rows),))
    if failed:
        yield Section(say("forms.report.failed"), (Items(tuple(Item(text) for text in failed)),))
    for each in read:
        yield Section(f"{each.id}  {each.title}", tuple(_sheet(each, say)), folded=not each.needs_person)


def _sheet(read: SheetRead, say: Wording) -> Iterator[Block]:
    columns = [
        Column(say("forms.report.figure")),
        Column(say("forms.report.value"), "number"),
        Column(say("forms.report.printed")),
        Column(say("forms.report.place")),
        Column(say("forms.report.reading")),
    ]
    yield table(columns, read.rows)
    if read.problems:
        yield Items(tuple(Item(text) for text in read.problems))
