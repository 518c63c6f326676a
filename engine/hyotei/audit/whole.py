"""The audit of a whole corpus: sheet by sheet, and then what only all sheets together tell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hyotei.audit.audit import Auditor, Named
from hyotei.audit.boilerplate import Boilerplate
from hyotei.audit.distributions import Distributions
from hyotei.audit.judging import Consistency, Judging, Wish
from hyotei.audit.model import Agreement, Finding, SheetAudit
from hyotei.audit.sampling import Sampler
from hyotei.audit.summary import Summary
from hyotei.audit.years import Years
from hyotei.messages import Diagnostic, Language
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.verdict import Verdict

REVIEW: Final = "rs-review-"
"""How the ids of the rulebooks begin whose sheets are looked through for opinions that many share."""


@dataclass(slots=True)
class _Known:
    """What is remembered of a sheet: its field and the codes found on it, for findings that come later."""

    field: str
    codes: set[str]


class WholeAudit:
    """An audit that is fed sheet by sheet and keeps little of each.

    Take all of `sheets(...)` first, then `findings()`; `summary`, `consistency()`, `sampled()` and `distributions` are whole
    after that.

    Args:
        rulebook, checks, language: as of `hyotei.audit`.
        inputs: what recorded ratings are held against; by default what the rulebook's rating table gives.
        sample: how many sheets to draw for people to check.
        seed: of that sample.
    """

    def __init__(
        self,
        rulebook: Named | None = None,
        checks: Iterable[Named] | None = None,
        language: Language = "ja",
        inputs: tuple[Wish, ...] = (),
        sample: int = 0,
        seed: str = "0",
    ) -> None:
        self.language: Language = language
        self.judging = Judging(inputs, language)
        self.distributions = Distributions()
        self.auditor = Auditor(rulebook, checks, language, (self._judge, self.distributions.add))
        self.summary = Summary()
        self.rulebooks: dict[str, Rulebook] = {}
        self._boilerplate = Boilerplate(language)
        self._years = Years(language)
        self._sampler = Sampler(sample, _key, _stratum, seed)
        self._known: dict[str, _Known] = {}

    def sheets(self, sheets: Iterable[Sheet]) -> Iterator[SheetAudit]:
        """Each sheet's audit, as it is read."""
        for sheet in sheets:
            found = self.auditor.audit(sheet)
            self.summary.add(found)
            known = self._known.setdefault(sheet.id, _Known(found.field, set()))
            known.codes.update(finding.code for finding in found.findings)
            if any(book.id.startswith(REVIEW) for book in self.auditor.checks_of(sheet)):
                self._boilerplate.add(sheet)
            self._years.add(sheet)
            self._sampler.add(found)
            yield found
        self.summary.of(self.auditor.rulebooks)

    def findings(self) -> Iterator[Finding]:
        """The findings that take more than one sheet: shared opinions, and what later years changed."""
        for source in (self._boilerplate.findings(), self._years.findings()):
            for finding in source:
                known = self._known[finding.sheet]
                self.summary.add_finding(finding, known.field, not known.codes, finding.code not in known.codes)
                known.codes.add(finding.code)
                yield finding

    def consistency(self) -> tuple[list[Consistency], list[Diagnostic]]:
        """Recorded ratings held against each other, by rulebook, and what stood in the way of that."""
        return self.judging.results()

    def sampled(self) -> list[SheetAudit]:
        """The sheets drawn for people to check, by agreement and ministry."""
        return self._sampler.chosen()

    def _judge(self, verdict: Verdict) -> None:
        self.rulebooks.setdefault(verdict.rulebook.hash, verdict.rulebook)
        if "rating" in verdict.rulebook.by_name:
            self.judging.add(verdict)


def _key(found: SheetAudit) -> str:
    return found.sheet.id


def _stratum(found: SheetAudit) -> tuple[Agreement | str, str]:
    """How the first recorded result stands to the derived one, and the ministry."""
    agreement = next((each.agreement for each in found.comparisons), "")
    return agreement, found.sheet.authority
