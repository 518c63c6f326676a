"""Turns of what takes long and people wait for: little is done at once, a little more waits, and more is refused for now.

So the memory of the machine is bounded, and threads are left that answer everybody else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from hyotei.messages import Diagnostic, HyoteiError

AT_ONCE: Final = 3
MOST: Final = 6
"""Those that work and those that wait."""
_working: Final = BoundedSemaphore(AT_ONCE)
_wanted: Final = BoundedSemaphore(MOST)


@contextmanager
def turn() -> Iterator[None]:
    """Waits for a turn, and keeps it.

    Raises:
        HyoteiError: too many wait already (HY077).
    """
    if not _wanted.acquire(blocking=False):
        raise HyoteiError(Diagnostic("HY077"))
    try:
        with _working:
            yield
    finally:
        _wanted.release()
