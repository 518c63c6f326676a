"""A sheet as the tree of units that rules are read at, with the figures they may read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import UNKNOWNS, Scalar, Unknown
from hyotei.rulebook.vocabulary import FIGURES, PARENT
from hyotei.sheet import Fact, Measure, Quantity, Sheet
from hyotei.sheet.derived_figures import Model, Stated
from hyotei.sheet.facts import fact_of
from hyotei.sheet.figures import YEAR_OF_YEAR, FigureRow, QuantityPart, rows_of
from hyotei.sheet.scopes import SCOPES, unit_key, year_number
from hyotei.sheet.unread_parts import LIST_OF, part_of_fact
from hyotei.sheet.year_series import own_year, years_of

Supposed = Mapping[tuple[str, str], Scalar]
"""Values to be taken as given, to see what would follow: by name of the figure or decision, and unit key."""

Getter = Callable[["Unit"], Scalar]


class _Read(NamedTuple):
    row: FigureRow
    get: Getter


class Unit:
    """One part of a sheet: the sheet itself, an objective, an indicator, a measure, a fiscal year of one, or a budget year.

    `key` names it within the sheet, counted from 1 over the whole sheet: `measures[4]`, `budget_years[2012]`, `sheet`; of a
    fiscal year of `measures[4]` it is `years[4-2012]`.
    """

    __slots__ = (
        "_below",
        "_figures",
        "_unmade",
        "key",
        "model",
        "own",
        "parent",
        "rulebook",
        "scope",
        "supposed",
        "unread",
    )

    def __init__(
        self,
        scope: Scope,
        key: str,
        model: Model,
        parent: "Unit | None",
        rulebook: Rulebook,
        supposed: Supposed | None = None,
    ) -> None:
        self.scope, self.key, self.model, self.parent, self.rulebook = scope, key, model, parent, rulebook
        self.supposed = supposed
        self.own = False
        """Whether it is the fiscal year of its measure's own figures."""
        self.unread: frozenset[str] = frozenset(model.unread) if isinstance(model, Sheet) else _unread_above(parent)
        self._figures: dict[str, Scalar] = {}
        self._below: dict[Scope, list[Unit]] = {scope: [self]}
        self._unmade: dict[Scope, Callable[[], None]] = {} if parent is None else parent._unmade
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
        """Makes the units of a scope in the whole sheet, and those that are made with them."""
        make = self._unmade[scope]
        for each in [each for each, other in self._unmade.items() if other is make]:
            del self._unmade[each]
        make()

    def all(self) -> "Iterator[Unit]":
        """The unit and every unit within, scope by scope."""
        for scope in SCOPES:
            yield from self.below(scope)

    def release(self) -> None:
        """Takes the tree apart when it is no longer needed: its units hold each other, and would wait for the collector."""
        self._unmade.clear()
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

    def stating(self, name: str) -> "Unit":
        """The unit that states a figure of this one: of the year of a measure's own figures the measure, else the unit itself."""
        return self.parent if self.own and self.parent is not None and name in OF_MEASURE else self

    def fact(self, name: str) -> Fact | None:
        """What the sheet states here under the name of a declared fact, if it does."""
        declared = self.rulebook.facts.get(name)
        return fact_of(self.model.facts, name) if declared is not None and declared.scope == self.scope else None

    def quantity(self, name: str) -> Quantity | None:
        """The quantity that a figure is, is a part of, or is stated as in a fact; None where it is no quantity."""
        fact = self.fact(name)
        found = getattr(self.model, name.partition(".")[0], None) if fact is None else fact.figure
        return found if isinstance(found, Quantity) else None

    def fact_as_read(self, name: str, stated: Scalar) -> Scalar:
        """The value of a declared fact, from what is stated of it here: what is missing because nobody read it is unread."""
        unread = stated == _MISSING and self.scope == "sheet" and part_of_fact(name) in self.unread
        return UNREAD if unread else stated

    def _read(self, name: str) -> Scalar:
        if (stating := self.stating(name)) is not self:
            return stating.figure(name)
        figure = _FIGURES.get((self.scope, name))
        if figure is None:
            declared = self.rulebook.read(self.scope, name).row.get
            assert declared is not None, "a declared fact is worked out of what the unit states"
            return self.fact_as_read(name, _plain(declared(self), None))
        part = figure.row.carried_by if self.unread and self.scope == "sheet" else None
        if part is not None and part in self.unread:
            # Half of a part is not the whole of it; of the rest, what is stated is read.
            found = UNREAD if part == figure.row.holder else figure.get(self)
            return UNREAD if found == _MISSING else found
        return figure.get(self)


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

    Objectives with all below them, fiscal years of measures, and budget years are made when one of them is first asked for.
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

    def years() -> None:
        for number, measure in enumerate(root.below("measure"), 1):
            assert isinstance(measure.model, Measure)
            own = own_year(measure.model, sheet.fiscal_year)
            for year in years_of(measure.model, sheet.fiscal_year):
                key = unit_key("year", year_number(number, year.fiscal_year))
                Unit("year", key, year, measure, rulebook, supposed).own = year.fiscal_year == own

    root._unmade |= {
        "objective": objectives, "indicator": objectives, "measure": objectives, "year": years,
        "budget_year": budget_years,
    }  # fmt: skip
    return root


