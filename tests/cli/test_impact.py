"""`hyotei impact` and `hyotei sweep` as their users run them: text, JSON, page, workbook, and what is said when it fails."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import inside
from tests.conftest import ROOT

MIC = ROOT / "rules" / "mic-2013" / "rulebook.md"
SHEET = ROOT / "cases" / "mic-24-15" / "sheet.yaml"


def edited(folder: Path) -> Path:
    file = folder / "new.md"
    text = MIC.read_text(encoding="utf-8")
    file.write_text(
        text.replace("|  2  | 70%以上 ", "|  2  | 170%以上").replace("value: 200%", "value: 300%"), encoding="utf-8"
    )
    return file


def alone(page: str) -> bool:
    """Whether a page asks nobody for anything."""
    text = page.replace('xmlns="http://www.w3.org/2000/svg"', "").replace(
        'xmlns:xlink="http://www.w3.org/1999/xlink"', ""
    )
    return not any(word in text for word in ("http:", "https:", "src=", "<script", "@import"))


def test_an_impact_in_every_form(tmp_path: Path) -> None:
    """The move, its cause and the hashes are in all of them."""
    new, page, book = edited(tmp_path), tmp_path / "page.html", tmp_path / "book.xlsx"
    done = inside("impact", MIC, new, SHEET)
    assert done.code == 0
    for words in ("1件のうち 1件", "A → B", "70%以上 → 170%以上"):
        assert "".join(words.split()) in "".join(done.out.split())
    # The edited parameter is read by a finding only.
    assert "excessive" not in done.out
    found = inside("impact", MIC, new, SHEET, "--json", "--html", page, "--xlsx", book, "--lang", "en").json
    assert found["schema"] == "hyotei.impact/1"
    # The execution rate of the sheet keeps the recommendation where it is.
    assert [(each["result"], each["from"], each["to"]) for each in found["moves"][0]["changes"]] == [
        ("rating", "A", "B")
    ]
    assert found["edits"][0]["text"] == "rating row 2 share_achieved: at least 70% → at least 170%"
    html = page.read_text(encoding="utf-8")
    assert "at least 170%" in html
    assert found["new"]["hash"] in html
    assert found["corpus_hash"] in html
    assert alone(html)
    rows = list(openpyxl.load_workbook(book)["Sheets that move"].iter_rows(values_only=True))
    told = [row for row in rows if row[1] == found["moves"][0]["sheet"]]
    assert len(told) == len(found["moves"][0]["changes"])
    assert found["moves"][0]["money"] == str(told[0][4])


def test_no_edit_moves_nothing(tmp_path: Path) -> None:
    """And it is said."""
    page = tmp_path / "page.html"
    done = inside("impact", "mic-2013", MIC, SHEET)
    assert done.code == 0
    assert "変わる評価書はない" in done.out
    assert inside("impact", "mic-2013", MIC, SHEET, "--html", page).code == 0
    assert "変わる評価書はない" in page.read_text(encoding="utf-8")


def test_a_sweep_in_every_form(tmp_path: Path) -> None:
    """The step is where the sheet's own figure is, exactly."""
    page, book = tmp_path / "page.html", tmp_path / "book.xlsx"
    spec = "rating:2:share_achieved=50%..100%"
    done = inside("sweep", MIC, SHEET, "--cell", spec)
    assert done.code == 0
    found = inside("sweep", MIC, SHEET, "--cell", spec, "--json", "--html", page, "--xlsx", book).json
    assert found["schema"] == "hyotei.sweep/1"
    assert len(found["steps"]) == 1
    share = found["steps"][0]
    assert [(each["from"], each["after"]) for each in found["stretches"]] == [("0.5", False), (share, True)]
    html = page.read_text(encoding="utf-8")
    assert html.count("<svg") == 3
    assert alone(html)
    # What slides goes by its titles, on the axes too.
    assert "評価区分 2行 達成した測定値の割合" in done.out
    assert html.count("評価区分 2行 達成した測定値の割合") > 3
    assert "rating:2:share_achieved" not in html
    assert (
        "rating row 2 share_achieved from 50% to 100%"
        in inside("sweep", MIC, SHEET, "--cell", spec, "--lang", "en").out
    )
    steps = [row for row in openpyxl.load_workbook(book)["段"].iter_rows(values_only=True) if isinstance(row[1], int)]
    assert len(steps) == 2
    assert inside("sweep", MIC, SHEET, "--param", "half=0%..1%", "--lang", "en").out.count("Nowhere in the range") == 1


@pytest.mark.parametrize("end", [".html", ".docx", ".xlsx", ".md", ".txt"])
def test_the_name_of_the_file_says_its_format(tmp_path: Path, end: str) -> None:
    """`-o` writes the document and prints nothing; a name without a format is refused before anything is rated."""
    file = tmp_path / f"impact{end}"
    assert inside("impact", "mic-2013", edited(tmp_path), SHEET, "-o", file).out == ""
    assert file.stat().st_size
    inside("sweep", MIC, SHEET, "--param", "half=0%..1%", "-o", tmp_path / "sweep.pdf").failed_with("HY109")


def test_bad_input_is_exit_2(tmp_path: Path) -> None:
    """One message each, in both languages."""
    inside("impact", "mic-2013", "no-such-rulebook", SHEET).failed_with("HY360")
    inside("impact", "mic-2013", "sheet-quality", SHEET).failed_with("HY213", "HY994")
    inside("sweep", MIC, SHEET, "--param", "about=x..1").failed_with("HY213", "HY990")
    inside("sweep", MIC, SHEET, "--param", "abaut=0..1", "--lang", "en").failed_with("HY213", "HY991")
    inside("sweep", MIC, SHEET, "--cell", "rating:2:1=1..0").failed_with("HY213", "HY990")
    assert inside("sweep", MIC, SHEET).code == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    assert inside("impact", MIC, MIC, empty).code == 2
