"""The pages of forms: all of them, each with its document, and those that were made here."""

from pathlib import Path
from typing import Any

import pytest

from hyotei.forms.library import library

ENTRIES = library()


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_form_is_listed_and_the_sheets_lead_there(person: Any) -> None:
    viewer = person("viewer")
    shown = _text(viewer.get("/forms/"))
    assert ENTRIES
    for entry in ENTRIES:
        assert f'href="/forms/{entry.head.id}/"' in shown
    assert 'href="/forms/"' in _text(viewer.get("/sheets/"))


@pytest.mark.parametrize("identity", [entry.head.id for entry in ENTRIES])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_form_is_a_page_with_its_document(person: Any, identity: str, language: str) -> None:
    answer = person("viewer", language=language).get(f"/forms/{identity}/")
    assert answer.status_code == 200
    shown = _text(answer)
    assert "style=" not in shown
    assert f"form: {identity}" in shown


@pytest.mark.parametrize("identity", ["none", "..", "%2e%2e", "forms%2Fmic", "%00"])
def test_only_ids_of_forms_are_opened(person: Any, identity: str) -> None:
    assert person("administrator").get(f"/forms/{identity}/").status_code in (302, 404)


def test_a_form_of_ones_own_comes_first_and_its_mistakes_are_told(
    person: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my-form").mkdir()
    document = tmp_path / "my-form" / "form.md"
    document.write_text("---\nform: my-form\ntitle: 自分の様式\nauthority: 総務省\n---\n", encoding="utf-8")
    monkeypatch.setenv("HYOTEI_FORMS", str(tmp_path))
    viewer = person("viewer")
    shown = _text(viewer.get("/forms/"))
    assert shown.index("/forms/my-form/") < shown.index("/forms/base/")
    assert "ここで作ったもの" in shown
    document.write_text("---\nform: my-form\nauthority: 総務省\nwrong: 1\n---\n", encoding="utf-8")
    wrong = viewer.get("/forms/my-form/")
    assert wrong.status_code == 409
    assert "この様式には誤りがあり" in _text(wrong)
    assert "HY" in _text(wrong)
