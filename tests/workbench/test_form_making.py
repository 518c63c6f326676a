"""A document of an unknown form: pointed at once, kept as a form, and read by it from then on."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import openpyxl
import pytest

pytest.importorskip("django")

from django.core.files.uploadedfile import SimpleUploadedFile

from hyotei.messages import HyoteiError
from hyotei.readers import read_sheet
from tests.conftest import ROOT
from tests.workbench.test_sheets import text_of

HEAD = ["とりくみ", "ものさし", "みとおし（件）", "できだか（件）", "つかったお金（千円）"]


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["きたのまち　とりくみのまとめ　令和5年度"])
    sheet.append(HEAD)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ONE = workbook([["図書館の本の貸出", "貸し出した本", 120, 130, 4500], ["公園の手入れ", "手入れした公園", 60, 45, 800]])
OTHER = workbook([["橋の点検", "点検した橋", 33, 31, 7200], ["水路の掃除", "掃除した水路", 12, 15, 90]])
FIELDS = {
    "form_id": "kita-1",
    "title": "図書館の本の貸出",
    "authority": "北の町",
    "fiscal_year": "令和5年度",
    "indicator-0-name": "貸し出した本",
    "indicator-0-unit": "件",
    "indicator-0-target": "120",
    "indicator-0-actual": "130",
    "year-0-fiscal_year": "令和5年度",
    "year-0-executed": "4,500",
    "amounts_in": "千円",
}

READING = """id: kita
title: 図書館の本の貸出
authority: 北の町
fiscal_year: 令和5年度
amounts_in: 千円
indicators:
  - {name: 貸し出した本, target: 120件, actual: 130件}
budget:
  - {fiscal_year: 令和5年度, executed: "4,500"}
