"""The client (hyotei.client): a method for every operation, typed answers, problems by codes, requests that are sent again."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import rmtree
from threading import Thread
from typing import Any
from uuid import UUID

import pytest

pytest.importorskip("django")

from hyotei.client import Answer, Refused, Workbench
from hyotei.messages import HyoteiError, Language
from hyotei.readers import read_sheet
from hyotei.workbench.api.audit_schemas import FindingFilters
from hyotei.workbench.roles import Role
from tests.conftest import ROOT
from tests.workbench.reviewed import committed, document, proved
from tests.workbench.running import running, token
from tests.workbench.test_api import described

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
DOCUMENT = "# x\n\ny\n"
NOBODY = UUID(int=0)


class Within(Workbench):
    """A client of the workbench in this process: everything but the socket between both."""

    def __init__(self, client: Any, token: str, language: Language = "ja") -> None:
        super().__init__("http://localhost", token, language)
        self.client, self.asked = client, set[tuple[str, str]]()

    def send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        path = url.removeprefix("http://localhost")
        bare = re.sub("[0-9a-f]{8}-[0-9a-f-]{27}", "{key}", path.partition("?")[0])
        bare = re.sub("/[0-9]+(?=/|$)", "/{number}", bare)
        self.asked.add((method.lower(), re.sub("(rulebooks|forms|corpora)/[^/]+$", r"\1/{identity}", bare)))
        kind = headers.get("Content-Type", "application/octet-stream")
        answer = self.client.generic(method, path, body or b"", content_type=kind, headers=dict(headers))
        return Answer(
            answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, b"".join(answer)
        )


@pytest.fixture
def workbench(browser: Any, person: Any) -> Any:
    from hyotei.workbench.models import Account
    from hyotei.workbench.tokens import new_token

    def made(role: Role = "administrator", language: Language = "ja") -> Within:
        person(role)
        return Within(browser, new_token(Account.objects.get(name=role), "test"), language)

    return made


def test_every_operation_has_its_method_and_every_method_its_operation(database: Any) -> None:
    operations = {each["operationId"] for methods in described()["paths"].values() for each in methods.values()}
    public = {name for name in dir(Workbench) if not name.startswith("_")} - {"ask", "send"}
    assert public == operations


def audit_story(here: Workbench, database: Path) -> None:
    """Corpora, audits and findings; what their processes make is put there."""
    from tests.workbench.test_audits import finding, stored

    job = here.build_corpus("試し", SEED)
    assert (here.get_job(job.key).state, job.title, job.corpus) == ("waiting", "試し", None)
    with pytest.raises(Refused, match="HY030"):
        here.build_corpus("試し", SEED)
    assert here.cancel_job(job.key).state == "cancelled"
    with pytest.raises(Refused, match="HY032"):
        here.begin_audit("none")
    with pytest.raises(Refused, match="HY021"):
        here.get_corpus("none")
    to = stored([finding(1), finding(2, severity="notice")], database)
    audit = here.get_audit(UUID(to.split("/")[2]))
    assert audit.findings == 2
    assert audit.key in [each.key for each in here.list_audits()]
    assert {each.key for each in here.list_jobs()} == {job.key, audit.key}
    assert "none" not in [each.name for each in here.list_corpora()]
    only = FindingFilters(severity="notice")
    assert [each.number for each in here.list_findings(audit.key, only, order="money")] == [2]
    counts = here.count_findings(audit.key, only)
    assert (counts.findings, {each.value: each.findings for each in counts.filters["severity"]}) == (
        1,
        {"notice": 1, "serious": 1},
    )
    assert here.check_finding(audit.key, 2, "見た").checks == here.get_finding(audit.key, 2).checks
    assert here.audit_report(audit.key, "ndjson").count(b"\n") == 2
    view = here.save_view("注意", only, order="money")
    assert (view.filters, view.order) == ({"severity": "notice"}, "money")
    assert list(here.list_views()) == [view] == [here.remove_view(view.number)]
    assert list(here.list_views()) == []


def sheet_story(here: Workbench, key: UUID) -> None:
    """Figures, facts, states and files of a sheet."""
    detail = here.get_sheet(key)
    assert detail.authority == "別の省"
    assert key in [each.key for each in here.list_sheets(q=detail.title[:4])]
    assert list(here.list_sheets(q="そのような題はない")) == []
    figure = next(each for each in here.list_figures(key) if each.path.endswith("actual") and each.text)
    changed = here.correct_figure(key, figure.path, re.sub("[0-9,.]+", "9", figure.text), detail.revision)
    found = here.confirm_figure(key, figure.path, changed.revision)
    (again,) = [each for each in here.list_figures(key) if each.path == figure.path]
    assert (again.before, again.confirmed) == (figure.text, "administrator")
    chosen = here.choose_rulebook(key, found.revision, rulebook="mic-2013")
    assert chosen.rulebook == "mic-2013"
    assert list(here.list_facts(key)) == []
    with pytest.raises(Refused, match="HY049"):
        here.give_fact(key, "none", "x", chosen.revision)
    kinds = [each.kind for each in here.list_revisions(key)]
    assert kinds == ["rulebook", "confirmed", "corrected", "read"]
    assert here.verdict_document(key, "docx")[:2] == b"PK"
    assert detail.title.encode() in here.sheet_yaml(key)
    assert list(here.get_source(key))
    with pytest.raises(Refused, match="HY021"):
        here.source_page(key, 1)  # of a text there are no pictures
    with pytest.raises(Refused, match="HY023"):
        here.other_results(key, reach="Z")


def draft_file_story(here: Workbench, folder: Path, sheet: UUID) -> None:
    """A draft as a workbook, its states, and what it makes of a sheet."""
    begun = here.begin_draft(rulebook="mic-2013")
    book = folder / "mic.xlsx"
    book.write_bytes(here.draft_workbook(begun.key))
    assert here.begin_draft_of_file(book).document == begun.document
    cases = here.add_case(begun.key, begun.revision, sheet=sheet)
    taken = here.take_in_file(begun.key, book, begun.revision)
    assert (taken.document, taken.cases, taken.revision) == (begun.document, cases.cases, cases.revision)
    assert [each.kind for each in here.draft_revisions(begun.key)] == ["cases", "begun"]
    tried = here.try_draft(begun.key, "case.0")
    assert tried.results["rating"] == "A"
    assert {here.try_draft(begun.key, sheet).revision, tried.revision} == {cases.revision}


def form_story(here: Workbench, folder: Path, data: Path) -> None:
    """A form of a document that none reads."""
    from tests.workbench.test_form_making import ONE, READING

    (folder / "list.xlsx").write_bytes(ONE)
    upload = here.read(folder / "list.xlsx")
    (source,) = here.get_upload(upload.key).sources
    trial = here.try_form_of_file(upload.key, source.number, "kita-2", reading=READING)
    assert (trial.right, trial.whole, trial.problems) == (3, 3, [])
    with pytest.raises(Refused, match="HY039"):
        here.keep_form_of_file(upload.key, source.number, "kita-2", "# x\n")
    try:
        read = here.keep_form_of_file(upload.key, source.number, "kita-2", trial.document)
        assert [each.authority for each in read.sheets] == ["北の町"] * 2
        assert "kita-2" in [each.id for each in here.list_forms()]
        with pytest.raises(Refused, match="HY078"):
            here.try_form_of_file(upload.key, source.number, "kita-2", document=trial.document)
    finally:
        rmtree(data / "forms", ignore_errors=True)


def test_the_whole_story(
    workbench: Any, monkeypatch: pytest.MonkeyPatch, folder: Path, database: Path, tmp_path: Path
) -> None:
    """Every operation once; each answer is read as its model, which refuses what it does not know."""
    from hyotei.workbench import draft_proofs
    from hyotei.workbench.review_models import Submission

    monkeypatch.setattr(
        draft_proofs.PROOFS, "run", lambda proof: setattr(proof, "ended", True)
    )  # no solver is needed here
    here = workbench()
    sheet = read_sheet(SEED)
    upload = here.read(SEED)
    assert [each.id for each in upload.sheets] == ["mic-24-15"]
    assert here.get_upload(upload.key).sources == []
    sheet_story(here, here.read(SEED, authority="別の省").sheets[0].key)
    assert here.get_sheet(upload.sheets[0].key).sheet["id"] == "mic-24-15"
    rated = here.rate_sheet(upload.sheets[0].key, seen=1)
    assert rated.verdict["rating"] == here.rate(sheet, rulebook="mic-2013").verdict["rating"] == "A"
    assert here.get_verdict(rated.key).sha256 == rated.sha256
    assert here.verify(rated.key).sound
    assert here.adopt_verdict(rated.key, rating="C", budget="Ⅱ", reason="事情").rating == "C"
    assert [each.reason for each in here.list_adoptions()] == ["事情"]
    assert len(list(here.list_sheets())) == 3
    book = here.get_rulebook("mic-2013")
    assert book.id in [each.id for each in here.list_rulebooks()]
    assert here.check(book.document).hash == book.hash
    form = next(here.list_forms())
    assert here.get_form(form.id).document
    begun = here.begin_draft(rulebook="mic-2013")
    changed = here.write_draft(begun.key, book.document + "\n終わり\n", seen=begun.revision)
    undone = here.undo_draft(begun.key, seen=changed.revision)
    assert undone.document == here.get_draft(begun.key).document == begun.document
    assert here.redo_draft(begun.key, seen=undone.revision).document == changed.document
    assert here.check_draft(begun.key).sound
    cases = here.get_cases(begun.key)
    assert all(not each.problems for each in here.check_cases(begun.key).cases)
    assert here.write_cases(begun.key, "cases: []\n", seen=cases.revision).cases == "cases: []\n"
    assert here.draft_impact(begun.key).impact["schema"]
    assert here.begin_proof(begun.key).revision == here.get_proof(begun.key).revision
    assert [each.key for each in here.list_drafts()] == [begun.key]
    draft_file_story(here, tmp_path, upload.sheets[0].key)
    assert next(here.list_log(after=1)).number == 2
    assert here.verify_log().sound
    assert here.export_log().count(b"\n") == here.verify_log().entries
    here.put_four_eyes(False)
    assert not here.get_four_eyes().on
    own = here.begin_draft(document=document())
    submitted = here.submit_draft(own.key, seen=own.revision, note="初版")
    assert [each.key for each in here.submissions_of(own.key)] == [each.key for each in here.list_submissions()]
    assert here.prove_again(submitted.key).running is not None
    proved(Submission.objects.get())
    assert here.comment_on(submitted.key, "よい").text == "よい"
    with pytest.raises(Refused, match="HY021"):
        here.submission_impact(submitted.key)  # a first version moves nothing
    seen = here.get_submission(submitted.key).seen
    seen = here.approve_submission(submitted.key, seen).seen
    with committed():
        published = here.publish_submission(submitted.key, seen)
    assert [each.version for each in here.list_publications("small")] == [here.get_publication(published.key).version]
    with committed():
        assert here.withdraw_publication(published.key, "誤り").withdrawal is not None
    audit_story(here, database)
    form_story(here, tmp_path, database)
    known = {(method, path) for path, methods in described()["paths"].items() for method in methods}
    assert known - here.asked == set()


def test_problems_come_with_their_codes_in_the_language_that_is_asked_for(workbench: Any) -> None:
    here = workbench("viewer", "en")
    asked: list[tuple[int, str, Callable[[], object]]] = [
        (404, "HY021", lambda: here.get_sheet(NOBODY)),
        (403, "HY020", lambda: here.begin_draft(document=DOCUMENT)),
        (404, "HY021", lambda: here.get_rulebook("../../secret")),
    ]
    for status, code, ask in asked:
        with pytest.raises(Refused) as told:
            ask()
        assert (told.value.status, told.value.codes) == (status, (code,))
        assert re.fullmatch("[ -~]+", str(told.value))


def test_two_people_lose_nothing(workbench: Any) -> None:
    here = workbench()
    draft = here.begin_draft(document="# a\n\nb\n\n# c\n\nd\n")
    here.write_draft(draft.key, draft.document.replace("b", "first"), seen=1)
    merged = here.write_draft(draft.key, draft.document.replace("d", "second"), seen=1)
    assert (merged.merged, merged.document) == (True, "# a\n\nfirst\n\n# c\n\nsecond\n")
    with pytest.raises(Refused) as told:
        here.write_draft(draft.key, draft.document.replace("b", "third"), seen=1)
    assert (told.value.status, told.value.codes, len(told.value.details["conflicts"])) == (409, ("HY047",), 1)
    over = here.write_draft(
        draft.key, draft.document.replace("b", "third"), seen=1, over=told.value.details["revision"]
    )
    assert "third" in over.document


def test_long_lists_come_page_by_page(workbench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from hyotei.client import typed

    here = workbench()
    keys = [here.begin_draft(document=f"# {number}\n").key for number in range(5)]
    monkeypatch.setattr(typed, "PAGE", 2)
    assert {each.key for each in here.list_drafts()} == set(keys)
    assert [each.number for each in here.list_log()] == list(range(1, len(list(here.list_log())) + 1))


def test_names_of_files_that_a_form_would_end_at(workbench: Any, tmp_path: Path) -> None:
    file = tmp_path / 'a"; name="x\r\n評価.yaml'
    file.write_bytes(SEED.read_bytes())
    assert [each.id for each in workbench().read(file).sheets] == ["mic-24-15"]


@contextmanager
def answering(*answers: tuple[int, str, bytes]) -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """A server that gives these answers one after the other; one of status 0 is that the connection breaks off."""
    seen: list[tuple[str, str | None]] = []
    left = list(answers)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.append((self.path, self.headers["Idempotency-Key"]))
            status, kind, body = left.pop(0)
            if status == 0:
                return
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/p", seen
    server.shutdown()
    server.server_close()


CHECKED = b'{"sound": true, "hash": null, "problems": []}'
BUSY = (
    b'{"type": "t", "title": "t", "status": 503, '
    b'"problems": [{"code": "HY070", "severity": "error", "message": "m", "place": ""}]}'
)


def test_what_broke_off_is_sent_again_and_done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hyotei.client.requests._PAUSE", 0)
    with answering((0, "", b""), (503, "application/problem+json", BUSY), (200, "application/json", CHECKED)) as (
        address,
        seen,
    ):
        assert Workbench(address, "t").check("x").sound
    assert len(seen) == 3
    assert len(set(seen)) == 1  # one key
    assert seen[0][0] == "/p/api/v1/check"
    with (
        answering(*[(503, "application/problem+json", BUSY)] * 3) as (address, seen),
        pytest.raises(Refused, match="HY070"),
    ):
        Workbench(address, "t").check("x")


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", b"<p>"), (302, "text/html", b""), (502, "text/html", b"bad gateway"),
        (404, "application/problem+json", b"{}"), (404, "application/problem+json", b"\xff"),
    ],
)  # fmt: skip
def test_what_is_no_workbench_is_told(status: int, kind: str, body: bytes) -> None:
    with answering((status, kind, body)) as (address, _), pytest.raises(HyoteiError) as told:
        Workbench(address, "t").check("x")
    assert [each.code for each in told.value.diagnostics] == ["HY076"]


def test_it_needs_no_django() -> None:
    code = "import sys; sys.modules.update(django=None, ninja=None); import hyotei.client"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["workbench.md", "workbench.en.md"])
def test_the_example_of_the_documentation_runs(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Against a workbench that really runs, with a token that was really made on its page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    example = re.search("```python\n(from hyotei.client .*?)```", text, re.DOTALL)
    assert example is not None
    with running(tmp_path) as place:
        monkeypatch.setenv("HYOTEI_TOKEN", token(place, "evaluator"))
        (tmp_path / "sheet.yaml").write_bytes(SEED.read_bytes())
        monkeypatch.chdir(tmp_path)
        exec(example[1].replace("http://127.0.0.1:8000/", place.address), {})
    assert "A" in capsys.readouterr().out.splitlines()


def test_a_workbench_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hyotei.client.requests._PAUSE", 0)
    with pytest.raises(HyoteiError, match="HY075"):
        Workbench("http://127.0.0.1:1/", "t").check("x")
