"""What each law says of sheets that one can hold in hand: the one executable meaning, for tests and for replays of proofs.

A law speaks of every sheet whose fiscal year the rulebook is in force for, whatever its figures. Some laws speak of one sheet
at a time, some of two that differ in one thing, one of all sheets together:

- `every decision answers`: no step of the sheet is a gap. An undecided step, where an unknown stands before the answer, is none.
- `no two rows contradict`: no step of the sheet is a conflict.
- `if CONDITION then CONDITION`: where the first is true of the sheet, the second is true. A second one that comes out unknown does
  not hold; a first one that does is not true, and then the law asks nothing.
- `OUTPUT never falls as INPUT rises` (falls and rises in any combination): two sides that differ only in INPUT. Where INPUT is a
  decision (or a figure that is neither quantity nor stated year), its value is *given* at one or more units, on either side,
  and all that is not derived from it stays as it is; so a law about a share says nothing of the measures that would have to
  change for it. No value is given that no sheet brings about, such as a count of measures below zero.
  Where INPUT is a quantity of the sheet, or a fiscal year that it states, the sheet itself has another value there, and all
  that follows from it moves too: the direction, the years missed, the parameters of the evaluated year, for which the rulebook
  must be in force. INPUT is known wherever it differs, and rises wherever it differs; the OUTPUT, at each unit where it is
  known on both sides, does not fall. Of a scale, better is higher.
- `unknown never beats known`: two sheets, the second being the first with one or more known quantities made unknown, each for
  any reason. No result (`rating`, `budget`) known on both sides is better on the second: leaving a figure out never helps.
- `one more VALUE measure never lowers the OUTPUT`: two sheets, the second having one unit more (a measure, or another scope) for
  which every decision and figure of that scope whose scale has VALUE gives VALUE. At every unit that both have, and where
  OUTPUT is known on both, the second is not worse.
- `every OUTPUT is reachable`: each value of the scale comes out of OUTPUT for some sheet. Sheets can show that a value is reachable
  and never that it is not: `values_reached` collects what they show, and a value not seen is no breach.

An unknown OUTPUT is neither better nor worse than any other: what may come of unknowns is said by the law about unknowns.
This module runs no engine; who asks passes the interpreter. Nothing here chooses sheets.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from decimal import Decimal
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.changed_sheets import QUANTITIES, models, with_figures, without
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.law_places import Place, domain_of, place, places_with_value
from hyotei.rulebook.model import RESULTS, Law, Rulebook
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.types import NumberType, ScaleType, Scope, Type
from hyotei.rulebook.unit_tree import Supposed, Unit, unit_tree
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

Interpreter = Callable[[Rulebook, Sheet, Supposed], Derivation]
"""`hyotei.inference.engine.derive`, `hyotei.rulebook.reference.evaluate`, or any other."""

PAIRS: Final = ("monotone", "unknown_never_beats", "one_more")
"""The kinds of law that speak of two sides."""


@dataclass(frozen=True, slots=True)
class LawSide:
    """One sheet, with the values of decisions that are taken as given instead of being derived."""

    sheet: Sheet
    given: Supposed = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Breach:
    """A law that does not hold, and of what.

    `sides` and `derivations` go together, one or two. `at` are the steps to look at: of one sheet all gaps or clashes, of two sides
    the output that fell on each. `values` are the output's on each side; of `if ... then`, what the second condition came to.
    """

    law: Law
    sides: tuple[LawSide, ...]
    derivations: tuple[Derivation, ...]
    at: tuple[tuple[str, str], ...]
    values: tuple[Scalar, ...] = ()


class NotThePairError(ValueError):
    """Two sides that do not differ as the law says; what is compared then means nothing."""


def can_be_tested(law: Law, rulebook: Rulebook) -> bool:
    """Whether sheets can say anything about the law: not about how a parameter moves, nor about results that there are none of."""
    match law.kind:
        case "monotone":
            moved = place(law.input, rulebook)
            return place(law.output, rulebook) is not None and moved is not None and moved.output == 0
        case "unknown_never_beats":
            return any(name in rulebook.by_name for name in RESULTS)
        case "one_more":
            return place(law.output, rulebook) is not None and bool(places_with_value(law, rulebook))
        case "reachable":
            return place(law.output, rulebook) is not None
        case _:
            return True


def breach(law: Law, rulebook: Rulebook, sides: tuple[LawSide, ...], derive: Interpreter) -> Breach | None:
    """How the law is broken by one sheet or by a pair; None where it holds of them.

    The sides of a pair stand in the order of the law: INPUT moves from the first to the second as the law says, the second is
    the one with more unknown, or with one unit more.

    Raises:
        NotThePairError: the sides do not differ as the law says.
        ValueError: the law speaks of another number of sides, or is `reachable`, which no single sheet can break.
    """
    if law.kind == "reachable" or len(sides) != (2 if law.kind in PAIRS else 1):
        raise ValueError(f"{law.text}: {len(sides)} sides")
    derivations = tuple(derive(rulebook, side.sheet, side.given) for side in sides)
    return compared(law, rulebook, sides, derivations)


def compared(
    law: Law, rulebook: Rulebook, sides: tuple[LawSide, ...], derivations: tuple[Derivation, ...]
) -> Breach | None:
    """The same, where the derivations are at hand."""
    match law.kind:
        case "answers":
            at = _steps(derivations[0], "gap")
        case "consistent":
            at = _steps(derivations[0], "conflict")
        case "implies":
            return _implies(law, rulebook, sides, derivations)
        case "monotone":
            return _monotone(law, rulebook, sides, derivations)
        case "unknown_never_beats":
            return _unknown(law, rulebook, sides, derivations)
        case "one_more":
            return _one_more(law, rulebook, sides, derivations)
        case "reachable":
            return None
    return Breach(law, sides, derivations, at) if at else None


def values_reached(law: Law, rulebook: Rulebook, derivation: Derivation, sheet: Sheet) -> set[str]:
    """The values of the scale of `every OUTPUT is reachable` that come out for a sheet, at any unit."""
    where = place(law.output, rulebook)
    assert where is not None, "the checker lets no law name what is not there"
    values = (where.value(derivation, unit) for unit in unit_tree(sheet, rulebook).below(where.scope))
    return {value for value in values if isinstance(value, str)}


def rank(value: Scalar | None, of: Type) -> Decimal | None:
    """How high a value is: numbers as they are, of an ordered scale the best highest; None for unknown and what has no order."""
    if isinstance(of, ScaleType):
        known = of.ordered and isinstance(value, str) and value in of.values
        return Decimal(-of.values.index(str(value))) if known else None
    return value if isinstance(of, NumberType) and isinstance(value, Decimal) else None


# -- laws about one sheet


def _steps(derivation: Derivation, outcome: str) -> tuple[tuple[str, str], ...]:
    return tuple(key for key, step in derivation.steps.items() if step.outcome == outcome)


def _implies(
    law: Law, rulebook: Rulebook, sides: tuple[LawSide, ...], derivations: tuple[Derivation, ...]
) -> Breach | None:
    assert law.condition is not None, "the checker gives such a law both its conditions"
    assert law.consequence is not None, "the checker gives such a law both its conditions"
    reading = Reading(rulebook, sides[0].sheet, sides[0].given)
    reading.steps = derivations[0].steps
    if reading.value(law.condition, reading.root) is not True:
        return None
    held = reading.value(law.consequence, reading.root)
    return None if held is True else Breach(law, sides, derivations, (), (held,))


# -- laws about two sides


def _monotone(
    law: Law, rulebook: Rulebook, sides: tuple[LawSide, ...], derivations: tuple[Derivation, ...]
) -> Breach | None:
    moved, output = place(law.input, rulebook), place(law.output, rulebook)
    assert moved is not None, "asked for laws that can be tested only"
    assert output is not None, "asked for laws that can be tested only"
    before, after = sides
    trees = tuple(unit_tree(side.sheet, rulebook, side.given) for side in sides)
    changed: dict[tuple[str, str], Scalar] = {}
    domain = domain_of(moved, rulebook)
    for first, second in _common(trees[0], trees[1], moved.scope):
        ends = moved.value(derivations[0], first), moved.value(derivations[1], second)
        if ends[0] == ends[1]:
            continue
        low, high = (rank(each, moved.type) for each in ends)
        if low is None or high is None or (low < high) is not law.input_rises:
            raise NotThePairError(f"{law.text}: {ends} at {first.key}")
        if not all(end is not None and domain.holds(end) for end in ends):
            raise NotThePairError(f"{law.text}: no {law.input} is {ends} at {first.key}")
        assert ends[0] is not None, "it has a rank"
        changed[moved.name, first.key] = ends[0]
    if not changed:
        raise NotThePairError(f"{law.text}: nothing moved")
    if moved.stated:
        if not all(rulebook.in_force(side.sheet.fiscal_year) for side in sides):
            raise NotThePairError(f"{law.text}: a year for which the rulebook is not in force")
        same = before.given == after.given and with_figures(after.sheet, changed) == with_figures(before.sheet, changed)
    else:
        own = {name for side in sides for name, _ in side.given}
        # Of a decision that is given, no output but the first is known: then it must be given on both sides.
        alone = not moved.decision or len(rulebook.by_name[moved.name].outputs) == 1
        same = (
            before.sheet == after.sheet and own <= {moved.name} and (alone or before.given.keys() == after.given.keys())
        )
    if not same:
        raise NotThePairError(f"{law.text}: more than {law.input} moved")
    return _worse(law, sides, derivations, trees, output, falls=law.falls)


def _unknown(
    law: Law, rulebook: Rulebook, sides: tuple[LawSide, ...], derivations: tuple[Derivation, ...]
) -> Breach | None:
    before, after = sides
    restored: dict[tuple[str, str], Scalar] = {}
    for (scope, key, model), (_, _, other) in zip(models(before.sheet), models(after.sheet), strict=True):
        for name in QUANTITIES.get(scope, ()):
            known, lost = getattr(model, name), getattr(other, name)
            if known.value is not None and lost.value is None:
                restored[name, key] = known.value
    if not restored or before.given or after.given or with_figures(after.sheet, restored) != before.sheet:
        raise NotThePairError(f"{law.text}: the second side is not the first with figures made unknown")
    trees = tuple(unit_tree(side.sheet, rulebook) for side in sides)
    for name in RESULTS:
        output = place(name, rulebook)
        found = output and _worse(law, sides, derivations, trees, output, falls=False)
        if found:
            return found
    return None


def _one_more(
    law: Law, rulebook: Rulebook, sides: tuple[LawSide, ...], derivations: tuple[Derivation, ...]
) -> Breach | None:
    output = place(law.output, rulebook)
    assert output is not None, "asked for laws that can be tested only"
    fewer, more = sides
    trees = tuple(unit_tree(side.sheet, rulebook) for side in sides)
    extra = [
        unit.key
        for unit in units_with_value(law, rulebook, trees[1], derivations[1])
        if without(more.sheet, unit.key) == fewer.sheet
    ]
    if not extra or fewer.given or more.given:
        raise NotThePairError(f"{law.text}: the second side has no such unit more")
    return _worse(law, sides, derivations, trees, output, falls=True, extra=extra[0])


def units_with_value(law: Law, rulebook: Rulebook, root: Unit, derivation: Derivation) -> Iterator[Unit]:
    """The units that `one more VALUE SCOPE` speaks of."""
    asked = places_with_value(law, rulebook)
    for unit in root.below(law.scope or "measure"):
        if asked and all(each.value(derivation, unit) == law.input for each in asked):
            yield unit


def _worse(
    law: Law,
    sides: tuple[LawSide, ...],
    derivations: tuple[Derivation, ...],
    trees: tuple[Unit, ...],
    output: Place,
    falls: bool,
    extra: str | None = None,
) -> Breach | None:
    """The first unit at which the output falls (or rises) from the first side to the second."""
    for first, second in _common(trees[0], trees[1], output.scope, extra):
        before, after = output.value(derivations[0], first), output.value(derivations[1], second)
        low, high = rank(before, output.type), rank(after, output.type)
        if before is None or after is None or low is None or high is None or low == high:
            continue
        if (high < low) is falls:
            at = (output.name, first.key), (output.name, second.key)
            return Breach(law, sides, derivations, at, (before, after))
    return None


def _common(before: Unit, after: Unit, scope: Scope, extra: str | None = None) -> Iterable[tuple[Unit, Unit]]:
    """The units that both sides have, in pairs; `extra` is one that only the second has, with all that lies in it."""

    def inside(unit: Unit) -> bool:
        above: Unit | None = unit
        while above is not None:
            if above.key == extra:
                return True
            above = above.parent
        return False

    if extra is None and scope == "year":
        # With another year for its own figures a measure has other years.
        others = {unit.key: unit for unit in after.below(scope)}
        return ((unit, others[unit.key]) for unit in before.below(scope) if unit.key in others)
    kept = [unit for unit in after.below(scope) if not inside(unit)]
    if extra is not None and scope == "indicator":
        # An indicator that has no measure but the extra one is extra itself.
        kept = [unit for unit in kept if any(not inside(each) for each in unit.below("measure"))]
    return zip(before.below(scope), kept, strict=True)
