"""A person corrects a figure of a written sheet by typing it: the sheet has that figure, marked, and nothing else is changed."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from hyotei.base.yaml import YamlList, YamlMap, YamlValue, parse_yaml
from hyotei.readers import read_sheet
from hyotei.readers.figures_yaml import same_figure
from hyotei.readers.sheet_keys import AMOUNTS, MEASURE_FIGURES
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet, Source
from hyotei.sheet.correction import before_correction
from hyotei.sheet.quantity import print_quantity
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml
from tests.examples import one_in
from tests.strategies_sheets import quantities, sheets

SEED = Path(__file__).parents[2] / "cases" / "mic-24-15" / "sheet.yaml"
FIGURES = {*MEASURE_FIGURES, *AMOUNTS, "stated_rate", "amount"}


def places(text: str) -> list[tuple[int, str]]:
    """Every figure of a written sheet: the line of its file, from 0, and its key."""
    tree, problems = parse_yaml(text)
    assert tree is not None
    assert problems == []
    return list(_places(tree))


def _places(tree: YamlValue) -> Iterator[tuple[int, str]]:
    if isinstance(tree, YamlList):
        for each in tree.items:
            yield from _places(each)
    elif isinstance(tree, YamlMap):
        printed = tree.get("printed")
        for key, value in tree.entries:
            if key.text in FIGURES and isinstance(printed, YamlMap) and printed.get(key.text) is not None:
                yield key.line - 1, key.text
            elif key.text != "printed":
                yield from _places(value)


def parts(part: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every figure and every other value of a sheet with its path."""
    if isinstance(part, Quantity) or not isinstance(part, BaseModel | tuple):
        yield path, part
    elif isinstance(part, tuple):
        for index, each in enumerate(part):
            yield from parts(each, f"{path}[{index}]")
    else:
        for name in type(part).model_fields:
            yield from parts(getattr(part, name), f"{path}.{name}")


def differences(one: Sheet, other: Sheet) -> list[tuple[object, object]]:
    first, second = dict(parts(one)), dict(parts(other))
    assert first.keys() == second.keys()
    return [(first[path], second[path]) for path in first if first[path] != second[path]]


def corrected_at(sheet: Sheet, index: int, typed: str) -> Sheet:
    """The sheet after a person typed another text for one figure of its file."""
    text = sheet_to_yaml(sheet)
    line, key = places(text)[index]
    lines = text.split("\n")
    head = lines[line][: lines[line].index(f"{key}:")]
    lines[line] = f"{head}{key}: {json.dumps(typed, ensure_ascii=False)}"
    again, problems = parse_sheet("\n".join(lines), file="again.yaml")
    assert [problem.code for problem in problems if problem.severity == "error"] == []
    assert again is not None
    return again


def assert_corrected(sheet: Sheet, again: Sheet, meant: Quantity) -> None:
    """One figure is the one meant, with its place and its printed text kept and with what was read before."""
    ((before, after),) = differences(sheet, again)
    assert isinstance(before, Quantity)
    assert isinstance(after, Quantity)
    year = before.fiscal_year if meant.fiscal_year is None else meant.fiscal_year
    assert same_figure(after, meant.model_copy(update={"fiscal_year": year}))
    assert after.source is not None
    assert after.source.reading == "corrected"
    if before.source is not None:
        assert (after.source.text, after.source.line) == (before.source.text, before.source.line)
        assert before_correction(after.source)


@settings(max_examples=one_in(3))
@given(sheets(), st.data())
def test_any_figure_of_a_sheet_can_be_corrected(sheet: Sheet, data: st.DataObject) -> None:
    """Of drawn sheets, with every kind of figure in place of any; and the corrected sheet is written and read like any other."""
    found = places(sheet_to_yaml(sheet))
    assume(found)
    index = data.draw(st.integers(0, len(found) - 1))
    _, key = found[index]
    meant = data.draw(
        quantities.map(lambda each: each.model_copy(update={"unit": "円"})) if key in AMOUNTS else quantities
    )
    assume(not (key in AMOUNTS and meant.value is None))
    again = corrected_at(sheet, index, print_quantity(meant))
    assume(again != sheet)
    if not any(isinstance(each, Quantity) and each.source is not None and each.source.reading == "corrected"
               for _, each in parts(sheet)):  # fmt: skip
        assert_corrected(sheet, again, meant)
    assert parse_sheet(sheet_to_yaml(again), file="third.yaml") == (again, ())


