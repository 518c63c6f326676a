"""Requests for what drafts move, and the process that stays and answers them one after the other (impact_process.py).

Each account has its turn. A request for a state that a draft is no longer in is ended, unless another draft is in it too. What was
found is kept in memory by the texts and the sheets that it is of; nothing is lost with it.
"""

import json
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Condition, Event, Thread, Timer
from typing import Any, Final, NamedTuple
from uuid import UUID

from hyotei.messages import Diagnostic, Language
from hyotei.workbench.reading import child_environment
from hyotei.workbench.server_log import tell_server
from hyotei.workbench.told_problems import unpacked

SECONDS: Final = 120.0
"""How long one request may be worked at; after that the process is ended, and begun anew for the next."""
IDLE: Final = 900.0
"""Seconds without a request after which the process goes, with what it keeps."""
_KEPT: Final = 64
"""Documents that are kept; the one that was looked at least recently goes first."""


class Over(NamedTuple):
    """Sheets to go over: a name that no others have, and what makes the members of the request that say which."""

    name: tuple[object, ...]
    members: Callable[[], dict[str, Any]]


@dataclass(eq=False)
class Asked:
    """A request for an impact, as far as it is.

    Attributes:
        number: of the request, in the order in which they came.
        key: what is asked for: the texts that the draft began as and that it is, the sheets, the language and form of the answer.
        account: the first that asked for it; `request` has its members.
        drafts: the drafts that are in this state, or were when it was asked for; without any it is ended.
        ended: set when nothing more comes. With neither `markup`, `data` nor `told`, the process ended without a result.
        markup: what was found as markup, with `moves`, the sheets that moved by their names; or `data`, all of it as data.
        told: why nothing could be compared.
    """

    number: int
    key: tuple[object, ...]
    account: int
    request: dict[str, Any]
    drafts: set[UUID] = field(default_factory=set)
    cancelled: bool = False
    ended: Event = field(default_factory=Event)
    markup: str | None = None
    moves: list[dict[str, Any]] = field(default_factory=list)
    data: dict[str, Any] | None = None
    told: tuple[Diagnostic, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether its process ended without a result."""
        return self.ended.is_set() and not (
            self.cancelled or self.told or self.markup is not None or self.data is not None
        )


class ImpactRequests:
    """Who asked for what, and the process that answers; `_turn` is held where requests are read or changed."""

    def __init__(self) -> None:
        self._turn = Condition()
        self._asked: OrderedDict[tuple[object, ...], Asked] = OrderedDict()
        self._waiting: list[Asked] = []
        self._numbers = count(1)
        self._served: dict[int, int] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._running: Asked | None = None
        self._thread: Thread | None = None

    def ask(
        self, draft: UUID, texts: tuple[str, str], over: Over, account: int, language: Language, lines: int | None
    ) -> Asked:
        """The request for an impact of a draft in its present state; what was asked for of an earlier one is not wanted any more.

        Args:
            draft: the draft.
            texts: the documents that it began as and that it is now.
            over: the sheets.
            account: who asks.
            language: the language of the answer.
            lines: lines of each list of the document; None for data.
        """
        key = (*texts, over.name, language, lines)
        with self._turn:
            for each in [*self._waiting, *([self._running] if self._running else [])]:
                if each.key[1] != texts[1] and draft in each.drafts:
                    each.drafts.discard(draft)
                    if not each.drafts:
                        self._cancel(each)
            found = self._asked.get(key)
            if found is not None:
                found.drafts.add(draft)
                self._asked.move_to_end(key)
                if found.is_broken:
                    del self._asked[key]  # told once; whoever asks after that has it tried again
                return found
        request = {"old": texts[0], "new": texts[1], "language": language, "lines": lines, **over.members()}
        with self._turn:
            if key in self._asked:  # somebody else was quicker
                found = self._asked[key]
            else:
                found = self._asked[key] = Asked(next(self._numbers), key, account, request)
                self._waiting.append(found)
            found.drafts.add(draft)
            while len(self._asked) > _KEPT:
                self._cancel(next(iter(self._asked.values())))
            if self._thread is None:
                self._thread = Thread(target=self._work, daemon=True, name="hyotei-impacts")
                self._thread.start()
            self._turn.notify()
        return found

    def _cancel(self, asked: Asked) -> None:
        """Ends a request, whether it waits, runs or is done."""
        asked.cancelled = True
        self._asked.pop(asked.key, None)
        if asked in self._waiting:
            self._waiting.remove(asked)
            asked.ended.set()
        elif asked is self._running and self._process is not None:
            _write(self._process, {"cancel": asked.number})

    def _work(self) -> None:
        while True:
            with self._turn:
                if not self._waiting and not self._turn.wait(IDLE):
                    self._end()
                if not self._waiting:
                    continue
                asked = self._running = self._next()
            try:
                self._answered(asked)
            except Exception:  # a request that fails ends no other
                tell_server("impact")
            with self._turn:
                self._running = None
                asked.request = {}
                asked.ended.set()
                if asked.data is not None:
                    self._asked.pop(asked.key, None)  # they are large, and who waits for them has them

    def _next(self) -> Asked:
        """The first request of the account that was served least recently."""
        found = min(self._waiting, key=lambda each: (self._served.get(each.account, 0), each.number))
        self._waiting.remove(found)
        self._served[found.account] = next(self._numbers)
        return found

    def _answered(self, asked: Asked) -> None:
        """Has the process answer; where it ended in between, or before, a new one is asked once more."""
        for _ in range(2):
            process = self._started()
            late = Event()
            timer = Timer(SECONDS, lambda process=process, late=late: (late.set(), process.kill()))
            timer.start()
            try:
                answer = _asked_of(process, {"number": asked.number, **asked.request})
            finally:
                timer.cancel()
            if answer is not None:
                asked.markup, asked.data = answer.get("markup"), answer.get("data")
                asked.moves = answer.get("moves", [])
                asked.told = unpacked(answer.get("told", ()))
                return
            self._end()
            if late.is_set() or asked.cancelled:
                return

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "hyotei.workbench.impact_process"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=child_environment(),
            )  # fmt: skip
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _asked_of(process: "subprocess.Popen[bytes]", request: dict[str, Any]) -> dict[str, Any] | None:
    """The answer to a request; None where the process ended."""
    assert process.stdout is not None
    if not _write(process, request):
        return None
    try:
        for line in process.stdout:
            answer: dict[str, Any] = json.loads(line)
            if answer["number"] == request["number"]:
                return answer
    except ValueError:
        pass  # the process ended within a line
    return None


def _write(process: "subprocess.Popen[bytes]", said: dict[str, Any]) -> bool:
    """Says something to the process; whether it is still there."""
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(said).encode() + b"\n")
        process.stdin.flush()
    except (OSError, ValueError):
        return False
    return True
