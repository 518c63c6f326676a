"""Whether a difference is ever met: proved away where no sheet leads to it, otherwise shown on a sheet by both engines."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeAlias

from hyotei.compare.joint_columns import Joint
from hyotei.compare.model import Answers, Computed, Difference, ResultChange, Why, result_values
from hyotei.compare.table_comparison import YEAR_KEY, Piece, TableDiff
from hyotei.compare.table_meaning import MeaningColumn
from hyotei.proof.abstraction import Abstract
from hyotei.proof.diff.elements_met import within
from hyotei.proof.diff.joint_rulebook import JointRulebook, checked
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import conj, disj, neg
from hyotei.proof.guarded_values import GuardedValue
from hyotei.proof.laws.pairs import same_value, why_of
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.prover import Prover
from hyotei.proof.replay import Replay
from hyotei.proof.search import Question, search
from hyotei.proof.sheet_shapes import Place, single
from hyotei.proof.solver import Solver
from hyotei.proof.symbolic import Reading
from hyotei.proof.unit_counts import AnyNumber
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Sheet

Values: TypeAlias = "list[tuple[GuardedValue | None, GuardedValue | None]]"
"""For each joint column its value under the old and under the new rulebook."""


@dataclass
class Reacher:
    """Questions about both rulebooks at once. Close it after use."""

    pair: JointRulebook
    timeout: float
    old: Replay = field(init=False)
    new: Replay = field(init=False)
    prover: Prover = field(init=False)
    _slim: dict[str, Rulebook] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.old, self.new = Replay(self.pair.old), Replay(self.pair.new)
        self.prover = Prover(self.pair.rulebook, self.timeout)

    def close(self) -> None:
        for each in (self.old, self.new, self.prover):
            each.close()

    # -- values of columns

    def values(self, columns: Sequence[Joint], reading: Reading, place: Place) -> Values:
        """The values of the joint columns at a unit."""
        found: Values = []
        for column in columns:
            if column.key == YEAR_KEY:
                year = reading.year(place)
                found.append((year, year))
                continue
            found.append((self.value(column.old, reading, place, False), self.value(column.new, reading, place, True)))
        return found

    def value(self, column: MeaningColumn | None, reading: Reading, place: Place, new: bool) -> GuardedValue | None:
        if column is None:
            return None
        term = self.pair.term(column.input.term) if new else column.input.term
        value = reading.value(term, place)
        if column.check is None:
            return value
        check = self.pair.term(column.check) if new else column.check  # type: ignore[arg-type]  # a check stays one
        return reading.holds(check, value, column.stated, place)  # type: ignore[arg-type]  # likewise

    # -- regions

    def inside(self, piece: Piece, columns: Sequence[Joint], values: Values, side: int) -> Truth:
        """Whether the inputs of one side lie in a region."""
        found: list[Truth] = []
        for mask, column, both in zip(piece.box, columns, values, strict=True):
            value = both[side]
            if value is None or mask == column.values.full:
                continue
            found.append(within(value, mask, column.values.elements))
        return conj(*found)

    def met(self, name: str, piece: Piece, columns: Sequence[Joint], values: Values) -> Truth:
        """Whether a sheet has the inputs of a region: what one side alone reads has to lie in it, and all else on either side."""
        shared, alone = ([at for at, both in enumerate(values) if (None in both) is one] for one in (False, True))

        def of(places: "list[int]", side: int) -> Truth:
            part = replace(piece, box=tuple(piece.box[at] for at in places))
            return self.inside(part, [columns[at] for at in places], [values[at] for at in places], side)

        sides = [of(shared, side) for side in (0, 1)]
        # A table that was edited alone is read with the same inputs under both rulebooks.
        both = conj(*sides) if self.alone(name) else disj(*sides)
        return conj(both, *(of(alone, side) for side in (0, 1)))

    def unreachable(self, name: str, diff: TableDiff) -> "list[bool]":
        """For each region whether it was proved that no sheet has its inputs, under neither of the rulebooks."""
        decision = self.pair.new.by_name[name]
        try:
            book = checked(self.pair, name)
            names = [name, self.pair.name(name)]
            census = self.prover.census([each for each in dict.fromkeys(names) if each in book.by_name])
            inputs = Inputs(census.rulebook)
            place = single(decision.scope, inputs)
            reading = AnyNumber(census, inputs, decision.scope)
            values = self.values(diff.columns, reading, place)
            solver = Solver(self.timeout)
            found = []
            for piece in diff.pieces:
                met = self.met(name, piece, diff.columns, values)
                differs = self.computed_differ(name, piece, reading, place)
                solver.assume(inputs.assumed)
                found.append(solver.possible(met, differs).outcome == "no")
            return found
        except BeyondProof:
            return [False] * len(diff.pieces)

    def alone(self, name: str) -> bool:
        """Whether nothing that the decision reads is affected itself."""
        needs = {*self.pair.old.by_name[name].needs, *self.pair.new.by_name[name].needs}
        return not needs & self.pair.affected and needs <= self.pair.old.by_name.keys()

    def computed_differ(self, name: str, piece: Piece, reading: Reading, place: Place) -> Truth:
        """Where a region rests on expressions: whether the outputs differ indeed."""
        if not piece.computed:
            return True
        return self.differ(name, reading, place)

    def differ(self, name: str, reading: Reading, place: Place) -> Truth:
        """Whether a decision gives something else under the new rulebook."""
        before, after = self.pair.old.by_name[name], reading.rulebook.by_name[self.pair.name(name)]
        if before.name == after.name:
            return False
        first, second = reading.decide(before, place), reading.decide(after, place)
        after_names = [each.name for each in after.outputs]
        found: list[Truth] = []
        for at, output in enumerate(before.outputs):
            if output.name in after_names:
                other = second.outputs[after_names.index(output.name)]
                found.append(neg(same_value(first.outputs[at], other)))
        return disj(*found)

    def example(
        self, name: str, columns: Sequence[Joint], piece: Piece | None, results: bool = False
    ) -> "tuple[Difference | None, Why]":
        """A sheet that lies in a region, for which both engines give the two answers."""

        def ask(book: Rulebook, inputs: Inputs, root: Place) -> Question:
            units = root.below(self.pair.new.by_name[name].scope)
            if not units:
                return Question([False], {}, (), lambda sheets, values: False)
            reading = Reading(book, inputs)
            wanted: list[Truth] = [units[0].present]
            if piece is None:
                wanted.append(self.differ(name, reading, units[0]))
            else:
                values = self.values(columns, reading, units[0])
                wanted += [self.inside(piece, columns, values, side) for side in (0, 1)]
                wanted.append(self.computed_differ(name, piece, reading, units[0]))
            return Question(wanted, {}, (), lambda sheets, values: self.shown(name, sheets[0], piece) is not None)

        try:
            checked(self.pair, name)
        except BeyondProof as beyond:
            return None, why_of(beyond)
        names = [each for each in (name, self.pair.name(name)) if each in self.pair.rulebook.by_name]
        if piece is not None and not piece.computed:
            slim = self.slim(name)
            answer = search(slim, lambda inputs, root: ask(slim, inputs, root), self.timeout)
        else:
            answer = self.prover.search(dict.fromkeys(names), ask)
        return (self.shown(name, answer.sheets[0], piece) if answer.sheets else None), answer.why

    def slim(self, name: str) -> Rulebook:
        """Both rulebooks with what the columns of a table rest on, and without its rows: a region asks for nothing more."""
        found = self._slim.get(name)
        if found is None:
            names = dict.fromkeys((name, self.pair.name(name)))
            book = self.pair.rulebook.toward(*(each for each in names if each in self.pair.rulebook.by_name))
            decisions = tuple(_without_rows(each) if each.name in names else each for each in book.decisions)
            found = self._slim[name] = replace(book, decisions=decisions)
        return found

    def shown(self, name: str, sheet: Sheet, piece: Piece | None = None) -> Difference | None:
        """What both engines say of a sheet under both rulebooks, where the decision differs on it."""
        before, after = self.old.derive(sheet), self.new.derive(sheet)
        outputs = [[each.name for each in book.by_name[name].outputs] for book in (self.pair.old, self.pair.new)]
        common = [each for each in outputs[0] if each in outputs[1]]
        for (decision, unit), step in before.steps.items():
            other = after.steps.get((decision, unit))
            if decision != name or other is None:
                continue
            answers = [
                _answers(each.outputs, [names.index(one) for one in common], book.by_name[name])
                for each, names, book in zip((step, other), outputs, (self.pair.old, self.pair.new), strict=True)
            ]
            if answers[0] == answers[1]:
                continue
            if piece is not None and not piece.computed and answers != [piece.before, piece.after]:
                continue
            told = [
                tuple(value for row in each for value in row if not isinstance(value, Computed)) for each in answers
            ]
            return Difference(sheet, unit, told[0], told[1], result_values(before, after))
        return None

    # -- formulas

    def same_function(self, name: str) -> "tuple[bool, Why]":
        """Whether both versions of a decision give the same for every value of all that they read, proved by the solver."""
        return self.same_under(self.pair, name)

    def same_under(self, pair: JointRulebook, name: str) -> "tuple[bool, Why]":
        """The same for another pair of rulebooks."""
        try:
            book = checked(pair, name)
            after = pair.decision(name, through=False)
            both = replace(book, decisions=(*pair.old.decisions, after))
            inputs = Inputs(both)
            place = single(after.scope, inputs)
            reading = Abstract(both, inputs)
            before = pair.old.by_name[name]
            first, second = reading.decide(before, place), reading.decide(after, place)
            names = [each.name for each in after.outputs]
            differ = disj(
                *(
                    neg(same_value(first.outputs[at], second.outputs[names.index(output.name)]))
                    for at, output in enumerate(before.outputs)
                    if output.name in names
                )
            )
            found = self.prover.possible(inputs, differ)
            return found.outcome == "no", "" if found.outcome == "yes" else found.why
        except (BeyondProof, LookupError) as beyond:
            return False, why_of(beyond) if isinstance(beyond, BeyondProof) else "unsupported"

    def never_differs(self, name: str) -> bool:
        """Whether no sheet at all makes a decision differ, with any number of units, through all decisions before it."""
        decision = self.pair.new.by_name[name]
        if self.pair.name(name) == name and name not in self.pair.blocked:
            return True
        try:
            checked(self.pair, name)
            census = self.prover.census([name, self.pair.name(name)])
            inputs = Inputs(census.rulebook)
            place = single(decision.scope, inputs)
            truth = self.differ(name, AnyNumber(census, inputs, decision.scope), place)
            return self.prover.possible(inputs, truth).outcome == "no"
        except BeyondProof:
            return False

    # -- rating and budget

    def result(self, result: str) -> ResultChange:
        """Whether rating or budget can differ."""
        if self.pair.name(result) == result and result not in self.pair.blocked:
            return ResultChange(result, "same")

        def ask(book: Rulebook, inputs: Inputs, root: Place) -> Question:
            reading = Reading(book, inputs)
            wanted = [self.differ(result, reading, root)]
            return Question(wanted, {}, (), lambda sheets, values: self.shown(result, sheets[0]) is not None)

        try:
            checked(self.pair, result)
        except BeyondProof as beyond:
            return ResultChange(result, "open", why_of(beyond))
        if self.never_differs(result):
            return ResultChange(result, "same")
        names = {result, self.pair.name(result)}
        answer = self.prover.search(sorted(names & self.pair.rulebook.by_name.keys()), ask)
        if answer.sheets:
            return ResultChange(result, "differs", example=self.shown(result, answer.sheets[0]))
        return ResultChange(result, "open", answer.why or "bounded", answer.bound)


def _without_rows(decision: Decision) -> Decision:
    """A table with one row in the place of all, which asks for every text and every computed end point that they ask for."""
    table = decision.body
    if not isinstance(table, Table) or not table.rows:
        return decision
    checks = []
    for at in range(len(table.inputs)):
        tests = dict.fromkeys(test for row in table.rows for test in row.checks[at].tests if not _plain(test))
        checks.append(t.Check(tuple(tests)))
    return replace(decision, body=replace(table, rows=(replace(table.rows[0], checks=tuple(checks)),)))


def _plain(test: t.Test) -> bool:
    """Whether a test names nothing but numbers and reasons."""
    match test:
        case t.Range(low, _, high, _):
            return all(end is None or isinstance(end, (t.Constant, t.Parameter)) for end in (low, high))
        case t.IsUnknown():
            return True
        case _:
            return False


def _answers(
    outputs: "tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]", places: list[int], decision: Decision
) -> Answers:
    """Outputs of a derivation as answers; findings in an order of their own, as regions have them."""
    body = decision.body
    if isinstance(body, Table) and body.policy == "C" and not any(isinstance(each, Unknown) for each in outputs):
        rows = [tuple(row[at] for at in places) for row in outputs if isinstance(row, tuple)]
        return tuple(sorted(rows, key=repr))
    row: list[object] = [outputs[at] for at in places]
    return (tuple(each for each in row if isinstance(each, (str, bool, Decimal, Unknown))),)
