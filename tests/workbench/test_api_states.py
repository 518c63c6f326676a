"""Programs that send again, that come late, and that go through long lists: nothing is done twice, lost, or left out."""

import json
import re
from typing import Any

import pytest

pytest.importorskip("django")

from hyotei.readers import read_sheet
from tests.workbench.test_api import SEED, program  # noqa: F401  # a fixture


@pytest.fixture
def sheet() -> str:
    return read_sheet(SEED).model_dump_json(by_alias=True)


def test_a_post_that_is_sent_again_is_done_once(program: Any, sheet: str) -> None:  # noqa: F811
    from hyotei.workbench.models import SheetRecord

    client = program("evaluator")
    first = client.post("/rate", sheet, idempotency_key="one")
    again = client.post("/rate", sheet, idempotency_key="one")
    assert first.json() == again.json()
    assert SheetRecord.objects.count() == 1
    other = client.post("/rate?carry_over=true", sheet, idempotency_key="one")
    assert (other.status_code, other.json()["problems"][0]["code"]) == (422, "HY042")
    assert client.post("/rate", sheet, idempotency_key="two").json()["key"] != first.json()["key"]
    assert client.post("/rate", sheet, idempotency_key="é").json()["problems"][0]["code"] == "HY041"
    # The key is one's own.
    assert program("analyst").post("/rate", sheet, idempotency_key="one").json()["key"] != first.json()["key"]
    assert SheetRecord.objects.count() == 3


def test_what_was_refused_is_not_kept_under_its_key(program: Any, sheet: str) -> None:  # noqa: F811
    client = program("evaluator")
    key = client.post("/rate", sheet).json()["key"]
    address = f"/verdicts/{key}/adoptions"
    assert client.post(address, {"rating": "C"}, idempotency_key="a").status_code == 422
    adopted = client.post(address, {"rating": "C", "reason": "事情"}, idempotency_key="a")
    assert adopted.status_code == 200
    assert client.post(address, {"rating": "C", "reason": "事情"}, idempotency_key="a").json() == adopted.json()
    assert len(client.get("/adoptions").json()) == 1


