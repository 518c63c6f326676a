"""One sheet to its derivation, by forward chaining: rows are rules, figures and derived values are facts.

Decisions are taken in their order. A formula is computed as soon as all it needs is known; a table asserts one fact for each
unit, and when the last of them has fired its rules, what follows from it is asserted in turn, in the same agenda.
"""

from collections import OrderedDict
from collections.abc import Sequence
from decimal import Decimal
from threading import Lock
from typing import Final

from hyotei.inference.closures import Decisions
from hyotei.inference.driver import Ruleset, Session
from hyotei.inference.program import FormulaProgram, Program, TableProgram, program
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.policies import Answer, choose
from hyotei.rulebook.reference import extreme, supposed_outputs, total
from hyotei.rulebook.units import Supposed, Unit, unit_tree
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Sheet

KEPT: Final = 16
"""Programs kept ready at once by `derive`."""


class Engine:
    """A rulebook registered with durable-rules for one fiscal year. Safe to share between threads; `close` frees it."""

    def __init__(self, rulebook: Rulebook, fiscal_year: int) -> None:
        self.rulebook = rulebook
        self.program: Program = program(rulebook, fiscal_year)
        self.ruleset = Ruleset(self.program.kinds, rulebook.id)

    def derive(self, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
        """All decisions for one sheet. `supposed` values are taken as given instead of being derived."""
        run = _Run(self.program, unit_tree(sheet, self.rulebook, supposed), supposed or {})
        self.ruleset.run(run.start, run.complete)
        return run.derivation()

    def close(self) -> None:
        """Frees what the engine holds; a run in another thread ends first."""
        self.ruleset.close()


class _Run:
    """One sheet on its way through the decisions."""

    def __init__(self, ready: Program, root: Unit, supposed: Supposed) -> None:
        self.program, self.root, self.supposed = ready, root, supposed
        self.decided: Decisions = {}
        self.steps: dict[tuple[str, str], Step] = {}
        self.position = 0
        self.waiting: dict[str, int] = {}
        self.facts: dict[str, list[tuple[Unit, tuple[Scalar, ...], bool]]] = {}
        self.tables = {each.decision.name: each for each in ready.decisions if isinstance(each, TableProgram)}

    def start(self, session: Session) -> None:
        self.advance(session)

    def advance(self, session: Session) -> None:
        """Takes decisions in order up to the first that needs a table still under way."""
        decisions = self.program.decisions
        while self.position < len(decisions):
            current = decisions[self.position]
            if any(name in self.waiting for name in current.decision.needs):
                return
            self.position += 1
            name = current.decision.name
            units = self.root.below(current.decision.scope)
            if self.supposed:
                units = [unit for unit in units if not self.suppose(current.decision, unit)]
            if isinstance(current, FormulaProgram):
                for unit in units:
                    value = current.value(unit, self.decided)
                    self.keep(Step(name, unit.key, "computed", (), (), (value,)), (value,))
            elif units:
                self.ask(session, current, units)

    def suppose(self, decision: Decision, unit: Unit) -> bool:
        value = self.supposed.get((decision.name, unit.key))
        if value is None:
            return False
        outputs = supposed_outputs(decision, value)
        self.keep(Step(decision.name, unit.key, "supposed", (), (), outputs), outputs)
        return True

    def ask(self, session: Session, current: TableProgram, units: Sequence[Unit]) -> None:
        """Asserts the facts of a table, one for each unit."""
        name = current.decision.name
        self.waiting[name] = len(units)
        self.facts[name] = []
        for key, unit in enumerate(units):
            inputs = current.inputs(unit, self.decided)
            values, still_open = current.fact(inputs, unit, self.decided)
            self.facts[name].append((unit, inputs, still_open))
            session.add(name, key, values)

    def complete(self, session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
        """A fact has met all rules of its table: the hit policy chooses, and what waited for the table goes on."""
        current = self.tables[name]
        unit, inputs, still_open = self.facts[name][key]
        undecided: dict[int, Unknown] = {}
        if still_open:
            standings = {row: current.standing(row, inputs, unit, self.decided) for row in rows}
            undecided = {row: standing for row, standing in standings.items() if isinstance(standing, Unknown)}
            rows = tuple(row for row, standing in standings.items() if standing is True)
        found = choose(current.decision, current.table, rows, undecided)
        outputs = self.outputs(current, found, inputs, unit)
        self.keep(Step(name, unit.key, found.outcome, found.rows, inputs, outputs), outputs)
        self.waiting[name] -= 1
        if not self.waiting[name]:
            del self.waiting[name]
            self.advance(session)

    def outputs(
        self, current: TableProgram, found: Answer, inputs: tuple[Scalar, ...], unit: Unit
    ) -> tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]:
        if found.outcome != "fired":
            return (found.unknown,) * len(current.decision.outputs)
        rows = [current.row_outputs(row, inputs, unit, self.decided) for row in found.rows]
        match current.table.policy:
            case "C":
                return tuple(rows)
            case "C#":
                return (Decimal(len(rows)),)
            case "C+":
                return (total([row[0] for row in rows]),)
            case "C<" | "C>":
                return (extreme([row[0] for row in rows], greatest=current.table.policy == "C>"),)
            case _:
                return rows[0]

    def keep(self, step: Step, outputs: tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]) -> None:
        self.steps[step.decision, step.unit] = step
        self.decided[step.decision, step.unit] = outputs  # type: ignore[assignment]  # the checker lets nobody read a list of findings

    def derivation(self) -> Derivation:
        """The steps in the order of the rulebook and the sheet, whatever the order in which facts were complete."""
        steps: dict[tuple[str, str], Step] = {}
        for current in self.program.decisions:
            for unit in self.root.below(current.decision.scope):
                key = current.decision.name, unit.key
                steps[key] = self.steps[key]
        return Derivation(steps)


_engines: "OrderedDict[tuple[str, int], Engine]" = OrderedDict()
_engines_lock = Lock()


def engine_for(rulebook: Rulebook, fiscal_year: int) -> Engine:
    """The engine of a rulebook for a fiscal year, kept ready by content hash; the one used longest ago makes room."""
    key = rulebook.hash, fiscal_year
    with _engines_lock:
        engine = _engines.get(key)
        if engine is None:
            engine = _engines[key] = Engine(rulebook, fiscal_year)
        _engines.move_to_end(key)
        while len(_engines) > KEPT:
            # Dropped, not closed: a thread may be about to use it. It is freed when the last user lets go.
            _engines.popitem(last=False)
    return engine


def derive(rulebook: Rulebook, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
    """The derivation of one sheet under a rulebook, by durable-rules."""
    return engine_for(rulebook, sheet.fiscal_year).derive(sheet, supposed)
