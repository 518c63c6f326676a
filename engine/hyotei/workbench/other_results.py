"""Ways to another result of a sheet, looked for in the background."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from hyotei.workbench.background_processes import Answer, BackgroundProcesses
from hyotei.workbench.other_results_process import SECONDS


@dataclass
class OtherResults(Answer):
    """The ways to another result, as far as they are.

    Attributes:
        asked: the question as the process takes it.
        found: the answer as markup; None as long as it is looked for.
        told: why there is none.
    """

    asked: bytes
    found: str | None = None
    told: tuple[str, ...] = ()

    def question(self) -> bytes:
        return self.asked

    def take(self, said: dict[str, Any]) -> None:
        self.told = tuple(said.get("told", ()))
        self.found = said.get("found")


_PROCESSES: Final = BackgroundProcesses[OtherResults](
    "hyotei.workbench.other_results_process", SECONDS, at_once=2, most=128
)


def answer_to(key: UUID, question: Mapping[str, object]) -> OtherResults:
    """The answer to a question on a sheet; it is begun where there is none, and one on an earlier state is ended."""
    asked = json.dumps(question, ensure_ascii=False, sort_keys=True).encode()
    return _PROCESSES.answer(key, sha256(asked).hexdigest(), lambda: OtherResults(asked))
