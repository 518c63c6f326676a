"""What is said of unknown values is true of every value they could have."""

from decimal import Decimal

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.types import YEAR, BooleanType, NumberType, ScaleType, Type
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Quantity, Sheet
from hyotei.verdict.case import Case
from hyotei.verdict.unknowns import unknowns, waits_for
from hyotei.verdict.verdict import Verdict
from tests.strategies import boundary_values, near
from tests.verdict.rated import case_of, inside, results, verdicts


def _type(case: Case, name: str, unit: str) -> Type:
    decision = case.rulebook.by_name.get(name)
    if decision is not None and decision.scope == case.units[unit].scope:
        return decision.outputs[0].type
    found = case.rulebook.figure(case.units[unit].scope, name)
    assert found is not None
    return found.type


def _values(case: Case, name: str, unit: str) -> st.SearchStrategy[Scalar]:
    of = _type(case, name, unit)
    if isinstance(of, ScaleType):
        return st.sampled_from(of.values)
    if isinstance(of, BooleanType):
        return st.booleans()
    assert isinstance(of, NumberType)
    if of == YEAR and name not in case.rulebook.by_name:
        return st.integers(1990, 2030).map(Decimal)
    ends = boundary_values(case.rulebook)
    drawn = st.decimals(-1000, 2000, places=4)
    return st.one_of(st.sampled_from(near(ends)), drawn) if ends else drawn


@given(verdicts(), st.data())
def test_possibilities_are_true(verdict: Verdict, data: st.DataObject) -> None:
    """A value within a band gives the outcome that is told for the band, and bands leave no value out."""
    case = case_of(verdict)
    now = results(verdict.derivation)
    for ref in unknowns(case, "en"):
        name = ref.id.partition("@")[0]
        note(str(ref))
        told = {(each.rating, each.budget) for each in ref.possibilities}
        assert ref.could_matter is (True if told - {now} else False if ref.exhaustive else None)
        if not ref.possibilities:
            continue
        value = data.draw(_values(case, name, ref.unit), label=ref.id)
        outcome = results(evaluate(verdict.rulebook, verdict.sheet, {(name, ref.unit): value}))
        claimed = [each for each in ref.possibilities if any(inside(band, value) for band in each.bands)]
        assert [(each.rating, each.budget) for each in claimed] == [outcome] * len(claimed)
        if ref.exhaustive:
            assert len(claimed) == 1
            assert ref.could_matter or outcome == now


@given(verdicts())
def test_unknowns_are_unknown_and_told_once(verdict: Verdict) -> None:
    """What is listed as unknown is unknown, for the reason given, each once."""
    case = case_of(verdict)
    found = unknowns(case, "ja")
    assert len({each.id for each in found}) == len(found)
    for each in found:
        assert _value(case, each.id) == Unknown(each.reason)


@given(verdicts())
def test_waits_for_names_unknown_things(verdict: Verdict) -> None:
    """A verdict waits for unknown figures or decisions, and for nothing exactly if it is determined."""
    case = case_of(verdict)
    waiting = waits_for(case, "ja")
    assert (not waiting) == (verdict.status == "determined")
    assert len({each.id for each in waiting}) == len(waiting)
    for each in waiting:
        assert _value(case, each.id) == Unknown(each.reason)


def _value(case: Case, identity: str) -> Scalar | None:
    name, _, unit = identity.partition("@")
    step = case.step(name, unit)
    if step is None:
        return case.units[unit].figure(name)
    outputs = [output for output in step.outputs if isinstance(output, Unknown)]
    return outputs[0] if outputs else None


_HEAD = """---
rulebook: x
title: x
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: a, B: b}
---
"""


def _rated(body: str, sheet: Sheet) -> Case:
    rulebook = parse_rulebook(_HEAD + body)
    return Case(rulebook, sheet, evaluate(rulebook, sheet))


_RATING = """# 評価区分 `rating` — for the sheet

| F | `d` | **rating** |
|---|---|---|
| 1 | 2以上 | A |
| 2 | - | B |
"""


def test_unknown_figure_in_a_known_count_is_told(seed: Sheet) -> None:
    """A figure that a filter passed over as unknown is tried, although the count itself is known."""
    case = _rated(f"# 数 `d` — for the sheet\n\n    count(measures[actual >= 5])\n\n{_RATING}", seed)
    found = {each.id: each for each in unknowns(case, "ja")}
    assert found["actual@measures[5]"].exhaustive
    assert [each.bands for each in found["actual@measures[5]"].possibilities] == [("どの値でも",)]


def test_end_point_that_is_calculated_is_not_claimed_for_whole_bands(seed: Sheet) -> None:
    """Where a cell compares with a multiple of the unknown value, only single values are told."""
    body = "# x `d` — for the sheet\n\n| F | `10` | **n** |\n|---|---|---|\n"
    body += "| 1 | `measures[5].actual * 2`以上 | 2 |\n| 2 | - | 1 |\n\n"
    case = _rated(body + _RATING, seed)
    (ref,) = (each for each in unknowns(case, "en") if each.id == "actual@measures[5]")
    assert not ref.exhaustive


def test_collected_sum_is_not_claimed_for_whole_bands(seed: Sheet) -> None:
    """A value that hit policy C+ adds up has no bands of its own."""
    body = "# x `d` — for the sheet\n\n| C+ | `true` | **n** |\n|---|---|---|\n"
    body += "| 1 | true | `measures[5].actual` |\n| 2 | true | 1 |\n\n"
    case = _rated(body + _RATING, seed)
    (ref,) = (each for each in unknowns(case, "en") if each.id == "actual@measures[5]")
    assert not ref.exhaustive


def test_years_have_no_values_between(seed: Sheet) -> None:
    """Between two fiscal years that follow each other there is none to be claimed."""
    body = "# x `d` — for each measure\n\n| F | `target.fiscal_year` | **n** |\n|---|---|---|\n"
    body += "| 1 | 2011年度 | 1 |\n| 2 | 2012年度 | 2 |\n| 3 | - | 0 |\n\n"
    body += _RATING.replace("`d`", "`measures[1].d`")
    bare = Quantity(value=Decimal(1))
    objective = seed.objectives[0]
    measure = objective.indicators[0].measures[0].model_copy(update={"target": bare})
    indicator = objective.indicators[0].model_copy(update={"measures": (measure,)})
    sheet = seed.model_copy(update={"objectives": (objective.model_copy(update={"indicators": (indicator,)}),)})
    (ref,) = (each for each in unknowns(_rated(body, sheet), "en") if each.id.startswith("target.fiscal_year@"))
    assert [(each.rating, each.bands) for each in ref.possibilities] == [
        ("B", ("at most FY2011", "above FY2012")),
        ("A", ("FY2012",)),
    ]


def test_seed_would_be_rated_b_if_the_qualitative_measure_were_missed(seed_verdict: Verdict) -> None:
    """Judged under 100%, the measure that cannot be judged would bring the rating down to B."""
    ref = next(each for each in seed_verdict.data("ja").unknowns if each.id == "attainment@measures[5]")
    assert ref.could_matter
    assert ref.exhaustive
    assert [(each.bands, each.rating) for each in ref.possibilities] == [(("100%未満",), "B"), (("100%以上",), "A")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_seed_waits_for_nothing(seed_verdict: Verdict, language: str) -> None:
    """The seed's verdict is determined."""
    assert seed_verdict.data("ja" if language == "ja" else "en").waits_for == ()
