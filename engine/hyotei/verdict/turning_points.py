"""Where on the way of a number, down or up, something changes."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.base.quotient import Quotient
from hyotei.lazy_dataclass import dataclass
from hyotei.verdict.thresholds import bands

_ONE: Final = Decimal(1)
_SHOWN_STEP: Final = Decimal(f"1e-{exact.DIGITS}")


@dataclass(frozen=True, slots=True)
class Turn:
    """The nearest change on one side of a number.

    `distance` is how far the number must move to the end point `at`. The change has happened there if it is `reached`, else
    just beyond.
    """

    distance: Decimal
    at: Decimal
    up: bool
    reached: bool

    @property
    def shown(self) -> Decimal:
        """The distance in the decimals that numbers are shown with: that of the numbers shown, but never 0 where it is not."""
        if not isinstance(self.distance, Quotient):
            return self.distance
        near = exact.round_to(self.distance, exact.DIGITS, "ceiling" if self.up else "floor")
        return max(near, _SHOWN_STEP) if self.distance else near

    @property
    def below_a_step(self) -> bool:
        """Whether it is less than the last decimal that is shown."""
        return isinstance(self.distance, Quotient) and 0 < self.distance < _SHOWN_STEP


def turns(state: Callable[[Decimal], object], ends: Iterable[Decimal], value: Decimal, whole: bool) -> tuple[Turn, ...]:
    """The nearest points below and above `value` at which `state` is another; none where it is the same all the way.

    Args:
        state: what is looked at, constant between neighbouring `ends`.
        ends: the end points at which it can change.
        value: the number as it is.
        whole: whether the number is a count, which moves by whole steps and not below 0.
    """
    points = sorted(set(ends))
    if not points:
        return ()
    found = (_step if whole else _slide)(state, points, value)
    return tuple(turn for turn in found if turn is not None)


def _slide(state: Callable[[Decimal], object], points: list[Decimal], value: Decimal) -> list[Turn | None]:
    now = state(value)
    # Among its own thresholds, so that the bands beside it begin at the value itself.
    found = bands(sorted({*points, value}))
    here = next(index for index, band in enumerate(found) if band.point and band.low == value)
    down = next((band for band in reversed(found[:here]) if state(band.sample) != now), None)
    up = next((band for band in found[here + 1 :] if state(band.sample) != now), None)
    turning: list[Turn | None] = []
    if down is not None and down.high is not None:
        turning.append(Turn(exact.subtract(value, down.high), down.high, False, down.point))
    if up is not None and up.low is not None:
        turning.append(Turn(exact.subtract(up.low, value), up.low, True, up.point))
    return turning


def _step(state: Callable[[Decimal], object], points: list[Decimal], value: Decimal) -> list[Turn | None]:
    now = state(value)
    # Between two of these nothing changes for a whole number.
    near = {step for point in points for step in _beside(point)}
    down = next(
        (step for step in sorted(near, reverse=True) if step < value and step >= 0 and state(step) != now), None
    )
    up = next((step for step in sorted(near) if step > value and state(step) != now), None)
    return [
        None if down is None else Turn(exact.subtract(value, down), down, False, True),
        None if up is None else Turn(exact.subtract(up, value), up, True, True),
    ]


def _beside(point: Decimal) -> tuple[Decimal, ...]:
    floor = exact.round_to(point, 0, "floor")
    return exact.subtract(floor, _ONE), floor, exact.add(floor, _ONE), exact.round_to(point, 0, "ceiling")
