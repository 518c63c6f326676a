"""Exact quotients held against Python's fractions."""

import copy
import math
import operator
import pickle
from collections.abc import Callable
from decimal import ROUND_UP, Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base import exact
from hyotei.base.quotient import Quotient

WHOLE = (
    st.integers(-(10**12), 10**12) | st.integers(-5, 5) | st.sampled_from((10**7, 10**7 + 1, 10**7 - 1, 3 * 10**7 + 1))
)
QUOTIENTS = st.builds(Quotient, WHOLE, WHOLE.filter(bool))
DECIMALS = st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
) | st.sampled_from((Decimal("0.333333"), Decimal("0.3333333333"), Decimal(1), Decimal(0)))
NUMBERS = QUOTIENTS | DECIMALS


def fraction(number: Decimal) -> Fraction:
    return Fraction(*number.as_integer_ratio())


@given(WHOLE, WHOLE.filter(bool))
def test_it_is_the_fraction(above: int, below: int) -> None:
    """Its ratio is in lowest terms with a positive denominator, and conversions are those of the fraction."""
    found, right = Quotient(above, below), Fraction(above, below)
    assert found.as_integer_ratio() == (right.numerator, right.denominator)
    assert Fraction(found) == right
    assert (int(found), math.floor(found), math.ceil(found)) == (int(right), math.floor(right), math.ceil(right))
    assert bool(found) is bool(right)
    assert float(found) == float(right)


@given(
    QUOTIENTS,
    NUMBERS | WHOLE,
    st.sampled_from((operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)),
)
def test_comparisons_are_those_of_fractions(
    one: Quotient, other: Decimal | int, compare: Callable[[object, object], bool]
) -> None:
    """With quotients, decimals, fractions and whole numbers, on either side."""
    left, right = fraction(one), Fraction(other)
    assert compare(one, other) is compare(left, right)
    assert compare(other, one) is compare(right, left)
    assert compare(one, right) is compare(left, right)
    assert compare(right, one) is compare(right, left)


@given(st.lists(NUMBERS, min_size=1))
def test_sorting_and_sets_go_by_the_fraction(numbers: list[Decimal]) -> None:
    """Equal numbers hash alike, whatever they are."""
    fractions = [fraction(each) for each in numbers]
    assert [fraction(each) for each in sorted(numbers)] == sorted(fractions)
    assert fraction(max(numbers)) == max(fractions)
    assert len(set(numbers)) == len(set(fractions))
    assert {hash(each) for each in numbers} == {hash(each) for each in fractions}


@given(QUOTIENTS, NUMBERS)
def test_calculation_is_that_of_fractions(one: Quotient, other: Decimal) -> None:
    """By `exact` and by the operators; the result is a quotient too."""
    left, right = fraction(one), fraction(other)
    pairs = [
        (exact.add(one, other), left + right),
        (exact.subtract(one, other), left - right),
        (exact.subtract(other, one), right - left),
        (exact.multiply(other, one), left * right),
        (exact.absolute(one), abs(left)),
        (exact.power(one, 3), left**3),
        (exact.total([one, other, one]), 2 * left + right),
        (other + one, left + right),
        (one - other, left - right),
        (other - one, right - left),
        (one * other, left * right),
        (-one, -left),
        (abs(one), abs(left)),
    ]
    if other:
        pairs += [(exact.divide(one, other, mode="exact"), left / right), (one / other, left / right)]
    if one:
        pairs += [(exact.divide(other, one, mode="exact"), right / left), (other / one, right / left)]
    for found, expected in pairs:
        assert isinstance(found, Quotient)
        assert fraction(found) == expected


@given(QUOTIENTS, st.integers(-2, 9), st.sampled_from(exact.ROUNDINGS))
def test_rounding_sees_the_fraction(number: Quotient, digits: int, mode: exact.Rounding) -> None:
    """A rounded quotient is the exact quotient rounded once, and an ordinary decimal."""
    found = exact.round_to(number, digits, mode)
    above, below = number.as_integer_ratio()
    assert type(found) is Decimal
    assert found == exact.divide(Decimal(above), Decimal(below), digits, mode)


@given(QUOTIENTS)
def test_it_is_shown_with_six_decimals(number: Quotient) -> None:
    """Rounded down, also where a caller's context has one digit."""
    shown = exact.round_to(number, 6, "floor")
    assert exact.shown(number) == shown
    with localcontext(Context(prec=1, rounding=ROUND_UP)):
        assert exact.plain(number) == exact.plain(shown)
        assert Decimal(str(number)) == Decimal(f"{number:f}") == shown


@given(QUOTIENTS)
def test_copies_are_the_same_number(number: Quotient) -> None:
    """Pickled, copied and copied deeply."""
    for each in (pickle.loads(pickle.dumps(number)), copy.copy(number), copy.deepcopy(number)):
        assert isinstance(each, Quotient)
        assert each.as_integer_ratio() == number.as_integer_ratio()


@pytest.mark.parametrize(
    "name", ["quantize", "scaleb", "normalize", "to_integral_value", "compare", "fma", "__mod__", "__pow__"]
)
def test_operations_that_would_go_by_what_is_shown_are_refused(name: str) -> None:
    """They would lose the fraction in silence."""
    with pytest.raises(TypeError, match="exact"):
        getattr(Quotient(1, 3), name)(Decimal(1))


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_division_by_a_rounding_is_the_rounded_quotient(above: int, below: int) -> None:
    """A stated rounding gives an ordinary decimal, as it did before there were quotients."""
    found = exact.divide(Decimal(above), Decimal(below), 6, "floor")
    assert type(found) is Decimal
    assert found == Decimal(above * 10**6 // below).scaleb(-6)


@pytest.mark.parametrize("sign", [1, -1])
def test_reach_bounds_both_sides_of_the_bar(sign: int) -> None:
    """2,000 digits are within reach and 2,001 are not, above and below the bar, of decimals and of quotients."""
    most = 10**2000 - 1
    for number in (Quotient(sign * most, 7), Quotient(sign, most), Decimal(sign * most), Decimal("1e-1999") * sign):
        assert exact.within_reach(number)
    for number in (
        Quotient(sign * (most + 2), 7),
        Quotient(sign, most + 1),
        Decimal(sign * (most + 1)),
        Decimal("1e-2000") * sign,
    ):
        assert not exact.within_reach(number)
    assert exact.within_reach(Decimal("1." + 5000 * "0"))
    assert not exact.within_reach(Decimal("1e999999"))
