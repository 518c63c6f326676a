"""The tables of a form as rows: columns, items, positions and years are checked, words are read; what is wrong is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.forms.items import ITEMS, KINDS, TableKind, item_of, states_fact
from hyotei.forms.model import LineIs, Position, Row
from hyotei.forms.printed_words import (
    Alternatives,
    Group,
    PrintedWordsError,
    bare,
    parse_words,
    pattern_of,
    says_anything,
    spellings,
)
from hyotei.messages import Diagnostic, Location, Param
from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.check.names import suggestion
from hyotei.rulebook.rulebook_text import RulebookText, Section
from hyotei.rulebook.table_text import CellText, TextRow

PRINTED, ITEM, HEADING, POSITION, VALUE, UNIT, NTH, YEARS, NAME = (
    "printed",
    "item",
    "heading",
    "position",
    "value",
    "unit",
    "nth",
    "years",
    "name",
)
_COLUMNS: Final = {
    "印字": PRINTED, "項目": ITEM, "見出し": HEADING, "位置": POSITION, "値": VALUE, "単位": UNIT, "番目": NTH, "年度": YEARS,
    "名": NAME, "備考": "remark",
    **{name: name for name in (PRINTED, ITEM, HEADING, POSITION, VALUE, UNIT, NTH, YEARS, NAME, "remark")},
}  # fmt: skip
"""The columns of tables by their headings in both languages."""
_SHOWN: Final = {name: japanese for japanese, name in reversed(_COLUMNS.items()) if japanese != name}
_NEEDED: Final[dict[TableKind, tuple[str, ...]]] = {
    **dict.fromkeys(KINDS, (PRINTED, ITEM)), "words": (NAME, PRINTED), "choices": (ITEM, PRINTED, VALUE),
}  # fmt: skip
_MORE: Final[dict[TableKind, tuple[str, ...]]] = {"labels": (HEADING, POSITION), "list": (UNIT, NTH, YEARS)}
_POSITIONS: Final[dict[str, Position]] = {
    "": "any", "-": "any", "右": "right", "下": "below", "上": "above", "同じ升目": "same", "right": "right", "below": "below",
    "above": "above", "same": "same",
}  # fmt: skip
_LINES: Final[dict[str, LineIs]] = {
    "one line a sheet": "sheet", "one line an indicator": "indicator", "one line a year": "year", "一行が一つの評価書": "sheet",
    "一行が一つの指標": "indicator", "一行が一つの年度": "year",
}  # fmt: skip
_SPAN: Final = re.compile(r"(-?[0-9]{1,3})(?:\.\.(-?[0-9]{1,3}))?")
_A_YEAR: Final[Alternatives] = ((Group("年度"),),)
CODES: Final = {
    "regular_expression": "HY653", "unclosed": "HY654", "unknown_group": "HY655", "loop": "HY656", "empty": "HY657",
    "anything": "HY658",
}  # fmt: skip
"""The codes of what can be wrong with printed words."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of which the words are not yet compiled, because groups may stand further down."""

    row: Row
    words: Alternatives
    place: Location
    heading: Alternatives = ()
    """Of a label, the words under or beside which it stands."""


@dataclass(slots=True)
class DraftTables:
    """All tables of one document."""

    rows: dict[TableKind, list[DraftRow]]
    groups: dict[str, Alternatives]
    group_places: dict[str, Location]
    line_is: LineIs | None = None


def draft_tables(document: RulebookText, problems: list[Diagnostic]) -> DraftTables:
    """The tables of a document by their kinds; tables below a heading without a name in backticks are for readers only."""
    found = DraftTables({kind: [] for kind in KINDS}, {}, {})
    for section in document.sections:
        name = section.heading.code
        if name is None or not section.tables:
            continue
        at = Location(document.file, section.heading_line, name.start, name.end)
        kind = next((each for each in KINDS if each == name.text), None)
        if kind is None:
            params: dict[str, Param] = {
                "name": name.text,
                "hint": suggestion(name.text, KINDS),
                "kinds": ", ".join(KINDS),
            }
            problems.append(Diagnostic("HY649", at, params))
            continue
        if kind == "list":
            _line_is(found, section, at, problems)
        for table in section.tables:
            _Table(found, kind, table, document.file, section.heading.title.text, problems).read()
    return found


def _line_is(found: DraftTables, section: Section, at: Location, problems: list[Diagnostic]) -> None:
    tail = section.heading.tail
    written = " ".join(folded(tail.text).split()) if tail is not None else ""
    if found.line_is is not None:
        problems.append(Diagnostic("HY667", at))
    elif written in _LINES:
        found.line_is = _LINES[written]
    else:
        problems.append(Diagnostic("HY666", at, {"written": written}))


