"""When an argument about one unit that changes covers a whole sheet. docs/proof-arguments.md says why each is needed.

Each function stands for one side condition there, and raises `BeyondProof` where it does not hold. What reads what, and what
moves where something else does, is computed by `rulebook/dependence.py`.
"""

from collections.abc import Collection

from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.unit_counts import COUNTED, Census
from hyotei.rulebook import terms as t
from hyotei.rulebook.dependence import DependenceNode, reads
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope


def other_units_stay(rulebook: Rulebook, census: Census, moves: Collection[DependenceNode]) -> None:
    """(C1) No counted unit reads something that moves: of a unit above it, behind a figure of its own, or by picking from a list.

    So a unit changes only where something within it changes: the unit that the law changes, and those that it lies in.
    """
    for scope, classes in census.classes.items():
        for term in classes.terms:
            _reads_nothing_shared_that_moves(rulebook, term, scope, moves, ())


def output_is_read_whole(
    rulebook: Rulebook, output: t.Decided, moves: Collection[DependenceNode], given: Collection[DependenceNode]
) -> None:
    """(C2) What the output reads and the argument leaves free does not move, but for what is given on both sides."""
    _reads_nothing_shared_that_moves(rulebook, output, output.scope, moves, given)


def output_hangs_on_it(output: DependenceNode, moves: Collection[DependenceNode]) -> bool:
    """(C3) Whether the output can move at all; where it cannot, both sides have the same."""
    return output in moves


def _reads_nothing_shared_that_moves(
    rulebook: Rulebook, term: object, scope: Scope, moves: Collection[DependenceNode], given: Collection[DependenceNode]
) -> None:
    for node, way in reads(rulebook, term, scope, COUNTED):
        if node not in moves:
            continue
        if way == "picked":
            raise BeyondProof("position")
        if way == "behind" or (way == "above" and node not in given):
            raise BeyondProof("feedback")
