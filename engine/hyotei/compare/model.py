"""What changed between two rulebooks, as data: the edits, where an answer differs, and what is proved of the rest.

`RulebookDiff` is what `diff --json` writes, in the order of its fields; its schema is published.
"""

from dataclasses import field
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from pydantic import PlainSerializer, SerializationInfo

from hyotei.base.result_json import ANY_VALUE, NOT_PUBLISHED, TextOfLanguage, asked_language
from hyotei.compare.boxes import PublishedRegion
from hyotei.document.notebook import ShownInNotebooks
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic
from hyotei.rulebook.canonical import HASH_FORMAT, HashFormat
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import RESULTS, HitPolicy
from hyotei.rulebook.types import Scope, Type
from hyotei.rulebook.value_json import PublishedValue, value_data
from hyotei.rulebook.values import Scalar
from hyotei.sheet.sheet_data import PublishedSheet

SCHEMA: Final[Literal["hyotei.diff/1"]] = "hyotei.diff/1"

EditKind = Literal[
    "cell",
    "output",
    "row_added",
    "row_removed",
    "row_moved",
    "column_added",
    "column_removed",
    "column_changed",
    "policy",
    "formula",
    "body",
    "parameter",
    "division",
    "scale",
]
Effect = Literal["changes", "together", "none", "open"]
"""
What undoing an edit alone does to the new rulebook. `changes`: some answer becomes another one. `together`: nothing, but an
answer that differs needs it and other edits both. `none`: nothing, proved. `open`: it could not be told.
"""
Note = Literal[
    "decision_added",
    "decision_removed",
    "decision_renamed",
    "output_renamed",
    "parameter_renamed",
    "scale_renamed",
    "scale_value_renamed",
    "scope",
    "output_added",
    "output_removed",
    "scale_added",
    "scale_removed",
    "scale_value_added",
    "scale_value_removed",
    "scale_order",
    "figure_added",
    "figure_removed",
    "parameter_added",
    "parameter_removed",
    "years",
    "no_common_year",
    "law_added",
    "law_removed",
    "wording",
]
Why = Literal[
    "",
    "timeout",
    "bounded",
    "nonlinear",
    "gave_up",
    "not_replayable",
    "too_large",
    "unsupported",
    "one_by_one",
    "differs",
]
"""`differs`: two methods, or both engines on a sheet, came out differently, which is a defect of Hyotei."""
Reach = Literal["shown", "unreachable", "open", "not_asked"]
"""
`shown`: a sheet lies in the region, and both engines give the two answers for it. `unreachable`: proved that no sheet does.
`open`: neither is known; `why` says why. `not_asked`: there are too many regions to ask each.
"""
Outcome = Literal["same", "differs", "open", "apart"]
"""`apart`: cannot be compared, such as a decision that is now made for other parts of a sheet."""


@dataclass(frozen=True, slots=True)
class Computed:
    """An output that is no fixed value: the expression of a row. Equal ones mean the same."""

    meaning: str


AnswerValue: TypeAlias = Scalar | Computed


@dataclass(frozen=True, slots=True)
class AnswerValueData:
    """A value of an answer; `computed` where it is that of an expression."""

    value: str | bool | None
    unknown: str | None
    computed: bool


def _told(told: AnswerValue) -> AnswerValueData:
    if isinstance(told, Computed):
        return AnswerValueData(None, None, True)
    value = value_data(told)
    return AnswerValueData(value.value, value.unknown, False)


Answers: TypeAlias = tuple[tuple[Annotated[AnswerValue, PlainSerializer(_told, return_type=AnswerValueData)], ...], ...]
"""What a decision says: one row with a value for each common output; a table that collects findings has any number of rows."""

Row = Annotated[int, PlainSerializer(lambda row: row or None, return_type=int | None)]
"""The number of a row in a document, from 1; 0 is none, published as null."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. Rows are numbered as in each document. `before` and `after` are told in Japanese and English."""

    kind: EditKind
    decision: str
    old_row: Row = 0
    new_row: Row = 0
    column: str = ""
    before: TextOfLanguage = ("", "")
    after: TextOfLanguage = ("", "")
    effect: Effect = "open"


@dataclass(frozen=True, slots=True)
class ResultValues:
    """Rating or budget of a sheet before and after."""

    name: str
    before: PublishedValue
    after: PublishedValue


def result_values(before: Derivation, after: Derivation) -> tuple[ResultValues, ...]:
    """Those results of a sheet that come out under both rulebooks."""
    values = ((name, before.value(name), after.value(name)) for name in RESULTS)
    return tuple(ResultValues(name, one, two) for name, one, two in values if one is not None and two is not None)


@dataclass(frozen=True, slots=True)
class Difference:
    """A sheet for which a decision differs, derived on both engines under both rulebooks."""

    sheet: PublishedSheet
    unit: str
    before: tuple[PublishedValue, ...]
    after: tuple[PublishedValue, ...]
    results: tuple[ResultValues, ...] = ()
    """Of the same sheet, where both rulebooks have rating or budget."""

    def shows(self, result: str) -> bool:
        """Whether rating or budget differs on the sheet."""
        return any(each.name == result and each.before != each.after for each in self.results)


