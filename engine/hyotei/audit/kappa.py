"""Cohen's weighted kappa with its interval, from a matrix of counts, in exact arithmetic.

Source: J. L. Fleiss, J. Cohen, B. S. Everitt, "Large sample standard errors of kappa and weighted kappa",
Psychological Bulletin 72 (1969), 323-327.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final, Literal

from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass

NORMAL_95: Final = Fraction(1959964, 1000000)
"""The 97.5 % point of the normal distribution, for an interval of 95 %."""
_DIGITS: Final = 6

Weights = Literal["none", "linear", "quadratic"]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance: 1 is complete, 0 is what chance gives; with the ends of its 95 % interval.

    Decimals with six places. `low` and `high` are the large-sample interval, cut to -1..1; with few pairs it is rough.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    pairs: int


def weighted_kappa(
    counts: Mapping[tuple[str, str], int], scale: Sequence[str], weights: Weights = "linear"
) -> Kappa | None:
    """Weighted kappa of pairs of values on one scale.

    Args:
        counts: how often each pair (recorded, derived) occurs; both are values of the scale.
        scale: its values in order.
        weights: `linear` and `quadratic` count a difference of two places for more than two of one; `none` counts all alike.

    Returns:
        None where it is not defined: no pairs, or all of them in one cell of the margins.
    """
    total = sum(counts.values())
    size = len(scale)
    if total == 0 or size < 2:
        return None
    share = [[Fraction(counts.get((one, two), 0), total) for two in scale] for one in scale]
    rows = [sum(line, Fraction()) for line in share]
    columns = [sum((line[j] for line in share), Fraction()) for j in range(size)]
    weight = [[_agreement(i, j, size, weights) for j in range(size)] for i in range(size)]
    places = [(i, j) for i in range(size) for j in range(size)]
    observed = sum((weight[i][j] * share[i][j] for i, j in places), Fraction())
    expected = sum((weight[i][j] * rows[i] * columns[j] for i, j in places), Fraction())
    if expected == 1:
        return None
    kappa = (observed - expected) / (1 - expected)
    by_row = [sum((weight[i][j] * columns[j] for j in range(size)), Fraction()) for i in range(size)]
    by_column = [sum((weight[i][j] * rows[i] for i in range(size)), Fraction()) for j in range(size)]
    spread = sum(
        (share[i][j] * (weight[i][j] - (by_row[i] + by_column[j]) * (1 - kappa)) ** 2 for i, j in places), Fraction()
    )
    variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (total * (1 - expected) ** 2)
    half = NORMAL_95 * _root(max(variance, Fraction()))
    return Kappa(
        _decimal(kappa), _decimal(max(kappa - half, Fraction(-1))), _decimal(min(kappa + half, Fraction(1))), total
    )


def _agreement(i: int, j: int, size: int, weights: Weights) -> Fraction:
    """How much two places agree: 1 for the same, 0 for the ends of the scale."""
    if weights == "none":
        return Fraction(int(i == j))
    away = Fraction(abs(i - j), size - 1)
    return 1 - (away if weights == "linear" else away**2)


def _root(value: Fraction) -> Fraction:
    """The square root to thirty digits, which is far below the last digit shown."""
    with localcontext() as context:
        context.prec = 40
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


def _decimal(value: Fraction) -> Decimal:
    return exact.divide(Decimal(value.numerator), Decimal(value.denominator), _DIGITS, "half_even")
