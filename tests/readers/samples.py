"""Valid documents of every format by the name of its reader, from which damaged ones are made.

A reader without samples fails the test that asks for them: whoever adds one adds its samples here.
"""

import functools
import gzip
import io
import zipfile
from collections.abc import Callable

from tests.conftest import ROOT
from tests.readers.judgit_records import executed, outcome, point, record
from tests.readers.test_rs_csv_reader import BUDGET, LOGIC, OUTLINE, VERDICT, common, table, total

FORM = (
    ("政策名", "安全な水の供給（総務省24－⑮）"), ("分野", "水"), ("基本目標", "安全な水を供給すること。"),
    ("政策の予算額・執行額等", "区分 22年度 23年度 24年度"), ("予算の状況", "（千円）"), ("当初予算(a)", "100 200 300"),
    ("補正予算(b)", "10 0 -5"), ("繰越し等(c)", "0 0 0"), ("合計(a+b+c)", "110 200 295"), ("執行額", "90 180"),
    ("施策目標", "水道を広げること"), ("測定指標", "基準(値) 実績(値) 目標(値)"),
    ("1 講習の回数", "３回【22年度】 ５回【24年度】 ４回以上【24年度】"),
    ("目標の達成状況", "水道を広げることについては、目標を達成した。"),
    ("評価区分", "○Ａ 基本目標の達成に向けて相当の進展があった"),
    ("政策に関する評価結果", "○Ⅱ 予算の継続"), ("政策評価実施時期", "平成25年８月"),
)  # fmt: skip
"""The parts of a printed form, for the formats that print it."""


def sheet() -> list[bytes]:
    case = (ROOT / "cases" / "mic-24-15" / "sheet.yaml").read_bytes()
    small = "id: x\ntitle: 題\nauthority: 総務省\nfiscal_year: 平成24年度\namounts_in: 千円\n"
    small += "measures:\n  - {target: 5回以上, actual: ３回, baseline: 1回}\n"
    budget = "budget:\n  - {fiscal_year: 2012, total: 10, executed: 9}\n"
    return [small.encode(), (small + budget).encode(), case[:3000], canonical()[0].replace(b"\n", b" ")]


def text() -> list[bytes]:
    form = "\n\n".join(f"{heading}\n{content}" for heading, content in FORM)
    return [form.encode(), form.replace("\n\n", "\n").encode()]


def judgit() -> list[bytes]:
    points = ", ".join((point(2016, "5.0", "6.0"), point(2017, "7.0", "0.0")))
    first = record(executed(2017, *["1.0"] * 5, "5.0", "4.0"), outcome(points, final='"12"', year="2020"))
    output = '{"活動指標": "回数", "単位": "回", "活動実績": [{"年度": 2016, "活動実績": 3.0, "当初見込み": 2.0}]}'
    second = record(
        '{"年度": 2019, "要求額": 7.0}', outputs=output, more=', "開始年度": 2010, "会計区分": ["一般会計"]'
    )
    return [first.encode(), f"{first}\n{second}".encode()]


@functools.cache
def _canonical() -> tuple[bytes, ...]:
    import hyotei
    from hyotei.intake.input_file import InputFile
    from hyotei.readers.registry import registry

    whole = hyotei.read_sheet(ROOT / "cases" / "mic-24-15" / "sheet.yaml").model_dump_json(by_alias=True).encode()
    document = InputFile("x", "x", lambda: io.BytesIO(judgit()[1]))
    lines = [
        found.sheet.model_dump_json(by_alias=True).encode()
        for found in registry().named("judgit").read(document)
        if found.sheet is not None
    ]
    return b"\n".join(lines), lines[0], whole[:4000]


def canonical() -> list[bytes]:
    return list(_canonical())