def test_every_figure_of_the_seed_can_be_corrected() -> None:
    """Each figure of a real sheet in turn."""
    sheet = read_sheet(SEED)
    count = len(places(sheet_to_yaml(sheet)))
    assert count > 20
    for index in range(count):
        assert_corrected(sheet, corrected_at(sheet, index, "98,765円"), Quantity(value=Decimal(98765), unit="円"))


def test_taking_a_figure_away_is_a_correction() -> None:
    """A figure whose line was removed is missing, and its printed text is still there."""
    sheet = read_sheet(SEED)
    text = sheet_to_yaml(sheet)
    line = next(line for line in text.splitlines() if line.strip().startswith("actual: 計43回"))
    again, problems = parse_sheet(text.replace(line + "\n", "", 1))
    assert problems == ()
    assert again is not None
    actual = again.measures[0].actual
    assert actual.unknown == "missing"
    assert actual.source is not None
    assert (actual.source.reading, actual.source.text) == ("corrected", "計43回【24年度】")


def test_amounts_stay_in_the_unit_of_the_form() -> None:
    """What is printed in 千円 is written and corrected in 千円, without any unit stated elsewhere."""
    amount = Quantity(value=Decimal(1_234_000), unit="円", source=Source(text="1,234", file="a.txt", line=3))
    sheet = Sheet(id="x", title="題", authority="総務省", fiscal_year=2012,
                  budget_years=(BudgetYear(fiscal_year=2012, initial=amount),))  # fmt: skip
    text = sheet_to_yaml(sheet)
    assert "initial: 1,234千円  #" in text
    again, problems = parse_sheet(text.replace("initial: 1,234千円  #", "initial: 1,243千円  #"))
    assert problems == ()
    assert again is not None
    initial = again.budget_years[0].initial
    assert initial.value == 1_243_000
    assert initial.source is not None
    assert before_correction(initial.source) == "1,234千円"
    assert "initial: 1,243千円  #" in sheet_to_yaml(again)


def test_a_correction_can_be_taken_back() -> None:
    """Typing what was read at first leaves no mark."""
    sheet = read_sheet(SEED)
    once, _ = parse_sheet(sheet_to_yaml(sheet).replace("actual: 計43回【24年度】  #", "actual: 計13回  #"))
    assert once is not None
    twice, _ = parse_sheet(sheet_to_yaml(once).replace("actual: 13回  #", "actual: 43回  #"))
    assert twice is not None
    actual = twice.measures[0].actual
    assert actual.value == 43
    assert actual.source is not None
    assert actual.source.reading == "stated"


@pytest.mark.parametrize(
    ("value", "text", "marked"),
    [
        ("43", "計43回", False),
        ("13", "計43回", True),
        ("13", "", True),
        ("1234000", "1,234", False),
        ("1234", "1,234", False),
        ("1243000", "1,234", True),
        ("-1234000", "△1,234", False),
        ("2", "第二回と第三回", False),
        ("5", "第二回と第三回", True),
    ],
)
def test_the_layout_of_the_models_is_seen_against_its_texts(value: str, text: str, marked: bool) -> None:
    """A value that its own source prints in no unit was typed by a person, in YAML as in JSON."""
    unit = "円" if "234" in text else "回"
    actual = Quantity(value=Decimal(value), unit=unit, source=Source(text=text, file="a.txt", line=3))
    indicator = Indicator(name="指標", measures=(Measure(actual=actual),))
    objectives = (Objective(name="目標", indicators=(indicator,)),)
    sheet = Sheet(id="x", title="題", authority="総務省", fiscal_year=2012, objectives=objectives)
    as_yaml = yaml.safe_dump(yaml.safe_load(sheet.model_dump_json(by_alias=True)), allow_unicode=True)
    for written in (sheet.model_dump_json(by_alias=True), as_yaml):
        again, problems = parse_sheet(written)
        assert problems == ()
        assert again is not None
        source = again.measures[0].actual.source
        assert source is not None
        assert (source.reading == "corrected") is marked
        assert source.text == text
