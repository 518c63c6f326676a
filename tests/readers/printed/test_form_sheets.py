"""Forms with tables: generated ones of both kinds, in every way of printing them, and in every kind of file."""

import io
from collections.abc import Callable
from typing import BinaryIO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.intake.input_file import InputFile
from hyotei.messages import Diagnostic
from hyotei.readers.docx_reader import DocxReader
from hyotei.readers.html_reader import HtmlReader
from hyotei.readers.ods_reader import OdsReader
from hyotei.readers.printed import read_form
from hyotei.readers.reader import Reader
from hyotei.readers.xlsx_reader import XlsxReader
from hyotei.sheet import Quantity, Sheet
from tests.readers import form_grid, government_form
from tests.readers import form_render as render
from tests.readers.evaluation_compare import differences, same
from tests.readers.evaluation_generator import Facts, facts
from tests.readers.form_grid import Line
from tests.readers.form_render import FormStyle, form_styles
from tests.readers.government_form import YearFacts, year_facts

everything = settings(suppress_health_check=list(HealthCheck), max_examples=20)
# A form takes a tenth of a second to draw and read; the long run below draws many more.


def only(lines: list[Line]) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    found = list(read_form(form_grid.blocks(lines), "form"))
    assert len(found) == 1
    sheet, problems = found[0]
    assert sheet is not None, [each.text() for each in problems]
    return sheet, problems


def in_a_file(reader: Reader, name: str, content: bytes) -> list[tuple[Sheet | None, tuple[Diagnostic, ...]]]:
    document = InputFile(name, name, lambda: cast(BinaryIO, io.BytesIO(content)), explicit=True)
    assert reader.sniff(document.sample()) > 0.5
    return [(found.sheet, found.problems) for found in reader.read(document)]


@everything
@given(facts(), form_styles, st.data())
def test_the_form_of_the_ministry_is_read_right(known: Facts, style: FormStyle, data: st.DataObject) -> None:
    """Columns in any order, years across or down, headings at the side or above, merged or not: every figure is right."""
    sheet, problems = only(render.ministry(known, style, data.draw))
    assert list(differences(known, sheet, problems)) == []


def year_differences(known: YearFacts, sheet: Sheet) -> list[str]:
    """What rows of years say and was read otherwise."""
    found: list[str] = []
    read = {indicator.name: indicator for indicator in sheet.indicators}
    for row in known.facts.rows:
        measures = {measure.label: measure for measure in read[row.name].measures}
        for label, figures in row.measures:
            measure = measures[label]
            series = known.series[row.number, label]
            points = {point.fiscal_year: point for point in measure.series}
            pair = {"target": figures["target"], "actual": figures["actual"]}
            for role, figure in pair.items():
                quantity: Quantity = getattr(measure, role)
                if not same(figure, quantity):
                    found.append(f"{row.name} {label} {role}: {figure} read as {quantity!r}")
            if not same(figures["baseline"], measure.baseline):
                found.append(f"{row.name} {label} baseline: {figures['baseline']} read as {measure.baseline!r}")
            for year, both in series.items():
                for role, figure in both.items():
                    point = points.get(year)
                    quantity = Quantity(unknown="missing") if point is None else getattr(point, role)
                    if not same(figure, quantity):
                        found.append(f"{row.name} {label} {role} of {year}: {figure} read as {quantity!r}")
            if set(points) - set(series):
                found.append(f"{row.name} {label}: years {set(points)}")
            final = known.final.get((row.number, label))
            if final is None and measure.final_target.value is not None:
                found.append(f"{row.name} {label}: final target {measure.final_target!r}")
            if final is not None and not same(final, measure.final_target):
                found.append(f"{row.name} {label}: final target {final} read as {measure.final_target!r}")
    if sheet.recorded.rating != known.grade:
        found.append(f"grade {known.grade} read as {sheet.recorded.rating}")
    marks = {known.marks[row.number] for row in known.facts.rows}
    claim = next(iter(marks)) if len(marks) == 1 else "partly_achieved"
    if [objective.claim for objective in sheet.objectives] != [claim]:
        found.append(f"claims {[objective.claim for objective in sheet.objectives]}, printed {marks}")
    if (sheet.title, sheet.authority, sheet.fiscal_year) != (
        known.facts.title,
        known.facts.authority,
        known.facts.year,
    ):
        found.append(f"{sheet.title} {sheet.authority} {sheet.fiscal_year}")
    if (sheet.recorded.inspection, sheet.recorded.improvement) != ("必要性が認められる。", "引き続き推進する。"):
        found.append(f"{sheet.recorded.inspection} {sheet.recorded.improvement}")
    return found


@everything
@given(facts().flatmap(year_facts), form_styles, st.data())
def test_the_government_wide_form_is_read_right(known: YearFacts, style: FormStyle, data: st.DataObject) -> None:
    """Rows of years, a target of its own year, marks and grades: in each of three kinds of table every figure is right."""
    sheet, _ = only(government_form.government(known, style, data.draw))
    assert year_differences(known, sheet) == []


@pytest.mark.slow
@settings(suppress_health_check=list(HealthCheck), max_examples=150)
@given(facts().flatmap(year_facts), form_styles, st.data())
def test_many_forms_of_both_kinds_are_read_right(known: YearFacts, style: FormStyle, data: st.DataObject) -> None:
    sheet, problems = only(render.ministry(known.facts, style, data.draw))
    assert list(differences(known.facts, sheet, problems)) == []
    sheet, _ = only(government_form.government(known, style, data.draw))
    assert year_differences(known, sheet) == []


FILES: dict[str, tuple[Reader, str, Callable[..., bytes]]] = {
    "xlsx": (XlsxReader(), "form.xlsx", form_grid.xlsx),
    "ods": (OdsReader(), "form.ods", form_grid.ods),
    "html": (HtmlReader(), "form.html", form_grid.html),
    "docx": (DocxReader(), "form.docx", form_grid.word),
}


@pytest.mark.parametrize("kind", FILES)
@settings(everything, max_examples=4)
@given(known=facts().flatmap(year_facts), style=form_styles, data=st.data())
def test_every_kind_of_file_says_the_same(kind: str, known: YearFacts, style: FormStyle, data: st.DataObject) -> None:
    """A file of any kind holds what its form prints, of both forms."""
    reader, name, write = FILES[kind]
    ((sheet, problems),) = in_a_file(reader, name, write(render.ministry(known.facts, style, data.draw)))
    assert sheet is not None, problems
    assert list(differences(known.facts, sheet, problems)) == []
    ((sheet, problems),) = in_a_file(reader, name, write(government_form.government(known, style, data.draw)))
    assert sheet is not None, problems
    assert year_differences(known, sheet) == []
