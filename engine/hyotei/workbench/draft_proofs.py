"""Proofs of drafts in the background, one at a time, each in a process of its own that ends when the draft is changed.

What was found is kept in memory by the text that it is of. Nothing is lost with it: a proof can be made again.
"""

import json
import subprocess
import sys
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, Final
from uuid import UUID

from hyotei.messages import LANGUAGES, Language
from hyotei.workbench.draft_models import DraftRevision
from hyotei.workbench.proof_process import SECONDS
from hyotei.workbench.reading import child_environment

_KEPT: Final = 64
"""Proofs that are kept; the one that was looked at least recently goes first."""
_GRACE: Final = 30.0
"""Seconds beyond those of the proof after which its process is ended."""
_RUNNING: Final = Lock()
"""Held by the proof that runs."""
_TABLE: Final = Lock()
"""Held while the two tables below are read or changed."""
_PROOFS: Final[OrderedDict[str, "Proof"]] = OrderedDict()
"""By the SHA-256 of the text."""
_LAST: Final[dict[UUID, "Proof"]] = {}
"""The proof that was begun last of each draft."""


@dataclass
class Proof:
    """A proof of a text, as far as it is.

    Attributes:
        text: the document.
        done: how much is done, of `count`; `name` is what is worked at.
        found: what was found as markup, by language; None as long as it runs.
        data: what was found for programs, by language.
        items: what can be done about it (`proof_items`).
        told: why nothing could be proved, by language.
        ended: that it runs no more; with neither of both, its process ended without a result.
    """

    text: str
    done: int = 0
    count: int = 0
    name: str = ""
    found: dict[str, str] | None = None
    data: dict[str, object] | None = None
    items: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[Language, str]] = field(default_factory=list)
    ended: bool = False
    cancelled: bool = False
    process: "subprocess.Popen[bytes] | None" = None


def proof_of(key: UUID, now: DraftRevision) -> Proof:
    """The proof of a state of a draft; it is begun where there is none, and one of an earlier state is ended."""
    digest: str = now.text.sha256
    with _TABLE:
        proof = _PROOFS.get(digest)
        if proof is None or proof.cancelled:
            proof = _PROOFS[digest] = Proof(now.text.text)
            Thread(target=_run, args=(proof,), daemon=True).start()
        _PROOFS.move_to_end(digest)
        while len(_PROOFS) > _KEPT:
            _end(_PROOFS.popitem(last=False)[1])
        before, _LAST[key] = _LAST.get(key), proof
        if before is not None and before is not proof:
            _end(before)
    return proof


def begun_proof(now: DraftRevision) -> Proof | None:
    """The proof of a state of a draft, where one was begun and not ended by a change."""
    with _TABLE:
        proof = _PROOFS.get(now.text.sha256)
    return None if proof is None or proof.cancelled else proof


def cancel(key: UUID) -> None:
    """Ends the proof of a draft that was changed."""
    with _TABLE:
        proof = _LAST.pop(key, None)
        if proof is not None:
            _end(proof)


def _end(proof: Proof) -> None:
    if not proof.ended:
        proof.cancelled = True
        if proof.process is not None:
            proof.process.kill()


def _run(proof: Proof) -> None:
    command = [sys.executable, "-m", "hyotei.workbench.proof_process"]
    with _RUNNING:
        with _TABLE:
            if proof.cancelled:
                return
            process = proof.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=child_environment()
            )  # fmt: skip
        watcher = Thread(target=_bounded, args=(process,), daemon=True)
        watcher.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with process.stdin as stdin:
                stdin.write(proof.text.encode())
            for line in process.stdout:
                _take(proof, json.loads(line))
        except (OSError, ValueError):
            pass  # the process ended within it
        finally:
            process.kill()
            process.wait()
            process.stdout.close() if process.stdout else None
            proof.ended = True


def _bounded(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(SECONDS + _GRACE)
    except subprocess.TimeoutExpired:
        process.kill()


def _take(proof: Proof, said: dict[str, object]) -> None:
    if "done" in said:
        proof.done, proof.count, proof.name = int(str(said["done"])), int(str(said["count"])), str(said["name"])
    elif "told" in said:
        proof.told = [dict(each) for each in said["told"]]  # type: ignore[attr-defined]  # the list of the process
    else:
        proof.data = dict(said["data"])  # type: ignore[call-overload]  # as above
        proof.items = list(said["items"])  # type: ignore[call-overload]  # as above
        proof.found = {name: str(said[name]) for name in LANGUAGES}
