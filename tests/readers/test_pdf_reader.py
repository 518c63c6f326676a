"""Sheets in PDF, from the file to the figures: the ministry's own, generated ones in many prints, and files that are none."""

import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.readers import read_sheet, read_sheet_file
from hyotei.readers.pdf.processor_time import Watch
from hyotei.readers.pdf.worker import read
from hyotei.readers.pdf_reader import PdfReader
from hyotei.readers.printed import read_form
from hyotei.readers.printed.form_blocks import FormTable
from hyotei.sheet import Sheet
from tests.cli.command import hyotei
from tests.readers import form_grid, government_form, pdf_files
from tests.readers.evaluation_compare import differences, same
from tests.readers.evaluation_generator import Facts, Figure, Goal, Row, facts
from tests.readers.evaluation_render import Style, styles
from tests.readers.form_render import FormStyle, form_styles
from tests.readers.pdf_render import EMBEDDED, Print, Printer, grid_pdf, ministry, print_ministry, prints
from tests.readers.pdf_seed import print_seed
from tests.readers.test_evaluation_text import AMOUNTS, FIGURES, meaning, measures

# ☑ is in no font of Adobe-Japan1.
PLAIN = styles.filter(lambda style: style.choices != "box")


def in_process(data: bytes) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """What is read without another process, which would take most of the time of a test with many examples."""
    blocks = (each for each in read(io.BytesIO(data), Watch()) if not isinstance(each, tuple))
    (found,) = read_form(blocks, "sheet.pdf")
    return found.sheet, found.problems


def in_silence(known: Facts, data: bytes) -> list[str]:
    """Figures that were read otherwise than printed, without a word about it."""
    sheet, problems = in_process(data)
    assert sheet is not None, [problem.text() for problem in problems]
    return [what for how, what in differences(known, sheet, problems) if how == "silent"]


everything = settings(suppress_health_check=list(HealthCheck))


# The ministry's sheet


@pytest.mark.parametrize(
    "embedded", [False, pytest.param(True, marks=pytest.mark.skipif(not EMBEDDED, reason="no IPA font"))]
)
def test_the_sheet_of_the_case_is_read_from_its_form(embedded: bool, root: Path, tmp_path: Path) -> None:
    """The form of the ministry with the facts of the case: every figure of the case, and A and Ⅱ as recorded."""
    case = read_sheet(root / "cases/mic-24-15/sheet.yaml")
    printer = Printer(Print(text=None, embedded=embedded, height=600))
    print_seed(printer)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(printer.pdf())
    sheet, problems = read_sheet_file(file)
    assert sheet is not None
    assert not [problem.text() for problem in problems if problem.severity == "error"]
    assert measures(sheet) == measures(case)
    for found, written in zip(sheet.budget_years, case.budget_years, strict=True):
        for name in AMOUNTS:
            assert meaning(getattr(found, name)) == meaning(getattr(written, name)), (found.fiscal_year, name)
    for name in ("title", "authority", "number", "policy", "field", "fiscal_year", "document"):
        assert getattr(sheet, name) == getattr(case, name), name
    assert (sheet.recorded.rating, sheet.recorded.budget) == ("A", "Ⅱ")
    for measure in sheet.measures:
        for name in FIGURES:
            source = getattr(measure, name).source
            assert (source.file, source.page is not None) == ("sheet.pdf", True)
            assert "表" in source.place
    total = sheet.budget_years[0].total.source
    assert total is not None
    assert (total.text, total.page, total.reading) == ("4,953,860", 1, "stated")


def test_rate_derives_the_rating_from_the_pdf(tmp_path: Path) -> None:
    """`hyotei rate sheet.pdf` gives rating A and recommendation Ⅱ."""
    printer = Printer(Print(text=None))
    print_seed(printer)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(printer.pdf())
    done = hyotei("rate", file, "--rulebook", "mic-2013", cwd=tmp_path)
    assert done.code == 0, done.err
    lines = [line.split() for line in done.out.splitlines()]
    assert ["評価区分", "A"] in [line[:2] for line in lines]
    assert ["予算の方向", "Ⅱ"] in [line[:2] for line in lines]


