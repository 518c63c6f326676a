"""Checks of tables tried with random sheets: every step of every drawn sheet is held against what was proved of its table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from time import monotonic
from typing import Final

from hyotei.drawing.shrinking import simpler
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import HyoteiError, phrase, phrase_of
from hyotei.proof.prover import Prover
from hyotei.proof.random_tests.drawn_sheets import DrawnSheets
from hyotei.proof.results import Check, Counterexample, Shown
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.hit_policies import answer
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

_MOST_STEPS: Final = 600
"""So many steps of a table are tried where the table has to be read once more."""
_TRIED: Final = frozenset(("gap", "overlap", "masked", "never", "redundant", "unreachable_output", "no_influence"))
"""The checks that a drawn sheet can break."""
_MOST_VALUES: Final = 6
"""So many other values of a column are tried."""


@dataclass(frozen=True, slots=True)
class _Met:
    """A step of the table on a drawn sheet."""

    sheet: Sheet
    derivation: Derivation
    step: Step


Breaks = Callable[[_Met], bool]


def tried_check(prover: Prover, check: Check, drawn: DrawnSheets, end: float) -> list[Check]:
    """The check after the trial: what was called proved, or left open, and does not hold on a drawn sheet, is refuted.

    A remark that a drawn sheet contradicts is dropped. What contradicts a proof is a defect of Hyotei, and noted
    among the prover's.
    """
    decision = prover.rulebook.by_name[check.decision]
    table = decision.body
    claimed = ("proved", "open") if check.name in ("gap", "overlap") else ("refuted",)
    if check.name not in _TRIED or check.status not in claimed or not isinstance(table, Table):
        return [check]
    breaks = _breaks(prover.rulebook, decision, table, check, drawn, end)
    tried = 0
    for sheet, derivation in drawn.until(end):
        tried += 1
        met = next((each for each in _steps(check.decision, sheet, derivation) if breaks(each)), None)
        if met is not None:
            return _broken(prover, check, table, met, breaks, drawn, tried)
    if check.status == "proved" and tried == 0 and monotonic() > end:
        return [replace(check, status="open", why="timeout")]
    return [replace(check, tried=tried)]


def _steps(decision: str, sheet: Sheet, derivation: Derivation) -> Iterator[_Met]:
    return (_Met(sheet, derivation, step) for (name, _), step in derivation.steps.items() if name == decision)


def _broken(
    prover: Prover, check: Check, table: Table, met: _Met, breaks: Breaks, drawn: DrawnSheets, tried: int
) -> list[Check]:
    if check.status != "open":
        row = check.rows[0] if check.rows else ""
        claim = phrase_of("proof.claimed", check.name, row=row, value=check.value)
        prover.disagreement(phrase("proof.of_decision", decision=check.decision, claim=claim))
    if check.name not in ("gap", "overlap"):
        return [] if check.note else [replace(check, status="open", method="bounded", why="differs", tried=tried)]
    met = _smallest(check.decision, met, breaks, drawn)
    try:
        prover.replay.derive(met.sheet)
    except HyoteiError as error:
        prover.defects += error.diagnostics
        return [replace(check, status="open", method="bounded", why="differs", tried=tried)]
    step = met.step
    inputs = zip(table.inputs, step.inputs, strict=True)
    shown = tuple(Shown(column.text, step.unit, value) for column, value in inputs)
    example = Counterexample(met.sheet, (), shown, check.decision, step.unit, step.rows)
    refuted = replace(check, status="refuted", method="example", why="", counterexample=example, by_itself=False)
    return [replace(refuted, rows=check.rows or step.rows[:2], tried=tried)]


def _smallest(decision: str, met: _Met, breaks: Breaks, drawn: DrawnSheets) -> _Met:
    """The smallest sheet to be had, by leaving out one thing after the other, on which the table still does it."""
    found: _Met | None = met
    while found is not None:
        met = found
        found = None
        for sheet in simpler(met.sheet):
            derivation = drawn.engines.derive(drawn.rulebook, sheet, {})
            found = next((each for each in _steps(decision, sheet, derivation) if breaks(each)), None)
            if found is not None:
                break
    return met


# -- what contradicts which check


def _breaks(
    rulebook: Rulebook, decision: Decision, table: Table, check: Check, drawn: DrawnSheets, end: float
) -> Breaks:
    def again(met: _Met) -> _Again:
        return _Again(rulebook, decision, table, met)

    match check.name:
        case "gap":
            return lambda met: met.step.outcome == "gap"
        case "overlap":
            return lambda met: met.step.outcome == "conflict" and set(check.rows) <= set(met.step.rows)
        case "masked":
            return lambda met: met.step.outcome == "fired" and check.rows[0] in met.step.rows
        case "unreachable_output":
            return lambda met: any(each == check.value for each in met.step.outputs if isinstance(each, str))
        case "never":
            return _at_most(_MOST_STEPS, lambda met: again(met).held(check.rows[0], met.step.inputs))
        case "redundant":
            return _at_most(_MOST_STEPS, lambda met: _missed(again(met), check.rows[0], met.step.inputs))
        case _:
            at = [column.text for column in table.inputs].index(check.value)
            values = _values_seen(decision.name, at, drawn, end)
            return _at_most(_MOST_STEPS, lambda met: _matters(again(met), at, values, met.step.inputs))


def _at_most(most: int, breaks: Breaks) -> Breaks:
    left = iter(range(most))
    return lambda met: next(left, None) is not None and breaks(met)


class _Again:
    """The table of a step, to be read once more by the reference."""

    def __init__(self, rulebook: Rulebook, decision: Decision, table: Table, met: _Met) -> None:
        self.reading = Reading(rulebook, met.sheet)
        self.reading.steps = dict(met.derivation.steps)
        self.unit = next(unit for unit in self.reading.root.below(decision.scope) if unit.key == met.step.unit)
        self.decision, self.table = decision, table

    def held(self, row: int, inputs: tuple[Scalar, ...]) -> bool:
        """Whether a row holds."""
        return self.reading.standings(self.table, inputs, self.unit)[row - 1] is True

    def answers(self, table: Table, inputs: tuple[Scalar, ...]) -> tuple[bool, object]:
        """Whether the table, or another in its place, answers these inputs, and what it gives."""
        found = answer(self.decision, table, self.reading.standings(table, inputs, self.unit))
        return found.outcome == "fired", self.reading.outputs(self.decision, table, found, inputs, self.unit)


def _missed(again: _Again, row: int, inputs: tuple[Scalar, ...]) -> bool:
    """Whether leaving out the row makes a difference."""
    rest = [each for each in again.table.rows if each.number != row]
    other = replace(again.table, rows=tuple(replace(each, number=number) for number, each in enumerate(rest, 1)))
    (one, before), (two, after) = (again.answers(table, inputs) for table in (again.table, other))
    return before != after or (one and not two)


def _matters(again: _Again, at: int, values: Sequence[Scalar], inputs: tuple[Scalar, ...]) -> bool:
    """Whether another value of the column makes a difference."""
    before = again.answers(again.table, inputs)[1]
    others = ((*inputs[:at], value, *inputs[at + 1 :]) for value in values)
    return any(again.answers(again.table, other)[1] != before for other in others)


def _values_seen(decision: str, at: int, drawn: DrawnSheets, end: float) -> list[Scalar]:
    """Values that the column has on drawn sheets."""
    steps = (met.step for sheet, derivation in drawn.until(end) for met in _steps(decision, sheet, derivation))
    return list(islice(dict.fromkeys(step.inputs[at] for step in steps if step.inputs), _MOST_VALUES))
