"""Corpora, audits and findings over the REST interface: the same as on the pages, requests that are sent again, refusals."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")
pytest.importorskip("duckdb")
pytest.importorskip("vl_convert")

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.workbench.test_api import NOWHERE, SEED, Program
from tests.workbench.test_audits import counted, finding, stored, work


@pytest.fixture
def program(browser: Any, person: Any) -> Any:
    """Makes a program with a token of an account of a role."""
    from hyotei.workbench.models import Account
    from hyotei.workbench.tokens import new_token

    def made(role: Any) -> Program:
        person(role)
        return Program(browser, new_token(Account.objects.get(name=role), "test"))

    return made


def code(answer: Any) -> tuple[int, str]:
    """The status and the first code of a problem."""
    return answer.status_code, answer.json()["problems"][0]["code"]


def build(client: Program, title: str, source: str = "", content: bytes = b"", **headers: str) -> Any:
    """The answer to the request for a corpus."""
    form: dict[str, Any] = {"title": title}
    form |= {"source": source} if source else {}
    form |= {"files": SimpleUploadedFile("評価書.yaml", content)} if content else {}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.client.post("/api/v1/corpora", form, headers={**client.headers, **named})


def test_a_corpus_is_asked_for_once_built_and_named(program: Any, database: Path) -> None:
    client = program("evaluator")
    made = build(client, " 令和 ", content=SEED.read_bytes(), idempotency_key="a")
    assert build(client, " 令和 ", content=SEED.read_bytes(), idempotency_key="a").json() == made.json()
    assert code(build(client, "令和", content=b"x", idempotency_key="a")) == (422, "HY042")
    assert code(build(client, "平成", content=SEED.read_bytes(), idempotency_key="a")) == (422, "HY042")
    assert code(build(client, "昭和", source="none", idempotency_key="b")) == (422, "HY031")  # a form without a file
    assert (made.json()["title"], made.json()["state"], made.json()["corpus"]) == ("令和", "waiting", None)
    assert code(build(client, "令和", content=SEED.read_bytes())) == (409, "HY030")
    assert code(build(client, " ", content=SEED.read_bytes())) == (422, "HY029")
    for wrong in ("", "../sources", "none"):
        assert code(build(client, "外", source=wrong)) == (422, "HY031")
    work()
    done = client.get(f"/jobs/{made.json()['key']}").json()
    assert (done["state"], done["left"], done["kind"]) == ("done", False, "corpus")
    corpus = program("viewer").get(f"/corpora/{done['corpus']}").json()
    assert (corpus["title"], corpus["sheets"], len(corpus["hash"])) == ("令和", 1, 64)
    assert corpus in client.get("/corpora").json()
    again = client.post(f"/jobs/{done['key']}/cancellation")
    assert again.json()["state"] == "done"
    assert code(program("viewer").post(f"/jobs/{done['key']}/cancellation")) == (403, "HY020")


def test_what_cannot_be_read_is_told_and_what_is_cancelled_leaves_nothing(program: Any, database: Path) -> None:
    client = program("evaluator")
    broken = build(client, "壊れた", content=b"\x00\x01").json()
    work()
    told = client.get(f"/jobs/{broken['key']}").json()
    assert (told["state"], bool(told["problems"])) == ("failed", True)
    waiting = build(client, "やめる", content=SEED.read_bytes()).json()
    assert client.post(f"/jobs/{waiting['key']}/cancellation").json()["state"] == "cancelled"
    assert not (database / "uploads" / waiting["key"].replace("-", "")).exists()
    assert {each["key"] for each in client.get("/jobs?kind=corpus").json()} == {broken["key"], waiting["key"]}
    assert client.get("/jobs?kind=audit").json() == []


def test_findings_are_those_of_the_page_with_everything_counted(program: Any, person: Any, database: Path) -> None:
    drawn = [finding(number, severity="notice" if number % 3 else "serious", money=str(number)) for number in range(7)]
    to = stored(drawn, database)
    page, client = person("evaluator"), program("evaluator")
    place = f"/audits/{to.split('/')[2]}"
    for query in ("", "severity=notice", "q=文3", "sheet=id-1", "fiscal_year=2023", "fiscal_year=1999", "checked=no"):
        listed = client.get(f"{place}/findings?{query}&limit=3")
        counts = client.get(f"{place}/finding-counts?{query}").json()
        assert int(listed.headers["Total-Count"]) == counts["findings"] == counted(page, f"{to}findings/?{query}")
        assert len(listed.json()) == min(3, counts["findings"])
        assert sum(each["findings"] for each in counts["filters"].get("code", [])) == counts["findings"]
    by_money = [each["finding"]["money"] for each in client.get(f"{place}/findings?order=money").json()]
    assert by_money == ["6", "5", "4", "3", "2", "1", "0"]
    for wrong in ("order=x", "checked=maybe", "fiscal_year=x"):
        assert code(client.get(f"{place}/findings?{wrong}")) == (422, "HY017")


def test_a_finding_is_checked_once_and_the_note_is_kept(program: Any, database: Path) -> None:
    from hyotei.workbench.models import LogEntry

    to = stored([finding(1)], database)
    client, viewer = program("evaluator"), program("viewer")
    place = f"/audits/{to.split('/')[2]}/findings/1"
    once = client.post(f"{place}/checks", {"note": "見た。\r\n正しい。 "}, idempotency_key="c")
    assert client.post(f"{place}/checks", {"note": "見た。\r\n正しい。 "}, idempotency_key="c").json() == once.json()
    shown = viewer.get(place).json()
    assert [(each["note"], each["account"], each["role"]) for each in shown["checks"]] == [
        ("見た。\n正しい。", "evaluator", "evaluator")
    ]
    assert (shown["checked"], shown["finding"]["figures"][0]["value"]) == (True, "5")
    assert LogEntry.objects.filter(action="finding.checked", subject=to.split("/")[2]).count() == 1
    assert code(client.post(f"{place}/checks", {"note": " \n"})) == (422, "HY035")
    assert code(client.post(f"{place}/checks", {"note": ""})) == (422, "HY017")
    assert code(viewer.post(f"{place}/checks", {"note": "x"})) == (403, "HY020")
    assert code(client.get(f"{place}9999999999999999999999")) == (404, "HY021")


def test_reports_are_files_and_what_is_missing_is_told(program: Any, database: Path) -> None:
    to = stored([finding(1)], database)
    client = program("viewer")
    place = f"/audits/{to.split('/')[2]}"
    answer = client.get(f"{place}/report?kind=ndjson")
    assert answer.headers["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert json.loads(b"".join(answer))["code"] == "RS-F01"
    assert code(client.get(f"{place}/report?kind=xlsx")) == (404, "HY021")  # its process made none
    assert code(client.get(f"{place}/report?kind=exe")) == (422, "HY017")
    evaluator = program("evaluator")
    assert code(evaluator.post("/audits", {"corpus": "none"})) == (422, "HY032")
    assert code(evaluator.post("/audits", {"corpus": "none", "against": "x"})) == (422, "HY017")


@pytest.mark.slow
def test_an_audit_is_begun_and_held_against_an_earlier_one(program: Any) -> None:
    client = program("evaluator")
    job = build(client, "比べる", content=SEED.read_bytes()).json()
    work()
    corpus = client.get(f"/jobs/{job['key']}").json()["corpus"]
    assert code(client.post("/audits", {"corpus": corpus, "against": NOWHERE})) == (422, "HY033")
    made: list[Any] = []
    for against in (None, 0):
        asked = {"corpus": corpus, "against": None if against is None else made[against]["key"]}
        begun = client.post("/audits", asked).json()
        assert (begun["state"], begun["corpus"], begun["audit"]) == ("waiting", corpus, None)
        work()
        made.append(client.get(f"/audits/{client.get('/jobs/' + begun['key']).json()['audit']}").json())
    assert made[0]["states"] == {}
    assert made[1]["states"]["continuing"] == made[0]["findings"] > 0
    assert made[1]["against"] == made[0]["key"]
    assert [each["key"] for each in client.get("/audits").json()] == [made[1]["key"], made[0]["key"]]
