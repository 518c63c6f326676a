"""Exact arithmetic, whatever the digits and whatever the ambient context."""

import decimal
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base import exact
from hyotei.base.exact import ROUNDINGS, Rounding

FIGURES = st.builds(
    lambda number, shift: Decimal(f"{number}e-{shift}"), st.integers(-(10**90), 10**90), st.integers(0, 30)
)
SMALL = st.builds(lambda number, shift: Decimal(f"{number}e-{shift}"), st.integers(-300, 300), st.integers(0, 3))
ANY = st.one_of(FIGURES, SMALL)


@pytest.fixture(autouse=True)
def hostile() -> Iterator[None]:
    """Every test runs in a context that rounds to one digit and raises at anything else."""
    traps = [decimal.Inexact, decimal.Rounded, decimal.Overflow, decimal.FloatOperation, decimal.Subnormal]
    with decimal.localcontext(decimal.Context(prec=1, Emax=1, Emin=-1, traps=traps)) as context:
        before = repr(context)
        yield
        assert repr(decimal.getcontext()) == before


@given(ANY, ANY)
def test_sums_and_products_are_exact(a: Decimal, b: Decimal) -> None:
    """Addition, subtraction and multiplication agree with fractions."""
    assert Fraction(exact.add(a, b)) == Fraction(a) + Fraction(b)
    assert Fraction(exact.subtract(a, b)) == Fraction(a) - Fraction(b)
    assert Fraction(exact.multiply(a, b)) == Fraction(a) * Fraction(b)
    assert Fraction(exact.total([a, b, a])) == 2 * Fraction(a) + Fraction(b)


@given(SMALL, st.integers(0, 9))
def test_powers_are_exact(a: Decimal, exponent: int) -> None:
    """A power agrees with fractions."""
    assert Fraction(exact.power(a, exponent)) == Fraction(a) ** exponent


def rounded(value: Fraction, digits: int, mode: Rounding) -> Fraction:
    """What rounding means, in fractions."""
    scaled = value * Fraction(10) ** digits
    low = scaled.numerator // scaled.denominator
    if scaled == low:
        return Fraction(low) / Fraction(10) ** digits
    half = scaled - low - Fraction(1, 2)
    goes_up = {
        "floor": False,
        "ceiling": True,
        "up": scaled > 0,
        "down": scaled < 0,
        "half_up": half > 0 or (half == 0 and scaled > 0),
        "half_down": half > 0 or (half == 0 and scaled < 0),
        "half_even": half > 0 or (half == 0 and low % 2 == 1),
        # Of a negative number the tenths count from the upper end.
        "five_down": scaled - low >= Fraction(6, 10) if scaled > 0 else low + 1 - scaled < Fraction(6, 10),
    }[mode]
    return Fraction(low + goes_up) / Fraction(10) ** digits


@given(ANY, ANY.filter(bool), st.integers(-3, 40), st.sampled_from(ROUNDINGS))
def test_quotients_are_rounded_once(a: Decimal, b: Decimal, digits: int, mode: Rounding) -> None:
    """Division is the exact quotient, rounded as asked."""
    assert Fraction(exact.divide(a, b, digits, mode)) == rounded(Fraction(a) / Fraction(b), digits, mode)


@given(ANY, st.integers(-3, 40), st.sampled_from(ROUNDINGS))
def test_rounding_means_what_it_says(a: Decimal, digits: int, mode: Rounding) -> None:
    """Rounding agrees with fractions in every mode."""
    assert Fraction(exact.round_to(a, digits, mode)) == rounded(Fraction(a), digits, mode)


@given(ANY)
def test_the_plain_spelling_is_one_and_reads_back(a: Decimal) -> None:
    """Equal figures are spelt alike, and the spelling is the figure."""
    text = exact.plain(a)
    assert Decimal(text) == a
    assert exact.plain(Decimal(text)) == text
    assert "e" not in text.lower()
    assert text != "-0"
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("4.30", "4.3"),
        ("0.75", "0.75"),
        ("1.2e3", "1200"),
        ("-0.5", "-0.5"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0e9", "0"),
        ("100", "100"),
    ],
)
def test_plain_spellings(figure: str, text: str) -> None:
    """The spellings that documents of the project use."""
    assert exact.plain(Decimal(figure)) == text


def test_a_quotient_has_six_decimals_and_is_floored() -> None:
    """The execution rate of the first sheet, as it is published."""
    assert exact.plain(exact.divide(Decimal(4705443), Decimal(4953860))) == "0.949853"
    assert exact.plain(exact.divide(Decimal(-1), Decimal(3))) == "-0.333334"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_refused(value: str) -> None:
    """There is no quotient of infinities."""
    with pytest.raises(ValueError, match="finite"):
        exact.divide(Decimal(value), Decimal(1))
    with pytest.raises(ValueError, match="finite"):
        exact.round_to(Decimal(value), 2)
    with pytest.raises(ValueError, match="finite"):
        exact.scaled(Decimal(value), 2)


def test_division_by_zero_is_an_error() -> None:
    """Zero divides nothing."""
    with pytest.raises(ZeroDivisionError):
        exact.divide(Decimal(1), Decimal("0.00"))


@given(ANY)
def test_scaled_integers_are_exact_or_refused(a: Decimal) -> None:
    """A figure becomes an integer only if it is one at that scale."""
    value = Fraction(a) * 10**6
    if value.denominator == 1:
        assert exact.scaled(a, 6) == value
    else:
        with pytest.raises(ValueError, match="decimals"):
            exact.scaled(a, 6)
