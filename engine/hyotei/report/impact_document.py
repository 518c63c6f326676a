"""An impact as a document: what moves, by which edits, where, and every sheet that moves."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from hyotei.compare.model import Edit
from hyotei.document import (
    Block,
    Cell,
    Column,
    Document,
    Paragraph,
    Row,
    Section,
    Table,
    row,
    table,
)
from hyotei.impact.causes import Cause
from hyotei.impact.model import Count, Group, Impact, Move, ResultImpact
from hyotei.messages import Language, Wording, wording
from hyotei.report.amount_words import hundred_millions
from hyotei.report.edit_sentences import edit_sentence
from hyotei.report.rated_words import rated_section, value_said

_SHORT_HASH = 12


def impact_document(found: Impact, language: Language, rows: int | None = None) -> Document:
    """The impact; of long lists at most so many `rows`, the weightiest first, or all."""
    return Document(
        wording(language)("impact.title", books=_books(found)),
        language,
        tuple(_blocks(found, wording(language), rows)),
    )


def _blocks(found: Impact, say: Wording, rows: int | None) -> Iterator[Block]:
    moved = found.moved.sheets
    key = "impact.headline.some" if moved else "impact.headline.none"
    lead = say(key, all=found.all.sheets, moved=moved, money=money_said(found.moved, say))
    yield Paragraph(lead, "bad" if moved else "good", lead=True)
    yield from (Paragraph(note.message(say.language), "faint") for note in found.notes)
    for result in found.results:
        yield Section(say.one_of("common.result", result.name), tuple(_result(result, say)))
    if found.edits or found.others:
        yield Section(say("impact.edits.title"), tuple(_edits(found, say)))
    if moved:
        groups = (_groups(found.by_authority, "authority", say, rows), _groups(found.by_year, "fiscal_year", say, rows))
        yield Section(say("impact.groups.title"), groups)
        yield Section(say("impact.moves.title"), tuple(_moves(found, say, rows)))
    books = {
        say("impact.rated.old", id=found.old.id): found.old.hash,
        say("impact.rated.new", id=found.new.id): found.new.hash,
    }
    yield rated_section(books, found.corpus_hash, found.alone, say)


def _books(found: Impact) -> str:
    """`old → new`: the ids of both rulebooks; of an edited copy that kept its id, with the beginning of each hash."""
    if found.old.id != found.new.id:
        return f"{found.old.id} → {found.new.id}"
    return f"{found.old.id}: {found.old.hash[:_SHORT_HASH]} → {found.new.hash[:_SHORT_HASH]}"


# -- results


def _result(result: ResultImpact, say: Wording) -> Iterator[Block]:
    labels = [say("impact.value.label", value=value, label=label) for value, label in result.labels.items() if label]
    if labels:
        yield Paragraph(say.listed(labels), "faint")
    yield _matrix(result, say)
    if result.moved:
        moved = [(pair, count) for pair, count in result.matrix.items() if pair[0] != pair[1]]
        told = [
            (f"{value_said(before, say)} → {value_said(after, say)}", count)
            for (before, after), count in sorted(moved, key=lambda each: -each[1].sheets)
        ]
        counted = [count for _, count in told]
        columns = [Column(say("impact.column.move"), "grade"), *count_columns(say, counted)]
        rows = [row(move, *count_cells(count, say, counted)) for move, count in told]
        yield table(columns, rows, say("impact.ways.caption"))


def _matrix(result: ResultImpact, say: Wording) -> Table:
    """From the rows to the columns; the diagonal is what stays. Values that no sheet has are left out."""
    met = {value for pair in result.matrix for value in pair}
    values = [value for value in result.values if value in met]
    columns = [Column(say("impact.matrix.corner"), "grade")]
    columns += [Column(value_said(value, say), "number") for value in values]
    columns.append(Column(say("impact.matrix.all"), "number"))
    rows = []
    for before in values:
        counts = [result.matrix.get((before, after), Count()).sheets for after in values]
        cells = [
            Cell(count, "" if count else "·", "faint" if after == before else "plain")
            for after, count in zip(values, counts, strict=True)
        ]
        rows.append(row(value_said(before, say), *cells, sum(counts)))
    sums = [sum(result.matrix.get((before, after), Count()).sheets for before in values) for after in values]
    rows.append(row(say("impact.matrix.all"), *sums, sum(sums)))
    return table(columns, rows, say("impact.matrix.caption", result=say.one_of("common.result", result.name)))


# -- edits and groups


def _edits(found: Impact, say: Wording) -> Iterator[Block]:
    if found.edits:
        alone = [share.alone for share in found.shares]
        columns = [
            Column(say("impact.column.edit")),
            Column(say("impact.edits.alone"), "number"),
            Column(say("impact.edits.money"), "money", say("impact.unit.yen")),
            *_unknown_column(say, alone),
            Column(say("impact.edits.together"), "number"),
        ]
        rows = [
            row(edit_said(edit, found, say), *count_cells(share.alone, say, alone), share.together.sheets)
            for edit, share in zip(found.edits, found.shares, strict=True)
        ]
        yield table(columns, rows, say("impact.edits.caption"))
    if found.others:
        yield Paragraph(say("impact.edits.others", count=found.others), "faint")


def _groups(groups: Iterable[Group], by: str, say: Wording, rows: int | None) -> Table:
    """Ministries or years in which something moves."""
    moved = [each for each in groups if each.moved.sheets][:rows]
    counted = [each.moved for each in moved]
    columns = [
        Column(say.one_of("impact.column", by)),
        Column(say("impact.column.sheets"), "number"),
        Column(say("impact.column.moved"), "number"),
        *count_columns(say, counted)[1:],
        Column(say("impact.column.how"), width=48),
    ]
    told = [
        row(each.key, each.all.sheets, *count_cells(each.moved, say, counted), _ways_said(each, say)) for each in moved
    ]
    return table(columns, told, say.one_of("impact.groups", by))


def _ways_said(group: Group, say: Wording) -> str:
    return say.listed(
        f"{say.one_of('impact.short', result)} {say.one_of('impact.way', way)} {number:,}"
        for (result, way), number in sorted(group.ways.items())
    )


# -- sheets


def _moves(found: Impact, say: Wording, rows: int | None) -> Iterator[Block]:
    columns = [
        Column(say("impact.column.sheet"), width=36),
        Column(say("impact.column.key"), "code"),
        Column(say("impact.column.authority")),
        Column(say("impact.column.fiscal_year"), "year"),
        Column(say("impact.column.money"), "money", say("impact.unit.yen")),
        Column(say("impact.column.move"), "grade"),
        Column(say("impact.column.cause"), width=40),
    ]
    shown = by_money(found.moves)[:rows]
    yield table(columns, [each for move in shown for each in _move(move, found, say)], say("impact.moves.caption"))
    if len(shown) < len(found.moves):
        yield Paragraph(say("impact.moves.more", count=len(found.moves) - len(shown)), "faint")


def by_money(moves: Iterable[Move]) -> list[Move]:
    """The moves with the most money first."""
    return sorted(moves, key=lambda move: (move.money is None, -(move.money or Decimal(0)), move.sheet))


def _move(move: Move, found: Impact, say: Wording) -> Iterator[Row]:
    """A row a change."""
    money = Cell(None, say("common.unknown")) if move.money is None else money_cell(move.money, say)
    for each in move.changes:
        result = say.one_of("common.result", each.result)
        told = f"{result} {value_said(each.before, say)} → {value_said(each.after, say)}"
        cause = cause_said(each.cause, found, say)
        title = " ".join(move.title.split())
        cells = (
            Cell(title),
            Cell(move.sheet),
            Cell(move.authority),
            Cell(move.fiscal_year),
            money,
            Cell(told),
            Cell(cause),
        )
        yield Row(cells)


# -- words


def edit_said(edit: Edit, found: Impact, say: Wording) -> str:
    """An edit; in Japanese with what decisions and columns are called."""
    names = {"ja": found.titles}.get(say.language, {})
    return edit_sentence(edit, say.language, lambda name: names.get(name, name))


def cause_said(cause: Cause, found: Impact, say: Wording) -> str:
    """Which edits moved a sheet, and what is known of it."""
    told = say.listed(
        (edit_said(found.edits[at], found, say) for at in cause.alone or cause.together), "common.list.semicolon"
    )
    if len(cause.alone) == 1:
        return told
    if cause.alone:
        return say("impact.cause.all_needed", edits=told)
    return say("impact.cause.together" if cause.fewest else "impact.cause.not_narrowed", edits=told)


def money_said(count: Count, say: Wording) -> str:
    """The money of some sheets, and of how many of them it is not known."""
    told = hundred_millions(count.money, say.language)
    return say("amounts.with_unknown", money=told, count=count.unpriced) if count.unpriced else told


def money_cell(money: Decimal, say: Wording) -> Cell:
    """Money as a cell: exact, and shown in the unit of the table."""
    return Cell(money, hundred_millions(money, say.language))


def count_columns(say: Wording, counts: Iterable[Count]) -> list[Column]:
    """The columns of a count: sheets, their money, and of how many it is unknown where it is of any."""
    return [
        Column(say("impact.column.sheets"), "number"),
        Column(say("impact.column.money"), "money", say("impact.unit.yen")),
        *_unknown_column(say, counts),
    ]


def _unknown_column(say: Wording, counts: Iterable[Count]) -> list[Column]:
    return [Column(say("impact.column.money_unknown"), "number")] if _any_unknown(counts) else []


def count_cells(count: Count, say: Wording, counts: Iterable[Count]) -> list[Cell]:
    """A count in the columns of `count_columns`."""
    money = money_cell(count.money, say) if count.sheets else Cell(Decimal(0), "·")
    return [Cell(count.sheets), money, *([Cell(count.unpriced)] if _any_unknown(counts) else [])]


def _any_unknown(counts: Iterable[Count]) -> bool:
    return any(count.unpriced for count in counts)
