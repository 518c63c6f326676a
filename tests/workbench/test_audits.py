"""Corpora and audits: built in the background, cancelled, compared, handed on; findings filtered, kept as views, and checked."""

import errno
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("django")
pytest.importorskip("duckdb")
pytest.importorskip("vl_convert")

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.workbench.reviewed import published
from tests.workbench.test_sheets import SEED, text_of


def upload(client: Any, title: str, content: bytes, name: str = "評価書.yaml") -> Any:
    return client.post("/corpora/", {"title": title, "files": SimpleUploadedFile(name, content)})


def work() -> None:
    from hyotei.workbench.jobs import work_once

    while work_once():
        pass


def corpus_of(client: Any, title: str, content: bytes | None = None) -> str:
    """A corpus of the seed; the name of its folder."""
    to = upload(client, title, SEED.read_bytes() if content is None else content).url
    work()
    assert "評価書 1件を読みました" in text_of(client.get(to))
    return str(to).split("/")[2].replace("-", "")


def test_what_a_corpus_is_without_is_told(person: Any) -> None:
    """Files that cannot be read are told beside the number of those that were, and kept with the job."""
    client = person("evaluator")
    files = [SimpleUploadedFile("評価書.yaml", SEED.read_bytes())]
    files += [SimpleUploadedFile(f"壊れた{number}.xlsx", b"PK broken") for number in range(3)]
    to = client.post("/corpora/", {"title": "一部", "files": files}).url
    work()
    shown = text_of(client.get(to))
    assert "評価書 1件を読みました" in shown
    assert "読めなかったもの" in shown
    assert shown.count("HY895") == 3
    assert "壊れた2.xlsx" in shown


def audit_of(client: Any, folder: str, against: str = "") -> str:
    """An audit of a corpus; its address."""
    key = str(client.post("/audits/", {"corpus": folder, "against": against}).url).split("/")[2]
    work()
    return f"/audits/{key}/"


def lines(client: Any, to: str) -> list[Any]:
    data = b"".join(client.get(f"{to}report.ndjson").streaming_content)
    return [json.loads(line) for line in data.decode().splitlines()]


def stored(found: list[Any], data: Path) -> str:
    """An audit that found this, as its process would have left it; its address."""
    from hyotei.report.findings_ndjson import write_finding
    from hyotei.workbench.audit_models import Job
    from hyotei.workbench.audit_store import keep, read_made
    from hyotei.workbench.models import Account

    account, _ = Account.objects.get_or_create(name="evaluator", defaults={"role": "evaluator"})
    request = json.dumps({"corpus": "none", "against": None})
    job = Job.objects.create(kind="audit", title="置いた監査", account=account, request=request, state="done")
    made = data / "audits" / job.key.hex
    for language in ("ja", "en"):
        (made / language).mkdir(parents=True)
        with (made / language / "findings.ndjson").open("w", encoding="utf-8") as file:
            for each in found:
                write_finding(file, each)
    (made / "made.json").write_text(json.dumps({"sheets": 1, "hash": "0" * 64, "rulebooks": []}))
    keep(read_made(job, made))
    return f"/audits/{job.key}/"


def finding(number: int, **values: Any) -> Any:
    """A finding with a figure, and what is given of it."""
    from hyotei.audit.model import Finding, ShownFigure

    plain: dict[str, Any] = {
        "code": "RS-F01", "severity": "serious", "sheet": f"id-{number}", "title": f"施策{number}", "authority": "総務省",
        "fiscal_year": 2023, "unit": "sheet", "subject": "", "message": f"文{number}", "question": "", "money": None,
        "figures": (ShownFigure("実績", "5回", "3頁", "5"),), "rule": None,
    }  # fmt: skip
    return Finding(**{**plain, **values})


def counted(client: Any, address: str) -> int:
    found = re.search(r"<h1>指摘 ([0-9,]+)件", client.get(address).content.decode())
    assert found is not None
    return int(found[1].replace(",", ""))


