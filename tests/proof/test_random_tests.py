"""Random tests break what is false and leave what is true: false claims are handed to them as if they had been proved."""

from collections.abc import Iterator

import pytest

from hyotei.drawing.choices import seeded
from hyotei.drawing.sheets import SheetShape, SheetWriter
from hyotei.proof.prove import laws_of, prove
from hyotei.proof.prover import Prover
from hyotei.proof.random_tests.drawn_sheets import TRIED, DrawnSheets, Engines, trial_pool
from hyotei.proof.random_tests.laws import tried_law
from hyotei.proof.random_tests.table_checks import tried_check
from hyotei.proof.results import Check, LawResult, Reached, Status
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.values import REASONS

BOOK = parse_rulebook(
    """---
rulebook: attacked
title: 攻撃
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可, C: 否}
  result: {achieved: 達, close: 近, missed: 未}
---
# 判定 `result` — for each measure

| F | `actual >= target` | `years_missed` | **result** |
|:-:|---|---|---|
| 1 | true | - | achieved |
| 2 | false | 2以上 | missed |
| 3 | false | - | close |
| 4 | unknown | - | unknown |
| 5 | - | - | missed |

# 割合 `share` — for the sheet

    count(measures[result = achieved]) / count(measures[result != unknown])

# 差 `lead` — for the sheet

    count(measures[result = achieved]) - count(measures[result = missed])

# 区分 `rating` — for the sheet

| U | `share` | `lead` | **rating** |
|:-:|---|---|---|
| 1 | 70%以上 | - | A |
| 2 | [30%..70%] | 0以上 | B |
| 3 | < 30% | - | C |
"""
)

FALSE_LAWS = (
    "rating never falls as share falls",
    "rating never rises as actual rises",
    "unknown never beats known",
    "one more missed measure never lowers the rating",
    "if share >= 30% then rating = B",
    "if rating = A then lead >= 2",
)
TRUE_LAWS = (
    "share never falls as actual.low rises",
    "if rating = A then share >= 70%",
    "one more achieved measure never lowers the lead",
)
FALSE_CHECKS = (
    Check("gap", "rating", "proved"),
    Check("gap", "rating", "proved", by_itself=True),
    Check("overlap", "rating", "proved"),
    Check("overlap", "rating", "proved", rows=(1, 2), by_itself=True),
    Check("masked", "result", "refuted", rows=(3,)),
    Check("masked", "result", "refuted", rows=(2,), note=True),
    Check("never", "result", "refuted", rows=(4,)),
    Check("redundant", "result", "refuted", rows=(2,), note=True),
    Check("unreachable_output", "rating", "refuted", value="B", note=True),
    Check("no_influence", "result", "refuted", value="years_missed", note=True),
    Check("no_influence", "rating", "refuted", value="share", note=True),
)
TRUE_CHECKS = (
    Check("gap", "result", "proved"),
    Check("overlap", "rating", "proved", rows=(1, 3), by_itself=True),
    Check("masked", "result", "refuted", rows=(5,)),
    Check("redundant", "result", "refuted", rows=(5,), note=True),
    Check("unreachable_output", "rating", "refuted", value="D", note=True),
)


@pytest.fixture
def prover() -> Iterator[Prover]:
    """A prover of the book."""
    found = Prover(BOOK)
    yield found
    found.close()


@pytest.fixture
def drawn() -> Iterator[DrawnSheets]:
    """Its drawn sheets."""
    engines = Engines(BOOK)
    yield DrawnSheets(BOOK, engines, TRIED)
    engines.close()


FOREVER = float("inf")


@pytest.mark.parametrize("text", FALSE_LAWS)
def test_a_false_law_that_was_proved_is_refuted(text: str, prover: Prover, drawn: DrawnSheets) -> None:
    """It is refuted by a sheet, and the false proof is a defect; of a law left open it is a counterexample only."""
    (law,) = laws_of(BOOK, [text])
    cases: tuple[tuple[Status, int], ...] = (("open", 0), ("proved", 1))
    for status, defects in cases:
        found = tried_law(prover, law, LawResult(text, law.kind, status), drawn, FOREVER)
        assert found.status == "refuted"
        assert found.counterexample is not None
        assert len(prover.defects) == defects


@pytest.mark.parametrize("text", TRUE_LAWS)
def test_a_true_law_stands(text: str, prover: Prover, drawn: DrawnSheets) -> None:
    """No false alarm, and the number of sheets is told."""
    (law,) = laws_of(BOOK, [text])
    found = tried_law(prover, law, LawResult(text, law.kind, "proved"), drawn, FOREVER)
    assert (found.status, found.tried, prover.defects) == ("proved", TRIED, [])


