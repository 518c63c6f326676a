"""A time limit for reading: what takes longer is given up with a message, and everything else is read.

On POSIX, in the main thread, an alarm ends whatever is running, a slow regular expression too. Elsewhere the limit is noticed when
the next part of the file is read.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_AGAIN: Final = 1.0
"""Seconds after which the alarm rings once more, should a library have swallowed the first."""


class TimedOut(BaseException):
    """The limit is reached. No `Exception`, so that what catches those on the way does not take it for its own."""


class _State(threading.local):
    """When the limit of this thread is reached; None without one."""

    until: float | None = None
    seconds: float = 0.0


_state = _State()


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Lets the block run for so many seconds.

    Raises:
        TimedOut: in the block, when they are over.
    """
    if seconds is None:
        yield
        return
    _state.until, _state.seconds = time.monotonic() + seconds, seconds
    alarm = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGALRM, _ring) if alarm else None
    try:
        try:
            if alarm:
                signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            yield
        finally:
            # First of all: an alarm that rings from here on is nobody's.
            _state.until = None
    finally:
        _state.until = None
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def allowed() -> str:
    """How many seconds the limit of this thread is, for a person."""
    return f"{_state.seconds:g}"


def check_time() -> None:
    """Called wherever a part of a file is read.

    Raises:
        TimedOut: the limit of this thread is reached.
    """
    if _state.until is not None and time.monotonic() > _state.until:
        raise TimedOut


def _ring(*_: object) -> None:
    if _state.until is not None:
        raise TimedOut
