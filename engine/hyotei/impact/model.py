"""What an edit moves among many sheets, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from hyotei.compare.model import Edit
from hyotei.impact.causes import Cause
from hyotei.impact.rated_batch import Result
from hyotei.messages import Diagnostic
from hyotei.rulebook.canonical import HASH_FORMAT, HashFormat

Way = Literal["better", "worse", "settled", "unsettled", "other"]
"""
How a result moved: to a better or a worse value of its scale; `settled` from undetermined to a value, `unsettled` back;
`other` where the scale has no order that both rulebooks share.
"""


@dataclass(frozen=True, slots=True)
class Count:
    """Sheets and their budgets of the evaluated year in yen; `unpriced` of them have none that is known, and add nothing."""

    sheets: int = 0
    money: Decimal = Decimal(0)
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class BookRef:
    """A rulebook by its name and the hash of its meaning."""

    id: str
    title: str
    hash: str
    hash_format: HashFormat = HASH_FORMAT


@dataclass(frozen=True, slots=True)
class Change:
    """A result of a sheet that moved, and why."""

    result: str
    before: Result
    after: Result
    way: Way
    cause: Cause


@dataclass(frozen=True, slots=True)
class Move:
    """A sheet that moved."""

    sheet: str
    title: str
    authority: str
    fiscal_year: int
    money: Decimal | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ResultImpact:
    """From which value to which the sheets went. `values` are in the order of the scale, the undetermined last, as None."""

    name: str
    values: tuple[Result, ...]
    labels: Mapping[str, str]
    matrix: Mapping[tuple[Result, Result], Count]

    @property
    def moved(self) -> int:
        """The sheets that are not on the diagonal."""
        return sum(count.sheets for (before, after), count in self.matrix.items() if before != after)


@dataclass(frozen=True, slots=True)
class Group:
    """The sheets of one ministry or one evaluated year: all, those that moved, and how, by result and way."""

    key: str
    all: Count
    moved: Count
    ways: Mapping[tuple[str, Way], int]


@dataclass(frozen=True, slots=True)
class Share:
    """What an edit has a part in: moves that undoing it alone takes back, and moves that it makes together with others."""

    alone: Count
    together: Count


@dataclass(frozen=True, slots=True)
class Impact:
    """What the new rulebook moves among the sheets, rated by both, whether in force for them or not."""

    old: BookRef
    new: BookRef
    corpus_hash: str
    all: Count
    moved: Count
    results: tuple[ResultImpact, ...]
    edits: tuple[Edit, ...]
    shares: tuple[Share, ...]
    """One for each edit."""
    others: int
    """Decisions that were edited, on which neither rating nor budget rests."""
    moves: tuple[Move, ...]
    by_authority: tuple[Group, ...]
    by_year: tuple[Group, ...]
    alone: int
    """Sheets rated one by one, because a number of theirs fits no column."""
    notes: tuple[Diagnostic, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    """What decisions, columns and parameters are called."""
