"""A sheet as the tree of units that rules are read at, with the figures they may read."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import PARENT
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from hyotei.sheet.direction import direction_of, units_agree

Supposed = Mapping[tuple[str, str], Scalar]
"""Values to be taken as given, to see what would follow: by name of the figure or decision, and unit key."""


class Unit:
    """One part of a sheet: the sheet itself, an objective, an indicator, a measure or a budget year.

    `key` names it within the sheet, counted from 1 over the whole sheet: `measures[4]`, `budget_years[2012]`, `sheet`.
    """

    __slots__ = ("children", "key", "model", "parent", "rulebook", "scope", "supposed")

    def __init__(
        self,
        scope: Scope,
        key: str,
        model: "Sheet | Objective | Indicator | Measure | BudgetYear",
        parent: "Unit | None",
        rulebook: Rulebook,
        supposed: Supposed | None = None,
    ) -> None:
        self.scope, self.key, self.model, self.parent, self.rulebook = scope, key, model, parent, rulebook
        self.supposed = supposed
        self.children: list[Unit] = []

    def up(self, scope: Scope) -> "Unit":
        """The unit itself or the one it lies in that has this scope."""
        unit: Unit | None = self
        while unit is not None:
            if unit.scope == scope:
                return unit
            unit = unit.parent
        raise LookupError(f"{self.key} does not lie in a {scope}")

    def below(self, scope: Scope) -> "Iterator[Unit]":
        """All units of this scope within, in the order of the sheet."""
        if self.scope == scope:
            yield self
            return
        for child in self.children:
            if child.scope == scope or scope_within(scope, child.scope):
                yield from child.below(scope)

    def figure(self, name: str) -> Scalar:
        """The figure of this unit under its vocabulary name; what the sheet does not state is unknown(missing)."""
        if self.supposed and (found := self.supposed.get((name, self.key))) is not None:
            return found
        model = self.model
        if isinstance(model, Measure):
            if name == "direction":
                direction = direction_of(model).direction
                return Unknown(model.target.unknown or "missing") if direction is None else direction
            if name == "units_agree":
                return units_agree(model)
            if name == "label":
                return model.label or ""
        elif isinstance(model, Sheet) and name.startswith("recorded."):
            return self.recorded(name.removeprefix("recorded."))
        head, _, tail = name.partition(".")
        value = getattr(model, head)
        if isinstance(value, Quantity):
            return _part(value, tail)
        if isinstance(value, bool):
            return value
        return Decimal(value) if isinstance(value, int) else _or_missing(value)

    def recorded(self, name: str) -> Scalar:
        """What the sheet itself states; a value outside the rulebook's scale cannot be compared and is unknown(undefined)."""
        assert isinstance(self.model, Sheet)
        value: str | None = getattr(self.model.recorded, name)
        scale = self.rulebook.scales.get(name)
        if value is not None and scale is not None and value not in scale.labels:
            return Unknown("undefined")
        return _or_missing(value)


def scope_within(inner: Scope, outer: Scope) -> bool:
    """Whether units of `inner` lie somewhere below units of `outer`."""
    above: Scope | None = PARENT.get(inner)
    while above is not None:
        if above == outer:
            return True
        above = PARENT.get(above)
    return False


def unit_tree(sheet: Sheet, rulebook: Rulebook, supposed: Supposed | None = None) -> Unit:
    """The sheet as a tree of units, with some figures taken as `supposed` instead of as stated."""
    root = Unit("sheet", "sheet", sheet, None, rulebook, supposed)
    indicators = measures = 0
    for number, objective in enumerate(sheet.objectives, 1):
        above = Unit("objective", f"objectives[{number}]", objective, root, rulebook, supposed)
        root.children.append(above)
        for indicator in objective.indicators:
            indicators += 1
            middle = Unit("indicator", f"indicators[{indicators}]", indicator, above, rulebook, supposed)
            above.children.append(middle)
            for measure in indicator.measures:
                measures += 1
                middle.children.append(Unit("measure", f"measures[{measures}]", measure, middle, rulebook, supposed))
    for year in sheet.budget_years:
        key = f"budget_years[{year.fiscal_year}]"
        root.children.append(Unit("budget_year", key, year, root, rulebook, supposed))
    return root


def _or_missing(value: str | None) -> Scalar:
    return Unknown("missing") if value is None else value


def _part(quantity: Quantity, part: str) -> Scalar:
    """A quantity as a number, or one of its parts."""
    if not part:
        return Unknown(quantity.unknown or "missing") if quantity.value is None else quantity.value
    if part == "qualifier":
        return quantity.qualifier or "なし"
    if part == "unit":
        return quantity.unit or ""
    if part == "fiscal_year":
        return Unknown("missing") if quantity.fiscal_year is None else Decimal(quantity.fiscal_year)
    end = quantity.low if part == "low" else quantity.high
    # A single figure is its own lower and upper end.
    return _part(quantity, "") if end is None else end
