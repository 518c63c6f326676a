"""Hit policies: which of a table's rows answer, once it is known which rows hold.

This is the one part that the interpreters share with the reference: the engine finds the rows that hold or may hold, the
policy chooses among them. Each policy is proved against its sentence in docs/rulebook.md by tests/rulebook/test_hit_policies.py.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hyotei.rulebook.derivation import Outcome
from hyotei.rulebook.model import Decision, Table
from hyotei.rulebook.terms import Constant
from hyotei.rulebook.types import ScaleType
from hyotei.rulebook.values import Scalar, Unknown, lasting

_UNDEFINED = Unknown("undefined")


class Answer(NamedTuple):
    """How a table came out: `rows` that answered, clash or stand undecided; `unknown` where there is no answer."""

    outcome: Outcome
    rows: tuple[int, ...]
    unknown: Unknown = _UNDEFINED


def answer(decision: Decision, table: Table, standings: Sequence[Scalar]) -> Answer:
    """The rows that answer under the table's hit policy, from whether each row holds (true, false or unknown)."""
    held = tuple(row.number for row, standing in zip(table.rows, standings, strict=True) if standing is True)
    undecided = {
        row.number: standing
        for row, standing in zip(table.rows, standings, strict=True)
        if isinstance(standing, Unknown)
    }
    return choose(decision, table, held, undecided)


def choose(decision: Decision, table: Table, held: tuple[int, ...], undecided: Mapping[int, Unknown]) -> Answer:
    """The same from the rows that hold and those that cannot be decided, both in ascending order."""
    match table.policy:
        case "C":
            return Answer("fired", held)
        case "C+" | "C#" | "C<" | "C>":
            return _undecided(undecided, list(undecided)) if undecided else Answer("fired", held)
        case "F":
            before = [row for row in undecided if not held or row < held[0]]
            if before:
                return _undecided(undecided, before[:1])
            return Answer("fired", held[:1]) if held else Answer("gap", ())
        case "P":
            best = min(held, key=lambda row: (priority(decision, table, row), row), default=None)
            better = [
                row
                for row in undecided
                if best is None or priority(decision, table, row) < priority(decision, table, best)
            ]
            if better:
                return _undecided(undecided, better)
            return Answer("gap", ()) if best is None else Answer("fired", (best,))
        case _:
            # Rows that clash for sure clash whatever an open row turns out to be.
            answers = {table.rows[row - 1].outputs if table.policy == "A" else row for row in held}
            if len(answers) > 1:
                return Answer("conflict", held)
            if undecided:
                return _undecided(undecided, list(undecided))
            return Answer("fired", held) if held else Answer("gap", ())


def _undecided(undecided: Mapping[int, Unknown], rows: list[int]) -> Answer:
    return Answer("undecided", tuple(rows), lasting(*(undecided[row] for row in rows)))


def priority(decision: Decision, table: Table, row: int) -> tuple[int, ...]:
    """The rank of a row's outputs under P: the scale's order, output by output, the best value first."""
    ranks = []
    for output, term in zip(decision.outputs, table.rows[row - 1].outputs, strict=True):
        if isinstance(output.type, ScaleType) and isinstance(term, Constant) and term.value in output.type.values:
            ranks.append(output.type.values.index(str(term.value)))
        else:
            ranks.append(len(output.type.values) if isinstance(output.type, ScaleType) else 0)
    return tuple(ranks)