@dataclass(frozen=True, slots=True)
class ChangedRegion:
    """Inputs for which the answer differs in one way, from one cause.

    `causes` are places in the list of edits: undoing one of them alone gives the old answer back. Where none does, `together`
    holds those that take part. `point` has one value for each column; it lies in the region, and the reference has derived both
    answers for it.
    """

    cells: PublishedRegion
    point: tuple[PublishedValue, ...]
    before: Answers
    after: Answers
    old_rows: tuple[int, ...]
    new_rows: tuple[int, ...]
    causes: tuple[int, ...]
    together: tuple[int, ...] = ()
    reach: Reach = "not_asked"
    why: Why = ""
    example: Difference | None = None


@dataclass(frozen=True, slots=True)
class RegionColumn:
    """An input that regions are told in; `only` says which of the two rulebooks reads it.

    Where it is whether a cell holds whose end point is computed from the sheet, `holds` is that cell in both languages.
    """

    text: str
    type: Annotated[Type, NOT_PUBLISHED]
    only: Literal["", "old", "new"] = ""
    holds: TextOfLanguage | None = None


@dataclass(frozen=True, slots=True)
class ResultChange:
    """Whether rating or budget can differ because a decision does: `differs` with a sheet, `same` as proved, or open."""

    name: str
    outcome: Outcome
    why: Why = ""
    bound: int = 0
    example: Difference | None = None


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """One decision of both rulebooks, compared as a function of its own inputs.

    `fewest` is a number of regions below which none can do; where it is that of `regions`, they are minimal. `dropped` counts
    regions that were left out because no sheet reaches them.
    """

    name: str
    title: str
    scope: Scope
    outcome: Outcome
    why: Why = ""
    outputs: tuple[Annotated[tuple[str, Type], PlainSerializer(lambda output: output[0], return_type=str)], ...] = ()
    columns: tuple[RegionColumn, ...] = ()
    regions: tuple[ChangedRegion, ...] = ()
    fewest: int = 0
    dropped: int = 0
    symbolic: bool = False
    results: tuple[ResultChange, ...] = ()
    policies: Annotated[tuple[HitPolicy, HitPolicy] | None, NOT_PUBLISHED] = None


@dataclass(frozen=True, slots=True)
class Structural:
    """Something that only one of the rulebooks has, or that is worded otherwise; what it is about, and how it was."""

    kind: Note
    name: str
    decision: str = ""
    before: str = ""
    after: str = ""


def _said(defect: Diagnostic, info: SerializationInfo) -> str:
    return defect.text(asked_language(info))


_WEIGHTLESS: Final[frozenset[Note]] = frozenset(
    {
        "wording", "law_added", "law_removed", "parameter_added", "parameter_removed", "decision_renamed", "output_renamed",
        "parameter_renamed", "scale_renamed",
    }
)  # fmt: skip
"""What changes no answer: wording, laws, and the names by which rules refer to each other."""


@dataclass(frozen=True, slots=True, repr=False)
class RulebookDiff(ShownInNotebooks):
    """All that differs between two rulebooks, and the proof that nothing else does."""

    document_builder: ClassVar[str] = "hyotei.report.diff_document:diff_document"
    schema: Literal["hyotei.diff/1"] = field(default=SCHEMA, init=False)
    old: str
    new: str
    old_hash: str
    new_hash: str
    hash_format: HashFormat = field(default=HASH_FORMAT, init=False)
    status: Literal["same", "differs", "open"] = field(default="open", init=False)
    """Whether any answer differs. What one of the rulebooks alone has counts as a difference, and so does another word for an
    answer; what is weightless does not."""
    compared: int
    """How many decisions both have."""
    solver: str
    milliseconds: int = field(compare=False)
    notes: tuple[Structural, ...]
    edits: tuple[Edit, ...]
    decisions: tuple[DecisionChange, ...]
    """Those that have edits or that are compared; what is not named is the same in both."""
    results: tuple[ResultChange, ...]
    """Rating and budget through all decisions together."""
    tried: int = 0
    """How many drawn sheets tried to show a difference where none is told."""
    defects: tuple[Annotated[Diagnostic, ANY_VALUE, PlainSerializer(_said, return_type=str)], ...] = ()
    """What was proved and yet broken by a drawn sheet: each a defect of Hyotei."""
    titles: Annotated[dict[str, str], NOT_PUBLISHED] = field(compare=False, default_factory=dict)
    """What decisions, parameters and columns are called in Japanese, by their names and expressions; values as `scale.value`."""

    def __post_init__(self) -> None:
        found = {change.outcome for change in self.decisions}
        differs = found & {"differs", "apart"} or any(note.kind not in _WEIGHTLESS for note in self.notes)
        object.__setattr__(self, "status", "differs" if differs else "open" if "open" in found else "same")

    def __repr__(self) -> str:
        return f"<RulebookDiff {self.old} → {self.new}: {self.status}, {len(self.edits)} edits>"
