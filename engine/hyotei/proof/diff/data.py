"""A comparison as JSON data, with a published schema."""

from dataclasses import dataclass
from typing import Final, Literal

from hyotei.base.exact import plain
from hyotei.compare.model import (
    Answers,
    ChangedRegion,
    Computed,
    DecisionChange,
    Difference,
    Edit,
    EditKind,
    Effect,
    Note,
    Outcome,
    Reach,
    ResultChange,
    RulebookDiff,
    Structural,
    Told,
)
from hyotei.messages import Language
from hyotei.proof.data import ValueData
from hyotei.rulebook.canonical import HASH_FORMAT, HashFormat
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet.sheet_data import sheet_data

SCHEMA: Final[Literal["hyotei.diff/1"]] = "hyotei.diff/1"


@dataclass(frozen=True, slots=True)
class ToldData:
    """A value of an answer; `computed` where it is that of an expression."""

    value: str | bool | None
    unknown: str | None
    computed: bool


@dataclass(frozen=True, slots=True)
class NoteData:
    """Something only one of the rulebooks has, or worded otherwise."""

    kind: Note
    name: str
    decision: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EditData:
    """An edit; rows count from 1 in each document, null is none."""

    kind: EditKind
    decision: str
    old_row: int | None
    new_row: int | None
    column: str
    before: str
    after: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class ResultValueData:
    """Rating or budget of a sheet before and after."""

    name: str
    before: ValueData
    after: ValueData


@dataclass(frozen=True, slots=True)
class ExampleData:
    """A sheet, as of `hyotei sheet schema`, and what a decision says of it before and after."""

    sheet: dict[str, object]
    unit: str
    before: tuple[ValueData, ...]
    after: tuple[ValueData, ...]
    results: tuple[ResultValueData, ...]


@dataclass(frozen=True, slots=True)
class RegionData:
    """Inputs for which the answer differs: one cell and one value for each column. Causes are places in `edits`, from 0."""

    cells: tuple[str, ...]
    point: tuple[ValueData, ...]
    before: tuple[tuple[ToldData, ...], ...]
    after: tuple[tuple[ToldData, ...], ...]
    old_rows: tuple[int, ...]
    new_rows: tuple[int, ...]
    causes: tuple[int, ...]
    together: tuple[int, ...]
    reach: Reach
    why: str
    example: ExampleData | None


@dataclass(frozen=True, slots=True)
class ColumnData:
    """An input of regions; `holds` is the cell whose holding it is."""

    text: str
    only: str
    holds: str | None


@dataclass(frozen=True, slots=True)
class ResultData:
    """Whether rating or budget can differ."""

    name: str
    outcome: Outcome
    why: str
    bound: int
    example: ExampleData | None


@dataclass(frozen=True, slots=True)
class DecisionData:
    """One decision that was edited."""

    name: str
    title: str
    scope: Scope
    outcome: Outcome
    why: str
    outputs: tuple[str, ...]
    columns: tuple[ColumnData, ...]
    regions: tuple[RegionData, ...]
    fewest: int
    dropped: int
    symbolic: bool
    results: tuple[ResultData, ...]


@dataclass(frozen=True, slots=True)
class DiffData:
    """A whole comparison. `tried` is how many drawn sheets tried to show a difference; `defects` what they broke of the proofs."""

    schema: Literal["hyotei.diff/1"]
    old: str
    new: str
    old_hash: str
    new_hash: str
    hash_format: HashFormat
    status: Literal["same", "differs", "open"]
    compared: int
    solver: str
    milliseconds: int
    notes: tuple[NoteData, ...]
    edits: tuple[EditData, ...]
    decisions: tuple[DecisionData, ...]
    results: tuple[ResultData, ...]
    tried: int
    defects: tuple[str, ...]


def diff_data(diff: RulebookDiff, language: Language = "ja") -> DiffData:
    """The comparison as data; cells are worded in the language."""
    return DiffData(
        SCHEMA,
        diff.old,
        diff.new,
        diff.old_hash,
        diff.new_hash,
        HASH_FORMAT,
        diff.status,
        diff.compared,
        diff.solver,
        diff.milliseconds,
        tuple(map(_note, diff.notes)),
        tuple(_edit(edit, language) for edit in diff.edits),
        tuple(_decision(change, language) for change in diff.decisions),
        tuple(map(_result, diff.results)),
        diff.tried,
        tuple(each.text(language) for each in diff.defects),
    )


def schema() -> dict[str, object]:
    """The JSON Schema of `diff --json`."""
    from pydantic import TypeAdapter

    return {"$id": SCHEMA, **TypeAdapter(DiffData).json_schema()}


def _note(note: Structural) -> NoteData:
    return NoteData(note.kind, note.name, note.decision, note.before, note.after)


def _edit(edit: Edit, language: Language) -> EditData:
    at = 0 if language == "ja" else 1
    return EditData(
        edit.kind,
        edit.decision,
        edit.old_row or None,
        edit.new_row or None,
        edit.column,
        edit.before[at],
        edit.after[at],
        edit.effect,
    )


def _decision(change: DecisionChange, language: Language) -> DecisionData:
    at = 0 if language == "ja" else 1
    return DecisionData(
        change.name,
        change.title,
        change.scope,
        change.outcome,
        change.why,
        tuple(name for name, _ in change.outputs),
        tuple(
            ColumnData(column.text, column.only, None if column.holds is None else column.holds[at])
            for column in change.columns
        ),
        tuple(_region(region, language) for region in change.regions),
        change.fewest,
        change.dropped,
        change.symbolic,
        tuple(map(_result, change.results)),
    )


def _region(region: ChangedRegion, language: Language) -> RegionData:
    return RegionData(
        region.where.ja if language == "ja" else region.where.en,
        tuple(map(scalar_data, region.point)),
        _answers(region.before),
        _answers(region.after),
        region.old_rows,
        region.new_rows,
        region.causes,
        region.together,
        region.reach,
        region.why,
        _example(region.example),
    )


def _answers(answers: Answers) -> tuple[tuple[ToldData, ...], ...]:
    return tuple(tuple(map(_told, row)) for row in answers.rows)


def _told(told: Told) -> ToldData:
    if isinstance(told, Computed):
        return ToldData(None, None, True)
    value = scalar_data(told)
    return ToldData(value.value, value.unknown, False)


def scalar_data(value: Scalar) -> ValueData:
    """A value: a number as text, a text, a truth, or unknown with its reason."""
    if isinstance(value, Unknown):
        return ValueData(None, value.reason)
    return ValueData(value if isinstance(value, (bool, str)) else plain(value), None)


def _result(result: ResultChange) -> ResultData:
    return ResultData(result.name, result.outcome, result.why, result.bound, _example(result.example))


def _example(example: Difference | None) -> ExampleData | None:
    if example is None:
        return None

    def values(found: tuple[Scalar, ...]) -> tuple[ValueData, ...]:
        return tuple(map(scalar_data, found))

    results = tuple(
        ResultValueData(name, scalar_data(before), scalar_data(after)) for name, before, after in example.results
    )
    return ExampleData(sheet_data(example.sheet), example.unit, values(example.before), values(example.after), results)