def test_a_value_that_was_out_of_reach_and_comes_out(prover: Prover, drawn: DrawnSheets) -> None:
    """A value that a drawn sheet shows is reached, whatever was proved."""
    (law,) = laws_of(BOOK, ["every rating is reachable"])
    reached = (Reached("A", "open"), Reached("B", "refuted"), Reached("C", "open"))
    found = tried_law(prover, law, LawResult(law.text, law.kind, "refuted", reached=reached), drawn, FOREVER)
    assert found.status == "proved"
    assert all(each.sheet is not None for each in found.reached)
    assert len(prover.defects) == 1


@pytest.mark.parametrize("check", FALSE_CHECKS, ids=lambda each: f"{each.name}-{each.decision}-{each.rows}{each.value}")
def test_a_false_check_is_refuted_or_dropped(check: Check, prover: Prover, drawn: DrawnSheets) -> None:
    """A gap and a contradiction are shown by a sheet; a false remark is no longer made; each is a defect."""
    found = tried_check(prover, check, drawn, FOREVER)
    if check.note:
        assert found == []
    elif check.name in ("gap", "overlap"):
        assert found[0].status == "refuted"
        assert found[0].counterexample is not None
        assert len(found[0].counterexample.sheet.measures) <= 10
    else:
        assert [(each.status, each.why) for each in found] == [("open", "differs")]
    assert len(prover.defects) == 1


@pytest.mark.parametrize("check", TRUE_CHECKS, ids=lambda each: f"{each.name}-{each.decision}-{each.rows}{each.value}")
def test_a_true_check_stands(check: Check, prover: Prover, drawn: DrawnSheets) -> None:
    """No false alarm."""
    (found,) = tried_check(prover, check, drawn, FOREVER)
    assert (found.status, found.tried, prover.defects) == (check.status, TRIED, [])


def test_without_time_nothing_is_proved(prover: Prover, drawn: DrawnSheets) -> None:
    """What could not be tried at all is open, for want of time."""
    (law,) = laws_of(BOOK, ["if rating = A then share >= 70%"])
    found = tried_law(prover, law, LawResult(law.text, law.kind, "proved"), drawn, 0)
    assert (found.status, found.why) == ("open", "timeout")
    (check,) = tried_check(prover, Check("gap", "result", "proved"), drawn, 0)
    assert (check.status, check.why) == ("open", "timeout")


def test_the_sheets_are_the_same_each_time() -> None:
    """The seed is the rulebook's hash: same rulebook, same sheets."""

    def some(book: Rulebook) -> list[object]:
        writer = SheetWriter(seeded(book.hash), trial_pool(book), SheetShape())
        return [writer.sheet() for _ in range(20)]

    assert some(BOOK) == some(BOOK)
    assert len({repr(sheet) for sheet in some(BOOK)}) > 15


def test_the_drawn_sheets_have_what_rules_read(drawn: DrawnSheets) -> None:
    """Years missed, every reason of unknown, claims, main indicators, several objectives and budget years all occur."""
    sheets = [sheet for sheet, _ in drawn.until(FOREVER)]
    values = {derivation.value("lead") for _, derivation in drawn.until(FOREVER)}
    assert len(values) > 5
    measures = [measure for sheet in sheets for measure in sheet.measures]
    reasons = {quantity.unknown for measure in measures for quantity in (measure.target, measure.actual)}
    assert set(REASONS) <= reasons
    assert {objective.claim for sheet in sheets for objective in sheet.objectives} == {
        None, "achieved", "partly_achieved", "not_achieved",
    }  # fmt: skip
    assert {indicator.main for sheet in sheets for indicator in sheet.indicators} == {None, True, False}
    assert max(len(sheet.objectives) for sheet in sheets) > 1
    assert max(len(sheet.budget_years) for sheet in sheets) > 2
    from hyotei.sheet.year_series import years_missed

    assert {1, 2} <= {years_missed(measure, sheet.fiscal_year) for sheet in sheets for measure in sheet.measures}


def test_what_is_proved_says_how_many_sheets_tried() -> None:
    """Every proved law and every claim about a table was tried."""
    report = prove(BOOK, list(TRUE_LAWS[1:]))
    assert [(law.status, law.tried) for law in report.laws] == [("proved", TRIED)] * 2
    whole = prove(BOOK)
    assert all(check.tried == TRIED for check in whole.checks if check.name == "gap" and check.status == "proved")
    assert whole.defects == ()
