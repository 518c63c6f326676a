"""What a proof says, as data: what was asked, how it came out, and a sheet that shows it where something fails.

`ProofReport` is what `prove --json` writes, in the order of its fields; its schema is published.
"""

from collections.abc import Sequence
from dataclasses import field
from typing import Annotated, ClassVar, Final, Literal

from pydantic import PlainSerializer, SerializationInfo

from hyotei.base.result_json import ANY_VALUE, NOT_PUBLISHED, Unpublished, asked_language
from hyotei.compare.boxes import PublishedRegion
from hyotei.compare.model import Why
from hyotei.document.notebook import ShownInNotebooks
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic
from hyotei.rulebook.canonical import HASH_FORMAT, HashFormat
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.value_json import PublishedValue
from hyotei.sheet.sheet_data import PublishedSheet

SCHEMA: Final[Literal["hyotei.proof/1"]] = "hyotei.proof/1"

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
    """What differs on the second of two sheets: a figure or a decision of a unit; `before` is null for a unit that was added."""

    name: str
    unit: str
    before: PublishedValue | None
    after: PublishedValue | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that matters in a counterexample, on its first and on its second sheet."""

    decision: str
    unit: str
    before: PublishedValue
    after: PublishedValue | None = None


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A sheet that shows what fails; for laws of comparison what is changed on it, and what follows."""

    sheet: PublishedSheet
    changed: tuple[Changed, ...]
    shown: tuple[Shown, ...]
    decision: str = ""
    unit: str = ""
    rows: tuple[int, ...] = ()
    supposed: Annotated[bool, NOT_PUBLISHED] = False
    """The values before the changes are given as well, instead of being derived."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one decision. `rows` are the rows it is about; `regions` has for each region the cells of the columns."""

    name: CheckName
    decision: str
    status: Status
    method: Method = "table"
    why: Why = ""
    rows: tuple[int, ...] = ()
    regions: tuple[PublishedRegion, ...] = ()
    value: str = ""
    by_itself: bool = False
    """The table by itself has the defect, but no sheet reaches it through the decisions before."""
    note: bool = False
    """Worth knowing, but no defect: it does not count for the exit code."""
    counterexample: Counterexample | None = None
    tried: int = 0
    """How many drawn sheets tried to break it."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A value of a scale, with a sheet for which it comes out."""

    value: str
    status: Status
    why: Why = ""
    sheet: PublishedSheet | None = None


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
class DefectData:
    """A disagreement of methods or engines, which is a defect of Hyotei."""

    code: str
    message: str


def _defect(found: Diagnostic, info: SerializationInfo) -> DefectData:
    return DefectData(found.code, found.message(asked_language(info)))


@dataclass(frozen=True, slots=True, repr=False)
class ProofReport(ShownInNotebooks):
    """All that was asked of a rulebook, and the answers. `defects` are disagreements, each a defect of Hyotei."""

    document_builder: ClassVar[str] = "hyotei.report.proof_document:proof_document"
    schema: Literal["hyotei.proof/1"] = field(default=SCHEMA, init=False)
    rulebook: str
    title: str
    hash: str
    hash_format: HashFormat = field(default=HASH_FORMAT, init=False)
    status: Status = field(default="open", init=False)
    """The worst of all that counts."""
    solver: str
    milliseconds: int = field(compare=False)
    laws: tuple[LawResult, ...]
    checks: tuple[Check, ...]
    book: Unpublished[Rulebook] = field(compare=False)
    """What was proved about, for who words the report."""
    defects: tuple[Annotated[Diagnostic, ANY_VALUE, PlainSerializer(_defect, return_type=DefectData)], ...] = ()

    def __post_init__(self) -> None:
        checks = [check.status for check in self.checks if not check.note]
        object.__setattr__(self, "status", worst([*(law.status for law in self.laws), *checks]))

    def __repr__(self) -> str:
        return f"<ProofReport {self.rulebook}: {self.status}, {len(self.laws)} laws, {len(self.checks)} checks>"


def worst(found: Sequence[Status]) -> Status:
    """The status of several answers together."""
    return "refuted" if "refuted" in found else "open" if set(found) & {"open", "not_run"} else "proved"
