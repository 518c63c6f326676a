"""Laws are proved where they hold, and refuted by a sheet that both engines confirm where they do not."""

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.inference.engine import Engine
from hyotei.proof.prove import prove
from hyotei.proof.results import LawResult, ProofReport
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.reference import Reading, evaluate
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from tests.conftest import ROOT
from tests.examples import one_in

MIC = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
A_ROW = "|  2  | 70%以上          | 0                 | A          | 7割以上を達成し、半分に届かないものがない |"
B_ROW = "|  3  | 40%以上          | -                 | B          | 4割以上を達成した                         |"
C_ROW = "|  4  | -                | -                 | C          | 達成が4割に満たない                       |"


@cache
def mic() -> Rulebook:
    return parse_rulebook(MIC)


@cache
def mic_report() -> ProofReport:
    return prove(mic())


def changed(old: str, new: str) -> Rulebook:
    assert MIC.count(old) == 1
    return parse_rulebook(MIC.replace(old, new))


def test_mic_2013_is_proved_for_all_its_laws() -> None:
    """Every declared law, for any number of measures; no table has a gap, a contradiction or a row to no effect."""
    report = mic_report()
    assert [(law.text, law.status) for law in report.laws] == [(law.text, "proved") for law in mic().laws]
    assert {law.text for law in report.laws if law.method == "induction"} == {
        "rating never falls as attainment rises",
        "one more achieved measure never lowers the rating",
    }
    assert all(check.status == "proved" for check in report.checks)
    assert report.status == "proved"
    for law in report.laws:
        for reached in law.reached:
            assert reached.sheet is not None
            assert reached.value in (evaluate(mic(), reached.sheet).value(name) for name in ("rating", "budget"))


def of_the_rating(book: Rulebook) -> Rulebook:
    """The rulebook as far as the rating, with the laws about nothing else."""
    laws = [
        law
        for law in book.laws
        if law.kind in ("answers", "consistent") or (law.kind, law.output) == ("reachable", "rating")
    ]
    return replace(book.toward("rating"), laws=tuple(laws))


def test_every_run_says_the_same() -> None:
    """A proof is the same on every run, sheets and all; its time aside."""
    book = of_the_rating(changed(C_ROW + "\n", ""))
    assert prove(book) == prove(book)


def test_a_removed_last_row_leaves_a_gap() -> None:
    """Without its last row the rating has a gap below 40%, shown on a sheet of one measure."""
    report = prove(of_the_rating(changed(C_ROW + "\n", "")))
    gap = next(check for check in report.checks if check.name == "gap" and check.status == "refuted")
    assert [region.ja for region in gap.regions] == [("0%以上40%未満", "-")]
    assert gap.counterexample is not None
    sheet = gap.counterexample.sheet
    assert len(sheet.measures) == 1
    assert not sheet.budget_years
    assert evaluate(mic(), sheet).value("rating") == "C"
    assert next(law for law in report.laws if law.kind == "answers").status == "refuted"
    values = {each.value: each.status for law in report.laws for each in law.reached}
    assert values == {"A": "proved", "B": "proved", "C": "refuted"}


def test_a_widened_cell_breaks_the_order() -> None:
    """With 80% at most in the row for B, more is worse; the two sheets differ in one value and both engines agree."""
    book = changed(B_ROW, B_ROW.replace("40%以上", "80%以下"))
    report = prove(book, ["rating never falls as share_achieved rises"])
    (law,) = report.laws
    assert law.status == "refuted"
    assert law.counterexample is not None
    (change,) = law.counterexample.changed
    supposed = {(change.name, change.unit): change.after}
    before = evaluate(book, law.counterexample.sheet)
    after = evaluate(book, law.counterexample.sheet, supposed)  # type: ignore[arg-type]
    assert before.value("share_achieved") == change.before
    assert (before.value("rating"), after.value("rating")) == ("B", "C")


def test_two_swapped_rows_hide_one() -> None:
    """With B before A, the row for A never answers, and A is out of reach of every sheet."""
    swapped = (
        MIC.replace(A_ROW, "@")
        .replace(B_ROW, A_ROW.replace("  2  ", "  3  "))
        .replace("@", B_ROW.replace("  3  ", "  2  "))
    )
    report = prove(of_the_rating(parse_rulebook(swapped)))
    masked = [check for check in report.checks if check.status == "refuted" and not check.note]
    assert [(check.name, check.decision, check.rows) for check in masked] == [("masked", "rating", (3, 2))]
    reached = {each.value: each.status for law in report.laws for each in law.reached}
    assert reached == {"A": "refuted", "B": "proved", "C": "proved"}


