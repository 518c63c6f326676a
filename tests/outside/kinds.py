"""What an expression is before any value is known: number, truth, text, or the name of a scale; and of what a list is."""

from typing import Protocol

from tests.outside.document import Rulebook
from tests.outside.expressions import Node
from tests.outside.figures import AROUND, KINDS, LISTS, Unit
from tests.outside.functions import SCALE_FUNCTIONS
from tests.outside.numerals import fold
from tests.outside.unknown import Value

LATEST, PREVIOUS = ("latest", "直近"), ("previous", "前の年")
"""What years of a measure are called: the last one whose actual is known, and the one before a year."""


class Decided(Protocol):
    """What expressions ask of the decisions."""

    rulebook: Rulebook

    def output(self, decision: str, output: str | None, unit: Unit) -> Value: ...

    def output_kind(self, decision: str, output: str | None) -> str: ...


class Kinds:
    """Kinds of the expressions of one rulebook; "" where only the other side of a comparison tells."""

    def __init__(self, decided: Decided) -> None:
        self.decided, self.rulebook = decided, decided.rulebook
        self.outside: list[Unit] = []
        """The units at which the filters stand whose conditions are being read, the innermost last."""

    def kind(self, node: Node, scope: str) -> str:
        match node:
            case ("value", bool()) | ("and" | "or" | "between" | "in" | "=" | "!=" | "<" | "<=" | ">" | ">=", *_):
                return "truth"
            case ("value", str()):
                return "text"
            case ("unknown", _):
                return ""
            case ("word", word):
                return self.scale_with(word)
            case ("if", _, yes, no):
                return self.kind(yes, scope) or self.kind(no, scope)
            case ("name", ("this" | "自身", *parts)):
                return self.named_kind(self.outside[-1].scope, tuple(parts))
            case ("name", parts):
                return self.named_kind(scope, parts)
            case ("of", inner, parts):
                return self.named_kind(self.listed(inner, scope), parts)
            case ("call", "all" | "any" | "not" | "contains" | "starts with", _):
                return "truth"
            case ("call", function, nodes) if function in SCALE_FUNCTIONS:
                kinds = [self.kind(node, scope) for node in nodes]
                return next((kind for kind in kinds if kind in self.rulebook.scales), "")
        return "number"

    def named_kind(self, scope: str | None, parts: tuple[str, ...]) -> str:
        while scope:
            if ".".join(parts) in KINDS[scope]:
                return self.figure_kind(scope, ".".join(parts))
            if fact := self.rulebook.fact(scope, ".".join(parts)):
                return fact.kind
            decision = self.rulebook.decisions.get(parts[0])
            if decision and decision.scope == scope:
                return self.decided.output_kind(parts[0], parts[1] if len(parts) > 1 else None)
            if parts[0] == scope:
                return self.named_kind(scope, parts[1:])
            scope = AROUND.get(scope)
        if parts[0] in LISTS:
            return self.named_kind(LISTS[parts[0]], parts[1:]) if len(parts) > 1 else "units"
        if parts[0] in KINDS:
            return self.named_kind(parts[0], parts[1:])
        if parts[0] in self.rulebook.parameters:
            value = self.rulebook.parameters[parts[0]][0][2]
            return "truth" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"
        if parts[0] in (*LATEST, *PREVIOUS):
            return self.named_kind("year", parts[1:])
        return self.scale_with(parts[0])

    def listed(self, node: Node, scope: str) -> str:
        """Of which scope the units of a list are."""
        match node:
            case ("at" | "where", inner, _):
                return self.listed(inner, scope)
            case ("of", _, parts) | ("name", parts):
                name = str(parts[-1])
                return LISTS.get(name, name)
        raise AssertionError(node)

    def figure_kind(self, scope: str, name: str) -> str:
        recorded = name.removeprefix("recorded.")
        return recorded if recorded != name and recorded in self.rulebook.scales else KINDS[scope][name]

    def scale_with(self, word: str) -> str:
        """The one scale that has such a value, before scales that have it in Japanese; "" where several have it."""
        own = [name for name, (values, _) in self.rulebook.scales.items() if word in map(fold, values)]
        found = own or [name for name in self.rulebook.scales if word in self.rulebook.spellings(name)]
        return found[0] if len(found) == 1 else ""

    def list_of(self, node: Node, scope: str) -> str | None:
        """Of which scope the units are that a list goes over; None where it is no list."""
        match node:
            case ("where", inner, _):
                return self.list_of(inner, scope)
            case ("of", inner, parts):
                below = next((LISTS[part] for part in reversed(parts) if part in LISTS), None)
                return below or self.list_of(inner, scope)
            case ("name", parts):
                return next((LISTS[part] for part in reversed(parts) if part in LISTS), None)
            case ("call", "as ratio", (inner,)):
                return self.list_of(inner, scope)
            case ("+" | "-" | "*" | "/" | "**", left, right):
                return self.list_of(left, scope) or self.list_of(right, scope)
            case ("=" | "!=" | "<" | "<=" | ">" | ">=", left, right):
                return self.list_of(left, scope) or self.list_of(right, scope)
        return None
