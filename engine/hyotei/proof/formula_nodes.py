"""What formulas are made of: truths, and exact linear expressions over free truths and numbers."""

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from typing import Literal, TypeAlias

from hyotei.base.exact import Division
from hyotei.lazy_dataclass import dataclass

Comparator = Literal[">=", ">", "="]
Assignment = Mapping["Switch | Variable", "bool | Fraction"]
"""Values of the unknowns of a formula."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Switch:
    """A truth that is free."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A number that is free; `whole` ones are integers."""

    name: str
    whole: bool = False

    @property
    def size(self) -> "tuple[int, int]":
        return 1, 0


class _Node:
    """A truth made of others; equal ones are one object, so they are compared by identity."""

    __slots__ = ("__weakref__", "parts")

    def __init__(self, parts: tuple["Truth", ...]) -> None:
        self.parts = parts


class And(_Node):
    """All parts are true."""

    __slots__ = ()


class Or(_Node):
    """One part is true."""

    __slots__ = ()


class Not(_Node):
    """The one part is false."""

    __slots__ = ()


class Compare:
    """`number >= 0`, `number > 0` or `number = 0`."""

    __slots__ = ("__weakref__", "comparator", "number")

    def __init__(self, comparator: Comparator, number: "Linear") -> None:
        self.comparator, self.number = comparator, number


Truth: TypeAlias = bool | Switch | And | Or | Not | Compare


@dataclass(frozen=True, slots=True)
class Product:
    """`left * right`, neither of them constant."""

    left: "Linear"
    right: "Linear"
    size: "tuple[int, int]" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        (a, b), (c, d) = degrees(self.left), degrees(self.right)
        object.__setattr__(self, "size", (a + c, b + d))


@dataclass(frozen=True, slots=True)
class Quotient:
    """`above / below`, exact or brought to `digits` decimals. Where `below` is zero it means nothing; a guard stands before it."""

    above: "Linear"
    below: "Linear"
    digits: int
    rounding: Division
    size: "tuple[int, int]" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        (a, b), (c, d) = degrees(self.above), degrees(self.below)
        found = (a + d, b + c) if self.rounding == "exact" else (a + b + c + d, 0)
        object.__setattr__(self, "size", found)


@dataclass(frozen=True, eq=False, slots=True)
class Select:
    """The number beside the first guard that is true; one of them always is."""

    options: tuple[tuple[Truth, "Linear"], ...]
    size: "tuple[int, int]" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        sizes = [degrees(option) for _, option in self.options]
        object.__setattr__(self, "size", (max(above for above, _ in sizes), max(below for _, below in sizes)))


Term: TypeAlias = Variable | Product | Quotient | Select


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of multiples of terms, and a constant."""

    terms: tuple[tuple[Term, Fraction], ...]
    constant: Fraction

    @property
    def value(self) -> Fraction | None:
        """The number, where it is one."""
        return None if self.terms else self.constant


def degrees(of: Linear) -> tuple[int, int]:
    """The degrees of numerator and denominator: terms with denominators of their own are brought to one."""
    below = sum(inner.size[1] for inner, _ in of.terms)
    return max((inner.size[0] + below - inner.size[1] for inner, _ in of.terms), default=0), below
