"""Terms with some of their parts replaced, and what a term means apart from the names of parameters."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from hyotei.base.exact import plain
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.term_parts import parts
from hyotei.rulebook.values import Unknown
from hyotei.sheet.figures import RECORDED_SCALES


def rewritten(term: Any, change: "Callable[[object], object | None]") -> Any:
    """The term with every part replaced for which `change` gives another one, outermost first."""
    found = change(term)
    if found is not None:
        return found
    if isinstance(term, tuple):
        return tuple(rewritten(each, change) for each in term)
    if is_dataclass(term) and not isinstance(term, (type, Unknown)):
        changed: dict[str, object] = {}
        for field in fields(term):
            value = getattr(term, field.name)
            if isinstance(value, tuple) or is_dataclass(value):
                other = rewritten(value, change)
                if other is not value and other != value:
                    changed[field.name] = other
        return replace(term, **changed) if changed else term
    return term


def settled(term: Any, rulebook: Rulebook, year: int) -> Any:
    """The term with every parameter replaced by its value in a year."""

    def change(part: object) -> object | None:
        return t.Constant(rulebook.parameters[part.name].at(year)) if isinstance(part, t.Parameter) else None

    return rewritten(term, change)


def meaning(term: Any, rulebook: Rulebook, year: int) -> str:
    """A text that is the same for terms of the same meaning, and as good as never for others: parameters count as their values.

    What a division gives depends on the rulebook's rounding, and what is recorded on its scales; so these are part of it.
    """
    found = settled(term, rulebook, year)
    told = [repr(rewritten(found, _plain))]
    for part in parts(found):
        match part:
            case t.Calculation("/", _, _) | t.Aggregate("mean", _):
                told.append(f"/{rulebook.digits}{rulebook.rounding}")
            case t.Figure(_, name) if name in RECORDED_SCALES:
                scale = rulebook.scales.get(RECORDED_SCALES[name])
                # Which of its values comes first does not matter to whether a record is one of them.
                told.append(f"{name}{sorted(scale.values) if scale else ''}")
    return "|".join(dict.fromkeys(told))


def _plain(part: object) -> object | None:
    """`0.50` is `0.5`, and the order of the values in a cell is none."""
    match part:
        case t.Constant(Decimal() as value):
            return t.Constant(Decimal(plain(value)))
        case t.OneOf(values):
            return t.OneOf(
                tuple(sorted({Decimal(plain(v)) if isinstance(v, Decimal) else v for v in values}, key=repr))
            )
        case _:
            return None


def parameters_of(term: Any) -> set[str]:
    """The parameters that a term mentions."""
    return {part.name for part in parts(term) if isinstance(part, t.Parameter)}
