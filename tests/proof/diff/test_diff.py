"""Whole comparisons: what is shown on sheets is so, what is proved the same is, and edits by hand come out as told."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import hyotei
from hyotei.base.result_json import result_data, result_schema
from hyotei.compare.model import SCHEMA, RulebookDiff
from hyotei.proof.diff.diff import diff
from hyotei.report.diff_document import diff_document
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import RESULTS, Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.writers.terminal import document_lines
from hyotei.writers.terminal_lines import plain
from tests.compare.edited import edited
from tests.conftest import ROOT
from tests.examples import one_in
from tests.strategies import sheets

MIC = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")


def changed(*edits: tuple[str, str], text: str = MIC) -> RulebookDiff:
    """The shipped rulebook against itself with some texts replaced."""
    new = text
    for before, after in edits:
        assert new.count(before) == 1, before
        new = new.replace(before, after)
    return diff(parse_rulebook(text), parse_rulebook(new))


def row(number: int, heading: str, text: str = MIC) -> str:
    """The line of a row below a heading."""
    lines = text.split(heading)[1].splitlines()
    return next(line for line in lines if line.startswith(f"|  {number}  |"))


def sound(found: RulebookDiff, old: Rulebook, new: Rulebook) -> None:
    """Every sheet that is shown is one on which the reference says what is told; regions with one are of different points."""
    for change in found.decisions:
        points = [region.point for region in change.regions if region.point]
        assert len(set(map(repr, points))) == len(points)
        for region in change.regions:
            example = region.example
            assert (example is not None) is (region.reach == "shown")
            if example is None:
                continue
            steps = [evaluate(book, example.sheet).steps[change.name, example.unit] for book in (old, new)]
            assert steps[0].outputs != steps[1].outputs
        for result in change.results:
            assert (result.example is not None) is (result.outcome == "differs")


@settings(max_examples=one_in(10, least=2))
@given(edited(2), st.data())
def test_same_is_the_same_and_shown_is_so(books: tuple[Rulebook, Rulebook], data: st.DataObject) -> None:
    """No sheet differs where no difference is told; rating and budget that are the same are so; every example stands a replay."""
    old, new = books
    found = diff(old, new, timeout=2)
    sound(found, old, new)
    sheet = data.draw(sheets(old))
    if not 2011 <= sheet.fiscal_year <= 2014:
        return
    before, after = evaluate(old, sheet), evaluate(new, sheet)
    same = {each.name for each in found.results if each.outcome == "same"}
    for name in RESULTS:
        if name in same:
            assert before.value(name) == after.value(name)
    if found.status == "same":
        assert all(
            repr(sorted(map(repr, a.outputs))) == repr(sorted(map(repr, b.outputs)))
            for a, b in zip(before.steps.values(), after.steps.values(), strict=True)
        )


BETWEEN = """---
rulebook: between
title: 途中
authority: 総務省
standing: draft
fiscal_years: 2011..2014
scales:
  rating: [A, B]
parameters:
  border: BORDER
---
# 判定 `found` — for each objective

| F | `border` | **found** |
|---|---|---|
| 1 | CELL | 1 |
| 2 | - | 2 |

# 区分 `rating` — for the sheet

    if count(objectives[found = 1]) > 0 then A else B
"""


def test_an_input_that_neither_table_has_is_named() -> None:
    """Of a changed parameter and a changed cell, either may be undone alone: the new cell then asks of the old value."""
    old = BETWEEN.replace("BORDER", "5%").replace("CELL", "<=3%")
    new = BETWEEN.replace("BORDER", "10%").replace("CELL", ">=(measures[1].baseline / measures[1].baseline)")
    found = diff(parse_rulebook(old), parse_rulebook(new))
    sound(found, parse_rulebook(old), parse_rulebook(new))
    (change,) = [each for each in found.decisions if each.name == "found"]
    assert all(column.text == "border" for column in change.columns if column.text != "fiscal_year")


def test_rulebook_is_the_same_as_itself() -> None:
    """Nothing differs, and what is only worded otherwise is told as such."""
    found = changed(("  7割以上を達成し", "  七割以上を達成し"), ("| 7割以上を達成し", "| 七割以上を達成し"))
    assert found.status == "same"
    assert [note.kind for note in found.notes] == ["wording"]
    assert not found.edits


def test_widened_cell_is_one_region() -> None:
    """70% to 60%: one region, its cause, and a sheet on which the rating differs. A count is never unknown: that is not asked."""
    found = changed(("| 70%以上", "| 60%以上"))
    (change,) = found.decisions
    (region,) = change.regions
    assert region.cells.ja == ("60%以上70%未満", "0")
    assert (region.before, region.after) == ((("B",),), (("A",),))
    assert found.edits[region.causes[0]].before[0] == "70%以上"
    assert region.reach == "shown"
    assert change.dropped == 0
    assert [(each.name, each.outcome) for each in found.results] == [("rating", "differs"), ("budget", "differs")]


def test_swap_of_rows_that_do_not_overlap_changes_nothing() -> None:
    """Two rows of a first-hit table that never hold together: moved in the text, no change, proved."""
    first, second = row(7, "`budget` — for the sheet"), row(4, "`budget` — for the sheet")
    swapped = (
        MIC.replace(first, "@")
        .replace(second, first.replace("|  7  |", "|  4  |"))
        .replace("@", second.replace("|  4  |", "|  7  |"))
    )
    found = diff(parse_rulebook(MIC), parse_rulebook(swapped))
    assert swapped != MIC
    assert found.status == "differs" or all(edit.effect == "none" for edit in found.edits)
    text = """|  F  | `rating` | **budget** |
