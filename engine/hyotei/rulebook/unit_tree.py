"""A sheet as the tree of units that rules are read at, with the figures they may read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import FIGURE, MONEY, Scope
from hyotei.rulebook.values import Scalar, Unknown, lasting
from hyotei.rulebook.vocabulary import FIGURES, PARENT, FigureName
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from hyotei.sheet.direction import DirectionReading, direction_of, measured_name, units_agree
from hyotei.sheet.unread_parts import LIST_OF, part_of
from hyotei.sheet.year_series import years_missed

Supposed = Mapping[tuple[str, str], Scalar]
"""Values to be taken as given, to see what would follow: by name of the figure or decision, and unit key."""

Getter = Callable[["Unit"], Scalar]

_SCOPES: Final[tuple[Scope, ...]] = ("sheet", "objective", "indicator", "measure", "budget_year")


class Unit:
    """One part of a sheet: the sheet itself, an objective, an indicator, a measure or a budget year.

    `key` names it within the sheet, counted from 1 over the whole sheet: `measures[4]`, `budget_years[2012]`, `sheet`.
    """

    __slots__ = ("_below", "_figures", "_unmade", "key", "model", "parent", "rulebook", "scope", "supposed", "unread")

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
        self.unread: frozenset[str] = frozenset(model.unread) if isinstance(model, Sheet) else _unread_above(parent)
        self._figures: dict[str, Scalar] = {}
        self._below: dict[Scope, list[Unit]] = {scope: [self]}
        self._unmade: dict[Scope, Callable[[], None]] = {}
        above = parent
        while above is not None:
            above._below.setdefault(scope, []).append(self)
            above = above.parent

    def carries(self, scope: Scope) -> bool:
        """Whether what was read carries the units of this scope: where not, no list of them can be taken for the whole."""
        return not self.unread or LIST_OF[scope] not in self.unread

    def up(self, scope: Scope) -> "Unit":
        """The unit itself or the one it lies in that has this scope."""
        unit: Unit | None = self
        while unit is not None:
            if unit.scope == scope:
                return unit
            unit = unit.parent
        raise LookupError(f"{self.key} does not lie in a {scope}")

    def below(self, scope: Scope) -> "Sequence[Unit]":
        """All units of this scope within, itself included, in the order of the sheet."""
        if self._unmade and scope in self._unmade:
            self._make(scope)
        return self._below.get(scope, ())

    def _make(self, scope: Scope) -> None:
        """Makes the units of a scope, and those that are made with them."""
        make = self._unmade[scope]
        self._unmade = {scope: other for scope, other in self._unmade.items() if other is not make}
        make()

    def all(self) -> "Iterator[Unit]":
        """The unit and every unit within, scope by scope."""
        for scope in _SCOPES:
            yield from self.below(scope)

    def release(self) -> None:
        """Takes the tree apart when it is no longer needed: its units hold each other, and would wait for the collector."""
        self._unmade = {}
        for units in self._below.values():
            for unit in units:
                if unit is not self:
                    unit._below.clear()
        self._below.clear()

    def figure(self, name: str) -> Scalar:
        """The figure of this unit under its vocabulary name; what the sheet does not state is unknown(missing).

        Where what was read does not carry it, it is unknown(unread) instead.
        """
        found = self._figures.get(name)
        if found is None:
            # Many rules ask for the same few figures.
            supposed = self.supposed.get((name, self.key)) if self.supposed else None
            found = self._figures[name] = self._read(name) if supposed is None else supposed
        return found

    def _read(self, name: str) -> Scalar:
        part = part_of(name) if self.unread and self.scope == "sheet" else None
        if part is not None and part in self.unread:
            # Half a logic model is not the whole; of the rest, what is stated is read.
            found = UNREAD if part == "logic_model" else _FIGURES[self.scope, name](self)
            return UNREAD if found == _MISSING else found
        return _FIGURES[self.scope, name](self)


def scope_within(inner: Scope, outer: Scope) -> bool:
    """Whether units of `inner` lie somewhere below units of `outer`."""
    above: Scope | None = PARENT.get(inner)
    while above is not None:
        if above == outer:
            return True
        above = PARENT.get(above)
    return False


def unit_tree(sheet: Sheet, rulebook: Rulebook, supposed: Supposed | None = None) -> Unit:
    """The sheet as a tree of units, with some figures taken as `supposed` instead of as stated.

    Objectives with all below them, and budget years, are made when one of them is first asked for.
    """
    root = Unit("sheet", "sheet", sheet, None, rulebook, supposed)

    def objectives() -> None:
        indicators = measures = 0
        for number, objective in enumerate(sheet.objectives, 1):
            above = Unit("objective", f"objectives[{number}]", objective, root, rulebook, supposed)
            for indicator in objective.indicators:
                indicators += 1
                middle = Unit("indicator", f"indicators[{indicators}]", indicator, above, rulebook, supposed)
                for measure in indicator.measures:
                    measures += 1
                    Unit("measure", f"measures[{measures}]", measure, middle, rulebook, supposed)

    def budget_years() -> None:
        for year in sheet.budget_years:
            Unit("budget_year", f"budget_years[{year.fiscal_year}]", year, root, rulebook, supposed)

    root._unmade = {
        "objective": objectives, "indicator": objectives, "measure": objectives, "budget_year": budget_years,
    }  # fmt: skip
    return root


UNREAD: Final = Unknown("unread")
_MISSING: Final = Unknown("missing")


def _unread_above(parent: "Unit | None") -> frozenset[str]:
    return frozenset() if parent is None else parent.unread


def _undirected(unit: Unit) -> bool:
    """Whether the form states which way is better and what was read does not carry that: then nothing is to be inferred."""
    assert isinstance(unit.model, Measure)
    return unit.model.direction is None and "measure.direction" in unit.unread


def direction_at(unit: Unit) -> DirectionReading:
    """Which way the measure of a unit gets better, and from what that is known."""
    assert isinstance(unit.model, Measure)
    return direction_of(unit.model, name_of(unit))


def name_of(unit: Unit) -> str:
    """The name of a measure in full."""
    indicator = unit.up("indicator").model
    assert isinstance(unit.model, Measure)
    assert isinstance(indicator, Indicator)
    return measured_name(indicator.name, unit.model.label)


def _direction(unit: Unit) -> Scalar:
    assert isinstance(unit.model, Measure)
    if _undirected(unit):
        return UNREAD
    direction = direction_at(unit).direction
    return Unknown(unit.model.target.unknown or "missing") if direction is None else direction


def _units_agree(unit: Unit) -> Scalar:
    assert isinstance(unit.model, Measure)
    return units_agree(unit.model)


def _years_missed(unit: Unit) -> Scalar:
    assert isinstance(unit.model, Measure)
    if _undirected(unit):
        return UNREAD
    sheet = unit.up("sheet").model
    assert isinstance(sheet, Sheet)
    years = years_missed(unit.model, sheet.fiscal_year, name_of(unit))
    return _MISSING if years is None else Decimal(years)


def _reflection_amounts(combine: Callable[[Sequence[Decimal]], Decimal]) -> Getter:
    """What becomes of the reflection amounts (反映額) of all accounts; unknown where there is none or one is unknown."""

    def get(unit: Unit) -> Scalar:
        assert isinstance(unit.model, Sheet)
        values = [_value(each.amount) for each in unit.model.recorded.reflection_amounts]
        unknowns = [value for value in values if isinstance(value, Unknown)]
        known = [value for value in values if isinstance(value, Decimal)]
        return lasting(*unknowns) if unknowns else combine(known) if known else _MISSING

    return get


def _outline(name: str) -> Getter:
    def get(unit: Unit) -> Scalar:
        assert isinstance(unit.model, Sheet)
        value: str | None = getattr(unit.model.outline, name)
        return _MISSING if value is None else value

    return get


def _named(part: str) -> Getter:
    """How many elements of that kind the logic model names; unknown where the document has none or it was not read."""

    def get(unit: Unit) -> Scalar:
        assert isinstance(unit.model, Sheet)
        model = unit.model.logic_model
        return _MISSING if model is None else Decimal(len(getattr(model, part)))

    return get


def _recorded(name: str) -> Getter:
    """What the sheet itself states; a value outside the rulebook's scale cannot be compared and is unknown(undefined)."""

    def get(unit: Unit) -> Scalar:
        assert isinstance(unit.model, Sheet)
        value: str | None = getattr(unit.model.recorded, name)
        if value is None:
            return _MISSING
        scale = unit.rulebook.scales.get(name)
        return value if scale is None or value in scale.labels else Unknown("undefined")

    return get