OF_MEASURE: Final = frozenset(row.path for row in rows_of("year") if row is not YEAR_OF_YEAR)
"""The figures of a fiscal year that are the measure's where the year is that of its own figures."""
UNREAD: Final = Unknown("unread")
_MISSING: Final = Unknown("missing")


def _unread_above(parent: "Unit | None") -> frozenset[str]:
    return frozenset() if parent is None else parent.unread


def figures(units: "Sequence[Unit]", name: str) -> list[Scalar]:
    """A figure of several units of one scope, as `Unit.figure` gives it."""
    plain = _FIGURES.get((units[0].scope, name)) if units and not units[0].supposed and not units[0].unread else None
    if plain is None:
        return [unit.figure(name) for unit in units]
    return [plain.get(unit) for unit in units]


_UNKNOWNS: Final = {unknown.reason: unknown for unknown in UNKNOWNS}


def _value(quantity: Quantity) -> Scalar:
    value = quantity.value
    return _UNKNOWNS[quantity.unknown or "missing"] if value is None else value


def _end(quantity: Quantity, end: Decimal | None) -> Scalar:
    # A single figure is its own lower and upper end.
    return _value(quantity) if end is None else end


_PARTS: Final[dict[QuantityPart, Callable[[Quantity, str | None], Scalar]]] = {
    "qualifier": lambda quantity, blank: _plain(quantity.qualifier, blank),
    "unit": lambda quantity, blank: _plain(quantity.unit, blank),
    "fiscal_year": lambda quantity, blank: _plain(quantity.fiscal_year, blank),
    "low": lambda quantity, _: _end(quantity, quantity.low),
    "high": lambda quantity, _: _end(quantity, quantity.high),
}


def _plain(value: Stated | tuple[object, ...], blank: str | None) -> Scalar:
    """A value of a model as rules see it; of a list it is how many elements it has."""
    if isinstance(value, Quantity):
        return _value(value)
    if value is None:
        return _MISSING if blank is None else blank
    if isinstance(value, tuple):
        return Decimal(len(value))
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _getter(row: FigureRow) -> Getter:
    """How a figure is read of its unit."""
    work_out, holder, field, blank = row.get, row.holder, row.field, row.blank
    if work_out is not None:
        return lambda unit: _plain(work_out(unit), blank)
    if row.kind == "recorded":
        return lambda unit: _recorded(unit, field)
    if holder is not None:
        # Where there is no such part, or it was not read, nothing of it is known.
        return lambda unit: _plain(_within(unit, holder, field), blank)
    if row.quantity:
        return lambda unit: _value(getattr(unit.model, field))
    if row.part is not None:
        read = _PARTS[row.part]
        return lambda unit: read(getattr(unit.model, field), blank)
    return lambda unit: _plain(getattr(unit.model, field), blank)


def _within(unit: "Unit", holder: str, field: str) -> Stated | tuple[object, ...]:
    part = getattr(unit.model, holder)
    found: Stated | tuple[object, ...] = None if part is None else getattr(part, field)
    return found


def _recorded(unit: "Unit", field: str) -> Scalar:
    """What the sheet itself states; a value outside the rulebook's scale cannot be compared and is unknown(undefined)."""
    assert isinstance(unit.model, Sheet)
    value: str | None = getattr(unit.model.recorded, field)
    if value is None:
        return _MISSING
    scale = unit.rulebook.scales.get(field)
    return value if scale is None or value in scale.labels else Unknown("undefined")


_FIGURES: Final = {(figure.scope, figure.name): _Read(figure.row, _getter(figure.row)) for figure in FIGURES}
