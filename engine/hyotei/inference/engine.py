"""One sheet to its derivation, by forward chaining: rows are rules, figures and derived values are facts.

Decisions are taken in their order. A formula is computed as soon as all it needs is known; a group of tables asserts one fact
for each unit, and when the last of them has fired its rules, what follows from it is asserted in turn, in the same agenda.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Lock
from typing import Final

from hyotei.inference.closures import Decisions
from hyotei.inference.driver import Ruleset, Session
from hyotei.inference.program import FormulaProgram, Program, TableGroup, TableProgram, program
from hyotei.rulebook.derivation import Derivation, Outcome, Step
from hyotei.rulebook.hit_policies import Answer, choose
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.reference import extreme, supposed_outputs, total
from hyotei.rulebook.unit_tree import Supposed, Unit, unit_tree
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
    facts: list[tuple[Unit, list[tuple[tuple[Scalar, ...], bool]]]] = field(default_factory=list)


class _Run:
    """One sheet on its way through the decisions."""

    def __init__(self, ready: Program, root: Unit, supposed: Supposed) -> None:
        self.program, self.root, self.supposed = ready, root, supposed
        self.decided: Decisions = {}
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
                for unit in units:
                    if not self.supposed or not self.suppose(current.decision, unit):
                        self.keep(current.decision, unit, "computed", (), (), (current.value(unit, self.decided),))
            elif units:
                self.ask(session, current, units)

    def suppose(self, decision: Decision, unit: Unit) -> bool:
        value = self.supposed.get((decision.name, unit.key))
        if value is None:
            return False
        self.keep(decision, unit, "supposed", (), (), supposed_outputs(decision, value))
        return True

    def ask(self, session: Session, group: TableGroup, units: Sequence[Unit]) -> None:
        """Asserts the facts of a group of tables, one for each unit."""
        self.waiting.update(group.decisions)
        asked = self.asked[group.name] = _Asked(group, len(units))
        for key, unit in enumerate(units):
            fact: list[int] = []
            given = [table.encode(unit, self.decided, fact) for table in group.tables]
            asked.facts.append((unit, given))
            session.add(group.name, key, fact)

    def complete(self, session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
        """A fact has met all rules of its tables: the hit policies choose, and what waited for the tables goes on."""
        asked = self.asked[name]
        unit, given = asked.facts[key]
        for table, (inputs, still_open), hits in zip(
            asked.group.tables, given, asked.group.by_table(rows), strict=True
        ):
            if not self.supposed or not self.suppose(table.decision, unit):
                self.answer(table, unit, inputs, still_open, hits)
        asked.open -= 1
        if not asked.open:
            self.waiting.difference_update(asked.group.decisions)
            self.advance(session)

    def answer(
        self, table: TableProgram, unit: Unit, inputs: tuple[Scalar, ...], still_open: bool, rows: tuple[int, ...]
    ) -> None:
        """What a table says of a unit, from the rows that its fact hit."""
        undecided: dict[int, Unknown] = {}
        if still_open:
            standings = {row: table.standing(row, inputs, unit, self.decided) for row in rows}
            undecided = {row: standing for row, standing in standings.items() if isinstance(standing, Unknown)}
            rows = tuple(row for row, standing in standings.items() if standing is True)
        found = choose(table.decision, table.table, rows, undecided)
        self.keep(table.decision, unit, found.outcome, found.rows, inputs, self.outputs(table, found, inputs, unit))

    def outputs(
        self, current: TableProgram, found: Answer, inputs: tuple[Scalar, ...], unit: Unit
    ) -> tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]:
        if found.outcome != "fired":
            return (found.unknown,) * len(current.decision.outputs)
        rows = [current.outputs[row - 1](inputs, unit, self.decided) for row in found.rows]
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

    def keep(
        self,
        decision: Decision,
        unit: Unit,
        outcome: Outcome,
        rows: tuple[int, ...],
        inputs: tuple[Scalar, ...],
        outputs: tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...],
    ) -> None:
        key = decision.name, unit.key
        self.steps[key] = Step(decision.name, unit.key, outcome, rows, inputs, outputs)
        self.decided[key] = outputs  # type: ignore[assignment]  # the checker lets nobody read a list of findings

    def derivation(self) -> Derivation:
        """The steps in the order of the rulebook and the sheet, whatever the order in which facts were complete."""
        steps: dict[tuple[str, str], Step] = {}
        for decision in self.program.decisions:
            for unit in self.root.below(decision.scope):
                key = decision.name, unit.key
                steps[key] = self.steps[key]
        return Derivation(steps)


_engines: "OrderedDict[tuple[str, tuple[str, ...], int], tuple[Rulebook, Engine]]" = OrderedDict()
_engines_lock = Lock()


def engine_for(rulebook: Rulebook, fiscal_year: int) -> Engine:
    """The engine of a rulebook for a fiscal year, kept ready by content hash; the one used longest ago makes room.

    A part of a rulebook (`Rulebook.toward`) and one in the making have the hash of the whole, so what they decide is compared too.
    """
    key = rulebook.hash, tuple(rulebook.by_name), fiscal_year
    with _engines_lock:
        kept = _engines.get(key)
        if kept is None or not kept[0].decides_as(rulebook):
            kept = _engines[key] = rulebook, Engine(rulebook, fiscal_year)
        _engines.move_to_end(key)
        while len(_engines) > KEPT:
            # Dropped, not closed: a thread may be about to use it. It is freed when the last user lets go.
            _engines.popitem(last=False)
    return kept[1]


def derive(rulebook: Rulebook, sheet: Sheet, supposed: Supposed | None = None) -> Derivation:
    """The derivation of one sheet under a rulebook, by durable-rules."""
    return engine_for(rulebook, sheet.fiscal_year).derive(sheet, supposed)
