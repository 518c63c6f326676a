"""The REST interface: every operation with every role, its story, its problems, and its description."""

import json
from typing import Any

import pytest

pytest.importorskip("django")

from django.core.files.uploadedfile import SimpleUploadedFile

from hyotei.inference.rate import rate
from hyotei.readers import read_sheet
from hyotei.workbench.roles import ROLES, Role, may
from tests.conftest import ROOT

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
SNAPSHOT = ROOT / "tests" / "snapshots" / "workbench" / "openapi.json"
NOWHERE = "00000000-0000-4000-8000-000000000000"
JSON = "application/json"


class Program:
    """A program with a token of an account."""

    def __init__(self, client: Any, token: str) -> None:
        self.client, self.headers = client, {"authorization": f"Bearer {token}"}

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers, **more)

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        return self.send("post", path, body, **headers)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        text = body if isinstance(body, str) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method.upper(), f"/api/v1{path}", text, content_type=JSON, headers={**self.headers, **named}
        )


@pytest.fixture
def program(browser: Any, person: Any) -> Any:
    from hyotei.workbench.models import Account
    from hyotei.workbench.tokens import new_token

    def made(role: Role) -> Program:
        person(role)
        return Program(browser, new_token(Account.objects.get(name=role), "test"))

    return made


def described() -> Any:
    import hyotei.workbench.routes  # noqa: F401  # it names every operation
    from hyotei.workbench.api.operation import api

    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))


def test_the_description_is_the_one_that_was_agreed_on(database: Any) -> None:
    """A change here is a change for every program: renew the file on purpose, and say so in the changelog."""
    assert described() == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_failure_is_a_problem_of_the_catalogue(program: Any, browser: Any) -> None:
    client = program("evaluator")
    told = [
        (client.get("/nothing"), 404, "HY021"),
        (client.send("delete", "/rulebooks"), 405, "HY045"),
        (client.post("/check", "{"), 400, "HY044"),
        (client.get("/sheets?limit=0"), 422, "HY017"),
        (browser.get("/api/v1/sheets"), 401, "HY019"),
        (client.get("/drafts"), 403, "HY020"),
    ]
    for answer, status, code in told:
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert (answer.status_code, answer.json()["status"], answer.json()["problems"][0]["code"]) == (
            status,
            status,
            code,
        )
    assert told[1][0].headers["Allow"] == "GET"


@pytest.mark.parametrize("role", ROLES)
def test_every_operation_asks_for_its_right(program: Any, role: Role) -> None:
    client = program(role)
    wrong = []
    for path, operations in described()["paths"].items():
        address = (
            path.removeprefix("/api/v1")
            .replace("{key}", NOWHERE)
            .replace("{identity}", "none")
            .replace("{number}", "1")
        )
        for method, operation in operations.items():
            right = operation["x-right"]
            answer = client.get(address) if method == "get" else client.send(method, address, {})
            if (answer.status_code == 403) == may(role, right) or answer.status_code in (401, 405, 500):
                wrong.append((path, method, answer.status_code))
    assert wrong == []


def test_without_a_token_nothing_is_done(browser: Any, person: Any) -> None:
    logged_in = person("administrator")
    for path, operations in described()["paths"].items():
        for method in operations:
            address = path.replace("{key}", NOWHERE).replace("{identity}", "none").replace("{number}", "1")
            for client in (browser, logged_in):
                # The session of a browser is no token: a form of another page can do nothing here.
                assert client.generic(method.upper(), address).status_code == 401, (path, method)


def test_a_token_is_shown_once_and_good_until_it_is_closed(person: Any, browser: Any) -> None:
    import re

    from hyotei.workbench.models import ApiToken

    client = person("viewer")
    shown = client.post("/tokens/", {"name": "集計"}).content.decode()
    found = re.search(r"hyotei_[\w-]{43}", shown)
    assert found is not None
    token = found[0]
    assert token not in client.get("/tokens/").content.decode()
    assert not ApiToken.objects.filter(sha256__contains=token).exists()
    program = Program(browser, token)
    assert program.get("/rulebooks").status_code == 200
    person("evaluator").post(f"/tokens/{ApiToken.objects.get().pk}/")
    assert program.get("/rulebooks").status_code == 200
    client.post(f"/tokens/{ApiToken.objects.get().pk}/")
    assert program.get("/rulebooks").status_code == 401


def test_a_sheet_is_rated_as_the_library_rates_it_and_can_be_derived_again(program: Any) -> None:
    client = program("evaluator")
    sheet = read_sheet(SEED)
    answer = client.post("/rate", sheet.model_dump_json(by_alias=True))
    assert answer.status_code == 200
    made = answer.json()
    assert made["verdict"] == json.loads(rate(sheet).to_json("ja"))
    assert client.get(f"/verdicts/{made['key']}").json() == made
    assert client.get(f"/verdicts/{made['key']}/verification").json() == {"key": made["key"], "sound": True}
    again = client.post(f"/sheets/{made['sheet']}/verdict").json()
    assert again["key"] == made["key"]
    english = client.client.post(
        f"/api/v1/sheets/{made['sheet']}/verdict", headers={**client.headers, "accept-language": "en"}
    )
    assert english.json()["verdict"] == json.loads(rate(sheet).to_json("en"))