class _Table:
    def __init__(
        self,
        found: DraftTables,
        kind: TableKind,
        table: TableBlock,
        file: str | None,
        title: str,
        problems: list[Diagnostic],
    ) -> None:
        self.found, self.kind, self.table, self.file, self.title, self.problems = (
            found,
            kind,
            table,
            file,
            title,
            problems,
        )
        self.columns: dict[str, int] = {}

    def at(self, cell: CellText) -> Location:
        return Location(self.file, cell.line, cell.start, max(cell.end, cell.start + 1), self.title or None)

    def tell(self, code: str, cell: CellText, **params: Param) -> None:
        self.problems.append(Diagnostic(code, self.at(cell), params))

    def read(self) -> None:
        known = (*_NEEDED[self.kind], *_MORE.get(self.kind, ()), "remark")
        names = "、".join(_SHOWN[each] for each in known)
        for index, cell in enumerate(self.table.header.cells):
            column = _COLUMNS.get(folded(cell.text).strip())
            if column is None or column not in known or column in self.columns:
                self.tell("HY651", cell, column=cell.text, columns=names)
            else:
                self.columns[column] = index
        lacking = [_SHOWN[each] for each in _NEEDED[self.kind] if each not in self.columns]
        if lacking:
            self.tell("HY650", self.table.header.cells[0], columns="、".join(lacking))
            return
        for row in self.table.rows:
            if not row.fits:
                self.tell("HY662", row.cells[0], count=len(self.table.header.cells), found=len(row.cells))
                continue
            self.row(row)

    def cell(self, row: TextRow, column: str) -> CellText | None:
        index = self.columns.get(column)
        return None if index is None else row.cells[index]

    def text(self, row: TextRow, column: str) -> str:
        cell = self.cell(row, column)
        return "" if cell is None else cell.text.strip().strip("`")

    def row(self, row: TextRow) -> None:
        printed = row.cells[self.columns[PRINTED]]
        words = self.words(printed)
        if self.kind == "words":
            name = bare(self.text(row, NAME).strip("{}"))
            if words is not None and name:
                if name in self.found.groups:
                    self.tell("HY659", row.cells[0], words=name, line=self.found.group_places[name].line or 0)
                self.found.groups[name] = words
                self.found.group_places[name] = self.at(printed)
            return
        item = self.item(row)
        if words is None or item is None:
            return
        read = Row(printed.text, "", item, row.line, value=self.text(row, VALUE))
        read = self.more(read, row)
        heading = self.cell(row, HEADING)
        under: Alternatives | None = ()
        if heading is not None and heading.text.strip() not in ("", "-"):
            under = self.words(heading)
            read = replace(read, heading=heading.text)
        if under is not None:
            self.found.rows[self.kind].append(DraftRow(read, words, self.at(printed), under))

    def words(self, cell: CellText) -> Alternatives | None:
        try:
            return parse_words(cell.text.replace("`", ""))
        except PrintedWordsError as error:
            self.tell(CODES[error.problem], cell, part=error.part[:40])
            return None

    def item(self, row: TextRow) -> str | None:
        cell = row.cells[self.columns[ITEM]]
        written = cell.text.strip().strip("`")
        kind: TableKind = "labels" if self.kind == "choices" else self.kind
        item = item_of(kind, written)
        if item is None or (self.kind == "choices" and not states_fact(item)):
            names = ITEMS[kind]
            hint = suggestion(written, [*names, *names.values()])
            self.tell("HY652", cell, item=written, hint=hint, kind=self.kind)
            return None
        return item

    def more(self, read: Row, row: TextRow) -> Row:
        """The columns that only some kinds of table have."""
        position = self.cell(row, POSITION)
        if position is not None and position.text.strip() in _POSITIONS:
            read = replace(read, position=_POSITIONS[position.text.strip()])
        elif position is not None:
            self.tell(
                "HY663", position, written=position.text, positions="、".join(each for each in _POSITIONS if each)
            )
        occurrences = self.span(row, NTH)
        years = self.span(row, YEARS)
        if occurrences and min(occurrences) < 1:
            self.tell("HY664", row.cells[self.columns[NTH]], written=self.text(row, NTH))
            occurrences = ()
        if len(years) > 1 and len(years) != len(occurrences):
            self.tell("HY665", row.cells[self.columns[YEARS]], years=len(years), columns=len(occurrences))
            years = ()
        return replace(read, unit=self.text(row, UNIT), occurrences=occurrences, years=years)

    def span(self, row: TextRow, column: str) -> tuple[int, ...]:
        """`3` or `-4..0` as the numbers that it names."""
        written = folded(self.text(row, column))
        if written in ("", "-"):
            return ()
        match = _SPAN.fullmatch(written)
        first, last = (int(match[1]), int(match[2] or match[1])) if match is not None else (1, 0)
        if first > last or last - first > 200:
            self.tell("HY664", row.cells[self.columns[column]], written=written)
            return ()
        return tuple(range(first, last + 1))


