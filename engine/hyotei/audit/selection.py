"""Which sheets and findings of an audit are told. All sheets are audited, because a finding may rest on those of other years."""

from dataclasses import replace
from typing import Final

from hyotei.audit.model import Finding, SheetAudit
from hyotei.base.text_folding import same_name
from hyotei.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """The authorities, fiscal years, codes and severities that are asked for; an empty set asks for all.

    A code asks for its kind and for all that begin with it and a hyphen: `MY` for `MY-target_lowered`.
    """

    authorities: frozenset[str] = frozenset()
    fiscal_years: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    severities: frozenset[str] = frozenset()

    def holds(self, authority: str, fiscal_year: int) -> bool:
        """Whether sheets of that authority and fiscal year are told."""
        named = not self.authorities or same_name(authority) in {same_name(each) for each in self.authorities}
        return named and (not self.fiscal_years or fiscal_year in self.fiscal_years)

    @property
    def words(self) -> str:
        """What sheets are asked for, as options of a command."""
        years = (f"--fiscal-year {year}" for year in sorted(self.fiscal_years))
        return " ".join((*(f"--authority {name}" for name in sorted(self.authorities)), *years))

    def finding(self, finding: Finding) -> bool:
        """Whether a finding is told."""
        return (
            self.holds(finding.authority, finding.fiscal_year)
            and (not self.codes or any(map(self.kind, (finding.code, *finding.also))))
            and (not self.severities or finding.severity in self.severities)
        )

    def audit(self, audit: SheetAudit) -> SheetAudit | None:
        """The audit of a sheet with the findings that are told; None where the sheet is not."""
        if not self.holds(audit.sheet.authority, audit.sheet.fiscal_year):
            return None
        return replace(audit, findings=tuple(each for each in audit.findings if self.finding(each)))

    def kind(self, code: str) -> bool:
        """Whether a code is one of those asked for, or of the kinds below one."""
        return any(code == each or code.startswith(f"{each}-") for each in self.codes)


ALL: Final = Selection()
"""Every sheet and every finding."""
