"""A proof report as JSON data, with a published schema; and back from a certificate's JSON."""

from dataclasses import dataclass
from typing import Final, Literal

from hyotei.base.exact import plain
from hyotei.messages import Language
from hyotei.proof.results import Changed, Check, Counterexample, LawResult, ProofReport, Shown, Status
from hyotei.rulebook.canonical import HASH_FORMAT, HashFormat
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet.sheet_data import sheet_data

SCHEMA: Final[Literal["hyotei.proof/1"]] = "hyotei.proof/1"


@dataclass(frozen=True, slots=True)
class ValueData:
    """A value: a number or a value of a scale as text, a truth, or null where it is unknown, with the reason."""

    value: str | bool | None
    unknown: str | None


@dataclass(frozen=True, slots=True)
class ChangeData:
    """What differs on the second sheet; `before` is null for a unit that was added."""

    name: str
    unit: str
    before: ValueData | None
    after: ValueData | None


@dataclass(frozen=True, slots=True)
class ShownData:
    """A value that matters, on the first and on the second sheet."""

    decision: str
    unit: str
    before: ValueData
    after: ValueData | None


@dataclass(frozen=True, slots=True)
class CounterexampleData:
    """A sheet that shows what fails, as of `hyotei sheet schema`."""

    sheet: dict[str, object]
    changed: tuple[ChangeData, ...]
    shown: tuple[ShownData, ...]
    decision: str
    unit: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReachedData:
    """A value of a scale and a sheet that reaches it."""

    value: str
    status: Status
    why: str
    sheet: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class LawData:
    """A law and how it came out; `tried` is how many drawn sheets, or pairs of them, tried to break it."""

    text: str
    kind: str
    status: Status
    method: str
    why: str
    bound: int
    steps: bool
    counterexample: CounterexampleData | None
    reached: tuple[ReachedData, ...]
    tried: int


@dataclass(frozen=True, slots=True)
class CheckData:
    """A check of a table. `regions` has for each region the cells of the table's columns; `note` is no defect."""

    name: str
    decision: str
    status: Status
    method: str
    why: str
    rows: tuple[int, ...]
    regions: tuple[tuple[str, ...], ...]
    value: str
    by_itself: bool
    note: bool
    counterexample: CounterexampleData | None
    tried: int


@dataclass(frozen=True, slots=True)
class DefectData:
    """A disagreement of methods or engines, which is a defect of Hyotei."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ProofData:
    """A whole report."""

    schema: Literal["hyotei.proof/1"]
    rulebook: str
    title: str
    hash: str
    hash_format: HashFormat
    status: Status
    solver: str
    milliseconds: int
    laws: tuple[LawData, ...]
    checks: tuple[CheckData, ...]
    defects: tuple[DefectData, ...]


def proof_data(report: ProofReport, language: Language = "ja") -> ProofData:
    """The report as data; regions are worded in the language."""
    return ProofData(
        schema=SCHEMA,
        rulebook=report.rulebook,
        title=report.title,
        hash=report.hash,
        hash_format=HASH_FORMAT,
        status=report.status,
        solver=report.solver,
        milliseconds=report.milliseconds,
        laws=tuple(map(_law, report.laws)),
        checks=tuple(_check(check, language) for check in report.checks),
        defects=tuple(DefectData(each.code, each.message(language)) for each in report.defects),
    )


def _law(law: LawResult) -> LawData:
    return LawData(
        law.text,
        law.kind,
        law.status,
        law.method,
        law.why,
        law.bound,
        law.steps,
        _example(law.counterexample),
        tuple(
            ReachedData(each.value, each.status, each.why, None if each.sheet is None else sheet_data(each.sheet))
            for each in law.reached
        ),
        law.tried,
    )


def _check(check: Check, language: Language) -> CheckData:
    return CheckData(
        check.name,
        check.decision,
        check.status,
        check.method,
        check.why,
        check.rows,
        tuple(region.ja if language == "ja" else region.en for region in check.regions),
        check.value,
        check.by_itself,
        check.note,
        _example(check.counterexample),
        check.tried,
    )


def _example(example: Counterexample | None) -> CounterexampleData | None:
    if example is None:
        return None
    return CounterexampleData(
        sheet_data(example.sheet),
        tuple(map(_changed, example.changed)),
        tuple(map(_shown, example.shown)),
        example.decision,
        example.unit,
        example.rows,
    )


def _changed(change: Changed) -> ChangeData:
    return ChangeData(change.name, change.unit, _optional(change.before), _optional(change.after))


def _shown(shown: Shown) -> ShownData:
    return ShownData(shown.decision, shown.unit, _value(shown.before), _optional(shown.after))


def _optional(value: Scalar | None) -> ValueData | None:
    return None if value is None else _value(value)


def _value(value: Scalar) -> ValueData:
    if isinstance(value, Unknown):
        return ValueData(None, value.reason)
    return ValueData(value if isinstance(value, (bool, str)) else plain(value), None)
