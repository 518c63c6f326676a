"""One sheet to its derivation, by forward chaining: rows are rules, figures and derived values are facts.

Decisions are taken in their order. A formula is computed as soon as all it needs is known; a group of tables asserts one fact
for each unit, and when the last of them has fired its rules, what follows from it is asserted in turn, in the same agenda.
"""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from hyotei.compiler.compiled_rulebook import supposed_step
from hyotei.compiler.decision_functions import DecisionFunctions, Inputs
from hyotei.compiler.kept_by_rulebook import KeptByRulebook
from hyotei.inference.driver import Ruleset, Session
from hyotei.inference.program import FormulaProgram, Program, TableGroup, program
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.unit_tree import Supposed, Unit, unit_tree
from hyotei.sheet import Sheet


class Engine:
    """A rulebook registered with durable-rules for one fiscal year. Safe to share between threads; `close` frees it."""

    def __init__(self, rulebook: Rulebook, fiscal_year: int) -> None:
        self.rulebook = rulebook
        self.program: Program = program(rulebook, fiscal_year)
        self.ruleset = Ruleset(self.program.kinds, rulebook.id)

    def derive(self, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
        """All decisions for one sheet. `supposed` values are taken as given instead of being derived."""
        root = unit_tree(sheet, self.rulebook, supposed)
        run = _Run(self.program, root, supposed or {})
        self.ruleset.run(run.start, run.complete)
        derivation = run.derivation()
        root.release()
        return derivation

    def close(self) -> None:
        """Frees what the engine holds; a run in another thread ends first."""
        self.ruleset.close()


@dataclass(slots=True)
class _Asked:
    """The facts of a group of tables: for each its unit, and of each table the inputs and whether one of them is open."""

    group: TableGroup
    open: int
    facts: list[tuple[Unit, list[tuple[Inputs, bool]]]] = field(default_factory=list)


class _Run:
    """One sheet on its way through the decisions."""

    def __init__(self, ready: Program, root: Unit, supposed: Supposed) -> None:
        self.program, self.root, self.supposed = ready, root, supposed
        values = ready.compiled.values(root)
        values.ready(ready.slots)
        self.lists = values.lists
        self.steps: dict[tuple[str, str], Step] = {}
        self.position = 0
        self.waiting: set[str] = set()
        self.asked: dict[str, _Asked] = {}

    def start(self, session: Session) -> None:
        self.advance(session)

    def advance(self, session: Session) -> None:
        """Takes decisions in order up to the first that needs a table still under way."""
        stages = self.program.stages
        while self.position < len(stages):
            current = stages[self.position]
            if not self.waiting.isdisjoint(current.needs):
                return
            self.position += 1
            units = self.root.below(current.scope)
            if isinstance(current, FormulaProgram):
                decide = current.functions.decide.function
                for i, unit in enumerate(units):
                    if not self.supposed or not self.suppose(current.functions, i, unit):
                        self.keep(current.functions, i, decide(self.lists, i, unit.key))
            elif units:
                self.ask(session, current, units)

    def suppose(self, functions: DecisionFunctions, i: int, unit: Unit) -> bool:
        value = self.supposed.get((functions.decision.name, unit.key))
        if value is None:
            return False
        self.keep(functions, i, supposed_step(functions, unit.key, value))
        return True

    def ask(self, session: Session, group: TableGroup, units: Sequence[Unit]) -> None:
        """Asserts the facts of a group of tables, one for each unit."""
        self.waiting.update(group.decisions)
        asked = self.asked[group.name] = _Asked(group, len(units))
        encoders = [table.encode.function for table in group.tables]
        for i, unit in enumerate(units):
            fact: list[int] = []
            given = [encode(self.lists, i, fact) for encode in encoders]
            asked.facts.append((unit, given))
            session.add(group.name, i, fact)

    def complete(self, session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
        """A fact has met all rules of its tables: the hit policies choose, and what waited for the tables goes on."""
        asked = self.asked[name]
        unit, given = asked.facts[key]
        for table, (inputs, still_open), hits in zip(
            asked.group.tables, given, asked.group.by_table(rows), strict=True
        ):
            functions = table.functions
            if self.supposed and self.suppose(functions, key, unit):
                continue
            if still_open:
                step = functions.judged(self.lists, key, unit.key, inputs, hits)
            else:
                step = functions.answered(self.lists, key, unit.key, inputs, hits, {})
            self.keep(functions, key, step)
        asked.open -= 1
        if not asked.open:
            self.waiting.difference_update(asked.group.decisions)
            self.advance(session)

    def keep(self, functions: DecisionFunctions, i: int, step: Step) -> None:
        self.steps[step.decision, step.unit] = step
        self.lists[functions.slot][i] = step.outputs

    def derivation(self) -> Derivation:
        """The steps in the order of the rulebook and the sheet, whatever the order in which facts were complete."""
        steps: dict[tuple[str, str], Step] = {}
        for name, functions in self.program.compiled.decisions.items():
            for unit in self.root.below(functions.decision.scope):
                key = name, unit.key
                steps[key] = self.steps[key]
        return Derivation(steps)


_engines: Final = KeptByRulebook(Engine)


def engine_for(rulebook: Rulebook, fiscal_year: int) -> Engine:
    """The engine of a rulebook for a fiscal year, kept ready."""
    return _engines.of(rulebook, fiscal_year)


def derive(rulebook: Rulebook, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
    """The derivation of one sheet under a rulebook, by durable-rules."""
    return engine_for(rulebook, sheet.fiscal_year).derive(sheet, supposed)
