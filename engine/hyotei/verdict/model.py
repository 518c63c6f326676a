"""A verdict as data: a typed value with a versioned schema. Text, HTML and JSON are views of it.

Numbers are decimal texts without trailing zeros, so that no reader of the JSON makes floats of them; sentences come in the
language asked for, everything else is the same in both.
"""

from dataclasses import field
from typing import Final, Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.canonical import HashFormat
from hyotei.rulebook.derivation import Outcome
from hyotei.rulebook.model import Standing
from hyotei.rulebook.values import Reason

SCHEMA: Final[Literal["hyotei.verdict/1"]] = "hyotei.verdict/1"

Status = Literal["determined", "undetermined", "not_rated"]
"""Whether every result that the rulebook decides is known; `not_rated` where it decides none, but states findings only."""

Plain = str | bool | None
"""A value: a number or a value of a scale as text, a truth, or null where it is unknown."""


@dataclass(frozen=True, slots=True)
class RulebookRef:
    """The rulebook that was applied, by its content; `derived_from`: id, version and hash of what it was made from."""

    id: str
    hash: str
    hash_format: HashFormat
    standing: Standing
    title: str
    in_force: bool
    version: str = ""
    derived_from: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetRef:
    """The sheet that was rated."""

    id: str
    title: str
    authority: str
    number: str | None
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A figure or a fact of the sheet that was read, as printed and where. `reading` tells whether it was stated or inferred.

    `judgment` is why a fact was judged so, and `by` who judged, where the sheet says so.
    """

    figure: str
    unit: str
    title: str
    text: str
    place: str
    reading: str
    judgment: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class InputRef:
    """One input of a table, or the expression of a formula: its value, what the row that answered asks of it, and what it
    was read from: figures of the sheet (`sources`) and other steps (`uses`).

    `value` is null where it is unknown, for the `reason` given; `title`, `text` and `asked` are for people.
    """

    title: str
    value: Plain
    reason: Reason | None
    text: str
    asked: str
    sources: tuple[SourceRef, ...]
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepRef:
    """One decision for one unit of the sheet: a node of the derivation.

    `outputs` maps output names to values; `reason` tells why they are unknown. `uses` names the steps this one was derived
    from, as `decision@unit`.
    """

    id: str
    decision: str
    title: str
    unit: str
    outcome: Outcome
    rows: tuple[int, ...]
    outputs: dict[str, Plain]
    reason: Reason | None
    text: str
    annotation: str
    standing: Standing
    inputs: tuple[InputRef, ...]
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureRef:
    """One measure with its figures as printed and what was derived for it. Values are null where they are unknown."""

    unit: str
    objective: str
    indicator: str
    label: str
    baseline: str
    target: str
    actual: str
    attainment: str | None
    result: str | None
    unknown: Reason | None
    text: str


@dataclass(frozen=True, slots=True)
class BudgetYearRef:
    """One budget year: amounts in yen, and the execution rate with the definition of its total."""

    unit: str
    fiscal_year: int
    initial: str | None
    total: str | None
    executed: str | None
    execution_rate: str | None
    basis: str
    unknown: Reason | None


DoubtCode = Literal["direction_assumed", "direction_contested", "rounding"]
"""Why a finding weighs less than its row states."""


@dataclass(frozen=True, slots=True)
class DoubtRef:
    """A reservation about a finding. `values` is what it rests on: words of scales, and amounts in yen as decimal texts.

    Of a direction these are the `direction` taken and its `reason`, and the signs `against` it; of a difference the `gap` and the
    largest `step` in which its amounts are told.
    """

    code: DoubtCode
    values: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class FindingRef:
    """Something an auditor wants to see, with the figures that decided and what to ask about them.

    `doubts` say why the severity is lower than its row states: it rests on an assumption, or on a difference within rounding.
    """

    code: str
    severity: str
    unit: str
    subject: str
    message: str
    decision: str
    row: int
    figures: dict[str, str]
    question: str = ""
    doubts: tuple[DoubtRef, ...] = ()


@dataclass(frozen=True, slots=True)
class AssumptionRef:
    """Something that was taken to be so without being stated.

    `values` is what it rests on, alike in both languages: words of scales, names of figures and decisions as rules have them,
    years, and what the sheet prints. Of a reading these are its `note` with the values of that, and the `figures` it is of.
    """

    code: str
    unit: str
    text: str
    values: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class WaitsForRef:
    """An unknown value without which a result stays undetermined; `subject` is empty for the sheet as a whole."""

    id: str
    title: str
    unit: str
    subject: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Possibility:
    """What the verdict would be if an unknown value lay in a band; several bands with one outcome are told together."""

    bands: tuple[str, ...]
    rating: str | None
    budget: str | None


@dataclass(frozen=True, slots=True)
class UnknownRef:
    """A value that was unknown, and whether it could have mattered.

    Where not every possible value could be tried, `exhaustive` is false, the possibilities are the single values that
    were, and `could_matter` is null unless one of them changed a result.
    """

    id: str
    title: str
    unit: str
    subject: str
    reason: Reason
    could_matter: bool | None
    exhaustive: bool
    possibilities: tuple[Possibility, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A test that failed, and by how much: `gap` as a decimal text where a number could be moved to meet it, else null.

    `column` counts the inputs from 1.
    """

    column: int
    title: str
    text: str
    asked: str
    gap: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """The nearest row that would have given another value, and what stood in its way.

    `masked_by` are the rows that hold and come before it or clash with it, where this one holds too. No row at all: `row`
    is null.
    """

    value: str
    row: int | None
    masked_by: tuple[int, ...]
    failed: tuple[Shortfall, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Margin:
    """How far an input of a table may go down (`below`) and up (`above`) before some row begins or ceases to hold, all other
    inputs as they are; null where none ever does. `column` counts the inputs from 1.
    """

    decision: str
    unit: str
    column: int
    title: str
    text: str
    below: str | None
    above: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class VerdictData:
    """A verdict, complete. `waits_for` names the unknown values without which it stays undetermined."""

    schema: Literal["hyotei.verdict/1"]
    sheet: SheetRef
    rulebook: RulebookRef
    rating: str | None
    rating_label: str
    budget: str | None
    budget_label: str
    status: Status
    waits_for: tuple[WaitsForRef, ...]
    measures: tuple[MeasureRef, ...]
    budget_years: tuple[BudgetYearRef, ...]
    derivation: tuple[StepRef, ...]
    findings: tuple[FindingRef, ...]
    unknowns: tuple[UnknownRef, ...]
    assumptions: tuple[AssumptionRef, ...]
    why_not: dict[str, tuple[Alternative, ...]]
    margins: tuple[Margin, ...]
    recorded: dict[str, str | None] = field(default_factory=dict)
