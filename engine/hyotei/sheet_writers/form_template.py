"""Empty forms of evaluation sheets as workbooks, to be filled in and read back: the ministry's, and the government-wide one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from hyotei.base.atomic_write import draft_file
from hyotei.base.text_file import unwritable
from hyotei.forms.library import base_form
from hyotei.messages import Diagnostic, HyoteiError, Language, wording
from hyotei.readers.words_of_forms import choice_values
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.units import USUAL
from hyotei.sheet_writers.form_page import LONGEST_LIST, Page

if TYPE_CHECKING:
    from openpyxl import Workbook

FormKind = Literal["mic", "government"]
OBJECTIVES: Final = 3
INDICATORS: Final = 4
"""Objectives of the ministry's form, and indicators of each."""
GOVERNMENT_INDICATORS: Final = 10
YEARS: Final = 4
"""Years of the budget table, and of the rows of years."""

_LINES: Final = 50
"""Height of a row of figures in points: three lines, one for each measure of an indicator, with a label on it (・5回（見学会）).

Programs make a row higher while it is typed into, but not where a file is filled in otherwise; what is higher is cut off in print.
"""
_FIRST_PAGE: Final = 4
"""Indicators on the first page of the government-wide form, so that no page ends between targets and actuals."""
_AMOUNT: Final = '#,##0;"△"#,##0;0'
_UNITS: Final = ("円", "千円", "百万円", "億円")
_QUALIFIERS: Final = ("以上", "以下", "未満", "超", "程度", "約")
_CLAIMS: Final = ("達成", "一部達成", "未達成")
_MARKS: Final = ("○", "△", "×")
_BACK, _AHEAD = 10, 8
"""Years before and after the present one that are offered at least: those of baselines, and those planned for."""
_AMOUNTS: Final = (
    ("initial", "当初予算（a）"),
    ("supplementary", "補正予算（b）"),
    ("carried_over", "繰越し等（c）"),
    ("total", "合計（a＋b＋c）"),
)

_NOTES: Final = (
    "sheet_files.form_note.white_cells",
    "sheet_files.form_note.numbers",
    "sheet_files.form_note.no_figure",
    "sheet_files.form_note.blank_rows",
    "sheet_files.form_note.saved",
)


@dataclass(frozen=True)
class Template:
    """An empty form: the workbook, its main worksheet, and the cell of each field."""

    book: "Workbook"
    sheet: str
    fields: dict[tuple[str | int, ...], str]


Span = tuple[int | None, int | None]
"""The first and the last fiscal year for which a rulebook is in force; None where it is open."""


def years_offered(spans: Iterable[Span], today: date) -> tuple[str, ...]:
    """The fiscal years to choose from: all in which a rulebook is in force, and those around the present one.

    A list in a workbook is short. Where not all fit, the earliest are left out that only an open rulebook covers; any year can be
    written by hand.
    """
    spans = tuple(spans)
    present = today.year - (today.month < 4)
    first = min(present - _BACK, *(first for first, _ in spans if first is not None), present)
    last = max(present + _AHEAD, *(last for _, last in spans if last is not None), present)
    bounded = {
        year for first, last in spans if first is not None and last is not None for year in range(first, last + 1)
    }
    near = range(present - _BACK, present + _AHEAD + 1)
    years = list(range(first, last + 1))
    while len(",".join(map(print_fiscal_year, years))) > LONGEST_LIST:
        years.remove(min(years, key=lambda year: (year in bounded, year in near, year)))
    return tuple(map(print_fiscal_year, years))


