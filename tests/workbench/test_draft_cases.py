"""Cases of a draft: taken from the rulebook, made of counterexamples and sheets, confirmed, changed, taken back with all else."""

import re
from html import unescape
from typing import Any

import pytest

from hyotei.inference.cases import cases_in
from hyotei.rulebook.load import parse_rulebook
from tests.workbench.test_api import Program
from tests.workbench.test_drafts import TEXT

SHEET = "measures:\n        - {target: 10回, actual: 12回}"
CASE = f"""cases:
  - name: 届いた
    sheet:
      {SHEET}
    expect:
      rating: A
"""
GAP = TEXT.replace("| 2 | < 50% | B |\n", "| 2 | < 40% | B |\n| 3 | < 30% | B |\n").replace("| U |", "| F |", 1)


@pytest.fixture
def draft(person: Any) -> Any:
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.models import Account

    person("analyst")
    return begin(TEXT, Account.objects.get(name="analyst"), "file", file="small.md")


def _now(draft: Any) -> Any:
    from hyotei.workbench.drafts import state

    return state(draft)


def _post(client: Any, draft: Any, seen: int, **fields: str) -> Any:
    return client.post(f"/drafts/{draft.key}/cases/", {"seen": str(seen), **fields})


def _page(client: Any, draft: Any) -> str:
    return str(client.get(f"/drafts/{draft.key}/cases/").content.decode())


def _cases(draft: Any) -> str:
    from hyotei.workbench.drafts import cases_of

    return cases_of(_now(draft))


def test_a_draft_has_the_cases_of_its_rulebook_until_they_are_changed(person: Any) -> None:
    client = person("analyst")
    to = client.post("/drafts/", {"rulebook": "mic-2013"}).url
    shown = str(client.get(f"{to}cases/").content.decode())
    assert "期待どおり" in shown
    assert "file: " not in re.search("<textarea.*</textarea>", shown, re.DOTALL)[0]  # type: ignore[index]


def test_cases_are_written_tried_and_taken_back(person: Any, draft: Any) -> None:
    client = person("analyst")
    assert "まだ事例がありません" in _page(client, draft)
    assert _post(client, draft, 1, do="write", cases=CASE).status_code == 302
    assert "1件の事例のうち 1件" in _page(client, draft)
    _post(client, draft, 2, do="write", cases=CASE.replace("rating: A", "rating: B"))
    shown = _page(client, draft)
    assert "HY374" in shown
    _post(client, draft, 3, do="rerun", number="0")
    assert "rating: A" in _cases(draft)
    client.post(f"/drafts/{draft.key}/", {"seen": "4", "do": "undo"})
    assert "rating: B" in _cases(draft)
    assert _now(draft).text.text == TEXT
    _post(client, draft, 5, do="delete", number="0")
    assert "届いた" not in _cases(draft)


def test_programs_read_write_and_try_cases_and_lose_nothing(browser: Any, person: Any, draft: Any) -> None:
    from hyotei.workbench.models import Account
    from hyotei.workbench.tokens import new_token

    person("analyst")
    client = Program(browser, new_token(Account.objects.get(name="analyst"), "test"))
    place = f"/drafts/{draft.key}/cases"
    assert client.get(place).json() == {"revision": 1, "cases": "", "merged": False}
    assert client.get(f"{place}/check").json() == {
        "errors": False,
        "cases": [],
        "problems": [],
        "rows": 0,
        "unreached": [],
    }
    assert client.send("put", place, {"cases": CASE}).json()["problems"][0]["code"] == "HY043"
    sure = {"if_match": '"1"', "idempotency_key": "a"}
    written = client.send("put", place, {"cases": CASE}, **sure)
    assert client.send("put", place, {"cases": CASE}, **sure).json() == written.json()
    assert (written.json()["revision"], written.headers["ETag"], _now(draft).number) == (2, '"2"', 2)
    (held,) = client.get(f"{place}/check").json()["cases"]
    assert (held["name"], held["line"], held["unconfirmed"], held["problems"]) == ("届いた", 2, False, [])
    mine = client.send("put", place, {"cases": CASE.replace("rating: A", "rating: B")}, if_match='"2"')
    assert mine.json()["revision"] == 3
    (fails,) = client.get(f"{place}/check").json()["cases"]
    assert [each["code"] for each in fails["problems"]] == ["HY374"]
    other = client.send("put", place, {"cases": CASE.replace("rating: A", "rating: C")}, if_match='"2"')
    assert (other.status_code, len(other.json()["conflicts"]), _now(draft).number) == (409, 1, 3)
    assert client.send("put", place, {"cases": CASE}, if_match='"9"').status_code == 412
    over = client.send("put", f"{place}?over=3", {"cases": CASE.replace("rating: A", "rating: C")}, if_match='"2"')
    assert "rating: C" in over.json()["cases"]
    wrong = client.send("put", place, {"cases": "cases: [\n"}, if_match=over.headers["ETag"])
    assert wrong.status_code == 200
    told = client.get(f"{place}/check")
    assert told.status_code == 422 or told.json()["problems"]


