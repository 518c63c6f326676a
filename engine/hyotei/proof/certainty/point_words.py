"""What points and their values are called."""

from decimal import Decimal
from fractions import Fraction

from hyotei.base.exact import plain
from hyotei.messages import Language, wording
from hyotei.proof.certainty.free_points import FreePoint
from hyotei.proof.certainty.model import OpenPoint, Value
from hyotei.proof.formula_nodes import Linear
from hyotei.proof.free_texts import OTHER, found_content
from hyotei.proof.guarded_values import decimal_of, number_of
from hyotei.rulebook.term_words import decision_title, figure_title
from hyotei.rulebook.types import ANY, MONEY, Type
from hyotei.rulebook.value_words import amount, value_text
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Quantity
from hyotei.sheet.figures import ACTUAL, BASELINE, TARGET
from hyotei.sheet.quantity_print import print_figure
from hyotei.sheet.units import YEN
from hyotei.verdict.case import Case
from hyotei.verdict.model import Possibility


def title(case: Case, point: FreePoint, language: Language) -> str:
    """What a figure or a judgement is called."""
    if point.kind == "judgement":
        return decision_title(case.rulebook.by_name[point.name], case.rulebook, language)
    return figure_title(point.scope, point.name, case.rulebook, language)


def subject(case: Case, point: FreePoint, language: Language) -> str:
    """Of what it is the figure; empty for the sheet as a whole."""
    return "" if point.scope == "sheet" else case.subject(case.units[point.unit], language)


def text(case: Case, point: FreePoint, value: Scalar, language: Language) -> str:
    """A value for people, in the unit of the figure."""
    if isinstance(value, str) and value.startswith(OTHER):
        say, content = wording(language), found_content(value)
        return (
            say("certainty_document.value.text_such_as", text=content)
            if content
            else say("certainty_document.value.other_text")
        )
    model = case.units[point.unit].model
    quantity = getattr(model, point.name, None)
    if isinstance(value, Decimal) and isinstance(quantity, Quantity) and type_of(case, point) != MONEY:
        unit = unit_of(case, point)
        if unit == YEN:
            return amount(value, language)
        return print_figure(value, unit) + (unit or "")
    return case.words(value, type_of(case, point), language)


def difference_text(case: Case, point: FreePoint, value: Decimal, language: Language) -> str:
    """A change for people: `+3回`, `-2,000千円`; of percentages in points."""
    said = text(case, point, value, language)
    if unit_of(case, point) == "%":
        said = wording(language)("certainty_document.value.points", change=said.removesuffix("%"))
    return f"+{said}" if value > 0 else said


def unit_of(case: Case, point: FreePoint) -> str | None:
    """The unit of a figure, or where it has none that of the measure's other figures; a declared fact has its type instead."""
    if point.name in case.rulebook.facts:
        return None
    model = case.units[point.unit].model
    for name in (point.name, TARGET.field, ACTUAL.field, BASELINE.field):
        quantity = getattr(model, name, None)
        if isinstance(quantity, Quantity) and quantity.unit is not None:
            return quantity.unit
    return None


def type_of(case: Case, point: FreePoint) -> Type:
    """The type of a figure or a judgement."""
    if point.kind == "judgement":
        return case.rulebook.by_name[point.name].outputs[0].type
    known = case.rulebook.figure(point.scope, point.name)
    return ANY if known is None else known.type


def value_of(case: Case, point: FreePoint, value: Scalar, supposed: bool, language: Language) -> Value:
    """A value with its names."""
    assert isinstance(value, (Decimal, str, bool)), "only what has become known is shown"
    return Value(
        point.id,
        title(case, point, language),
        point.unit,
        subject(case, point, language),
        _exact(value),
        text(case, point, value, language),
        supposed,
    )


def _exact(value: Decimal | str | bool) -> str | bool | None:
    """A value as data: of a text that no rule names what rules find in it, or nothing where any other text does."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, str) and value.startswith(OTHER):
        return found_content(value) or None
    return value


def open_point(
    case: Case, point: FreePoint, matters: bool | None, alone: tuple[Possibility, ...], language: Language
) -> OpenPoint:
    """A point with its names."""
    return OpenPoint(
        point.id,
        title(case, point, language),
        point.unit,
        subject(case, point, language),
        point.reason,
        point.kind == "judgement",
        range_of(case, point, language),
        matters,
        alone,
    )


def range_of(case: Case, point: FreePoint, language: Language) -> str:
    """What a point can be, in words."""
    say = wording(language)
    if point.kind != "number":
        options = (number_of(each.constant) if isinstance(each, Linear) else each for each in point.options)
        return say.listed(dict.fromkeys(text(case, point, each, language) for each in options))
    low, high = (None if end is None else _end(case, point, end, language) for end in (point.grid.low, point.grid.high))
    whole = point.grid.step is not None
    known = case.rulebook.figure(point.scope, point.name)
    if known is not None and known.year:
        return say("certainty_document.value.fiscal_year")
    if low is None:
        return say("certainty_document.value.any_whole" if whole else "certainty_document.value.any_number")
    if high is not None:
        return say(
            "certainty_document.value.whole_between" if whole else "certainty_document.value.number_between",
            low=low,
            high=high,
        )
    found = say(
        "certainty_document.value.whole_at_least" if whole else "certainty_document.value.number_at_least", low=low
    )
    return (
        say("certainty_document.value.at_most_total", range=found) if known is not None and known.row.within else found
    )


def _end(case: Case, point: FreePoint, end: Fraction, language: Language) -> str:
    value = decimal_of(end)
    if type_of(case, point) == MONEY and not value:
        return wording(language)("certainty_document.value.yen", amount=value_text(value, ANY, language))
    return text(case, point, value, language)
