"""Findings that may be no fault weigh less, and say so: differences within a step, and directions assumed or contested."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyotei.inference.rate import rate
from hyotei.messages import Language
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from hyotei.sheet.amount_precision import step_of
from hyotei.sheet.direction import direction_of
from hyotei.sheet.models import Qualifier, Source


def yen(value: int, text: str = "") -> Quantity:
    return Quantity(value=Decimal(value), unit="円", source=Source(text=text) if text else None)


def sheet(*years: BudgetYear, measures: tuple[Measure, ...] = (), name: str = "件数") -> Sheet:
    objectives: tuple[Objective, ...] = ()
    if measures:
        objectives = (Objective(name="目標", claim="achieved", indicators=(Indicator(name=name, measures=measures),)),)
    return Sheet(
        schema="hyotei.sheet/3", id="1", title="政策", authority="総務省", fiscal_year=2012, budget_years=years,
        objectives=objectives,
    )  # fmt: skip


@given(st.integers(1, 9_999), st.sampled_from([(10**6, "百万円"), (10**3, "千円")]), st.integers(0, 3))
def test_the_step_is_the_unit_by_the_printed_decimals(digits: int, unit: tuple[int, str], places: int) -> None:
    """1,234百万円 is told to a million, 1.5百万円 to a hundred thousand, 12,345円 to a yen."""
    number = Decimal(digits * 10 + 1).scaleb(-places)
    value = number * unit[0]
    quantity = Quantity(value=value, unit="円", source=Source(text=f"{number:,}{unit[1]}"))
    assert step_of(quantity) == max(Decimal(unit[0]).scaleb(-places), Decimal(1))
    assert step_of(Quantity(value=Decimal(digits * 10 + 1), unit="円")) == 1
    assert step_of(yen((digits * 10 + 1) * unit[0])) == unit[0]


@given(st.integers(1, 500), st.integers(1, 2_000_000))
def test_an_excess_within_the_step_of_the_budget_is_no_serious_finding(millions: int, excess: int) -> None:
    """Of a budget in whole millions, half a million; beyond that it is what the rule states, and amounts are in one unit."""
    total = millions * 10**6
    executed = total + excess
    verdict = rate(sheet(BudgetYear(fiscal_year=2012, total=yen(total), executed=yen(executed))), "mic-2013")
    (found,) = [each for each in verdict.findings if each.code == "executed_over_total"]
    steps = sum(step_of(yen(each)) for each in (total, executed) if step_of(yen(each)) > 1)
    within = excess < steps / 2
    assert found.severity == ("notice" if within else "serious")
    assert bool(found.doubts) == within
    texts = [found.figures[name] for name in ("予算額の合計", "執行額")]
    assert len({text.lstrip("0123456789,.") for text in texts}) == 1


@given(st.integers(1, 50), st.integers(1, 50), st.sampled_from(["increase", None]))
def test_a_finding_on_an_assumed_direction_weighs_less(target: int, actual: int, direction: str | None) -> None:
    """With target and actual; on a stated direction it weighs what the rule states."""
    measure = Measure.model_validate(
        {"target": Quantity(value=Decimal(target), unit="件"), "actual": Quantity(value=Decimal(actual), unit="件"),
         "direction": direction}
    )  # fmt: skip
    found = [
        each for each in rate(sheet(measures=(measure,)), "mic-2013").findings if each.code == "missed_but_claimed"
    ]
    assert len(found) == (actual < target)
    for each in found:
        assert (each.severity, bool(each.doubts)) == (("serious", False) if direction else ("notice", True))
        assert (each.figures["目標値"], each.figures["実績値"]) == (f"{target}件", f"{actual}件")


@given(
    st.sampled_from(["研修受講者数", "事故件数", "件数"]),
    st.integers(1, 50),
    st.integers(1, 50),
    st.integers(1, 50),
    st.sampled_from([None, "以上", "以下"]),
    st.sampled_from(["increase", "decrease", None]),
    st.sampled_from(["ja", "en"]),
)
def test_a_finding_on_a_contested_direction_weighs_less(
    name: str,
    baseline: int,
    target: int,
    actual: int,
    qualifier: Qualifier | None,
    direction: str | None,
    language: Language,
) -> None:
    """Whatever signs contradict each other; the reservation names target and actual. On a direction that nothing speaks
    against, and on one that is stated, a finding weighs what its rule states.
    """

    def people(value: int, more: Qualifier | None = None) -> Quantity:
        return Quantity(value=Decimal(value), unit="人", qualifier=more)

    measure = Measure.model_validate(
        {"baseline": people(baseline), "target": people(target, qualifier), "actual": people(actual),
         "direction": direction}
    )  # fmt: skip
    of = direction_of(measure, name)
    verdict = rate(sheet(measures=(measure,), name=name), "mic-2013")
    found = [each for each in verdict.data(language).findings if each.code == "missed_but_claimed"]
    missed = actual > target if of.direction == "decrease" else actual < target
    assert len(found) == missed
    for each in found:
        sure = of.reading == "stated" or (of.reason != "assumed" and not of.against)
        assert each.severity == ("serious" if sure else "notice")
        assert len(each.doubts) == (not sure)
        for doubt in each.doubts:
            assert ("逆を示す" in doubt.text or "otherwise" in doubt.text) == bool(of.against)
            assert doubt.code == ("direction_contested" if of.against else "direction_assumed")
            assert doubt.values["direction"] == of.direction
            assert not of.against or (f"{target}人" in doubt.text and f"{actual}人" in doubt.text)
