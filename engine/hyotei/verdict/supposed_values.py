"""What a rating and a recommendation would be if one value were another: of a derivation only what changes is taken again."""

from collections.abc import Iterator
from decimal import Decimal

from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import RESULTS, Decision, Table
from hyotei.rulebook.reference import Reading, supposed_outputs
from hyotei.rulebook.term_parts import parts
from hyotei.rulebook.unit_tree import Supposed, Unit
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Measure
from hyotei.sheet.figures import DIRECTION, YEARS_MISSED
from hyotei.sheet.models import Direction
from hyotei.sheet.year_series import missed_under
from hyotei.verdict.case import Case, StepKey

Outcome = tuple[str | None, ...]
"""The results, in the order of RESULTS; None where one stays unknown."""

_Outputs = tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]
_State = tuple[int, tuple[tuple[StepKey, _Outputs], ...]]
"""How many decisions are taken, and which steps that are still to be read came out otherwise: all that the rest depends on."""


class Trials:
    """Trials on one sheet. What one trial found is used by the next that comes to the same state."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.decisions = case.rulebook.toward(*RESULTS).decisions
        # For each decision, the names that it and those after it read.
        self.read_later: list[frozenset[str]] = [frozenset(RESULTS)]
        for decision in reversed(self.decisions):
            self.read_later.append(self.read_later[-1] | set(decision.needs))
        self.read_later.reverse()
        self.terms = {decision.name: tuple(_telling(decision)) for decision in self.decisions}
        self.reads: dict[StepKey, tuple[frozenset[StepKey], frozenset[StepKey]]] = {}
        self.known: dict[_State, Outcome] = {}
        self.plain = Reading(case.rulebook, case.sheet)

    def outcome(self, name: str, unit: str, value: Scalar, is_figure: bool) -> Outcome:
        """The results if this figure or decision had this value."""
        key = name, unit
        before = self.case.derivation.steps
        reading = Reading(self.case.rulebook, self.case.sheet, {key: value}) if is_figure else self.plain
        reading.steps = dict(before)
        changed: dict[StepKey, _Outputs] = {}
        if not is_figure:
            outputs = supposed_outputs(self.case.rulebook.by_name[name], value)
            reading.steps[key] = Step(*key, "supposed", (), (), outputs)
            changed[key] = outputs
        last = max(
            (at for at, decision in enumerate(self.decisions) if is_figure and self.mentions(decision, key)), default=-1
        )
        passed: list[_State] = []
        found: Outcome | None = None
        for index, decision in enumerate(self.decisions):
            if index > last:
                live = tuple(each for each in changed.items() if each[0][0] in self.read_later[index])
                state = index, live
                found = self.known.get(state)
                if found is not None:
                    break
                passed.append(state)
            for place in reading.root.below(decision.scope):
                at = decision.name, place.key
                if at != key and self.concerned(at, key if is_figure else None, changed):
                    step = reading.steps[at] = reading.decide(decision, place)
                    if step.outputs != before[at].outputs:
                        changed[at] = step.outputs
        if found is None:
            found = results(reading.steps)
        for state in passed:
            self.known[state] = found
        return found

    def mentions(self, decision: Decision, figure: StepKey) -> bool:
        """Whether a decision reads figures of that name."""
        terms = self.terms[decision.name]
        return any(isinstance(part, t.Figure) and part.name == figure[0] for part in parts(terms))

    def concerned(self, at: StepKey, figure: StepKey | None, changed: dict[StepKey, _Outputs]) -> bool:
        """Whether a step reads the figure or anything that came out otherwise."""
        if at not in self.reads:
            unit = self.case.units[at[1]]
            steps: set[StepKey] = set()
            figures: set[StepKey] = set()
            for part, place in self.case.visits(self.terms[at[0]], unit):
                _note(part, place, steps, figures)
            self.reads[at] = frozenset(steps), frozenset(figures)
        steps_read, figures_read = self.reads[at]
        return figure in figures_read or not steps_read.isdisjoint(changed)


def outcome_under(case: Case, unit: Unit, direction: Direction) -> Outcome:
    """The results if the measure of a unit got better in this direction, with everything that follows from it."""
    measure, sheet = unit.model, case.sheet
    assert isinstance(measure, Measure)
    missed = missed_under(direction, measure, sheet.fiscal_year)
    supposed: Supposed = {
        (DIRECTION.path, unit.key): direction,
        (YEARS_MISSED.path, unit.key): Unknown("missing") if missed is None else Decimal(missed),
    }
    reading = Reading(case.rulebook, sheet, supposed)
    for decision in case.rulebook.toward(*RESULTS).decisions:
        for place in reading.root.below(decision.scope):
            reading.steps[decision.name, place.key] = reading.decide(decision, place)
    return results(reading.steps)


def results(steps: dict[StepKey, Step]) -> Outcome:
    """The results of a derivation."""
    found = []
    for name in RESULTS:
        step = steps.get((name, "sheet"))
        first = step.outputs[0] if step is not None and step.outputs else None
        found.append(first if isinstance(first, str) else None)
    return tuple(found)


def _telling(decision: Decision) -> Iterator[object]:
    """The terms of a decision that read anything, rows that did not answer included."""
    terms: list[object] = []
    if isinstance(decision.body, Table):
        terms += [column.term for column in decision.body.inputs]
        terms += [cell for row in decision.body.rows for cell in (*row.checks, *row.outputs)]
    else:
        terms.append(decision.body.term)
    for term in terms:
        if any(isinstance(part, t.Figure | t.Decided) for part in parts(term)):
            yield term


def _note(part: object, place: Unit, steps: set[StepKey], figures: set[StepKey]) -> None:
    match part:
        case t.Figure(scope, name):
            figures.add((name, place.up(scope).key))
        case t.Decided(scope, name, _):
            steps.add((name, place.up(scope).key))
