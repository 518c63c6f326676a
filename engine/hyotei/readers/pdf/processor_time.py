"""Processor time for parts of the work. Where the system cannot interrupt them, the side that asks watches the clock."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from hyotei.readers.pdf import limits


class TooLong(BaseException):
    """The time for a page is used up. No `Exception`, so that nothing on the way takes it for a fault of the file."""


class Watch:
    """Interrupts a part of the work that takes too long; `interrupts` says whether this process may be interrupted at all."""

    def __init__(self, interrupts: bool = False, seconds: float = limits.PAGE_SECONDS) -> None:
        self.seconds, self.interrupts = seconds, interrupts and hasattr(signal, "setitimer")
        self.begun = time.process_time()
        self.inside = False
        if self.interrupts:
            signal.signal(signal.SIGPROF, self._over)

    def used(self) -> float:
        """Seconds of processor time since the beginning."""
        return time.process_time() - self.begun

    @contextmanager
    def page(self) -> Iterator[None]:
        """A part of the work.

        Raises:
            TooLong: it took too long.
        """
        if not self.interrupts:
            yield
            return
        # Again every second, should the first interruption come where it is swallowed.
        self.inside = True
        signal.setitimer(signal.ITIMER_PROF, self.seconds, 1.0)
        try:
            yield
        finally:
            self.inside = False
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _over(self, _number: int, _frame: FrameType | None) -> None:
        if self.inside:
            raise TooLong
