"""What a rating and a recommendation would be if one value were another: of a derivation only what changes is taken again."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from hyotei.compiler.compiled_rulebook import CompiledRulebook
from hyotei.compiler.decision_functions import DecisionFunctions, Outputs
from hyotei.compiler.sheet_values import Slot
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import RESULTS
from hyotei.rulebook.reference import supposed_outputs
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Measure
from hyotei.sheet.figures import DIRECTION, YEARS_MISSED
from hyotei.sheet.models import Direction
from hyotei.sheet.year_series import missed_under
from hyotei.verdict.case import Case, StepKey

Outcome = tuple[str | None, ...]
"""The results, in the order of RESULTS; None where one stays unknown."""

_Place = tuple[Slot, int]
_State = tuple[int, tuple[tuple[_Place, Outputs], ...]]
"""How many decisions are taken, and which steps that are still to be read came out otherwise: all that the rest depends on."""


class _Way:
    """The decisions that lead to the results, and what each reads: the same for every sheet of a rulebook and year."""

    def __init__(self, ready: CompiledRulebook) -> None:
        wanted = set(RESULTS)
        decisions: list[DecisionFunctions] = []
        for functions in reversed(list(ready.decisions.values())):
            if functions.decision.name in wanted:
                wanted.update(functions.decision.needs)
                decisions.append(functions)
        self.decisions = decisions[::-1]
        self.reads = [ready.reads[each.decision.name] for each in self.decisions]
        self.slots = [Slot("decided", each.decision.scope, each.decision.name) for each in self.decisions]
        # For each decision, the names of the decisions that it and those after it read.
        self.read_later: list[frozenset[str]] = [frozenset(RESULTS)]
        for functions in decisions:
            self.read_later.append(self.read_later[-1] | set(functions.decision.needs))
        self.read_later.reverse()
        self.last_reader: dict[Slot, int] = {slot: at for at, reads in enumerate(self.reads) for slot in reads}

    def units(self, at: int, changed: Mapping[Slot, set[int]], count: int) -> Iterable[int]:
        """At which units a decision reads something that is otherwise, of as many as there are."""
        found: set[int] = set()
        for slot, own in self.reads[at].items():
            if slot in changed:
                if not own:
                    return range(count)
                found |= changed[slot]
        return sorted(found)


_way = lru_cache(maxsize=16)(_Way)


class Trials:
    """Trials on one sheet. What one trial found is used by the next that comes to the same state."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.way = _way(case.compiled)
        self.now = results(case.derivation.steps)
        self.known: dict[_State, Outcome] = {}

    def outcome(self, name: str, unit: Unit, value: Scalar, is_figure: bool) -> Outcome:
        """The results if this figure or decision had this value."""
        return self.outcome_of({Slot("figure" if is_figure else "decided", unit.scope, name): value}, unit)

    def outcome_of(self, supposed: Mapping[Slot, Scalar], unit: Unit) -> Outcome:
        """The results if some figures or decisions of one unit had these values."""
        way, layout = self.way, self.case.compiled.terms.layout
        before = self.case.values
        values = before.copy()
        here = self.case.numbers[unit.key]
        changed: dict[Slot, set[int]] = {}
        otherwise: dict[_Place, Outputs] = {}
        last = -1
        for slot, value in supposed.items():
            changed[slot] = {here}
            if slot.kind == "figure":
                for place, number in ((slot, here), *self._of_year(slot, unit)):
                    changed[place] = {number}
                    values.replaced(layout.number(place))[number] = value
                    last = max(last, way.last_reader.get(place, -1))
            else:
                outputs: Outputs = supposed_outputs(self.case.rulebook.by_name[slot.name], value)
                values.replaced(layout.number(slot))[here] = outputs
                otherwise[slot, here] = outputs
        passed: list[_State] = []
        found: Outcome | None = None
        for index, functions in enumerate(way.decisions):
            if index > last:
                later = way.read_later[index]
                live = tuple([each for each in otherwise.items() if each[0][0].name in later])
                if not live:
                    # Nothing that is still to be read, the results included, is otherwise.
                    found = self.now
                    break
                state = index, live
                found = self.known.get(state)
                if found is not None:
                    break
                passed.append(state)
            if changed.keys().isdisjoint(way.reads[index]):
                continue
            slot = way.slots[index]
            units = self.case.root.below(slot.scope)
            values.ready((*functions.decide.needs, functions.slot))
            for i in way.units(index, changed, len(units)):
                if (slot, i) in otherwise:
                    continue
                outputs = functions.decide.function(values.lists, i, units[i].key).outputs
                if outputs != before.lists[functions.slot][i]:
                    values.replaced(functions.slot)[i] = outputs
                    otherwise[slot, i] = outputs
                    changed.setdefault(slot, set()).add(i)
        if found is None:
            found = self._results(otherwise)
        for state in passed:
            self.known[state] = found
        return found

    def _of_year(self, slot: Slot, unit: Unit) -> Iterator[_Place]:
        """Where a figure of a measure stands once more: as that of the year of its own figures, if rules read years."""
        of_year = Slot("figure", "year", slot.name)
        if slot.scope == "measure" and of_year in self.way.last_reader:
            yield from ((of_year, self.case.numbers[year.key]) for year in unit.below("year") if year.own)

    def _results(self, otherwise: Mapping[_Place, Outputs]) -> Outcome:
        """The results with what came out otherwise."""
        steps = dict(self.case.derivation.steps)
        for (slot, _), outputs in otherwise.items():
            if slot.name in RESULTS and slot.scope == "sheet":
                steps[slot.name, "sheet"] = steps[slot.name, "sheet"]._replace(outputs=outputs)
        return results(steps)


def outcome_under(case: Case, unit: Unit, direction: Direction) -> Outcome:
    """The results if the measure of a unit got better in this direction, with everything that follows from it."""
    assert isinstance(unit.model, Measure)
    missed = missed_under(direction, unit.model, case.sheet.fiscal_year)
    supposed: dict[Slot, Scalar] = {
        Slot("figure", "measure", DIRECTION.path): direction,
        Slot("figure", "measure", YEARS_MISSED.path): Unknown("missing") if missed is None else Decimal(missed),
    }
    return Trials(case).outcome_of(supposed, unit)


def results(steps: dict[StepKey, Step]) -> Outcome:
    """The results of a derivation."""
    found = []
    for name in RESULTS:
        step = steps.get((name, "sheet"))
        first = step.outputs[0] if step is not None and step.outputs else None
        found.append(first if isinstance(first, str) else None)
    return tuple(found)
