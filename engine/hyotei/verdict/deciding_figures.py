"""Which figures decided a value: of a condition the branch that was taken, of a list the unit that was picked, no candidates."""

from collections.abc import Iterator

from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Formula, Table
from hyotei.rulebook.term_parts import outer_terms
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Unknown
from hyotei.verdict.case import Case, Read, parts_of


def decided_by(case: Case, term: object, unit: Unit, listed: bool = False) -> Iterator[Read]:
    """The figures and decisions that decided the value of a term at a unit, in the order in which it names them.

    They may come more than once.
    """
    match term:
        case t.Figure(scope, _) | t.Decided(scope, _, _):
            yield Read(term, unit.up(scope), listed)
        case t.Constant() | t.InputUnknown() | t.Parameter() | t.Units():
            return
        case t.Choice(condition, yes, no):
            yield from decided_by(case, condition, unit, listed)
            chosen = case.value(condition, unit)
            if not isinstance(chosen, Unknown):
                yield from decided_by(case, yes if chosen else no, unit, listed)
        case t.Both(left, right) | t.Either(left, right):
            # One false part makes "and" false, whatever the other is; one true part makes "or" true.
            alone = isinstance(term, t.Either)
            deciding = [part for part in (left, right) if case.value(part, unit) is alone]
            # Of two that decide alone, the one that rests on the sheet itself is the plainer.
            deciding.sort(
                key=lambda part: any(isinstance(each.term, t.Decided) for each in decided_by(case, part, unit))
            )
            for part in deciding[:1] or (left, right):
                yield from decided_by(case, part, unit, listed)
        case t.At(units, position, inner):
            found = case.listed(units, unit)
            index = position - 1 if position > 0 else position
            if -len(found) <= index < len(found):
                yield from decided_by(case, inner, found[index], listed)
            else:
                yield from decided_by(case, units, unit, True)
        case t.Where(units, condition):
            yield from decided_by(case, units, unit, True)
            for outside in outer_terms(condition):
                yield from decided_by(case, outside, unit, True)
            condition = case.bound(condition, unit)
            for each in case.listed(units, unit):
                yield from decided_by(case, condition, each, True)
        case t.Each(units, inner):
            yield from decided_by(case, units, unit, True)
            for each in case.listed(units, unit):
                yield from decided_by(case, inner, each, True)
        case tuple():
            for each_part in term:
                yield from decided_by(case, each_part, unit, listed)
        case _:
            for inside in parts_of(term):
                yield from decided_by(case, inside, unit, listed)


def behind(case: Case, step: Step, listed: bool = False) -> tuple[Read, ...]:
    """What decided the result of a step: of a table, the columns and outputs of the rows that answered."""
    known = case.deciding.get((step.decision, step.unit, listed))
    if known is None:
        known = case.deciding[step.decision, step.unit, listed] = tuple(_behind(case, step, listed))
    return known


def _behind(case: Case, step: Step, listed: bool) -> Iterator[Read]:
    decision, unit = case.rulebook.by_name[step.decision], case.unit(step.unit)
    if isinstance(decision.body, Formula):
        yield from decided_by(case, decision.body.term, unit, listed)
        return
    for part in _of_table(decision.body, step):
        yield from decided_by(case, part, unit, listed)


def _of_table(table: Table, step: Step) -> Iterator[object]:
    if not step.rows:
        yield from (column.term for column in table.inputs)
    for number in step.rows:
        row = table.rows[number - 1]
        # Of a row that asks nothing it was decided by what the rows above it asked.
        asking = [row] if any(not check.anything for check in row.checks) else table.rows[: number - 1]
        for place, column in enumerate(table.inputs):
            checks = [each.checks[place] for each in asking if not each.checks[place].anything]
            if checks:
                yield column.term
                yield tuple(checks)
        yield row.outputs


def leaves(case: Case, read: Read, seen: set[tuple[str, str]]) -> Iterator[Read]:
    """The figures of the sheet that something read rests on, through all decisions between, each once.

    `seen` are the decisions that were gone through already; it grows.
    """
    if isinstance(read.term, t.Figure):
        yield read
        return
    step = case.step(*read.key)
    if step is None or read.key in seen:
        return
    seen.add(read.key)
    for each in behind(case, step, read.listed):
        yield from leaves(case, each, seen)
