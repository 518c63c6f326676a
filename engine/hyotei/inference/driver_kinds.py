"""What the driver is told: kinds of facts and their rules, checked as a whole before anything is registered."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError

Test = tuple[str, Literal["==", ">=", "<="], int]
"""`(property, operator, constant)`: true when the property of the fact stands in that relation to the constant."""

MAX_INTEGER = 2**53
"""Greatest absolute value of a constant, and of a value of a fact: what every interpreter represents exactly."""
MAX_PROPERTIES = 200
"""Greatest number of properties of a kind: the module refuses 254 (error 302)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A conjunction of tests. `row` is what is handed back on a hit; several rules may carry the same row."""

    row: int
    conditions: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of facts and the rules that read them. Every fact has a value for each of `properties`, in that order."""

    name: str
    properties: tuple[str, ...]
    rules: tuple[Rule, ...]


@cache
def property_name(position: int) -> str:
    """The name inside the module of the property at `position`: names of analysts never reach the C code."""
    return f"p{position}"


def fnv32(name: str) -> int:
    """The hash by which the module knows a property (FNV-1a, 32 bits): two names with one hash are one property."""
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


@cache
def names_are_distinct() -> bool:
    """Whether no name that the driver gives to the module shares its hash with another or with a reserved one."""
    names = ["id", "sid", "$s", "k", "m", *map(property_name, range(MAX_PROPERTIES))]
    return len({fnv32(name) for name in names}) == len(names)


def checked(kinds: Sequence[FactKind]) -> None:
    """Raises HyoteiError with every problem of the definitions (HY620 to HY627) before anything is registered."""
    found = list(_problems(kinds))
    if found:
        raise HyoteiError(*found)


def _problems(kinds: Sequence[FactKind]) -> Iterator[Diagnostic]:
    if not names_are_distinct():
        yield Diagnostic("HY627")
    names: set[str] = set()
    for kind in kinds:
        if kind.name in names:
            yield Diagnostic("HY620", params={"kind": kind.name})
        names.add(kind.name)
        properties = set(kind.properties)
        if len(properties) < len(kind.properties):
            yield Diagnostic("HY621", params={"kind": kind.name})
        if len(kind.properties) > MAX_PROPERTIES:
            count, limit = str(len(kind.properties)), str(MAX_PROPERTIES)
            yield Diagnostic("HY622", params={"kind": kind.name, "count": count, "limit": limit})
        for rule in kind.rules:
            place = {"kind": kind.name, "row": str(rule.row)}
            if type(rule.row) is not int:
                yield Diagnostic("HY626", params={"kind": kind.name, "row": repr(rule.row)})
            for name, operator, constant in rule.conditions:
                if name not in properties:
                    yield Diagnostic("HY623", params={**place, "property": name})
                if operator not in ("==", ">=", "<="):
                    yield Diagnostic("HY624", params={**place, "operator": repr(operator)})
                if not is_exact(constant):
                    yield Diagnostic("HY625", params={**place, "property": name, "value": shown(constant)})


def is_exact(value: object) -> bool:
    """Whether a value may enter the module: an `int` itself (no bool, float, Decimal, str or None) within 53 bits."""
    return type(value) is int and -MAX_INTEGER <= value <= MAX_INTEGER


def shown(value: object) -> str:
    """A refused value in a message: short, whatever it is."""
    if type(value) is int and value.bit_length() > 200:
        return f"int ({value.bit_length()} bits)"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
