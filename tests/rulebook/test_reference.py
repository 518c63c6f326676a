"""The reference meaning on the real sheet of 2013, value by value, and three-valued logic as its tables say."""

from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.exact import plain
from hyotei.base.quotient import Quotient
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.reference import aggregate, calculate, compare, evaluate, extreme, total
from hyotei.rulebook.values import RANK, REASONS, Scalar, Unknown, both, either, negate
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Recorded, Sheet
from tests.rulebook.small import figure, rulebook

UNKNOWNS = tuple(Unknown(reason) for reason in REASONS)
TRUTHS: tuple[Scalar, ...] = (True, False, *UNKNOWNS)


def money(thousands: str) -> Quantity:
    return figure(thousands if thousands.isalpha() else f"{thousands}000", "円")


def budget_year(
    year: int, initial: str, supplementary: str, carried_over: str, total: str, executed: str
) -> BudgetYear:
    """A budget year in thousand yen, as printed."""
    return BudgetYear(
        fiscal_year=year,
        initial=money(initial),
        supplementary=money(supplementary),
        carried_over=money(carried_over),
        total=money(total),
        executed=money(executed),
    )


def seminar(target: str, actual: str, qualifier: str | None = None, baseline: str = "missing") -> Measure:
    return Measure(baseline=figure(baseline), target=figure(target, "回", qualifier), actual=figure(actual, "回"))


POLICY_15 = Sheet(
    id="mic-24-15",
    title="ICT分野における国際戦略の推進",
    authority="総務省",
    number="総務省24-⑮",
    fiscal_year=2012,
    objectives=(
        Objective(
            name="国際的な枠組みの構築",
            claim="achieved",
            indicators=(
                Indicator(name="会合", measures=(seminar("10", "43", "程度", "7"),)),
                Indicator(name="合意した国", measures=(seminar("10", "21", "以上", "7"),)),
            ),
        ),
        Objective(
            name="国際展開",
            claim="achieved",
            indicators=(
                Indicator(
                    name="セミナーと派遣",
                    measures=(seminar("4", "5", "程度", "4"), seminar("4", "3", "程度", "3")),
                ),
                Indicator(
                    name="モデルシステム",
                    measures=(Measure(target=figure("qualitative"), actual=figure("qualitative")),),
                ),
            ),
        ),
    ),
    budget_years=(
        budget_year(2010, "3955984", "0", "997876", "4953860", "4705443"),
        budget_year(2011, "2880489", "-33660", "0", "2846829", "2741261"),
        budget_year(2012, "2868287", "-2702", "0", "2865585", "unsettled"),
        BudgetYear(fiscal_year=2013, initial=money("2281982")),
    ),
    recorded=Recorded(rating="A", budget="Ⅱ"),
)


@pytest.fixture(scope="module")
def derived() -> Derivation:
    folder = Path(__file__).resolve().parents[2] / "rules" / "mic-2013"
    return evaluate(read_rulebook(folder), POLICY_15)


def test_measures_of_the_real_sheet(derived: Derivation) -> None:
    """Attainments are 4.3, 2.1, 1.25, 0.75 and unknown, and the missions alone are missed."""
    keys = [f"measures[{number}]" for number in range(1, 6)]
    assert [derived.value("attainment", key) for key in keys] == [
        Decimal("4.3"), Decimal("2.1"), Decimal("1.25"), Decimal("0.75"), Unknown("qualitative"),
    ]  # fmt: skip
    assert [derived.value("result", key) for key in keys] == ["achieved"] * 3 + ["close", Unknown("qualitative")]


def test_rating_and_recommendation_of_the_real_sheet(derived: Derivation) -> None:
    """Three of four judged measures are achieved and none is under half, so A; the budget is spent, so Ⅱ."""
    assert derived.value("share_achieved") == Decimal("0.75")
    assert derived.value("rating") == "A"
    assert derived.value("execution") == Quotient(2741261, 2846829)
    assert plain(derived.value("execution")) == "0.962917"  # type: ignore[arg-type]  # a number
    assert plain(derived.value("execution_rate", "budget_years[2010]")) == "0.949853"  # type: ignore[arg-type]  # a number
    assert derived.value("execution_rate", "budget_years[2012]") == Unknown("unsettled")
    assert plain(derived.value("budget_change")) == "-0.20441"  # type: ignore[arg-type]  # a number
    assert derived.value("budget") == "Ⅱ"


