"""A workbench: a method for each operation of its REST interface, under the operation's name."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from hyotei.client import typed
from hyotei.client.audits import Audits
from hyotei.client.drafts import Drafts
from hyotei.client.file_parts import file_parts
from hyotei.client.reviews import Reviews
from hyotei.client.sheets import Sheets
from hyotei.client.typed import query
from hyotei.sheet import Sheet
from hyotei.workbench.api import form_schemas as form_out
from hyotei.workbench.api import schemas as out
from hyotei.workbench.media_types import LOG


class Workbench(Audits, Drafts, Reviews, Sheets):
    """A workbench, asked for with a token. Lists come page by page, as far as they are read.

    A change of a draft or sheet names the state that it is made on (`seen`, the `revision` of what was got): if somebody changed it
    since, nothing of theirs is lost.

    Every method raises `Refused` where the workbench does not do it, and HyoteiError where it cannot be reached (HY075, HY076).
    """

    # -- sheets and verdicts

    def list_sheets(self, q: str = "") -> Iterator[out.SheetOut]:
        """The sheets, the latest first; with `q` those whose title or authority has these words."""
        return self._listed(out.SheetOut, "sheets", q=q)

    def read(self, *files: str | Path, authority: str = "", fiscal_year: str = "", form: str = "") -> out.UploadOut:
        """Has files read in, in any format that Hyotei knows; what could not be read is told in `failures`.

        Args:
            files: the files.
            authority: in place of what they print, and `fiscal_year` the evaluated year as one writes it.
            form: the id of the form by which documents are read.
        """
        given = {"authority": authority, "fiscal_year": fiscal_year, "form": form}
        kind, body = file_parts("files", map(Path, files), {name: text for name, text in given.items() if text})
        return out.UploadOut.model_validate_json(self.ask("POST", "sheets", body, kind).body)

    def get_upload(self, key: UUID) -> form_out.UploadDetail:
        """What was read of one upload, and the files of it of which a form can be made (`sources`)."""
        return self._got(form_out.UploadDetail, f"uploads/{key}")

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
        asked = query(rulebook=rulebook, carry_over="true" if carry_over else "")
        body = sheet.model_dump_json(by_alias=True).encode()
        return out.VerdictOut.model_validate_json(self.ask("POST", f"rate{asked}", body).body)

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

    def try_form_of_file(
        self,
        key: UUID,
        number: int,
        id: str,
        reading: str | None = None,
        authority: str = "",
        document: str | None = None,
    ) -> form_out.FormTrialOut:
        """Proposes a form of a file of an upload, or takes a document, and tells what it reads. Nothing is kept.

        Args:
            key: of the upload, and `number` that of the file in it.
            id: of the form.
            reading: the right reading, as the YAML of a sheet; by default what was read, with `authority` in place of its own.
            document: the form, in place of a proposal.
        """
        given = form_out.FormTrialIn(id=id, reading=reading, authority=authority, document=document)
        return self._posted(form_out.FormTrialOut, f"uploads/{key}/files/{number}/form-trial", given)

    def keep_form_of_file(self, key: UUID, number: int, id: str, document: str) -> out.UploadOut:
        """Keeps a form, by which further uploads are read, and reads the file anew by it, as another upload."""
        given = form_out.FormKeepIn(id=id, document=document)
        return self._posted(out.UploadOut, f"uploads/{key}/files/{number}/form", given)

    def check(self, document: str) -> out.Checked:
        """Has the document of a rulebook checked; nothing is kept."""
        return self._posted(out.Checked, "check", out.CheckIn(document=document))

    # -- the log

    def list_log(self, after: int = 0) -> Iterator[out.LogOut]:
        """The entries of the log after a number, in their order."""
        while True:
            path = f"log{query(after=str(after), limit=str(typed.PAGE))}"
            found = [out.LogOut.model_validate(each) for each in json.loads(self.ask("GET", path).body)]
            yield from found
            if len(found) < typed.PAGE:
                return
            after = found[-1].number

    def verify_log(self) -> out.LogVerification:
        """Whether the chain of the log is whole, and its last hash."""
        return self._got(out.LogVerification, "log/verification")

    def export_log(self) -> bytes:
        """All entries, a line of JSON each, as `hyotei log verify` reads them."""
        return self.ask("GET", "log/export", answers=LOG).body