def rs() -> list[bytes]:
    head = (*common(3), "1-1", "アウトカム", "1.短期", "減らす", "事故件数", "件", "下がると良い指標")
    years = [
        (*head, "1.目標年度", "", "", "目標年度"),
        (*head, "2.目標値", "8", "7", "5"),
        (*head, "3.実績値", "9", "6", ""),
    ]
    verdict = ("よい", "現状通り", "ー", "縮減", "-5", "労働保険", "雇用勘定", "-7.0", "公開プロセス", "2022")
    outline = ("目的", "前年度事業", "2014", "TRUE", "経費1", "1", "", "2023-総務-22-0001")
    return [
        table(BUDGET, [total(n, 2023, "10", "0", "5", "0", "15", "6", "0.4", "9", "20.0") for n in (1, 2)]),
        table(LOGIC, years),
        table(VERDICT, [(*common(2), *verdict)]),
        table(OUTLINE, [(*common(2), *outline)]),
    ]


def html() -> list[bytes]:
    rows = "".join(f"<tr><th>{heading}</th><td colspan=2>{content}</td></tr>" for heading, content in FORM)
    return [f"<html><meta charset=utf-8><body><h1>評価書</h1><table>{rows}</table></body></html>".encode()]


@functools.cache
def xlsx() -> list[bytes]:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in FORM:
        page.append([row[0], *row[1].split(" ")])
    page.merge_cells("B1:D1")
    out = io.BytesIO()
    book.save(out)
    return [out.getvalue()]


def sheets() -> list[bytes]:
    """Lists of sheets: as Hyotei writes them, and as people do in YAML."""
    listed = b",\n".join(line.strip() for each in canonical() for line in each.splitlines()[:2])
    by_hand = "sheets:\n" + "".join(
        "- " + "\n  ".join(each.decode().strip().splitlines()) + "\n" for each in sheet()[:1]
    )
    return [b'{"schema": "hyotei.sheets/1", "sheets": [\n' + listed + b"\n]}\n", by_hand.encode()]


@functools.cache
def ods() -> list[bytes]:
    from tests.readers.ods_render import OdsCell, OdsRow, table, workbook

    rows = [OdsRow([OdsCell(each, "string") for each in (row[0], *row[1].split(" "))]) for row in FORM]
    return [workbook(table(rows))]


def csv() -> list[bytes]:
    """A list and a printed form, as Excel and as others write them."""
    rows = [
        "番号,事業名,指標名,単位,目標値,実績値,決算額（千円）",
        '1,図書館,貸出冊数,冊,100,95,"1,200"',
        "2,公園,苦情,件,5,6,800",
        "",
    ]
    listed = "\r\n".join(rows)
    printed = "\r\n".join(",".join(f'"{cell}"' for cell in row[:2]) for row in FORM) + "\r\n"
    return [listed.encode("cp932"), listed.encode("utf-8-sig"), printed.encode()]


@functools.cache
def docx() -> list[bytes]:
    import docx as word

    written = word.Document()
    grid = written.add_table(rows=0, cols=2)
    for heading, content in FORM:
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = heading, content
    out = io.BytesIO()
    written.save(out)
    return [out.getvalue()]


@functools.cache
def pdf() -> list[bytes]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    canvas.setFont("HeiseiKakuGo-W5", 10)
    for position, (heading, content) in enumerate(FORM):
        canvas.drawString(50, 800 - 20 * position, heading)
        canvas.drawString(200, 800 - 20 * position, content)
        canvas.rect(45, 795 - 20 * position, 500, 20)
    canvas.save()
    return [out.getvalue()]


SAMPLES: dict[str, Callable[[], list[bytes]]] = {
    "sheet": sheet,
    "sheets": sheets,
    "evaluation-text": text,
    "ndjson": canonical,
    "judgit": judgit,
    "rs": rs,
    "csv": csv,
    "html": html,
    "xlsx": xlsx,
    "ods": ods,
    "docx": docx,
    "pdf": pdf,
}
"""Samples by the name of the reader."""


def containers() -> list[bytes]:
    """Documents in zips, zips in zips, gz and zst."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", judgit()[0])
        archive.writestr("総務省/b.csv", rs()[0])
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", out.getvalue())
        archive.writestr("c.yaml.gz", gzip.compress(sheet()[0]))
    found = [out.getvalue(), outer.getvalue(), gzip.compress(judgit()[1])]
    try:
        import zstandard
    except ImportError:
        return found
    return [*found, zstandard.compress(judgit()[1])]
