"""Sheets and money, counted up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal

from hyotei.base.exact import add
from hyotei.impact.affected_decisions import Result
from hyotei.impact.model import Count, Group, Way
from hyotei.impact.sheet_batches import About
from hyotei.lazy_dataclass import dataclass


@dataclass(slots=True)
class Tally:
    """A count in the making; sheets can be taken out again."""

    sheets: int = 0
    money: Decimal = Decimal(0)
    unpriced: int = 0

    def add(self, about: About, times: int = 1) -> None:
        self.sheets += times
        if about.money is None:
            self.unpriced += times
        else:
            self.money = add(self.money, about.money if times > 0 else -about.money)

    def plus(self, other: "Tally") -> None:
        """Adds what another counted."""
        self.sheets += other.sheets
        self.money = add(self.money, other.money)
        self.unpriced += other.unpriced

    def count(self) -> Count:
        return Count(self.sheets, self.money, self.unpriced)


@dataclass(slots=True)
class GroupTally:
    """A group in the making."""

    all: Tally = field(default_factory=Tally)
    moved: Tally = field(default_factory=Tally)
    ways: Counter[tuple[str, Way]] = field(default_factory=Counter)

    def group(self, key: str) -> Group:
        return Group(key, self.all.count(), self.moved.count(), dict(self.ways))


@dataclass(slots=True)
class SheetTallies:
    """Sheets before anything moves: all, those of each authority and year, and those with each value of each result."""

    all: Tally
    authorities: dict[str, Tally]
    years: dict[int, Tally]
    results: dict[str, dict[Result, Tally]]


def tallied(sheets: Iterable[About], results: Mapping[str, Sequence[Result]]) -> SheetTallies:
    """Counts sheets up; `results` are theirs in the same order."""
    found = SheetTallies(Tally(), {}, {}, {name: {} for name in results})
    columns = [(found.results[name], values) for name, values in results.items()]
    for place, about in enumerate(sheets):
        found.all.add(about)
        found.authorities.setdefault(about.authority, Tally()).add(about)
        found.years.setdefault(about.fiscal_year, Tally()).add(about)
        for counts, values in columns:
            counts.setdefault(values[place], Tally()).add(about)
    return found
