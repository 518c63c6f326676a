"""The values that rules compute with: exact decimals, texts, booleans, and unknown with its reason."""

from decimal import Decimal
from typing import Final, TypeAlias

from hyotei.lazy_dataclass import dataclass
from hyotei.sheet.models import REASONS as REASONS
from hyotei.sheet.models import UnknownReason

Reason: TypeAlias = UnknownReason

# Where several unknowns meet, the most lasting is told: waiting for the others would not help. What was not read outlasts all:
# until somebody reads it, the others cannot be held against the document.
RANK: Final[dict[Reason, int]] = {reason: rank for rank, reason in enumerate(REASONS)}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is not known, and why. It is no number: never 0, never the worst grade."""

    reason: Reason

    def __repr__(self) -> str:
        return f"unknown({self.reason})"


UNKNOWNS: Final[tuple[Unknown, ...]] = tuple(Unknown(reason) for reason in REASONS)
"""Every unknown value, in the order of the reasons."""

Scalar: TypeAlias = Decimal | str | bool | Unknown
"""One value of a cell or a formula. Scale values are texts; numbers are finite `Decimal`s."""


def lasting(*unknowns: Unknown) -> Unknown:
    """The most lasting of several unknowns, whatever their order."""
    return max(unknowns, key=lambda unknown: RANK[unknown.reason])


def both(left: Scalar, right: Scalar) -> Scalar:
    """Three-valued `and`: false wins over unknown, unknown wins over true."""
    if left is False or right is False:
        return False
    if isinstance(left, Unknown):
        return lasting(left, right) if isinstance(right, Unknown) else left
    return right


def either(left: Scalar, right: Scalar) -> Scalar:
    """Three-valued `or`: true wins over unknown, unknown wins over false."""
    if left is True or right is True:
        return True
    if isinstance(left, Unknown):
        return lasting(left, right) if isinstance(right, Unknown) else left
    return right


def negate(value: Scalar) -> Scalar:
    """Three-valued `not`: unknown stays unknown."""
    return value if isinstance(value, Unknown) else not value
