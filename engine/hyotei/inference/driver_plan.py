"""What the driver registers: rows of any number, cut so that no limit of the C module can ever be reached.

The module hangs, crashes or refuses at certain sizes. The rules of a kind are therefore laid out in chunks; each chunk
is a kind of its own inside the module, and a fact is asserted once for each chunk. Chunks are packed into handles in
the order of the kinds, so that handles driven one after the other keep the strata in order.
"""

import json
from collections.abc import Sequence
from dataclasses import field

from hyotei.inference.driver_kinds import FactKind, Rule, property_name
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError


@dataclass(frozen=True, slots=True)
class Limits:
    """How large chunks and handles may grow, safely below what the module survives. Tests make them smaller."""

    open: int = 48  # conditions pending for one fact; the module refuses the 65th (error 303)
    siblings: int = 400  # different conditions under one node; the module loops for ever at 512
    rules: int = 3000  # in one handle, catch-alls included; the module refuses the 4097th (error 106)
    chunks: int = 400  # in one handle; they are siblings, too
    conditions: int = 600_000  # in all handles; the module takes about 2 KB for each


# One test in canonical form: (0, property, constant) is ==, (1, ...) is >=, (2, ...) is <=. Properties by position.
_Step = tuple[int, int, int]
_Pattern = tuple[_Step, ...]


@dataclass(slots=True)
class Chunk:
    """Rules of one kind that the module can take as one kind of its own.

    `patterns` never hold an empty one: rows without any condition are in `always`, hit by the catch-all rule.
    """

    number: int
    patterns: list[tuple[_Pattern, tuple[int, ...]]] = field(default_factory=list)
    always: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many rules it has, and how often at most one fact can fire in it."""
        return len(self.patterns) + 1


def pattern(rule: Rule, positions: dict[str, int]) -> _Pattern | None:
    """The tests of a rule in canonical form: an interval for each property, equalities first; None if never true."""
    lower: dict[int, int] = {}
    upper: dict[int, int] = {}
    for name, operator, constant in rule.conditions:
        position = positions[name]
        if operator != "<=":
            lower[position] = max(constant, lower.get(position, constant))
        if operator != ">=":
            upper[position] = min(constant, upper.get(position, constant))
    steps: list[_Step] = []
    for position in lower.keys() | upper.keys():
        low, high = lower.get(position), upper.get(position)
        if low is not None and high is not None and low >= high:
            if low > high:
                return None
            steps.append((0, position, low))
            continue
        if low is not None:
            steps.append((1, position, low))
        if high is not None:
            steps.append((2, position, high))
    return tuple(sorted(steps))


class _Node:
    """A node of the tree of conditions, as the module will build it from the patterns of a chunk."""

    __slots__ = ("below", "children", "compared", "ranges")

    def __init__(self) -> None:
        self.children: dict[_Step, _Node] = {}
        self.compared: set[int] = set()  # properties that children test for equality: only one value each can hold
        self.ranges = 0  # children that test a bound: all of them can hold at once
        self.below = 0  # greatest number of conditions pending under one child

    @property
    def open(self) -> int:
        """Most conditions that one fact can leave pending from here on: the module's stack must hold them."""
        here = self.ranges + len(self.compared)
        return max(here, here - 1 + self.below)

    def insert(self, steps: _Pattern, limits: Limits) -> bool:
        """Adds a pattern; False if a limit is then exceeded, and the tree is of no more use."""
        path = [self]
        for step in steps:
            node = path[-1]
            child = node.children.get(step)
            if child is None:
                child = node.children[step] = _Node()
                if step[0] == 0:
                    node.compared.add(step[1])
                else:
                    node.ranges += 1
            path.append(child)
        for parent, child in zip(path[-2::-1], path[:0:-1], strict=True):
            parent.below = max(parent.below, child.open)
        return self.open <= limits.open and all(len(node.children) <= limits.siblings for node in path)


def chunks(kind: FactKind, first_number: int, limits: Limits) -> list[Chunk]:
    """The chunks of a kind, at least one; the rows without a condition are in the last.

    Rules with the same tests become one rule with several rows, so no pattern is shared in the module. Rules are laid
    out in the order of their tests, which keeps shared conditions together and does not depend on the order of rows.
    """
    positions = {name: position for position, name in enumerate(kind.properties)}
    rows: dict[_Pattern, list[int]] = {}
    for rule in kind.rules:
        steps = pattern(rule, positions)
        if steps is not None:
            rows.setdefault(steps, []).append(rule.row)
    always = tuple(rows.pop((), ()))
    result = [Chunk(first_number)]
    tree = _Node()
    for steps in sorted(rows):
        if result[-1].size >= limits.rules or not tree.insert(steps, limits):
            result.append(Chunk(first_number + len(result)))
            tree = _Node()
            tree.insert(steps, limits)
        result[-1].patterns.append((steps, tuple(rows[steps])))
    result[-1].always = always
    return result


def packed(all_chunks: Sequence[Chunk], limits: Limits) -> list[list[Chunk]]:
    """The chunks of all kinds in their order, cut into handles.

    Raises:
        HyoteiError: HY628 if the module would take too much memory for them.
    """
    conditions = sum(len(steps) for chunk in all_chunks for steps, _ in chunk.patterns)
    if conditions > limits.conditions:
        count, limit = str(conditions), str(limits.conditions)
        raise HyoteiError(Diagnostic("HY628", params={"count": count, "limit": limit}))
    handles: list[list[Chunk]] = []
    rules = 0
    for chunk in all_chunks:
        if not handles or rules + chunk.size > limits.rules or len(handles[-1]) >= limits.chunks:
            handles.append([])
            rules = 0
        handles[-1].append(chunk)
        rules += chunk.size
    return handles


Actions = dict[str, tuple[tuple[int, ...], bool]]
"""By the name of a rule in the module: the rows it hits, and whether it is the catch-all that ends its chunk."""


def ruleset(handle: Sequence[Chunk]) -> tuple[str, Actions]:
    """The JSON text of one handle and what its rules mean. Rule names are numbers of five digits."""
    rules: dict[str, object] = {}
    actions: Actions = {}
    for chunk in handle:
        for steps, rows in [*chunk.patterns, ((), chunk.always)]:
            name = f"{len(rules):05}"
            tests: list[object] = [{"k": chunk.number}, *map(_test, steps)]
            rules[name] = {"all": [{"m": {"$and": tests}}]}
            actions[name] = (rows, not steps)
    return json.dumps(rules, separators=(",", ":")), actions


def _test(step: _Step) -> dict[str, object]:
    operator, position, constant = step
    name = property_name(position)
    return {name: constant} if operator == 0 else {"$gte" if operator == 1 else "$lte": {name: constant}}