@pytest.mark.slow
def test_a_corpus_is_built_and_audited_and_its_findings_are_those_of_the_report(person: Any) -> None:
    client = person("evaluator")
    to = audit_of(client, corpus_of(client, "試し"))
    shown = text_of(client.get(to))
    assert "監査：第1回 試し" in shown
    assert f'href="{to}"' in text_of(client.get("/rulebooks/mic-2013/"))  # a rulebook leads to what applied it
    assert f'href="{to}"' not in text_of(client.get("/rulebooks/municipal-direction/"))
    found = lines(client, to)
    assert found
    assert counted(client, f"{to}findings/") == len(found)
    handed = person("viewer", language="en").get(f"{to}report.html")
    assert handed.status_code == 200
    assert re.search(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}\.html", handed.headers["Content-Disposition"])
    overview = person("viewer", language="en").get(to).content.decode()
    assert "findings.xlsx (to sort" not in overview  # it stands beside the report as files, not beside the page
    assert "--carry-over" not in overview
    assert b"".join(client.get(f"{to}report.xlsx").streaming_content)[:2] == b"PK"
    listed = " ".join(text_of(client.get(f"{to}findings/?order=code")).split())
    for each in (each for each in found[:20] if each["figures"]):
        # Two findings of one measure differ in their figures only.
        assert f"{each['figures'][0]['title']} {each['figures'][0]['text']}" in listed
    one = " ".join(text_of(client.get(f"{to}findings/1/")).split())
    for text in (found[0]["message"], f"規則 {found[0]['rule']}", *(each["title"] for each in found[0]["figures"])):
        assert " ".join(text.split()) in one
    for name in ("severity", "code", "authority", "fiscal_year", "standing"):
        for value, count in Counter(str(each[name]) for each in found).items():
            assert counted(client, f"{to}findings/?{name}={value}") == count
            choice = rf'<option value="{re.escape(value)}"[^>]*>[^<]*（{count:,}）'
            assert re.search(choice, client.get(f"{to}findings/?{name}={value}").content.decode())


_VALUES = st.fixed_dictionaries(
    {
        "severity": st.sampled_from(["serious", "notice", "重大"]),
        "code": st.sampled_from(["RS-F01", "RS-F02"]),
        "authority": st.sampled_from(["総務省", "a&b=<c>", ""]),
        "fiscal_year": st.sampled_from([2022, 2023]),
        # Beyond what a float tells apart.
        "money": st.sampled_from([None, "0", "9007199254740993", "9007199254740992", "0.1"]),
    }
)