def test_hiding_a_bad_result_pays_under_mic_2013() -> None:
    """Why the rulebook does not claim that unknown never beats known: a measure that is not judged drops out."""
    (law,) = prove(mic(), ["unknown never beats known"]).laws
    assert law.status == "refuted"
    assert law.counterexample is not None
    (change,) = law.counterexample.changed
    assert change.name == "actual"
    assert isinstance(change.after, Unknown)
    (shown,) = law.counterexample.shown
    assert (shown.before, shown.after) == ("B", "A")


SHARES = """---
rulebook: shares
title: 割合
authority: 省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {{A: 良, B: 可, C: 否}}
---
# 割合 `share` — for the sheet

    count(measures[actual >= target]) / count(measures[actual != unknown])

# 評価 `rating` — for the sheet

| U | `share` | **rating** |
|:-:|---|---|
{rows}
| {last} | unknown | unknown |
"""


@settings(max_examples=one_in(5))
@given(
    cuts=st.sets(st.sampled_from((25, 50, 75)), min_size=1),
    outputs=st.lists(st.sampled_from("ABC"), min_size=4, max_size=4),
)
def test_a_law_of_order_is_proved_exactly_where_the_order_holds(cuts: set[int], outputs: list[str]) -> None:
    """For drawn bands of a share and drawn ratings, `never falls as share rises` is proved if and only if none is worse."""
    ends = [None, *sorted(cuts), None]
    cells = [
        f"< {high}%" if low is None else f">= {low}%" if high is None else f"[{low}%..{high}%)"
        for low, high in pairwise(ends)
    ]
    ratings = outputs[: len(cells)]
    rows = "\n".join(
        f"| {number} | {cell} | {rating} |" for number, (cell, rating) in enumerate(zip(cells, ratings, strict=True), 1)
    )
    book = parse_rulebook(SHARES.format(rows=rows, last=len(cells) + 1))
    holds = all(one >= other for one, other in pairwise(ratings))
    (law,) = prove(book, ["rating never falls as share rises"]).laws
    assert law.status == ("proved" if holds else "refuted")


def proved(text: str, *laws: str, timeout: float = 5) -> tuple[LawResult, ...]:
    return prove(parse_rulebook(text), laws, timeout).laws


HEAD = SHARES.partition("# 割合")[0].replace("{{", "{").replace("}}", "}")


def test_a_product_of_inputs_never_gives_a_wrong_answer() -> None:
    """What Z3 cannot decide is open, with the reason; it is not guessed."""
    product = "# 積 `x` — for the sheet\n\n    measures[1].actual * measures[1].target * measures[1].baseline\n\n"
    text = f"{HEAD}{product}# 別 `y` — for the sheet\n\n    measures[2].actual ** 5 + x\n"
    (law,) = proved(text, "if x * y > 7 and y * y * x < 2 then x > y * y", timeout=1)
    assert law.status in ("open", "refuted")
    if law.status == "open":
        assert law.why in ("nonlinear", "timeout", "gave_up", "not_replayable", "unsupported")
    else:
        assert law.counterexample is not None


def test_running_out_of_time_is_told() -> None:
    """With no time at all, a law is open for that reason, and nothing is claimed."""
    laws = "rating never falls as attainment rises", "if rating = A then share_achieved >= 50%"
    report = prove(mic(), laws, timeout=0)
    assert [(law.status, law.why) for law in report.laws] == [("open", "timeout")] * 2
    assert report.status == "open"


def test_a_law_about_positions_is_only_tried_up_to_a_bound() -> None:
    """The first measure of a sheet is no class of measures: the law is open, and says up to how many measures it was tried."""
    text = f"{HEAD}# 先頭 `first` — for the sheet\n\n    if measures[1].actual > 5 then max(measures.actual) else 0\n"
    (law,) = proved(text, "first never falls as actual rises")
    assert (law.status, law.why) == ("open", "bounded")
    assert law.bound >= 4


def test_figures_beyond_all_sheets_are_out_of_reach() -> None:
    """No fiscal year of a sheet is that late, so nothing is ever counted; a limit of 24 digits is no hindrance."""
    text = f"{HEAD}# 数 `x` — for the sheet\n\n    count(measures[target.fiscal_year > 2200年度])\n"
    (law,) = proved(text, f"if x <= {'9' * 24} then x = 0")
    assert law.status == "proved"


def test_products_that_outgrow_every_figure_are_open() -> None:
    """A power of thousands of digits is unknown in the meaning; formulas do not tell where, so nothing is claimed."""
    text = f"{HEAD}# 冪 `x` — for the sheet\n\n    measures[1].actual ** 60\n"
    (law,) = proved(text, "if x < 0 then x = unknown")
    assert (law.status, law.why) == ("open", "too_large")


