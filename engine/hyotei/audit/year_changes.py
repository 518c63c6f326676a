"""Several years of one programme: what later sheets changed of what earlier ones said, and targets missed year after year.

Sheets are of one programme where ministry and title are the same and no other sheet of that ministry and year has the title;
programmes that are only similar are not joined. A measure is the same where objective, indicator, label and unit are, white space
aside; measures of one sheet that share all of these are not compared, and counted.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hyotei.audit.model import Finding
from hyotei.audit.programme_year import MeasureRecord, Name, ProgrammeYear, programme_of, programme_year
from hyotei.audit.year_findings import Kind, YearWriter
from hyotei.messages import Diagnostic, Language, Param
from hyotei.sheet import Sheet

if TYPE_CHECKING:
    from hyotei.corpus.corpus import Corpus

RUNNING: Final = 3
"""From how many years in a row a missed target is a finding."""
UNCHANGED: Final = Decimal("0.05")
"""Within which part of itself an initial budget counts as unchanged."""

_Sheets = tuple[ProgrammeYear, ProgrammeYear]


def changes(sheets: Iterable[Sheet], language: Language = "ja") -> Iterator[Finding]:
    """Findings on programmes of which there are several sheets, programme by programme, year by year.

    Args:
        sheets: in any order; of each only figures are kept.
        language: of the sentences.

    Returns:
        Codes `MY-` and a kind of `year_findings.WORDS`, such as `MY-target_lowered`; each is a finding on the later sheet.
    """
    years = Years(language)
    for sheet in sheets:
        years.add(sheet)
    yield from years.findings()


class Years:
    """The same for sheets that are added one by one; the findings come when all are there."""

    def __init__(self, language: Language = "ja") -> None:
        self.writer = YearWriter(language)
        # A year is kept as bytes, a quarter of what its objects take; of most programmes there is but one, never looked at.
        self._programmes: dict[tuple[str, str], dict[int, list[bytes]]] = {}
        self._left_out: dict[str, int] = {}

    def add(self, sheet: Sheet) -> None:
        """One more sheet."""
        key = programme_of(sheet.authority, sheet.title)
        told = pickle.dumps(programme_year(sheet), pickle.HIGHEST_PROTOCOL)
        self._programmes.setdefault(key, {}).setdefault(sheet.fiscal_year, []).append(zlib.compress(told, 1))

    def findings(self) -> Iterator[Finding]:
        """Programme by programme in the order of their first sheets, year by year; each is forgotten when it has been told."""
        for key in list(self._programmes):
            years = self._programmes.pop(key)
            if len(years) < 2:
                continue
            told = [_unpacked(entries[0]) for _, entries in sorted(years.items()) if len(entries) == 1]
            self._left_out.update({each.id: sum(each.shared.values()) for each in told if each.shared})
            for sheets in pairwise(told):
                yield from _revised(sheets, self.writer)
            yield from _running(told, self.writer)

    def notes(self) -> list[Diagnostic]:
        """What the findings leave out, once they have been taken: measures that nothing tells apart."""
        if not self._left_out:
            return []
        count, first = sum(self._left_out.values()), next(iter(self._left_out))
        params: dict[str, Param] = {"count": count, "sheets": len(self._left_out), "example": first}
        return [Diagnostic("HY985", params=params)]

    def add_corpus(self, corpus: "Corpus") -> None:
        """All sheets of a corpus; of these only the programmes are looked at whose figures can have changed."""
        from hyotei.columnar.changed_programmes import changed_programmes
        from hyotei.corpus.lazy_sheets import lazy_sheet
        from hyotei.corpus.stored_rows import StoredRows

        numbers: dict[tuple[str, str], int] = {}
        sheets: dict[str, tuple[int, int]] = {}
        years: dict[int, set[int]] = {}
        for part in corpus.parts:
            stored = StoredRows(corpus, [part])
            columns = (stored.cells("sheets", name) for name in ("authority", "title", "fiscal_year"))
            for key, authority, title, year in zip(stored.keys, *columns, strict=True):
                number = numbers.setdefault(programme_of(authority, title), len(numbers))
                sheets[key] = number, year
                years.setdefault(number, set()).add(year)
        several = {key: each for key, each in sheets.items() if len(years[each[0]]) > 1}
        wanted = changed_programmes(corpus, several) if several else set()
        for part in corpus.parts:
            stored = StoredRows(corpus, [part])
            for number, key in enumerate(stored.keys):
                if sheets[key][0] in wanted:
                    self.add(lazy_sheet(stored, number))


def _unpacked(kept: bytes) -> ProgrammeYear:
    found = pickle.loads(zlib.decompress(kept))  # what this process packed itself
    assert isinstance(found, ProgrammeYear)
    return found


def _revised(sheets: _Sheets, writer: YearWriter) -> Iterator[Finding]:
    """What the later of two sheets tells of the same measures otherwise than the earlier, or not at all."""
    earlier, later = sheets
    for name, before in earlier.measures.items():
        if any(name.may_be(each) for each in later.shared):
            continue
        after = later.measures.get(name)
        if after is None:
            if later.measures or later.shared:
                yield from _gone(before, sheets, writer)
            continue
        for year, target in sorted(before.targets.items()):
            told = _target(after, year)
            if told is None:
                if year >= later.fiscal_year:
                    yield writer.revised("target_removed", year, before, target, None, sheets)
            elif told != target:
                kind: Kind = "target_lowered" if _easier(after, target, told) else "target_replaced"
                yield writer.revised(kind, year, after, target, told, sheets)
        yield from _final(before, after, sheets, writer)
        for year, actual in sorted(before.actuals.items()):
            if after.actuals.get(year, actual) != actual:
                yield writer.revised("actual_rewritten", year, after, actual, after.actuals[year], sheets)


def _gone(before: MeasureRecord, sheets: _Sheets, writer: YearWriter) -> Iterator[Finding]:
    """A measure that the later sheet does not have, with the first of its targets that were still ahead."""
    ahead = [year for year in before.targets if year >= sheets[1].fiscal_year]
    if ahead:
        yield writer.revised("target_removed", min(ahead), before, before.targets[min(ahead)], None, sheets)
    elif before.final is not None and _ahead(before.final.year, sheets[1]):
        yield writer.final("final_target_removed", before, before.final, None, sheets)


def _final(before: MeasureRecord, after: MeasureRecord, sheets: _Sheets, writer: YearWriter) -> Iterator[Finding]:
    """A final target that was still ahead, or is of no stated year, and is told differently or not at all.

    A later sheet may tell the same target as that of its own or a further year.
    """
    old, new = before.final, after.final
    if old is None or old == new or not _ahead(old.year, sheets[1]):
        return
    if new is None:
        told = None if old.year is None else after.targets.get(old.year)
        if told is None:
            yield writer.final("final_target_removed", before, old, None, sheets)
        elif told != old.value and before.targets.get(old.year or 0) in (None, told):
            # Where the earlier sheet told a yearly target of that year too, its change is told already.
            kind: Kind = "final_target_lowered" if _easier(after, old.value, told) else "final_target_replaced"
            yield writer.final(kind, after, old, old._replace(value=told), sheets)
        return
    moved = 0 if old.year is None or new.year is None else new.year - old.year
    if old.value == new.value and not moved:
        return
    no_harder = old.value == new.value or _easier(after, old.value, new.value)
    yield writer.final(
        "final_target_lowered" if no_harder and moved >= 0 else "final_target_replaced", after, old, new, sheets
    )


def _target(measure: MeasureRecord, year: int) -> Decimal | None:
    """The target of a fiscal year, be it told as that of the year or as the final one."""
    final = measure.final
    return measure.targets.get(year, final.value if final is not None and final.year == year else None)


def _ahead(year: int | None, sheet: ProgrammeYear) -> bool:
    """Whether a final target of a fiscal year is not yet past where a sheet is written; one without a year never is."""
    return year is None or year >= sheet.fiscal_year


def _easier(measure: MeasureRecord, before: Decimal, after: Decimal) -> bool:
    """Whether another target is surely easier; what is only assumed does not tell which change makes it so."""
    return measure.sure and measure.decrease is not None and (after > before) == measure.decrease


def _running(told: list[ProgrammeYear], writer: YearWriter) -> Iterator[Finding]:
    """The same target missed in the evaluated year of sheet after sheet, and the budget about the same throughout."""
    runs: dict[Name, list[tuple[ProgrammeYear, Decimal, Decimal]]] = {}
    for year in told:
        for name in list(runs):
            if name not in year.measures:
                del runs[name]
        for name, measure in year.measures.items():
            target, actual = measure.targets.get(year.fiscal_year), measure.actuals.get(year.fiscal_year)
            before = runs.get(name, [])
            missed = (
                target is not None
                and actual is not None
                and measure.decrease is not None
                and (actual > target if measure.decrease else actual < target)
            )
            if not missed or target is None or actual is None:
                runs.pop(name, None)
                continue
            if before and (before[-1][1] != target or before[-1][0].fiscal_year != year.fiscal_year - 1):
                before = []
            run = runs[name] = [*before, (year, target, actual)]
            if len(run) == RUNNING and _same_budget([each for each, _, _ in run]):
                yield writer.missed(measure, run, year)


def _same_budget(run: list[ProgrammeYear]) -> bool:
    budgets = [year.budgets.get(year.fiscal_year) for year in run]
    known = [budget for budget in budgets if budget is not None]
    return len(known) == len(run) and all(
        abs(later - earlier) <= UNCHANGED * abs(earlier) for earlier, later in pairwise(known)
    )
