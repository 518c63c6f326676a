"""What stands above the headings of a list in cells: its title is no heading of a column, its unit is that of all amounts."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.printed import read_form
from hyotei.sheet import Sheet
from tests.readers import form_grid
from tests.readers.form_grid import Line, Spot

HEADINGS: Final = ("施策番号", "施策名", "当初予算額", "決算額", "成果指標", "目標値", "実績値")
UNITS: Final = {"千円": 10**3, "百万円": 10**6, "億円": 10**8}


def sheets_of(lines: list[Line]) -> list[Sheet]:
    found = list(read_form(form_grid.blocks(lines), "list"))
    return [each.sheet for each in found if each.sheet is not None]


@given(
    st.sampled_from(sorted(UNITS)),
    st.integers(0, len(HEADINGS) - 1),
    st.booleans(),
    st.integers(0, len(HEADINGS) - 1),
    st.booleans(),
    st.lists(st.integers(1, 9_999), min_size=8, max_size=8),
)
def test_title_and_unit_in_cells_above_a_list(
    unit: str, title_at: int, title_dated: bool, unit_at: int, one_row: bool, drawn: list[int]
) -> None:
    """Wherever they stand, amounts have the unit of the list, and figures of measures have not."""
    title = [None] * title_at + [Spot("令和４年度 施策一覧" if title_dated else "施策一覧")]
    beside = [None] * unit_at + [Spot(f"（単位：{unit}）")]
    above: list[Line] = [title, beside]
    if one_row and title_at < unit_at:
        above = [[*title, *beside[title_at + 1 :]]]
    rows: list[Line] = [
        [Spot(f"1{number}"), Spot(name), *(Spot(f"{each:,}") for each in drawn[at : at + 2]), Spot("入込の数"),
         *(Spot(f"{each:,}") for each in drawn[at + 2 : at + 4])]
        for number, (name, at) in enumerate((("港湾の整備", 0), ("漁港の整備", 4)))
    ]  # fmt: skip
    sheets = sheets_of([*above, [Spot(each) for each in HEADINGS], *rows])
    assert [sheet.title for sheet in sheets] == ["港湾の整備", "漁港の整備"]
    for sheet, at in zip(sheets, (0, 4), strict=True):
        (budget,) = sheet.budget_years
        assert [budget.initial.value, budget.executed.value] == [each * UNITS[unit] for each in drawn[at : at + 2]]
        (measure,) = sheet.measures
        assert [measure.target.unit, measure.actual.unit] == [None, None]
        assert [measure.target.value, measure.actual.value] == drawn[at + 2 : at + 4]


@pytest.mark.parametrize("unit", ["－", "―", "ー", "なし"])
def test_what_stands_in_place_of_a_unit_is_none(unit: str) -> None:
    headings = ("施策番号", "施策名", "成果指標", "単位", "目標値", "実績値")
    rows = [("11", "港湾の整備", "評点", unit, "450", "462"), ("12", "漁港の整備", "評点", unit, "45", "40")]
    sheets = sheets_of([[Spot(each) for each in line] for line in (headings, *rows)])
    assert [measure.target.unit for sheet in sheets for measure in sheet.measures] == [None, None]
    assert [measure.actual.value for sheet in sheets for measure in sheet.measures] == [462, 40]
