"""Submissions, approvals and publications over the REST interface: the whole way, lost updates, requests that are sent again."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")

from tests.workbench.reviewed import committed, document, proved
from tests.workbench.test_api import JSON, NOWHERE, Program


@pytest.fixture
def program(browser: Any, person: Any, folder: Path) -> Any:
    """Makes a program with a token of an account of a role."""
    from hyotei.workbench.models import Account
    from hyotei.workbench.tokens import new_token

    def made(role: Any) -> Program:
        person(role)
        return Program(browser, new_token(Account.objects.get(name=role), "test"))

    return made


def code(answer: Any) -> tuple[int, str]:
    """The status and the first code of a problem."""
    assert answer.headers["Content-Type"].startswith("application/problem+json"), answer.content
    return answer.status_code, answer.json()["problems"][0]["code"]


def submitted(client: Program, text: str = "") -> Any:
    """The answer to the submission of a new draft."""
    draft = client.post("/drafts", {"document": text or document(), "file": "x.md"})
    body = {"note": "なぜ", "fiscal_years": "2012.."}
    return client.post(f"/drafts/{draft.json()['key']}/submissions", body, if_match=draft.headers["ETag"])


def test_a_program_submits_and_others_comment_approve_publish_and_withdraw(program: Any) -> None:
    from hyotei.workbench.review_models import Submission

    analyst, approver, viewer = (program(role) for role in ("analyst", "approver", "viewer"))
    made = submitted(analyst).json()
    place = f"/submissions/{made['key']}"
    assert (made["state"], made["version"], made["first_year"], made["authors"]) == ("waiting", "1", 2012, ["analyst"])
    assert made["running"]["state"] == "waiting"
    assert code(approver.post(f"{place}/approvals", {"approved": True})) == (428, "HY043")
    tag = approver.get(place).headers["ETag"]
    assert code(approver.post(f"{place}/approvals", {"approved": True}, if_match=tag)) == (409, "HY090")
    proved(Submission.objects.get())
    assert code(approver.post(f"{place}/approvals", {"approved": True}, if_match=tag)) == (412, "HY040")
    said = approver.post(f"{place}/comments", {"text": "よいか"}).json()
    answered = analyst.post(f"{place}/comments", {"text": "はい", "answers": said["number"], "settles": True}).json()
    assert (answered["answers"], answered["settles"]) == (said["number"], True)
    assert code(analyst.post(f"{place}/comments", {"text": "x", "answers": 999_999})) == (422, "HY087")
    seen = approver.get(place)
    assert seen.json()["report"]["state"] == "proved"
    sure = {"if_match": seen.headers["ETag"], "idempotency_key": "a"}
    approved = approver.post(f"{place}/approvals", {"approved": True}, **sure)
    assert approver.post(f"{place}/approvals", {"approved": True}, **sure).json() == approved.json()
    assert (approved.json()["state"], approved.json()["approval"]["four_eyes"]) == ("approved", True)
    assert code(analyst.post(f"{place}/publications", {}, if_match=approved.headers["ETag"])) == (403, "HY020")
    with committed():
        published = approver.post(f"{place}/publications", {}, if_match=approved.headers["ETag"]).json()
    assert (published["rulebook"], published["version"], published["withdrawal"]) == ("small", "1", None)
    assert published["document"] == seen.json()["document"]
    assert viewer.get("/rulebooks/small").json()["hash"] == published["hash"]
    assert [each["key"] for each in viewer.get("/publications?rulebook=small").json()] == [published["key"]]
    gone = f"/publications/{published['key']}/withdrawal"
    assert code(approver.post(gone, {"reason": " "})) == (422, "HY096")
    with committed():
        assert approver.post(gone, {"reason": "誤り"}).json()["withdrawal"]["reason"] == "誤り"
    assert code(approver.post(gone, {"reason": "誤り"})) == (409, "HY097")
    assert viewer.get("/rulebooks/small").status_code == 404
    assert analyst.get(f"/drafts/{made['draft']}/submissions").json()[0]["state"] == "withdrawn"
    assert [each["key"] for each in analyst.get("/submissions").json()] == [made["key"]]
    assert analyst.get(f"{place}/impact").status_code == 404


def test_a_draft_that_was_changed_is_not_submitted(program: Any) -> None:
    analyst = program("analyst")
    draft = analyst.post("/drafts", {"document": document(), "file": "x.md"})
    key = draft.json()["key"]
    analyst.send(
        "put", f"/drafts/{key}/document", {"document": document(lines="90,60")}, if_match=draft.headers["ETag"]
    )
    assert code(analyst.post(f"/drafts/{key}/submissions", {}, if_match=draft.headers["ETag"])) == (412, "HY040")
    assert code(analyst.post(f"/drafts/{key}/submissions", {})) == (428, "HY043")
    assert code(analyst.post(f"/drafts/{NOWHERE}/submissions", {}, if_match='"1"')) == (404, "HY021")


def test_a_sheet_is_rated_by_what_was_published_and_derived_again_after_its_withdrawal(program: Any) -> None:
    from hyotei.readers import read_sheet
    from hyotei.workbench.review_models import Submission
    from tests.workbench.test_api import SEED

    analyst, approver = program("analyst"), program("approver")
    data = json.loads(read_sheet(SEED).model_dump_json(by_alias=True)) | {"authority": "例示省"}
    sheet = json.dumps(data, ensure_ascii=False)
    assert code(approver.post("/rate", sheet)) == (422, "HY361")
    place = f"/submissions/{submitted(analyst).json()['key']}"
    proved(Submission.objects.get())
    tag = approver.get(place).headers["ETag"]
    tag = approver.post(f"{place}/approvals", {"approved": True}, if_match=tag).headers["ETag"]
    with committed():
        published = approver.post(f"{place}/publications", {}, if_match=tag).json()
    rated = approver.post("/rate", sheet).json()
    assert (rated["rulebook"], rated["rulebook_hash"]) == ("small", published["hash"])
    assert rated["verdict"]["rulebook"]["version"] == "1"
    with committed():
        approver.post(f"/publications/{published['key']}/withdrawal", {"reason": "誤り"})
    assert code(approver.post("/rate", sheet)) == (422, "HY361")
    assert approver.get(f"/verdicts/{rated['key']}/verification").json()["sound"] is True


def test_four_eyes_are_asked_for_and_turned_off(program: Any) -> None:
    administrator = program("administrator")
    assert administrator.get("/four-eyes").json() == {"on": True}
    assert administrator.send("put", "/four-eyes", {"on": False}).json() == {"on": False}
    assert program("analyst").get("/four-eyes").json() == {"on": False}
    assert code(program("approver").send("put", "/four-eyes", {"on": True})) == (403, "HY020")
    assert JSON in administrator.get("/four-eyes").headers["Content-Type"]
