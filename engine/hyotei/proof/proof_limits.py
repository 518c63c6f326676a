"""What formulas do not tell exactly: where a proof must say that it does not know."""

from typing import Final

from hyotei.proof import formulas as f
from hyotei.proof.formula_nodes import Linear
from hyotei.proof.guarded_values import GuardedValue

MOST_FACTORS: Final = 20
"""So many figures of at most 90 digits multiplied with each other stay within the 2,000 digits of the reference."""
MOST_DIGITS: Final = 150
"""Numbers that rules work out have at most so many digits beside figures; there are few of them in one product."""


class BeyondProof(Exception):
    """A rulebook says something that formulas do not tell exactly; `why` names it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def within_reach(result: Linear) -> Linear:
    """The result, where it is surely a number for the reference too, which calls what has thousands of digits unknown.

    Raises:
        BeyondProof: figures of 60 digits could make it too long.
    """
    if f.degree(result) > MOST_FACTORS:
        raise BeyondProof("huge")
    return result


def all_within_reach(value: GuardedValue) -> GuardedValue:
    """The value, where all numbers it can be are within reach.

    Raises:
        BeyondProof: one of them could be too long.
    """
    for _, number in value.numbers:
        within_reach(number)
    return value
