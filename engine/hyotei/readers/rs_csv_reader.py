"""The official CSV downloads of the RS system (行政事業レビュー from 2024): one sheet a programme, put together from its tables.

The tables are read side by side in the order of the programmes, so that only one programme is held at a time.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from pydantic import ValidationError

from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import Diagnostic, HyoteiError, Location, Param
from hyotei.readers.reader import Found
from hyotei.readers.rs_budget import budget_years
from hyotei.readers.rs_logic import logic
from hyotei.readers.rs_outline import authority, outline, outline_facts
from hyotei.readers.rs_table import ID, TABLES, TITLE, YEAR, Programmes, RsRow, RsTable, header_of, kind_of, rows
from hyotei.readers.rs_unread_parts import unread_parts
from hyotei.readers.rs_verdict import recorded, verdict_facts
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, SCHEMA, Fact, Identity, Recorded, Sheet, Source
from hyotei.sheet.notes import Notes, reading_note
from hyotei.sheet.unread_parts import Part, part_of_fact

_JOINED: Final = "reading_notes.joined_identifier"
_YEAR_BEFORE: Final = "reading_notes.year_before_publication"


class RsReader:
    """Reads the tables 1-1, 1-2, 2-1, 3-1, 3-2 and 4-1, any of which may be absent."""

    name = "rs"

    def sniff(self, sample: Sample) -> float:
        return 0.0 if kind_of(header_of(sample.text)) is None else 1.0

    def read(self, document: InputFile) -> Iterator[Found]:
        yield from self.read_together([document])

    def read_together(self, documents: Sequence[InputFile]) -> Iterator[Found]:
        years: dict[str, dict[str, RsTable]] = {}
        for document in documents:
            try:
                table = _table(document)
            except HyoteiError as error:
                yield Found(None, error.diagnostics)
                continue
            if table.kind in years.setdefault(table.year, {}):
                params: dict[str, Param] = {"table": table.kind, "year": table.year}
                yield Found(None, (Diagnostic("HY833", Location(document.name), params),))
                continue
            years[table.year][table.kind] = table
        for year in sorted(years):
            if years[year]:
                yield from _programmes(year, years[year])


def _table(document: InputFile) -> RsTable:
    """Which table a document is.

    Raises:
        HyoteiError: it is none that is read (HY834), or is empty (HY104).
    """
    kind = kind_of(header_of(document.sample().text))
    if not kind:
        raise document.problem("HY834", tables=", ".join(TABLES))
    first = next(rows(document), None)
    if first is None:
        raise document.problem("HY104")
    return RsTable(kind, first.text(YEAR), document)


def _programmes(year: str, tables: dict[str, RsTable]) -> Iterator[Found]:
    """The sheets of one review, in the order of their numbers."""
    if not (year.isascii() and year.isdigit() and len(year) == 4 and FIRST_YEAR < int(year) <= LAST_YEAR):
        yield Found(
            None, tuple(Diagnostic("HY813", Location(t.document.name), {"value": year[:20]}) for t in tables.values())
        )
        return
    groups = {kind: Programmes(table) for kind, table in tables.items()}
    columns = {kind: frozenset(header_of(table.document.sample().text)) for kind, table in tables.items()}

    @cache
    def unread(lost: tuple[str, ...]) -> tuple[Part, ...]:
        return unread_parts(columns, lost)

    notes = tuple(note for table in tables.values() for note in table.document.notes())
    streams = {kind: iter(group) for kind, group in groups.items()}
    waiting = {kind: next(stream, None) for kind, stream in streams.items()}
    while heads := [head[0] for head in waiting.values() if head is not None]:
        number = min(heads)
        parts: dict[str, list[RsRow]] = {}
        for kind, head in waiting.items():
            if head is not None and head[0] == number:
                parts[kind] = head[1]
                waiting[kind] = next(streams[kind], None)
        # Of a programme without a row in a table that lost some, that table may have been lost.
        found = _sheet(int(year), number, parts, unread(tuple(k for k in groups if groups[k].lost and k not in parts)))
        yield Found(found.sheet, (*notes, *found.problems)) if notes else found
        notes = ()
        for group in groups.values():
            if group.problems:
                yield Found(None, tuple(group.problems))
                group.problems.clear()
    for group in groups.values():
        if group.problems:
            yield Found(None, tuple(group.problems))


def _sheet(published: int, number: int, parts: dict[str, list[RsRow]], unread: tuple[Part, ...]) -> Found:
    """The sheet of one programme from its rows of each table; `unread` is what the tables do not carry."""
    problems: list[Diagnostic] = []
    firsts = [parts[kind][0] for kind in ("1-2", "2-1", "4-1", "1-1", "3-1", "3-2") if kind in parts]
    first, described = firsts[0], parts.get("1-2", [])
    answering, titled = authority(firsts), next((row for row in firsts if row.words(TITLE)), None)
    if answering is None or titled is None:
        keys = "、".join(key for key, value in (("政策所管府省庁", answering), (TITLE, titled)) if value is None)
        return Found(None, (Diagnostic("HY819", Location(first.file, first.line), {"keys": keys}),))
    ministry, _, _ = answering
    title = titled.words(TITLE) or ""
    # Without the columns that tell indicators apart, their rows would run together.
    indicators = parts.get("3-1", []) if "objectives" not in unread else []
    objectives, outputs, named = logic(indicators, parts.get("3-2", []), problems)
    try:
        sheet = Sheet(
            schema=SCHEMA,
            id=f"{published}/{ministry}/{number}",
            title=title,
            authority=ministry,
            number=first.text(ID),
            scheme="行政事業レビュー",
            fiscal_year=published - 1,
            goal=described[0].words("事業の目的") if described else None,
            objectives=objectives,
            outputs=outputs,
            budget_years=budget_years(parts.get("2-1", []), published, problems),
            recorded=recorded(parts["4-1"]) if "4-1" in parts else Recorded(),
            outline=outline(described, parts.get("1-1", []), parts.get("2-1", []), ministry, problems),
            document=f"{published}年度行政事業レビューシート",
            unread=unread,
            identity=_identity(published, number, first, titled, answering),
            facts=_facts(described, parts.get("4-1", []), named, unread, problems),
        )
    except ValidationError as error:
        wrong = error.errors()[0]
        problem = f"{'.'.join(map(str, wrong['loc'])) or '/'}: {wrong['msg']}"
        return Found(None, (*problems, Diagnostic("HY818", Location(first.file, first.line), {"problem": problem})))
    return Found(sheet, tuple(problems))


def _facts(
    described: list[RsRow],
    inspected: list[RsRow],
    named: tuple[Fact, ...],
    unread: tuple[Part, ...],
    problems: list[Diagnostic],
) -> tuple[Fact, ...]:
    """The facts that are carried whole: what one table of several tells of the logic model is no count of it."""
    found = [*outline_facts(described), *(verdict_facts(inspected, problems) if inspected else ()), *named]
    return tuple(fact for fact in found if part_of_fact(fact.name) not in unread)


def _identity(published: int, number: int, first: RsRow, titled: RsRow, answering: tuple[str, RsRow, str]) -> Identity:
    """Where the names were read."""
    ministry, row, column = answering
    year = str(published)
    return Identity(
        id=_inferred(f"{year}/{ministry}/{number}", first, f"{YEAR}、{column}、{ID}", reading_note(_JOINED)),
        title=Source(text=titled.words(TITLE) or "", file=titled.file, line=titled.line, place=TITLE),
        authority=Source(text=ministry, file=row.file, line=row.line, place=column),
        number=Source(text=first.text(ID), file=first.file, line=first.line, place=ID),
        fiscal_year=_inferred(year, first, YEAR, reading_note(_YEAR_BEFORE)),
    )


def _inferred(text: str, row: RsRow, place: str, notes: Notes) -> Source:
    return Source(text=text, file=row.file, line=row.line, place=place, reading="inferred", notes=notes)
