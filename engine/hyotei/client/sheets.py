"""The operations on the figures, facts, states, files and other results of a sheet."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from hyotei.client.typed import Typed, query
from hyotei.workbench import media_types
from hyotei.workbench.api import schemas
from hyotei.workbench.api import sheet_schemas as out


class Sheets(Typed):
    """Figures are looked through, corrected and found right, facts given, another rulebook chosen. `seen` is the `revision` of the
    sheet that was looked at.
    """

    def list_figures(self, key: UUID) -> Iterator[out.FigureOut]:
        """The figures of a sheet in its present state: first those that somebody has to look at."""
        return self._listed(out.FigureOut, f"sheets/{key}/figures")

    def correct_figure(self, key: UUID, path: str, text: str, seen: int) -> schemas.SheetDetail:
        """Puts a figure in place of one that was read, which is kept."""
        return self._changed(key, "corrections", out.CorrectionIn(path=path, text=text), seen)

    def confirm_figure(self, key: UUID, path: str, seen: int) -> schemas.SheetDetail:
        """Notes that the reading of a figure is right."""
        return self._changed(key, "confirmations", out.ConfirmationIn(path=path), seen)

    def list_facts(self, key: UUID) -> Iterator[out.FactOut]:
        """The facts that the rulebook of a sheet asks for, such as judgments, with what is stated."""
        return self._listed(out.FactOut, f"sheets/{key}/facts")

    def give_fact(
        self, key: UUID, fact: str, text: str, seen: int, unit: str = "", reason: str = "", by: str = ""
    ) -> schemas.SheetDetail:
        """Puts a fact of a unit, such as a judgment with its reason; an empty text takes it away."""
        return self._changed(key, "facts", out.FactIn(unit=unit, fact=fact, text=text, reason=reason, by=by), seen)

    def choose_rulebook(
        self, key: UUID, seen: int, rulebook: str = "", carry_over: bool = False
    ) -> schemas.SheetDetail:
        """Has a sheet rated by another rulebook, by its id; by default the one in force."""
        given = out.RulebookChoiceIn(rulebook=rulebook, carry_over=carry_over)
        return self._sent(schemas.SheetDetail, "PUT", f"sheets/{key}/rulebook", given, seen)

    def list_revisions(self, key: UUID) -> Iterator[out.RevisionOut]:
        """Every state of a sheet, the latest first."""
        return self._listed(out.RevisionOut, f"sheets/{key}/revisions")

    def verdict_document(self, key: UUID, kind: media_types.VerdictKind) -> bytes:
        """The verdict on a sheet in its present state as a document."""
        path = f"sheets/{key}/verdict-document?kind={kind}"
        return self.ask("GET", path, answers=media_types.VERDICTS[kind]).body

    def sheet_yaml(self, key: UUID) -> bytes:
        """A sheet in its present state as YAML, which Hyotei reads again."""
        return self.ask("GET", f"sheets/{key}/yaml", answers=media_types.YAML).body

    def get_source(self, key: UUID) -> Iterator[out.PieceOut]:
        """What the file of a sheet prints, with the figures that were read there."""
        return self._listed(out.PieceOut, f"sheets/{key}/source")

    def source_page(self, key: UUID, number: int) -> bytes:
        """The picture of a page of the file of a sheet, of which `source_pages` has the numbers."""
        return self.ask("GET", f"sheets/{key}/source-pages/{number}", answers=media_types.PICTURE).body

    def other_results(self, key: UUID, reach: str = "") -> out.OtherResultsOut:
        """What would reach another result of a sheet; ask again until it has `ended`."""
        return self._got(out.OtherResultsOut, f"sheets/{key}/other-results{query(reach=reach)}")

    def _changed(self, key: UUID, name: str, given: Any, seen: int) -> schemas.SheetDetail:
        return self._posted(schemas.SheetDetail, f"sheets/{key}/{name}", given, seen)
