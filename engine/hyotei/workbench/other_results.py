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

from hyotei.workbench.other_results_process import SECONDS
from hyotei.workbench.reading import child_environment

_KEPT: Final = 128
"""Answers that are kept; the one that was looked at least recently goes first."""
_GRACE: Final = 30.0
"""Seconds beyond those of the answer after which its process is ended."""
_RUNNING: Final = BoundedSemaphore(2)
_TABLE: Final = Lock()
"""Held while the two tables below are read or changed."""
_ASKED: Final[OrderedDict[str, "Answer"]] = OrderedDict()
"""By the SHA-256 of the question."""
_LAST: Final[dict[UUID, "Answer"]] = {}
"""What was asked last of each sheet."""


@dataclass
class Answer:
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


def answer_to(key: UUID, question: Mapping[str, object]) -> Answer:
    """The answer to a question on a sheet; it is begun where there is none, and one on an earlier state is ended."""
    asked = json.dumps(question, ensure_ascii=False, sort_keys=True).encode()
    digest = sha256(asked).hexdigest()
    with _TABLE:
        answer = _ASKED.get(digest)
        if answer is None or answer.cancelled:
            answer = _ASKED[digest] = Answer(asked)
            Thread(target=_run, args=(answer,), daemon=True).start()
        _ASKED.move_to_end(digest)
        while len(_ASKED) > _KEPT:
            _end(_ASKED.popitem(last=False)[1])
        before, _LAST[key] = _LAST.get(key), answer
        if before is not None and before is not answer:
            _end(before)
    return answer


def _end(answer: Answer) -> None:
    if not answer.ended:
        answer.cancelled = True
        if answer.process is not None:
            answer.process.kill()


def _run(answer: Answer) -> None:
    with _RUNNING:
        with _TABLE:
            if answer.cancelled:
                return
            process = answer.process = subprocess.Popen(
                [sys.executable, "-m", "hyotei.workbench.other_results_process"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=child_environment(),
            )  # fmt: skip
        try:
            said = json.loads(process.communicate(answer.asked, timeout=SECONDS + _GRACE)[0])
            answer.told = tuple(said.get("told", ()))
            answer.found = said.get("found")
        except (OSError, ValueError, subprocess.TimeoutExpired):
            process.kill()
            process.communicate()
        finally:
            answer.ended = True
