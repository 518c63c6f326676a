"""The pages of reviews and publications: the whole way of a draft, with the proof really made, and in both languages."""

import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")
pytest.importorskip("z3")

from tests.workbench.reviewed import committed, document, proved, published, submitted


@pytest.fixture
def people(person: Any, folder: Path) -> Any:
    """Browsers by the names of the roles, and the accounts under `accounts`."""
    from hyotei.workbench.models import Account

    found = {role: person(role) for role in ("viewer", "analyst", "approver", "administrator")}
    return found | {"accounts": {each.name: each for each in Account.objects.all()}}


def text_of(answer: Any) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_the_values_of_parameters_stand_where_they_are_approved_and_published(people: Any) -> None:
    """The tables say `>= line_1`: who approves a new rulebook saw no number on the page, for there was no change to show."""
    from hyotei.workbench.draft_files import new_document
    from hyotei.workbench.draft_front import values_shown

    fields = {"id": "minato", "title": "総合評価", "authority": "みなと市", "years": "2023.."}
    made = new_document({**fields, "grades": "A,B,C", "lines": "97,83"}, "ja")
    assert made.text is not None
    texts = [[each.text for each in row] for row in values_shown(made.text, "ja")[0].rows]
    assert texts == [["line_1", "97%", "A とする達成度"], ["line_2", "83%", "B とする達成度"]]
    accounts = people["accounts"]
    found = submitted(made.text, accounts["analyst"])
    review = people["approver"].get(f"/reviews/{found.key}/").content.decode()
    assert "<td>97%</td>" in review
    assert "<td>83%</td>" in review