def test_a_sheet_is_rated_in_the_state_that_was_seen_or_not_at_all(program: Any, sheet: str) -> None:  # noqa: F811
    from hyotei.workbench.models import SheetRecord
    from hyotei.workbench.sheet_store import latest, revise

    client = program("evaluator")
    key = client.post("/rate", sheet).json()["sheet"]
    seen = client.get(f"/sheets/{key}")
    etag = seen.headers["ETag"]
    unchanged = client.client.get(f"/api/v1/sheets/{key}", headers={**client.headers, "if-none-match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.post(f"/sheets/{key}/verdict", if_match=etag).status_code == 200
    revision = latest(SheetRecord.objects.get())
    revise(revision, revision.account, "rulebook", rulebook="mic-2013")
    late = client.post(f"/sheets/{key}/verdict", if_match=etag)
    assert (late.status_code, late.json()["problems"][0]["code"]) == (412, "HY040")
    assert (
        client.post(f"/sheets/{key}/verdict", if_match=client.get(f"/sheets/{key}").headers["ETag"]).status_code == 200
    )


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_together_are_the_whole_list(program: Any, limit: int) -> None:  # noqa: F811
    client = program("viewer")
    whole = client.get("/rulebooks")
    found, address = [], f"/rulebooks?limit={limit}"
    for _ in range(100):
        answer = client.get(address)
        assert answer.headers["Total-Count"] == str(len(whole.json()))
        found += answer.json()
        lead = re.search(r'<([^>]*)>; rel="next"', answer.headers.get("Link", ""))
        if lead is None:
            break
        address = lead[1].removeprefix("/api/v1")
    assert found == whole.json()


def test_two_programs_write_one_draft_and_lose_nothing(program: Any) -> None:  # noqa: F811
    client = program("analyst")
    lines = ["# 案\n", "\n", "一\n", "\n", "二\n", "\n", "三\n"]
    begun = client.post("/drafts", {"document": "".join(lines), "file": "a.md"})
    address, etag = f"/drafts/{begun.json()['key']}", begun.headers["ETag"]

    def write(changes: dict[int, str], seen: str, query: str = "") -> Any:
        text = "".join(changes.get(number, line) for number, line in enumerate(lines))
        return client.send("put", f"{address}/document{query}", {"document": text}, if_match=seen)

    assert client.send("put", f"{address}/document", {"document": "x"}).status_code == 428
    assert write({2: "いち\n"}, '"9"').status_code == 412
    first = write({2: "いち\n"}, etag)
    assert (first.status_code, first.json()["merged"]) == (200, False)
    second = write({6: "さん\n"}, etag)
    assert second.json()["merged"]
    assert ("いち" in second.json()["document"], "さん" in second.json()["document"]) == (True, True)
    third = write({2: "壱\n"}, etag)
    assert third.status_code == 409
    assert [(each["mine"], each["theirs"]) for each in third.json()["conflicts"]] == [("壱\n", "いち\n")]
    assert client.get(address).json()["document"] == second.json()["document"]
    over = write({2: "壱\n"}, etag, f"?over={third.json()['revision']}")
    assert ("壱" in over.json()["document"], "さん" in over.json()["document"]) == (True, True)
    assert client.post(f"{address}/undo", if_match=etag).status_code == 412
    undone = client.post(f"{address}/undo", if_match=over.headers["ETag"])
    assert undone.json()["document"] == second.json()["document"]
    redone = client.post(f"{address}/redo", if_match=undone.headers["ETag"])
    assert redone.json()["document"] == over.json()["document"]


def test_a_draft_of_a_rulebook_is_checked_and_tells_what_it_moves(program: Any, sheet: str) -> None:  # noqa: F811
    client = program("analyst")
    client.post("/rate", sheet)
    begun = client.post("/drafts", {"rulebook": "mic-2013"}, idempotency_key="d")
    assert client.post("/drafts", {"rulebook": "mic-2013"}, idempotency_key="d").json() == json.loads(begun.content)
    address, etag = f"/drafts/{begun.json()['key']}", begun.headers["ETag"]
    assert client.get(f"{address}/check").json()["sound"]
    text = begun.json()["document"].replace("100%超", "100%ちょう")
    changed = client.send("put", f"{address}/document", {"document": text}, if_match=etag)
    assert not client.get(f"{address}/check").json()["sound"]
    assert client.get(f"{address}/impact").status_code == 422
    client.post(f"{address}/undo", if_match=changed.headers["ETag"])
    moved = client.get(f"{address}/impact").json()
    assert moved["revision"] == 3
    assert client.get(f"{address}/impact?corpus=none").status_code == 404
    assert [each["key"] for each in client.get("/drafts").json()] == [begun.json()["key"]]
    for body in ({}, {"rulebook": "x", "document": "y"}, {"rulebook": "none"}, {"document": "\0"}):
        assert client.post("/drafts", body).status_code == 422


def test_forms_are_listed_and_shown_by_id_alone(program: Any) -> None:  # noqa: F811
    from hyotei.forms.library import library, load_form

    client = program("viewer")
    assert [each["id"] for each in client.get("/forms?limit=500").json()] == [each.head.id for each in library()]
    first = library()[0].head.id
    assert client.get(f"/forms/{first}").json()["hash"] == load_form(first).hash
    assert client.get("/forms/..%2Fbase").status_code == 404


def test_a_proof_runs_in_the_background_and_is_ended_by_a_change(program: Any) -> None:  # noqa: F811
    import time

    pytest.importorskip("z3")
    client = program("analyst")
    begun = client.post("/drafts", {"document": "# 案\n"})
    address = f"/drafts/{begun.json()['key']}"
    assert client.get(f"{address}/proof").status_code == 404
    told = client.post(f"{address}/proof").json()
    assert (told["revision"], told["result"]) == (1, None)
    for _ in range(300):
        told = client.get(f"{address}/proof").json()
        if told["ended"]:
            break
        time.sleep(0.1)
    assert (told["ended"], told["result"], bool(told["problems"])) == (True, None, True)
    client.send("put", f"{address}/document", {"document": "# 別\n"}, if_match=begun.headers["ETag"])
    assert client.get(f"{address}/proof").status_code == 404


@pytest.mark.slow
def test_a_proof_tells_what_the_command_tells(program: Any) -> None:  # noqa: F811
    import time

    from tests.workbench.test_drafts import TEXT

    pytest.importorskip("z3")
    client = program("analyst")
    address = f"/drafts/{client.post('/drafts', {'document': TEXT}).json()['key']}/proof"
    told = client.post(address).json()
    for _ in range(900):
        if told["ended"]:
            break
        time.sleep(0.1)
        told = client.get(address).json()
    assert (told["problems"], told["done"]) == ([], told["count"])
    assert told["result"]["schema"].startswith("hyotei.")
