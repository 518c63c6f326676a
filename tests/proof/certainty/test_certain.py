"""`--certain`: whatever becomes known, the verdict that follows is among the possible ones."""

from decimal import Decimal

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

import hyotei
from hyotei.proof.certainty.case_of import case_of
from hyotei.proof.certainty.certain import certain
from hyotei.proof.certainty.free_points import unknown_points
from hyotei.proof.certainty.model import Certainty
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet
from hyotei.verdict.supposed_values import results
from hyotei.verdict.verdict import Verdict
from tests.conftest import ROOT
from tests.proof.certainty.drawn import ATTAINMENT, HEAD, RESULT, Filling, fillings, rulebooks, sheets

FEW = settings(max_examples=12)


def asked(rulebook: Rulebook, sheet: Sheet) -> Certainty:
    return certain(Verdict(rulebook, sheet, evaluate(rulebook, sheet)), timeout=3, margins=False)


def outcomes(found: Certainty) -> set[tuple[str | None, ...]]:
    return {(each.rating, each.budget) for each in found.verdicts}


@FEW
@given(st.data())
def test_what_becomes_known_gives_a_possible_verdict(data: st.DataObject) -> None:
    """No filling gives a verdict that was not told; where the verdict is certain, none changes it."""
    rulebook, sheet = data.draw(rulebooks()), data.draw(sheets())
    found = asked(rulebook, sheet)
    note(f"{found}")
    assert all(each.replayed for each in found.verdicts)
    assert found.status == "uncertain" or len(found.verdicts) == 1
    # Where it is open, only what was found is told.
    if found.complete:
        for _ in range(20):
            filling = data.draw(fillings(rulebook, sheet))
            assert filling.outcome(rulebook, sheet) in outcomes(found)
    else:
        assert found.why in ("nonlinear", "timeout", "gave_up")


@FEW
@given(st.data())
def test_an_example_is_what_it_says(data: st.DataObject) -> None:
    """Each possible verdict comes out of its example, by the reference alone, and no two are the same."""
    rulebook, sheet = data.draw(rulebooks()), data.draw(sheets())
    found = asked(rulebook, sheet)
    assert len(outcomes(found)) == len(found.verdicts)
    for each in found.verdicts:
        values: dict[tuple[str, str], Scalar] = {}
        for value in each.example:
            name, _, unit = value.id.partition("@")
            assert value.value is not None, "these rulebooks read no texts"
            values[name, unit] = value.value if value.supposed else Decimal(str(value.value))
        assert Filling(values).outcome(rulebook, sheet) == (each.rating, each.budget)


@FEW
@given(st.data())
def test_sets_that_decide(data: st.DataObject) -> None:
    """What changes the verdict knows all of a changing set; who agrees on a settling set agrees on the verdict."""
    rulebook, sheet = data.draw(rulebooks()), data.draw(sheets())
    found = asked(rulebook, sheet)
    assume(found.status == "uncertain")
    note(f"{found}")
    now = found.rating, found.budget
    if found.changing.complete:
        for _ in range(10):
            filling = data.draw(fillings(rulebook, sheet))
            known = {f"{name}@{unit}" for name, unit in filling.values}
            if filling.outcome(rulebook, sheet) != now:
                assert any(set(each) <= known for each in found.changing.sets)
    assert [len(each) for each in found.changing.sets] == sorted(len(each) for each in found.changing.sets)
    for each in found.settling.sets:
        settled = data.draw(fillings(rulebook, sheet, frozenset(each)))
        for _ in range(5):
            more = data.draw(fillings(rulebook, sheet))
            both = Filling({**more.values, **settled.values})
            assert both.outcome(rulebook, sheet) == settled.outcome(rulebook, sheet)
        # None of a smaller set settles it: each member is needed for some settling set of its own.
        assert not any(set(other) < set(each) for other in found.settling.sets)


@FEW
@given(st.data())
def test_what_cannot_matter_does_not(data: st.DataObject) -> None:
    """A point that cannot matter changes nothing, whatever the others are; what it does alone is told exactly."""
    rulebook, sheet = data.draw(rulebooks()), data.draw(sheets())
    found = asked(rulebook, sheet)
    idle = [point for point in found.unknowns if point.could_matter is False]
    for point in idle:
        filling = data.draw(fillings(rulebook, sheet))
        name, _, unit = point.id.partition("@")
        without = Filling({key: value for key, value in filling.values.items() if key != (name, unit)})
        assert filling.outcome(rulebook, sheet) == without.outcome(rulebook, sheet)
    for point in found.unknowns:
        alone = data.draw(fillings(rulebook, sheet, frozenset({point.id})))
        if point.alone and alone.values:
            assert alone.outcome(rulebook, sheet) in {(each.rating, each.budget) for each in point.alone}


