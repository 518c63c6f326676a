"""The figures of a finding: those that decided, each with its year, its value and where it was read; amounts in one unit."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Row, Table
from hyotei.rulebook.term_words import figure_title
from hyotei.rulebook.types import MONEY, RATIO, BooleanType, Type
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.value_words import amount, in_thousands
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.vocabulary import figure
from hyotei.sheet import BudgetYear, Measure, Quantity, Sheet, YearPoint
from hyotei.sheet.derived_figures import name_of
from hyotei.sheet.figures import ACTUAL, BY_PATH, TARGET, YEARS_MISSED
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.units import YEN
from hyotei.sheet.year_series import missed_run
from hyotei.verdict.case import Case, Read
from hyotei.verdict.deciding_figures import behind, decided_by, leaves
from hyotei.verdict.model import Plain
from hyotei.verdict.steps import corrected_place, place_of, place_text, plain_value, printed

_PLACES: Final = 3
"""How many places of a decision are named before the rest is only counted."""


FigureKind = Literal["money", "ratio", "other"]
"""What a figure measures, which tells how a table shows its value: yen, a part of a whole, or anything else."""


class FindingFigure(NamedTuple):
    """A figure that decided: its name and text for people, its exact value, where it was read, and what it measures.

    The place of a decision is those of the figures it rests on that are not told one by one, such as the parts of a sum.
    """

    title: str
    text: str
    value: Plain
    place: str
    kind: FigureKind


@dataclass(frozen=True, slots=True)
class _Shown:
    """A figure before it is told, because the unit of all amounts of a finding is one."""

    title: str
    value: Scalar
    of: Type
    place: str
    quantity: Quantity | None = None

    @property
    def money(self) -> Decimal | None:
        """The amount in yen, if it is one."""
        is_money = self.of == MONEY or (self.quantity is not None and self.quantity.unit == YEN)
        return self.value if is_money and isinstance(self.value, Decimal) else None

    @property
    def kind(self) -> FigureKind:
        """What the figure measures."""
        if self.money is not None:
            return "money"
        unit = None if self.quantity is None else self.quantity.unit
        return "ratio" if unit is None and self.of == RATIO else kind_of(unit)


def kind_of(unit: str | None) -> FigureKind:
    """What a figure of that unit measures."""
    return "money" if unit == YEN else "ratio" if unit == "%" else "other"


def figures_of(case: Case, table: Table, row: Row, unit: Unit, language: Language) -> tuple[FindingFigure, ...]:
    """What decided that a row of an audit table holds for a unit, column by column, each figure once."""
    shown: dict[_Shown, None] = {}
    for column, check in zip(table.inputs, row.checks, strict=True):
        if not check.anything:
            for each in decided_by(case, column.term, unit):
                shown.update(dict.fromkeys(_shown(case, each, unit, language)))
    whole_yen = any(each.money is not None and not in_thousands(each.money) for each in shown if each.value)
    return tuple(
        FindingFigure(
            each.title, _text(case, each, language, whole_yen), plain_value(each.value), each.place, each.kind
        )
        for each in shown
    )


def _text(case: Case, each: _Shown, language: Language, whole_yen: bool) -> str:
    if each.quantity is not None and each.quantity.value is not None:
        return printed(each.quantity, language, whole_yen)
    if each.money is not None:
        return amount(each.money, language, whole_yen)
    return case.words(each.value, each.of, language)


def _shown(case: Case, read: Read, at: Unit, language: Language) -> Iterator[_Shown]:
    """A figure itself; a decision with its result and the figures it rests on, a truth with these alone."""
    if read.listed:
        return
    if isinstance(read.term, t.Figure):
        yield from _figure(case, read, at, language)
        return
    step = case.step(*read.key)
    if step is None:
        return
    decision = case.rulebook.by_name[read.name]
    if isinstance(decision.outputs[0].type, BooleanType):
        for each in behind(case, step):
            yield from _shown(case, each, at, language)
        return
    rests_on = tuple(leaves(case, read, set()))
    told = [each for each in rests_on if not each.listed]
    result = case.derivation.value(*read.key)
    # A decision that hands on one figure as it is says nothing beside it.
    if result is not None and not (len(rests_on) == 1 and [each.unit.figure(each.name) for each in told] == [result]):
        title = _with_year(case.title(read.term, language), read.unit, at, language)
        places = _places((each for each in rests_on if each.listed), language)
        yield _Shown(title, result, decision.outputs[0].type, _joined(places, language))
    for each in told:
        yield from _figure(case, each, at, language)


def _figure(case: Case, read: Read, at: Unit, language: Language) -> Iterator[_Shown]:
    """A figure of the sheet; one that is worked out of others is told by these as well."""
    unit, name = read.unit, read.name
    found = case.rulebook.read(unit.scope, name)
    quantity = unit.quantity(name) if "." not in name and not found.row.declared else None
    title = _with_year(figure_title(unit.scope, name, case.rulebook, language), unit, at, language)
    yield _Shown(
        title,
        unit.figure(name),
        case.rulebook.figure_type(name, found.type),
        place_of(unit, name),
        quantity,
    )
    if isinstance(unit.model, Measure) and name == YEARS_MISSED.path:
        yield from _missed(case, unit, unit.model, language)
    elif found.row.made:
        for scope, path in found.row.follows:
            if BY_PATH[scope, path].quantity:
                yield from _figure(case, Read(t.Figure(scope, path), unit, False), at, language)


def _missed(case: Case, unit: Unit, measure: Measure, language: Language) -> Iterator[_Shown]:
    """Targets and actuals of the years in which the target was missed."""
    sheet = unit.up("sheet").model
    assert isinstance(sheet, Sheet)
    for year in missed_run(measure, sheet.fiscal_year, name_of(unit)) or ():
        for row, quantity in ((TARGET, year.target), (ACTUAL, year.actual)):
            found = figure(row.scope, row.path)
            assert found is not None
            title = _of_year(figure_title(row.scope, row.path, case.rulebook, language), year.fiscal_year, language)
            # The year is in the title.
            plain = quantity.model_copy(update={"fiscal_year": None})
            yield _Shown(title, quantity.value or Decimal(0), found.type, place_text(quantity.source), plain)


def _with_year(title: str, unit: Unit, at: Unit, language: Language) -> str:
    """The title with the fiscal year where a year of the budget or of a measure is not the unit of the finding itself."""
    if isinstance(unit.model, BudgetYear | YearPoint) and unit.key != at.key:
        return _of_year(title, unit.model.fiscal_year, language)
    return title


def _of_year(title: str, year: int, language: Language) -> str:
    return wording(language)("verdict.assumed.figure_of_year", title=title, year=print_fiscal_year(year, language))


def _places(figures: Iterable[Read], language: Language) -> list[str]:
    """The places of figures, each once."""
    return list(dict.fromkeys(place for each in figures if (place := corrected_place(each.unit, each.name, language))))


def _joined(places: list[str], language: Language) -> str:
    named, more = "; ".join(places[:_PLACES]), len(places) - _PLACES
    return named if more <= 0 else wording(language)("verdict.places.more", places=named, count=more)
