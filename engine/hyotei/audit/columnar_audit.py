"""The audit of a corpus by the engine for tables: the same as sheet by sheet, without making most of the sheets.

Every rulebook rates all its sheets of a batch together. A sheet is then looked into only where it has a finding or a recorded
result; the few that do not stand in columns exactly go through the audit of single sheets. Reasons of disagreements, which
cost more than all else, are left open and worked out for those that are shown (`explained`).
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from hyotei.audit.auditor import Auditor, Books, sheet_audit
from hyotei.audit.distributions import Distributions
from hyotei.audit.model import Comparison, Finding, SheetAudit
from hyotei.audit.recorded_comparison import comparisons
from hyotei.audit.sheet_findings import findings_at
from hyotei.base.extras import installed
from hyotei.corpus.evaluated_budget import money_of_rows
from hyotei.inference.rate import rate
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.verdict import Verdict

if TYPE_CHECKING:
    from hyotei.columnar.engines import Engine
    from hyotei.columnar.rated_sheets import Fired, Rated, Rater
    from hyotei.corpus.corpus import Corpus
    from hyotei.corpus.stored_rows import StoredRows


@dataclass(slots=True)
class _Result:
    """What one rulebook gives for a batch."""

    rated: "Rated"
    numbers: list[int]
    """The sheets it is for."""
    fired: "dict[int, list[Fired]]"


class ColumnarAudit:
    """An auditor of whole corpora.

    Args:
        auditor: with its rulebooks; it audits the sheets that do not stand in columns.
        with_reasons: whether every disagreement is to have its reasons.
        met: told of every rulebook that is applied.
        judged: told of the verdicts of rulebooks that decide a rating.
        distributions: told the values of the ratios, counted.
        told: whether the sheets of an authority and fiscal year enter the distributions.
    """

    def __init__(
        self,
        auditor: Auditor,
        with_reasons: bool = False,
        met: Callable[[Rulebook], None] = lambda _: None,
        judged: Callable[[Verdict], None] = lambda _: None,
        distributions: Distributions | None = None,
        told: Callable[[str, int], bool] = lambda _authority, _year: True,
    ) -> None:
        self.auditor, self.with_reasons = auditor, with_reasons
        self.met, self.judged, self.distributions, self.told = met, judged, distributions, told
        self._raters: dict[str, Rater] = {}

    def audits(self, corpus: "Corpus") -> "Iterator[tuple[Sheet, SheetAudit]]":
        """Every sheet beside its audit, in the order of the corpus.

        Raises:
            HyoteiError: a file of the corpus is damaged, or the engine fails.
        """
        from hyotei.columnar.corpus_batches import batches_of
        from hyotei.columnar.engines import engine
        from hyotei.corpus.stored_rows import StoredRows

        runs = engine("duckdb")
        try:
            for parts in batches_of(corpus.parts, _AT_ONCE):
                yield from self._batch(StoredRows(corpus, parts), runs)
                gc.collect()  # lazy sheets and the rows they are read from refer to each other
        finally:
            runs.close()
            self._raters.clear()

    def explained(self, corpus: "Corpus", keys: Iterable[str]) -> dict[tuple[str, str], Comparison]:
        """The comparisons of some sheets with their reasons, by key of the sheet and of the comparison."""
        import pyarrow as pa
        import pyarrow.compute as pc

        from hyotei.corpus.lazy_sheets import lazy_sheet
        from hyotei.corpus.stored_rows import StoredRows

        wanted = pa.array(sorted(set(keys)), pa.string())
        found: dict[tuple[str, str], Comparison] = {}
        for part in corpus.parts if len(wanted) else ():
            stored = StoredRows(corpus, [part])
            numbers = pc.indices_nonzero(pc.is_in(stored.arrow("sheets", "sheet"), value_set=wanted))
            for number in numbers.to_pylist():
                for each in self._with_reasons(lazy_sheet(stored, number)):
                    found[stored.keys[number], each.key] = each
        return found

    def _with_reasons(self, sheet: Sheet) -> tuple[Comparison, ...]:
        main = self.auditor.books_of(sheet.authority, sheet.fiscal_year).main
        assert main is not None, "what was compared was rated"
        return tuple(comparisons(rate(sheet, main), self.auditor.language))

    def _batch(self, stored: "StoredRows", runs: "Engine") -> "Iterator[tuple[Sheet, SheetAudit]]":
        from hyotei.corpus.lazy_sheets import lazy_sheet

        authorities, years = stored.cells("sheets", "authority"), stored.cells("sheets", "fiscal_year")
        books = [self.auditor.books_of(*each) for each in zip(authorities, years, strict=True)]
        results = self._results(stored, books, runs)
        apart = {number for result in results.values() for number in result.rated.apart}
        if self.distributions is not None:
            untold = {n for n, each in enumerate(zip(authorities, years, strict=True)) if not self.told(*each)}
            left_out = apart | untold
            for result in results.values():
                of_it = {years[number] for number in result.numbers if number not in left_out}
                self.distributions.add_all(result.rated.rulebook, of_it, partial(result.rated.counts, apart=left_out))
        money = money_of_rows(stored)
        for number, own in enumerate(books):
            sheet = lazy_sheet(stored, number)
            if number in apart:
                yield sheet, self.auditor.audit(sheet, self.with_reasons)
            else:
                yield sheet, self._audit(stored, sheet, number, own, results, money[number])

    def _results(self, stored: "StoredRows", books: list[Books], runs: "Engine") -> dict[str, _Result]:
        """What every rulebook gives for the sheets it is for."""
        from hyotei.columnar.rated_sheets import Rater

        numbers: dict[str, list[int]] = {}
        by_hash: dict[str, Rulebook] = {}
        for number, own in enumerate(books):
            for book in own.all:
                by_hash[book.hash] = book
                numbers.setdefault(book.hash, []).append(number)
        found = {}
        for key, wanted in numbers.items():
            rater = self._raters.get(key)
            if rater is None:
                rater = self._raters[key] = Rater(by_hash[key], runs)
            rated = rater.rate(stored, None if len(wanted) == len(books) else wanted)
            found[key] = _Result(rated, wanted, rated.fired())
            self.met(by_hash[key])
        return found

    def _audit(
        self,
        stored: "StoredRows",
        sheet: Sheet,
        number: int,
        books: Books,
        results: Mapping[str, _Result],
        money: str | None,
    ) -> SheetAudit:
        """The audit of one sheet out of the tables."""
        main: Verdict | None = None
        compared: tuple[Comparison, ...] = ()
        found: list[Finding] = []
        for book in books.all:
            rated, fired = results[book.hash].rated, results[book.hash].fired.get(number)
            rates = "rating" in book.by_name
            if fired is None and book is not books.main and not rates:
                continue
            verdict = Verdict(book, sheet, rated.derivation(number))
            if book is books.main:
                main, compared = verdict, tuple(comparisons(verdict, self.auditor.language, with_reasons=False))
                if self.with_reasons and any(each.agreement not in _SILENT for each in compared):
                    compared = self._with_reasons(sheet)
            if rates:
                self.judged(verdict)
            if fired is not None:
                steps = (verdict.derivation.steps[each.decision, each.unit] for each in fired)
                found += findings_at(verdict, self.auditor.language, steps, money)
        return sheet_audit(sheet, money, books, main, compared, found)


def can_be_fast() -> bool:
    """Whether the engine for tables is installed; without it corpora are audited sheet by sheet."""
    return all(installed(module) for module in ("ibis", "duckdb", "numpy"))


def keyed(corpus: "Corpus") -> "Iterator[tuple[str, Sheet]]":
    """The sheets of a corpus under their keys, which are their identifiers unless several sheets share one."""
    for key, sheet in corpus.sheets():
        yield key, sheet if sheet.id == key else sheet.model_copy(update={"id": key})


_SILENT: Final = ("agrees", "not_recorded")
_AT_ONCE: Final = 8_192
"""Sheets audited together: fewer than are rated, since what is read of those with findings stays until the batch ends."""
