"""The findings on several years of a programme: their kinds, their words, and how their figures are told."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal

from hyotei.audit.model import Finding, ShownFigure
from hyotei.audit.programme_year import FinalTarget, MeasureRecord, ProgrammeYear
from hyotei.base.exact import plain
from hyotei.base.printable import one_line
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, wording
from hyotei.sheet import Quantity
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.verdict.doubt import Doubt
from hyotei.verdict.finding_figures import kind_of
from hyotei.verdict.steps import printed

Kind = Literal[
    "target_removed", "target_lowered", "target_replaced", "actual_rewritten", "missed_running",
    "final_target_removed", "final_target_lowered", "final_target_replaced",
]  # fmt: skip


SEVERITIES: Final[dict[Kind, str]] = {
    "target_removed": "notice",
    "target_lowered": "serious",
    "target_replaced": "notice",
    "final_target_removed": "notice",
    "final_target_lowered": "serious",
    "final_target_replaced": "notice",
    "actual_rewritten": "notice",
    "missed_running": "serious",
}
"""How weighty each kind is, where nothing doubts it."""
OVER_YEARS: Final = tuple(f"MY-{kind}" for kind in SEVERITIES)
"""The codes of all findings over several years."""
What = Literal["target", "actual", "final_target"]
_BOTH: Final[tuple[What, What]] = ("target", "actual")


@dataclass(frozen=True, slots=True)
class YearWriter:
    """Makes findings of what was seen between sheets of one programme, in one language."""

    language: Language

    def revised(
        self,
        kind: Kind,
        year: int,
        told: MeasureRecord,
        before: Decimal,
        after: Decimal | None,
        sheets: tuple[ProgrammeYear, ProgrammeYear],
    ) -> Finding:
        """A target or an actual of a fiscal year that the later of two sheets tells differently, or not at all."""
        what: What = "actual" if kind == "actual_rewritten" else "target"
        title = self._of_year(year, what)
        figures = (
            self._figure(title, before, told.unit, sheets[0].id),
            self._figure(title, after, told.unit, sheets[1].id),
        )
        return self._finding(kind, sheets[1], told, figures)

    def final(
        self,
        kind: Kind,
        told: MeasureRecord,
        before: FinalTarget,
        after: FinalTarget | None,
        sheets: tuple[ProgrammeYear, ProgrammeYear],
    ) -> Finding:
        """A final target that the later of two sheets tells differently, or not at all."""
        figures = tuple(
            self._figure(
                wording(self.language)("audit.years.final_target")
                if target is None or target.year is None
                else self._of_year(target.year, "final_target"),
                None if target is None else target.value,
                told.unit,
                sheet.id,
            )
            for target, sheet in zip((before, after), sheets, strict=True)
        )
        return self._finding(kind, sheets[1], told, figures)

    def missed(
        self, told: MeasureRecord, run: Iterable[tuple[ProgrammeYear, Decimal, Decimal]], sheet: ProgrammeYear
    ) -> Finding:
        """The same target missed in sheet after sheet."""
        figures = tuple(
            self._figure(self._of_year(year.fiscal_year, what), value, told.unit, year.id)
            for year, target, actual in run
            for what, value in zip(_BOTH, (target, actual), strict=True)
        )
        return self._finding("missed_running", sheet, told, figures, told.doubt)

    def _finding(
        self,
        kind: Kind,
        sheet: ProgrammeYear,
        told: MeasureRecord,
        figures: tuple[ShownFigure, ...],
        doubt: Doubt | None = None,
    ) -> Finding:
        say = wording(self.language)
        name, label = told.subject
        if told.objective:
            figures = (ShownFigure(say("audit.years.objective"), told.objective), *figures)
        return Finding(
            code=f"MY-{kind}",
            severity=SEVERITIES[kind] if doubt is None else "notice",
            sheet=sheet.id,
            title=one_line(sheet.title),
            authority=sheet.authority,
            fiscal_year=sheet.fiscal_year,
            unit="measure",
            subject=say("verdict.labelled", name=name, label=label) if label else name,
            message=say.one_of("audit.years_says", kind),
            question=say.one_of("audit.years_asks", kind),
            figures=figures,
            rule=None,
            money=None if sheet.money is None else plain(sheet.money),
            doubts=() if doubt is None else (doubt.told(self.language),),
        )

    def _figure(self, title: str, value: Decimal | None, unit: str, place: str) -> ShownFigure:
        if value is None:
            return ShownFigure(title, wording(self.language)("audit.years.none"), place)
        text = printed(Quantity(value=value, unit=unit or None), self.language)
        return ShownFigure(title, text, place, plain(value), kind_of(unit))

    def _of_year(self, year: int, what: What) -> str:
        return wording(self.language).one_of("audit.years_of", what, year=print_fiscal_year(year, self.language))
