"""Files taken into a draft: the document and the cases of a workbook, with what others changed since."""

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from tests.workbench.test_draft_cases import CASE
from tests.workbench.test_drafts import TEXT, _cells, _now, _post

openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture
def begun(person: Any) -> Callable[..., Any]:
    """A draft of the text, with cases of its own."""
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.models import Account

    person("analyst")
    return lambda cases=None: begin(TEXT, Account.objects.get(name="analyst"), "file", file="small.md", cases=cases)


def _edited(content: bytes, edits: dict[str, str]) -> bytes:
    """A workbook with other texts in the cells that hold these."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            for cell in (each for row in sheet.iter_rows() for each in row if each.value in edits):
                cell.value = edits[cell.value]
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _upload(client: Any, draft: Any, name: str, content: bytes) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post(f"/drafts/{draft.key}/upload/", {"file": SimpleUploadedFile(name, content)})
    return str(answer.content.decode())


def _take(client: Any, draft: Any, shown: str) -> Any:
    """Takes in what the page shows, as a browser sends its form."""
    fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', shown)}
    for name, text in re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', shown, re.DOTALL):
        fields[name] = unescape(text).replace("\r\n", "\n").replace("\n", "\r\n")
    return client.post(f"/drafts/{draft.key}/upload/", fields)


def _changes(shown: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'<p class="(?:in|out)">.*?</span>([^<]*)</p>', shown)]


def _cases(draft: Any) -> str:
    from hyotei.workbench.drafts import cases_of

    return cases_of(_now(draft))


def test_a_workbook_is_taken_into_a_draft_with_what_others_changed_since(
    person: Any, begun: Callable[..., Any]
) -> None:
    client, draft = person("analyst"), begun()
    content = _edited(client.get(f"/drafts/{draft.key}/workbook/").content, {"< 50%": "< 45%"})
    _post(client, draft, 1, **_cells(cell_0_1=">= 60%"))
    shown = _upload(client, draft, "基準.xlsx", content)
    assert _now(draft).number == 2, "it is only shown"
    assert _changes(shown) == ["| 2 | < 50% | B |", "| 2 | < 45% | B |"]
    _take(client, draft, shown)
    assert _now(draft).text.text == TEXT.replace(">= 50%", ">= 60%").replace("< 50%", "< 45%")
    assert (_now(draft).kind, _now(draft).place) == ("uploaded", "基準.xlsx")
    _post(client, draft, 3, do="undo")
    assert "< 50%" in _now(draft).text.text


def test_a_file_that_changes_nothing_or_is_none_is_told(person: Any, begun: Callable[..., Any]) -> None:
    client, draft = person("analyst"), begun(CASE)
    assert "変わる所はありません" in _upload(client, draft, "same.md", TEXT.encode())
    same = client.get(f"/drafts/{draft.key}/workbook/").content
    assert "変わる所はありません" in _upload(client, draft, "same.xlsx", same)
    assert "HY461" in _upload(client, draft, "a.xlsx", b"PK\x03\x04 damaged")
    assert client.post(f"/drafts/{draft.key}/upload/", {"seen": "1"}).status_code == 400
    assert client.get(f"/drafts/{draft.key}/upload/").status_code == 200


def test_cases_of_a_workbook_come_with_its_document_as_one_change(person: Any, begun: Callable[..., Any]) -> None:
    client, draft = person("analyst"), begun(CASE)
    content = client.get(f"/drafts/{draft.key}/workbook/").content
    later = CASE + CASE.removeprefix("cases:\n").replace("届いた", "後の")
    client.post(f"/drafts/{draft.key}/cases/", {"seen": "1", "do": "write", "cases": later})
    shown = _upload(client, draft, "a.xlsx", _edited(content, {"< 50%": "< 45%", "届いた": "達した"}))
    assert _changes(shown) == [
        "| 2 | < 50% | B |", "| 2 | < 45% | B |", "  - name: 届いた", "  - name: 達した"
    ]  # fmt: skip
    _take(client, draft, shown)
    assert _cases(draft) == later.replace("届いた", "達した")
    assert "< 45%" in _now(draft).text.text
    assert _now(draft).number == 3
    _post(client, draft, 3, do="undo")
    assert (_cases(draft), "< 50%" in _now(draft).text.text) == (later, True)


def test_a_case_that_two_changed_is_shown_with_both(person: Any, begun: Callable[..., Any]) -> None:
    client, draft = person("analyst"), begun(CASE)
    content = _edited(client.get(f"/drafts/{draft.key}/workbook/").content, {"届いた": "達した"})
    other = CASE.replace("届いた", "超えた")
    client.post(f"/drafts/{draft.key}/cases/", {"seen": "1", "do": "write", "cases": other})
    answer = _take(client, draft, _upload(client, draft, "a.xlsx", content))
    told = unescape(answer.content.decode())
    assert (answer.status_code, _cases(draft)) == (409, other)
    assert "超えた" in told
    assert "達した" in told
    _take(client, draft, answer.content.decode())
    assert _cases(draft) == CASE.replace("届いた", "達した")


def test_a_workbook_of_elsewhere_removes_no_case_that_it_does_not_know(person: Any, begun: Callable[..., Any]) -> None:
    from hyotei.rulebook_workbook.export_workbook import export_workbook

    known = CASE + CASE.removeprefix("cases:\n").replace("届いた", "別の").replace("rating: A", "rating: B")
    client, draft = person("analyst"), begun(known)
    others = CASE + CASE.removeprefix("cases:\n").replace("届いた", "新しい")
    content = _edited(export_workbook(TEXT, others, "x"), {"12回": "3回", "新しい": "さらに"})
    _take(client, draft, _upload(client, draft, "a.xlsx", content))
    listed = re.findall("name: (.*)|actual: ([0-9]*)", _cases(draft))
    assert [name or actual for name, actual in listed] == ["届いた", "3", "別の", "12", "さらに", "3"]


def test_a_draft_that_begins_with_a_workbook_has_its_cases(person: Any, begun: Callable[..., Any]) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from hyotei.workbench.draft_models import Draft

    client, draft = person("analyst"), begun(CASE)
    content = client.get(f"/drafts/{draft.key}/workbook/").content
    to = client.post("/drafts/", {"file": SimpleUploadedFile("a.xlsx", content)}).url
    assert _cases(Draft.objects.get(pk=to.split("/")[2])) == CASE
