"""The operations on submissions: made, looked at, commented, decided, published."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.api import review_schemas as out
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.api.publications import publication_detail
from hyotei.workbench.api.states import seen_state, show_state
from hyotei.workbench.audit_models import Job
from hyotei.workbench.corpora import folders
from hyotei.workbench.draft_impact import HERE, impact_data_of
from hyotei.workbench.draft_models import Draft
from hyotei.workbench.drafts import state
from hyotei.workbench.jobs import data, resume_review, review_job
from hyotei.workbench.publications import publish
from hyotei.workbench.rendering import language_of
from hyotei.workbench.review_models import ReviewComment, Submission, SubmissionReport
from hyotei.workbench.review_tables import cases_before
from hyotei.workbench.reviews import authors_of, comment, decide, four_eyes, seen_number, set_four_eyes
from hyotei.workbench.submissions import STANDING, Stated, standing, submit

_WITH = ("account", "revision__text", "before")


@operation("post", "/drafts/{uuid:key}/submissions", "edit", out.SubmissionDetail, seen="must")
def submit_draft(request: Any, response: HttpResponse, key: UUID, given: out.SubmissionIn) -> dict[str, object]:
    """Submits a draft in the state that `If-Match` names, and begins its proof."""
    seen = seen_state(request) or 0

    def do() -> dict[str, object]:
        draft = get_object_or_404(Draft, pk=key)
        if state(draft).number != seen:
            raise HyoteiError(Diagnostic("HY040"))
        stated = Stated(given.version, given.fiscal_years, given.effective)
        return _detail(request, submit(draft, seen, request.auth, stated, given.note).pk)

    return _shown(response, once(request, do))


@operation("get", "/drafts/{uuid:key}/submissions", "review", list[out.SubmissionOut])
def submissions_of(
    request: HttpRequest, response: HttpResponse, key: UUID, offset: Offset = 0, limit: Limit = 50
) -> list[Any]:
    """The submissions of a draft, the latest first."""
    draft = get_object_or_404(Draft, pk=key)
    found = draft.submissions.select_related("account", "revision", *STANDING).order_by("-number")
    return [_submission(each) for each in paged(request, response, found, offset, limit)]


@operation("get", "/submissions", "review", list[out.SubmissionOut])
def list_submissions(request: HttpRequest, response: HttpResponse, offset: Offset = 0, limit: Limit = 50) -> list[Any]:
    """What was submitted, the latest first."""
    found = Submission.objects.select_related("account", "revision", *STANDING).order_by("-at", "key")
    return [_submission(each) for each in paged(request, response, found, offset, limit)]


@operation("get", "/submissions/{uuid:key}", "review", out.SubmissionDetail)
def get_submission(request: HttpRequest, response: HttpResponse, key: UUID) -> dict[str, object]:
    """One submission with its review; its ETag names all that happened to it."""
    return _shown(response, _detail(request, key))


@operation("get", "/submissions/{uuid:key}/impact", "review", out.SubmissionImpact)
def submission_impact(request: Any, key: UUID, corpus: str = HERE) -> dict[str, object]:
    """What a submission moves among the sheets that were read in, or those of a corpus of the workbench."""
    found = get_object_or_404(Submission.objects.select_related(*_WITH), pk=key)
    named = folders(data())
    if found.before is None or (corpus != HERE and corpus not in named):
        raise Http404
    texts = found.before.text, found.revision.text.text
    moved = impact_data_of(found.pk, lambda: texts, named.get(corpus), request.auth, language_of(request))
    return {"impact": moved}


@operation("post", "/submissions/{uuid:key}/proof", "review", out.SubmissionDetail, once=False)
def prove_again(request: Any, response: HttpResponse, key: UUID) -> dict[str, object]:
    """Begins the proof of a submission again, where it broke off; else tells how far it is."""
    found = get_object_or_404(Submission, pk=key)
    resume_review(found, request.auth)
    return _shown(response, _detail(request, key))


@operation("post", "/submissions/{uuid:key}/comments", "review", out.CommentOut)
def comment_on(request: Any, key: UUID, given: out.CommentIn) -> dict[str, object]:
    """Comments on a row, a table or all of a submission; answers a comment, and settles it."""
    found = get_object_or_404(Submission.objects.select_related(*_WITH), pk=key)

    def do() -> dict[str, object]:
        first = None
        if given.answers is not None:
            first = ReviewComment.objects.filter(pk=given.answers).first()
            if first is None:
                raise HyoteiError(Diagnostic("HY087"))
        return _comment(comment(found, request.auth, given.text, given.table, given.row, first, given.settles))

    return once(request, do)


@operation("post", "/submissions/{uuid:key}/approvals", "approve", out.SubmissionDetail, seen="must")
def approve_submission(request: Any, response: HttpResponse, key: UUID, given: out.ApprovalIn) -> dict[str, object]:
    """Approves a submission as `If-Match` names it, or sends it back with a reason."""
    seen = seen_state(request) or 0

    def do() -> dict[str, object]:
        decide(_as_seen(key, seen), request.auth, given.approved, given.reason, given.despite_open)
        return _detail(request, key)

    return _shown(response, once(request, do))


@operation("post", "/submissions/{uuid:key}/publications", "approve", out.PublicationDetail, seen="must")
def publish_submission(request: Any, key: UUID) -> dict[str, object]:
    """Publishes a submission that was approved, as `If-Match` names it."""
    seen = seen_state(request) or 0
    return once(request, lambda: publication_detail(publish(_as_seen(key, seen), request.auth).pk))


@operation("get", "/four-eyes", "review", out.FourEyesOut)
def get_four_eyes(request: HttpRequest) -> dict[str, object]:
    """Whether nobody may approve what they wrote themselves."""
    return {"on": four_eyes()}


@operation("put", "/four-eyes", "administer", out.FourEyesOut)
def put_four_eyes(request: Any, given: out.FourEyesOut) -> dict[str, object]:
    """Says whether nobody may approve what they wrote themselves."""

    def do() -> dict[str, object]:
        set_four_eyes(given.on, request.auth)
        return {"on": four_eyes()}

    return once(request, do)


def _as_seen(key: UUID, seen: int) -> Submission:
    """The submission, where nothing happened to it since the program saw it.

    Raises:
        HyoteiError: something did (HY040).
    """
    found = get_object_or_404(Submission.objects.select_related(*_WITH), pk=key)
    if seen_number(found) != seen:
        raise HyoteiError(Diagnostic("HY040"))
    return found


def _shown(response: HttpResponse, detail: dict[str, object]) -> dict[str, object]:
    show_state(response, int(str(detail["seen"])))
    return detail


def _submission(found: Submission) -> dict[str, object]:
    names = ("key", "number", "title", "version", "hash", "hash_format", "first_year", "last_year", "at", "note")
    return {
        **{name: getattr(found, name) for name in names}, "draft": found.draft_id, "revision": found.revision.number,
        "rulebook": found.identity, "before": found.before_identity, "before_version": found.before_version,
        "before_hash": found.before_hash, "account": found.account.name, "state": standing(found),
    }  # fmt: skip


def _detail(request: HttpRequest, key: UUID) -> dict[str, object]:
    related = (*_WITH, "decision__account", "publication__withdrawal", "report")
    found = get_object_or_404(Submission.objects.select_related(*related), pk=key)
    report, decision, job = getattr(found, "report", None), getattr(found, "decision", None), review_job(found)
    publication = getattr(found, "publication", None)
    said = found.comments.select_related("account").order_by("pk")
    return {
        **_submission(found), "authors": [each.name for each in authors_of(found)], "document": found.revision.text.text,
        "before_document": None if found.before is None else found.before.text, "cases": found.cases,
        "before_cases": None if found.before is None else cases_before(found),
        "running": None if report is not None or job is None else _running(request, job),
        "report": None if report is None else _report(request, report), "comments": [_comment(each) for each in said],
        "approval": None if decision is None else _signed(decision, "approved", "reason", "despite_open", "four_eyes"),
        "publication": None if publication is None else publication.pk, "seen": seen_number(found),
    }  # fmt: skip


def _running(request: HttpRequest, job: Job) -> dict[str, object]:
    problems = [each[language_of(request)] for each in json.loads(job.told)]
    return {"state": job.state, "done": job.done, "count": job.count, "problems": problems}


def _report(request: HttpRequest, report: SubmissionReport) -> dict[str, object]:
    found = json.loads(report.data)[language_of(request)]
    certificate = json.loads(report.certificate) if report.certificate else None
    return {"at": report.at, "state": report.state, "certificate": certificate, **found}


def _comment(found: ReviewComment) -> dict[str, object]:
    return {**_signed(found, "table", "row", "text", "settles"), "number": found.pk, "answers": found.answers_id}


def _signed(found: Any, *names: str) -> dict[str, object]:
    """Some fields of a record, with who made it, in which role and when."""
    return {**{name: getattr(found, name) for name in (*names, "role", "at")}, "account": found.account.name}
