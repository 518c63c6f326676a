"""Weighted kappa: what must hold of it for every matrix, and a value computed by hand."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hyotei.audit.kappa import Weights, weighted_kappa

SCALE = ("A", "B", "C")
MATRICES = st.dictionaries(st.tuples(st.sampled_from(SCALE), st.sampled_from(SCALE)), st.integers(1, 500), max_size=9)
WEIGHTS = st.sampled_from(["none", "linear", "quadratic"])


@given(MATRICES, WEIGHTS)
def test_it_lies_within_its_interval_and_its_bounds(matrix: dict[tuple[str, str], int], weights: Weights) -> None:
    """-1 <= low <= value <= high <= 1, over as many pairs as were given."""
    kappa = weighted_kappa(matrix, SCALE, weights)
    if kappa is None:
        return
    assert -1 <= kappa.low <= kappa.value <= kappa.high <= 1
    assert kappa.pairs == sum(matrix.values())


@given(MATRICES, WEIGHTS)
def test_it_does_not_matter_which_of_the_two_is_recorded(matrix: dict[tuple[str, str], int], weights: Weights) -> None:
    """Rows and columns exchanged, and the scale turned round, give the same."""
    turned = {(two, one): count for (one, two), count in matrix.items()}
    assert weighted_kappa(matrix, SCALE, weights) == weighted_kappa(turned, SCALE, weights)
    assert weighted_kappa(matrix, SCALE, weights) == weighted_kappa(matrix, SCALE[::-1], weights)


@given(st.dictionaries(st.sampled_from(SCALE), st.integers(1, 500), min_size=2), WEIGHTS)
def test_complete_agreement_is_one(same: dict[str, int], weights: Weights) -> None:
    """All pairs on the diagonal, of at least two values, give 1 without doubt."""
    kappa = weighted_kappa({(value, value): count for value, count in same.items()}, SCALE, weights)
    assert kappa is not None
    assert (kappa.value, kappa.low, kappa.high) == (1, 1, 1)


@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 20), st.integers(1, 20), WEIGHTS)
def test_independence_is_zero(a: int, b: int, c: int, d: int, weights: Weights) -> None:
    """A matrix that is the product of its margins has no agreement beyond chance."""
    matrix = {("A", "A"): a * c, ("A", "B"): a * d, ("B", "A"): b * c, ("B", "B"): b * d}
    kappa = weighted_kappa(matrix, ("A", "B"), weights)
    assert kappa is not None
    assert kappa.value == 0


def by_definition(matrix: dict[tuple[str, str], int], weights: Weights) -> tuple[Fraction, Fraction] | None:
    """Kappa from how much pairs disagree, and its variance by the derivatives of kappa by each share (the delta method)."""
    total = sum(matrix.values())
    power = {"none": 0, "linear": 1, "quadratic": 2}[weights]
    apart = {
        (one, two): Fraction(int(one != two) if power == 0 else abs(SCALE.index(one) - SCALE.index(two)) ** power)
        for one in SCALE
        for two in SCALE
    }
    share = {pair: Fraction(matrix.get(pair, 0), total) for pair in apart}
    recorded = {value: sum((share[value, two] for two in SCALE), Fraction()) for value in SCALE}
    derived = {value: sum((share[one, value] for one in SCALE), Fraction()) for value in SCALE}
    seen = sum((apart[pair] * share[pair] for pair in apart), Fraction())
    chance = sum((apart[one, two] * recorded[one] * derived[two] for one, two in apart), Fraction())
    if not chance:
        return None
    slopes = {}
    for one, two in apart:
        moved = sum(
            (apart[one, each] * derived[each] + apart[each, two] * recorded[each] for each in SCALE), Fraction()
        )
        slopes[one, two] = -(apart[one, two] * chance - seen * moved) / chance**2
    mean = sum((share[pair] * slopes[pair] for pair in apart), Fraction())
    square = sum((share[pair] * slopes[pair] ** 2 for pair in apart), Fraction())
    return 1 - seen / chance, (square - mean**2) / total


@given(MATRICES, WEIGHTS)
def test_it_is_what_its_definition_says(matrix: dict[tuple[str, str], int], weights: Weights) -> None:
    """Value and interval, by another way to both: every weight, margin and term of the variance counts."""
    found = weighted_kappa(matrix, SCALE, weights)
    expected = by_definition(matrix, weights) if matrix else None
    assert (found is None) is (expected is None)
    if found is None or expected is None:
        return
    value, variance = expected
    close = Fraction(1, 10**6)
    assert abs(Fraction(found.value) - value) <= close
    for end, sign in ((found.low, -1), (found.high, 1)):
        if -1 < end < 1:
            half = (Fraction(end) - value) * sign
            assert abs(half**2 - Fraction("1.959964") ** 2 * variance) <= close * (2 * abs(half) + 1)
        else:
            assert (Fraction("1.959964") ** 2 * variance) >= (1 - sign * value - close) ** 2 or abs(value) == 1


def test_a_value_computed_by_hand() -> None:
    """20 and 15 agree, 5 and 10 do not: 0.7 observed, 0.5 expected."""
    kappa = weighted_kappa({("A", "A"): 20, ("A", "B"): 5, ("B", "A"): 10, ("B", "B"): 15}, ("A", "B"), "none")
    assert kappa is not None
    assert kappa.value == Decimal("0.4")


def test_nothing_to_compare_has_no_kappa() -> None:
    """No pairs, and pairs of one value only, leave it undefined."""
    assert weighted_kappa({}, SCALE) is None
    assert weighted_kappa({("A", "A"): 5}, SCALE) is None
    assert weighted_kappa({("A", "A"): 5}, ("A",)) is None