# Generated sheets


@settings(everything, max_examples=12)
@given(facts(), prints(PLAIN))
def test_ruled_forms_are_right_or_marked(known: Facts, way: Print) -> None:
    """Lines double or single, sides open, pages short, headings repeated or not: nothing is wrong in silence."""
    assert in_silence(known, ministry(known, way)) == []


@settings(everything, max_examples=8)
@given(facts(), prints(PLAIN, ruled=st.just(False), height=st.just(842), size=st.sampled_from((7.0, 9.0))))
def test_forms_without_lines_are_right_or_marked(known: Facts, way: Print) -> None:
    """The same without any line: columns are told from the places of texts, and marked as such."""
    assert in_silence(known, ministry(known, way)) == []


@settings(everything, max_examples=10)
@given(facts(), prints(PLAIN, height=st.just(842), size=st.just(7.0)))
def test_most_of_a_ruled_form_on_whole_pages_is_read_as_stated(known: Facts, way: Print) -> None:
    """A table with lines is no matter of guessing: its amounts and figures are stated, or the sheet is at odds with itself."""
    sheet, problems = in_process(ministry(known, way))
    assert sheet is not None
    wrong = [what for how, what in differences(known, sheet, problems) if how != "inferred"]
    assert wrong == []
    readings = [
        quantity.source.reading
        for measure in sheet.measures
        for name in FIGURES
        if (quantity := getattr(measure, name)).source is not None and quantity.value is not None
    ]
    assert readings.count("stated") >= 0.8 * len(readings)


def test_several_sheets_of_one_pdf_are_told_apart() -> None:
    """Each begins anew, on a page of its own or not."""
    known = [_known(each) for each in (1, 2, 3)]
    printer = Printer(Print(text=STYLE))
    for position, each in enumerate(known):
        if position == 1:
            printer.new_page()
        print_ministry(printer, each)
    found = list(PdfReader().read(_document(printer.pdf())))
    assert [each.sheet.title for each in found if each.sheet] == [each.title for each in known]
    for each, one in zip(known, found, strict=True):
        assert one.sheet is not None
        assert [what for how, what in differences(each, one.sheet, one.problems) if how == "silent"] == []


def _known(serial: int) -> Facts:
    """Facts of an ordinary sheet, other ones for each number."""
    names = (("講習会の開催回数", "回"), ("相談の受付件数", "件"), ("施設の利用率", "%"))
    rows = tuple(
        Row(
            number,
            f"消防に関する{name}",
            (
                (
                    None,
                    {
                        "baseline": Figure(Decimal(10 * serial + number), unit, year=2010),
                        "target": Figure(Decimal(12 * serial + number), unit, "以上", 2012),
                        "actual": Figure(Decimal(13 * serial + number), unit, year=2012),
                    },
                ),
            ),
        )
        for number, (name, unit) in enumerate(names, 1)
    )
    budget: dict[int, dict[str, int | None]] = {
        year: {
            "initial": 5000 * serial + year,
            "supplementary": -serial,
            "carried_over": 7,
            "total": 5000 * serial + year - serial + 7,
            "executed": 4000 * serial + year if year < 2012 else None,
        }
        for year in (2010, 2011, 2012)
    }
    goal = Goal("消防の体制の強化", "achieved", rows)
    title = f"港湾における第{serial}の安全の確保"
    return Facts("総務省", serial, 2012, title, serial, (goal,), "千円", budget, None, "A", "Ⅱ", rows)


STYLE = Style(
    ("baseline", "actual", "target"), False, "△", False, 20, "below", "circle", False, False, False, False, False, False
)


# Files that are no sheets, or harm