@given(drawn=st.lists(_VALUES, min_size=1, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_filters_count_everything_and_orders_are_exact(
    person: Any, database: Path, drawn: list[dict[str, Any]]
) -> None:
    from django.http import QueryDict

    from hyotei.workbench.audit_models import AuditRecord
    from hyotei.workbench.finding_filters import Found, asked

    to = stored([finding(number, **values) for number, values in enumerate(drawn)], database)
    audit = AuditRecord.objects.get(pk=to.split("/")[2])
    for name in ("severity", "code", "authority", "fiscal_year"):
        counts = Counter(str(each[name]) for each in drawn)
        told = dict(Found(audit, asked({})).choices()).get(name, [])
        assert {each.value: each.findings for each in told} == (counts if any(counts) else {})
        for value in filter(None, counts):
            what = asked({name: value, "severity": drawn[0]["severity"]})
            assert asked(QueryDict(what.query)) == what
            left = [
                each
                for each in drawn
                if str(each["severity"]) == what.values["severity"] and str(each[name]) == what.values[name]
            ]
            assert len(Found(audit, what)) == len(left)
    moneys = [each.money for each in Found(audit, asked({"order": "money"}))[:]]
    known = [Decimal(each) for each in moneys if each is not None]
    assert known == sorted(known, reverse=True)
    assert None not in moneys[: len(known)]


@given(
    drawn=st.lists(_VALUES, min_size=1, max_size=8),
    checked=st.sets(st.integers(1, 8)),
    given=st.fixed_dictionaries(
        {},
        optional={
            "severity": st.sampled_from(["serious", "notice", "none"]),
            "code": st.sampled_from(["RS-F01", "RS-F02"]),
            "fiscal_year": st.sampled_from(["2022", "02023"]),
            "checked": st.sampled_from(["yes", "no"]),
            "q": st.sampled_from(["文1", "施策 文", "id-2 文2"]),
            "sheet": st.sampled_from(["id-0", "id-3"]),
        },
    ),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_choice_has_the_number_of_findings_that_it_leaves(
    person: Any, database: Path, drawn: list[dict[str, Any]], checked: set[int], given: dict[str, str]
) -> None:
    from hyotei.workbench.audit_models import AuditFinding, AuditRecord, FindingCheck
    from hyotei.workbench.finding_filters import FACETS, Found, asked

    to = stored([finding(number, **values) for number, values in enumerate(drawn)], database)
    audit = AuditRecord.objects.get(pk=to.split("/")[2])
    rows = list(AuditFinding.objects.filter(audit=audit).order_by("number"))
    for each in rows:
        if each.number in checked:
            FindingCheck.objects.create(finding=each, account=audit.job.account, role="evaluator", note="x")

    def value(row: Any, name: str) -> str:
        return str(getattr(row, name)) if name != "checked" else "yes" if row.number in checked else "no"

    def left(values: dict[str, str]) -> list[int]:
        return [
            row.number
            for row in rows
            if all(value(row, name) == text for name, text in values.items() if name not in ("q", "sheet"))
            and all(word in f"{row.title}\n{row.said}\n{row.sheet}" for word in values.get("q", "").split())
            and values.get("sheet") in (None, row.sheet)
        ]

    what = asked(given)
    of = Found(audit, what)
    assert sorted(each.number for each in of[:]) == left({**what.values})
    assert {each.number for each in of[:] if each.checked} == checked.intersection(left({**what.values}))
    told = dict(of.choices())
    for name in FACETS:
        others = {key: text for key, text in what.values.items() if key != name}
        counts = Counter(value(rows[number - 1], name) for number in left(others))
        shown = {each.value: each.findings for each in told.get(name, []) if each.findings}
        assert shown == (counts if any(counts) else {})


def test_one_finding_shows_figures_and_checks_that_nobody_changes(person: Any, database: Path) -> None:
    from django.db import DatabaseError, transaction

    from hyotei.workbench.audit_models import FindingCheck
    from hyotei.workbench.models import LogEntry

    client = person("evaluator")
    to = stored([finding(1), finding(2, severity="notice")], database)
    address = f"{to}findings/1/"
    shown = text_of(client.get(address))
    assert all(text in shown for text in ("文1", "実績", "5回", "3頁"))
    assert "The figures that decided" in text_of(person("viewer", language="en").get(address))
    assert client.post(address, {"note": "  "}).status_code == 422
    assert person("viewer").post(address, {"note": "x"}).status_code == 403
    client.post(address, {"note": "原本と照らした。\n正しい。"})
    assert "正しい。" in text_of(client.get(address))
    assert counted(client, f"{to}findings/?checked=yes") == 1
    assert counted(client, f"{to}findings/?checked=no") == 1
    assert counted(client, f"{to}findings/?q=文2") == 1
    assert counted(client, f"{to}findings/?sheet=id-2") == 1
    assert LogEntry.objects.filter(action="finding.checked", subject=to.split("/")[2]).count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        FindingCheck.objects.update(note="")


@pytest.mark.slow
def test_an_audit_is_held_against_an_earlier_one(person: Any) -> None:
    client = person("evaluator")
    before = audit_of(client, corpus_of(client, "前"))
    key = before.split("/")[2]
    again = audit_of(client, corpus_of(client, "同じ"), key)
    count = len(lines(client, before))
    assert counted(client, f"{again}findings/?state=continuing") == count
    assert counted(client, f"{again}findings/?state=new") == 0
    # Another programme: of those before nothing can be said, and all that was known of them is still shown.
    other = SEED.read_text(encoding="utf-8").replace("ICT分野における国際戦略の推進", "別の施策")
    changed = audit_of(client, corpus_of(client, "別", other.encode()), key)
    assert counted(client, f"{changed}findings/?state=not_audited") == count
    assert counted(client, f"{changed}findings/?state=new") == len(lines(client, changed))
    last = counted(client, f"{changed}findings/")
    assert client.get(f"{changed}findings/{last}/").status_code == 200
    shown = text_of(client.get(changed))
    assert "以前の監査との比較" in shown
    assert re.search(rf'<a href="{before}">第\d+回 +前</a>', shown) is not None


@pytest.mark.slow
def test_an_audit_applies_what_was_published_here(person: Any, folder: Path) -> None:
    from hyotei.workbench.audit_models import Job
    from hyotei.workbench.library_entries import document_of, entry_of
    from hyotei.workbench.models import Account

    client = person("evaluator")
    accounts = []
    for role in ("analyst", "approver"):
        person(role)
        accounts.append(Account.objects.get(name=role))
    entry = entry_of("sheet-quality")
    assert entry is not None
    made = published(document_of(entry), *accounts)
    Job.objects.update(state="done")  # the proof of it is not waited for
    found = lines(client, audit_of(client, corpus_of(client, "公開したもので")))
    named = {each["rulebook_hash"] for each in found if str(each["rule"]).startswith("sheet-quality/")}
    assert named == {made.submission.hash}


def test_views_are_kept_by_each_person(person: Any, database: Path) -> None:
    client, other = person("evaluator"), person("viewer")
    to = stored([finding(1)], database)
    list_of = f"{to}findings/"
    client.post(list_of, {"name": "重いもの", "severity": "serious", "order": "money", "unknown": "x"})
    assert 'href="?severity=serious&amp;order=money">重いもの' in client.get(list_of).content.decode()
    assert "重いもの" not in text_of(other.get(list_of))
    from hyotei.workbench.audit_models import SavedView

    key = SavedView.objects.get().pk
    other.post(list_of, {"remove": str(key)})
    assert SavedView.objects.count() == 1
    client.post(list_of, {"remove": str(key)})
    assert SavedView.objects.count() == 0
    assert client.post(list_of, {"name": " "}).status_code == 422


def test_a_folder_of_the_administrator_is_a_source_and_no_other_is(person: Any, database: Path) -> None:
    folder = database / "sources" / "令和"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one.yaml").write_bytes(SEED.read_bytes())
    client = person("evaluator")
    assert "令和" in text_of(client.get("/corpora/"))
    for wrong in ("../sources/令和", "/", "none", ""):
        assert client.post("/corpora/", {"title": "外", "source": wrong}).status_code == 422
    to = client.post("/corpora/", {"title": "内", "source": "令和"}).url
    work()
    assert "評価書 1件" in text_of(client.get(to))
    assert client.post("/corpora/", {"title": "内", "source": "令和"}).status_code == 422


def test_what_cannot_be_read_and_what_is_cancelled_leave_nothing(person: Any, database: Path) -> None:
    client = person("evaluator")
    to = upload(client, "壊れた", b"\x00\x01").url
    work()
    assert 'role="alert"' in client.get(to).content.decode()
    to = upload(client, "やめる", SEED.read_bytes()).url
    client.post(to)
    work()
    assert "中止しました" in text_of(client.get(to))
    for name in ("uploads", "corpora"):
        made = {each.name for each in (database / name).glob("*")}
        assert str(to).split("/")[2].replace("-", "") not in made
    # The name is free again.
    corpus_of(client, "やめる")


class Unwritten(SimpleUploadedFile):
    """A file within which the disk is full."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"x"
        raise OSError(errno.ENOSPC, "full")


def test_uploaded_files_that_no_job_came_of_do_not_stay(person: Any, database: Path) -> None:
    from hyotei.workbench.jobs import begin_corpus, clean_up
    from hyotei.workbench.models import Account

    client, uploads = person("evaluator"), database / "uploads"
    before = set(uploads.glob("*"))
    with pytest.raises(OSError, match="full"):
        begin_corpus("満杯", Account.objects.get(name="evaluator"), [Unwritten("a.yaml", b"")], "")
    assert set(uploads.glob("*")) == before
    waiting = upload(client, "待つ", SEED.read_bytes()).url.split("/")[2].replace("-", "")
    (uploads / ("0" * 32)).mkdir()
    clean_up()
    assert [each.name for each in uploads.iterdir()] == [waiting]


def test_a_running_job_is_cancelled_and_one_that_was_left_is_begun_again(person: Any, database: Path) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from hyotei.workbench.audit_models import Job
    from hyotei.workbench.jobs import _run, work_once
    from hyotei.workbench.models import Account

    client = person("evaluator")
    key = upload(client, "残された", SEED.read_bytes()).url.split("/")[2]
    job = Job.objects.get(pk=key)
    Job.objects.filter(pk=key).update(state="running", alive=timezone.now())
    assert not work_once()
    assert "<progress" in client.get(f"/jobs/{key}/").content.decode()
    # Silent for long, or last heard of before the clock was set back.
    for heard in (timezone.now() + timedelta(days=1), timezone.now() - timedelta(minutes=5)):
        Job.objects.filter(pk=key).update(alive=heard)
        assert "初めからやり直します" in client.get(f"/jobs/{key}/").content.decode()
    assert work_once()
    assert Job.objects.get(pk=key).state == "done"
    key = upload(client, "途中", SEED.read_bytes()).url.split("/")[2]
    job = Job.objects.select_related("account").get(pk=key)
    Job.objects.filter(pk=key).update(state="cancelled")
    _run(job)  # its process is ended, and what it made is gone
    assert Job.objects.get(pk=key).state == "cancelled"
    assert not (database / "corpora" / job.key.hex).exists()
    assert Account.objects.get(name="evaluator").role == "evaluator"
