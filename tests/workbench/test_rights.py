"""Every address with every role: what the tables of routes and of roles say, and nothing else, decides."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from hyotei.workbench.roles import MAY, ROLES, Action, Role, may
from tests.conftest import ROOT
from tests.workbench.test_api import described

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
ACTIONS: tuple[Action, ...] = get_args(Action)
SNAPSHOT = ROOT / "tests" / "snapshots" / "workbench" / "rights.txt"


def test_the_roles_are_ordered_by_what_they_may() -> None:
    assert MAY["viewer"] < MAY["evaluator"] <= MAY["administrator"]
    assert not any(may("", action) or may("nobody", action) for role in ROLES for action in MAY[role])


def _parts(path: str) -> str:
    """The address with something in its places that is not there."""
    return "/" + path.replace("<int:number>", "999999").replace("<str:identity>", "none").replace(
        "<uuid:key>", "00000000-0000-4000-8000-000000000000"
    )


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_route_for_every_role(role: Role | None, browser: Any, person: Any) -> None:
    from hyotei.workbench.routes import ROUTES

    wrong = []
    for route in ROUTES:
        for method in METHODS:
            client = browser if role is None else person(role)
            status = client.generic(method, _parts(route.path)).status_code
            right = route.rights.get("GET" if method == "HEAD" else method)
            if right is None:
                expected = status == 405
            elif right == "everybody":
                expected = status != 405
            elif role is None:
                expected = status == 302
            elif right == "known" or may(role, right):
                expected = status not in (403, 405)
            else:
                expected = status == 403
            if not expected:
                wrong.append((route.name, method, status))
    assert wrong == []


def _addresses(patterns: Any, before: str = "") -> Iterator[str]:
    """Every address that Django knows, whatever brought it there."""
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from _addresses(each.url_patterns, f"{before}{each.pattern}")
        else:
            yield f"{before}{each.pattern}"


def test_every_address_has_its_right_and_every_right_is_the_one_that_was_agreed_on(database: Any) -> None:
    """A change here is a change of who may do what: renew the file on purpose, and say so in the changelog."""
    from django.urls import get_resolver

    from hyotei.workbench.routes import ROUTES

    operations = described()["paths"].items()
    rights = [(route.path, method, right) for route in ROUTES for method, right in route.rights.items()]
    rights += [
        (path.removeprefix("/"), method.upper(), operation["x-right"])
        for path, methods in operations
        for method, operation in methods.items()
    ]
    bare = {re.sub("[<{][^>}]*[>}]", "{}", path) for path, _, _ in rights}
    known = {re.sub("[<{][^>}]*[>}]", "{}", path) for path in _addresses(get_resolver().url_patterns)}
    assert known - bare == {"api/v1/openapi.json", "api/v1/"}  # the description, and its root, which is no page
    assert bare - known == set()

    def roles(right: str) -> str:
        action = next((each for each in ACTIONS if each == right), None)
        return right if action is None else " ".join(role for role in ROLES if may(role, action))

    told = "".join(f"{path or '/'} {method} {roles(right)}\n" for path, method, right in sorted(rights))
    assert told == SNAPSHOT.read_text(encoding="utf-8")


def test_who_is_not_known_is_led_back_after_logging_in(browser: Any) -> None:
    answer = browser.get("/accounts/?a=1")
    assert (answer.status_code, answer.url) == (302, "/login/?next=%2Faccounts%2F%3Fa%3D1")


def test_a_closed_account_is_out_at_once(person: Any) -> None:
    from hyotei.workbench.accounts import set_open
    from hyotei.workbench.models import Account

    client = person("administrator")
    assert client.get("/sheets/").status_code == 200
    account = Account.objects.get(name="administrator")
    set_open(account, False, by=account)
    assert client.get("/sheets/").status_code == 302


def test_forms_from_elsewhere_are_refused(person: Any) -> None:
    client = person("administrator")
    client.handler.enforce_csrf_checks = True
    answer = client.post("/accounts/", {"name": "x", "role": "viewer", "password": "long enough words"})
    assert answer.status_code == 403
    assert "開き直してください" in answer.content.decode()


def test_every_answer_has_its_headers(browser: Any) -> None:
    for path in ("/login/", "/nowhere/", "/", "/api/v1/sheets", "/static/workbench/grid.js", "//elsewhere.example"):
        answer = browser.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == ("max-age=60, public" if path.startswith("/static/") else "no-store")
