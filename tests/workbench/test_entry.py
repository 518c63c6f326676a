"""Coming in: the first account, logging in, passwords, accounts, languages."""

import re
from typing import Any

import pytest

from tests.workbench.conftest import PASSWORD


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_first_account_takes_the_token_that_was_shown_and_takes_it_once(browser: Any) -> None:
    from hyotei.workbench.first_account import new_token
    from hyotei.workbench.models import Account

    assert browser.get("/first-account/?token=guessed").status_code == 403
    old, token = new_token(), new_token()
    assert browser.get(f"/first-account/?token={old}").status_code == 403
    assert browser.get(f"/first-account/?token={token}").status_code == 200
    form = {"token": token, "name": "山田", "password": PASSWORD, "again": PASSWORD}
    assert "同じではありません" in _text(browser.post("/first-account/", {**form, "again": "other"}))
    assert "12文字以上" in _text(browser.post("/first-account/", {**form, "password": "short", "again": "short"}))
    assert browser.post("/first-account/", {**form, "token": "guessed"}).status_code == 403
    assert not Account.objects.exists()
    assert browser.post("/first-account/", form).url == "/"
    assert [(each.name, each.role) for each in Account.objects.all()] == [("山田", "administrator")]
    assert browser.get("/sheets/").status_code == 200
    assert browser.post("/first-account/", {**form, "name": "another"}).url == "/login/"
    assert Account.objects.count() == 1


def test_who_logs_in_goes_where_they_wanted_but_not_elsewhere(browser: Any, person: Any) -> None:
    person("administrator")
    form = {"name": "ａｄｍｉｎｉｓｔｒａｔｏｒ", "password": PASSWORD}
    for wanted, led in (("/accounts/", "/accounts/"), ("https://elsewhere.example/", "/"), ("//elsewhere", "/")):
        assert browser.post("/login/", {**form, "next": wanted}).url == led
        assert browser.post("/logout/").url == "/login/"
    wrong = browser.post("/login/", {**form, "password": "wrong"})
    assert "名前かパスワードが違います" in _text(wrong)
    assert _text(wrong) != _text(browser.get("/login/"))


def test_guessing_is_stopped_after_five_times(browser: Any, person: Any) -> None:
    person("viewer", "locked")
    person("viewer", "free")
    answers = [browser.post("/login/", {"name": "locked", "password": f"guess {n}"}) for n in range(6)]
    assert [each.status_code for each in answers] == [200, 200, 200, 200, 429, 429]
    right = browser.post("/login/", {"name": "locked", "password": PASSWORD})
    assert right.status_code == 429
    assert "15分間" in _text(right)
    # Another name from the same address, as from behind one proxy, is free.
    assert browser.post("/login/", {"name": "free", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "administrator"}, "もういます"),
        ({"name": ""}, "1文字から"),
        ({"name": "x" * 61}, "1文字から"),
        ({"role": "king"}, "役割を選んで"),
        ({"password": "123456789012345"}, "数字だけ"),
        ({"password": "password1234"}, "よく使われる"),
        ({"name": "tanaka-hanako-1", "password": "tanaka-hanako-1"}, "名前に似て"),
    ],
)
def test_accounts_that_are_not_right_are_told_why(person: Any, change: dict[str, str], told: str) -> None:
    from hyotei.workbench.models import Account

    client = person("administrator")
    answer = client.post("/accounts/", {"name": "new", "role": "viewer", "password": PASSWORD, **change})
    assert answer.status_code == 422
    assert told in _text(answer)
    assert Account.objects.count() == 1


def test_an_administrator_makes_and_changes_accounts_and_the_log_says_so(person: Any, browser: Any) -> None:
    from hyotei.workbench.log import broken, entries
    from hyotei.workbench.models import Account

    client = person("administrator")
    assert client.post("/accounts/", {"name": "new", "role": "viewer", "password": PASSWORD}).status_code == 302
    made = Account.objects.get(name="new")
    change = {"role": "evaluator", "state": "closed", "password": "another long word"}
    assert client.post(f"/accounts/{made.pk}/", change).status_code == 302
    made.refresh_from_db()
    assert (made.role, made.is_active, made.check_password("another long word")) == ("evaluator", False, True)
    assert "違います" in _text(browser.post("/login/", {"name": "new", "password": "another long word"}))
    assert [(each.account, each.action, each.subject) for each in entries()] == [
        ("administrator", "account.created", "new"),
        ("administrator", "account.role_changed", "new"),
        ("administrator", "account.closed", "new"),
        ("administrator", "account.password_changed", "new"),
    ]
    assert broken() == []
    assert PASSWORD not in "".join(each.details for each in entries())


def test_the_last_administrator_stays(person: Any) -> None:
    from hyotei.workbench.models import Account

    client = person("administrator")
    own = Account.objects.get()
    for change in ({"role": "viewer"}, {"state": "closed"}):
        assert client.post(f"/accounts/{own.pk}/", change).status_code == 422
    person("administrator", "second")
    assert client.post(f"/accounts/{own.pk}/", {"role": "viewer"}).status_code == 302


def test_one_changes_ones_own_password(person: Any) -> None:
    client = person("viewer")
    form = {"before": PASSWORD, "password": "another long word", "again": "another long word"}
    assert "いまのパスワードが違います" in _text(client.post("/password/", {**form, "before": "x"}))
    assert "変えました" in _text(client.post("/password/", form))
    assert client.get("/sheets/").status_code == 200


def test_the_present_password_is_not_guessed_by_a_session_either(person: Any) -> None:
    client = person("viewer")
    form = {"before": "guess", "password": "another long word", "again": "another long word"}
    assert [client.post("/password/", form).status_code for _ in range(6)] == [200, 200, 200, 200, 429, 429]
    assert client.post("/password/", {**form, "before": PASSWORD}).status_code == 429


def test_pages_are_in_the_language_that_is_asked_for(person: Any) -> None:
    """Without kana in English; the choice of a person comes before what the browser asks for."""
    client = person("administrator", language="en-GB,en;q=0.9")
    for path in ("/sheets/", "/accounts/", "/password/", "/nowhere/"):
        shown = re.sub(r"<(button|option)[^>]*lang=.ja.[^>]*>[^<]*</\1>", "", _text(client.get(path)))
        assert re.search("[ぁ-んァ-ヶ]", shown) is None, path
    answer = client.post("/language/", {"language": "ja", "next": "/accounts/"})
    assert answer.url == "/accounts/"
    assert "利用者" in _text(client.get("/accounts/"))
    assert client.post("/language/", {"language": "xx", "next": "//elsewhere"}).url == "/"
