"""What LibreOffice opens and saves again comes back to the byte, and an edit that was made there as that edit."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hyotei.base.shipped_files import rules_folder
from hyotei.rulebook_workbook.export_workbook import export_workbook
from hyotei.rulebook_workbook.workbook_document import workbook_document
from tests.rulebook_workbook.book import CASES, TEXT, changed, edited, put
from tests.strategies import rulebook_texts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def saved_again(folder: Path, contents: dict[str, bytes]) -> dict[str, bytes]:
    """The workbooks after LibreOffice has opened and saved them."""
    before, after = folder / "before", folder / "after"
    before.mkdir(exist_ok=True)
    for name, content in contents.items():
        (before / f"{name}.xlsx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    files = [str(before / f"{name}.xlsx") for name in contents]
    subprocess.run(
        [*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", str(after), *files],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {name: (after / f"{name}.xlsx").read_bytes() for name in contents}


def test_every_shipped_rulebook(tmp_path: Path) -> None:
    texts = {file.parent.name: file.read_text("utf-8") for file in rules_folder().glob("**/rulebook.md")}
    cases = {
        file.parent.name: file.with_name("cases.yaml").read_text("utf-8")
        for file in rules_folder().glob("**/rulebook.md")
        if file.with_name("cases.yaml").exists()
    }
    written = {name: export_workbook(text, cases.get(name, ""), name) for name, text in texts.items()}
    for name, content in saved_again(tmp_path, written).items():
        back = workbook_document(content, f"{name}.xlsx")
        assert (back.text, back.cases, back.problems) == (texts[name], cases.get(name, ""), ()), name


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rulebook_texts())
def test_drawn_rulebooks(tmp_path: Path, text: str) -> None:
    back = saved_again(tmp_path, {"drawn": export_workbook(text, "", "drawn")})["drawn"]
    assert workbook_document(back, "drawn.xlsx").text == text


def test_an_edit_between_two_openings(tmp_path: Path) -> None:
    first = saved_again(tmp_path, {"town": export_workbook(TEXT, CASES, "town")})["town"]
    second = saved_again(tmp_path, {"town": edited(put("評価区分", "40%以上", 0.35, "0%"), first)})["town"]
    back = workbook_document(second, "town.xlsx")
    assert back.cases == CASES
    assert [line for _, line in changed(TEXT, back.text)] == ["|  3  | 35%         | B          | 半ばを達成   |"]
