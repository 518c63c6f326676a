"""Facts that a rulebook declares, drawn for its sheets: mostly a value of their kind, sometimes unknown or of another kind."""

from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.drawing.choices import Choices
from hyotei.drawing.value_pools import Pool
from hyotei.rulebook.types import ScaleType, Scope
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet import Fact
from hyotei.sheet.facts import figure_in
from hyotei.sheet.numerals import fits

_OF_ANOTHER_KIND: Final = ("外の値", "50%", "3", "1,000円", "はい")


def drawn_facts(choices: Choices, pool: Pool, scope: Scope, *, unknown: bool) -> tuple[Fact, ...]:
    """The facts of one unit.

    Args:
        choices: what draws.
        pool: the values that figures are drawn from, with the facts.
        scope: what the unit is.
        unknown: whether some may be unknown, absent or of another kind.
    """
    found = []
    for declared in pool.facts:
        if declared.scope != scope:
            continue
        if unknown and choices.chance(6):
            if choices.chance(3):
                text = choices.pick(_OF_ANOTHER_KIND)
                found.append(Fact(name=declared.name, text=text, figure=figure_in(text)))
                continue
            stated = declared.stated(Unknown(choices.pick(REASONS)))
        else:
            stated = declared.stated(_value(choices, pool, declared))
        if stated is not None:
            found.append(stated)
    return tuple(found)


def _value(choices: Choices, pool: Pool, declared: DeclaredFact) -> Scalar:
    if isinstance(declared.type, ScaleType):
        named: str = choices.pick(declared.type.values)
        return named
    match declared.kind:
        case "boolean":
            return choices.chance(2)
        case "text":
            text: str = choices.pick(pool.texts)
            return text
        case "year":
            return Decimal(choices.pick(pool.fiscal_years))
    value: Decimal = choices.pick(pool.amounts if declared.kind == "money" else pool.values)
    if declared.kind == "count":
        return abs(exact.round_to(value, 0, "floor"))
    return value if fits(value) else Decimal(1)
