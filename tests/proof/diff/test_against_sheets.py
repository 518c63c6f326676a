"""A comparison held against sheets: what is called the same is so, what is shown differs, and no two statements are at odds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.compare.model import Difference, ResultChange, RulebookDiff
from hyotei.compare.renamings import renaming
from hyotei.proof.diff.diff import diff
from hyotei.proof.diff.drawn_differences import tried
from hyotei.proof.replay import Replay
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet
from hyotei.sheet.models import Claim
from hyotei.testing.seeded_sheets import some_sheets
from tests.compare.edited import Edited, rewritten
from tests.examples import EXAMPLES, one_in

SHEETS = max(20, min(300, EXAMPLES))


Engines = tuple[Replay, Replay]


@contextmanager
def engines(books: "tuple[Rulebook, Rulebook]") -> Iterator[Engines]:
    """Both rulebooks on both engines. An engine is not taken by its hash, which edits of a model leave as it was."""
    both = Replay(books[0]), Replay(books[1])
    try:
        yield both
    finally:
        for each in both:
            each.close()


def said(derivation: Derivation, name: str, places: "list[int] | None" = None) -> "dict[str, list[str]]":
    """What a decision says of each unit; findings in no order, of several outputs those at these places."""
    found: dict[str, list[str]] = {}
    for (decision, unit), step in derivation.steps.items():
        if decision != name:
            continue
        rows = step.outputs if step.outputs and isinstance(step.outputs[0], tuple) else (step.outputs,)
        found[unit] = sorted(
            repr([each for at, each in enumerate(row) if places is None or at in places]) for row in rows
        )
    return found


def held_against(found: RulebookDiff, books: Edited, both: Engines, sheet: Sheet) -> None:
    """Everything that is called the same is so on this sheet."""
    before, after = both[0].derive(sheet), both[1].derive(sheet)
    old_names = {new: old for old, new in books.names.items()}
    told = {change.name: change for change in found.decisions}
    differing: set[str] = set()
    # What has another name, another title and other rows is told as one that went and one that came.
    came = {note.name for note in found.notes if note.kind == "decision_added"}
    for decision in books.new.decisions:
        old = old_names.get(decision.name, decision.name)
        earlier = books.old.by_name.get(old)
        if earlier is None or len(earlier.outputs) != len(decision.outputs):
            continue
        if said(before, old) == said(after, decision.name):
            continue
        differing.add(decision.name)
        change = told.get(decision.name)
        if decision.name in came or (change is not None and change.outcome != "same"):
            continue
        assert change is None or not change.dropped, "the same on every sheet"
        needs = {*decision.needs, *(books.names.get(need, need) for need in earlier.needs)}
        assert needs & differing, "the same wherever its inputs are"
    for result in found.results:
        assert result.outcome != "same" or result.name not in differing
    assert found.status != "same" or not differing


def shown(found: RulebookDiff, books: Edited, both: Engines) -> None:
    """Every sheet that is shown differs, in the way that is told, and no two statements are at odds."""
    old_names = {new: old for old, new in books.names.items()}

    def replayed(name: str, example: Difference) -> None:
        before, after = both[0].derive(example.sheet), both[1].derive(example.sheet)
        assert said(before, old_names.get(name, name))[example.unit] != said(after, name)[example.unit]
        for told in example.results:
            assert (told.before, told.after) == (before.value(told.name), after.value(told.name))

    for change in found.decisions:
        assert (change.outcome == "differs") is any(region.example is not None for region in change.regions)
        for region in change.regions:
            assert (region.example is not None) is (region.reach == "shown")
            if region.example is not None:
                replayed(change.name, region.example)
        for result in change.results:
            if result.example is not None and len(found.decisions) == 1:
                replayed(result.name, result.example)
    by_name = {change.name: change for change in found.decisions}
    for result in found.results:
        if result.example is not None:
            replayed(result.name, result.example)
        decision = by_name.get(result.name)
        assert decision is None or result.outcome != "same" or decision.outcome != "differs"


@pytest.mark.slow
@settings(
    max_examples=one_in(80, least=3),
    suppress_health_check=[*settings().suppress_health_check, HealthCheck.nested_given],
)
@given(rewritten())
def test_what_is_called_the_same_is_so_on_drawn_sheets(books: Edited) -> None:
    """Renames, turned scales, moved thresholds, other inputs: no sheet is at odds with what is said, nor is what is shown."""
    found = diff(books.old, books.new, timeout=1)
    with engines((books.old, books.new)) as both:
        shown(found, books, both)
        for book in (books.old, books.new):
            for sheet in some_sheets(book, False, SHEETS):
                if all(each.in_force(sheet.fiscal_year) for each in (books.old, books.new)):
                    held_against(found, books, both, sheet)


@settings(max_examples=one_in(16, least=3))
@given(rewritten(most=0))
def test_names_and_order_alone_change_nothing(books: Edited) -> None:
    """Where only names and the order of a scale changed, no decision differs that asks for nothing of that order."""
    found = diff(books.old, books.new, timeout=1)
    new_names = {books.names.get(each.name, each.name) for each in books.old.decisions}
    assert {each.name for each in books.new.decisions} == new_names
    kinds = {note.kind for note in found.notes}
    assert not kinds & {"decision_added", "decision_removed", "output_added", "output_removed", "parameter_added"}
    if "scale_order" not in kinds:
        assert found.status == "same"
        assert all(change.outcome == "same" and not change.dropped for change in found.decisions)


HEAD = """---
rulebook: small
title: 小さな表
authority: 総務省
standing: draft
fiscal_years: 2012
scales:
  rating: [A, B, C]
  budget: [up, down]