def test_a_draft_goes_its_whole_way(people: Any) -> None:
    from hyotei.workbench.audit_models import Job
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.jobs import work_once
    from hyotei.workbench.review_models import Publication, Submission

    accounts = people["accounts"]
    published(document(), accounts["analyst"], accounts["approver"])
    Job.objects.update(state="done")  # that of the first one is not waited for
    draft = begin(document(lines="100,60"), accounts["analyst"], "rulebook", base="small")
    analyst, approver = people["analyst"], people["approver"]
    submitting = analyst.get(f"/drafts/{draft.key}/submit/").content.decode()
    assert 'value="2"' in submitting
    assert "この日を待たずに" in submitting  # the days in force are told, and decide nothing
    fields = {"seen": "1", "version": "2", "fiscal_years": "2012..", "effective": "2026-04-01..", "note": "線を下げた"}
    answer = analyst.post(f"/drafts/{draft.key}/submit/", fields)
    assert answer.status_code == 302
    found = Submission.objects.latest("at")
    assert "fiscal_years: 2012..\n" in found.revision.text.text
    assert "effective: 2026-04-01..\n" in found.revision.text.text
    place = f"/reviews/{found.key}/"
    assert "順番を待っています" in text_of(approver.get(place))
    assert work_once(["review"])
    shown = text_of(approver.get(place))
    for said in ("すべて証明されました", "線を下げた", "70", "60", "意味の違い", "2026-04-01.."):
        assert said in shown
    assert people["viewer"].get(place).status_code == 403
    assert analyst.post(f"{place}decision/", {"do": "approve"}).status_code == 403
    table = re.search('name="table" value="([^"]+)"', approver.get(place).content.decode())
    assert table is not None
    approver.post(f"{place}comment/", {"table": table[1], "row": "1", "text": "よいか"})
    assert "よいか" in text_of(analyst.get(place))
    assert approver.post(f"{place}decision/", {"do": "send_back"}).status_code == 422
    approver.post(f"{place}decision/", {"do": "approve"})
    with committed():
        answer = approver.post(f"{place}publication/")
    made = Publication.objects.get(identity="small", version="2")
    assert answer.url == f"/publications/{made.key}/"
    viewer = people["viewer"]
    for address in (answer.url, "/publications/", "/rulebooks/small/", "/rulebooks/"):
        assert "公開" in text_of(viewer.get(address))
    for address in (answer.url, "/rulebooks/small/"):
        assert "2026-04-01.." in re.sub("<article.*</article>", "", text_of(viewer.get(address)), flags=re.DOTALL)
    certificate = viewer.get(f"{answer.url}certificate/")
    assert certificate.json()["hash"] == found.hash
    assert viewer.get(f"{answer.url}document/").content.decode() == found.revision.text.text
    with committed():
        approver.post(f"{answer.url}withdrawal/", {"reason": "誤り"})
    assert "理由：誤り" in text_of(viewer.get(answer.url))
    assert "取り下げ済み" in text_of(viewer.get("/publications/"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_is_in_one_language(people: Any, person: Any, language: str) -> None:
    from hyotei.workbench.reviews import comment, decide

    accounts = people["accounts"]
    made = published(document(), accounts["analyst"], accounts["approver"])
    back = proved(submitted(document(lines="90,60"), accounts["analyst"]), "open")
    comment(back, accounts["approver"], "x")
    decide(back, accounts["approver"], False, "x")
    client = person("administrator", language=language)
    draft = back.draft_id
    pages = (
        "/reviews/", f"/reviews/{back.key}/", f"/reviews/{made.submission.key}/", f"/drafts/{draft}/submit/", "/publications/",
        f"/publications/{made.key}/", "/accounts/", f"/reviews/{back.key}/impact/",
    )  # fmt: skip
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200, address
        shown = answer.content.decode()
        assert "style=" not in shown
        if language == "en":
            outside = re.sub(r'<title>.*?</title>|<(\w+)[^>]*lang="ja"[^>]*>.*?</\1>', "", shown, flags=re.DOTALL)
            assert re.search("[ぁ-ん]", re.sub(r'value="[^"]*"', "", outside)) is None, address


def test_whether_a_second_person_is_needed_is_an_administrators_word(people: Any) -> None:
    from hyotei.workbench.reviews import four_eyes

    assert people["approver"].post("/four-eyes/", {"do": "off"}).status_code == 403
    people["administrator"].post("/four-eyes/", {"do": "off"})
    assert not four_eyes()
    found = submitted(document(), people["accounts"]["analyst"])
    assert "二人での確認なし" in text_of(people["approver"].get(f"/reviews/{found.key}/"))
    people["administrator"].post("/four-eyes/", {"do": "on"})
    assert four_eyes()


def test_a_proof_that_broke_off_is_told_and_begun_again(people: Any) -> None:
    from hyotei.workbench.audit_models import Job
    from hyotei.workbench.jobs import review_job

    found = submitted(document(), people["accounts"]["analyst"])
    Job.objects.filter(kind="review").update(state="failed", told='[{"ja": "こわれた", "en": "broke"}]')
    assert "こわれた" in text_of(people["approver"].get(f"/reviews/{found.key}/"))
    people["analyst"].post(f"/reviews/{found.key}/proof/")
    begun = review_job(found)
    assert begun is not None
    assert begun.state == "waiting"
    people["analyst"].post(f"/reviews/{found.key}/proof/")
    assert Job.objects.filter(kind="review").count() == 2


def test_reviewers_see_which_cases_were_removed_or_rewritten(people: Any) -> None:
    from hyotei.workbench.drafts import begin, change, state
    from hyotei.workbench.publications import publish
    from hyotei.workbench.reviews import decide
    from hyotei.workbench.submissions import Stated, submit

    author, approver = people["accounts"]["analyst"], people["accounts"]["approver"]
    case = (
        "cases:\n- name: 届いた\n  sheet:\n    measures:\n    - {target: 10回, actual: 12回}\n  expect: {rating: A}\n"
    )
    first = begin(document(), author, "file", cases=case)
    made = proved(submit(first, 1, author, Stated("1"), ""))
    decide(made, approver, True, "")
    with committed():
        publish(made, approver)
    draft = begin(document(lines="100,60"), author, "rulebook", base="small")
    same = submit(draft, state(draft).number, author, Stated("2"), "")
    assert "事例に違いはありません" in text_of(people["approver"].get(f"/reviews/{same.key}/"))
    change(draft, state(draft).number, author, "cases", "", lambda _: "cases: []\n", part="cases")
    other = submit(draft, state(draft).number, author, Stated("2"), "")
    shown = text_of(people["approver"].get(f"/reviews/{other.key}/"))
    assert re.search("事例の違い.*- name: 届いた", shown, re.DOTALL)
