"""A rulebook for one fiscal year, ready to decide sheets without a rule engine, and kept ready."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, TypeAlias

from hyotei.compiler.decision_functions import DecisionFunctions, RulebookTerms, decision_functions
from hyotei.compiler.kept_by_rulebook import KeptByRulebook
from hyotei.compiler.sheet_values import SheetValues, Slot
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.reference import supposed_outputs
from hyotei.rulebook.term_parts import inner
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import Supposed, Unit, unit_tree
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

StepKey: TypeAlias = tuple[str, str]
"""Decision and unit key."""
_NOTHING: Final[Mapping[StepKey, Step]] = {}


class CompiledRulebook:
    """The decisions of a rulebook as functions, in their order. Safe to share between threads."""

    def __init__(self, rulebook: Rulebook, fiscal_year: int) -> None:
        self.rulebook = rulebook
        self.terms = RulebookTerms(rulebook, fiscal_year)
        self.decisions: Mapping[str, DecisionFunctions] = {
            decision.name: decision_functions(self.terms, decision) for decision in rulebook.decisions
        }

    def values(self, root: Unit, steps: Mapping[StepKey, Step] = _NOTHING) -> SheetValues:
        """The values of a sheet, with what is decided of it already."""
        return SheetValues(self.terms.layout, root, steps)

    @cached_property
    def reads(self) -> dict[str, dict[Slot, bool]]:
        """The figures and decisions that each decision reads, and whether it does so at its own unit only."""
        return {name: dict(_reads(functions.decision)) for name, functions in self.decisions.items()}

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


def _reads(decision: Decision) -> Iterator[tuple[Slot, bool]]:
    """Every figure and decision that a decision reads; what is read elsewhere than at its own unit comes last."""
    own: dict[Slot, None] = {}
    elsewhere: dict[Slot, None] = {}

    def walk(part: object, scope: Scope | None) -> None:
        match part:
            case t.Figure(of, name) | t.Decided(of, name, _):
                slot = Slot("figure" if isinstance(part, t.Figure) else "decided", of, name)
                (own if of == scope else elsewhere)[slot] = None
            case t.At() | t.Where() | t.Each():
                for each in inner(part):
                    walk(each, None)
            case _:
                for each in inner(part):
                    walk(each, scope)

    body = decision.body
    walk((body.term,) if isinstance(body, Formula) else (tuple(column.term for column in body.inputs),), decision.scope)
    for row in body.rows if isinstance(body, Table) else ():
        walk((row.checks, row.outputs), decision.scope)
    yield from ((slot, True) for slot in own)
    yield from ((slot, False) for slot in elsewhere)


def supposed_step(functions: DecisionFunctions, unit: str, value: Scalar) -> Step:
    """The step of a decision that is taken as given."""
    decision = functions.decision
    return Step(decision.name, unit, "supposed", (), (), supposed_outputs(decision, value))


_kept: Final = KeptByRulebook(CompiledRulebook)


def compiled(rulebook: Rulebook, fiscal_year: int) -> CompiledRulebook:
    """A rulebook compiled for a fiscal year, kept ready."""
    return _kept.of(rulebook, fiscal_year)


def evaluate(rulebook: Rulebook, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
    """All decisions of a rulebook for one sheet, by generated functions."""
    return compiled(rulebook, sheet.fiscal_year).evaluate(sheet, supposed)
