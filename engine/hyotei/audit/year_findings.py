"""The findings on several years of a programme: their kinds, their words, and how their figures are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from hyotei.audit.model import Finding, ShownFigure
from hyotei.audit.programme_year import FinalTarget, ProgrammeYear, Told
from hyotei.base.exact import plain
from hyotei.base.printable import one_line
from hyotei.messages import Language
from hyotei.sheet import Quantity
from hyotei.sheet.fiscal_year import print_fiscal_year
from hyotei.verdict.finding_figures import kind_of
from hyotei.verdict.steps import printed

Kind = Literal[
    "target_removed", "target_lowered", "target_replaced", "actual_rewritten", "missed_running",
    "final_target_removed", "final_target_lowered", "final_target_replaced",
]  # fmt: skip


class _Words(NamedTuple):
    """How weighty a kind is, what it says and what to ask: Japanese and English."""

    severity: str
    says: tuple[str, str]
    asks: tuple[str, str]


WORDS: Final[dict[Kind, _Words]] = {
    "target_removed": _Words(
        "notice",
        ("先の評価書にあった目標が、後の評価書にない", "a target of an earlier sheet is gone from the later one"),
        ("目標をなくした理由は何か", "why was the target given up?"),
    ),
    "target_lowered": _Words(
        "serious",
        ("同じ年度の目標が、達しやすいほうへ変えられている", "the target for the same year was made easier"),
        ("目標を変えた理由と、変えた時期はいつか", "why, and when, was the target changed?"),
    ),
    "target_replaced": _Words(
        "notice",
        ("同じ年度の目標が変えられている", "the target for the same year was changed"),
        ("目標を変えた理由は何か", "why was the target changed?"),
    ),
    "final_target_removed": _Words(
        "notice",
        ("先の評価書にあった最終年度の目標が、後の評価書にない", "the final target of an earlier sheet is gone from the later one"),
        ("最終年度の目標をなくした理由は何か", "why was the final target given up?"),
    ),
    "final_target_lowered": _Words(
        "serious",
        (
            "最終年度の目標が、達しやすいほうへ変えられたか、先の年度へ延ばされている",
            "the final target was made easier or put off to a later year",
        ),
        ("最終年度の目標を変えた理由と、変えた時期はいつか", "why, and when, was the final target changed?"),
    ),
    "final_target_replaced": _Words(
        "notice",
        ("最終年度の目標が変えられている", "the final target was changed"),
        ("最終年度の目標を変えた理由は何か", "why was the final target changed?"),
    ),
    "actual_rewritten": _Words(
        "notice",
        ("同じ年度の実績が、後の評価書で変わっている", "the actual of the same year differs in the later sheet"),
        ("実績を改めた理由は何か（確定値への置き換えか）", "why was the actual revised (a final figure)?"),
    ),
    "missed_running": _Words(
        "serious",
        (
            "同じ目標が何年も続けて未達なのに、予算はほとんど同じである",
            "the same target was missed year after year while the budget stayed the same",
        ),
        ("手段を変えずに続ける理由は何か", "why go on without changing the means?"),
    ),
}  # fmt: skip
OVER_YEARS: Final = tuple(f"MY-{kind}" for kind in WORDS)
"""The codes of all findings over several years."""
_TARGET, _ACTUAL, _FINAL = ("目標", "target"), ("実績", "actual"), ("最終年度の目標", "final target")
_NONE: Final = ("記載なし", "none")


@dataclass(frozen=True, slots=True)
class YearWriter:
    """Makes findings of what was seen between sheets of one programme, in one language."""

    language: Language

    def revised(
        self,
        kind: Kind,
        year: int,
        told: Told,
        before: Decimal,
        after: Decimal | None,
        sheets: tuple[ProgrammeYear, ProgrammeYear],
    ) -> Finding:
        """A target or an actual of a fiscal year that the later of two sheets tells differently, or not at all."""
        what = _ACTUAL if kind == "actual_rewritten" else _TARGET
        title = self._of_year(year, what)
        figures = (
            self._figure(title, before, told.unit, sheets[0].id),
            self._figure(title, after, told.unit, sheets[1].id),
        )
        return self._finding(kind, sheets[1], told, figures)

    def final(
        self,
        kind: Kind,
        told: Told,
        before: FinalTarget,
        after: FinalTarget | None,
        sheets: tuple[ProgrammeYear, ProgrammeYear],
    ) -> Finding:
        """A final target that the later of two sheets tells differently, or not at all."""
        figures = tuple(
            self._figure(
                self._say(_FINAL) if target is None or target.year is None else self._of_year(target.year, _FINAL),
                None if target is None else target.value,
                told.unit,
                sheet.id,
            )
            for target, sheet in zip((before, after), sheets, strict=True)
        )
        return self._finding(kind, sheets[1], told, figures)

    def missed(
        self, told: Told, run: Iterable[tuple[ProgrammeYear, Decimal, Decimal]], sheet: ProgrammeYear
    ) -> Finding:
        """The same target missed in sheet after sheet."""
        figures = tuple(
            self._figure(self._of_year(year.fiscal_year, what), value, told.unit, year.id)
            for year, target, actual in run
            for what, value in ((_TARGET, target), (_ACTUAL, actual))
        )
        return self._finding("missed_running", sheet, told, figures, told.doubt)

    def _finding(
        self,
        kind: Kind,
        sheet: ProgrammeYear,
        told: Told,
        figures: tuple[ShownFigure, ...],
        doubt: tuple[str, str] | None = None,
    ) -> Finding:
        words = WORDS[kind]
        name, label = told.subject
        return Finding(
            code=f"MY-{kind}",
            severity=words.severity if doubt is None else "notice",
            sheet=sheet.id,
            title=one_line(sheet.title),
            authority=sheet.authority,
            fiscal_year=sheet.fiscal_year,
            unit="measure",
            subject=name if not label else self._say((f"{name}（{label}）", f"{name} ({label})")),
            message=self._say(words.says),
            question=self._say(words.asks),
            figures=figures,
            rule=None,
            money=None if sheet.money is None else plain(sheet.money),
            doubts=() if doubt is None else (self._say(doubt),),
        )

    def _figure(self, title: str, value: Decimal | None, unit: str, place: str) -> ShownFigure:
        if value is None:
            return ShownFigure(title, self._say(_NONE), place)
        text = printed(Quantity(value=value, unit=unit or None), self.language)
        return ShownFigure(title, text, place, plain(value), kind_of(unit))

    def _of_year(self, year: int, what: tuple[str, str]) -> str:
        said = print_fiscal_year(year, self.language)
        return self._say((f"{said}の{what[0]}", f"{what[1]} of {said}"))

    def _say(self, words: tuple[str, str]) -> str:
        return words[1 if self.language == "en" else 0]