"""
"""The same as the YAML of a sheet."""


@pytest.fixture
def analyst(person: Any, database: Path) -> Iterator[Any]:
    yield person("analyst")
    rmtree(database / "forms", ignore_errors=True)


def uploaded(client: Any, content: bytes) -> str:
    """The address of what came of an upload."""
    file = SimpleUploadedFile("list.xlsx", content)
    return str(client.post("/sheets/", {"files": [file]}).url)


def page_of_form(client: Any, content: bytes) -> str:
    found = re.search(r'href="(/uploads/[^"]*/form/)"', text_of(client.get(uploaded(client, content))))
    assert found is not None
    return found[1]


def proposed(answer: Any) -> str:
    from html import unescape

    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", text_of(answer), re.DOTALL)
    assert text is not None
    return unescape(text[1])


def test_what_was_pointed_at_once_is_read_from_then_on(analyst: Any, person: Any, database: Path) -> None:
    from hyotei.workbench.log import entries
    from hyotei.workbench.models import SheetRecord
    from hyotei.workbench.sheet_store import latest, sheet_of

    page = page_of_form(analyst, ONE)
    assert "図書館の本の貸出</button>" in text_of(analyst.get(page))
    answer = analyst.post(page, {**FIELDS, "action": "propose"})
    assert answer.status_code == 200
    assert "正しい読みの数値3個のうち3個が読めます（ほかに0個）" in text_of(answer)
    assert not (database / "forms").exists()
    text = proposed(answer)
    kept = analyst.post(page, {**FIELDS, "action": "keep", "text": text})
    assert kept.status_code == 302
    assert (database / "forms/kita-1/form.md").read_text(encoding="utf-8") == text
    assert "公園の手入れ" in text_of(analyst.get(kept.url))
    assert [each.subject for each in entries() if each.action == "form.saved"] == ["kita-1"]
    before = set(SheetRecord.objects.values_list("pk", flat=True))
    uploaded(person("evaluator"), OTHER)
    records = SheetRecord.objects.exclude(pk__in=before).order_by("at")
    sheets = {sheet.title: sheet for sheet in (sheet_of(latest(each)) for each in records)}
    assert set(sheets) == {"橋の点検", "水路の掃除"}
    measure = sheets["橋の点検"].indicators[0].measures[0]
    assert (measure.target.value, measure.actual.value) == (33, 31)
    assert sheets["水路の掃除"].budget_years[0].executed.value == 90_000
    taken = analyst.post(page, {**FIELDS, "action": "propose"})
    assert taken.status_code == 422
    assert "kita-1" in text_of(taken)


def test_what_makes_no_form_is_told_and_nothing_is_kept(analyst: Any, database: Path) -> None:
    page = page_of_form(analyst, ONE)
    for form_id in ("", "../x", "Kita", "mic", "a" * 61):
        answer = analyst.post(page, {**FIELDS, "form_id": form_id, "action": "keep", "text": "x"})
        assert answer.status_code == 422
        assert "様式の符号" in text_of(answer)
    blank = analyst.post(page, {"form_id": "kita-1", "action": "propose"})
    assert blank.status_code == 422
    assert "図書館の本の貸出</button>" in text_of(blank)
    wrong = analyst.post(page, {**FIELDS, "action": "keep", "text": "---\nform: kita-1\n---\n"})
    assert wrong.status_code == 422
    other = "---\nform: other\ntitle: x\nauthority: y\nstanding: draft\nrecognise:\n  every: [きたのまち]\n---\n# x\n"
    assert "「other」" in text_of(analyst.post(page, {**FIELDS, "action": "keep", "text": other}))
    assert not (database / "forms").exists()


def test_an_evaluator_is_told_who_makes_forms(person: Any) -> None:
    client = person("evaluator")
    shown = text_of(client.get(uploaded(client, ONE)))
    assert "基準担当が様式を登録できます" in shown
    assert "/form/" not in shown


def test_of_a_text_that_is_no_form_none_is_made(analyst: Any) -> None:
    from hyotei.workbench.source_models import SourceFile
    from tests.workbench.test_sheets import read_in

    assert "/form/" not in text_of(analyst.get(read_in(analyst)))
    file = SourceFile.objects.get()
    assert analyst.get(f"/uploads/{file.upload_id}/files/{file.number}/form/").status_code == 404


def test_the_fields_of_a_reading_make_that_reading_again(database: Path) -> None:
    from hyotei.workbench.form_example import example_of, sheet_of

    sheet = read_sheet(ROOT / "cases" / "mic-24-15" / "sheet.yaml")
    again = sheet_of(example_of(sheet))
    assert (again.title, again.authority, again.fiscal_year) == (sheet.title, sheet.authority, sheet.fiscal_year)

    def figures(of: Any) -> list[Any]:
        firsts = [each.measures[0] for each in of.indicators]
        found = [quantity for each in firsts for quantity in (each.baseline, each.target, each.actual)]
        found += [amount for each in of.budget_years for amount in (each.initial, each.total, each.executed)]
        return [(each.value, each.unit, each.fiscal_year) for each in found]

    assert figures(again)[:9] == figures(sheet)[:9]
    assert [value for value, _, _ in figures(again)] == [value for value, _, _ in figures(sheet)]


def test_a_unit_of_the_row_is_that_of_figures_without_one(database: Path) -> None:
    from hyotei.workbench.form_example import example_in, sheet_of

    given = {**FIELDS, "indicator-0-actual": "1,300人", "indicator-0-baseline": "集計中"}
    measure = sheet_of(example_in(given)).indicators[0].measures[0]
    assert (measure.target.unit, measure.actual.unit, measure.baseline.unknown) == ("件", "人", "unsettled")
    with pytest.raises(HyoteiError):
        sheet_of(example_in({"form_id": "x"}))


def test_a_name_that_the_form_reads_otherwise_is_told_beside_the_figures(analyst: Any) -> None:
    """The trial counted the figures only: a sheet that went on being called by another cell was kept as if it were read rightly."""
    page = page_of_form(analyst, ONE)
    shown = text_of(analyst.post(page, {**FIELDS, "action": "propose"}))
    assert "と読まれます" not in shown
    text = proposed(analyst.post(page, {**FIELDS, "action": "propose"}))
    fields = {**FIELDS, "title": "図書館の本", "action": "try", "text": text}
    shown = text_of(analyst.post(page, fields))
    assert "「政策名」は「図書館の本」でなく「図書館の本の貸出」と読まれます" in shown