def _document(data: bytes, explicit: bool = True) -> InputFile:
    return InputFile("x.pdf", "x.pdf", lambda: cast(BinaryIO, io.BytesIO(data)), explicit)


def told(data: bytes, explicit: bool = True) -> list[str]:
    """The codes of what is said of a file without any sheet."""
    try:
        found = list(PdfReader().read(_document(data, explicit)))
    except HyoteiError as error:
        return [problem.code for problem in error.diagnostics]
    assert all(each.sheet is None for each in found)
    for each in found:
        for problem in each.problems:
            assert problem.text("ja").endswith("。")
            assert problem.text("en")
    return [problem.code for each in found for problem in each.problems]


TEXT = b"BT /F1 10 Tf 50 700 Td (12345) Tj ET"
WHOLE = pdf_files.one_page(TEXT, pdf_files.HELVETICA)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param(b"", ["HY104"], id="empty file"),
        pytest.param(b"plain text", ["HY862"], id="no PDF"),
        pytest.param(pdf_files.HEADER + bytes(range(256)) * 40, ["HY862"], id="garbage"),
        pytest.param(WHOLE[:300], ["HY862"], id="cut off"),
        pytest.param(WHOLE.replace(b"/Contents 4 0 R", b"/Contents 9 0 R"), ["HY874"], id="content lost"),
        pytest.param(pdf_files.one_page(b"junk", extra=b"/Filter /FlateDecode"), ["HY874"], id="content damaged"),
        pytest.param(pdf_files.one_page(b""), ["HY862"], id="nothing printed"),
        pytest.param(pdf_files.circle(), ["HY862"], id="pages in a circle"),
        pytest.param(pdf_files.deep_tree(20_000), ["HY874"], id="pages nested deep"),
        pytest.param(pdf_files.images_only(2), ["HY863"], id="scanned"),
        pytest.param(pdf_files.nameless_font(), ["HY866"], id="font without ToUnicode"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_once(data: bytes, codes: list[str]) -> None:
    """One message for each thing that is wrong, never a traceback."""
    assert told(data) == codes


@pytest.mark.parametrize(("user", "code"), [("secret", ["HY861"]), ("", ["HY252"])])
def test_a_password_to_open_is_told_and_one_against_changes_is_none(user: str, code: list[str]) -> None:
    """A file that opens without a password is read, whatever else it forbids."""
    target = io.BytesIO()
    locked = StandardEncryption(user, ownerPassword="owner", canPrint=0, canCopy=0, strength=128)
    canvas = Canvas(target, encrypt=locked)
    canvas.drawString(50, 700, "12345")
    canvas.save()
    assert told(target.getvalue()) == code


def test_nothing_in_a_file_is_run(tmp_path: Path) -> None:
    """A script on opening, a program to start and an attachment are no part of what is printed."""
    lines = [each for each in read(io.BytesIO(pdf_files.active()), Watch()) if not isinstance(each, tuple)]
    assert [getattr(each, "text", None) for each in lines] == ["12345"]
    assert told(pdf_files.active()) == ["HY252"]
    assert not list(tmp_path.iterdir())


def test_pages_of_a_folder_that_are_no_sheets_are_only_noted() -> None:
    """A PDF that happens to lie in a folder is left out with a note; one that was named is told to be none."""
    assert told(WHOLE, explicit=False) == ["HY806"]
    assert told(WHOLE) == ["HY252"]


@pytest.mark.parametrize(
    ("encoding", "codec"), [("90ms-RKSJ-H", "cp932"), ("UniJIS-UTF16-H", "utf-16-be"), ("EUC-H", "euc-jp")]
)
def test_encodings_of_adobe_japan1_are_known(encoding: str, codec: str) -> None:
    """Fonts that are not embedded name their characters by their encoding."""
    data = pdf_files.cid_text("評価", encoding, "評価書１２３△４".encode(codec))
    (line,) = read(io.BytesIO(data), Watch())
    assert getattr(line, "text", None) == "評価書１２３△４"


def test_vertical_fonts_are_read_downwards() -> None:
    """A font of vertical writing prints a column, with its brackets upright."""
    data = pdf_files.cid_text("評価", "UniJIS-UTF16-V", "評価書（一）について".encode("utf-16-be"))
    (line,) = read(io.BytesIO(data), Watch())
    assert getattr(line, "text", None) == "評価書（一）について"


def test_a_figure_with_an_unknown_character_is_not_used() -> None:
    """One private character in a figure leaves it open: it may have been a digit or a minus."""
    from hyotei.sheet.quantity import read_quantity

    for text in ("1\ufffd3回", "\ufffd660千円", "3\ufffd回", "7回【2\ufffd年度】"):
        quantity, problems = read_quantity(text)
        assert quantity.value is None
        assert quantity.source is not None
        assert quantity.source.reading == "ambiguous"
        assert problems


def test_a_damaged_page_costs_only_itself() -> None:
    """The other pages are read, and the lost one is named."""
    printer = Printer(Print(text=STYLE, page_numbers=False))
    print_ministry(printer, _known(4))
    printer.new_page()
    printer.line("ZZZZ")
    data = printer.pdf(pageCompression=0)
    start = data.rindex(b"/Contents")
    lost = data[:start] + data[start:].replace(b"/Contents", b"/Contents 999 0 R /Old", 1)
    for whole, codes in ((data, []), (lost, ["HY874"])):
        (found,) = PdfReader().read(_document(whole))
        assert found.sheet is not None
        assert [problem.code for problem in found.problems if problem.code.startswith("HY87")] == codes


def test_the_format_is_told_by_content() -> None:
    """PDFs begin with their mark, perhaps behind some bytes of a mail program."""
    reader = PdfReader()
    assert reader.sniff(Sample("a.txt", WHOLE)) == 1.0
    assert reader.sniff(Sample("a.pdf", b"\r\n\r\n" + WHOLE)) > 0.5
    assert reader.sniff(Sample("a.pdf", b"no PDF at all")) == 0.0


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says which extra to install."""
    import hyotei.readers.pdf_reader as module

    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    with pytest.raises(HyoteiError) as caught:
        list(PdfReader().read(_document(WHOLE)))
    assert [problem.code for problem in caught.value.diagnostics] == ["HY860"]
    assert "hyotei[readers]" in caught.value.diagnostics[0].text()


def test_figures_keep_their_page_across_page_ends() -> None:
    """In a form over many short pages every figure names the page on which it is printed."""
    known = _known(5)
    data = ministry(known, Print(text=STYLE, height=360, size=9))
    sheet, _ = in_process(data)
    assert sheet is not None
    pages = [measure.actual.source.page for measure in sheet.measures if measure.actual.source is not None]
    told_of = [page for page in pages if page is not None]
    assert len(told_of) == len(sheet.measures) == 3
    assert 1 < told_of[0] <= told_of[-1]
    assert all(first <= second for first, second in pairwise(told_of))


# Other forms and other programs


@settings(everything, max_examples=8)
@given(known=facts().flatmap(government_form.year_facts), style=form_styles, data=st.data())
def test_the_government_wide_form_is_right_or_marked(
    known: government_form.YearFacts, style: FormStyle, data: st.DataObject
) -> None:
    """Rows of years in cells that wrap as they like: every figure that is read as stated is the one printed."""
    (table,) = form_grid.blocks(government_form.government(known, style, data.draw))
    assert isinstance(table, FormTable)
    sheet, _ = in_process(grid_pdf(table))
    assert sheet is not None
    assert sheet.title == known.facts.title
    read_measures = {indicator.name: indicator for indicator in sheet.indicators}
    for row in known.facts.rows:
        for label, figures in row.measures:
            indicator = read_measures.get(row.name)
            measure = next((each for each in indicator.measures if each.label == label), None) if indicator else None
            for role in ("target", "actual"):
                quantity = getattr(measure, role) if measure is not None else None
                if quantity is not None and quantity.value is not None and quantity.source.reading == "stated":
                    assert same(figures[role], quantity)


class _Web:
    """Prints a form as HTML, with the methods of `Printer`."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def line(self, text: str) -> None:
        self.parts.append(f"<p>{escape(text)}</p>")

    def gap(self) -> None:
        self.parts.append("<br>")

    def table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        spans: Sequence[tuple[int, int, int, int]] = (),
        heading: int = 0,
    ) -> None:
        covered = {(y, x) for x0, y0, x1, y1 in spans for y in range(y0, y1 + 1) for x in range(x0, x1 + 1)}
        begun = {(y0, x0): (y1 - y0 + 1, x1 - x0 + 1) for x0, y0, x1, y1 in spans}
        self.parts.append('<table border="1" cellspacing="0" width="100%" style="border-collapse:collapse">')
        for y, row in enumerate(rows):
            cells = ""
            for x, text in enumerate(row):
                if (y, x) in covered and (y, x) not in begun:
                    continue
                down, along = begun.get((y, x), (1, 1))
                width = "" if along > 1 else f' width="{100 * widths[x] / sum(widths):.0f}%"'
                inside = escape(text).replace("\n", "<br>")
                cells += f'<td rowspan="{down}" colspan="{along}"{width} style="border:1px solid #000">{inside}</td>'
            self.parts.append(f"<tr>{cells}</tr>")
        self.parts.append("</table>")

    def page(self) -> str:
        style = "@page{size:A4 landscape;margin:10mm} body,td,p{font-family:IPAGothic,IPAMincho,serif;font-size:8pt;margin:1pt}"
        return (
            f'<html><head><meta charset="utf-8"><style>{style}</style></head><body>{"".join(self.parts)}</body></html>'
        )


