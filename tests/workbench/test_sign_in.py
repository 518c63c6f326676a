"""Coming in by the provider of an organisation: a real one on this machine, which signs what it says."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("authlib")
pytest.importorskip("django")

from hyotei.messages import HyoteiError
from hyotei.workbench.provider import Provider, provider_of
from tests.workbench import oidc_provider
from tests.workbench.oidc_provider import CLIENT, SECRET

Offer = Callable[..., None]


@pytest.fixture(scope="module")
def running() -> Iterator[oidc_provider.Provider]:
    with oidc_provider.provider() as state:
        yield state


@pytest.fixture
def there(running: oidc_provider.Provider) -> oidc_provider.Provider:
    """The provider, which tells the truth and knows one person."""
    from hyotei.workbench.sign_in import _client

    _client.cache_clear()
    running.faults.clear()
    running.claims = {"sub": "248289761001", "preferred_username": "hanako", "groups": ["staff", "policy-team"]}
    return running


@pytest.fixture
def offer(there: oidc_provider.Provider, store: None, monkeypatch: pytest.MonkeyPatch) -> Offer:
    """Lets the workbench take the provider's accounts, with or without its word on roles."""
    from django.conf import settings

    def offered(claim: str = "", roles: tuple[str, ...] = ()) -> None:
        taken = provider_of(there.issuer, CLIENT, SECRET, claim, roles)
        monkeypatch.setattr(settings, "HYOTEI", replace(settings.HYOTEI, provider=taken, url="http://localhost"))

    return offered


def come(browser: Any, wanted: str = "", change: Callable[[str], str] = str) -> Any:
    """Goes to the provider and comes back; the last answer of the workbench."""
    away = browser.get("/login/provider/", {"next": wanted})
    if away.status_code != 302:
        return away
    asked = urlsplit(away.url)
    connection = HTTPConnection(asked.netloc, timeout=20)
    connection.request("GET", f"{asked.path}?{asked.query}")
    back = connection.getresponse().headers["Location"]
    connection.close()
    assert back.startswith("http://localhost/login/provider/back/?")
    return browser.get(change(back.removeprefix("http://localhost")))


def test_who_has_a_role_comes_in_and_goes_where_they_wanted(offer: Offer, browser: Any) -> None:
    from hyotei.workbench.log import broken, entries
    from hyotei.workbench.models import Account

    offer("groups", ("analyst=policy-team", "viewer=guests"))
    shown = browser.get("/login/?next=/drafts/").content.decode()
    assert 'href="/login/provider/?next=/drafts/"' in shown
    answer = come(browser, "/drafts/")
    assert (answer.status_code, answer.url) == (302, "/drafts/")
    assert browser.get("/drafts/").status_code == 200
    account = Account.objects.get()
    assert (account.name, account.role, account.has_usable_password()) == ("hanako", "analyst", False)
    assert [each.action for each in entries()] == ["account.created", "account.logged_in"]
    assert broken() == []


def test_the_role_follows_the_provider_each_time(offer: Offer, browser: Any, there: oidc_provider.Provider) -> None:
    from hyotei.workbench.models import Account

    offer("groups", ("analyst=policy-team", "viewer=guests"))
    come(browser)
    browser.post("/logout/")
    there.claims |= {"groups": "guests", "preferred_username": "renamed"}
    assert come(browser).status_code == 302
    account = Account.objects.get()
    assert (account.name, account.role) == ("hanako", "viewer")
    assert browser.get("/drafts/").status_code == 403


def test_without_its_word_on_roles_an_administrator_opens_the_account(offer: Offer, browser: Any, person: Any) -> None:
    from hyotei.workbench.models import Account

    offer()
    waiting = come(browser)
    assert waiting.status_code == 403
    assert "HY069" in waiting.content.decode()
    administrator = person("administrator")
    assert "組織のアカウント" in administrator.get("/accounts/").content.decode()
    made = Account.objects.get(name="hanako")
    administrator.post(f"/accounts/{made.pk}/", {"role": "evaluator", "state": "open"})
    assert come(browser).status_code == 302
    assert browser.get("/sheets/").status_code == 200
    administrator.post(f"/accounts/{made.pk}/", {"state": "closed"})
    assert browser.get("/sheets/").status_code == 302
    assert come(browser).status_code == 403