def test_a_case_opens_no_file(person: Any, draft: Any) -> None:
    client = person("analyst")
    _post(
        client, draft, 1, do="write", cases="cases:\n  - name: よそ\n    file: /etc/passwd\n    expect: {rating: A}\n"
    )
    shown = _page(client, draft)
    assert "HY391" in shown
    assert "root:" not in shown


def test_cases_and_the_document_changed_by_two_stay_both(person: Any, draft: Any) -> None:
    client = person("analyst")
    _post(client, draft, 1, do="write", cases=CASE)
    client.post(
        f"/drafts/{draft.key}/", {"seen": "1", "section": "0", "text": TEXT.split("# ")[0].replace("小さな", "別の")}
    )
    assert "別の" in _now(draft).text.text
    assert "届いた" in _cases(draft)
    answer = _post(client, draft, 1, do="write", cases=CASE.replace("届いた", "届かない"))
    assert answer.status_code == 409
    assert f"/drafts/{draft.key}/cases/" in str(answer.content.decode())


@pytest.mark.parametrize("fields", [{}, {"do": "x"}, {"do": "write", "seen": "99"}, {"do": "write", "seen": "x"}])
def test_what_is_no_change_of_cases_is_refused(person: Any, draft: Any, fields: dict[str, str]) -> None:
    answer = person("analyst").post(f"/drafts/{draft.key}/cases/", {"seen": "1", **fields})
    assert answer.status_code == 400


def test_what_a_proof_finds_is_mended_or_made_a_case() -> None:
    pytest.importorskip("z3")
    from hyotei.proof.prove import prove
    from hyotei.rulebook.mends.model import Replacement, mended
    from hyotei.workbench.draft_changes import _replacements
    from hyotei.workbench.proof_items import proof_items

    book = parse_rulebook(GAP)
    items = list(proof_items(prove(book), GAP))
    labels = [each["label"]["ja"] for item in items for each in item["mends"]]  # type: ignore[attr-defined]
    assert any("を足す" in each for each in labels)
    assert "行「3」を消す" in labels
    for item in items:
        for text in item["cases"]:  # type: ignore[attr-defined]
            cases, problems = cases_in(text, book)
            assert (len(cases), problems, cases[0].unconfirmed) == (1, [], True)
    text = GAP
    for item in items:
        for each in item["mends"]:  # type: ignore[attr-defined]
            found: tuple[Replacement, ...] | None = _replacements(each["value"])
            assert found is not None
            text = mended(GAP, found)
            assert len(prove(parse_rulebook(text)).checks) > 0
    both = [_replacements(each["value"]) for item in items for each in item["mends"]]  # type: ignore[attr-defined]
    every = sorted((each for found in both if found for each in found), key=lambda each: each.start)
    left = list(proof_items(prove(parse_rulebook(mended(GAP, tuple(every)))), text))
    assert [item for item in left if item["mends"]] == []


LAW = """---
rulebook: small
title: 小さな基準
authority: 総務省
standing: draft
fiscal_years: 2020..
scales:
  rating: [A, B]
laws:
  - rating never falls as share rises
---

# 割合 `share` — for the sheet

    count(measures[actual >= target]) / count(measures)

# 評価区分 `rating` — for the sheet

| U | `share` | **rating** |
|---|---|---|
| 1 | >= 80% | B |
| 2 | < 85% | A |
| 3 | unknown | unknown |
"""


