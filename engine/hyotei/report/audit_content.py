"""What a report of an audit shows: all that its pages need, gathered while the findings go by."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from decimal import Decimal
from heapq import heappush, heappushpop
from typing import Final, Generic, TypeVar

from hyotei.audit.distributions import Distribution
from hyotei.audit.earlier_report import Against
from hyotei.audit.model import Comparison, Finding, SheetAudit
from hyotei.audit.rating_consistency import Consistency
from hyotei.audit.summary import Summary
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Language
from hyotei.rulebook.model import Rulebook

SHOWN: Final = 100
"""Findings that are written out on a page, the weightiest first; the script of the page shows all that it holds."""
DISAGREEMENTS: Final = 200
"""Sheets that record something else than was derived, on a page at most."""
PROBLEMS: Final = 100
"""Problems of reading that are listed at most; all are counted."""

T = TypeVar("T")
Weight = tuple[int, Decimal, int]
"""Severity, money, and the place in the order of coming, earlier ones weightier."""


class Weightiest(Generic[T]):
    """The weightiest of many elements, in bounded memory."""

    def __init__(self, most: int) -> None:
        self.most, self.seen = most, 0
        self._heap: list[_Weighed[T]] = []

    def add(self, element: T, rank: int, money: str | None) -> None:
        """One more: a higher rank comes first, then more money, then the earlier one."""
        weight = rank, Decimal(-1) if money is None else Decimal(money), -self.seen
        self.seen += 1
        entry = _Weighed(weight, element)
        if len(self._heap) < self.most:
            heappush(self._heap, entry)
        elif self._heap:
            heappushpop(self._heap, entry)

    def all(self) -> list[T]:
        """Those kept, the weightiest first."""
        return [entry.element for entry in sorted(self._heap, reverse=True)]


@dataclass(frozen=True, slots=True, order=True)
class _Weighed(Generic[T]):
    weight: Weight
    element: T = field(compare=False)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A sheet whose recorded result is not the derived one."""

    audit: SheetAudit
    comparison: Comparison


@dataclass(slots=True)
class Problems:
    """What was wrong with the input: all counted, the first ones kept."""

    counts: Counter[str] = field(default_factory=Counter)
    first: list[Diagnostic] = field(default_factory=list)
    failed: int = 0
    """Sheets that could not be read at all."""

    def add(self, problems: "tuple[Diagnostic, ...] | list[Diagnostic]") -> None:
        """Some more."""
        for problem in problems:
            self.counts[problem.code] += 1
            if len(self.first) < PROBLEMS:
                self.first.append(problem)


@dataclass(slots=True)
class Content:
    """All that the pages of a report show."""

    language: Language
    summary: Summary
    rulebooks: dict[str, Rulebook]
    sources: tuple[str, ...]
    problems: Problems
    shown: list[Finding]
    """The first of them, the weightiest."""
    kept: Iterable[Finding]
    """All that the page holds, the weightiest first; gone through as often as needed."""
    disagreements: list[Disagreement]
    disagreeing: int
    """How many disagreements there are in all."""
    unexplained: bool
    """Whether only the ones shown have their reasons."""
    distributions: list[Distribution]
    consistency: list[Consistency]
    sampled: list[SheetAudit]
    seed: str
    notes: list[Diagnostic]
    """What stood in the way of a part of the report."""
    against: Against | None = None
    """The earlier report that the findings are held against."""


def severity_rank(severity: str) -> int:
    """How weighty: `serious` before `notice` before anything else."""
    return {"serious": 2, "notice": 1}.get(severity, 0)
