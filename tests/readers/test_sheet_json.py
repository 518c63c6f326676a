"""The canonical JSON of a sheet reads back identically; any other JSON is told what is wrong with it."""

import json

import pytest
from hypothesis import given

from hyotei.readers.sheet_file import parse_sheet
from hyotei.readers.value_against_text import sheet_against_print
from hyotei.sheet import Sheet
from tests.strategies_sheets import sheets

HAND = (
    '{"id": "a", "title": "b", "authority": "c", "fiscal_year": "2012", "measures": [{"target": "5回", "actual": 4}]}'
)


@given(sheets())
def test_canonical_json_reads_back_identically(sheet: Sheet) -> None:
    """In one line or indented, every sheet comes back as it was, with what its sources contradict marked once."""
    sheet = sheet_against_print(sheet)
    for indent in (None, 2):
        assert parse_sheet(sheet.model_dump_json(by_alias=True, indent=indent)) == (sheet, ())


def test_json_may_be_written_by_hand() -> None:
    """JSON in the layout of hand-written sheets is read like YAML."""
    sheet, problems = parse_sheet(HAND)
    assert problems == ()
    assert sheet is not None
    assert (sheet.measures[0].target.value, sheet.measures[0].actual.value) == (5, 4)


def canonical() -> dict[str, object]:
    data: dict[str, object] = json.loads(
        Sheet(id="a", title="b", authority="c", fiscal_year=2012).model_dump_json(by_alias=True)
    )
    return data


FIGURE = [{"name": "a", "indicators": [{"name": "b", "measures": [{"target": {"value": "NaN"}}]}]}]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fiscal_year": 9999}, "HY202"),
        ({"colour": 1}, "HY231"),
        ({"schema": "hyotei.sheet/9"}, "HY237"),
        ({"objectives": [{"indicators": []}]}, "HY232"),
        ({"budget_years": [{"fiscal_year": 2012}, {"fiscal_year": 2012}]}, "HY236"),
        ({"objectives": FIGURE}, "HY129"),
    ],
)
def test_changed_canonical_json_is_told(change: dict[str, object], code: str) -> None:
    """What no longer fits is told as in any sheet, with its place in the file."""
    _, problems = parse_sheet(json.dumps(canonical() | change, indent=1), file="x.json")
    assert [problem.code for problem in problems] == [code]
    assert problems[0].severity == "error"
    assert problems[0].location.line is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"budget_years": [], "budget_years": []}', "HY111"),
        ('{"budget_years": ' + "[" * 5000 + "]" * 5000 + "}", "HY114"),
        ('{"budget_years": ', "HY110"),
        ('{"budget_years": ' + "1" * 5000 + "}", "HY233"),
    ],
)
def test_broken_json_is_told(text: str, code: str) -> None:
    """Duplicates, depth and syntax are those of any file."""
    sheet, problems = parse_sheet(text)
    assert sheet is None
    assert code in [problem.code for problem in problems]
