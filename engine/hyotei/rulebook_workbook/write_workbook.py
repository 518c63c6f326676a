"""A rulebook as a workbook: the cover, its text, a worksheet for each decision, its lists, its cases."""

import io
import re
from collections.abc import Sequence
from typing import Any, Final

from hyotei.base.extras import need
from hyotei.base.printable import one_line, printable
from hyotei.messages import Language
from hyotei.rulebook_workbook.decision_writing import write_decision
from hyotei.rulebook_workbook.front_rows import front_rows
from hyotei.rulebook_workbook.layout import LISTS, ORIGINAL
from hyotei.rulebook_workbook.list_writing import link_decisions, write_cases, write_cover, write_list, write_original
from hyotei.rulebook_workbook.original import Original
from hyotei.rulebook_workbook.readings import Readings
from hyotei.rulebook_workbook.shown import BookShown, DecisionShown
from hyotei.rulebook_workbook.workbook_words import sheet_titles
from hyotei.writers.zip_file import WHEN, without_times

_LONGEST_TITLE: Final = 31
_ALWAYS: Final = ("scales", "parameters", "facts", "laws", "sources")
"""Lists that have a worksheet though they are empty, so that something can be added."""


def workbook_bytes(
    book: BookShown, original: Original | None, said: Readings, language: Language, case_paths: Sequence[str] = ()
) -> bytes:
    """The workbook of a rulebook; the same rulebook gives the same bytes.

    Args:
        book: what it shows.
        original: the document with its cases, by which an import keeps the layout.
        said: what is said beside its cells.
        language: the language of all that is not the rulebook's.
        case_paths: the columns of the cases, where they are not those that the cases need.

    Raises:
        HyoteiError: openpyxl is not installed (HY902).
    """
    need("report", "openpyxl")
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    titles = sheet_titles(language)
    rows = front_rows(book.front)
    contents = contents_rows(book)
    listed = [key for key in LISTS if key != "texts" and (key in _ALWAYS or rows.lists[key])]
    decisions = [each for each in book.sections if isinstance(each, DecisionShown)]
    taken = {titles[key].lower() for key in ("cover", "texts", *listed, "cases")}
    tabs = {each.name: _free(said.titles.get(each.name) or each.title, taken) for each in decisions}

    cover = workbook.create_sheet(titles["cover"])
    texts = workbook.create_sheet(titles["texts"])
    sheets = {each.name: workbook.create_sheet(tabs[each.name]) for each in decisions}
    first = write_list(texts, "texts", contents, said, language)
    link_decisions(texts, first, contents, tabs)
    scales: dict[str, str] = {}
    for key in listed:
        sheet = workbook.create_sheet(titles[key])
        first = write_list(sheet, key, rows.lists[key], said, language)
        if key == "scales":
            scales = _places(titles[key], first, rows.lists[key])
    for decision in decisions:
        write_decision(sheets[decision.name], decision, said, scales, language)
        sheets[decision.name].sheet_properties.tabColor = "2E7D32"
    write_cases(workbook.create_sheet(titles["cases"]), book.cases, case_paths, said, language)
    write_cover(cover, rows.cover, ("texts", *listed, "cases"), language)
    if original is not None:
        write_original(workbook.create_sheet(ORIGINAL), original)
    return _saved(workbook, rows.cover["title"])


def contents_rows(book: BookShown) -> list[tuple[str, str, str, str]]:
    """The contents: headings, paragraphs, and decisions with their names."""
    rows = []
    for section in book.sections:
        if isinstance(section, DecisionShown):
            rows.append(("", section.title, section.name, ""))
        elif section.heading or section.paragraphs:
            rows.append((str(section.level), section.heading, "", ""))
            rows += [("", "", "", text) for text in section.paragraphs]
    return rows


def _places(title: str, first: int, rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """The cells of the values of each scale."""
    found: dict[str, tuple[int, int]] = {}
    for number, (name, *_) in enumerate(rows, first):
        found[name] = (found.get(name, (number, 0))[0], number)
    quoted = title.replace("'", "''")
    return {name: f"'{quoted}'!$B${start}:$B${end}" for name, (start, end) in found.items()}


def _free(title: str, taken: set[str]) -> str:
    """A title as Excel takes it: without some signs, at most 31 characters, each once."""
    base = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", one_line(printable(title))).strip()[:_LONGEST_TITLE] or "1"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: _LONGEST_TITLE - 1 - len(str(number))]} {number}"
    taken.add(name.lower())
    return name


def _saved(workbook: Any, title: str) -> bytes:
    from zipfile import ZIP_DEFLATED, ZipFile

    from openpyxl.writer.excel import ExcelWriter

    properties = workbook.properties
    properties.creator, properties.title = "hyotei", printable(title)
    properties.created = properties.modified = WHEN
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()
    return without_times(written.getvalue())
