"""What a decision table answers, as formulas: which row under which circumstances, and where it has a gap or a conflict."""

from collections.abc import Callable, Sequence

from hyotei.lazy_dataclass import dataclass
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import conj, disj, neg
from hyotei.proof.guarded_values import GuardedValue, constant, guarded, most_lasting
from hyotei.proof.unit_lists import count, extreme, total
from hyotei.rulebook.hit_policies import priority
from hyotei.rulebook.model import Decision, Table
from hyotei.rulebook.values import Reason, Unknown


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """How a table comes out.

    `held` and `open` say for each row whether it holds, and whether it cannot be decided; `fired` whether its outputs are the
    answer or, for a collecting policy, part of it.
    """

    standings: tuple[GuardedValue, ...]
    held: tuple[Truth, ...]
    open: tuple[Truth, ...]
    fired: tuple[Truth, ...]
    gap: Truth
    conflict: Truth
    undecided: "dict[Reason, Truth]"

    @property
    def answered(self) -> Truth:
        return conj(neg(self.gap), neg(self.conflict), *(neg(each) for each in self.undecided.values()))


def table_answer(decision: Decision, table: Table, standings: Sequence[GuardedValue]) -> TableAnswer:
    """The answer of a table from whether each row holds, under its hit policy; the counterpart of `policies.choose`."""
    held = tuple(standing.true for standing in standings)
    still_open = tuple(standing.unknown for standing in standings)

    def answer(fired: Sequence[Truth], gap: Truth, conflict: Truth, undecided: "dict[Reason, Truth]") -> TableAnswer:
        return TableAnswer(tuple(standings), held, still_open, tuple(fired), gap, conflict, undecided)

    match table.policy:
        case "C":
            return answer(held, False, False, {})
        case "C+" | "C#" | "C<" | "C>":
            return answer(held, False, False, _undecided(standings, [True] * len(standings)))
        case "F":
            fired, counted = [], []
            pending: Truth = True
            for holds, unclear in zip(held, still_open, strict=True):
                fired.append(conj(pending, holds))
                counted.append(pending)
                pending = conj(pending, neg(disj(holds, unclear)))
            return answer(fired, pending, False, _undecided(standings, counted))
        case "P":
            return _by_priority(decision, table, standings, answer)
        case _:
            # Rows that clash for sure clash whatever an open row turns out to be.
            conflict = _clash(table, held)
            undecided = _undecided(standings, [neg(conflict)] * len(standings))
            settled = neg(disj(*still_open))
            gap = conj(settled, *(neg(each) for each in held))
            return answer([conj(settled, neg(conflict), each) for each in held], gap, conflict, undecided)


def _undecided(standings: Sequence[GuardedValue], counted: Sequence[Truth]) -> "dict[Reason, Truth]":
    """For each reason whether it is the most lasting one of the undecided rows that count."""
    return most_lasting(zip(counted, standings, strict=True))


def _clash(table: Table, held: Sequence[Truth]) -> Truth:
    """Whether two rows hold that exclude each other: any two under U, two with different outputs under A."""
    groups: dict[object, list[Truth]] = {}
    for row, holds in zip(table.rows, held, strict=True):
        groups.setdefault(row.outputs if table.policy == "A" else row.number, []).append(holds)
    some: Truth = False
    two: Truth = False
    for members in groups.values():
        here = disj(*members)
        two = disj(two, conj(some, here))
        some = disj(some, here)
    return two


def _by_priority(
    decision: Decision, table: Table, standings: Sequence[GuardedValue], answer: "Callable[..., TableAnswer]"
) -> TableAnswer:
    ranks = [priority(decision, table, row.number) for row in table.rows]
    order = sorted(range(len(ranks)), key=lambda at: (ranks[at], at))
    counted: list[Truth] = [True] * len(ranks)
    better: Truth = False
    here: Truth = False
    first: list[Truth] = [False] * len(ranks)
    for place, at in enumerate(order):
        if place and ranks[order[place - 1]] != ranks[at]:
            better, here = disj(better, here), False
        first[at] = conj(standings[at].true, neg(better), neg(here))
        here = disj(here, standings[at].true)
    for at, rank in enumerate(ranks):
        # An undecided row counts where it would be better than the best that holds.
        counted[at] = neg(disj(*(standings[one].true for one, other in enumerate(ranks) if other <= rank)))
    undecided = _undecided(standings, counted)
    settled = neg(disj(*undecided.values()))
    gap = conj(settled, *(neg(standing.true) for standing in standings))
    return answer([conj(settled, each) for each in first], gap, False, undecided)


def table_output(table: Table, answer: TableAnswer, outputs: Sequence[GuardedValue]) -> GuardedValue:
    """One output of a table, from what each row says of it."""
    settled = neg(disj(*answer.undecided.values()))
    unknown = [(guard, Unknown(reason)) for reason, guard in answer.undecided.items()]
    match table.policy:
        case "C#":
            collected = count(answer.held)
        case "C+":
            collected = total(list(zip(answer.held, outputs, strict=True)))
        case "C<" | "C>":
            collected = extreme(list(zip(answer.held, outputs, strict=True)), greatest=table.policy == "C>")
        case "C":
            return constant(Unknown("undefined"))
        case _:
            return guarded(
                (
                    *(
                        (conj(fired, guard), leaf)
                        for fired, output in zip(answer.fired, outputs, strict=True)
                        for guard, leaf in output.cases
                    ),
                    *unknown,
                    (answer.gap, Unknown("undefined")),
                    (answer.conflict, Unknown("undefined")),
                )
            )
    return guarded((*((conj(settled, guard), leaf) for guard, leaf in collected.cases), *unknown))
