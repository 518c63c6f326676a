"""What was read beside what the file prints: every figure at its place, in bounds, whatever the file is."""

import io
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("django")

from django.core.files.uploadedfile import SimpleUploadedFile

from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed.blocks_json import block_data, block_of_data
from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine, FormPlace, FormTable
from hyotei.workbench import source_files
from tests.conftest import ROOT
from tests.readers.pdf_render import Print, Printer
from tests.readers.pdf_seed import print_seed
from tests.readers.test_xlsx_reader import workbook
from tests.strategies_sheets import notes

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
ROW = re.compile(r'<tr id="f-([^"]*)">(.*?)</tr>', re.DOTALL)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
cells = st.builds(
    FormCell,
    text=texts,
    row=st.integers(0, 5),
    column=st.integers(0, 5),
    place=st.builds(FormPlace, page=st.none() | st.integers(1, 9), cell=st.none() | texts),
    rows=st.integers(1, 4),
    columns=st.integers(1, 4),
    notes=st.lists(notes, max_size=2).map(tuple),
    area=st.none() | st.tuples(*[st.integers(0, 10_000)] * 4),
)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def read_in(client: Any, name: str, content: bytes) -> str:
    answer = client.post("/sheets/", {"files": [SimpleUploadedFile(name, content)]}, follow=True)
    found = re.search(r"/sheets/[0-9a-f-]{36}/", answer.redirect_chain[-1][0] + text_of(answer))
    assert found is not None
    return found[0]


def _seed_pdf() -> bytes:
    printer = Printer(Print(text=None))
    print_seed(printer)
    return printer.pdf()


def placed(page: str) -> dict[str, tuple[str, str]]:
    """Of each figure with a place in the source: what is printed, and the anchor of the place."""
    found = {}
    for path, row in ROW.findall(page):
        printed = re.search('<td lang="ja">「(.*?)」(?:<br>|</td>)', row, re.DOTALL)
        anchor = re.search(r'source/#(p[0-9]+)" target="source"', row)
        if anchor is not None:
            found[path] = (unescape(printed[1]) if printed else "", anchor[1])
    return found


@pytest.mark.parametrize(("name", "content"), [("sheet.yaml", SEED.read_bytes()), ("sheet.xlsx", workbook())])
def test_each_figure_leads_to_the_place_that_prints_it(person: Any, name: str, content: bytes) -> None:
    client = person("evaluator")
    address = read_in(client, name, content)
    found = placed(text_of(client.get(address)))
    assert len(found) > 8
    source = client.get(f"{address}source/")
    shown = text_of(source)
    for printed, anchor in found.values():
        at = re.search(rf'id="{anchor}"[^>]*>(.*?)</(?:td|p)>', shown, re.DOTALL)
        assert at is not None
        assert bare(printed) in bare(unescape(re.sub("<[^>]*>", "", at[1])))
    assert "frame-ancestors 'self'" in source.headers["Content-Security-Policy"]
    assert source.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(address).headers["X-Frame-Options"] == "DENY"
    assert "style=" not in shown


def test_a_page_of_a_pdf_is_shown_with_the_places_of_its_figures(person: Any) -> None:
    pytest.importorskip("pypdfium2")
    client = person("evaluator")
    address = read_in(client, "sheet.pdf", _seed_pdf())
    found = placed(text_of(client.get(address)))
    shown = text_of(client.get(f"{address}source/"))
    areas = {
        anchor: tuple(map(int, each))
        for anchor, *each in re.findall(
            r'<a id="(p[0-9]+)".*?<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>', shown, re.DOTALL
        )
    }
    assert {anchor for _, anchor in found.values()} == set(areas)
    assert all(width > 0 and height > 0 for _, _, width, height in areas.values())
    assert len(set(areas.values())) == len(areas)
    picture = client.get(f"{address}source/1.png")
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert client.get(f"{address}source/99.png").status_code == 404


def test_what_nobody_read_from_a_file_has_no_source(person: Any) -> None:
    from hyotei.workbench.models import SheetRecord

    client = person("evaluator")
    read_in(client, "sheet.yaml", SEED.read_bytes())
    assert SheetRecord.objects.get().source is not None
    assert client.get("/sheets/00000000-0000-4000-8000-000000000000/source/").status_code == 404


@given(st.lists(cells, min_size=1, max_size=6), texts)
def test_blocks_come_back_as_they_were_kept(given_cells: list[FormCell], text: str) -> None:
    blocks: list[Block] = [
        FormTable(tuple(given_cells), FormPlace(part="表1")),
        FormLine(text, FormPlace(page=1), (0, 1, 2, 3)),
    ]
    again = [block_of_data(block_data(each)) for each in blocks]
    assert again == blocks
    packed = source_files.packed(blocks)
    assert packed is not None
    kept = source_files.unpacked(packed)
    assert kept == blocks
    assert [each.area for each in kept if isinstance(each, FormLine)] == [(0, 1, 2, 3)]


def test_of_what_is_too_large_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    line = FormLine("x" * 100, FormPlace(line=1))
    monkeypatch.setattr(source_files, "LARGEST", 250)
    assert source_files.packed([line]) is not None
    assert source_files.packed([line, line]) is None


@given(st.lists(cells, min_size=1, max_size=8))
def test_a_table_is_shown_as_a_grid_in_which_no_cell_is_lost(database: Path, given_cells: list[FormCell]) -> None:
    from hyotei.workbench.source_view import ShownTable, source_view

    every = {(cell.row, cell.column): cell for cell in given_cells}  # a place has one cell
    table = FormTable(tuple(every[key] for key in sorted(every)))
    (shown,) = source_view([table], {}, ()).parts
    assert isinstance(shown, ShownTable)
    positions = [cell.position for row in shown.rows for cell in row if cell.position is not None]
    assert positions == [at for at, cell in enumerate(table.cells) if cell.text.strip()]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(shown.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            here = {(y + down, x + right) for down in range(cell.rows) for right in range(cell.columns)}
            assert not here & taken
            taken |= here
    width = max((x for _, x in taken), default=-1) + 1
    assert len(taken) == len(shown.rows) * width


def test_a_pdf_that_cannot_be_drawn_costs_its_pictures_only(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    command = [sys.executable, "-m", "hyotei.workbench.page_pictures", str(tmp_path), "0", "1"]
    subprocess.run(command, input=b"%PDF-1.4 broken", stderr=subprocess.DEVNULL, check=False)
    assert list(tmp_path.iterdir()) == []


def test_a_page_far_too_tall_is_not_drawn(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(100, 1_000))
    canvas.showPage()
    canvas.setPageSize((100, 100))
    canvas.showPage()
    canvas.save()
    command = [sys.executable, "-m", "hyotei.workbench.page_pictures", str(tmp_path), "0", "1", "2", "3"]
    subprocess.run(command, input=out.getvalue(), check=True)
    assert [each.name for each in tmp_path.iterdir()] == ["page-0-2.png"]