def test_no_figure_passes_through_a_float(program: Any) -> None:
    client = program("evaluator")
    data = json.loads(read_sheet(SEED).model_dump_json(by_alias=True))
    long = "0.1234567890123456789012345"
    data["objectives"][0]["indicators"][0]["measures"][0]["actual"] |= {"value": long, "source": None}
    text = json.dumps(data).replace(f'"{long}"', long)
    assert client.post("/rate", text).json()["problems"][0]["code"] == "HY018"
    made = client.post("/rate", json.dumps(data)).json()
    kept = client.get(f"/sheets/{made['sheet']}").json()["sheet"]
    assert kept["objectives"][0]["indicators"][0]["measures"][0]["actual"]["value"] == long


def test_files_are_read_in_and_what_failed_is_told(program: Any) -> None:
    client = program("evaluator")
    files = [SimpleUploadedFile("a.yaml", SEED.read_bytes()), SimpleUploadedFile("b.pdf", b"%PDF broken")]
    answer = client.client.post("/api/v1/sheets", {"files": files}, headers=client.headers)
    read = answer.json()
    assert [each["id"] for each in read["sheets"]] == ["mic-24-15"]
    assert "b.pdf" in read["failures"][0]["text"]
    listed = client.get("/sheets").json()
    assert [each["key"] for each in listed] == [read["sheets"][0]["key"]]
    one = client.get(f"/sheets/{listed[0]['key']}").json()
    assert one["sheet"]["title"] == one["title"]


def test_results_are_adopted_with_a_reason_where_they_differ(program: Any) -> None:
    client = program("evaluator")
    key = client.post("/rate", read_sheet(SEED).model_dump_json(by_alias=True)).json()["key"]
    address = f"/verdicts/{key}/adoptions"
    codes = []
    bodies: list[object] = [{"rating": "C", "budget": "Ⅱ"}, {"rating": "Z", "reason": "x"}, {"rating": 5}]
    for body in bodies:
        refused = client.post(address, body)
        assert refused.status_code == 422
        assert refused.headers["Content-Type"].startswith("application/problem+json")
        codes.append(refused.json()["problems"][0]["code"])
    assert codes == ["HY015", "HY023", "HY017"]
    assert client.post(address, {"rating": "A", "budget": "Ⅱ"}).status_code == 200
    adopted = client.post(address, {"rating": "C", "budget": "Ⅱ", "reason": "事情"}).json()
    assert (adopted["rating"], adopted["derived_rating"], adopted["account"]) == ("C", "A", "evaluator")
    assert [each["rating"] for each in client.get("/adoptions").json()] == ["C", "A"]


def test_a_document_is_checked_with_every_problem_at_its_place(program: Any) -> None:
    client = program("viewer")
    good = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
    sound = client.post("/check", {"document": good}).json()
    assert sound["sound"]
    assert sound["hash"] == client.get("/rulebooks/mic-2013").json()["hash"]
    mistyped = good.replace("| 100%超 ", "| 90-100%", 1)
    (dash,) = client.post("/check", {"document": mistyped}).json()["problems"]
    (mend,) = dash["mends"]
    (edit,) = mend["replacements"]
    mended = mistyped[: edit["start"]] + edit["text"] + mistyped[edit["end"] :]
    assert client.post("/check", {"document": mended}).json()["sound"], mend["label"]
    wrong = client.post("/check", {"document": good.replace("100%超", "100%ちょう")}).json()
    assert (wrong["sound"], wrong["hash"]) == (False, None)
    assert all(each["line"] for each in wrong["problems"])


@pytest.mark.parametrize("identity", ["none", "..%2Fmic-2013", "%2Fetc"])
def test_rulebooks_are_found_by_id_alone(program: Any, identity: str) -> None:
    client = program("evaluator")
    assert client.get(f"/rulebooks/{identity}").status_code == 404
    rated = client.post(f"/rate?rulebook={identity}", read_sheet(SEED).model_dump_json(by_alias=True))
    assert rated.json()["problems"][0]["code"] == "HY013"


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", "null", '"x"', '{"budget_years": [], "budget_years": []}'])
def test_what_is_no_sheet_is_refused(program: Any, body: str) -> None:
    answer = program("evaluator").post("/rate", body)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "HY018")


def test_the_log_comes_in_its_order_and_its_chain_is_whole(program: Any) -> None:
    from hyotei.workbench.log_chain import Entry, breaks

    client = program("evaluator")
    client.post("/rate", read_sheet(SEED).model_dump_json(by_alias=True))
    entries = [Entry(**each) for each in client.get("/log?limit=500").json()]
    assert [each.action for each in entries][-2:] == ["sheet.read", "verdict.stored"]
    assert list(breaks(entries)) == []
    assert [each["number"] for each in client.get(f"/log?after={entries[0].number}&limit=1").json()] == [2]
    assert client.get("/log?limit=9999").json()["problems"][0]["code"] == "HY017"


def test_a_text_that_the_database_cannot_hold_is_the_fault_of_the_request(program: Any) -> None:
    """PostgreSQL takes no NUL in a question, SQLite does."""
    assert program("viewer").get("/publications?rulebook=%00").status_code in (200, 400)
