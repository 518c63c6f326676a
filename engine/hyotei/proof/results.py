"""What a proof says, as data: what was asked, how it came out, and a sheet that shows it where something fails."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from hyotei.compare.boxes import Region
from hyotei.compare.model import Why
from hyotei.messages import Diagnostic
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

Status = Literal["proved", "refuted", "open", "not_run"]
"""
`proved`: holds for every admissible sheet. `refuted`: a sheet shows that it does not, or it was proved that it cannot.
`open`: neither; `why` tells the reason. `not_run`: not asked.
"""
Method = Literal["table", "chain", "any_number", "induction", "bounded", "example"]
"""
`table`: over every input of the table. `chain`: over every sheet, through the decisions before. `any_number`: through the
chain, for any number of units in each list. `induction`: for one change and, step by step, for any number of them. `bounded`:
for sheets up to a size only. `example`: by a sheet that shows it.
"""
CheckName = Literal[
    "gap", "overlap", "masked", "never", "redundant", "unreachable_output", "no_influence", "second_method"
]


@dataclass(frozen=True, slots=True)
class Changed:
    """What is different on the second of two sheets: a figure or a decision of a unit, or a unit that was added."""

    name: str
    unit: str
    before: Scalar | None
    after: Scalar | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that matters in a counterexample, on its first and on its second sheet."""

    decision: str
    unit: str
    before: Scalar
    after: Scalar | None = None


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A sheet that shows what fails; for laws of comparison what is changed on it, and what follows."""

    sheet: Sheet
    shown: tuple[Shown, ...]
    changed: tuple[Changed, ...] = ()
    decision: str = ""
    unit: str = ""
    rows: tuple[int, ...] = ()
    supposed: bool = False
    """The values before the changes are given as well, instead of being derived."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one decision. `rows` are the rows it is about; `where` tells whether it was proved through the chain."""

    name: CheckName
    decision: str
    status: Status
    method: Method = "table"
    why: Why = ""
    rows: tuple[int, ...] = ()
    regions: tuple[Region, ...] = ()
    counterexample: Counterexample | None = None
    value: str = ""
    by_itself: bool = False
    """The table by itself has the defect, but no sheet reaches it through the decisions before."""
    note: bool = False
    """Worth knowing, but no defect: it does not count for the exit code."""
    tried: int = 0
    """How many drawn sheets tried to break it."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A value of a scale, with a sheet for which it comes out."""

    value: str
    status: Status
    sheet: Sheet | None = None
    why: Why = ""


@dataclass(frozen=True, slots=True)
class LawResult:
    """How a law came out. `bound` is the number of measures up to which an open one was tried; 0 is none."""

    text: str
    kind: str
    status: Status
    method: Method = "any_number"
    why: Why = ""
    bound: int = 0
    steps: bool = False
    """A law about one change also holds for any number of changes, one after the other."""
    counterexample: Counterexample | None = None
    reached: tuple[Reached, ...] = ()
    tried: int = 0
    """How many drawn sheets, or pairs of sheets, tried to break it."""


@dataclass(frozen=True, slots=True)
class ProofReport:
    """All that was asked of a rulebook, and the answers. `defects` are disagreements, each a defect of Hyotei."""

    rulebook: str
    title: str
    hash: str
    laws: tuple[LawResult, ...]
    checks: tuple[Check, ...]
    solver: str
    milliseconds: int = field(compare=False, default=0)
    defects: tuple[Diagnostic, ...] = ()

    @property
    def status(self) -> Status:
        """The worst of all that counts."""
        return worst([*(law.status for law in self.laws), *(check.status for check in self.checks if not check.note)])


def worst(found: Sequence[Status]) -> Status:
    """The status of several answers together."""
    return "refuted" if "refuted" in found else "open" if set(found) & {"open", "not_run"} else "proved"