_BROWSER = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


@pytest.mark.slow
@pytest.mark.parametrize("program", ["chromium", "soffice"])
def test_what_other_programs_print_is_read(program: str, root: Path, tmp_path: Path) -> None:
    """The form of the case printed by a browser and by LibreOffice: subsets of fonts, boxes for lines, rows cut by the page."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    web = _Web()
    print_seed(cast(Printer, web))
    page = tmp_path / "form.html"
    page.write_text(web.page(), encoding="utf-8")
    if program == "chromium":
        command = [*_BROWSER, f"--user-data-dir={tmp_path}/u", f"--print-to-pdf={tmp_path}/form.pdf", str(page)]
    else:
        command = [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/lo",
            "--headless",
            "--infilter=HTML (StarWriter)",
        ]
        command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(page)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    case = read_sheet(root / "cases/mic-24-15/sheet.yaml")
    sheet, problems = read_sheet_file(tmp_path / "form.pdf")
    assert sheet is not None, [problem.text() for problem in problems]
    assert measures(sheet) == measures(case)
    for found, written in zip(sheet.budget_years, case.budget_years, strict=True):
        for name in AMOUNTS:
            assert meaning(getattr(found, name)) == meaning(getattr(written, name)), (found.fiscal_year, name)
    assert (sheet.title, sheet.recorded.rating, sheet.recorded.budget) == (case.title, "A", "Ⅱ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "codes"),
    [
        pytest.param(lambda: pdf_files.many_objects(1_000_000), ["HY252"], id="10^6 objects"),
        pytest.param(lambda: pdf_files.one_page(b" " * 1_500_000_000, packed=True), ["HY870"], id="unfolds to 1.5 GB"),
        pytest.param(
            lambda: pdf_files.one_page(b"0 0 m 1 1 l S\n" * 3_000_000, packed=True), ["HY869"], id="draws without end"
        ),
    ],
)
def test_a_file_that_asks_for_too_much_is_stopped(make: Callable[[], bytes], codes: list[str]) -> None:
    """Time and memory of a page are bounded, and what was too much is told."""
    assert told(make()) == codes
