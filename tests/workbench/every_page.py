"""Every page of a workbench that runs, with something to see on each: sheets, a draft with problems, reviews, audits, errors."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from hyotei.client import Workbench
from tests.conftest import ROOT
from tests.readers.pdf_render import EMBEDDED, Print, Printer
from tests.readers.pdf_seed import print_seed
from tests.workbench.reviewed import document
from tests.workbench.running import Place, token
from tests.workbench.test_form_making import ONE

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
ROLES = ("evaluator", "analyst", "approver", "administrator")
_LONGEST = 120
"""Seconds for what is done in the background."""
_MOVED = "#impact:not([data-running]):not([aria-busy])"
_OF_A_DRAFT = {
    "history": "main", "cases": "main", "checks": "main", "impact": _MOVED, "proof": "main .hyotei",
    "upload": "main", "submit": "main",
}  # fmt: skip


class Shown(NamedTuple):
    """A page: a name for it, where it is, who looks at it, what is there as soon as it is whole, and what answers."""

    name: str
    path: str
    who: str = "administrator"
    whole: str = "main"
    status: int = 200


def every_page(place: Place, folder: Path) -> list[Shown]:
    """Makes what is to be seen, and lists the pages; that of the first account is of a workbench without accounts."""
    people = {name: Workbench(place.address, token(place, name), "ja") for name in ROLES}
    return [
        *_sheets(people["evaluator"], folder),
        *_audits(people["approver"], folder),
        *_drafts(people["analyst"]),
        *reviews(people["analyst"], people["approver"]),
        Shown("rulebooks", "rulebooks/"),
        Shown("rulebook", "rulebooks/mic-2013/"),
        Shown("forms", "forms/"),
        Shown("form", f"forms/{next(people['analyst'].list_forms()).id}/"),
        Shown("log", "log/?verify=1"),
        Shown("tokens", "tokens/"),
        Shown("accounts", "accounts/"),
        Shown("password", "password/"),
        Shown("not-found", "nowhere/", status=404),
        Shown("not-allowed", "accounts/", "evaluator", status=403),
        Shown("sign-in", "login/", ""),
    ]


def _sheets(here: Workbench, folder: Path) -> Iterator[Shown]:
    printed = folder / "printed.pdf"
    printer = Printer(Print(text=None, embedded=EMBEDDED is not None))
    print_seed(printer)
    printed.write_bytes(printer.pdf())
    unknown = folder / "list.xlsx"
    unknown.write_bytes(ONE)
    upload = here.read(SEED).sheets[0].key
    here.adopt_verdict(here.rate_sheet(upload, seen=1).key, rating="C", budget="Ⅱ", reason="特別の事情")
    several = here.read(printed, unknown)
    pdf = several.sheets[0].key
    source = here.get_upload(several.key).sources[-1].number
    yield Shown("sheets", "sheets/", "evaluator")
    yield Shown("sheets-none", "sheets/?q=nothing", "evaluator")
    yield Shown("sheet-new", "sheets/new/", "evaluator")
    yield Shown("sheet", f"sheets/{upload}/", "evaluator")
    yield Shown("sheet-pdf", f"sheets/{pdf}/", "evaluator")
    yield Shown("source", f"sheets/{pdf}/source/", "evaluator", "body")
    yield Shown("other-results", f"sheets/{upload}/other-results/", "evaluator", "#results-found .hyotei")
    yield Shown("upload", f"uploads/{several.key}/", "evaluator")
    yield Shown("form-making", f"uploads/{several.key}/files/{source}/form/", "analyst")


def _audits(here: Workbench, folder: Path) -> Iterator[Shown]:
    later = folder / "later.yaml"
    later.write_text(SEED.read_text(encoding="utf-8").replace("計43回", "4回"), encoding="utf-8")
    corpus = _done(here, here.build_corpus("一つの評価書", SEED).key).corpus
    other = _done(here, here.build_corpus("次の評価書", later).key)
    assert corpus is not None
    assert other.corpus is not None
    first = _done(here, here.begin_audit(corpus).key).audit
    second = _done(here, here.begin_audit(other.corpus, against=first).key).audit
    assert first is not None
    assert second is not None
    finding = next(here.list_findings(second)).number
    here.check_finding(second, finding, "原本を見た。")
    empty = folder / "empty.yaml"
    empty.write_text("nothing: [", encoding="utf-8")
    failed = _done(here, here.build_corpus("読めない", empty).key)
    yield Shown("corpora", "corpora/")
    yield Shown("audits", "audits/")
    yield Shown("job", f"jobs/{other.key}/")
    yield Shown("job-failed", f"jobs/{failed.key}/")
    yield Shown("audit", f"audits/{first}/")
    yield Shown("comparison", f"audits/{second}/")
    yield Shown("findings", f"audits/{second}/findings/")
    yield Shown("findings-filtered", f"audits/{second}/findings/?q=nothing")
    yield Shown("finding", f"audits/{second}/findings/{finding}/")


def _done(here: Workbench, key: UUID) -> Any:
    """The job, when it is over."""
    for _ in range(_LONGEST * 5):
        found = here.get_job(key)
        if found.state not in ("waiting", "running"):
            return found
        time.sleep(0.2)
    raise AssertionError(found)


def _drafts(here: Workbench) -> Iterator[Shown]:
    sound = here.begin_draft(rulebook="mic-2013")
    changed = here.write_draft(sound.key, sound.document.replace("value: 50%", "value: 80%", 1), seen=sound.revision)
    here.begin_proof(sound.key)
    wrong = here.begin_draft(rulebook="mic-2013")
    here.write_draft(wrong.key, changed.document.replace("value: 80%", "value: eighty", 1), seen=wrong.revision)
    yield Shown("drafts", "drafts/", "analyst")
    yield Shown("draft", f"drafts/{sound.key}/", "analyst", _MOVED)
    yield Shown("draft-wrong", f"drafts/{wrong.key}/", "analyst")
    for page, whole in _OF_A_DRAFT.items():
        yield Shown(f"draft-{page}", f"drafts/{sound.key}/{page}/", "analyst", whole)


def reviews(analyst: Workbench, approver: Workbench) -> Iterator[Shown]:
    """Submissions: one that waits with comments on it, one that was published, one that was withdrawn."""
    first, next_one = document("small"), document("small", lines="100,60")
    draft = analyst.begin_draft(document=first)
    published = _proved(analyst, analyst.submit_draft(draft.key, seen=draft.revision, note="初版").key)
    approved = approver.approve_submission(published.key, published.seen)
    publication = approver.publish_submission(published.key, approved.seen).key
    changed = analyst.write_draft(draft.key, next_one, seen=analyst.get_draft(draft.key).revision)
    waiting = _proved(analyst, analyst.submit_draft(draft.key, seen=changed.revision, note="達成の境を下げた。").key)
    said = approver.comment_on(waiting.key, "六割でよいですか。")
    analyst.comment_on(waiting.key, "要綱のとおりです。", answers=said.number)
    approver.comment_on(waiting.key, "もう一つ。")
    gone = analyst.begin_draft(document=document("gone", years="1990..1999"))
    sent = _proved(analyst, analyst.submit_draft(gone.key, seen=gone.revision).key)
    approved = approver.approve_submission(sent.key, sent.seen)
    withdrawn = approver.publish_submission(sent.key, approved.seen).key
    approver.withdraw_publication(withdrawn, "要綱が改まった。")
    yield Shown("reviews", "reviews/", "approver")
    yield Shown("review", f"reviews/{waiting.key}/", "approver")
    yield Shown("review-published", f"reviews/{published.key}/", "approver")
    yield Shown("review-impact", f"reviews/{waiting.key}/impact/", "approver", _MOVED)
    yield Shown("publications", "publications/")
    yield Shown("publication", f"publications/{publication}/", "approver")
    yield Shown("publication-withdrawn", f"publications/{withdrawn}/", "approver")


def _proved(here: Workbench, key: UUID) -> Any:
    """The submission, when the machine has proved it."""
    for _ in range(_LONGEST * 5):
        found = here.get_submission(key)
        if found.report is not None:
            return found
        time.sleep(0.2)
    raise AssertionError(found)
