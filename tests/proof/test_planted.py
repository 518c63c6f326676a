"""Planted defects are found, each with a sheet inside the region where it was planted; clean tables give nothing."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from hyotei.proof.checks.gaps import gaps
from hyotei.proof.checks.masked_rows import masked
from hyotei.proof.checks.overlaps import clashing_pairs, overlaps
from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.prover import Prover
from hyotei.proof.results import Check
from hyotei.rulebook.model import Table
from hyotei.rulebook.reference import evaluate
from tests.proof.planted import Planted, admissible, clean_tables, enumerated, planted_tables
from tests.strategies import HALF


def checked(planted: Planted) -> tuple[list[Check], list[Check], list[Check]]:
    """Gaps, overlaps and masked rows by Z3, which the sweep has confirmed."""
    book = planted.rulebook()
    prover = Prover(book)
    try:
        table = book.by_name["judged"].body
        assert isinstance(table, Table)
        view = TableUnderProof(prover, book.by_name["judged"], table)
        found = gaps(view), overlaps(view), masked(view)
        assert view.swept is not None, "the second method has run"
        return found
    finally:
        prover.close()


def agree(planted: Planted) -> None:
    """Whatever is wrong with a table is found, and nothing else; what is shown on a sheet is there."""
    book = planted.rulebook()
    known = enumerated(planted, book)
    found_gaps, found_overlaps, found_rows = checked(planted)
    shown = any(admissible(planted, inputs) for inputs in known.gaps)
    assert [(check.status, check.by_itself) for check in found_gaps] == [
        ("refuted" if shown else "proved", bool(known.gaps) and not shown)
    ]
    clashes = {check.rows for check in found_overlaps if check.status == "refuted" or check.by_itself}
    assert clashes == known.clashes
    dead = {check.rows[0] for check in found_rows if check.status == "refuted" and not check.note}
    assert dead == set(range(1, len(planted.rows) + 1)) - known.fires
    for check in (*found_gaps, *found_overlaps):
        if check.counterexample is None:
            assert check.status == "proved"
            continue
        step = evaluate(book, check.counterexample.sheet).steps["judged", check.counterexample.unit]
        assert step.outcome == {"gap": "gap", "overlap": "conflict"}[check.name]
        if planted.defect in ("removed", "contradicted"):
            assert planted.inside(step.inputs)


@HALF
@given(planted_tables())
def test_planted_defect_is_found(planted: Planted) -> None:
    """A removed, contradicted, repeated or changed row is found by Z3, the sweep and an enumeration alike."""
    agree(planted)


def agree_by_itself(planted: Planted) -> None:
    """The table by itself, without a sheet for each defect: Z3, the sweep and the enumeration say the same."""
    book = planted.rulebook()
    known = enumerated(planted, book)
    table = book.by_name["judged"].body
    assert isinstance(table, Table)
    view = TableUnderProof(Prover(book), book.by_name["judged"], table)
    assert view.swept is not None
    answer = view.free.answer
    assert (view.possible(answer.gap).outcome == "yes") is bool(known.gaps)
    assert any(sweep.gaps for sweep in view.swept) is bool(known.gaps)
    if planted.policy != "F":
        assert set(clashing_pairs(view)[0]) == known.clashes
        assert {pair for sweep in view.swept for pair in sweep.clashes} == known.clashes
    fires = {row.number for row in table.rows if view.possible(answer.fired[row.number - 1]).outcome == "yes"}
    assert fires == known.fires
    assert {row for sweep in view.swept for row in sweep.fires} == known.fires


@pytest.mark.slow
@settings(max_examples=5_000)
@given(planted_tables())
def test_three_methods_agree_on_many_tables(planted: Planted) -> None:
    """5,000 tables, most of them with a planted defect."""
    agree_by_itself(planted)


@HALF
@given(clean_tables())
def test_clean_table_gives_no_alarm(planted: Planted) -> None:
    """A table that was cut out of the whole input space has no gap, no overlap and no row that does nothing."""
    for check in (each for checks in checked(planted) for each in checks):
        assert check.status == "proved", check


@settings(max_examples=max(1, HALF.max_examples // 3))
@given(clean_tables(("U",)))
def test_the_sheet_of_a_gap_is_small_and_round(planted: Planted) -> None:
    """The sheet of a gap has short figures, as few measures as can be, and only what the table reads."""
    if len(planted.rows) < 2:
        return
    shorter = Planted(planted.policy, planted.columns, planted.rows[:-1], "removed", planted.rows[-1][0])
    found, _, _ = checked(shorter)
    if found[0].counterexample is None:
        return
    sheet = found[0].counterexample.sheet
    assert len(sheet.measures) == 1
    assert not sheet.budget_years
    actual = sheet.measures[0].actual.value
    assert actual is None or actual in {Decimal(each) for each in (100, 0, 10)}