def test_findings_of_the_real_sheet(derived: Derivation) -> None:
    """Over-achievement twice, a claim against a missed measure, an unsettled year, and a fall beside continuation."""
    found = [
        (key[1], outputs[0])
        for key, step in derived.steps.items()
        for outputs in step.outputs
        if isinstance(outputs, tuple)
    ]
    assert ("measures[1]", "over_achieved") in found
    assert ("measures[2]", "over_achieved") in found
    assert ("measures[3]", "target_not_beyond_baseline") in found
    assert ("measures[4]", "missed_but_claimed") in found
    assert ("budget_years[2012]", "evaluated_year_unsettled") in found
    assert ("sheet", "fall_beside_continuation") in found
    assert not any(code in ("rating_differs", "budget_differs") for _, code in found)


def test_steps_stand_in_the_order_of_rulebook_and_sheet(derived: Derivation) -> None:
    """Decisions come after those they need, and their units in the order of the sheet."""
    names = list(dict.fromkeys(name for name, _ in derived.steps))
    assert names.index("attainment") < names.index("result") < names.index("rating") < names.index("budget")
    assert [unit for name, unit in derived.steps if name == "result"] == [
        f"measures[{number}]" for number in range(1, 6)
    ]


def rank(value: Scalar) -> int:
    return RANK[value.reason] if isinstance(value, Unknown) else -1


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, repeat=2)))
def test_three_valued_logic(left: Scalar, right: Scalar) -> None:
    """False decides `and`, true decides `or`; otherwise the more lasting of the unknowns is the answer."""
    lasting = max((left, right), key=rank)
    if left is False or right is False:
        assert both(left, right) is False
    else:
        assert both(left, right) == (lasting if isinstance(lasting, Unknown) else True)
    if left is True or right is True:
        assert either(left, right) is True
    else:
        assert either(left, right) == (lasting if isinstance(lasting, Unknown) else False)
    assert both(left, right) == both(right, left) == negate(either(negate(left), negate(right)))
    assert negate(negate(left)) == left


SCALARS = st.one_of(
    st.sampled_from(UNKNOWNS),
    st.decimals(allow_nan=False, allow_infinity=False, places=7, min_value=-(10**18), max_value=10**18),
)


@given(SCALARS, SCALARS, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]))
def test_comparison_with_unknown_is_unknown(left: Scalar, right: Scalar, comparator: str) -> None:
    """A comparison is answered exactly when both sides are known."""
    found = compare(comparator, left, right)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        assert found == max((left, right), key=rank)
    else:
        assert isinstance(found, bool)
        opposite = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[comparator]
        assert compare(opposite, left, right) is not found


@given(st.lists(SCALARS))
def test_aggregates_do_not_depend_on_order(values: list[Scalar]) -> None:
    """Sum, least, greatest and mean are the same in any order, and unknown as soon as one element is."""
    book = rulebook("# x `x` — for the sheet\n\n    1\n")
    for function in ("sum", "min", "max", "mean", "count"):
        assert aggregate(function, values, book) == aggregate(function, values[::-1], book)
    unknowns = [value for value in values if isinstance(value, Unknown)]
    if unknowns:
        worst = max(unknowns, key=rank)
        assert total(values) == extreme(values, greatest=True) == aggregate("mean", values, book) == worst
    assert aggregate("count", values, book) == len(values)


@given(SCALARS, SCALARS)
def test_calculation_is_exact(left: Scalar, right: Scalar) -> None:
    """What is added can be taken away again to the last digit."""
    book = rulebook("# x `x` — for the sheet\n\n    1\n")
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        assert calculate("-", calculate("+", left, right, book), right, book) == left
        if right:
            assert calculate("/", calculate("*", left, right, book), right, book) == calculate(
                "/", left, Decimal(1), book
            )
        else:
            assert calculate("/", left, right, book) == Unknown("undefined")