@FEW
@given(st.data())
def test_a_known_judgement_is_not_free(data: st.DataObject) -> None:
    """Where the rulebook says what holds for a figure told in words, nothing is left to be judged: it stays as it is."""
    text = (
        HEAD + ATTAINMENT + RESULT.format(low="unknown", unknown="missed", high=80, middle=50) + "# 区分 `rating` — for"
        " the sheet\n\n    if count(measures[result = achieved]) = count(measures) then A else B\n"
    )
    measure = Measure(target=Quantity(value=Decimal(1)), actual=Quantity(unknown="qualitative"), direction="increase")
    indicator = Indicator(name="指標", measures=(measure,))
    sheet = Sheet(
        id="words",
        title="政策",
        authority="総務省",
        fiscal_year=2012,
        objectives=(Objective(name="目標", indicators=(indicator,)),),
    )
    rulebook = parse_rulebook(text)
    found = asked(rulebook, sheet)
    assert (found.status, found.rating, found.settling.sets) == ("certain", "B", ((),))
    filling = data.draw(fillings(rulebook, sheet))
    assert filling.outcome(rulebook, sheet) == ("B", None)


def test_progress_ends_at_its_total(seed_verdict: Verdict) -> None:
    """Each part of the work is told once, and the last is all there is."""
    told: list[tuple[int, int]] = []
    certain(seed_verdict, margins=False, watch=lambda done, total, _what: told.append((done, total)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {total for _, total in told} == {len(told)}


def test_the_seed(seed_verdict: Verdict) -> None:
    """The unjudged measure could make A a B, the unsettled execution could make Ⅱ a Ⅲ; nothing else matters."""
    found = certain(seed_verdict, margins=False)
    assert [(each.rating, each.budget) for each in found.verdicts] == [("A", "Ⅱ"), ("A", "Ⅲ"), ("B", "Ⅱ"), ("B", "Ⅲ")]
    assert found.complete
    judged, executed = "result@measures[5]", "executed@budget_years[2012]"
    assert set(found.changing.sets) == {(executed,), (judged,)}
    assert found.settling.sets == ((executed, judged),)
    assert {point.id for point in found.unknowns if point.could_matter} == {judged, executed}
    judgement = next(point for point in found.unknowns if point.id == judged)
    assert judgement.judgement
    assert [(each.bands, each.rating) for each in judgement.alone] == [
        (("達成",), "A"),
        (("未達（目標の半分以上）", "未達（目標の半分未満）"), "B"),
    ]
    # Half of a total of 2,865,585 thousand yen.
    spent = next(point for point in found.unknowns if point.id == executed)
    assert [each.bands for each in spent.alone] == [
        ("0円以上1,432,792,500円未満",),
        ("1,432,792,500円以上2,865,585千円以下",),
    ]


def test_a_sheet_without_unknowns_is_certain(seed: Sheet) -> None:
    """Nothing is free, and nothing is left to be said."""
    rulebook = parse_rulebook(
        HEAD + "# 区分 `rating` — for the sheet\n\n" + "    if sheet.fiscal_year >= 2012 then A else B\n"
    )
    found = certain(seed, rulebook)
    assert (found.status, found.unknowns, found.changing.sets, found.settling.sets) == ("certain", (), (), ((),))


def test_a_range_is_only_known_within(seed: Sheet) -> None:
    """A printed range of 60 to 70 of 100 stays below 80; one to 90 does not."""
    text = HEAD + (
        "# 区分 `rating` — for the sheet\n\n| F | `measures[1].actual` | **rating** |\n|---|---|---|\n"
        "| 1 | unknown | B |\n| 2 | 80以上 | A |\n| 3 | 60未満 | C |\n| 4 | - | B |\n"
    )
    rulebook = parse_rulebook(text)
    for high, ratings in (("70", {"B"}), ("90", {"A", "B"})):
        ranged = Quantity(unknown="undefined", low=Decimal(60), high=Decimal(high))
        first, *others = seed.objectives[0].indicators
        measure = first.measures[0].model_copy(update={"actual": ranged})
        changed = seed.objectives[0].model_copy(
            update={"indicators": (first.model_copy(update={"measures": (measure,)}), *others)}
        )
        found = certain(seed.model_copy(update={"objectives": (changed,)}), rulebook)
        assert {each.rating for each in found.verdicts} == ratings


def test_a_product_of_unknowns_is_open_or_right(seed: Sheet) -> None:
    """Non-linear rules end with what was found, and never with a verdict called certain that is not."""
    text = HEAD + (
        "# 区分 `rating` — for the sheet\n\n    if sum(measures.actual) * measures[1].actual * measures[2].actual"
        " - measures[2].actual / measures[1].actual = 7.5 then A else B\n"
    )
    unmeasured = Quantity(unknown="unmeasured")
    objectives = tuple(
        objective.model_copy(
            update={
                "indicators": tuple(
                    indicator.model_copy(
                        update={
                            "measures": tuple(m.model_copy(update={"actual": unmeasured}) for m in indicator.measures)
                        }
                    )
                    for indicator in objective.indicators
                )
            }
        )
        for objective in seed.objectives
    )
    found = certain(seed.model_copy(update={"objectives": objectives}), parse_rulebook(text), timeout=1)
    assert found.status in ("open", "uncertain")


def test_words_without_a_judgement() -> None:
    """Where no decision judges what is told in words, it is said to stay unknown."""
    text = (ROOT / "cases" / "mic-24-15" / "sheet.yaml").read_text(encoding="utf-8")
    seed, _ = parse_sheet(text.replace("6件実施", "実施"))
    assert seed is not None
    rulebook = parse_rulebook(
        HEAD + "# 区分 `rating` — for the sheet\n\n    if measures[5].actual >= measures[5].target then A else B\n"
    )
    found = hyotei.certain(seed, rulebook)
    assert found.status == "certain"
    assert found.words == ("ICT海外展開の推進：目標値", "ICT海外展開の推進：実績値")
    points = unknown_points(case_of(seed, rulebook))
    assert points.free == ()
    assert results(evaluate(rulebook, seed).steps) == (None, None)


def test_facts_are_told_in_the_words_of_their_kind() -> None:
    """A ratio in percent, a number without the unit of the figures beside it, a text by what rules look for in it."""
    facts = "facts:\n  measure: {pct: ratio, weight: number}\n  sheet: {since: year, place: text}\n---\n"
    rulebook = parse_rulebook(
        HEAD.removesuffix("---\n")
        + facts
        + '# 区分 `rating` — for the sheet\n\n    if contains(place, "東京") and since > 2012年度'
        " and measures[1].pct < 80% and measures[1].weight >= 2 then A else B\n"
    )
    sheet, _ = parse_sheet(
        "id: x\ntitle: x\nauthority: 例示省\nfiscal_year: 平成24年度\nmeasures:\n  - {target: 80%, actual: 70%}\n"
    )
    assert sheet is not None
    found = certain(sheet, rulebook, timeout=5, margins=False)
    bands = {each.title: {band for found in each.alone for band in found.bands} for each in found.unknowns}
    assert bands["pct"] == {"80%未満", "80%以上"}
    assert bands["weight"] == {"2未満", "2以上"}
    assert bands["since"] == {"明治元年度以上平成24年度以下", "平成24年度超令和182年度以下"}
    assert bands["place"] == {"ほかの記載", "「〇東京〇」のような記載"}


def test_a_text_is_what_rules_ask_for_or_any_other() -> None:
    """No value of a scale is among what a text could be, and of any other text no word of our own is shown as data."""
    book = parse_rulebook(
        """---
rulebook: texts
title: 例
authority: 総務省
standing: draft
fiscal_years: 2012
scales:
  rating: [A, B]
facts:
  sheet:
    place: {type: text, label: 場所}
---
# 評価区分 `rating` — for the sheet

| F | `place` | **rating** |
|---|---|---|
| 1 | unknown | unknown |
| 2 | "東京" | A |
| 3 | - | B |
""",
        "rulebook.md",
    )
    found = hyotei.certain(Sheet(id="1", title="例", authority="総務省", fiscal_year=2012), book)
    (place,) = found.unknowns
    assert place.range == "東京、ほかの記載"
    values = {each.rating: [value.value for value in each.example] for each in found.verdicts}
    assert values == {None: [], "A": ["東京"], "B": [None]}
