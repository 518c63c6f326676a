"""Sheets and money, counted up."""

from collections import Counter
from dataclasses import field
from decimal import Decimal

from hyotei.base.exact import add
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
