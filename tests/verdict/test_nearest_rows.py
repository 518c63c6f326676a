"""Why not otherwise: the gap to a failed test is exact, and rows that hold but do not answer are named."""

from decimal import Decimal

from hypothesis import given, note

from hyotei.base.exact import add, subtract
from hyotei.rulebook.hit_policies import priority
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Table
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.types import ScaleType
from hyotei.sheet import Sheet
from hyotei.verdict.case import Case
from hyotei.verdict.model import Alternative
from hyotei.verdict.nearest_rows import alternatives
from hyotei.verdict.table_view import TableView
from hyotei.verdict.verdict import Verdict
from tests.verdict.rated import case_of, verdicts
from tests.verdict.test_row_margins import HAIR, moved, views


@given(verdicts())
def test_every_other_value_has_one_answer(verdict: Verdict) -> None:
    """Each value of the scale but the one that came out is spoken of, once."""
    for view in views(case_of(verdict)):
        of = view.decision.outputs[0].type
        if isinstance(of, ScaleType):
            found = alternatives(view.case, view.decision, view.unit, "ja")
            assert [each.value for each in found] == [value for value in of.values if value != view.step.outputs[0]]


@given(verdicts())
def test_gaps_are_exact(verdict: Verdict) -> None:
    """Moved by the stated gap the value meets the test that failed, and by a hair less it does not."""
    for view in views(case_of(verdict)):
        for each in alternatives(view.case, view.decision, view.unit, "ja"):
            note(f"{view.decision.name}@{view.unit.key}: {each}")
            check_gaps(view, each)


def check_gaps(view: TableView, each: Alternative) -> None:
    if each.row is None:
        return
    row = view.table.rows[each.row - 1]
    failed = [index for index, value in enumerate(view.step.inputs) if view.holds(row, index, value) is not True]
    assert failed == [miss.column - 1 for miss in each.failed]
    for index, miss in zip(failed, each.failed, strict=True):
        value = view.step.inputs[index]
        if miss.gap is None:
            continue
        assert isinstance(value, Decimal)
        gap = Decimal(miss.gap)
        step = Decimal(1) if view.whole(index) else HAIR
        reach = [gap] if view.whole(index) else [gap, add(gap, HAIR)]
        assert any(view.holds(row, index, moved(value, far, sign)) is True for far in reach for sign in (1, -1))
        if gap >= step:
            short = [moved(value, subtract(gap, step), sign) for sign in (1, -1)]
            # A count is never negative.
            assert not any(view.holds(row, index, at) is True for at in short if at >= 0 or not view.whole(index))


@given(verdicts())
def test_masking_rows_hold(verdict: Verdict) -> None:
    """A row that holds without answering is masked by rows that hold, come before it by the hit policy, or clash with it."""
    for view in views(case_of(verdict)):
        for each in alternatives(view.case, view.decision, view.unit, "ja"):
            note(f"{view.decision.name}@{view.unit.key}: {each}")
            if each.row is None or each.failed:
                assert not each.masked_by
                continue
            row = view.table.rows[each.row - 1]
            assert view.standings[each.row] is True
            for number in each.masked_by:
                other = view.table.rows[number - 1]
                assert view.standings[number] is True
                if view.table.policy == "F":
                    assert number < each.row
                if view.table.policy == "P":
                    ranks = [priority(view.decision, view.table, one.number) for one in (other, row)]
                    assert ranks[0] <= ranks[1]
            if view.step.outcome == "fired":
                assert set(view.step.rows) <= set(each.masked_by)


def test_sentence_of_a_missed_target(seed_verdict: Verdict) -> None:
    """The seed's missed measure is told with its figure, the test and the distance."""
    (found,) = seed_verdict.data("ja").why_not["result@measures[4]"]
    assert found.sentence == "達成率 75.0% は 90%以上 に 15.0ポイント足りない"
    (found,) = seed_verdict.data("en").why_not["result@measures[4]"]
    assert found.sentence == "attainment 75.0% is 15.0 points too low (at least 90% is asked)"


def test_masked_row_names_what_masks_it(seed_verdict: Verdict) -> None:
    """The seed is not B because row 2 answers before row 3."""
    found = seed_verdict.data("ja").why_not["rating"][0]
    assert (found.value, found.row, found.masked_by, found.failed) == ("B", 3, (2,), ())
    assert found.sentence == (
        "この行も満たすが、行2 が先に答える。行2 は、達成した測定値の割合 75.0% が 5.0ポイントを超えて下がれば外れる"
    )


HEAD = """---
rulebook: x
title: x
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: a, B: b, C: c}
---
"""


def why_not(seed: Sheet, table: str) -> dict[str, Alternative]:
    """Why a rating table that reads `count(measures)`, which is 5, gives no other value."""
    head = "# x `n` — for the sheet\n\n    count(measures)\n\n# 評価区分 `rating` — for the sheet\n\n"
    rulebook = parse_rulebook(HEAD + head + table)
    case = Case(rulebook, seed, evaluate(rulebook, seed))
    decision = rulebook.by_name["rating"]
    assert isinstance(decision.body, Table)
    return {each.value: each for each in alternatives(case, decision, case.units["sheet"], "ja")}


def test_counts_move_by_whole_steps(seed: Sheet) -> None:
    """Five is two short of more than six, and two over fewer than four."""
    found = why_not(
        seed, "| F | `n` | **rating** |\n|---|---|---|\n| 1 | 6超 | A |\n| 2 | 4未満 | B |\n| 3 | - | C |\n"
    )
    assert (found["A"].failed[0].gap, found["B"].failed[0].gap) == ("2", "2")
    assert found["A"].sentence == "x 5 は 6超 に 2足りない"


def test_several_ranges_in_a_cell(seed: Sheet) -> None:
    """The nearest of several ranges counts, and leaving one range for another does not make a cell fail."""
    table = "| F | `n` | **rating** |\n|---|---|---|\n| 1 | [1..2], [8..9] | A |\n| 2 | [3..5], [6..7] | B |\n| 3 | - | C |\n"
    found = why_not(seed, table)
    assert found["A"].failed[0].gap == "3"
    assert found["C"].sentence.endswith("行2 は、x 5 が 3下がれば外れる")


def test_undecided_row_before(seed: Sheet) -> None:
    """A row that holds behind one that cannot be decided says so."""
    table = "| F | `measures[5].target` | `n` | **rating** |\n|---|---|---|---|\n| 1 | 5以上 | - | A |\n| 2 | - | 5以上 | B |\n"
    found = why_not(seed, table)
    assert found["B"].sentence == "この行は満たすが、行1 は不明な値のため決まらない"
    assert found["C"].row is None


def test_clash(seed: Sheet) -> None:
    """Under U, rows that hold together are told to clash."""
    found = why_not(seed, "| U | `n` | **rating** |\n|---|---|---|\n| 1 | 5以上 | A |\n| 2 | 4以上 | B |\n")
    assert found["A"].masked_by == (2,)
    assert found["A"].sentence.startswith("この行も満たすが、行2 と食い違う")
