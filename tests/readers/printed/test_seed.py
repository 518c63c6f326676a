"""The 2013 sheet of the ministry printed as a form in each kind of file: the same figures, and the same rating."""

import io
from pathlib import Path

import pytest

from hyotei.inference.rate import rate
from hyotei.readers.sheet_of_file import sheets_of_file
from hyotei.sheet import Measure, Quantity, Sheet
from tests.readers import form_grid
from tests.readers.form_grid import Line, Spot

WRITERS = {"xlsx": form_grid.xlsx, "ods": form_grid.ods, "html": form_grid.html, "docx": form_grid.word}
FIGURES = ("baseline", "target", "actual")
AMOUNTS = ("initial", "supplementary", "carried_over", "total", "executed")
LABELS = ("当初予算（a）", "補正予算（b）", "繰越し等（c）", "合計（a＋b＋c）", "執行額")


def cell(measures: tuple[Measure, ...], role: str) -> str:
    """The figures of a column as the form prints them."""
    figures: list[Quantity] = [getattr(measure, role) for measure in measures]
    texts = [figure.source.text.partition("【")[0] if figure.source else "" for figure in figures]
    if len(measures) > 1:
        texts = [f"・{text}（{measure.label}）" for text, measure in zip(texts, measures, strict=True)]
    year = figures[0].fiscal_year
    return "\n".join([*texts, *([f"【{year - 1988}年度】"] if year else [])])


def form(sheet: Sheet) -> list[Line]:
    lines: list[Line] = [
        [Spot("平成25年度主要な政策に係る評価書", 1, 4)],
        [None, None, None, Spot("（総務省24－⑮）")],
        [Spot("政策名（※１）"), Spot(f"政策15：{sheet.title}"), Spot("分野"), Spot(sheet.field or "")],
        [Spot("基本目標"), Spot(sheet.goal or "", 1, 3)],
        [
            Spot("政策の予算額・執行額等", 6),
            Spot("区分"),
            *(Spot(f"{y.fiscal_year - 1988}年度") for y in sheet.budget_years),
        ],
    ]
    for label, name in zip(LABELS, AMOUNTS, strict=True):
        amounts = [getattr(year, name).value for year in sheet.budget_years]
        shown = ["" if value is None else f"{value / 1000:,.0f}" for value in amounts]
        lines.append([None, Spot(f"{label}（千円）"), *map(Spot, shown)])
    lines.append(
        [Spot("施策目標"), Spot("測定指標", 1, 2), None, *map(Spot, ("基準（値）", "実績（値）", "目標（値）"))]
    )
    for objective in sheet.objectives:
        for position, indicator in enumerate(objective.indicators):
            left = Spot(objective.name, len(objective.indicators)) if position == 0 else None
            cells = [Spot(cell(indicator.measures, role)) for role in ("baseline", "actual", "target")]
            lines.append([left, Spot(indicator.number or ""), Spot(indicator.name), *cells])
    claims = "\n".join(f"・{each.name}については、目標を達成することができた。" for each in sheet.objectives)
    lines.append([Spot("目標の達成状況"), Spot(claims, 1, 5)])
    lines.append([Spot("（評価区分）"), Spot("Ａ　　基本目標の達成に向けて相当の進展があった", 1, 5)])
    lines.append([Spot("政策に関する評価結果"), Spot("（平成26年度予算概算要求に向けた考え方）\nⅡ　予算の継続", 1, 5)])
    return lines


def meaning(figure: Quantity) -> tuple[object, ...]:
    return figure.value, figure.unknown, figure.unit, figure.qualifier, figure.fiscal_year


@pytest.mark.parametrize("kind", WRITERS)
def test_the_sheet_of_the_ministry_in_every_kind_of_file(kind: str, seed: Sheet, tmp_path: Path) -> None:
    """Every figure is that of the case, and the rulebook gives A and Ⅱ as it does for the case."""
    file = tmp_path / f"form.{kind}"
    file.write_bytes(WRITERS[kind](form(seed)))
    ((sheet, problems),) = sheets_of_file(file)
    assert sheet is not None, problems
    # The actual that is told in words has a number in them (6件), which is no level of anything.
    assert [each.code for each in problems if each.severity != "note"] == ["HY213"]
    for name in ("id", "title", "authority", "number", "policy", "field", "fiscal_year", "goal"):
        assert getattr(sheet, name) == getattr(seed, name), name
    for read, written in zip(sheet.measures, seed.measures, strict=True):
        assert read.label == written.label
        for role in FIGURES:
            assert meaning(getattr(read, role)) == meaning(getattr(written, role)), (read, role)
    for read_year, written_year in zip(sheet.budget_years, seed.budget_years, strict=True):
        for name in AMOUNTS:
            assert meaning(getattr(read_year, name))[:2] == meaning(getattr(written_year, name))[:2], name
    assert [each.claim for each in sheet.objectives] == [each.claim for each in seed.objectives]
    verdict = rate(sheet, "mic-2013")
    assert (verdict.rating, verdict.budget) == ("A", "Ⅱ")


def test_figures_know_their_cells(seed: Sheet) -> None:
    """A figure of a workbook names file, sheet and cell."""
    from hyotei.intake.input_file import InputFile
    from hyotei.readers.xlsx_reader import XlsxReader

    content = form_grid.xlsx(form(seed))
    ((sheet, _),) = XlsxReader().read(InputFile("form.xlsx", "form.xlsx", lambda: io.BytesIO(content), explicit=True))
    assert sheet is not None
    source = sheet.budget_years[0].initial.source
    assert source is not None
    assert (source.file, source.cell, source.text, source.reading) == ("form.xlsx", "C6", "3,955,984", "stated")
    assert source.place is not None
    assert source.place.startswith("シート「Sheet」、")
