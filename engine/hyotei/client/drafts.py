"""The operations on drafts of rulebooks."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from hyotei.client.file_parts import file_parts
from hyotei.client.typed import Typed, query
from hyotei.workbench.api import draft_schemas as draft_out
from hyotei.workbench.api import schemas as out
from hyotei.workbench.media_types import WORKBOOK


class Drafts(Typed):
    """Drafts are begun, changed, checked, proved; what they move is told."""

    def list_drafts(self) -> Iterator[out.DraftOut]:
        """The drafts, the one that was changed last first."""
        return self._listed(out.DraftOut, "drafts")

    def begin_draft(self, rulebook: str | None = None, document: str | None = None, file: str = "") -> out.DraftDetail:
        """Begins a draft with a rulebook by its id, or with a document and the name of its file."""
        return self._posted(out.DraftDetail, "drafts", out.DraftIn(rulebook=rulebook, document=document, file=file))

    def begin_draft_of_file(self, file: str | Path) -> out.DraftDetail:
        """Begins a draft with a file: a document (.md), or a workbook (.xlsx) with its cases."""
        kind, body = file_parts("file", [Path(file)])
        return out.DraftDetail.model_validate_json(self.ask("POST", "drafts/file", body, kind).body)

    def take_in_file(self, key: UUID, file: str | Path, seen: int, over: int | None = None) -> draft_out.TakenIn:
        """Takes a file into a draft, with the cases that were changed or added in a workbook; `over` as in `write_draft`.

        A workbook is a change of the state that it was saved from, any other file one of the state `seen`.
        """
        kind, body = file_parts("file", [Path(file)])
        path = f"drafts/{key}/file{query(over='' if over is None else str(over))}"
        return draft_out.TakenIn.model_validate_json(self.ask("POST", path, body, kind, seen).body)

    def draft_workbook(self, key: UUID) -> bytes:
        """A draft in its present state as a workbook, with its cases."""
        return self.ask("GET", f"drafts/{key}/workbook", answers=WORKBOOK).body

    def draft_revisions(self, key: UUID) -> Iterator[draft_out.DraftRevisionOut]:
        """Every state of a draft, the latest first."""
        return self._listed(draft_out.DraftRevisionOut, f"drafts/{key}/revisions")

    def try_draft(self, key: UUID, sheet: str | UUID) -> draft_out.TrialOut:
        """What a draft makes of a sheet that was read in, by its key, or of one of its cases (`case.0`)."""
        return self._got(draft_out.TrialOut, f"drafts/{key}/trial{query(sheet=str(sheet))}")

    def get_draft(self, key: UUID) -> out.DraftDetail:
        """One draft in its present state."""
        return self._got(out.DraftDetail, f"drafts/{key}")

    def write_draft(self, key: UUID, document: str, seen: int, over: int | None = None) -> out.DraftDetail:
        """Puts a document in place of the one of the state `seen`.

        What others changed elsewhere since is kept with it (`merged`). Where both changed the same lines nothing is stored and
        `Refused` (409) has both in `details`; with `over`, the number of the present state, those of this document are taken.
        """
        path = f"drafts/{key}/document{query(over='' if over is None else str(over))}"
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

    def get_cases(self, key: UUID) -> out.CasesOut:
        """The cases of a draft in its present state."""
        return self._got(out.CasesOut, f"drafts/{key}/cases")

    def write_cases(self, key: UUID, cases: str, seen: int, over: int | None = None) -> out.CasesOut:
        """Puts cases in place of those of the state `seen`, as `write_draft` does with documents."""
        path = f"drafts/{key}/cases{query(over='' if over is None else str(over))}"
        return self._sent(out.CasesOut, "PUT", path, out.CasesIn(cases=cases), seen)

    def add_case(
        self, key: UUID, seen: int, sheet: UUID | None = None, corpus: str | None = None, id: str = ""
    ) -> out.CasesOut:
        """Makes a case of a sheet that was read in, or of one of a corpus by its own id; it expects what comes out now."""
        given = draft_out.CaseIn(sheet=sheet, corpus=corpus, id=id)
        return self._posted(out.CasesOut, f"drafts/{key}/cases", given, seen)

    def check_cases(self, key: UUID) -> out.CasesChecked:
        """How the cases of a draft come out by it in its present state."""
        return self._got(out.CasesChecked, f"drafts/{key}/cases/check")

    def draft_impact(self, key: UUID, corpus: str = "") -> out.ImpactOut:
        """What a draft moves, among the sheets that were read in or those of a corpus of the workbench."""
        return self._got(out.ImpactOut, f"drafts/{key}/impact{query(corpus=corpus)}")

    def begin_proof(self, key: UUID) -> out.ProofOut:
        """Begins the proof of a draft in its present state, or tells how far it is."""
        return self._posted(out.ProofOut, f"drafts/{key}/proof")

    def get_proof(self, key: UUID) -> out.ProofOut:
        """How far the proof of a draft in its present state is, and what it found."""
        return self._got(out.ProofOut, f"drafts/{key}/proof")
