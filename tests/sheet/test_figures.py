"""The table of figures: it lists what the models state, and names nothing that they do not have."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Sheet, YearPoint
from hyotei.sheet.fields import HOLDERS, fields_of, plain_fields, quantity_fields
from hyotei.sheet.figures import BY_PATH, FIGURES, OF_BUDGET_YEARS, OF_MEASURES, YEARLY, FigureRow, rows_of
from hyotei.sheet.json_schema import sheet_schema
from hyotei.sheet.models import Quantity
from hyotei.sheet.scopes import Scope
from hyotei.sheet.unread_parts import PARTS

MODELS: dict[Scope, type[BaseModel]] = {
    "sheet": Sheet, "objective": Objective, "indicator": Indicator, "measure": Measure, "year": YearPoint,
    "budget_year": BudgetYear,
}  # fmt: skip
ROWS = pytest.mark.parametrize("row", FIGURES, ids=lambda row: f"{row.scope}.{row.path}")


def test_a_figure_has_one_row() -> None:
    assert len(BY_PATH) == len(FIGURES)


@pytest.mark.parametrize(
    ("model", "rows"),
    [
        (Measure, OF_MEASURES),
        (BudgetYear, OF_BUDGET_YEARS),
        (YearPoint, YEARLY),
        (YearPoint, tuple(row for row in rows_of("year") if row.quantity)),
    ],
    ids=str,
)
def test_every_quantity_of_the_models_has_a_row(model: type[BaseModel], rows: tuple[FigureRow, ...]) -> None:
    """The rows stand in the order of the fields, which is that of the columns of a corpus."""
    assert tuple(row.field for row in rows) == quantity_fields(model)


@ROWS
def test_a_row_names_a_field_of_the_models_or_says_how_it_is_worked_out(row: FigureRow) -> None:
    if row.made:
        assert row.get is not None
        assert row.follows or row.carried_by is not None
        return
    model = MODELS[row.scope] if row.holder is None else HOLDERS[row.holder]
    assert row.field in (quantity_fields(model) if row.quantity or row.part else plain_fields(model))
    if row.part:
        assert row.part in Quantity.model_fields


@ROWS
def test_the_schema_calls_a_figure_by_its_names(row: FigureRow) -> None:
    if row.part is None and not row.made:
        model = MODELS[row.scope] if row.holder is None else HOLDERS[row.holder]
        schema = sheet_schema()
        of = schema if model is Sheet else schema["$defs"][model.__name__]
        assert of["properties"][row.field]["title"] == f"{row.names[0]} / {row.names[1]}"


@ROWS
def test_what_a_row_speaks_of_is_in_the_table(row: FigureRow) -> None:
    assert set(row.follows) <= set(BY_PATH)
    for other in (row.as_unknown_as, row.against):
        assert other is None or (row.scope, other) in BY_PATH
    assert row.carried_by is None or row.carried_by in PARTS


@ROWS
def test_a_figure_has_different_names_from_all_others_of_its_scope(row: FigureRow) -> None:
    for other in FIGURES:
        if other.scope == row.scope and other is not row:
            assert not set(row.names) & set(other.names)


def test_a_field_is_a_value_or_a_quantity() -> None:
    def names(model: type[BaseModel]) -> Iterator[str]:
        yield from plain_fields(model)
        yield from quantity_fields(model)

    for model in (*MODELS.values(), *HOLDERS.values()):
        assert sorted(names(model)) == sorted(each.name for each in fields_of(model))
