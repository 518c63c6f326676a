"""Until when a proof may work: what is within a limit ends with it, whatever it calls.

The limit belongs to the run, not to its parts, so every question to the solver and every long computation asks here. Shares of
what is left grow with the limit, so that more time never leaves a part with less.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import monotonic
from typing import Final

_END: Final[ContextVar[float]] = ContextVar("end", default=inf)


Watch = Callable[[int, int, str], None]
"""Told how much is done, how much there is in all, and the name of what is worked at."""


def unwatched(done: int, count: int, name: str) -> None:
    """Nobody is told."""


class OutOfTimeError(Exception):
    """The time is over; what was found before counts, and what was not reached is open."""


def left() -> float:
    """The seconds that are left; infinite where there is no limit."""
    return _END.get() - monotonic()


def check_deadline() -> None:
    """Ends a computation whose time is over.

    Raises:
        OutOfTimeError: it is.
    """
    if left() <= 0:
        raise OutOfTimeError


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What happens inside has so many seconds, and never more than what is around it."""
    token = _END.set(min(_END.get(), monotonic() + seconds))
    try:
        yield
    finally:
        _END.reset(token)


@contextmanager
def share(parts: float) -> Iterator[None]:
    """What happens inside has one of so many equal parts of the time that is left."""
    with within(left() / parts):
        yield
