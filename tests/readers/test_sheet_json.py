"""The canonical JSON of a sheet reads back identically; any other JSON is told what is wrong with it."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.sheet_json import read_canonical
from hyotei.readers.sheet_of_file import parse_sheet
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


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.text(max_size=20), st.just("計13回"))
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=2), st.dictionaries(st.text(max_size=8), SCALARS, max_size=2))
ENGLISH = ("Input should", "Field required", "validation error", "Value error", "pydantic")


def places(data: object) -> list[tuple[Any, Any]]:
    """Every value of JSON data, as what holds it and its key or position there."""
    found: list[tuple[Any, Any]] = []
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        found += [(data, key), *places(value)]
    return found


@given(sheets(), st.data())
def test_any_wrong_value_is_told_in_our_words(sheet: Sheet, data: st.DataObject) -> None:
    """Of a sheet in the layout of the models one value is replaced by anything: it is used, or told with its line."""
    tree = json.loads(sheet.model_dump_json(by_alias=True))
    holder, key = data.draw(st.sampled_from(places(tree)))
    holder[key] = data.draw(VALUES)
    again, problems = parse_sheet(json.dumps(tree, ensure_ascii=False, indent=1), file="x.json")
    assert again is not None or problems
    for problem in problems:
        assert problem.location.line is not None
        for language in ("ja", "en"):
            assert not any(word in problem.message(language) for word in ENGLISH)


def test_a_figure_as_a_bare_number_is_read_as_it_is_written_and_through_no_float(seed: Sheet) -> None:
    """As text it is canonical; as a number it is left to the reader of YAML, which has every digit."""
    long = "0.1234567890123456789012345"
    data = json.loads(seed.model_dump_json(by_alias=True))
    data["objectives"][0]["indicators"][0]["measures"][0]["actual"] |= {"value": long, "source": None}
    text = json.dumps(data)
    canonical = read_canonical(text)
    assert canonical is not None
    assert canonical.measures[0].actual.value == Decimal(long)
    assert read_canonical(text.replace(f'"{long}"', long)) is None


@pytest.mark.parametrize("text", ["null", "[]", "1", '"budget_years"', "{}"])
def test_other_json_is_no_sheet(text: str) -> None:
    assert read_canonical(text) is None


def test_a_choice_is_no_correction_of_its_number() -> None:
    """`１ 現状維持` printed for 現状維持 is not taken for the number 1 that somebody took away; another word is."""

    def read(text: str) -> Sheet:
        figure = {"unknown": "qualitative", "source": {"text": "１　現状維持", "reading": "stated"}}
        data = {
            "schema": "hyotei.sheet/3", "id": "a", "title": "b", "authority": "c", "fiscal_year": 2012,
            "facts": [{"name": "course", "text": text, "figure": figure}], "budget_years": [],
        }  # fmt: skip
        found, problems = parse_sheet(json.dumps(data))
        assert found is not None, problems
        return sheet_against_print(found)

    for text, reading in (("現状維持", "stated"), ("廃止", "corrected")):
        source = read(text).facts[0].figure.source
        assert source is not None
        assert source.reading == reading
