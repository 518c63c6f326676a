"""Ways to another result of a sheet, looked for in the background, each in a process that ends when the sheet is changed.

What was found is kept in memory by the question that it answers. Nothing is lost with it: it can be asked again.
"""

import json
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore, Lock, Thread
from typing import Final
from uuid import UUID

from hyotei.workbench.reading import child_environment
from hyotei.workbench.ways_process import SECONDS

_KEPT: Final = 128
"""Answers that are kept; the one that was looked at least recently goes first."""
_GRACE: Final = 30.0
"""Seconds beyond those of the answer after which its process is ended."""
_RUNNING: Final = BoundedSemaphore(2)
_TABLE: Final = Lock()
"""Held while the two tables below are read or changed."""
_ASKED: Final[OrderedDict[str, "Ways"]] = OrderedDict()
"""By the SHA-256 of the question."""
_LAST: Final[dict[UUID, "Ways"]] = {}
"""What was asked last of each sheet."""


@dataclass
class Ways:
    """An answer, as far as it is.

    Attributes:
        asked: the question as the process takes it.
        found: the answer as markup; None as long as it is looked for.
        told: why there is none.
        ended: that its process runs no more; with neither of both, it ended without an answer.
        cancelled: that nobody waits for it.
    """

    asked: bytes
    found: str | None = None
    told: tuple[str, ...] = ()
    ended: bool = False
    cancelled: bool = False
    process: "subprocess.Popen[bytes] | None" = None


def ways_of(key: UUID, question: Mapping[str, object]) -> Ways:
    """The answer to a question on a sheet; it is begun where there is none, and one on an earlier state is ended."""
    asked = json.dumps(question, ensure_ascii=False, sort_keys=True).encode()
    digest = sha256(asked).hexdigest()
    with _TABLE:
        ways = _ASKED.get(digest)
        if ways is None or ways.cancelled:
            ways = _ASKED[digest] = Ways(asked)
            Thread(target=_run, args=(ways,), daemon=True).start()
        _ASKED.move_to_end(digest)
        while len(_ASKED) > _KEPT:
            _end(_ASKED.popitem(last=False)[1])
        before, _LAST[key] = _LAST.get(key), ways
        if before is not None and before is not ways:
            _end(before)
    return ways


def _end(ways: Ways) -> None:
    if not ways.ended:
        ways.cancelled = True
        if ways.process is not None:
            ways.process.kill()


def _run(ways: Ways) -> None:
    with _RUNNING:
        with _TABLE:
            if ways.cancelled:
                return
            process = ways.process = subprocess.Popen(
                [sys.executable, "-m", "hyotei.workbench.ways_process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=child_environment(),
            )  # fmt: skip
        try:
            answer = json.loads(process.communicate(ways.asked, timeout=SECONDS + _GRACE)[0])
            ways.told = tuple(answer.get("told", ()))
            ways.found = answer.get("found")
        except (OSError, ValueError, subprocess.TimeoutExpired):
            process.kill()
            process.communicate()
        finally:
            ways.ended = True
