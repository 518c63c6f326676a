"""The sheet that given values of free figures describe.

Figures are written as `rulebook.unit_tree` reads them, by the table of figures: a figure of the table is written without a word
here, unless it is made of other things than the one field of its name.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hyotei.base import exact
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Switch, Variable
from hyotei.proof.free_texts import CONTENT, OTHER
from hyotei.proof.sheet_shapes import Place
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import FIGURES, NO_QUALIFIER
from hyotei.sheet import MISSING, BudgetYear, Fact, Indicator, Measure, Objective, Quantity, Sheet, YearPoint
from hyotei.sheet.direction import direction_of
from hyotei.sheet.fields import HOLDERS
from hyotei.sheet.figures import (
    ACTUAL,
    BASELINE,
    DIRECTION,
    EVALUATED_YEAR,
    TARGET,
    UNITS_AGREE,
    YEAR_OF_YEAR,
    YEARS_MISSED,
    FigureRow,
)
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR
from hyotei.sheet.units import YEN
from hyotei.sheet.unread_parts import Part, in_order
from hyotei.sheet.year_series import years_missed


class NotWritable(Exception):
    """No sheet that anybody would look at has these values."""


def sheet_of(
    rulebook: Rulebook, inputs: Inputs, root: Place, values: "Mapping[Switch | Variable, bool | Fraction]"
) -> Sheet:
    """The sheet that the values describe; what no rule reads is left out of it.

    Raises:
        NotWritable: it would be longer than anybody reads.
    """
    return _Writer(rulebook, inputs, Evaluation(values)).sheet(root)


NAMELESS: Final = (_SHEET := "反例", _OBJECTIVE := "目標", _INDICATOR := "指標")
"""What a counterexample calls the sheet, objectives and indicators whose names no rule asks for."""


class _Writer:
    """One sheet from the values of its figures."""

    def __init__(self, rulebook: Rulebook, inputs: Inputs, evaluation: Evaluation) -> None:
        self.rulebook, self.inputs, self.evaluation = rulebook, inputs, evaluation
        self.unread: set[Part] = set()
        self.names: dict[str, int] = {}
        """Names of texts that no rule names, numbered where nothing else may be found in them."""
        self.other = "その他"
        while any(text.startswith(self.other) for text in inputs.texts):
            self.other = f"別の{self.other}"

    def there(self, place: Place) -> bool:
        return self.evaluation.truth(place.present)

    # -- values

    def value(self, place: str) -> Scalar | None:
        """The value of a figure; None where it was not asked for."""
        value = self.inputs.choices.get(place)
        found = value.computed(self.evaluation) if value is not None else None
        # A text that no rule names is told by where it was first free.
        return self.unnamed(found) if isinstance(found, str) and found.startswith(OTHER) else found

    def unnamed(self, text: str) -> str:
        """A text that no rule names: what it must contain, with signs behind it that tell it from others."""
        name, parted, content = text.removeprefix(OTHER).partition(CONTENT)
        if not parted:
            return self.other + name
        number = self.names.setdefault(name, len(self.names) + 1)
        return content + self.inputs.contents.gap * number

    def known(self, place: str) -> object:
        """The value of a figure as a model has it; None where it was not asked for or is unknown."""
        found = self.value(place)
        return None if isinstance(found, Unknown) else int(found) if isinstance(found, Decimal) else found

    def quantity(self, place: str, unit: str | None = None) -> Quantity:
        found = self.value(place)
        qualifier = self.known(f"{place}.qualifier")
        low = high = None
        if found is not None and self.evaluation.truth(self.inputs.ranged(place)):
            ends = [self.inputs.end(place, part).computed(self.evaluation) for part in ("low", "high")]
            low, high = (exact.add(end, Decimal(0)) if isinstance(end, Decimal) else None for end in ends)
        unknown = found if isinstance(found, Unknown) else Unknown("missing")
        return Quantity.model_validate(
            {
                "value": found if isinstance(found, Decimal) else None,
                "unknown": None if isinstance(found, Decimal) else unknown.reason,
                "low": low,
                "high": high,
                "unit": self.known(f"{place}.unit") or unit,
                "qualifier": None if qualifier == NO_QUALIFIER else qualifier,
                "fiscal_year": self.known(f"{place}.fiscal_year"),
            }
        )

    # -- units

    def fields(self, scope: Scope, key: str) -> dict[str, object]:
        """The fields of a unit's model as far as rules read them; what lies in a model within is one field of it."""
        found: dict[str, object] = {}
        within: dict[str, dict[str, object]] = {}
        for figure in FIGURES:
            row, place = figure.row, f"{key}.{figure.name}"
            if row.scope != scope or row.get is not None or row.part is not None:
                # Parts stand in their quantity; what is worked out has its own way below.
                continue
            if row.quantity:
                found[row.field] = self.quantity(place, YEN if row.kind == "money" else None)
            elif place not in self.inputs.choices:
                continue
            elif row.holder is None:
                found[row.field] = self.known(place)
            elif (value := self.element(row, place)) is not None:
                within.setdefault(row.holder, {})[row.field] = value
        for holder, parts in within.items():
            found[holder] = HOLDERS[holder].model_validate(parts)
        found["facts"] = tuple(self.facts(scope, key))
        return found

    def facts(self, scope: Scope, key: str) -> Iterator[Fact]:
        """What a unit states of the facts that rules read."""
        for fact in self.rulebook.facts.values():
            value = self.value(f"{key}.{fact.name}") if fact.scope == scope else None
            stated = None if value is None else fact.stated(value)
            if stated is not None:
                yield stated

    def element(self, row: FigureRow, place: str) -> object:
        """A figure that lies in a model within; None where that does not tell it."""
        found = self.value(place)
        if found == Unknown("unread") and (part := row.carried_by) is not None:
            self.unread.add(part)
        if found == Unknown("undefined"):
            # What stands outside the scale cannot be compared.
            outside = "尺度にない値"
            while outside in self.rulebook.scales[row.field].labels:
                outside += "。"
            return outside
        return None if isinstance(found, Unknown) else found

    def measure(self, place: Place) -> Measure:
        key = place.key
        found = self.fields("measure", key)
        direction = self.known(f"{key}.{DIRECTION.path}")
        asked = [self.rulebook.read(*each).row for each in self.inputs.asked if each[0] == BASELINE.scope]
        read = any(row.field == BASELINE.field for row in asked)
        if direction is not None and not read:
            # A baseline that no rule reads only matters where the direction must not follow from it.
            found[BASELINE.field] = MISSING
        agree = self.value(f"{key}.{UNITS_AGREE.path}")
        units = [f"{key}.{each.with_part('unit')}" for each in (TARGET, ACTUAL)]
        if agree is not None and not any(each in self.inputs.choices for each in units):
            # Only whether they agree is read; any two units show it.
            for row, unit in ((TARGET, "件"), (ACTUAL, "回")):
                quantity = found[row.field]
                assert isinstance(quantity, Quantity)
                found[row.field] = quantity.model_copy(update={"unit": None if agree else unit})
        measure = Measure.model_validate({**found, DIRECTION.field: direction})
        if place.below("year"):
            points = map(self.year_point, filter(self.there, place.below("year")))
            return measure.model_copy(update={"series": tuple(point for point in points if point is not None)})
        missed = self.value(f"{key}.{YEARS_MISSED.path}")
        return (
            measure.model_copy(update={"series": self.series(measure, int(missed))})
            if isinstance(missed, Decimal)
            else measure
        )

    def year_point(self, place: Place) -> YearPoint | None:
        """A fiscal year of a measure; that of its own figures only where it has facts, as its figures are not read."""
        found = self.fields("year", place.key)
        if not self.evaluation.truth(place.own):
            return YearPoint.model_validate(found)
        beside = {key: value for key, value in found.items() if key in (YEAR_OF_YEAR.field, "facts")}
        return YearPoint.model_validate(beside) if beside["facts"] else None

    def series(self, measure: Measure, missed: int) -> tuple[YearPoint, ...]:
        """Years beside the evaluated one after which so many were missed in a row, the latest told among them."""
        zero, one = (Quantity(value=Decimal(number)) for number in (0, 1))
        less_is_better = direction_of(measure).direction == "decrease"
        bad, good = ((zero, one), (one, zero)) if less_is_better else ((one, zero), (zero, one))

        def row(last: int) -> tuple[YearPoint, ...]:
            if last - max(missed, 1) < FIRST_YEAR or last > LAST_YEAR:
                raise NotWritable
            ends = [(last, good)] if not missed else [(last - back, bad) for back in reversed(range(missed))]
            return tuple(YearPoint(fiscal_year=year, target=pair[0], actual=pair[1]) for year, pair in ends)

        evaluated = measure.actual.fiscal_year or measure.target.fiscal_year or self.year()
        if measure.target.value is None or measure.actual.value is None:
            # The evaluated year tells nothing: the years before it do, or those after it where there are none.
            return row(evaluated - 1 if evaluated - 1 - max(missed, 1) >= FIRST_YEAR else evaluated + missed + 1)
        now = years_missed(measure.model_copy(update={"series": ()}), evaluated)
        if now == missed:
            return ()
        if now and missed and evaluated - missed >= FIRST_YEAR:
            return tuple(
                YearPoint(fiscal_year=evaluated - back, target=bad[0], actual=bad[1])
                for back in range(missed - 1, 0, -1)
            )
        # The evaluated year tells something else, so later ones must be told, one year left out between.
        return row(evaluated + max(missed, 1) + 1)

    def year(self) -> int:
        """The evaluated fiscal year; where no rule reads it, the last one in force."""
        found = self.known(f"sheet.{EVALUATED_YEAR.path}")
        return found if isinstance(found, int) else self.rulebook.last_year or self.rulebook.first_year or 2012

    def sheet(self, root: Place) -> Sheet:
        objectives = [
            Objective.model_validate(
                {
                    "name": _OBJECTIVE,
                    **self.fields("objective", objective.key),
                    "indicators": tuple(
                        Indicator.model_validate(
                            {
                                "name": _INDICATOR,
                                **self.fields("indicator", indicator.key),
                                "measures": tuple(map(self.measure, filter(self.there, indicator.below("measure")))),
                            }
                        )
                        for indicator in filter(self.there, objective.below("indicator"))
                    ),
                }
            )
            for objective in filter(self.there, root.below("objective"))
        ]
        years = [
            BudgetYear.model_validate(self.fields("budget_year", place.key))
            for place in filter(self.there, root.below("budget_year"))
        ]
        found = {
            "id": "counterexample",
            "title": _SHEET,
            "authority": self.rulebook.authority,
            "fiscal_year": self.year(),
            **self.fields("sheet", "sheet"),
            "objectives": tuple(objectives),
            "budget_years": tuple(years),
        }
        found["unread"] = in_order(self.unread)
        return Sheet.model_validate(found)
