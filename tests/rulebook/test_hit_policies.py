"""Each hit policy against its sentence in docs/rulebook.md, for every way in which three rows can stand."""

from collections.abc import Callable
from itertools import pairwise, product

import pytest

from hyotei.rulebook.hit_policies import Answer, answer
from hyotei.rulebook.model import Decision, HitPolicy, Table
from hyotei.rulebook.values import REASONS, Scalar, Unknown, lasting
from tests.rulebook.small import rulebook, table

LATER, LASTING = Unknown("unsettled"), Unknown("undefined")
STANDINGS: tuple[tuple[Scalar, ...], ...] = tuple(product((True, False, LATER, LASTING), repeat=3))

Rows = list[int]
Sentence = Callable[[Rows, Rows, Callable[[Rows], Answer]], Answer]
"""What the documentation says, from the rows that hold and the undecided ones; the last argument makes `undecided`."""

FIRED, GAP, CONFLICT = "fired", Answer("gap", ()), "conflict"


def fired(rows: Rows) -> Answer:
    return Answer("fired", tuple(rows))


def single(held: Rows, undecided: Rows, wait: Callable[[Rows], Answer]) -> Answer:
    """Exactly one row must hold; several clash whatever an undecided row is."""
    if len(held) > 1:
        return Answer("conflict", tuple(held))
    return wait(undecided) if undecided else fired(held) if held else GAP


def same(held: Rows, undecided: Rows, wait: Callable[[Rows], Answer]) -> Answer:
    """Rows 1 and 3 say B, row 2 says A: several may hold if they say the same, and clash if not, whatever is undecided."""
    if len({row == 2 for row in held}) > 1:
        return Answer("conflict", tuple(held))
    return wait(undecided) if undecided else fired(held) if held else GAP


def first(held: Rows, undecided: Rows, wait: Callable[[Rows], Answer]) -> Answer:
    """The first row that is not surely false decides."""
    open_or_held = sorted(held + undecided)
    if not open_or_held:
        return GAP
    return fired(open_or_held[:1]) if open_or_held[0] in held else wait(open_or_held[:1])


def best(held: Rows, undecided: Rows, wait: Callable[[Rows], Answer]) -> Answer:
    """Row 2 says A, rows 1 and 3 say B: the best that holds, unless an undecided row would be better."""
    by_rank = sorted(held, key=lambda row: (row != 2, row))
    better = [row for row in undecided if not held or (row == 2 and 2 not in held)]
    if better:
        return wait(better)
    return fired(by_rank[:1]) if held else GAP


def findings(held: Rows, undecided: Rows, wait: Callable[[Rows], Answer]) -> Answer:
    """Every row that surely holds."""
    return fired(held)


def number(held: Rows, undecided: Rows, wait: Callable[[Rows], Answer]) -> Answer:
    """All rows that hold, if none is undecided."""
    return wait(undecided) if undecided else fired(held)


SENTENCES: dict[HitPolicy, Sentence] = {
    "U": single, "A": same, "F": first, "P": best, "C": findings, "C+": number, "C#": number, "C<": number, "C>": number,
}  # fmt: skip


def decision(policy: HitPolicy) -> tuple[Decision, Table]:
    """A table of three rows that say B, A, B, or numbers, or findings."""
    values = ("B", "A", "B") if policy in ("U", "A", "F", "P") else ("1", "2", "1")
    name = {"C": "finding"}.get(policy, "rating" if values[0] == "B" else "x")
    values = ("f-1", "f-2", "f-1") if policy == "C" else values
    rows = "\n".join(f"| {row} | {row} | {value} |" for row, value in enumerate(values, 1))
    found = rulebook(table(f"| {policy} | `count(measures)` | **{name}** |\n{rows}")).by_name["x"]
    assert isinstance(found.body, Table)
    return found, found.body


@pytest.mark.parametrize("policy", SENTENCES)
def test_policy_is_its_sentence(policy: HitPolicy) -> None:
    """For all 64 ways in which three rows can be true, false or unknown, the policy does what its sentence says."""
    of, rows = decision(policy)
    for standings in STANDINGS:
        held = [row for row, standing in enumerate(standings, 1) if standing is True]
        undecided = [row for row, standing in enumerate(standings, 1) if isinstance(standing, Unknown)]

        def wait(among: Rows, standings: tuple[Scalar, ...] = standings) -> Answer:
            reasons = [each for row in among if isinstance(each := standings[row - 1], Unknown)]
            return Answer("undecided", tuple(among), lasting(*reasons))

        assert answer(of, rows, standings) == SENTENCES[policy](held, undecided, wait), standings


def test_most_lasting_reason_is_told() -> None:
    """Where several rows are undecided, the reason is the one that waiting mends least."""
    of, rows = decision("U")
    assert answer(of, rows, (LATER, LASTING, False)).unknown == LASTING
    assert answer(of, rows, (LASTING, LATER, False)).unknown == LASTING
    for low, high in pairwise(REASONS):
        assert lasting(Unknown(low), Unknown(high)) == lasting(Unknown(high), Unknown(low)) == Unknown(high)


def test_unknown_is_the_worst_output() -> None:
    """Under P a row that says unknown comes after every row that says a value."""
    rows = "| P | `count(measures)` | **rating** |\n| 1 | - | unknown |\n| 2 | - | C |\n| 3 | - | B |"
    of = rulebook(table(rows)).by_name["x"]
    assert isinstance(of.body, Table)
    assert answer(of, of.body, (True, True, False)).rows == (2,)
    assert answer(of, of.body, (True, False, False)).rows == (1,)
    assert answer(of, of.body, (True, True, LATER)) == Answer("undecided", (3,), LATER)
