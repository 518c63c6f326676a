"""`hyotei template`, and the commands that read what it wrote."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import hyotei


@pytest.mark.parametrize("form", ["mic", "government"])
def test_a_form_is_written_and_read_back(form: str, tmp_path: Path) -> None:
    """The empty form is a workbook; reading it says what it lacks, and writing again asks for --force."""
    file = tmp_path / "form.xlsx"
    result = hyotei("template", "-o", str(file), "--form", form)
    assert result.code == 0
    assert openpyxl.load_workbook(file).sheetnames[0] == "評価書"
    again = hyotei("template", "-o", str(file), "--form", form)
    assert again.code == 2
    assert "HY847" in again.err
    assert hyotei("template", "-o", str(file), "--form", form, "--force", "--lang", "en").code == 0
    read = hyotei("read", str(file))
    assert read.code == 2
    assert "HY252" in read.err
