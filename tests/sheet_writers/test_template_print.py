"""The empty forms in print: what is written into them, with several measures in a cell, reads back whole from the PDF."""

import shutil
import subprocess
from pathlib import Path

import pytest

from hyotei.readers.sheet_of_file import read_sheet
from hyotei.sheet import Sheet
from hyotei.sheet_writers.form_template import (
    GOVERNMENT_INDICATORS,
    INDICATORS,
    OBJECTIVES,
    YEARS,
    FormKind,
    Template,
    template,
    write_template,
)

YEAR_NAMES = ("平成22年度", "平成23年度", "平成24年度", "平成25年度")
LABELS = ("見学会", "講習会", "専門家の会合")


def figure(number: int, measures: int) -> str | int:
    """A figure, or several with their labels on a line each."""
    return number if measures == 1 else "\n".join(f"・{number + each}回（{LABELS[each]}）" for each in range(measures))


def filled(kind: FormKind) -> Template:
    form = template(kind, years=YEAR_NAMES)
    page = form.book[form.sheet]

    def put(name: tuple[str | int, ...], value: str | int) -> None:
        page[form.fields[name]] = value

    put(("authority",), "総務省")
    put(("number",), "総務省24-⑮")
    put(("year",), "平成24年度")
    put(("title",), "政策15：交流の推進")
    put(("goal",), "交流を進める")
    put(("budget", "unit"), "千円")
    for position in range(YEARS):
        put(("budget", "year", position), YEAR_NAMES[position])
        for row, name in enumerate(("initial", "supplementary", "carried_over", "total", "executed"), 1):
            put(("budget", name, position), 1000 * row + position)
    if kind == "mic":
        for objective in range(OBJECTIVES):
            put(("objective", objective), f"目標{objective + 1}を達成すること")
            put(("claim", objective), "達成")
            for position in range(INDICATORS):
                key, number = (objective, position), INDICATORS * objective + position + 1
                put(("number", *key), number)
                put(("name", *key), f"地域の交流のために開いた見学会や講習会、専門家の会合の回数（{number}）")
                put(("unit", *key), "回")
                for place, name in enumerate(("baseline", "target", "actual")):
                    put((name, *key), figure(10 * number + place, 1 + position % 3))
                    put((f"{name}_year", *key), YEAR_NAMES[1 if name == "baseline" else 2])
        return form
    for position in range(YEARS):
        put(("year", position), YEAR_NAMES[position])
    for position in range(GOVERNMENT_INDICATORS):
        put(("number", position), position + 1)
        put(("name", position), f"地域の交流のために開いた見学会や講習会、専門家の会合の回数（{position + 1}）")
        put(("unit", position), "回")
        put(("baseline", position), figure(position, 1 + position % 3))
        put(("baseline_year", position), YEAR_NAMES[0])
        for year in range(YEARS - 1):
            put(("target", position, year), figure(10 * position + year, 1 + position % 3))
            put(("actual", position, year), figure(20 * position + year, 1 + position % 3))
    return form


def told(sheet: Sheet) -> list[tuple[object, ...]]:
    """Everything that the sheet says in figures."""
    figures: list[tuple[object, ...]] = [
        (
            indicator.name,
            measure.label,
            *(getattr(measure, name).value for name in ("baseline", "target", "actual", "final_target")),
            *((point.fiscal_year, point.target.value, point.actual.value) for point in measure.series),
        )
        for indicator in sheet.indicators
        for measure in indicator.measures
    ]
    names = ("initial", "supplementary", "carried_over", "total", "executed")
    return [
        *figures,
        *((year.fiscal_year, *(getattr(year, name).value for name in names)) for year in sheet.budget_years),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["mic", "government"])
def test_the_print_of_a_form_that_is_full_reads_back_whole(kind: FormKind, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    file = tmp_path / "form.xlsx"
    write_template(filled(kind), file)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    expected = told(read_sheet(file))
    assert len(expected) > GOVERNMENT_INDICATORS + YEARS
    assert told(read_sheet(tmp_path / "form.pdf")) == expected


@pytest.mark.parametrize("kind", ["mic", "government"])
def test_rows_of_figures_have_room_for_three_lines_at_any_number_of_pages(kind: FormKind) -> None:
    form = template(kind)
    page = form.book[form.sheet]
    for name, place in form.fields.items():
        if name[0] in ("baseline", "target", "actual"):
            assert page.row_dimensions[page[place].row].height >= 3 * 1.5 * page[place].font.size
    assert page.page_setup.fitToHeight == 0
