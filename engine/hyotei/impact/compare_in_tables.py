"""A corpus under several rulebooks at once: its parts are read once for all of them, and each rulebook is a program over them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from hyotei.columnar.corpus_batches import RatedTables, TableRater
from hyotei.columnar.engines import engine
from hyotei.columnar.layout import NUMBER, identity
from hyotei.columnar.step_reading import Columns, values
from hyotei.compare.declared_facts import other_fact
from hyotei.impact.impact import read_by
from hyotei.impact.several_rulebooks import (
    GradeColumn,
    Place,
    ScopeTally,
    SheetResults,
    Values,
    units_of,
    values_of,
)
from hyotei.impact.sheet_batches import Batch, batches
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.types import Scope
from hyotei.sheet.scopes import unit_key

if TYPE_CHECKING:
    from hyotei.corpus.corpus import Corpus


def compare_in_tables(
    corpus: "Corpus", books: Sequence[Rulebook], counted: Mapping[Scope, ScopeTally]
) -> tuple[SheetResults, ...]:
    """Counts the combinations of all sheets, and tells what each sheet came to as a whole, in the order of the corpus."""
    wanted = {
        book.id: {c.decision for tally in counted.values() for c in tally.columns if c.rulebook == book.id}
        for book in books
    }
    parts = [book.toward(*wanted[book.id]) for book in books]
    results: list[SheetResults] = []
    with closing(engine("duckdb")) as running:
        groups = [[TableRater(book, running) for book in group] for group in _groups(parts)]
        streams = [batches(corpus, read_by(*(rater.rulebook for rater in group))) for group in groups]
        for together in zip(*streams, strict=True):
            results += _batch(together, groups, books, counted, len(results))
    return tuple(results)


def _groups(books: Sequence[Rulebook]) -> list[list[Rulebook]]:
    """Rulebooks that mean the same by every fact that they share can read the same columns."""
    found: list[list[Rulebook]] = []
    for book in books:
        group = next((each for each in found if all(other_fact(book, other) is None for other in each)), None)
        if group is None:
            found.append([book])
        else:
            group.append(book)
    return found


def _batch(
    together: Sequence[Batch],
    groups: Sequence[Sequence[TableRater]],
    books: Sequence[Rulebook],
    counted: Mapping[Scope, ScopeTally],
    first: int,
) -> list[SheetResults]:
    """One batch; its sheets are numbered from `first` on."""
    batch = together[0]
    rated: dict[str, RatedTables] = {}
    for each, group in zip(together, groups, strict=True):
        rated |= {rater.rulebook.id: rater.rate(each.relations) for rater in group}
    apart = frozenset().union(*(each.apart for each in rated.values()))
    whole: dict[int, Values] = {}
    for scope, tally in counted.items():
        told = _told(rated, tally.columns, scope, apart)
        if scope == "sheet":
            whole = {sheet: found for sheet, _, found in told}
        for found, count in Counter(found for _, _, found in told).items():
            if found in tally.found:
                tally.found[found].count += count
            else:
                sheet, number = next((sheet, number) for sheet, number, values in told if values == found)
                tally.add(found, count, Place(first + sheet, unit_key(scope, number)))
    for place, alone in batch.sheets(sorted(apart)).items():
        steps = {book.id: evaluate(book, alone) for book in books}
        for tally in counted.values():
            for unit in units_of(steps, tally):
                tally.add(values_of(steps, tally.columns, unit), 1, Place(first + place, unit))
        if "sheet" in counted:
            whole[place] = values_of(steps, counted["sheet"].columns, "sheet")
    return [
        SheetResults(about.key, about.title, about.authority, about.fiscal_year, whole.get(place, ()))
        for place, about in enumerate(batch.about)
    ]


def _told(
    rated: Mapping[str, RatedTables], columns: Sequence[GradeColumn], scope: Scope, apart: frozenset[int]
) -> list[tuple[int, int, Values]]:
    """For each unit of a scope, but those of sheets apart, the place of its sheet, its number within, and its grades.

    A program has no rows for sheets that stood apart from its own columns, so rows are put together by the sheets that all have.
    """
    told: list[list[str | None]] = []
    units: list[tuple[int, int]] = []
    for column in columns:
        program, table = rated[column.rulebook].program, Columns(rated[column.rulebook].tables[scope], {})
        found = values(program.decided[column.decision].outputs[0], table)
        sheets, names = table[identity("sheet")], table[identity(scope)]
        order = [row for row in sorted(range(len(table)), key=names.__getitem__) if sheets[row] not in apart]
        told.append([value if isinstance(value, str) else None for value in map(found.__getitem__, order)])
        if not units:
            numbers = sheets if scope == "sheet" else table[NUMBER]
            units = [(sheets[row], numbers[row]) for row in order]
    return [(*unit, grades) for unit, grades in zip(units, zip(*told, strict=True), strict=True)]
