"""The worksheets that are lists, the cover, and the hidden worksheet of the document itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from hyotei.base.display_width import display_width
from hyotei.messages import Language, wording
from hyotei.rulebook_workbook.case_rows import REST, case_columns, case_row
from hyotei.rulebook_workbook.decision_writing import MORE_ROWS, SPARE_ROWS
from hyotei.rulebook_workbook.layout import COMPUTED, COVER, COVER_CODE, LISTS
from hyotei.rulebook_workbook.original import Original, original_rows
from hyotei.rulebook_workbook.readings import Readings, case_heading
from hyotei.rulebook_workbook.workbook_words import choices, sheet_titles, shown_word
from hyotei.rulebook_workbook.worksheet_style import Look, Page
from hyotei.rulebook_workbook.yaml_edit import Tree

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SPARE_COLUMNS: Final = 8
"""Blank columns beside the cases, for paths that have none yet."""
_SPARE_WIDTH: Final = 16
_COVER_WIDTHS: Final = (20, 62, 52, 16)
_ANCHORED: Final = "field"


def write_cover(sheet: "Worksheet", cover: dict[str, str], lists: Sequence[str], language: Language) -> None:
    """The cover: what the rulebook is, and which worksheets it has beside those of its decisions."""
    page = Page(sheet, _COVER_WIDTHS)
    say = wording(language)
    page.row([(cover["title"] or sheet_titles(language)["cover"], "title")], across=3, least=30)
    page.row([(say("rulebook_workbook.guide.cover"), "guide")], across=3, least=20)
    page.row([("", "guide")])
    for key, text in cover.items():
        known = key in COVER
        label = say.one_of("rulebook_workbook.front", key) if known else key
        guide = say.one_of("rulebook_workbook.front_guide", key) if known else ""
        word = shown_word("standing", text, language) if key == "standing" else text
        row = page.row([(label, "label"), (word, "field"), (guide, "computed"), (f"{COVER_CODE}.{key}", "code")])
        if key == "standing":
            page.offer(f"B{row}", tuple(choices("standing", language).values()), only=True)
    page.row([("", "guide")])
    page.row([(say("rulebook_workbook.cover.colours"), "label")])
    for look in ("input", "output", "annotation"):
        page.row([(say.one_of("rulebook_workbook.kind", look), look)])
    page.row([("", "guide")])
    page.row(
        [(say("rulebook_workbook.cover.contents"), "head"), (say("rulebook_workbook.cover.holds"), "head")], across=3
    )
    for key in lists:
        title = sheet_titles(language)[key]
        row = page.row([(title, "computed"), (say.one_of("rulebook_workbook.guide", key), "computed")], across=3)
        link(sheet, row, 1, title)
    sheet.sheet_properties.tabColor = "1F3A5F"
    page.finish(3)
    # The colours say what a cell is; the cells that show them are no fields.
    _lock(page, exactly={f"A{row}" for row in range(1, page.at + 1)})


def write_list(sheet: "Worksheet", key: str, rows: Sequence[Sequence[str]], said: Readings, language: Language) -> int:
    """A list; the number of the first row below its head."""
    columns = LISTS[key]
    page = Page(sheet, [column.width for column in columns])
    say = wording(language)
    page.row([(sheet_titles(language)[key], "title")], across=len(columns), least=28)
    page.row([(say.one_of("rulebook_workbook.guide", key), "guide")], across=len(columns), least=20)
    page.row([(say.one_of("rulebook_workbook.column", f"{key}_{column.code}"), "head") for column in columns])
    head = page.row([(f"{key}.{column.code}", "code") for column in columns], least=13)
    looks: list[Look] = ["computed" if (key, column.code) in COMPUTED else _ANCHORED for column in columns]
    for row in rows:
        texts = [shown_word(column.kind, text, language) for column, text in zip(columns, row, strict=True)]
        if key == "laws":
            texts[1] = said.laws.get(texts[0], "")
        page.row(list(zip(texts, looks, strict=True)))
    for _ in range(SPARE_ROWS):
        page.row([("", look) for look in looks])
    for number, column in enumerate(columns, 1):
        words = tuple(choices(column.kind, language).values())
        if words:
            letter = page.letter(number)
            page.offer(f"{letter}{head + 1}:{letter}{page.at + MORE_ROWS}", words, only=column.kind != "truth")
    page.finish(len(columns), (head - 1, head), f"A{head + 1}")
    return head + 1


def link_decisions(sheet: "Worksheet", first: int, rows: Sequence[Sequence[str]], tabs: dict[str, str]) -> None:
    """In the contents, links from the decisions to their worksheets."""
    for number, row in enumerate(rows, first):
        if row[2] in tabs:
            link(sheet, number, 2, tabs[row[2]])
            link(sheet, number, 3, tabs[row[2]])


def write_cases(
    sheet: "Worksheet", cases: Sequence[Tree], columns: Sequence[str], said: Readings, language: Language
) -> None:
    """The cases, one a row."""
    paths = tuple(columns) or case_columns(cases)
    rows = [case_row(case, paths) for case in cases]
    widths = [_width(path, [row[number] for row in rows]) for number, path in enumerate(paths)]
    page = Page(sheet, [*widths, *[_SPARE_WIDTH] * _SPARE_COLUMNS])
    say = wording(language)
    page.row([(sheet_titles(language)["cases"], "title")], across=len(paths), least=28)
    page.row([(say("rulebook_workbook.guide.cases"), "guide")], across=len(paths), least=20)
    page.row([(case_heading(path, said, language), "head") for path in paths])
    head = page.row([(f"cases.{path}", "code") for path in paths], least=13)
    looks = [_look(path) for path in paths]
    for row in rows:
        page.row(list(zip(row, looks, strict=True)))
    for _ in range(SPARE_ROWS):
        page.row([("", look) for look in looks])
    page.finish(len(paths), (head - 1, head), f"B{head + 1}")


def write_original(sheet: "Worksheet", original: Original) -> None:
    """The document and its cases as they are, hidden."""
    for row in original_rows(original):
        sheet.append(row)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def _look(path: str) -> Look:
    if path.startswith(("expect", "findings")):
        return "output"
    return "input" if path.startswith(("sheet", "given", REST, "file")) else "field"


def _width(path: str, texts: Sequence[str]) -> float:
    widest = max((display_width(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(14, widest + 3), 46 if path in ("name", REST) else 26)


def link(sheet: "Worksheet", row: int, column: int, title: str, place: str = "A1") -> None:
    """Makes a cell a link to a cell of a worksheet."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = sheet.cell(row, column)
    quoted = title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{place}")
    cell.font = Font(name=cell.font.name, size=10, color="0B5CAD", underline="single")


def _lock(page: Page, exactly: set[str]) -> None:
    from openpyxl.styles import Protection

    for place in exactly:
        page.sheet[place].protection = Protection(locked=True)
