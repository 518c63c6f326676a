"""What changed between two rulebooks, as data: the edits, where an answer differs, and what is proved of the rest."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from hyotei.compare.boxes import Region
from hyotei.messages import Diagnostic
from hyotei.rulebook.model import HitPolicy
from hyotei.rulebook.types import Scope, Type
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

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


Told: TypeAlias = Scalar | Computed
Told_row: TypeAlias = "tuple[Told, ...]"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a decision says: one row with a value for each common output; a table that collects findings has any number of rows."""

    rows: tuple[Told_row, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. Rows are numbered as in each document; 0 is none. `before` and `after` are told in Japanese and English."""

    kind: EditKind
    decision: str
    old_row: int = 0
    new_row: int = 0
    column: str = ""
    before: tuple[str, str] = ("", "")
    after: tuple[str, str] = ("", "")
    effect: Effect = "open"


@dataclass(frozen=True, slots=True)
class Difference:
    """A sheet for which a decision differs, derived on both engines under both rulebooks."""

    sheet: Sheet
    unit: str
    before: tuple[Scalar, ...]
    after: tuple[Scalar, ...]
    results: "tuple[tuple[str, Scalar, Scalar], ...]" = ()
    """Of the same sheet: rating and budget before and after, where both rulebooks have them."""


@dataclass(frozen=True, slots=True)
class ChangedRegion:
    """Inputs for which the answer differs in one way, from one cause.

    `causes` are places in the list of edits: undoing one of them alone gives the old answer back. Where none does, `together`
    holds those that take part. `point` has one value for each column; it lies in the region, and the reference has derived both
    answers for it.
    """

    where: Region
    before: Answers
    after: Answers
    old_rows: tuple[int, ...]
    new_rows: tuple[int, ...]
    causes: tuple[int, ...]
    together: tuple[int, ...] = ()
    point: tuple[Scalar, ...] = ()
    reach: Reach = "not_asked"
    why: Why = ""
    example: Difference | None = None


@dataclass(frozen=True, slots=True)
class RegionColumn:
    """An input that regions are told in; `only` says which of the two rulebooks reads it.

    Where it is whether a cell holds whose end point is computed from the sheet, `holds` is that cell in both languages.
    """

    text: str
    type: Type
    only: Literal["", "old", "new"] = ""
    holds: tuple[str, str] | None = None


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
    outputs: tuple[tuple[str, Type], ...] = ()
    columns: tuple[RegionColumn, ...] = ()
    regions: tuple[ChangedRegion, ...] = ()
    fewest: int = 0
    dropped: int = 0
    symbolic: bool = False
    results: tuple[ResultChange, ...] = ()
    policies: "tuple[HitPolicy, HitPolicy] | None" = None


@dataclass(frozen=True, slots=True)
class Structural:
    """Something that only one of the rulebooks has, or that is worded otherwise; what it is about, and how it was."""

    kind: Note
    name: str
    decision: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RulebookDiff:
    """All that differs between two rulebooks, and the proof that nothing else does."""

    old: str
    new: str
    old_hash: str
    new_hash: str
    notes: tuple[Structural, ...]
    edits: tuple[Edit, ...]
    decisions: tuple[DecisionChange, ...]
    """Those that have edits or that are compared; what is not named is the same in both."""
    compared: int
    """How many decisions both have."""
    results: tuple[ResultChange, ...]
    """Rating and budget through all decisions together."""
    solver: str
    milliseconds: int = field(compare=False, default=0)
    titles: dict[str, str] = field(compare=False, default_factory=dict)
    """What decisions, parameters and columns are called in Japanese, by their names and expressions; values as `scale.value`."""
    tried: int = 0
    """How many drawn sheets tried to show a difference where none is told."""
    defects: tuple[Diagnostic, ...] = ()
    """What was proved and yet broken by a drawn sheet: each a defect of Hyotei."""

    @property
    def status(self) -> Literal["same", "differs", "open"]:
        """Whether any answer differs.

        What one of the rulebooks alone has counts as a difference, and so does another word for an answer; wording, laws, and the
        names by which rules refer to each other do not.
        """
        weightless = {"wording", "law_added", "law_removed", "parameter_added", "parameter_removed"}
        weightless |= {"decision_renamed", "output_renamed", "parameter_renamed", "scale_renamed"}
        found = {change.outcome for change in self.decisions}
        if found & {"differs", "apart"} or any(note.kind not in weightless for note in self.notes):
            return "differs"
        return "open" if "open" in found else "same"