def _plain(name: str) -> Getter:
    """A text, a truth, a scale value or a year as the model has it."""

    def get(unit: Unit) -> Scalar:
        value: str | bool | int | None = getattr(unit.model, name)
        if value is None:
            return "" if name == "label" else _MISSING
        return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value

    return get


def _value(quantity: Quantity) -> Scalar:
    return Unknown(quantity.unknown or "missing") if quantity.value is None else quantity.value


def _end(quantity: Quantity, end: Decimal | None) -> Scalar:
    # A single figure is its own lower and upper end.
    return _value(quantity) if end is None else end


_PARTS: Final[dict[str, Callable[[Quantity], Scalar]]] = {
    "": _value,
    "qualifier": lambda quantity: quantity.qualifier or "なし",
    "unit": lambda quantity: quantity.unit or "",
    "fiscal_year": lambda quantity: _MISSING if quantity.fiscal_year is None else Decimal(quantity.fiscal_year),
    "low": lambda quantity: _end(quantity, quantity.low),
    "high": lambda quantity: _end(quantity, quantity.high),
}


def _quantity(name: str, part: str) -> Getter:
    read = _PARTS[part]
    return lambda unit: read(getattr(unit.model, name))


_SPECIAL: Final[dict[str, Getter]] = {
    "direction": _direction,
    "units_agree": _units_agree,
    "years_missed": _years_missed,
    "recorded.reflection_amount": _reflection_amounts(exact.total),
    "recorded.greatest_reflection_amount": _reflection_amounts(max),
}
_WITHIN: Final[dict[str, Callable[[str], Getter]]] = {
    "recorded": _recorded,
    "outline": _outline,
    "logic_model": _named,
}
"""How figures are read that lie in a model within the sheet."""


def _getter(figure: FigureName) -> Getter:
    """How a figure of the vocabulary is read of its unit."""
    if figure.name in _SPECIAL:
        return _SPECIAL[figure.name]
    name, _, part = figure.name.partition(".")
    if name in _WITHIN:
        return _WITHIN[name](part)
    if part or figure.type in (FIGURE, MONEY):
        return _quantity(name, part)
    return _plain(name)


_FIGURES: Final[dict[tuple[Scope, str], Getter]] = {(figure.scope, figure.name): _getter(figure) for figure in FIGURES}
