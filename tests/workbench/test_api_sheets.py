"""Sheets over the REST interface: figures corrected, facts given, files handed on, without losing a change of another."""

import json
import time
from typing import Any

import pytest

pytest.importorskip("django")

from django.core.files.uploadedfile import SimpleUploadedFile

from hyotei.readers import read_sheet
from tests.workbench.test_api import NOWHERE, SEED, Program, program  # noqa: F401  # a fixture
from tests.workbench.test_api_audits import code

ACTUAL = "objectives/0/indicators/0/measures/0/actual"


def read_in(client: Program, name: str = "sheet.yaml", content: bytes = b"") -> str:
    """The address of a sheet that was read in."""
    files = {"files": SimpleUploadedFile(name, content or SEED.read_bytes())}
    answer = client.client.post("/api/v1/sheets", files, headers=client.headers)
    return f"/sheets/{answer.json()['sheets'][0]['key']}"


def figure(client: Program, place: str, path: str = ACTUAL) -> Any:
    return next(each for each in client.get(f"{place}/figures").json() if each["path"] == path)


def test_a_correction_is_made_once_on_the_state_that_was_seen(program: Any) -> None:  # noqa: F811
    client = program("evaluator")
    place = read_in(client)
    body = {"path": ACTUAL, "text": "4回"}
    assert code(client.post(f"{place}/corrections", body)) == (428, "HY043")
    made = client.post(f"{place}/corrections", body, if_match='"1"', idempotency_key="a")
    assert (made.status_code, made.json()["revision"], made.headers["ETag"]) == (200, 2, '"2"')
    again = client.post(f"{place}/corrections", body, if_match='"1"', idempotency_key="a")
    assert (again.json(), again.headers["ETag"]) == (made.json(), '"2"')
    assert code(client.post(f"{place}/corrections", {**body, "text": "5回"}, if_match='"1"')) == (412, "HY040")
    assert figure(client, place)["text"] == "4回【平成24年度】"
    assert figure(client, place)["before"]
    for path, text, told in (("no/where", "4回", "HY049"), (ACTUAL, "4", "HY011"), (ACTUAL, "四がい", "HY038")):
        assert code(client.post(f"{place}/corrections", {"path": path, "text": text}, if_match='"2"')) == (422, told)
    assert code(program("viewer").post(f"{place}/corrections", body, if_match='"2"')) == (403, "HY020")
    rated = client.post(f"{place}/verdict").json()
    assert rated["revision"] == 2
    assert client.get(f"/verdicts/{rated['key']}/verification").json()["sound"]


def test_a_reading_is_found_right_by_somebody(program: Any) -> None:  # noqa: F811
    client = program("evaluator")
    place = read_in(client)
    unsure = next(each for each in client.get(f"{place}/figures").json() if each["group"] == "unsure")
    client.post(f"{place}/confirmations", {"path": unsure["path"]}, if_match='"1"')
    found = figure(client, place, unsure["path"])
    assert (unsure["confirmed"], found["confirmed"], found["text"]) == ("", "evaluator", unsure["text"])
    (last, first) = client.get(f"{place}/revisions").json()
    assert (last["kind"], last["subject"], last["account"]) == ("confirmed", unsure["path"], "evaluator")
    assert (first["number"], first["kind"]) == (1, "read")


def test_a_judgment_is_given_with_its_reason(program: Any) -> None:  # noqa: F811
    client = program("evaluator")
    sheet = "id: j\ntitle: 橋\nauthority: 北の町\nfiscal_year: 2023\nmeasures:\n  - {target: 10件, actual: 12件}\n"
    place = read_in(client, "j.yaml", sheet.encode())
    chosen = client.send("put", f"{place}/rulebook", {"rulebook": "municipal-direction"}, if_match='"1"')
    assert (chosen.json()["rulebook"], chosen.json()["revision"]) == ("municipal-direction", 2)
    assert code(client.send("put", f"{place}/rulebook", {"rulebook": "none"}, if_match='"2"')) == (422, "HY013")
    same = client.send("put", f"{place}/rulebook", {"rulebook": "municipal-direction"}, if_match='"2"')
    assert same.json()["revision"] == 2
    asked = [each for each in client.get(f"{place}/facts").json() if each["judged"] and each["choices"]]
    fact = asked[0]
    assert fact["stated"] is None
    body = {"unit": fact["unit"], "fact": fact["fact"], "text": fact["choices"][0]}
    assert code(client.post(f"{place}/facts", body, if_match='"2"')) == (422, "HY012")
    given = client.post(f"{place}/facts", {**body, "reason": "聞き取り", "by": "課長"}, if_match='"2"')
    assert given.status_code == 200
    now = next(each for each in client.get(f"{place}/facts").json() if each["fact"] == fact["fact"])
    assert now["stated"] == {"text": fact["choices"][0], "reason": "聞き取り", "by": "課長"}
    assert code(client.post(f"{place}/facts", {"fact": "none", "text": "x"}, if_match='"3"')) == (422, "HY049")


def test_documents_and_the_source_are_those_of_the_page(program: Any, person: Any) -> None:  # noqa: F811
    client, page = program("viewer"), person("viewer")
    place = read_in(program("evaluator"))
    for kind, lead in (("html", b"<!DOCTYPE"), ("docx", b"PK"), ("xlsx", b"PK")):
        answer = client.get(f"{place}/verdict-document?kind={kind}")
        assert (answer.status_code, answer.content.startswith(lead)) == (200, True)
        assert answer.headers["Content-Type"] == page.get(f"{place}/verdict.{kind}").headers["Content-Type"]
    assert code(client.get(f"{place}/verdict-document?kind=exe")) == (422, "HY017")
    assert client.get(f"{place}/yaml").content == page.get(f"{place}/sheet.yaml").content
    printed = [each for each in client.get(f"{place}/source").json() if each["figures"]]
    assert any(ACTUAL in each["figures"] for each in printed)
    assert client.get(place).json()["source_pages"] == []
    unrated = "id: u\ntitle: 表\nauthority: どこか\nfiscal_year: 1990\nmeasures: []\n"
    other = read_in(program("evaluator"), "u.yaml", unrated.encode())
    assert code(client.get(f"{other}/verdict-document?kind=html"))[0] == 422
    assert code(client.get(f"/sheets/{NOWHERE}/source")) == (404, "HY021")


def test_sheets_are_looked_for_by_their_words(program: Any) -> None:  # noqa: F811
    client = program("evaluator")
    place = read_in(client)
    title = client.get(place).json()["title"]
    for words, found in ((title[:3], 1), (f" {title[:3]} ", 1), ("無い題", 0), ("", 1)):
        assert len(client.get("/sheets", data={"q": words}).json()) == found
    assert read_sheet(SEED).title == title


@pytest.mark.slow
def test_the_ways_to_another_result_are_looked_for_until_they_are_found(program: Any) -> None:  # noqa: F811
    pytest.importorskip("z3")
    client = program("evaluator")
    place = read_in(client)
    for _ in range(600):
        found = client.get(f"{place}/other-results").json()
        if found["ended"]:
            break
        time.sleep(0.1)
    assert (found["revision"], found["problems"]) == (1, [])
    assert [each["value"] for each in found["answers"]["reach"]] == ["Ⅰ"]
    assert found["answers"]["certain"]["schema"]
    assert json.dumps(found["answers"]["keep"])
    assert code(client.get(f"{place}/other-results?reach=Z")) == (422, "HY023")