---
# 数 `number` — for the sheet

    INPUT

# 区分 `rating` — for the sheet

| F | `number` | `objectives[1].claim` | **rating** |
|---|---|---|---|
ROWS| 9 | - | - | C |

# 予算 `budget` — for the sheet

| F | `rating` | **budget** |
|---|---|---|
| 1 | CELL | up |
| 2 | - | down |
"""
INPUTS = (
    "count(measures)",
    "abs(count(measures))",
    "count(measures) + 0",
    "count(measures[actual >= target])",
    "count(measures[actual >= target]) - count(measures[actual < target])",
    "abs(count(measures[actual >= target]) - count(measures[actual < target]))",
    "count(measures) - count(measures[actual >= target])",
)
NUMBER_CELLS = ("-", ">= 2", ">= 1", "> 1", "0", "< 0", "<= -1", "-1", "[-2..0]", "[1..2]", "unknown")
BUDGET_CELLS = ("A", "A, B", "not(C)", "B以上", "C")
CLAIM_CELLS = ("-", "achieved", "not(achieved)", "unknown")


@st.composite
def small_books(draw: st.DrawFn) -> "tuple[Rulebook, Rulebook]":
    """Two versions of a small table, of which the second has one or two parts drawn anew."""
    cells = (NUMBER_CELLS, CLAIM_CELLS, tuple("ABC"))
    rows = [[draw(st.sampled_from(each)) for each in cells] for _ in range(draw(st.integers(1, 3)))]
    parts = [draw(st.sampled_from(INPUTS)), draw(st.sampled_from(BUDGET_CELLS))]

    def book() -> Rulebook:
        told = "".join(f"| {number} | {' | '.join(row)} |\n" for number, row in enumerate(rows, 1))
        return parse_rulebook(HEAD.replace("INPUT", parts[0]).replace("ROWS", told).replace("CELL", parts[1]))

    old = book()
    for _ in range(draw(st.integers(1, 2))):
        match draw(st.sampled_from(("cell", "cell", "cell", "swap", "input", "budget"))):
            case "cell":
                column = draw(st.integers(0, 2))
                draw(st.sampled_from(rows))[column] = draw(st.sampled_from(cells[column]))
            case "swap":
                rows = draw(st.permutations(rows))
            case "input":
                parts[0] = draw(st.sampled_from(INPUTS))
            case _:
                parts[1] = draw(st.sampled_from(BUDGET_CELLS))
    return old, book()


MET, MISSED, OPEN = Quantity(value=Decimal(1)), Quantity(value=Decimal(0)), Quantity(unknown="missing")
CLAIMS: tuple[Claim | None, ...] = ("achieved", "partly_achieved", "not_achieved", None)


def all_small_sheets() -> "list[Sheet]":
    """Every number of up to four measures that are met, missed or not known, and every claim, which is all that the tables read."""
    found = []
    for met in range(4):
        for missed in range(4 - met):
            for open_ones in range(2):
                for claim in CLAIMS:
                    for objective in (True, False):
                        measures = [
                            Measure(target=Quantity(value=Decimal(1)), actual=each)
                            for each in (*[MET] * met, *[MISSED] * missed, *[OPEN] * open_ones)
                        ]
                        indicators = (Indicator(name="i", measures=tuple(measures)),) if measures else ()
                        objectives = (Objective(name="o", claim=claim, indicators=indicators),)
                        found.append(
                            Sheet(
                                id="s",
                                title="t",
                                authority="総務省",
                                fiscal_year=2012,
                                objectives=objectives if objective else (),
                            )
                        )
    return found


SMALL = all_small_sheets()


@settings(max_examples=one_in(8, least=4))
@given(small_books())
def test_verdict_is_that_of_every_small_sheet(books: "tuple[Rulebook, Rulebook]") -> None:
    """On tables that read little, the same and different are what going through all sheets says, and nothing is left open."""
    found = diff(*books, timeout=5)
    with engines(books) as both:
        derived = [tuple(each.derive(sheet) for each in both) for sheet in SMALL]
    for result in found.results:
        differ = any(before.value(result.name) != after.value(result.name) for before, after in derived)
        assert result.outcome == ("differs" if differ else "same"), result.name
    changes = {each.name: each for each in found.decisions}
    for name in ("number", "rating", "budget"):
        differ = any(before.value(name) != after.value(name) for before, after in derived)
        if name in changes:
            # What differs as a function may be the same on every sheet, and the other way round.
            assert differ or changes[name].outcome == "same"


def claiming_all_is_the_same(found: RulebookDiff) -> RulebookDiff:
    """A comparison as a faulty proof would make it."""
    results = tuple(ResultChange(each.name, "same") for each in found.results)
    return replace(found, decisions=(), results=results, notes=(), tried=0)


@settings(max_examples=one_in(20, least=2))
@given(rewritten(most=3))
def test_trial_breaks_false_proofs_only(books: Edited) -> None:
    """Of a comparison that claims everything the same, the trial shows what differs, on small sheets, and nothing else."""
    names = renaming(books.old, books.new)
    found = diff(books.old, books.new, timeout=1)
    assert not found.defects
    broken = tried(claiming_all_is_the_same(found), books.old, books.new, names, timeout=2)
    with engines((books.old, books.new)) as both:
        shown(broken, books, both)
    may_differ = {each.name for each in found.decisions if each.outcome in ("differs", "open") or each.dropped}
    assert {each.name for each in broken.decisions} <= may_differ | {each.name for each in found.results}
    assert bool(broken.defects) is bool(broken.decisions or any(each.example for each in broken.results))
    assert all(diagnostic.code == "HY938" for diagnostic in broken.defects)


def test_trial_finds_a_moved_threshold() -> None:
    """One that only a count below zero meets, which a proof once took for impossible."""
    rows = "| 1 | >= 1 | - | A |\n"
    old, new = (
        parse_rulebook(HEAD.replace("INPUT", INPUTS[4]).replace("ROWS", text).replace("CELL", "A"))
        for text in (rows, rows + "| 2 | < 0 | - | B |\n")
    )
    found = diff(old, new)
    broken = tried(claiming_all_is_the_same(found), old, new, renaming(old, new), timeout=5)
    (change,) = broken.decisions
    assert (change.name, change.outcome) == ("rating", "differs")
    assert change.regions[0].example is not None
    assert len(change.regions[0].example.sheet.measures) == 1
    assert {each.outcome for each in broken.results} == {"differs"} or broken.results[1].outcome == "same"
    assert [each.params["what"] for each in broken.defects] == ["rating"]
