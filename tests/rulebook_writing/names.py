"""The names that a drawn rulebook may use where it stands, and how its choices are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from hypothesis import strategies as st

from hyotei.rulebook.types import BooleanType, NumberType, ScaleType, Scope
from hyotei.rulebook.vocabulary import FIGURES, ancestry
from tests.rulebook_writing.words import DIMENSIONS, LIST_OF, POLICIES, TEXT, TRUTH, Draw, Item, Kind


@cache
def index_below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


@dataclass(slots=True)
class Known:
    """A name that expressions may use: how it is written, where it lives, and its type."""

    name: str
    scope: Scope
    kind: Kind


def figures() -> list[Known]:
    found = []
    for each in FIGURES:
        if isinstance(each.type, NumberType):
            kind: Kind = ("number", each.type.dimension)
        elif isinstance(each.type, ScaleType):
            kind = ("scale", each.type.name)
        else:
            kind = TRUTH if isinstance(each.type, BooleanType) else TEXT
        found.append(Known(each.name, each.scope, kind))
    return found


@dataclass(slots=True)
class Names:
    """What a rulebook in the making has names for. The first of several choices is the plainest, which shrinking seeks."""

    draw: Draw
    policies: Sequence[str] = POLICIES
    scales: dict[str, tuple[tuple[str, ...], bool]] = field(default_factory=dict)
    names: list[Known] = field(default_factory=list)
    parameters: dict[str, Kind] = field(default_factory=dict)
    decisions: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)

    # -- drawing

    def pick(self, options: Sequence[Item]) -> Item:
        return options[self.draw(index_below(len(options)))]

    def some(self, least: int, most: int) -> int:
        return least + self.draw(index_below(most - least + 1)) if most > least else least

    def chance(self, one_in: int) -> bool:
        return bool(self.draw(index_below(one_in)) == one_in - 1)

    # -- names

    def visible(self, scope: Scope, kind: Kind) -> list[str]:
        """Names of that type that may be written at the scope, as they are written there."""
        around = ancestry(scope)
        found = []
        for known in self.names:
            if known.kind != kind or known.scope not in around:
                continue
            # A path is looked up by its first name: `target.fiscal_year` is no figure of a year, which has a `target`.
            hidden = any(
                other.name in (known.name, known.name.partition(".")[0])
                and other.scope in around[: around.index(known.scope)]
                for other in self.names
            )
            found.append(f"{known.scope}.{known.name}" if hidden else known.name)
        return found + [name for name, of in self.parameters.items() if of == kind]

    def below(self, kind: Kind) -> list[tuple[str, Scope, str]]:
        """Lists with the names of that type that each of their units has."""
        return [
            (LIST_OF[each.scope], each.scope, each.name)
            for each in self.names
            if each.kind == kind and each.scope in LIST_OF
        ]

    def kinds(self) -> list[Kind]:
        numbers: list[Kind] = [("number", dimension) for dimension in DIMENSIONS]
        return [*numbers, TRUTH, *(("scale", name) for name in self.scales), TEXT]

    def expression(self, kind: Kind, scope: Scope, depth: int) -> str:
        """An expression of a type; cells may hold one, and are held by it."""
        raise NotImplementedError
