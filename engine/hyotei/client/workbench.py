"""What a workbench can be asked for: a method for each operation of its REST interface, under the operation's name."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode
from uuid import UUID

from pydantic import BaseModel

from hyotei.client.file_parts import file_parts
from hyotei.client.requests import Requests
from hyotei.sheet import Sheet
from hyotei.workbench.api import schemas as out

Model = TypeVar("Model", bound=BaseModel)
_PAGE: Final = 500
_MORE: Final = re.compile(r'rel="?next"?')


class Workbench(Requests):
    """A workbench, asked for with a token. Lists come page by page, as far as they are read.

    A change of a draft or sheet names the state that it is made on (`seen`, the `revision` of what was got): if somebody changed it
    since, nothing of theirs is lost.

    Every method raises `Refused` where the workbench does not do it, and HyoteiError where it cannot be reached (HY075, HY076).
    """

    # -- sheets and verdicts

    def list_sheets(self) -> Iterator[out.SheetOut]:
        """The sheets, the latest first."""
        return self._listed(out.SheetOut, "sheets")

    def read(self, *files: str | Path) -> out.UploadOut:
        """Has files read in, in any format that Hyotei knows; what could not be read is told in `failures`."""
        kind, body = file_parts("files", map(Path, files))
        return out.UploadOut.model_validate_json(self.ask("POST", "sheets", body, kind).body)

    def get_sheet(self, key: UUID) -> out.SheetDetail:
        """One sheet in its present state."""
        return self._got(out.SheetDetail, f"sheets/{key}")

    def rate_sheet(self, key: UUID, seen: int | None = None) -> out.VerdictOut:
        """Rates a sheet in its present state, with `seen` only if that is the one, and keeps the verdict."""
        return self._posted(out.VerdictOut, f"sheets/{key}/verdict", seen=seen)

    def rate(self, sheet: Sheet, rulebook: str = "", carry_over: bool = False) -> out.VerdictOut:
        """Keeps a sheet, rates it and keeps the verdict.

        Args:
            sheet: the sheet.
            rulebook: the id of a rulebook; by default the one in force for authority and year.
            carry_over: applies a rulebook to a year after its last.
        """
        query = _query(rulebook=rulebook, carry_over="true" if carry_over else "")
        body = sheet.model_dump_json(by_alias=True).encode()
        return out.VerdictOut.model_validate_json(self.ask("POST", f"rate{query}", body).body)

    def get_verdict(self, key: UUID) -> out.VerdictOut:
        """One verdict as it was kept."""
        return self._got(out.VerdictOut, f"verdicts/{key}")

    def verify(self, key: UUID) -> out.Verification:
        """Has a verdict derived anew and compared."""
        return self._got(out.Verification, f"verdicts/{key}/verification")

    def adopt_verdict(
        self, key: UUID, rating: str | None = None, budget: str | None = None, reason: str = ""
    ) -> out.AdoptionOut:
        """Adopts a verdict, or other results with a reason."""
        given = out.AdoptionIn(rating=rating, budget=budget, reason=reason)
        return self._posted(out.AdoptionOut, f"verdicts/{key}/adoptions", given)

    def list_adoptions(self) -> Iterator[out.AdoptionOut]:
        """What was adopted, the latest first."""
        return self._listed(out.AdoptionOut, "adoptions")

    # -- rulebooks and forms

    def list_rulebooks(self) -> Iterator[out.RulebookOut]:
        """The rulebooks, those that are chosen for sheets first."""
        return self._listed(out.RulebookOut, "rulebooks")

    def get_rulebook(self, identity: str) -> out.RulebookDetail:
        """One rulebook with its document."""
        return self._got(out.RulebookDetail, f"rulebooks/{quote(identity, safe='')}")

    def list_forms(self) -> Iterator[out.FormOut]:
        """The forms, in the order of their ids."""
        return self._listed(out.FormOut, "forms")

    def get_form(self, identity: str) -> out.FormDetail:
        """One form with its document."""
        return self._got(out.FormDetail, f"forms/{quote(identity, safe='')}")

    def check(self, document: str) -> out.Checked:
        """Has the document of a rulebook checked; nothing is kept."""
        return self._posted(out.Checked, "check", out.CheckIn(document=document))

    # -- drafts

    def list_drafts(self) -> Iterator[out.DraftOut]:
        """The drafts, the one that was changed last first."""
        return self._listed(out.DraftOut, "drafts")

    def begin_draft(self, rulebook: str | None = None, document: str | None = None, file: str = "") -> out.DraftDetail:
        """Begins a draft with a rulebook by its id, or with a document and the name of its file."""
        return self._posted(out.DraftDetail, "drafts", out.DraftIn(rulebook=rulebook, document=document, file=file))

    def get_draft(self, key: UUID) -> out.DraftDetail:
        """One draft in its present state."""
        return self._got(out.DraftDetail, f"drafts/{key}")

    def write_draft(self, key: UUID, document: str, seen: int, over: int | None = None) -> out.DraftDetail:
        """Puts a document in place of the one of the state `seen`.

        What others changed elsewhere since is kept with it (`merged`). Where both changed the same lines nothing is stored and
        `Refused` (409) has both in `details`; with `over`, the number of the present state, those of this document are taken.
        """
        path = f"drafts/{key}/document{_query(over='' if over is None else str(over))}"
        return self._sent(out.DraftDetail, "PUT", path, out.DocumentIn(document=document), seen)

    def undo_draft(self, key: UUID, seen: int) -> out.DraftDetail:
        """Takes the last change back."""
        return self._posted(out.DraftDetail, f"drafts/{key}/undo", seen=seen)

    def redo_draft(self, key: UUID, seen: int) -> out.DraftDetail:
        """Does again what was taken back last."""
        return self._posted(out.DraftDetail, f"drafts/{key}/redo", seen=seen)

    def check_draft(self, key: UUID) -> out.Checked:
        """Has a draft checked in its present state."""
        return self._got(out.Checked, f"drafts/{key}/check")

    def draft_impact(self, key: UUID, corpus: str = "") -> out.ImpactOut:
        """What a draft moves, among the sheets that were read in or those of a corpus of the workbench."""
        return self._got(out.ImpactOut, f"drafts/{key}/impact{_query(corpus=corpus)}")

    def begin_proof(self, key: UUID) -> out.ProofOut:
        """Begins the proof of a draft in its present state, or tells how far it is."""
        return self._posted(out.ProofOut, f"drafts/{key}/proof")

    def get_proof(self, key: UUID) -> out.ProofOut:
        """How far the proof of a draft in its present state is, and what it found."""
        return self._got(out.ProofOut, f"drafts/{key}/proof")

    # -- the log

    def list_log(self, after: int = 0) -> Iterator[out.LogOut]:
        """The entries of the log after a number, in their order."""
        while True:
            path = f"log{_query(after=str(after), limit=str(_PAGE))}"
            found = [out.LogOut.model_validate(each) for each in json.loads(self.ask("GET", path).body)]
            yield from found
            if len(found) < _PAGE:
                return
            after = found[-1].number

    # -- how each is asked for

    def _listed(self, model: type[Model], path: str) -> Iterator[Model]:
        offset = 0
        while True:
            answer = self.ask("GET", f"{path}{_query(offset=str(offset), limit=str(_PAGE))}")
            found: list[Any] = json.loads(answer.body)
            yield from (model.model_validate(each) for each in found)
            offset += len(found)
            if not found or _MORE.search(answer.headers.get("link", "")) is None:
                return

    def _got(self, model: type[Model], path: str) -> Model:
        return model.model_validate_json(self.ask("GET", path).body)

    def _posted(self, model: type[Model], path: str, given: BaseModel | None = None, seen: int | None = None) -> Model:
        return self._sent(model, "POST", path, given, seen)

    def _sent(self, model: type[Model], method: str, path: str, given: BaseModel | None, seen: int | None) -> Model:
        body = None if given is None else given.model_dump_json().encode()
        return model.model_validate_json(self.ask(method, path, body, seen=seen).body)


def _query(**values: str) -> str:
    """The part of an address that asks; what is empty is left out."""
    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""