# -- proved laws, tried


def some_sheet(draw: random.Random) -> Sheet:
    """A sheet with figures on and beside the boundaries of mic-2013."""

    def figure(value: Decimal, qualifier: str | None = None) -> Quantity:
        if draw.random() < 0.15:
            return Quantity(unknown=draw.choice(("unmeasured", "missing", "unsettled", "qualitative")))
        return Quantity.model_validate({"value": value, "qualifier": qualifier})

    def measure() -> Measure:
        target = Decimal(draw.choice((100, 10, 0, -5)))
        share = Decimal(draw.choice(("0", "0.499999", "0.5", "0.89", "0.9", "0.999999", "1", "1.000001", "2.1", "-1")))
        qualifier = draw.choice((None, "以上", "以下", "超", "未満", "程度", "約"))
        direction = draw.choice((None, "increase", "decrease", "maintain"))
        return Measure.model_validate(
            {"target": figure(target, qualifier), "actual": figure(target * share), "direction": direction}
        )

    def year(number: int) -> BudgetYear:
        total = Decimal(draw.choice((1000, 2000, 0)))
        share = Decimal(draw.choice(("0", "0.29", "0.3", "0.5", "0.949999", "0.95", "1.2")))
        return BudgetYear(
            fiscal_year=number,
            initial=figure(Decimal(draw.choice((900, 1000, 1100, 0)))),
            total=figure(total),
            executed=figure(total * share),
        )

    count = draw.randrange(8)
    indicators = (Indicator(name="指標", measures=tuple(measure() for _ in range(count))),) if count else ()
    return Sheet(
        id="drawn",
        title="政策",
        authority="総務省",
        fiscal_year=draw.choice((2011, 2012, 2013)),
        objectives=(Objective(name="目標", indicators=indicators),),
        budget_years=tuple(year(number) for number in range(2010, 2015) if draw.random() < 0.6),
    )


def breached(engine: Engine, sheet: Sheet, law: Law, draw: random.Random) -> bool:
    """Whether a law fails on a sheet, on durable-rules."""
    base = engine.derive(sheet)
    order = {"rating": "ABC", "budget": "ⅠⅡⅢⅣ"}
    if law.kind == "implies":
        reading = Reading(mic(), sheet)
        reading.steps = dict(base.steps)
        assert law.condition is not None
        assert law.consequence is not None
        return (
            reading.value(law.condition, reading.root) is True
            and reading.value(law.consequence, reading.root) is not True
        )
    if law.kind == "monotone":
        units = [unit for name, unit in base.steps if name == law.input]
        if not units:
            return False
        unit = draw.choice(units)
        value = base.value(law.input, unit)
        if not isinstance(value, Decimal):
            return False
        rise = Decimal(draw.choice(("0.000001", "0.05", "0.3", "1", "50")))
        supposed: dict[tuple[str, str], Scalar] = {(law.input, unit): value + rise}
        after = engine.derive(sheet, supposed)
    elif law.kind == "one_more":
        measure = Measure(target=Quantity(value=Decimal(10)), actual=Quantity(value=Decimal(20)), direction="increase")
        (objective,) = sheet.objectives
        old = objective.indicators[0].measures if objective.indicators else ()
        indicator = Indicator(name="指標", measures=(*old, measure))
        more = sheet.model_copy(update={"objectives": (objective.model_copy(update={"indicators": (indicator,)}),)})
        after = engine.derive(more)
    else:
        return any(step.outcome in ("gap", "conflict") for step in base.steps.values())
    one, other = base.value(law.output), after.value(law.output)
    scale = order[law.output]
    return isinstance(one, str) and isinstance(other, str) and scale.index(other) > scale.index(one)


def tried(sheets: int, seed: int) -> None:
    draw = random.Random(seed)
    engines = {year: Engine(mic(), year) for year in (2011, 2012, 2013)}
    laws = [law for law in mic().laws if law.kind != "reachable"]
    for _ in range(sheets):
        sheet = some_sheet(draw)
        law = draw.choice(laws)
        assert not breached(engines[sheet.fiscal_year], sheet, law, draw), (law.text, sheet)
    for engine in engines.values():
        engine.close()


def test_proved_laws_stand_on_durable_rules() -> None:
    """Sheets on and beside every boundary, and no breach of what was proved."""
    tried(300, 1)


@pytest.mark.slow
@settings(max_examples=1)
@given(seed=st.integers(0, 2**32))
def test_proved_laws_stand_on_durable_rules_many_times(seed: int) -> None:
    """10,000 sheets, others on each run."""
    tried(10_000, seed)
