"""`hyotei.compare_rulebooks`: the same sheets under several rulebooks. Sheets one by one with the reasons, a corpus in tables."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from hyotei.base.extras import need
from hyotei.document.notebook import ShownInNotebooks
from hyotei.impact.several_rulebooks import Place, ScopeTally, SheetResults, tallies, units_of, values_of
from hyotei.impact.years_in_force import notes_on_years
from hyotei.inference.engine import derive
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope
from hyotei.sheet import Sheet
from hyotei.verdict.verdict import Verdict

if TYPE_CHECKING:
    from hyotei.corpus.corpus import Corpus

_IN_FULL: Final = 20
"""Sheets that are told unit by unit with their reasons; of more, the combinations and an example of each."""


@dataclass(frozen=True, slots=True, repr=False)
class RulebooksCompared(ShownInNotebooks):
    """Sheets under several rulebooks.

    `tallies` has for each scope the combinations of grades, `results` what each sheet came to as a whole. `verdicts` has by the
    number of a sheet its verdicts in the order of the rulebooks: of all sheets where `in_full`, otherwise of the examples.
    """

    document_builder: ClassVar[str] = "hyotei.report.rulebooks_compared_document:rulebooks_compared_document"
    rulebooks: tuple[Rulebook, ...]
    tallies: dict[Scope, ScopeTally]
    results: tuple[SheetResults, ...]
    verdicts: dict[int, tuple[Verdict, ...]]
    in_full: bool
    notes: tuple[Diagnostic, ...]

    def __repr__(self) -> str:
        return f"<RulebooksCompared {', '.join(book.id for book in self.rulebooks)}: {len(self.results)} sheets>"


def compare_rulebooks(
    sheets: "Corpus | str | os.PathLike[str] | Sheet | Iterable[Sheet]",
    rulebooks: Sequence[Rulebook | str | os.PathLike[str]],
) -> RulebooksCompared:
    """Rates sheets by several rulebooks and sets the grades side by side.

    Args:
        sheets: a corpus, its folder, a sheet or sheets.
        rulebooks: two or more, each loaded, by its id, or by its path.

    Raises:
        HyoteiError: a rulebook cannot be read, there are not two different ones (HY928), none of them gives a grade (HY929), or
            there is no sheet (HY992).
    """
    books = tuple(each if isinstance(each, Rulebook) else load_rulebook(each) for each in rulebooks)
    if len(books) < 2 or len({book.id for book in books}) < len(books):
        raise HyoteiError(Diagnostic("HY928"))
    counted = tallies(books)
    if not counted:
        raise HyoteiError(Diagnostic("HY929", params={"ids": ", ".join(book.id for book in books)}))
    if isinstance(sheets, Sheet):
        return _one_by_one([sheets], books, counted)
    if isinstance(sheets, str | os.PathLike):
        need("columnar")
        from hyotei.corpus.corpus import Corpus

        with Corpus.open(Path(sheets)) as opened:
            return _of_corpus(opened, books, counted)
    if isinstance(sheets, Iterable):
        return _one_by_one(list(sheets), books, counted)
    return _of_corpus(sheets, books, counted)


def _one_by_one(
    sheets: Sequence[Sheet], books: tuple[Rulebook, ...], counted: dict[Scope, ScopeTally]
) -> RulebooksCompared:
    """Each sheet by the engine."""
    if not sheets:
        raise HyoteiError(Diagnostic("HY992"))
    results: list[SheetResults] = []
    verdicts: dict[int, tuple[Verdict, ...]] = {}
    in_full = len(sheets) <= _IN_FULL
    for number, sheet in enumerate(sheets):
        found = {book.id: derive(book, sheet) for book in books}
        for tally in counted.values():
            for unit in units_of(found, tally):
                tally.add(values_of(found, tally.columns, unit), 1, Place(number, unit))
        whole = values_of(found, counted["sheet"].columns, "sheet") if "sheet" in counted else ()
        results.append(SheetResults(sheet.id, sheet.title, sheet.authority, sheet.fiscal_year, whole))
        if in_full:
            verdicts[number] = tuple(Verdict(book, sheet, found[book.id]) for book in books)
    if not in_full:
        verdicts = {number: _verdicts(sheets[number], books) for number in _examples(counted)}
    return RulebooksCompared(books, counted, tuple(results), verdicts, in_full, _notes(results, books))


def _of_corpus(corpus: "Corpus", books: tuple[Rulebook, ...], counted: dict[Scope, ScopeTally]) -> RulebooksCompared:
    """All sheets in tables, and the examples by the engine."""
    from hyotei.impact.compare_in_tables import compare_in_tables

    results = compare_in_tables(corpus, books, counted)
    verdicts = {number: _verdicts(corpus.sheet(results[number].sheet), books) for number in _examples(counted)}
    return RulebooksCompared(books, counted, results, verdicts, False, _notes(results, books))


def _verdicts(sheet: Sheet, books: Iterable[Rulebook]) -> tuple[Verdict, ...]:
    return tuple(Verdict(book, sheet, derive(book, sheet)) for book in books)


def _examples(counted: dict[Scope, ScopeTally]) -> list[int]:
    """The numbers of the sheets whose reasons are told."""
    return sorted({each.example.sheet for tally in counted.values() for each in tally.examples()})


def _notes(results: Sequence[SheetResults], books: tuple[Rulebook, ...]) -> tuple[Diagnostic, ...]:
    return tuple(notes_on_years(Counter(each.fiscal_year for each in results), *books))
