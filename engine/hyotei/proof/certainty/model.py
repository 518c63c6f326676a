"""What is said of the certainty of a verdict and of the way to another one, as typed values; docs/certain.md explains them.

Values are texts as in a verdict: numbers as plain decimals; `text`, `title`, `subject` and `range` are for people, in one language.
"""

from typing import ClassVar, Final, Literal

from hyotei.compare.model import Why
from hyotei.document.notebook import ShownInNotebooks
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.canonical import HashFormat
from hyotei.rulebook.values import Reason
from hyotei.verdict.model import Possibility

CERTAIN_SCHEMA: Final[Literal["hyotei.certain/1"]] = "hyotei.certain/1"
REACH_SCHEMA: Final[Literal["hyotei.reach/1"]] = "hyotei.reach/1"

Open = Why | Literal["too_many"]
"""Why something stays open; empty where nothing does."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of the sheet, or a judgement, with a value: `supposed` where no sheet states it and it was taken as given.

    `value` is null of a text that may be any which no rule names.
    """

    id: str
    title: str
    unit: str
    subject: str
    value: str | bool | None
    text: str
    supposed: bool


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something unknown: what it could be (`range`), and whether it could matter, all other unknowns being anything.

    `could_matter` is null where that could not be settled. `judgement` tells that not a figure but a decision is meant, which
    rests on what is told in words only. `alone` are its ranges with what comes out while all other unknowns stay unknown; empty
    where they could not be told exactly. `reason` is why it is unknown, null of a judgment that was given and could be another.
    """

    id: str
    title: str
    unit: str
    subject: str
    reason: Reason | None
    judgement: bool
    range: str
    could_matter: bool | None
    alone: tuple[Possibility, ...]


@dataclass(frozen=True, slots=True)
class PossibleVerdict:
    """A rating and a recommendation that can come out, and an example: what would have become known for it.

    The example of the verdict as it stands is empty. `replayed`: the reference and durable-rules both gave it.
    """

    rating: str | None
    budget: str | None
    example: tuple[Value, ...]
    replayed: bool


@dataclass(frozen=True, slots=True)
class Sets:
    """Minimal sets of unknowns, smallest first, by their ids. `complete`: there is no other."""

    sets: tuple[tuple[str, ...], ...]
    complete: bool


@dataclass(frozen=True, slots=True, repr=False)
class Certainty(ShownInNotebooks):
    """Whether a verdict is certain whatever the unknown figures are.

    `verdicts` begins with the verdict as it stands; `complete` tells that there is no other. `changing`: what by itself can
    change the verdict. `settling`: what has to become known so that the verdict is certain, whatever it will be. `words` are
    figures told in words on which no judgement rests; they stay unknown.
    """

    document_builder: ClassVar[str] = "hyotei.report.certainty_document:certainty_document"
    schema: Literal["hyotei.certain/1"]
    sheet: str
    rulebook: str
    hash: str
    hash_format: HashFormat
    status: Literal["certain", "uncertain", "open"]
    why: Open
    rating: str | None
    budget: str | None
    unknowns: tuple[OpenPoint, ...]
    verdicts: tuple[PossibleVerdict, ...]
    complete: bool
    changing: Sets
    settling: Sets
    words: tuple[str, ...]
    margins: "tuple[FigureMargin, ...]"

    def __repr__(self) -> str:
        return (
            f"<Certainty of {self.sheet}: {self.status}, {len(self.verdicts)} verdicts, {len(self.unknowns)} unknowns>"
        )


@dataclass(frozen=True, slots=True)
class End:
    """One end of a margin: the last value with which the verdict stays (`keeps`), the first with which it is another
    (`changes`), and which; `moved` is how far that is. Where nothing changes it down or up to what is possible, `changes` is null.
    """

    keeps: str | None
    keeps_text: str
    changes: str | None
    changes_text: str
    moved: str | None
    moved_text: str
    rating: str | None
    budget: str | None
    replayed: bool
    why: Open


@dataclass(frozen=True, slots=True)
class FigureMargin:
    """How far a known figure can fall and rise, all others as they are, before the rating or the recommendation changes."""

    id: str
    title: str
    unit: str
    subject: str
    value: str
    text: str
    step: str
    below: End
    above: End


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one figure. `relative` is the change in proportion to the figure, as a fraction such as `2/43`; `keeps` is
    the last value that would still keep the result, where this figure alone loses it.
    """

    id: str
    title: str
    unit: str
    subject: str
    before: str
    after: str
    change: str
    before_text: str
    after_text: str
    change_text: str
    relative: str
    keeps: str | None
    keeps_text: str


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that together reach what is wanted, or lose what is kept, with the verdict that then comes out."""

    moves: tuple[Move, ...]
    relative: str
    rating: str | None
    budget: str | None
    smallest: bool
    """Whether it is proved that no smaller sum of relative changes of so many figures does."""


@dataclass(frozen=True, slots=True, repr=False)
class Reach(ShownInNotebooks):
    """The way to a value of a result, or how it would be lost.

    `found`: there are ways, fewest figures first, then smallest sum of relative changes. `already`: it is the value now.
    `never`: proved that no change of actuals and executed amounts does it; `beyond` then is a smallest change that any known
    figures of the sheet would allow, or null where not even that does it (`beyond_why` tells where that could not be settled).
    `open`: neither. `levers` are the figures that may be moved. `complete`: there is no other way with so few figures.
    """

    document_builder: ClassVar[str] = "hyotei.report.reach_document:reach_document"
    schema: Literal["hyotei.reach/1"]
    sheet: str
    rulebook: str
    hash: str
    hash_format: HashFormat
    goal: Literal["reach", "keep"]
    decision: str
    value: str
    status: Literal["found", "already", "never", "open"]
    why: Open
    levers: tuple[str, ...]
    ways: tuple[Way, ...]
    complete: bool
    beyond: Way | None
    beyond_why: Open

    def __repr__(self) -> str:
        return f"<Reach {self.goal} {self.decision} {self.value} of {self.sheet}: {self.status}, {len(self.ways)} ways>"
