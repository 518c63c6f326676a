"""The models of a sheet: strict, immutable, and the same after a trip through JSON."""

import decimal
import json
from decimal import Decimal

import pytest
from hypothesis import given
from pydantic import BaseModel, ValidationError

from hyotei.base.exact import plain
from hyotei.sheet import BudgetYear, Indicator, Measure, Quantity, Sheet, YearPoint
from tests.strategies_sheets import quantities, sheets


@given(sheets())
def test_json_gives_the_sheet_back(sheet: Sheet) -> None:
    """Written and read, a sheet is the same, and written again it is the same text."""
    text = sheet.model_dump_json(by_alias=True)
    again = Sheet.model_validate_json(text)
    assert again == sheet
    assert again.model_dump_json(by_alias=True) == text


@given(quantities, quantities)
def test_figures_are_equal_as_pydantic_has_it(quantity: Quantity, other: Quantity) -> None:
    """The shorter comparison of figures answers as the one of all models, and equal figures have one hash."""
    copy = Quantity.model_validate(quantity.model_dump())
    assert copy == quantity
    assert hash(copy) == hash(quantity)
    assert (quantity == other) is BaseModel.__eq__(quantity, other)
    assert quantity.__eq__(None) is False


@given(quantities)
def test_figures_are_written_as_plain_text(quantity: Quantity) -> None:
    """No exponent and no float ever stands in the JSON, whatever the ambient context."""
    with decimal.localcontext(decimal.Context(prec=1)):
        data = json.loads(quantity.model_dump_json(), parse_float=lambda text: pytest.fail(f"a float: {text}"))
    assert data["value"] == (None if quantity.value is None else plain(quantity.value))


def test_figures_of_great_size_are_exact() -> None:
    """Sixty digits before and thirty after the point are kept under any context."""
    value = Decimal("9" * 60 + "." + "1" * 30)
    with decimal.localcontext(decimal.Context(prec=1, traps=[decimal.Inexact, decimal.Rounded])):
        again = Quantity.model_validate_json(Quantity(value=value).model_dump_json())
    assert again.value == value


@pytest.mark.parametrize(
    "value", [1.5, 1, "1", "NaN", Decimal("NaN"), Decimal("Infinity"), Decimal("1e400"), Decimal("1e-31")]
)
def test_only_finite_decimals_are_figures(value: object) -> None:
    """Floats, integers, texts and figures without bounds are refused in Python."""
    with pytest.raises(ValidationError):
        Quantity(value=value)  # type: ignore[arg-type]  # the refusal is what is tested


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"value": Decimal(1), "unknown": "missing"},
        {"unknown": "undefined", "low": Decimal(1)},
        {"unknown": "missing", "low": Decimal(1), "high": Decimal(2)},
        {"unknown": "undefined", "low": Decimal(2), "high": Decimal(1)},
        {"value": Decimal(1), "fiscal_year": 1867},
        {"value": Decimal(1), "qualifier": "ぐらい"},
        {"value": Decimal(1), "colour": "red"},
    ],
)
def test_a_quantity_has_one_meaning(parts: dict[str, object]) -> None:
    """Neither nothing nor two things at once, and no unknown part."""
    with pytest.raises(ValidationError):
        Quantity.model_validate(parts)


def test_models_cannot_be_changed() -> None:
    """A sheet that was read stays as it was read."""
    quantity = Quantity(value=Decimal(1))
    with pytest.raises(ValidationError):
        quantity.value = Decimal(2)  # type: ignore[misc]  # the refusal is what is tested


def test_years_ascend_and_stand_once() -> None:
    """Neither a budget nor a series has a year twice."""
    years = (BudgetYear(fiscal_year=2012), BudgetYear(fiscal_year=2012))
    with pytest.raises(ValidationError, match="ascend"):
        Sheet(id="a", title="b", authority="c", fiscal_year=2012, budget_years=years)
    with pytest.raises(ValidationError, match="ascend"):
        Measure(series=(YearPoint(fiscal_year=2013), YearPoint(fiscal_year=2012)))


def test_an_indicator_has_a_measure() -> None:
    """An indicator without any measure is none."""
    with pytest.raises(ValidationError):
        Indicator(name="a", measures=())


@given(sheets())
def test_a_sheet_lists_its_measures_in_order(sheet: Sheet) -> None:
    """The flattened lists are those of the tree."""
    assert list(sheet.indicators) == [each for objective in sheet.objectives for each in objective.indicators]
    assert list(sheet.measures) == [each for indicator in sheet.indicators for each in indicator.measures]


def test_the_schema_describes_every_field_of_a_quantity() -> None:
    """The exported JSON Schema names its version and says what each part means."""
    schema = Sheet.model_json_schema(by_alias=True)
    assert schema["properties"]["schema"]["const"] == "hyotei.sheet/3"
    assert "schema_" not in schema["properties"]
    for name, field in schema["$defs"]["Quantity"]["properties"].items():
        assert field.get("description"), name
    assert schema["additionalProperties"] is False
