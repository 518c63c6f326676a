"""The shipped forms read their cases; a case fails where the reading is another, says less, or the form is another."""

from pathlib import Path

import openpyxl
import pytest

from hyotei.forms.library import library
from hyotei.readers.drawn_documents import blocks_of
from hyotei.readers.form_cases import cases_of, differences, read_form_cases, run_form_case
from hyotei.readers.printed.form_blocks import FormLine
from hyotei.readers.sheets_of_paths import read_sheets

SHIPPED = [entry.head.id for entry in library() if entry.origin == "shipped" and entry.head.id != "base"]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_cases_of_a_shipped_form_hold(name: str) -> None:
    form, cases, problems = cases_of(name)
    assert problems == []
    assert cases
    results = [run_form_case(case, form, name) for case in cases]
    assert [problem.text() for result in results for problem in result.problems] == []
    assert all(result.figures for result in results)


def workbook(drawn: str, path: Path) -> None:
    """A drawn document as a workbook: lines and tables one below the other, with merged cells."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    row = 1
    for block in blocks_of(drawn):
        if isinstance(block, FormLine):
            page.cell(row, 1, block.text)
            row += 1
            continue
        for cell in block.cells:
            top, left = row + cell.row, 1 + cell.column
            page.cell(top, left, cell.text)
            if cell.rows > 1 or cell.columns > 1:
                page.merge_cells(None, top, left, top + cell.rows - 1, left + cell.columns - 1)
        row += 1 + max(cell.row for cell in block.cells)
    book.save(path)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_workbook_of_a_drawn_case_reads_alike(name: str, tmp_path: Path) -> None:
    _, cases, _ = cases_of(name)
    for number, case in enumerate(cases):
        assert case.drawn is not None
        workbook(case.drawn, tmp_path / f"{number}.xlsx")
        sheets = [each.sheet for each in read_sheets([tmp_path / f"{number}.xlsx"]) if each.sheet is not None]
        assert len(sheets) == len(case.expected), case.name
        for sheet, expected in zip(sheets, case.expected, strict=True):
            assert [problem.text() for problem in differences(case.name, sheet, expected)] == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("budget 2014 executed: 790千円", "budget 2014 executed: 791千円", "HY686"),
        ("      budget 2014 executed: 790千円\n", "", "HY686"),
        ("authority: 外務省", "authority: 環境省", "HY686"),
        ("政策評価調書", "政策評価の調書", "HY688"),
        ("- title: 欧州地域外交", "- title: 二つ目\n  - title: 欧州地域外交", "HY689"),
    ],
)
def test_a_case_that_says_otherwise_fails(root: Path, tmp_path: Path, old: str, new: str, code: str) -> None:
    text = (root / "forms" / "mofa-chosho" / "cases.yaml").read_text("utf-8")
    assert old in text
    file = tmp_path / "cases.yaml"
    file.write_text(text.replace(old, new), "utf-8")
    form, _, _ = cases_of("mofa-chosho")
    cases, problems = read_form_cases(file)
    assert problems == []
    told = {problem.code for case in cases for problem in run_form_case(case, form, form.id).problems}
    assert code in told


def test_what_is_no_case_is_told(tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text("cases:\n- name: 一つ\n  document: |\n    題\n  expected: []\n", "utf-8")
    cases, problems = read_form_cases(file)
    assert (cases, [problem.code for problem in problems]) == ([], ["HY687"])
