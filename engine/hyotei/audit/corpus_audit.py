"""The audit of a whole corpus: sheet by sheet, and then what only all sheets together tell."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hyotei.audit.auditor import Auditor, Named
from hyotei.audit.boilerplate import Boilerplate
from hyotei.audit.columnar_audit import ColumnarAudit, can_be_fast, keyed
from hyotei.audit.distributions import Distributions
from hyotei.audit.earlier_report import Against
from hyotei.audit.lapsed_notes import lapses
from hyotei.audit.model import Agreement, Comparison, Finding, SheetAudit
from hyotei.audit.rating_consistency import Consistency, Judging, Wish
from hyotei.audit.same_facts import stated_by
from hyotei.audit.sampling import Sampler
from hyotei.audit.selection import ALL, Selection
from hyotei.audit.summary import Summary
from hyotei.audit.year_changes import Years
from hyotei.audit.year_findings import OVER_YEARS
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Language
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.verdict import Verdict

if TYPE_CHECKING:
    from hyotei.corpus.corpus import Corpus

OPINION: Final = "opinion"
"""The scale of rulebooks that judge opinions of a review; the sheets they check are looked through for opinions that many share."""


@dataclass(slots=True)
class _Known:
    """What is remembered of a sheet: its field, the codes found on it, and later findings whose fact is stated, by subject."""

    field: str
    codes: set[str]
    stated: set[tuple[str, str]]


class CorpusAudit:
    """An audit that is fed sheet by sheet and keeps little of each.

    Take all of `sheets(...)` first, then `findings()`; `summary`, `consistency()`, `sampled()` and `distributions` are whole
    after that.

    Args:
        rulebook, checks, language: as of `hyotei.audit`.
        inputs: what recorded ratings are held against; by default what the rulebook's rating table gives.
        sample: how many sheets to draw for people to check.
        seed: of that sample.
        selection: which sheets and findings are told; all are audited.
        against: an earlier report to which the findings are held.
        carry_over: as of `hyotei.audit`.
    """

    def __init__(
        self,
        rulebook: Named | None = None,
        checks: Iterable[Named] | None = None,
        language: Language = "ja",
        inputs: tuple[Wish, ...] = (),
        sample: int = 0,
        seed: str = "0",
        selection: Selection = ALL,
        against: Against | None = None,
        carry_over: bool = False,
    ) -> None:
        self.language: Language = language
        self.selection, self.against = selection, against
        self.met = set[tuple[str, int]]()
        """The authorities and fiscal years of all sheets, told or not."""
        self.judging = Judging(inputs, language)
        self.distributions = Distributions()
        self.auditor = Auditor(rulebook, checks, language, (self._watch,), carry_over)
        self.summary = Summary()
        self.rulebooks: dict[str, Rulebook] = {}
        self._at_once = ColumnarAudit(
            self.auditor,
            met=self._met,
            judged=self._judge,
            distributions=self.distributions,
            told=selection.holds,
        )
        self._corpora: list[Corpus] = []
        self._boilerplate = Boilerplate(language)
        self._years = Years(language)
        self._sampler = Sampler(sample, _key, _stratum, seed)
        self._known: dict[str, _Known] = {}

    def sheets(self, *sources: "Iterable[Sheet] | Corpus") -> Iterator[SheetAudit]:
        """Each sheet's audit, as it is read. A corpus is audited by the engine for tables, where that is installed."""
        from hyotei.corpus.corpus import Corpus

        fast = can_be_fast()
        # Programmes go from one source to the next, so only of a corpus alone is it known which can have changed.
        alone = sources[0] if fast and len(sources) == 1 and isinstance(sources[0], Corpus) else None
        if alone is not None:
            self._years.add_corpus(alone)
        for source in sources:
            if isinstance(source, Corpus) and fast:
                self._corpora.append(source)
                audits = self._at_once.audits(source)
            else:
                sheets = (sheet for _, sheet in keyed(source)) if isinstance(source, Corpus) else source
                audits = ((sheet, self.auditor.audit(sheet)) for sheet in sheets)
            for sheet, found in audits:
                told = self._add(sheet, found, alone is None)
                del sheet, found  # the last of a batch would keep all that was read for it while the next is read
                if told is not None:
                    yield told
        self.summary.of(self.auditor.rulebooks)

    def _add(self, sheet: Sheet, found: SheetAudit, with_years: bool) -> SheetAudit | None:
        """Keeps what later findings need of a sheet; its audit as far as it is told."""
        told = self.selection.audit(found)
        self.met.add((sheet.authority, sheet.fiscal_year))
        if self.against is not None and told is not None:
            # A sheet whose findings are not told says nothing of what became of earlier ones.
            self.against.sheet(sheet.authority, sheet.title, sheet.fiscal_year)
            told = replace(told, findings=tuple(map(self.against.marked, told.findings)))
        if told is not None:
            self.summary.add(told)
        known = self._known.setdefault(found.sheet.id, _Known(found.field, set(), set()))
        known.codes.update(finding.code for finding in (told.findings if told is not None else ()))
        checks = self.auditor.checks_in(found.sheet.fiscal_year)
        if any(OPINION in book.scales for book in checks):
            self._boilerplate.add(sheet)
        for code in OVER_YEARS:
            before = stated_by(code, checks)
            known.stated.update((code, each.subject) for each in found.findings if each.code in before)
        if with_years:
            self._years.add(sheet)
        if told is not None:
            self._sampler.add(told)
        return told

    @property
    def open(self) -> bool:
        """Whether reasons of disagreements were left open: ask for those that are shown by `explained`."""
        return bool(self._corpora)

    def explained(self, keys: Iterable[str]) -> dict[tuple[str, str], Comparison]:
        """The comparisons of some sheets of corpora with their reasons, by key of the sheet and of the comparison."""
        wanted = set(keys)
        found: dict[tuple[str, str], Comparison] = {}
        for corpus in self._corpora:
            found.update(self._at_once.explained(corpus, wanted))
        return found

    def findings(self) -> Iterator[Finding]:
        """The findings that take more than one sheet: shared opinions, and what later years changed."""
        for source in (self._boilerplate.findings(), self._years.findings()):
            for finding in source:
                known = self._known[finding.sheet]
                if (finding.code, finding.subject) in known.stated or not self.selection.finding(finding):
                    continue
                if self.against is not None:
                    finding = self.against.marked(finding)
                self.summary.add_finding(finding, known.field, not known.codes, finding.code not in known.codes)
                known.codes.add(finding.code)
                yield finding

    def lapses(self) -> list[Diagnostic]:
        """What is to be told of sheets that come after the last year of a rulebook."""
        return lapses(self.summary.years, self.auditor)

    def notes(self) -> list[Diagnostic]:
        """What those findings leave out, and why; whole after `findings()`."""
        return self._years.notes()

    def consistency(self) -> tuple[list[Consistency], list[Diagnostic]]:
        """Recorded ratings held against each other, by rulebook, and what stood in the way of that."""
        return self.judging.results()

    def sampled(self) -> list[SheetAudit]:
        """The sheets drawn for people to check, by agreement and ministry."""
        return self._sampler.chosen()

    def _met(self, rulebook: Rulebook) -> None:
        self.rulebooks.setdefault(rulebook.hash, rulebook)

    def _watch(self, verdict: Verdict) -> None:
        self._met(verdict.rulebook)
        if self.selection.holds(verdict.sheet.authority, verdict.sheet.fiscal_year):
            self.distributions.add(verdict)
            self._judge(verdict)

    def _judge(self, verdict: Verdict) -> None:
        told = self.selection.holds(verdict.sheet.authority, verdict.sheet.fiscal_year)
        if told and "rating" in verdict.rulebook.by_name:
            self.judging.add(verdict)


def _key(found: SheetAudit) -> str:
    return found.sheet.id


def _stratum(found: SheetAudit) -> tuple[Agreement | str, str]:
    """How the first recorded result stands to the derived one, and the ministry."""
    agreement = next((each.agreement for each in found.comparisons), "")
    return agreement, found.sheet.authority