def test_a_person_of_the_same_name_is_another_person(offer: Offer, browser: Any, person: Any) -> None:
    from hyotei.workbench.models import Account

    person("administrator", "hanako")
    offer("groups", ("viewer=staff",))
    assert come(browser).status_code == 302
    assert browser.get("/accounts/").status_code == 403
    assert {each.name: each.role for each in Account.objects.all()} == {
        "hanako": "administrator",
        "hanako (2)": "viewer",
    }


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"groups": ["others"]}, "HY067"), ({"groups": 5}, "HY067"), ({"groups": None}, "HY067"),
        ({"groups": ["policy-team", "guests"]}, "HY068"),
    ],
)  # fmt: skip
def test_no_role_and_several_roles_are_told(
    offer: Offer, browser: Any, there: oidc_provider.Provider, claims: dict[str, Any], told: str
) -> None:
    from hyotei.workbench.models import Account

    offer("groups", ("analyst=policy-team", "viewer=guests"))
    there.claims |= claims
    answer = come(browser)
    assert answer.status_code == 403
    assert told in answer.content.decode()
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("faults", "status", "told"),
    [
        ({"forged": True}, 502, "HY066"), ({"unsigned": True}, 502, "HY066"), ({"no token": True}, 502, "HY066"),
        ({"claims": {"nonce": "another"}}, 502, "HY066"), ({"claims": {"aud": "another"}}, 502, "HY066"),
        ({"claims": {"iss": "https://another.example"}}, 502, "HY066"), ({"claims": {"exp": 1}}, 502, "HY066"),
        ({"claims": {"sub": None}}, 502, "HY066"), ({"claims": {"sub": "x" * 256}}, 502, "HY066"),
        ({"refused": True}, 403, "HY065"), ({"down": True}, 502, "HY063"),
        ({"metadata": {"issuer": "https://another.example"}}, 502, "HY063"),
        ({"metadata": {"token_endpoint": "http://127.0.0.1:1/"}}, 502, "HY063"),
        ({"metadata": {"jwks_uri": "http://127.0.0.1:1/"}}, 502, "HY063"),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_valid_lets_nobody_in(
    offer: Offer, browser: Any, there: oidc_provider.Provider, faults: dict[str, Any], status: int, told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    from hyotei.workbench.models import Account

    offer("groups", ("analyst=policy-team",))
    there.faults.update(faults)
    answer = come(browser)
    assert (answer.status_code, re.findall("HY06[0-9]", answer.content.decode())) == (status, [told])
    assert not Account.objects.exists()
    assert browser.get("/sheets/").status_code == 302
    assert told in capsys.readouterr().err or status == 403  # a person who turns back is no fault


def test_who_did_not_set_out_here_does_not_come_in(offer: Offer, browser: Any) -> None:
    """A way back that another person, or another page, began."""
    offer("groups", ("analyst=policy-team",))
    changes: list[Callable[[str], str]] = [
        lambda back: re.sub("state=[^&]*", "state=guessed", back),
        lambda back: back.partition("?")[0],
    ]
    for change in changes:
        answer = come(browser, change=change)
        assert (answer.status_code, "HY064" in answer.content.decode()) == (400, True)
    kept: list[str] = []

    def keep(back: str) -> str:
        kept.append(back)
        return back

    assert come(browser, change=keep).status_code == 302
    browser.post("/logout/")
    assert browser.get(kept[0]).status_code == 400  # once only
    assert browser.get("/sheets/").status_code == 302


def test_nobody_is_led_elsewhere_afterwards(offer: Offer, browser: Any) -> None:
    offer("groups", ("analyst=policy-team",))
    assert come(browser, "https://elsewhere.example/").url == "/"


def test_without_a_provider_there_is_no_such_page(browser: Any) -> None:
    assert "provider" not in browser.get("/login/").content.decode()
    assert [browser.get(path).status_code for path in ("/login/provider/", "/login/provider/back/")] == [404, 404]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("https://id.example", "", "s", "", ()), "HY061"), (("https://id.example", "c", "", "", ()), "HY061"),
        (("", "c", "s", "", ()), "HY061"), (("http://id.example", "c", "s", "", ()), "HY060"),
        (("https://id.example?x", "c", "s", "", ()), "HY060"), (("https://a:b@id.example", "c", "s", "", ()), "HY060"),
        (("id.example", "c", "s", "", ()), "HY060"), (("https://[", "c", "s", "", ()), "HY060"),
        (("https://id.example", "c", "s", "", ("analyst=x",)), "HY062"),
        (("https://id.example", "c", "s", "g", ("king=x",)), "HY062"),
        (("https://id.example", "c", "s", "g", ("analyst=",)), "HY062"),
        (("https://id.example", "c", "s", "g", ("analyst=x", "viewer=x")), "HY062"),
    ],
)  # fmt: skip
def test_options_that_are_not_right(given: Any, code: str) -> None:
    with pytest.raises(HyoteiError) as told:
        provider_of(*given)
    assert [each.code for each in told.value.diagnostics] == [code]


def test_roles_are_read_of_a_claim_or_of_one_within_another() -> None:
    names = provider_of("https://id.example", "c", "s", "realm_access.roles", ())
    assert isinstance(names, Provider)
    assert names.role({"realm_access": {"roles": ["offline", "approver"]}}) == "approver"
    assert names.role({"realm_access.roles": "viewer"}) == "viewer"
    two = provider_of("http://localhost:1/x", "c", "s", "g", ("analyst=a", "analyst=b"))
    assert isinstance(two, Provider)
    assert two.role({"g": ["b"]}) == "analyst"
    assert provider_of("", "", "", "", ()) is None
