"""A breach of a law made smaller as people would: fewer measures and years, fewer figures, fewer things changed at once.

What Hypothesis shrinks is what it drew; what counts here is the sheet. Each step keeps the law broken, in the same sense.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Final

from hyotei.base.exact import plain
from hyotei.rulebook.changed_sheets import QUANTITIES, keys_without, models, with_figures, with_parts, without
from hyotei.rulebook.law_meaning import Breach, Interpreter, LawSide, NotThePairError, breach
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Quantity, Recorded, Sheet
from hyotei.sheet.figures import rows_of
from hyotei.sheet.models import MISSING

_ROUND: Final = tuple(Decimal(value) for value in ("10", "100", "0", "5", "1"))

Sides = tuple[LawSide, ...]
Change = Callable[[Sheet], Sheet]


def smaller(found: Breach, rulebook: Rulebook, derive: Interpreter) -> Breach:
    """The smallest breach to be had by leaving out one thing after the other."""
    progress = True
    while progress:
        progress = False
        for sides in _steps(found):
            try:
                kept = breach(found.law, rulebook, sides, derive)
            except NotThePairError:
                continue
            if kept is not None:
                found, progress = kept, True
                break
    return found


def simpler(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet with one thing left out or made plainer, in every way there is, the largest first."""
    for _, key, _ in list(models(sheet))[1:]:
        yield without(sheet, key)
    for change in _plainer(sheet, sheet):
        yield change(sheet)


def _steps(found: Breach) -> Iterator[Sides]:
    """What could be left out, the largest first."""
    if found.law.kind == "one_more":
        yield from _of_one_more(found.sides[1].sheet, found.sides[0].sheet)
        return
    sides = found.sides
    for _, key, _ in list(models(sides[0].sheet))[1:]:
        yield tuple(_without(side, key) for side in sides)
    # A share can stay what it is where two measures go that would change with one.
    measures = [key for scope, key, _ in models(sides[0].sheet) if scope == "measure"]
    for first, second in combinations(measures, 2):
        yield tuple(_without(_without(side, second), first) for side in sides)
    if len(sides) == 2:
        yield from _less_changed(*sides)
        yield from _rounder_ends(*sides)
    for change in _plainer(sides[0].sheet, sides[-1].sheet):
        yield tuple(LawSide(change(side.sheet), side.given) for side in sides)


def _of_one_more(more: Sheet, fewer: Sheet) -> Iterator[Sides]:
    """The same of the larger sheet, and of the smaller one what follows: the unit that is one more stays."""
    extra = next(key for _, key, _ in list(models(more))[1:] if without(more, key) == fewer)
    # Where so many count, one fewer is no breach, but far fewer can be one.
    others = [key for scope, key, _ in models(more) if scope == "measure" and extra in keys_without(more, key)]
    for count in range(len(others) - 1):
        left, kept = more, extra
        for key in reversed(others[count:]):
            kept = keys_without(left, key).get(kept, "")
            left = without(left, key)
        if kept:
            yield LawSide(without(left, kept)), LawSide(left)
    for _, key, _ in list(models(more))[1:]:
        keys = keys_without(more, key)
        if extra in keys:
            left = without(more, key)
            yield LawSide(without(left, keys[extra])), LawSide(left)
    for change in _plainer(more, more):
        yield LawSide(without(change(more), extra)), LawSide(change(more))


def _without(side: LawSide, key: str) -> LawSide:
    """The side without a unit; what is given of the units behind it stays with them."""
    keys = keys_without(side.sheet, key)
    given = {(name, keys[unit]): value for (name, unit), value in side.given.items() if unit in keys}
    return LawSide(without(side.sheet, key), given)


def _less_changed(before: LawSide, after: LawSide) -> Iterator[Sides]:
    """One thing fewer is different."""
    for at in dict.fromkeys((*before.given, *after.given)):
        yield tuple(
            LawSide(side.sheet, {key: value for key, value in side.given.items() if key != at})
            for side in (before, after)
        )
    for (scope, key, model), (_, _, other) in zip(models(before.sheet), models(after.sheet), strict=True):
        for name in QUANTITIES.get(scope, ()):
            first, second = getattr(model, name), getattr(other, name)
            if first.value is not None and first.value != second.value:
                yield before, LawSide(with_figures(after.sheet, {(name, key): first.value}), after.given)


def _rounder_ends(before: LawSide, after: LawSide) -> Iterator[Sides]:
    """A figure that is different, or a number that is given, is rounder on one of the sides."""
    for (scope, key, model), (_, _, other) in zip(models(before.sheet), models(after.sheet), strict=True):
        for name in QUANTITIES.get(scope, ()):
            first, second = getattr(model, name), getattr(other, name)
            if first.value != second.value:
                for each in _shorter(first.value):
                    yield LawSide(with_figures(before.sheet, {(name, key): each}), before.given), after
                for each in _shorter(second.value):
                    yield before, LawSide(with_figures(after.sheet, {(name, key): each}), after.given)
    for at, value in before.given.items():
        for each in _shorter(value):
            yield LawSide(before.sheet, {**before.given, at: each}), after
    for at, value in after.given.items():
        for each in _shorter(value):
            yield before, LawSide(after.sheet, {**after.given, at: each})


def _plainer(first: Sheet, second: Sheet) -> Iterator[Change]:
    """Changes that leave out a figure, or a word beside the figures, where both sheets have the same."""
    if first.recorded != Recorded():
        yield lambda sheet: with_parts(sheet, "sheet", recorded=Recorded())
    for (scope, key, model), (_, _, other) in zip(models(first), models(second), strict=True):
        for name in QUANTITIES.get(scope, ()):
            quantity = getattr(model, name)
            if quantity == getattr(other, name) and quantity != MISSING:
                yield _setting(key, name, MISSING)
                yield from (_setting(key, name, rounder) for rounder in _rounder(quantity))
                if quantity.qualifier or quantity.fiscal_year:
                    yield _setting(key, name, quantity.model_copy(update={"qualifier": None, "fiscal_year": None}))
        for row in rows_of(scope):
            if row.optional and getattr(model, row.field) is not None:
                yield _setting(key, row.field, None)


def _rounder(quantity: Quantity) -> Iterator[Quantity]:
    """The quantity with rounder values."""
    for value in _shorter(quantity.value):
        yield quantity.model_copy(update={"value": value})


def _shorter(number: Scalar | None) -> Iterator[Decimal]:
    """Rounder numbers than this: shorter ones, so that there is an end to it."""
    if isinstance(number, Decimal):
        yield from (value for value in _ROUND if len(plain(value)) < len(plain(number)))


def _setting(key: str, name: str, value: object) -> Change:
    return lambda sheet: with_parts(sheet, key, **{name: value})
