"""An audit of many sheets in numbers: counts, matrices and agreement, by ministry, year and field. Holds no sheets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field
from decimal import Decimal
from typing import Final, Literal

from hyotei.audit.kappa import Kappa, weighted_kappa
from hyotei.audit.model import Agreement, Finding, SheetAudit
from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import ScaleType
from hyotei.sheet.unread_parts import Part

Grouping = Literal["authority", "fiscal_year", "field"]
GROUPINGS: Final[tuple[Grouping, ...]] = ("authority", "fiscal_year", "field")


@dataclass(slots=True)
class Compared:
    """Recorded against derived values of one result: how they stand to each other, and the matrix of pairs."""

    agreements: Counter[Agreement] = field(default_factory=Counter)
    matrix: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Pairs (recorded, derived) that are both known and on the scale."""
    recorded: Counter[str] = field(default_factory=Counter)
    """How often each value is recorded, whether or not it is one of the scale."""
    derived: Counter[str] = field(default_factory=Counter)
    better: int = 0
    worse: int = 0
    """How often the recorded value is better, and worse, than the derived one."""
    titles: set[str] = field(default_factory=set)

    @property
    def title(self) -> str:
        """What the result is called, where all its rulebooks call it the same; otherwise empty."""
        return next(iter(self.titles)) if len(self.titles) == 1 else ""

    @property
    def pairs(self) -> int:
        """How many sheets have both values."""
        return sum(self.matrix.values())

    @property
    def same(self) -> int:
        """How many of these agree."""
        return sum(count for (recorded, derived), count in self.matrix.items() if recorded == derived)

    def kappa(self, scale: Sequence[str]) -> Kappa | None:
        """Linearly weighted kappa on a scale."""
        return weighted_kappa(self.matrix, scale)


@dataclass(slots=True)
class FindingCount:
    """How often a finding was made: of how many sheets, and how much money these stand for in yen."""

    code: str
    severity: str
    message: str
    findings: int = 0
    sheets: int = 0
    money: Decimal = Decimal(0)


@dataclass(slots=True)
class Group:
    """The sheets of one ministry, year or field."""

    sheets: int = 0
    found: int = 0
    """How many of the sheets have a finding."""
    findings: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    results: dict[str, Compared] = field(default_factory=dict)

    def add(self, each: SheetAudit) -> None:
        """One more sheet."""
        self.sheets += 1
        self.found += bool(each.findings)
        self.findings += len(each.findings)
        self.statuses[each.status] += 1
        for comparison in each.comparisons:
            compared = self.results.setdefault(comparison.output, Compared())
            compared.agreements[comparison.agreement] += 1
            compared.titles.add(comparison.title)
            if comparison.recorded is not None:
                compared.recorded[comparison.recorded] += 1
            if comparison.derived is not None:
                compared.derived[comparison.derived] += 1
            if comparison.recorded is not None and comparison.derived is not None and comparison.steps is not None:
                compared.matrix[comparison.recorded, comparison.derived] += 1
                compared.better += comparison.steps > 0
                compared.worse += comparison.steps < 0


@dataclass(slots=True)
class Summary:
    """All sheets together, and by group; add sheets one by one."""

    whole: Group = field(default_factory=Group)
    groups: dict[Grouping, dict[str, Group]] = field(default_factory=lambda: {name: {} for name in GROUPINGS})
    findings: dict[str, FindingCount] = field(default_factory=dict)
    rulebooks: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many sheets were rated by which rulebook and hash."""
    scales: dict[str, tuple[str, ...]] = field(default_factory=dict)
    years: Counter[tuple[str, int]] = field(default_factory=Counter)
    """How many sheets there are, by authority and evaluated fiscal year."""
    unread: Counter[Part] = field(default_factory=Counter)
    """Of how many sheets what was read does not carry a part."""

    def add(self, each: SheetAudit) -> None:
        """One more sheet."""
        self.whole.add(each)
        self.years[each.sheet.authority, each.sheet.fiscal_year] += 1
        self.unread.update(each.unread)
        for name in GROUPINGS:
            key = _key(each, name)
            self.groups[name].setdefault(key, Group()).add(each)
        if each.rulebook is not None and each.rulebook_hash is not None:
            self.rulebooks[each.rulebook, each.rulebook_hash] += 1
        told: set[str] = set()
        for finding in each.findings:
            self._count(finding, finding.code not in told)
            told.add(finding.code)

    def add_finding(self, finding: Finding, field_: str, first: bool, first_of_code: bool) -> None:
        """A finding that only all sheets together give, on a sheet that was added before.

        Args:
            finding: it.
            field_: the field of its sheet.
            first: whether the sheet had no finding yet.
            first_of_code: whether it had none of this kind.
        """
        keys: dict[Grouping, str] = {
            "authority": finding.authority, "fiscal_year": str(finding.fiscal_year), "field": field_,
        }  # fmt: skip
        for group in (self.whole, *(self.groups[name].setdefault(keys[name], Group()) for name in GROUPINGS)):
            group.findings += 1
            group.found += first
        self._count(finding, first_of_code)

    def _count(self, finding: Finding, first_of_sheet: bool) -> None:
        count = self.findings.get(finding.code)
        if count is None:
            count = self.findings[finding.code] = FindingCount(finding.code, finding.severity, finding.message)
        if not finding.doubts:
            count.severity = finding.severity  # what the rule states, whichever finding came first
        count.findings += 1
        if first_of_sheet:
            count.sheets += 1
            if finding.money is not None:
                count.money = exact.add(count.money, Decimal(finding.money))

    def of(self, rulebooks: Iterable[Rulebook]) -> "Summary":
        """With the scales of the results of rulebooks, best first, in whose order matrices are shown."""
        for book in rulebooks:
            for decision in book.decisions:
                of = decision.outputs[0].type
                if isinstance(of, ScaleType) and of.ordered:
                    self.scales.setdefault(decision.name, of.values)
        return self

    def scale(self, output: str) -> tuple[str, ...]:
        """The values of a result in their order; of one without a known scale, those that occur."""
        if output in self.scales:
            return self.scales[output]
        seen = {value for pair in self.whole.results.get(output, Compared()).matrix for value in pair}
        return tuple(sorted(seen))


def _key(each: SheetAudit, name: Grouping) -> str:
    if name == "authority":
        return each.sheet.authority
    return str(each.sheet.fiscal_year) if name == "fiscal_year" else each.field