def test_rows_that_contradict_and_a_broken_law_become_cases_of_both_sheets() -> None:
    pytest.importorskip("z3")
    from hyotei.inference.case_runs import run_case
    from hyotei.proof.prove import prove
    from hyotei.workbench.proof_items import proof_items

    book = parse_rulebook(LAW)
    made = {item["title"]["ja"]: item["cases"] for item in proof_items(prove(book), LAW)}  # type: ignore[index]
    assert [len(cases) for cases in made.values()] == [1, 2]  # type: ignore[arg-type]
    told = [cases_in(text, book) for cases in made.values() for text in cases]  # type: ignore[attr-defined]
    assert all(not problems and not run_case(case, book).problems for (case,), problems in told)
    of_law = [case for (case,), _ in told[1:]]
    assert [each.value for case in of_law for each in case.expected if each.decision == "rating"] == ["A", "B"]


def test_a_case_of_a_counterexample_is_added_once_and_confirmed(person: Any, draft: Any) -> None:
    client = person("analyst")
    made = CASE.replace("    sheet", "    unconfirmed: true\n    sheet")
    _post(client, draft, 1, do="add", case=made)
    _post(client, draft, 2, do="add", case=made)
    assert _now(draft).number == 2
    assert "未確認" in _page(client, draft)
    _post(client, draft, 2, do="confirm", number="0")
    assert "unconfirmed" not in _cases(draft)


def test_a_sheet_that_moved_becomes_a_case(person: Any, draft: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from hyotei.workbench.models import SheetRecord

    client = person("analyst")
    sheet = (
        "id: one\ntitle: 一つ目\nauthority: 総務省\nfiscal_year: 2024\nmeasures:\n  - {target: 10回, actual: 12回}\n"
    )
    client.post("/sheets/", {"files": SimpleUploadedFile("one.yaml", sheet.encode())})
    record = SheetRecord.objects.get()
    _post(client, draft, 1, do="sheet", sheet=str(record.pk))
    assert "rating: A" in _cases(draft)
    assert "一つ目" in _cases(draft)
    _post(client, draft, 2, do="sheet", sheet="one", corpus="")
    assert _now(draft).number == 2, "it is the same case"
    answer = _post(client, draft, 2, do="sheet", sheet="two", corpus="")
    assert (answer.status_code, "HY059" in unescape(answer.content.decode())) == (422, True)


def test_what_comes_out_now_takes_the_place_of_the_findings_too(person: Any) -> None:
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.models import Account
    from tests.conftest import ROOT

    client = person("analyst")
    text = (ROOT / "rules/mic-2013/rulebook.md").read_text()
    case = CASE.replace("expect:\n      rating: A", "expect: {share_achieved: 100%}\n    findings: [over_achieved]")
    draft = begin(text, Account.objects.get(name="analyst"), "file", file="mic.md", cases=case)
    assert "HY375" in _page(client, draft)
    _post(client, draft, 1, do="rerun", number="0")
    assert "HY375" not in _page(client, draft)
    cases, problems = cases_in(_cases(draft), parse_rulebook(text))
    assert (problems, cases[0].findings) == ([], ())


def test_what_still_comes_out_stays_as_it_is_written(person: Any, draft: Any) -> None:
    """Whoever looks at the change sees what is expected anew, and nothing else."""
    from hyotei.workbench.drafts import begin
    from hyotei.workbench.models import Account
    from tests.conftest import ROOT

    client = person("analyst")
    text = (ROOT / "rules/mic-2013/rulebook.md").read_text()
    cases = (
        "cases:\n  - name: 半ば\n    sheet:\n      fiscal_year: 2012\n      measures:\n        - {target: 100, actual: 110}\n"
        "        - {target: 100, actual: 60}\n        - {target: 100}\n"
        "    expect:\n      attainment: [110.0%, 60%, unknown]\n      result: [achieved, missed, unknown]\n"
        "      share_achieved: 0.5\n      rating: C\n    findings: [x, sum_does_not_add_up]\n"
    )
    draft = begin(text, Account.objects.get(name="analyst"), "file", file="mic.md", cases=cases)
    _post(client, draft, 1, do="rerun", number="0")
    wanted = cases.replace("missed, unknown", "close, unknown").replace("rating: C", "rating: B")
    assert _cases(draft).split("findings")[0] == wanted.split("findings")[0]
    assert "期待どおり" in _page(client, draft)
    assert "HY37" not in _page(client, draft)