def template(
    kind: FormKind,
    language: Language = "ja",
    ratings: Sequence[str] = (),
    budgets: Sequence[str] = (),
    years: Sequence[str] = (),
) -> Template:
    """An empty form.

    Args:
        kind: `mic`, the form of the ministry, or `government`, the form common to all ministries.
        language: of the hints; the headings are those of the form.
        ratings: choices for the rating of the ministry's form, such as `A　進展があった`.
        budgets: choices for the direction of the budget.
        years: choices for fiscal years; by default those around the present one.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "評価書"
    page = Page(sheet, years=tuple(years) or years_offered((), date.today()))
    if kind == "mic":
        _ministry(page, language, tuple(ratings), tuple(budgets))
    else:
        _government(page, language)
    _notes(book, language)
    return Template(book, sheet.title, page.fields)


def _hint(name: str, language: Language) -> str:
    return wording(language).one_of("sheet_files.form_hint", name)


def _head(page: Page, language: Language, width: int, policy: str, goal: str) -> int:
    """What names the sheet; the next row."""
    half = width // 2
    page.label(3, 1, "府省名")
    page.blank(("authority",), 3, 2, columns=half - 1, left=True)
    page.label(3, half + 1, "番号")
    page.blank(("number",), 3, half + 2, columns=width - half - 1, hint=_hint("number", language), left=True)
    page.label(4, 1, "評価対象年度")
    page.blank(("year",), 4, 2, columns=half - 1, choices=page.years, hint=_hint("year", language), left=True)
    page.label(4, half + 1, "評価方式")
    page.blank(
        ("scheme",),
        4,
        half + 2,
        columns=width - half - 1,
        choices=("目標管理型", "総合評価方式", "事業評価方式"),
        left=True,
    )
    page.label(5, 1, policy)
    page.blank(("title",), 5, 2, columns=half - 1, hint=_hint("policy", language), left=True)
    page.label(5, half + 1, "分野")
    page.blank(("field",), 5, half + 2, columns=width - half - 1, left=True)
    page.label(6, 1, goal)
    page.blank(("goal",), 6, 2, columns=width - 1, left=True)
    page.height(6, 48)
    return 7


def _budget(page: Page, language: Language, row: int, width: int, heading: str) -> int:
    """The budget table over the width of the page; the next row."""
    bounds = [5 + position * (width - 4) // YEARS for position in range(YEARS + 1)]
    page.label(row, 1, heading, rows=7)
    page.label(row, 2, "単位")
    page.blank(("budget", "unit"), row, 3, columns=2, choices=_UNITS, only=True)
    page.label(row, 5, "年度は決算の済んだものから翌年度まで、一列に一つ。空欄は記載なし", columns=width - 4)
    page.label(row + 1, 2, "区分", columns=3)
    for position, (column, end) in enumerate(pairwise(bounds)):
        page.blank(
            ("budget", "year", position),
            row + 1,
            column,
            columns=end - column,
            choices=page.years,
            hint=_hint("year", language),
        )
    page.label(row + 2, 2, "予算の状況", rows=len(_AMOUNTS))
    for offset, (name, text) in enumerate(_AMOUNTS):
        page.label(row + 2 + offset, 3, text, columns=2)
        _amounts(page, language, name, row + 2 + offset, bounds)
    page.label(row + 6, 2, "執行額", columns=3)
    _amounts(page, language, "executed", row + 6, bounds)
    return row + 7


def _amounts(page: Page, language: Language, name: str, row: int, bounds: Sequence[int]) -> None:
    for position, (column, end) in enumerate(pairwise(bounds)):
        page.blank(
            ("budget", name, position),
            row,
            column,
            columns=end - column,
            hint=_hint("amount", language),
            number=_AMOUNT,
        )


def _ministry(page: Page, language: Language, ratings: tuple[str, ...], budgets: tuple[str, ...]) -> None:
    width = 13
    page.widths(15, 11, 5, 28, 8, 20, 11, 20, 8, 11, 20, 11, 10)
    page.title(1, "主要な政策に係る評価書", width)
    row = _head(page, language, width, "政策名", "基本目標")
    row = _budget(page, language, row, width, "政策の予算額・執行額等")
    headings = (
        "施策目標",
        "",
        "番号",
        "測定指標",
        "単位",
        "基準値",
        "基準年度",
        "目標値",
        "条件",
        "目標年度",
        "実績値",
        "実績年度",
    )
    page.label(row, 1, headings[0], columns=2)
    for column, text in enumerate(headings[2:], 3):
        page.label(row, column, text)
    page.label(row, width, "達成状況")
    row += 1
    for objective in range(OBJECTIVES):
        if objective == OBJECTIVES - 1:
            page.new_page(row)
        page.blank(("objective", objective), row, 1, rows=INDICATORS, columns=2, left=True)
        page.blank(("claim", objective), row, width, rows=INDICATORS, choices=_CLAIMS, only=True)
        for position in range(INDICATORS):
            _indicator(page, language, objective, position, row + position)
        row += INDICATORS
    page.label(row, 1, "（評価区分）", columns=2)
    page.blank(("rating",), row, 3, columns=width - 2, choices=ratings, left=True)
    page.label(row + 1, 1, "（次年度予算概算要求に向けた考え方）", columns=2)
    page.blank(("recommendation",), row + 1, 3, columns=width - 2, choices=budgets, left=True)
    page.height(row + 1, 26)
    row = _office(page, row + 2, width)
    page.finish(row - 1, width, landscape=True)


def _indicator(page: Page, language: Language, objective: int, position: int, row: int) -> None:
    key = (objective, position)
    figure, year = _hint("figure", language), _hint("year", language)
    page.blank(("number", *key), row, 3)
    page.blank(("name", *key), row, 4, left=True)
    page.blank(("unit", *key), row, 5, choices=USUAL, hint=_hint("unit", language))
    page.blank(("baseline", *key), row, 6, hint=figure)
    page.blank(("baseline_year", *key), row, 7, choices=page.years, hint=year)
    page.blank(("target", *key), row, 8, hint=figure)
    page.blank(("qualifier", *key), row, 9, choices=_QUALIFIERS, only=True, hint=_hint("qualifier", language))
    page.blank(("target_year", *key), row, 10, choices=page.years, hint=year)
    page.blank(("actual", *key), row, 11, hint=figure)
    page.blank(("actual_year", *key), row, 12, choices=page.years, hint=year)
    page.height(row, _LINES)


def _government(page: Page, language: Language) -> None:
    width = 14
    page.widths(14, 5, 28, 8, 8, 20, 20, 20, 20, 20, 11, 20, 11, 7)
    page.title(1, "実施施策に係る政策評価書", width)
    row = _head(page, language, width, "施策名", "達成すべき目標")
    row = _budget(page, language, row, width, "施策の予算額・執行額等")
    first = row
    page.label(row, 2, "番号", rows=2)
    page.label(row, 3, "測定指標", rows=2)
    page.label(row, 4, "単位", rows=2)
    page.label(row, 5, "区分", rows=2)
    page.label(row, 6, "年度ごとの目標値・実績値", columns=YEARS)
    for position in range(YEARS):
        page.blank(("year", position), row + 1, 6 + position, choices=page.years, hint=_hint("year", language))
    for column, text in enumerate(("基準値", "基準年度", "目標値", "目標年度", "達成"), 6 + YEARS):
        page.label(row, column, text, rows=2)
    row += 2
    for position in range(GOVERNMENT_INDICATORS):
        if position == _FIRST_PAGE:
            page.new_page(row)
        _yearly(page, language, position, row)
        row += 2
    page.label(first, 1, "測定指標", rows=row - first)
    page.label(row, 1, "評価結果", rows=3)
    page.label(row, 2, "目標達成度合いの測定結果", columns=2)
    page.blank(
        ("grade",),
        row,
        4,
        columns=width - 3,
        choices=choice_values(base_form(), "recorded.rating"),
        only=True,
        left=True,
    )
    page.label(row + 1, 2, "施策の分析", columns=2)
    page.blank(("inspection",), row + 1, 4, columns=width - 3, left=True)
    page.label(row + 2, 2, "次期目標等への反映の方向性", columns=2)
    page.blank(("improvement",), row + 2, 4, columns=width - 3, left=True)
    for each in (row, row + 1, row + 2):
        page.height(each, 40)
    row = _office(page, row + 3, width)
    page.finish(row - 1, width, landscape=True)


def _yearly(page: Page, language: Language, position: int, row: int) -> None:
    """An indicator: its targets by year, and below them its actuals."""
    figure, year = _hint("figure", language), _hint("year", language)
    page.blank(("number", position), row, 2, rows=2)
    page.blank(("name", position), row, 3, rows=2, left=True)
    page.blank(("unit", position), row, 4, rows=2, choices=USUAL, hint=_hint("unit", language))
    for offset, (text, name) in enumerate((("目標値", "target"), ("実績値", "actual"))):
        page.label(row + offset, 5, text)
        page.height(row + offset, _LINES)
        for each in range(YEARS):
            page.blank((name, position, each), row + offset, 6 + each, hint=figure)
    page.blank(("baseline", position), row, 6 + YEARS, rows=2, hint=figure)
    page.blank(("baseline_year", position), row, 7 + YEARS, rows=2, choices=page.years, hint=year)
    page.blank(("final_target", position), row, 8 + YEARS, rows=2, hint=figure)
    page.blank(("final_year", position), row, 9 + YEARS, rows=2, choices=page.years, hint=year)
    page.blank(("achieved", position), row, 10 + YEARS, rows=2, choices=_MARKS, only=True)


def _office(page: Page, row: int, width: int) -> int:
    """Who wrote it and when; the next row."""
    half = width // 2
    page.label(row, 1, "担当部局課室名")
    page.blank(("office",), row, 2, columns=half - 1, left=True)
    page.label(row, half + 1, "政策評価実施時期", columns=2)
    page.blank(("time",), row, half + 3, columns=width - half - 2, left=True)
    return row + 1


def _notes(book: "Workbook", language: Language) -> None:
    """How to fill it in, on a sheet of its own."""
    from openpyxl.styles import Alignment, Font

    say = wording(language)
    sheet = book.create_sheet(say("sheet_files.how_to_fill_in"))
    sheet.column_dimensions["A"].width = 110
    for row, note in enumerate(_NOTES, 1):
        cell = sheet.cell(row, 1)
        cell.value = say(note)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(name="游ゴシック", size=10)
        sheet.row_dimensions[row].height = 34
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def write_template(form: Template, path: Path, *, force: bool = False) -> None:
    """Writes a form into a file, which is either the old one or the new one, never half.

    Raises:
        HyoteiError: there is a file already and `force` is not given (HY847), it is to be no .xlsx (HY849), or it cannot be
            written (HY108, HY886).
    """
    if path.suffix.lower() != ".xlsx":
        raise HyoteiError(Diagnostic("HY849", params={"path": str(path)}))
    if path.exists() and not force:
        raise HyoteiError(Diagnostic("HY847", params={"path": str(path)}))
    try:
        with draft_file(path) as draft, draft.open("wb") as stream:
            form.book.save(stream)
    except OSError as error:
        raise unwritable(path, error) from None
