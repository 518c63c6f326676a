"""Requests that are made to harm, or that nobody thought of: each is answered by a page, and costs nobody else anything."""

import sys
from typing import Any

import pytest

pytest.importorskip("django")

from tests.workbench.conftest import PASSWORD
from tests.workbench.reviewed import document, submitted
from tests.workbench.test_sheets import SEED, read_in, text_of


def test_what_is_searched_for_may_be_long(person: Any) -> None:
    client = person("evaluator")
    read_in(client)
    for wanted in ("a" * 60_000, "a\0b"):
        assert client.get("/sheets/", {"q": wanted}).status_code == 200


def test_a_name_of_any_length_is_locked_out_as_others_are(browser: Any, person: Any) -> None:
    person("viewer")
    for name in ("x" * 100_000, "a\0b"):
        answers = [browser.post("/login/", {"name": name, "password": "wrong"}).status_code for _ in range(6)]
        assert answers == [200, 200, 200, 200, 429, 429]
    assert browser.post("/login/", {"name": "viewer", "password": PASSWORD}).status_code == 302


def test_what_answers_no_comment_is_told(person: Any) -> None:
    from hyotei.workbench.models import Account

    client = person("analyst")
    found = submitted(document(), Account.objects.get(name="analyst"))
    for number in ("7", "9" * 30, "9" * 5_000, "²"):
        answer = client.post(f"/reviews/{found.pk}/comment/", {"text": "x", "answers": number})
        assert (answer.status_code, "答える相手のコメントがありません" in text_of(answer)) == (422, True), number[:30]


def test_a_title_without_end_fills_no_list(person: Any) -> None:
    client = person("evaluator")
    read_in(client, SEED.read_bytes().replace(b"title: ", f'title: "\\0{"長" * 100_000}" #'.encode(), 1))
    shown = text_of(client.get("/sheets/"))
    assert ("長長" in shown, len(shown) < 20_000) == (True, True)


def test_a_draft_of_whatever_text_has_its_pages(person: Any) -> None:
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.models import Account

    client = person("analyst")
    account = Account.objects.get(name="analyst")
    front = "---\nrulebook: x\n---\n"
    for text in (
        "",
        "x",
        front,
        f"{front}x",
        f"{front}|a|\n|-|\n|x|\n",
        "---\n---",
        "---\n",
        "# x",
        f"{front}{'>' * 1000}x",
    ):
        draft = begin(text, account, "file", file="x.md")
        for page in ("", "history/", "cases/", "proof/", "submit/", "upload/"):
            assert client.get(f"/drafts/{draft.pk}/{page}").status_code == 200, (text, page)
        for page in ("impact/", "workbook/"):
            assert client.get(f"/drafts/{draft.pk}/{page}").status_code in (200, 409), (text, page)


def test_a_document_asks_no_other_host_for_pictures() -> None:
    from hyotei.workbench.rulebook_markdown import rulebook_markup

    assert "<img" not in rulebook_markup("![a](http://elsewhere.example/a.png)", ())


def test_processes_that_read_files_get_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    from hyotei.workbench.reading import child_environment

    for name in ("HYOTEI_DB", "HYOTEI_OIDC_SECRET"):
        monkeypatch.setenv(name, "not to be known")
    assert "not to be known" not in child_environment().values()


def test_a_document_of_very_many_parts_is_checked_in_time_that_grows_with_their_number() -> None:
    from hyotei.workbench.api.checking import checked

    def parts(count: int) -> int:
        """How often the check of a chain of formulas, of unused parameters and of grades looks at something."""
        chain = "".join(
            f"### 式{n} `d{n}` — for each measure\n\n    {f'd{n - 1}' if n else 'actual'} + 1\n\n" for n in range(count)
        )
        unused = "".join(f"  p{n}:\n    value: {n}%\n    label: x{n}\n" for n in range(count))
        grades = "".join(f"    G{n}: x\n" for n in range(count))
        text = document().replace("parameters:\n", f"parameters:\n{unused}", 1) + "\n" + chain
        text = text.replace("scales:\n", f"scales:\n  more:\n{grades}", 1)
        calls = 0

        def counted(frame: object, event: str, argument: object) -> None:
            nonlocal calls
            calls += event == "call"

        sys.setprofile(counted)
        try:
            told = checked(text, "en")
        finally:
            sys.setprofile(None)
        assert len(str(told["problems"])) > 100 * count
        return calls

    parts(10)
    assert parts(300) < 3 * parts(150)
