"""OpenDocument workbooks: what a cell shows is what is read, whichever program wrote it; their relatives are refused by name."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.intake.input_file import InputFile
from hyotei.messages import HyoteiError
from hyotei.readers.opendocument import opendocument_worksheets
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.reader import Found
from hyotei.readers.registry import registry
from hyotei.readers.xlsx_workbook import worksheets
from hyotei.sheet.notes import notes_text
from tests.cli.command import inside
from tests.readers.ods_render import OdsCell, OdsRow, table, workbook

FORM = [
    ["平成26年度実施施策に係る政策評価書", "（環境省26－③）"],
    ["施策名", "水環境の保全"],
    ["区分", "25年度", "26年度"],
    ["当初予算（a）（百万円）", "100", "△200"],
    ["執行額", "90", "180"],
    ["測定指標", "基準値", "目標値", "実績値"],
    ["環境基準の達成率", "80%", "90%", "88%"],
]


def document(content: bytes, name: str = "form.ods") -> InputFile:
    return InputFile(name, name, lambda: io.BytesIO(content), explicit=True)


def found(content: bytes) -> list[Found]:
    given = document(content)
    recognised = registry().recognise(given.sample())
    assert recognised is not None
    assert (recognised.reader.name, recognised.sure) == ("ods", True)
    return list(recognised.reader.read(given))


def cells(content: bytes) -> list[FormCell]:
    """What the first sheet of a file shows."""
    sheet = next(opendocument_worksheets(document(content)))
    return list(sheet.table.cells)


def shown(cell: OdsCell) -> tuple[str, str]:
    (only,) = cells(workbook(table([OdsRow([cell])])))
    return only.text, notes_text(only.notes, None, "ja")


def form(changed: dict[tuple[int, int], OdsCell] | None = None) -> str:
    rows = [
        OdsRow([(changed or {}).get((row, column), OdsCell(text, "string")) for column, text in enumerate(line)])
        for row, line in enumerate(FORM)
    ]
    return table(rows)


def test_a_form_is_read_with_the_place_of_each_figure() -> None:
    ((sheet, problems),) = found(workbook(form()))
    assert sheet is not None
    actual = sheet.measures[0].actual
    assert (str(actual.value), actual.unit) == ("0.88", "%")
    assert actual.source is not None
    assert (actual.source.text, actual.source.cell) == ("88%", "D7")
    assert [problem.code for problem in problems if problem.severity == "error"] == []


plain_texts = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" \n"), max_size=12)
grids = st.lists(st.lists(plain_texts, min_size=1, max_size=5), min_size=1, max_size=5)


@given(grids, st.data())
def test_a_grid_shows_the_same_as_in_a_workbook_of_excel(grid: list[list[str]], data: st.DataObject) -> None:
    """Drawn texts, empty cells, repeated cells and rows: each text in its place, and nothing else."""
    grid = [[text.strip() for text in row] for row in grid]
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    rows: list[OdsRow] = []
    at = 1
    for line in grid:
        again = data.draw(st.integers(1, 3))
        written: list[OdsCell] = []
        wide: list[str] = []
        for text in line:
            times = data.draw(st.integers(1, 3))
            wide += [text] * times
            written.append(OdsCell(text, "string" if text else "", times=times))
        rows.append(OdsRow(written, times=again))
        for _ in range(again):
            for column, text in enumerate(wide, 1):
                if text:
                    page.cell(at, column).value = text
                    page.cell(at, column).data_type = "s"
            at += 1
    stream = io.BytesIO()
    book.save(stream)
    excel = next(worksheets(document(stream.getvalue(), "form.xlsx"), []))
    ours = cells(workbook(table(rows)))
    assert [(each.row, each.column, each.text) for each in ours] == [
        (each.row, each.column, each.text) for each in excel.table.cells
    ]


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(0, 3), st.sampled_from(("float", "percentage", "currency")))
def test_a_number_is_what_is_shown_and_says_what_the_file_holds(value: Decimal, places: int, kind: str) -> None:
    """Digits as the format prints them; a value rounded by the format, or without its sign, is told in the note."""
    held = value * 100 if kind == "percentage" else value
    text = f"{abs(held):,.{places}f}" + ("%" if kind == "percentage" else "")
    rounded = Decimal(text.replace(",", "").rstrip("%")) != abs(held)
    signed = ("△" if held < 0 else "") + text
    assert shown(OdsCell(signed, kind, f"{value}"))[0] == signed
    note = shown(OdsCell(signed, kind, f"{value}"))[1]
    assert ("丸めた" in note) == rounded
    if held < 0:
        # Shown in red, without a sign.
        assert shown(OdsCell(text, kind, f"{value}"))[0] == f"-{text}"


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(("float", "percentage")))
def test_a_number_without_a_text_shows_its_exact_value(value: Decimal, kind: str) -> None:
    """As some programs write numbers; no float comes between."""
    text, note = shown(OdsCell("", kind, f"{value}"))
    assert Decimal(text.rstrip("%")) == (value * 100 if kind == "percentage" else value)
    assert text.endswith("%") == (kind == "percentage")
    assert note == ""


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<text:p>10<text:span text:style-name='above'>2</text:span></text:p>", "10²"),
        ("<text:p>10<text:span text:style-name='high'>2</text:span></text:p>", "10²"),
        ("<text:p>10<text:span text:style-name='low'>2</text:span></text:p>", "10₂"),
        ("<text:p>10<text:span text:style-name='level'>2</text:span></text:p>", "102"),
        ("<text:p><text:span text:style-name='through'>10</text:span>12</text:p>", "12"),
        ("<text:p><text:span text:style-name='through too'>10</text:span></text:p><text:p>12</text:p>", "12"),
        ("<text:p><text:span text:style-name='through'>10</text:span></text:p>", "10"),
        ("<text:p>一<text:line-break/>二<text:tab/>三<text:s text:c='2'/>四</text:p>", "一\n二 三  四"),
        ("<office:annotation><text:p>注</text:p></office:annotation><text:p>43回</text:p>", "43回"),
        ("<text:p><text:ruby>達<text:ruby-text>たっ</text:ruby-text></text:ruby>成</text:p>", "達成"),
        ("<text:p>43<text:a>回</text:a></text:p>", "43回"),
    ],
)  # fmt: skip
def test_what_stands_in_a_paragraph(inside: str, text: str) -> None:
    """Notes above the line do not run together with a number; remarks and readings are no part of the text."""
    assert shown(OdsCell(kind="string", inside=inside))[0] == text


@pytest.mark.parametrize("rest", ["", "<text:p>12回</text:p>"])
def test_struck_out_text_is_told(rest: str) -> None:
    inside = f"<text:p><text:span text:style-name='through'>10回</text:span></text:p>{rest}"
    assert shown(OdsCell(kind="string", inside=inside))[1] == "取り消し線の付いた文字がある"


def test_kinds_without_a_text() -> None:
    assert shown(OdsCell("", "date", "2013-03-31T00:00:00"))[0] == "2013/03/31"
    assert shown(OdsCell("", "string", "未定"))[0] == "未定"


def test_merged_cells_span_and_what_they_cover_is_not_read() -> None:
    rows = [
        OdsRow([OdsCell("見出し", "string", rows=2, columns=2), OdsCell("隠れた字", "string", covered=True)]),
        OdsRow([OdsCell("これも", "string", covered=True, times=2), OdsCell("3回", "string")]),
    ]
    found = [(each.text, each.row, each.column, each.rows, each.columns) for each in cells(workbook(table(rows)))]
    assert found == [("見出し", 0, 0, 2, 2), ("3回", 1, 2, 1, 1)]


def test_what_is_hidden_is_read_and_told() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = [OdsRow([OdsCell("甲"), OdsCell("乙")]), OdsRow([OdsCell("丙")], hidden=True)]
    away = next(opendocument_worksheets(document(workbook(table(rows, columns=columns, style="away")))))
    assert away.hidden
    assert away.hidden_cells == 2
    assert [notes_text(each.notes, None, "ja") for each in away.table.cells] == [
        "非表示のシートにある",
        "非表示のシートにある；非表示の列にある",
        "非表示のシートにある；非表示の行にある",
    ]


def test_empty_rows_to_the_end_of_the_sheet_cost_nothing() -> None:
    rows = [OdsRow([OdsCell("甲")]), OdsRow([OdsCell(times=16_384)], times=1_048_570)]
    assert [each.text for each in cells(workbook(table(rows)))] == ["甲"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook(table([]), mimetype="application/vnd.oasis.opendocument.text"), "HY890"),
        (workbook(table([]), mimetype="application/vnd.oasis.opendocument.presentation"), "HY890"),
        (workbook(table([]), manifest="<manifest:encryption-data/>"), "HY850"),
        (workbook(table([OdsRow([OdsCell("甲")], times=1_000_000)])), "HY854"),
        (workbook(table([OdsRow([OdsCell("甲", times=16_000)], times=1_000)])), "HY854"),
        (workbook(table([])), "HY840"),
        (workbook(table([]))[:300], "HY895"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, code: str, tmp_path: Path) -> None:
    """Another file of the family, a password, too many cells, nothing in it, damage; for the reader and for the command."""
    with pytest.raises(HyoteiError) as refused:
        found(content)
    assert [problem.code for problem in refused.value.diagnostics] == [code]
    (tmp_path / "form.ods").write_bytes(content)
    done = inside("read", tmp_path / "form.ods")
    assert done.code == 2
    assert done.err.count("誤り: ") == 1
    assert code in done.err


def test_a_workbook_in_a_zip_and_a_folder_is_one_document(tmp_path: Path) -> None:
    import zipfile

    (tmp_path / "form.ods").write_bytes(workbook(form()))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "form.ods", "form.ods")
    done = inside("read", tmp_path)
    assert "読めたもの 2件" in done.err, done.err