| :-: | --- | --- |
|  1  | unknown | unknown |
|  2  | A | Ⅰ |
|  3  | B | Ⅱ |
|  4  | - | Ⅲ |
"""
    head = (
        MIC.split("# 総務省")[0].split("laws:")[0] + "---\n# 区分 `rating` — for the sheet\n\n    recorded.rating\n\n"
    )
    old = head + "# 予算 `budget` — for the sheet\n\n" + text
    new = old.replace("|  2  | A | Ⅰ |\n|  3  | B | Ⅱ |", "|  2  | B | Ⅱ |\n|  3  | A | Ⅰ |")
    found = diff(parse_rulebook(old), parse_rulebook(new))
    assert found.status == "same"
    assert [(edit.kind, edit.effect) for edit in found.edits] == [("row_moved", "none")]
    assert {each.outcome for each in found.results} == {"same"}


def test_parameter_is_the_cause() -> None:
    """A changed parameter is found behind a difference in a table that reads it; a formula that is written otherwise is not."""
    found = changed(("value: 50%", "value: 40%"), ("executed / total", "executed / total * 1"))
    assert {(edit.kind, edit.effect) for edit in found.edits} == {("parameter", "changes"), ("formula", "none")}
    outcomes = {change.name: change.outcome for change in found.decisions}
    assert outcomes == {"result": "differs", "execution_rate": "same"}
    (region,) = found.decisions[0].regions
    assert region.cells.ja[0] == "40%以上50%未満"
    assert found.edits[region.causes[0]].column == "half"


def test_two_edits_that_only_work_together_are_told_so() -> None:
    """A first row that comes to hold only where two cells were widened: neither edit alone gives the old answer back."""
    head = MIC.split("laws:")[0] + "---\n"
    table = "# 区分 `rating` — for each measure\n\n| U | `target.qualifier` | `units_agree` | **rating** |\n|---|---|---|---|\n"
    table = table.replace("`rating` — for each measure", "`judged` — for each measure")
    old = head + table + "| 1 | 以上 | true | A |\n| 2 | 以下 | - | B |\n| 3 | 以上 | false | C |\n"
    new = old.replace("| 2 | 以下 | - | B |", "| 2 | 以下 | true | B |").replace(
        "| 3 | 以上 | false |", "| 3 | - | false |"
    )
    found = diff(parse_rulebook(old), parse_rulebook(new))
    (change,) = found.decisions
    region = next(each for each in change.regions if each.cells.ja == ("以下", "false"))
    assert region.before == (("B",),)
    assert region.after == (("C",),)
    assert len(region.causes) + len(region.together) == 2


def test_scale_and_figure_that_were_added_are_told() -> None:
    """A new value of a scale, and an input that is read now, are told as such and count as a difference."""
    found = changed(("    C: 基本目標の達成に向けて十分な進展がなかった", "    C: 進展がなかった\n    D: 後退した"))
    assert {"scale_value_added", "wording"} <= {note.kind for note in found.notes}
    assert found.status == "differs"
    # What is recorded is read in the new scale, so the table that compares with it is told; the rating is the same all the same.
    assert {each.name: each.outcome for each in found.decisions}["rating"] == "same"
    assert [each.outcome for each in found.results] == ["same", "same"]


def test_nonlinear_formula_is_open() -> None:
    """A product of figures that the solver cannot compare is open, never called the same."""
    head = MIC.split("laws:")[0] + "---\n"
    old = head + "# 積 `x` — for each measure\n\n    actual * target * actual - target * target >= 3\n"
    new = old.replace(">= 3", ">= 3.0001")
    found = diff(parse_rulebook(old), parse_rulebook(new), timeout=0.2)
    assert found.status in ("open", "differs")
    for change in found.decisions:
        assert change.outcome == "open" or change.regions[0].example is not None


def test_data_fits_its_schema_and_the_interface() -> None:
    """`hyotei.diff` takes ids; its data has what the schema asks for."""
    found = hyotei.diff("mic-2013", "mic-2013")
    assert found.status == "same"
    data = result_data(found, "en")
    schema = result_schema(RulebookDiff, SCHEMA)
    Draft202012Validator(schema).validate(json.loads(json.dumps(data)))
    assert schema["required"] == list(data)


@pytest.mark.parametrize("which", ["rs-review-2024", "sheet-quality"])
def test_other_shipped_rulebooks_are_the_same_as_themselves(which: str) -> None:
    """Rulebooks of findings only have neither rating nor budget to compare."""
    found = hyotei.diff(which, which)
    assert (found.status, found.results) == ("same", ())


def test_edits_of_a_table_too_large_for_regions_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cell by cell, as those of any other table, and never as a table that was rewritten as itself."""
    monkeypatch.setattr("hyotei.compare.differing_boxes.MOST_NODES", 1)
    found = changed(("| 70%以上", "| 60%以上"))
    assert {(edit.kind, edit.column) for edit in found.edits} == {("cell", "share_achieved")}
    (change,) = found.decisions
    assert (change.symbolic, change.outcome) == (True, "differs")
    text = plain(document_lines(diff_document(found, "ja")))
    assert "70%以上 → 60%以上" in text
    assert not re.search(r"(\b\S+) → \1\b", text)
