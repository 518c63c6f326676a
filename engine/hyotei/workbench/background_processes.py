"""Answers worked out in the background, each in a process of its own that ends when what it is about is changed.

What was found is kept in memory by its question. Nothing is lost with it: it can be asked again. An answer comes as lines of JSON.
"""

import json
import subprocess
import sys
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from hyotei.workbench.reading import child_environment

_GRACE: Final = 30.0
"""Seconds beyond those of an answer after which its process is ended."""


@dataclass
class Answer(ABC):
    """An answer, as far as it is.

    Attributes:
        ended: that its process runs no more; with nothing found and nothing told, it ended without an answer.
        cancelled: that nobody waits for it.
        process: its process, once it was begun.
    """

    ended: bool = field(default=False, kw_only=True)
    cancelled: bool = field(default=False, kw_only=True)
    process: "subprocess.Popen[bytes] | None" = field(default=None, kw_only=True)

    @abstractmethod
    def question(self) -> bytes:
        """What its process is given."""

    @abstractmethod
    def take(self, said: dict[str, Any]) -> None:
        """Takes what a line of its process says."""

    def end(self) -> None:
        """Ends its process, unless it has ended."""
        if not self.ended:
            self.cancelled = True
            if self.process is not None:
                self.process.kill()


Kept = TypeVar("Kept", bound=Answer)


class BackgroundProcesses(Generic[Kept]):
    """The answers of one kind of question.

    Args:
        module: what the processes run.
        seconds: how long they may work.
        at_once: how many work at the same time.
        most: how many answers are kept; the one that was asked for least recently goes first.
    """

    def __init__(self, module: str, seconds: float, at_once: int, most: int) -> None:
        self.module, self.seconds, self.most = module, seconds, most
        self._running = BoundedSemaphore(at_once)
        self._lock = Lock()
        self._answers: OrderedDict[str, Kept] = OrderedDict()
        self._last: dict[UUID, Kept] = {}

    def answer(self, about: UUID, digest: str, new: Callable[[], Kept]) -> Kept:
        """The answer to the question with that digest; begun where there is none, and one on an earlier state is ended."""
        with self._lock:
            answer = self._answers.get(digest)
            if answer is None or answer.cancelled:
                answer = self._answers[digest] = new()
                Thread(target=self.run, args=(answer,), daemon=True).start()
            self._answers.move_to_end(digest)
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)[1].end()
            before, self._last[about] = self._last.get(about), answer
            if before is not None and before is not answer:
                before.end()
        return answer

    def begun(self, digest: str) -> Kept | None:
        """The answer, where it was begun and not ended by a change."""
        with self._lock:
            answer = self._answers.get(digest)
        return None if answer is None or answer.cancelled else answer

    def found(self, fits: Callable[[Kept], bool]) -> Kept | None:
        """An answer that fits, among those that are kept."""
        with self._lock:
            return next(filter(fits, self._answers.values()), None)

    def cancel(self, about: UUID) -> None:
        """Ends what was asked last about something that was changed."""
        with self._lock:
            answer = self._last.pop(about, None)
            if answer is not None:
                answer.end()

    def run(self, answer: Kept) -> None:
        """Works an answer out, when its turn comes."""
        with self._running:
            try:
                with self._lock:
                    if answer.cancelled:
                        return
                    process = answer.process = subprocess.Popen(
                        [sys.executable, "-m", self.module],
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=child_environment(),
                    )  # fmt: skip
                with process:
                    Thread(target=self._bound, args=(process,), daemon=True).start()
                    try:
                        assert process.stdin is not None
                        assert process.stdout is not None
                        with process.stdin as stdin:
                            stdin.write(answer.question())
                        for line in process.stdout:
                            answer.take(json.loads(line))
                    finally:
                        process.kill()
            except (OSError, ValueError):
                pass  # it could not begin, or ended within its work: there is no answer
            finally:
                answer.ended = True

    def _bound(self, process: "subprocess.Popen[bytes]") -> None:
        try:
            process.wait(self.seconds + _GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
