"""Pages: encodings, merged cells, tables within tables, what is not printed, and pages that mean harm."""

import io

import pytest

from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import HyoteiError
from hyotei.readers.html_reader import HtmlReader, html_blocks
from hyotei.readers.printed.form_blocks import FormLine, FormTable
from hyotei.readers.reader import Found

FORM = """<tr><td>施策名<td>水環境の保全<tr><td>達成すべき目標<td>水をきれいにする
<tr><td>{first}<td>基準値<td>目標値<td>実績値
<tr><td>環境基準の達成率<td>80％<br>（23年度）<td>90％<td>{actual}"""


def page(body: str, encoding: str = "utf-8", meta: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{meta}</head><body>{body}</body></html>".encode(encoding)


def form(actual: str = "88％", first: str = "測定指標") -> str:
    title = "<h1>平成26年度実施施策に係る政策評価書</h1><p>（環境省26－③）</p>"
    return f"{title}<table>{FORM.format(actual=actual, first=first)}</table>"


def found(content: bytes) -> list[Found]:
    document = InputFile("form.html", "form.html", lambda: io.BytesIO(content), explicit=True)
    assert HtmlReader().sniff(document.sample()) > 0.5
    return list(HtmlReader().read(document))


def actual(content: bytes) -> tuple[str, str]:
    ((sheet, problems),) = found(content)
    assert sheet is not None, problems
    figure = sheet.measures[0].actual
    assert figure.source is not None
    return str(figure.value), figure.source.reading


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("cp932", '<meta charset="Shift_JIS">'),
        ("cp932", ""),
        ("euc_jis_2004", "<!-- nothing -->"),
        ("euc_jis_2004", '<meta http-equiv="Content-Type" content="text/html; charset=EUC-JP">'),
        ("utf-16", ""),
        ("utf-8", '<meta charset="shift_jis">'),
    ],
)
def test_a_page_in_any_encoding(encoding: str, meta: str) -> None:
    """What the page says of its encoding is believed as long as it fits."""
    content = page(form().replace("－", "-"), encoding, meta)
    assert actual(content) == ("0.88", "stated")


def test_a_page_in_the_encoding_of_mail() -> None:
    """ISO-2022-JP has no ③, and is known by its escapes."""
    assert actual(page(form().replace("③", "(3)").replace("－", "-"), "iso2022_jp")) == ("0.88", "stated")


def test_tables_in_cells_are_tables_of_their_own() -> None:
    """A table that only lays out the page does not hide the one inside it."""
    inner = form()
    assert actual(page(f"<table><tr><td><div>{inner}</div><tr><td>終わり</table>")) == ("0.88", "stated")


def test_what_a_page_does_not_show_is_marked() -> None:
    assert actual(page(form('<span style="display: none">88％</span>'))) == ("0.88", "inferred")


def test_scripts_and_readings_are_no_text() -> None:
    """A script in a cell, and how a word is read, are not part of it."""
    first = "<ruby>測定指標<rt>そくていしひょう</rt></ruby><script>alert(1)</script>"
    assert actual(page(form(first=first))) == ("0.88", "stated")


def test_a_raised_digit_is_no_digit_of_the_figure() -> None:
    assert actual(page(form("88<sup>2</sup>")))[0] != "882"
    assert actual(page(form("88<sub>2</sub>")))[0] != "882"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("<s>70％</s>88％", "0.88"),
        ("88<del>7</del>％", "0.88"),
        ('<span style="text-decoration: line-through">70％</span><br>88％', "0.88"),
        ("<strike><b>70</b>％</strike> <ins>88％</ins>", "0.88"),
        ("<s>88％</s>", "0.88"),
    ],
)
def test_what_is_struck_out_is_no_part_of_the_figure(printed: str, value: str) -> None:
    """The figure beside it counts; one that stands alone is not simply stated."""
    assert actual(page(form(printed))) == (value, "inferred")


def blocks(body: str) -> list[FormLine | FormTable]:
    document = InputFile("x.html", "x.html", lambda: io.BytesIO(b""), explicit=True)
    return html_blocks(page(body).decode(), document)


def test_spans_move_the_cells_behind_them() -> None:
    """A cell over two rows pushes the cells of the next row to the right, and 0 reaches to the end of the table."""
    (table,) = blocks("<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td rowspan=0>d<tr><td>e</table>")
    assert isinstance(table, FormTable)
    places = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells}
    assert places == {"a": (0, 0, 2, 1), "b": (0, 1, 1, 2), "c": (1, 1, 1, 1), "d": (1, 2, 2, 1), "e": (2, 0, 1, 1)}


def test_the_order_of_reading_is_kept_around_inner_tables() -> None:
    found = blocks("前<table><tr><td>一<tr><td>二<table><tr><td>内</table><tr><td>三</table>後")
    texts = [each.text if isinstance(each, FormLine) else [cell.text for cell in each.cells] for each in found]
    assert texts == ["前", ["一", "二"], ["内"], ["三"], "後"]


def test_a_page_about_something_else_is_left_alone_unless_named() -> None:
    """In a folder an ordinary page is passed over; one that the user names is read, and fails with a message."""
    content = page("<table><tr><td>買い物</table>")
    assert 0.05 < HtmlReader().sniff(Sample("x.html", content)) < 0.5
    ((sheet, problems),) = HtmlReader().read(InputFile("x.html", "x.html", lambda: io.BytesIO(content)))
    assert sheet is None
    assert [each.code for each in problems] == ["HY252"]


def test_an_encoding_that_fits_nothing_is_told() -> None:
    with pytest.raises(HyoteiError) as caught:
        list(HtmlReader().read(InputFile("x", "x", lambda: io.BytesIO(b"<html>\xff\xff\x80<table>"))))
    assert [each.code for each in caught.value.diagnostics] == ["HY858"]


def test_enormous_spans_and_deep_nesting_cost_nothing() -> None:
    """Spans are bounded, and nesting beyond what the parser takes ends in an answer."""
    body = "<table><tr><td rowspan=99999999 colspan=99999999>a<td>b</table>" + "<div>" * 5_000 + "c"
    assert blocks(body)
    assert blocks("<table><tr><td>" * 300 + "x") is not None
