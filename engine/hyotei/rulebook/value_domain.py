"""What a figure, a term or a decision can come out as: sets of values that are never too narrow.

Numbers are kept as an interval, with whether all of them are whole; everything else by name. Where a rule is not sure, it errs to
the wider side, so a set that does not hold a value is a proof that the value never comes out.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.number_intervals import Numbers, exactly, hull
from hyotei.rulebook.number_size import NO_NUMBERS, REACH, Size, size_of
from hyotei.rulebook.values import Reason, Scalar, Unknown

UNDEFINED: Final[frozenset[Reason]] = frozenset({"undefined"})


@dataclass(frozen=True, slots=True)
class Domain:
    """What something can come out as: numbers, named values (truths, values of scales, certain texts), any text, or unknown."""

    numbers: Numbers | None = None
    named: tuple[str | bool, ...] = ()
    texts: bool = False
    unknown: frozenset[Reason] = frozenset()
    size: Size = NO_NUMBERS
    """Of its numbers."""

    def holds(self, value: Scalar) -> bool:
        """Whether it can come out as that."""
        if isinstance(value, Unknown):
            return value.reason in self.unknown
        if isinstance(value, bool):
            return any(each is value for each in self.named)
        if isinstance(value, str):
            return self.texts or value in self.named
        return self.numbers is not None and self.numbers.holds(Fraction(value))

    @property
    def known(self) -> "Domain":
        """The same without the unknowns."""
        return replace(self, unknown=frozenset())

    def with_unknown(self, reasons: Iterable[Reason]) -> "Domain":
        """The same, which may also be unknown for these reasons."""
        return replace(self, unknown=self.unknown | frozenset(reasons))


NOTHING: Final = Domain()
TRUTH: Final = Domain(named=(True, False))


def number(numbers: Numbers, size: Size, unknown: Iterable[Reason] = ()) -> Domain:
    """Numbers that may be unknown. Where they may be beyond reach, they are unknown(undefined) there."""
    reasons = frozenset(unknown)
    if not size.within_reach:
        return Domain(numbers, unknown=reasons | UNDEFINED, size=Size(REACH, fraction=True))
    return Domain(numbers, unknown=reasons, size=size)


def constant(value: Scalar) -> Domain:
    """Just that value."""
    if isinstance(value, Unknown):
        return Domain(unknown=frozenset({value.reason}))
    if isinstance(value, (str, bool)):
        return Domain(named=(value,))
    exact_value = Fraction(value)
    return number(exactly(exact_value), size_of(exact_value))


def joined(*domains: Domain) -> Domain:
    """What is in one of them."""
    numbers = [each.numbers for each in domains if each.numbers is not None]
    return Domain(
        hull(numbers) if numbers else None,
        tuple(dict.fromkeys(value for each in domains for value in each.named)),
        any(each.texts for each in domains),
        frozenset().union(*(each.unknown for each in domains)),
        reduce(Size.joined, (each.size for each in domains), NO_NUMBERS),
    )