def compiled(
    drafts: DraftTables, groups: dict[str, Alternatives], form: str, problems: list[Diagnostic]
) -> dict[TableKind, tuple[Row, ...]]:
    """The rows with their patterns; `groups` are those of the form and of what it extends."""
    found: dict[TableKind, tuple[Row, ...]] = {}
    for name, place in drafts.group_places.items():
        pattern_or_none(groups[name], groups, place, problems, name)
    for kind, rows in drafts.rows.items():
        kept = []
        for draft in rows:
            pattern = pattern_or_none(
                draft.words, groups, draft.place, problems, between=r"\s*" if kind == "parts" else ""
            )
            if pattern is None:
                continue
            # Of the headings of measures {年度} is asked of years only.
            dated = kind == "measures" and draft.words == _A_YEAR
            if kind != "years" and not dated and says_anything(draft.words, groups):
                problems.append(Diagnostic("HY658", draft.place, {"part": draft.row.printed[:40]}))
                continue
            under = pattern_or_none(draft.heading, groups, draft.place, problems) if draft.heading else ""
            if under is None:
                continue
            if draft.heading and says_anything(draft.heading, groups):
                problems.append(Diagnostic("HY658", draft.place, {"part": draft.row.heading[:40]}))
                continue
            kept.append(replace(draft.row, pattern=pattern, form=form, heading_pattern=under))
        found[kind] = tuple(kept)
        problems += _twice(kind, rows, found[kind])
    return found


def pattern_or_none(
    words: Alternatives,
    groups: dict[str, Alternatives],
    place: Location,
    problems: list[Diagnostic],
    inside: str | None = None,
    between: str = "",
) -> str | None:
    """The pattern of words; None, with a problem told, where a group of them is wrong."""
    try:
        return pattern_of(words, groups, () if inside is None else (inside,), between)
    except PrintedWordsError as error:
        hint = suggestion(error.part, groups) if error.problem == "unknown_group" else ""
        problems.append(
            Diagnostic(
                CODES[error.problem],
                place,
                {"part": error.part[:40], **({"hint": hint} if error.problem == "unknown_group" else {})},
            )
        )
        return None


def _twice(kind: TableKind, drafts: list[DraftRow], rows: tuple[Row, ...]) -> Iterator[Diagnostic]:
    """Words that two rows of one table map: the second would never count."""
    told = set()
    for problem in _written_twice(kind, drafts, rows):
        told.add(problem.location.line)
        yield problem
    compiled_rows = [(row, re.compile(row.pattern)) for row in rows]
    words = {draft.row.line: draft for draft in drafts}
    for position, row in enumerate(rows):
        before = [each for each in compiled_rows[:position] if _one_cell(kind, each[0], row)]
        for alternative in words[row.line].words if before and row.line not in told else ():
            spelt = spellings(alternative)
            first = next((each for each, pattern in before if spelt and all(map(pattern.fullmatch, spelt))), None)
            if first is not None:
                params: dict[str, Param] = {"words": spelt[0], "line": first.line}
                yield Diagnostic("HY659", words[row.line].place, params)
                break


def _one_cell(kind: TableKind, first: Row, second: Row) -> bool:
    """Whether two rows say different things of one cell, if both have its words."""
    if kind == "choices":
        return first.item == second.item and first.value != second.value
    apart = first.occurrences and second.occurrences and not {*first.occurrences} & {*second.occurrences}
    return first.item != second.item and first.heading_pattern == second.heading_pattern and not apart


def _written_twice(kind: TableKind, drafts: list[DraftRow], rows: tuple[Row, ...]) -> Iterator[Diagnostic]:
    """Alternatives that stand in two rows letter by letter."""
    places = {draft.row.line: draft.place for draft in drafts}
    seen: dict[tuple[str, str, int], Row] = {}
    for row in rows:
        for word in dict.fromkeys(_plain_words(row)):
            for nth in row.occurrences or (0,):
                key = (row.item if kind == "choices" else row.heading_pattern, word, nth)
                first = seen.get(key) or (seen.get((key[0], word, 0)) if nth else None)
                if first is not None and first is not row:
                    yield Diagnostic("HY659", places[row.line], {"words": word, "line": first.line})
                    break
                seen[key] = row
            else:
                continue
            break


def _plain_words(row: Row) -> list[str]:
    """The alternatives of a row as they are written, for comparison."""
    return [bare(each) for each in re.split("[,，、]", row.printed.replace("`", "")) if each.strip()]
