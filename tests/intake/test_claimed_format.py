"""Files that are not what their name says: told once, as what they should be, alone and among others."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.readers.sheet_of_file import sheets_of_file
from hyotei.readers.sheets_of_paths import read_sheets
from hyotei.sheet_writers.form_template import template

KINDS = {
    ".xlsx": "an Excel workbook",
    ".xlsm": "an Excel workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".docx": "a Word document",
    ".pdf": "a PDF",
}
noise = st.one_of(
    st.binary(min_size=1, max_size=200),
    st.binary(max_size=200).map(lambda more: b"PK\x03\x04" + more),
    st.binary(max_size=200).map(lambda more: b"\x89PNG\r\n" + more),
    st.text(min_size=1, max_size=40).map(str.encode),
).filter(
    lambda content: not content.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")) and b"hyotei." not in content
)  # those are told as compressed files; a text that names the format of sheets is read as one


def told(file: Path) -> list[list[Diagnostic]]:
    """What is said of the file by `rate`, by `read`, and of the folder that holds it."""
    ways = (sheets_of_file(file), read_sheets(file), read_sheets(file.parent))
    return [[problem for found in way for problem in found.problems] for way in ways]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise, st.sampled_from(sorted(KINDS)))
def test_a_damaged_file_is_told_as_what_its_name_says(tmp_path: Path, content: bytes, suffix: str) -> None:
    """One error of one file, which says what it should be; never that it should be text."""
    file = tmp_path / f"form{suffix}"
    file.write_bytes(content)
    try:
        for problems in told(file):
            assert len(problems) == 1
            assert problems[0].severity == "error"
            if problems[0].code != "HY104":
                assert problems[0].code == "HY895"
                assert KINDS[suffix] in problems[0].text("en")
    finally:
        file.unlink()


@pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.99])
def test_a_workbook_that_is_cut_off(tmp_path: Path, part: float) -> None:
    """Wherever the download broke off."""
    whole = tmp_path / "whole.xlsx"
    with whole.open("wb") as stream:
        template("mic").book.save(stream)
    content = whole.read_bytes()
    whole.unlink()
    file = tmp_path / "form.xlsx"
    file.write_bytes(content[: int(len(content) * part)])
    for problems in told(file):
        assert [problem.code for problem in problems] == ["HY895"]
        assert "Excel" in problems[0].text("ja")


def test_text_under_another_name_is_read(tmp_path: Path, root: Path) -> None:
    """What can be read is read, whatever it is called."""
    file = tmp_path / "form.xlsx"
    file.write_bytes((root / "cases" / "mic-24-15" / "sheet.yaml").read_bytes())
    assert [found.sheet is not None for found in sheets_of_file(file)] == [True]
