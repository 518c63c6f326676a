"""Proofs of drafts in the background, one at a time."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from hyotei.messages import Language
from hyotei.workbench.background_processes import Answer, BackgroundProcesses
from hyotei.workbench.draft_models import DraftRevision
from hyotei.workbench.proof_process import SECONDS

if TYPE_CHECKING:
    from hyotei.workbench.made_proofs import MadeProof


@dataclass
class Proof(Answer):
    """A proof of a text, as far as it is.

    Attributes:
        text: the document.
        done: how much is done, of `count`; `name` is what is worked at.
        made: what was found; None as long as it runs.
        status: what it comes to (`hyotei.proof.results.Status`), once it was found.
        defects: the part of what was found that is not proved, as markup, by language.
        items: what can be done about it (`proof_items`).
        told: why nothing could be proved, by language.
    """

    text: str
    done: int = 0
    count: int = 0
    name: str = ""
    made: "MadeProof | None" = None
    status: str = ""
    defects: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[Language, str]] = field(default_factory=list)

    def question(self) -> bytes:
        return self.text.encode()

    def take(self, said: dict[str, Any]) -> None:
        if "done" in said:
            self.done, self.count, self.name = said["done"], said["count"], said["name"]
        elif "told" in said:
            self.told = said["told"]
        else:
            self.status, self.defects = said["status"], said["defects"]
            self.made, self.items = said["made"], said["items"]


PROOFS: Final = BackgroundProcesses[Proof]("hyotei.workbench.proof_process", SECONDS, at_once=1, most=64)


def proof_of(key: UUID, now: DraftRevision) -> Proof:
    """The proof of a state of a draft; it is begun where there is none, and one of an earlier state is ended."""
    return PROOFS.answer(key, now.text.sha256, lambda: Proof(now.text.text))


def begun_proof(now: DraftRevision) -> Proof | None:
    """The proof of a state of a draft, where one was begun and not ended by a change."""
    return PROOFS.begun(now.text.sha256)


def final_proof(digest: str) -> "MadeProof | None":
    """The proof of some draft whose rulebook has that hash, where one was made in full."""
    found = PROOFS.found(lambda proof: proof.made is not None and proof.made["final"] and proof.made["hash"] == digest)
    return None if found is None else found.made


def cancel(key: UUID) -> None:
    """Ends the proof of a draft that was changed."""
    PROOFS.cancel(key)
