"""A rulebook for one fiscal year, ready to decide sheets without a rule engine, and kept ready."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Final

from hyotei.compiler.decision_functions import DecisionFunctions, RulebookTerms, decision_functions
from hyotei.compiler.sheet_values import SheetValues
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import supposed_outputs
from hyotei.rulebook.unit_tree import Supposed, Unit, unit_tree
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

KEPT: Final = 16
"""Rulebooks kept ready at once by `compiled`."""


class CompiledRulebook:
    """The decisions of a rulebook as functions, in their order. Safe to share between threads."""

    def __init__(self, rulebook: Rulebook, fiscal_year: int) -> None:
        self.rulebook = rulebook
        self.terms = RulebookTerms(rulebook, fiscal_year)
        self.decisions: Mapping[str, DecisionFunctions] = {
            decision.name: decision_functions(self.terms, decision) for decision in rulebook.decisions
        }

    def values(self, root: Unit) -> SheetValues:
        """The values of a sheet, nothing decided yet."""
        return SheetValues(self.terms.layout, root)

    def evaluate(self, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
        """All decisions for one sheet. `supposed` values of figures and decisions are taken as given."""
        root = unit_tree(sheet, self.rulebook, supposed)
        values = self.values(root)
        steps: dict[tuple[str, str], Step] = {}
        for name, functions in self.decisions.items():
            units = root.below(functions.decision.scope)
            if not units:
                continue
            decide = functions.decide.function
            values.ready((*functions.decide.needs, functions.slot))
            lists = values.lists
            decided = lists[functions.slot]
            for i, unit in enumerate(units):
                key = name, unit.key
                if supposed and key in supposed:
                    step = supposed_step(functions, unit.key, supposed[key])
                else:
                    step = decide(lists, i, unit.key)
                steps[key] = step
                decided[i] = step.outputs
        root.release()
        return Derivation(steps)


def supposed_step(functions: DecisionFunctions, unit: str, value: Scalar) -> Step:
    """The step of a decision that is taken as given."""
    decision = functions.decision
    return Step(decision.name, unit, "supposed", (), (), supposed_outputs(decision, value))


_kept: "OrderedDict[tuple[int, int], CompiledRulebook]" = OrderedDict()
_kept_lock = Lock()


def compiled(rulebook: Rulebook, fiscal_year: int) -> CompiledRulebook:
    """A rulebook compiled for a fiscal year; the one used longest ago makes room.

    It is known by its identity: two rulebooks of one hash may differ in what they leave out.
    """
    key = id(rulebook), fiscal_year
    with _kept_lock:
        found = _kept.get(key)
        if found is None:
            # It holds the rulebook, so that no other can come to have its identity.
            found = _kept[key] = CompiledRulebook(rulebook, fiscal_year)
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def evaluate(rulebook: Rulebook, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
    """All decisions of a rulebook for one sheet, by generated functions."""
    return compiled(rulebook, sheet.fiscal_year).evaluate(sheet, supposed)
