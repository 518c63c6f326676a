"""Two tables compared as functions: whatever differs lies in a region, every region differs, and regions never overlap."""

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hyotei.compare.boxes import TooManyBoxes, intersect
from hyotei.compare.table_comparison import TableDiff, compare_tables
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.reference import Reading, evaluate
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Scalar
from tests.compare.edited import covering, edited
from tests.examples import one_in
from tests.strategies import sheets

FEWER = settings(max_examples=one_in(4, least=5))
"""A drawn pair of rulebooks costs more than what is asked about it; other runs draw more, by their profile."""

Outputs = tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]


def compared(old: Rulebook, new: Rulebook, name: str) -> TableDiff:
    try:
        return compare_tables(old, new, name)
    except TooManyBoxes:
        assume(False)
        raise


def said(outputs: Outputs) -> object:
    """Outputs apart from the order in which findings are listed."""
    return sorted(map(repr, outputs)) if outputs and isinstance(outputs[0], tuple) else outputs


@FEWER
@given(edited(), st.data())
def test_what_differs_lies_in_a_region(books: tuple[Rulebook, Rulebook], data: st.DataObject) -> None:
    """The first decision in which two derivations of a sheet differ has its inputs in a region with these two answers."""
    old, new = books
    sheet = data.draw(sheets(old))
    assume(2011 <= sheet.fiscal_year <= 2014)
    before, after = evaluate(old, sheet), evaluate(new, sheet)
    for key, step in before.steps.items():
        if said(step.outputs) == said(after.steps[key].outputs):
            continue
        if not isinstance(old.by_name[key[0]].body, Table):
            return  # a formula, which is compared by the solver
        found = compared(old, new, key[0])
        readings = [Reading(book, sheet) for book in books]
        for reading, derivation in zip(readings, (before, after), strict=True):
            reading.steps = dict(derivation.steps)
        units: list[Unit] = [next(unit for unit in reading.root.all() if unit.key == key[1]) for reading in readings]
        there = covering(found, books, readings, units, Decimal(sheet.fiscal_year))
        assert len(there) == 1, "exactly one region has the inputs"
        if not there[0].computed:
            table = old.by_name[key[0]].body
            assert isinstance(table, Table)
            for answers, outputs in ((there[0].before, step.outputs), (there[0].after, after.steps[key].outputs)):
                rows = outputs if table.policy == "C" and not _unknown(outputs) else (outputs,)
                assert sorted(map(repr, answers)) == sorted(map(repr, rows))
        return


def _unknown(outputs: Outputs) -> bool:
    return bool(outputs) and not isinstance(outputs[0], tuple)


@FEWER
@given(edited(3))
def test_regions_are_disjoint_and_differ(books: tuple[Rulebook, Rulebook]) -> None:
    """No two regions share an input, each has two answers, and no fewer than the bound are there."""
    old, new = books
    for decision in new.decisions:
        if not isinstance(decision.body, Table):
            continue
        # The comparison asks the reference for a point of each region by itself.
        found = compared(old, new, decision.name)
        for at, piece in enumerate(found.pieces):
            assert piece.before != piece.after
            assert all(intersect(piece.box, other.box) is None for other in found.pieces[:at])
            assert piece.causes or piece.together or not found.edits
        assert found.fewest <= len(found.pieces)
        assert bool(found.fewest) is bool(found.pieces)


@FEWER
@given(edited(1), st.data())
def test_edit_without_effect_has_none(books: tuple[Rulebook, Rulebook], data: st.DataObject) -> None:
    """An edit that is said to have no effect changes no sheet; for one that has, there is a region.

    An edit may be told as two (a row that goes and one that comes), which may undo each other: one row of a conflict for another.
    Then each has an effect, undone alone, and nothing differs.
    """
    old, new = books
    sheet = data.draw(sheets(old))
    assume(2011 <= sheet.fiscal_year <= 2014)
    edited_names = [
        each.name
        for each, other in zip(new.decisions, old.decisions, strict=True)
        if isinstance(each.body, Table) and each.body != other.body
    ]
    assume(len(edited_names) == 1 and old.parameters == new.parameters)
    found = compared(old, new, edited_names[0])
    effects = set(found.effects)
    if effects <= {"none"}:
        assert not found.pieces
        before, after = evaluate(old, sheet), evaluate(new, sheet)
        for key, step in before.steps.items():
            assert said(step.outputs) == said(after.steps[key].outputs)
    elif len(found.edits) == 1:
        assert found.pieces
    for number, effect in enumerate(found.effects):
        assert effect != "together" or any(number in piece.together for piece in found.pieces)


def test_two_edits_may_undo_each_other() -> None:
    """Of two rows that conflict one goes and another comes: either edit alone would leave one answer, both leave the conflict."""
    head = (
        "---\nrulebook: drawn\ntitle: 打ち消し\nauthority: 総務省\nstanding: draft\nfiscal_years: 2011..2014\n"
        "scales:\n  rating: [A, B]\n---\n# 区分 `rating` — for the sheet\n\n| U | **rating** |\n|---|---|\n"
    )
    old, new = (parse_rulebook(head + rows) for rows in ("| 1 | A |\n| 2 | B |\n", "| 1 | B |\n| 2 | B |\n"))
    found = compared(old, new, "rating")
    assert [edit.kind for edit in found.edits] == ["row_removed", "row_added"]
    assert not found.pieces
    assert found.effects[1] == "changes"


def test_findings_are_compared_whatever_their_order() -> None:
    """A table that collects its rows gives the same where only their order differs, and says where a row is gone."""
    head = (
        "---\nrulebook: drawn\ntitle: 集める\nauthority: 総務省\nstanding: draft\nfiscal_years: 2011..2014\n---\n"
        "# 点検 `check` — for the sheet\n\n| C | `count(measures)` | **finding** |\n|---|---|---|\n"
    )
    rows = ("| 1 | 1以上 | Z1 |\n", "| 2 | 2以上 | A1 |\n", "| 3 | 0以上 | M1 |\n")
    old, turned, fewer = (parse_rulebook(head + "".join(each)) for each in (rows, reversed(rows), rows[:2]))
    assert not compared(old, turned, "check").pieces
    assert {(len(each.before), len(each.after)) for each in compared(old, fewer, "check").pieces} == {
        (3, 2),
        (2, 1),
        (1, 0),
    }


@FEWER
@given(edited(3))
def test_nothing_differs_from_itself(books: tuple[Rulebook, Rulebook]) -> None:
    """A rulebook compared with itself has no edit and no region."""
    for decision in books[1].decisions:
        if isinstance(decision.body, Table):
            found = compared(books[1], books[1], decision.name)
            assert not found.pieces
            assert not found.edits
