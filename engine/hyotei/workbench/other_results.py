"""Ways to another result of a sheet, looked for in the background."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.workbench.background_processes import Answer, BackgroundProcesses
from hyotei.workbench.library_entries import document_of_hash
from hyotei.workbench.models import Revision
from hyotei.workbench.other_results_process import SECONDS
from hyotei.workbench.verdicts import possible_results, verdict_of


@dataclass
class OtherResults(Answer):
    """The ways to another result, as far as they are.

    Attributes:
        asked: the question as the process takes it.
        found: the answer as markup; None as long as it is looked for.
        data: the same for programs.
        told: why there is none.
    """

    asked: bytes
    found: str | None = None
    data: dict[str, Any] | None = None
    told: tuple[str, ...] = ()

    def question(self) -> bytes:
        return self.asked

    def take(self, said: dict[str, Any]) -> None:
        self.told = tuple(said.get("told", ()))
        self.found, self.data = said.get("found"), said.get("data")


_PROCESSES: Final = BackgroundProcesses[OtherResults](
    "hyotei.workbench.other_results_process", SECONDS, at_once=2, most=128
)


def answer_to(key: UUID, question: Mapping[str, object]) -> OtherResults:
    """The answer to a question on a sheet; it is begun where there is none, and one on an earlier state is ended."""
    asked = json.dumps(question, ensure_ascii=False, sort_keys=True).encode()
    return _PROCESSES.answer(key, sha256(asked).hexdigest(), lambda: OtherResults(asked))


def other_results_of(revision: Revision, wanted: str, language: Language) -> OtherResults:
    """The ways from the verdict on a state of a sheet to a result that is wanted; without one, to the next better ones.

    Raises:
        HyoteiError: there is no verdict, its rulebook changed (HY014), or it has no such result (HY023).
    """
    verdict = verdict_of(revision)
    values = [each for results in possible_results(verdict.rulebook).values() for each in results]
    if wanted and wanted not in values:
        raise HyoteiError(Diagnostic("HY023", params={"value": wanted[:40], "values": ", ".join(values) or "-"}))
    rulebook = document_of_hash(verdict.rulebook.id, verdict.rulebook.hash)
    if rulebook is None:
        raise HyoteiError(Diagnostic("HY014", params={"id": verdict.rulebook.id}))
    question = {
        "sheet": revision.sheet,
        "rulebook": rulebook,
        "carried": verdict.rulebook.carried_over_from is not None,
        "language": language,
        "reach": wanted,
    }
    return answer_to(revision.record_id, question)
