"""Weighted kappa: what must hold of it for every matrix, and a value computed by hand."""

from decimal import Decimal

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


def test_a_value_computed_by_hand() -> None:
    """20 and 15 agree, 5 and 10 do not: 0.7 observed, 0.5 expected."""
    kappa = weighted_kappa({("A", "A"): 20, ("A", "B"): 5, ("B", "A"): 10, ("B", "B"): 15}, ("A", "B"), "none")
    assert kappa is not None
    assert kappa.value == Decimal("0.4")


def test_nothing_to_compare_has_no_kappa() -> None:
    """No pairs, and pairs of one value only, leave it undefined."""
    assert weighted_kappa({}, SCALE) is None
    assert weighted_kappa({("A", "A"): 5}, SCALE) is None
