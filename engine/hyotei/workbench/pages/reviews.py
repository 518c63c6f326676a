"""Reviews: the list of what was submitted, and the page on which one submission is looked at, commented, decided and published."""

import json
from collections.abc import Callable, Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from markupsafe import Markup

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.load import head_of
from hyotei.workbench.draft_front import values_shown
from hyotei.workbench.drafts import state
from hyotei.workbench.jobs import RUNS, resume_review, review_job
from hyotei.workbench.pages.attachment import attachment
from hyotei.workbench.pages.impact_part import impact_part
from hyotei.workbench.pages.rulebooks import years
from hyotei.workbench.publications import publish
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.review_models import ReviewComment, Submission
from hyotei.workbench.review_tables import cases_diff, review_tables, text_diff
from hyotei.workbench.reviews import PROVED, Thread, authors_of, comment, decide, four_eyes, threads, unconfirmed
from hyotei.workbench.submissions import STANDING, standing

_ON_A_PAGE = 50
_LONGEST = 10_000
"""Characters of a comment or a reason."""
_WITH = ("account", "draft", "revision__text", "before", "report", "decision__account", "publication__withdrawal")


def reviews(request: HttpRequest) -> HttpResponse:
    """What was submitted, the latest first."""
    every = Submission.objects.select_related("account", *STANDING).order_by("-at", "key")
    listed = Paginator(every, _ON_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "reviews.html", listed=listed, rows=[(each, standing(each)) for each in listed.object_list])


def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """One submission with all that its reviewers need."""
    return _page(request, _submission(key))


def comment_on(request: HttpRequest, key: UUID) -> HttpResponse:
    """Comments on a row, a table or all of it; answers a comment, or settles it."""

    def do(found: Submission) -> str:
        answered = request.POST.get("answers", "")
        first = None
        if answered:
            is_number = answered.isdecimal() and len(answered) < 19
            first = ReviewComment.objects.filter(pk=int(answered)).first() if is_number else None
            if first is None:
                raise HyoteiError(Diagnostic("HY087"))
        row = request.POST.get("row", "")
        if row and not (row.isdecimal() and len(row) < 7):
            raise HyoteiError(Diagnostic("HY086"))
        made = comment(
            found, request.user, _text(request, "text"), _text(request, "table"), int(row) if row else None, first,
            settles=request.POST.get("do") == "settle",
        )  # fmt: skip
        return f"#comment-{made.answers_id or made.pk}"

    return _done(request, key, do)


def decide_on(request: HttpRequest, key: UUID) -> HttpResponse:
    """Approves a submission, or sends it back."""

    def do(found: Submission) -> str:
        approved = request.POST.get("do") == "approve"
        decide(found, request.user, approved, _text(request, "reason"), bool(request.POST.get("despite_open")))
        return "#decision"

    return _done(request, key, do)


def prove_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begins the proof of a submission again, where it broke off."""

    def do(found: Submission) -> str:
        resume_review(found, request.user)
        return "#proof"

    return _done(request, key, do)


def publish_it(request: HttpRequest, key: UUID) -> HttpResponse:
    """Publishes what was approved."""
    found = _submission(key)
    try:
        made = publish(found, request.user)
    except HyoteiError as error:
        return _page(request, found, error.diagnostics)
    return HttpResponseRedirect(reverse("publication", kwargs={"key": made.key}))


def document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The document that was submitted."""
    found = _submission(key)
    return attachment(found.revision.text.text, f"{found.identity}-{found.version}.md", "text/markdown; charset=utf-8")


def impact(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a submission moves among the sheets that were read in, or those of a corpus."""
    found = _submission(key)
    if found.before is None:
        raise Http404
    part = impact_part(request, found.pk, (found.before.text, found.revision.text.text))
    return page(request, "review_impact.html", submission=found, with_cases=False, **part)


def _submission(key: UUID) -> Submission:
    found: Submission = get_object_or_404(Submission.objects.select_related(*_WITH), pk=key)
    return found


def _done(request: HttpRequest, key: UUID, do: Callable[[Submission], str]) -> HttpResponse:
    """Leads back to where something was done; what was typed stays on the page where it was refused."""
    found = _submission(key)
    try:
        place = do(found)
    except HyoteiError as error:
        return _page(request, found, error.diagnostics)
    return HttpResponseRedirect(reverse("review", kwargs={"key": key}) + place)


def _text(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(name, "")).replace("\0", "").strip()[:_LONGEST]


def _page(request: HttpRequest, found: Submission, problems: Sequence[Diagnostic] = ()) -> HttpResponse:
    language = language_of(request)
    report, job = getattr(found, "report", None), review_job(found)
    tables, said = review_tables(found), threads(found)
    authors = authors_of(found)
    by_row: dict[tuple[str, int | None], list[Thread]] = {}
    for each in said:
        by_row.setdefault((each.first.table, each.first.row), []).append(each)
    commented = {each.first.table for each in said}
    return page(
        request,
        "review.html",
        status=422 if problems else 200,
        submission=found,
        state=standing(found),
        head=head_of(found.revision.text.text),
        decision=getattr(found, "decision", None),
        publication=getattr(found, "publication", None),
        told=[each.text(language) for each in problems],
        given=request.POST,
        authors=authors,
        own=request.user in authors,
        four_eyes=four_eyes(),
        draft_changed=state(found.draft).number != found.revision.number,
        years=years(found.first_year, found.last_year),
        report=report,
        needs_word=report is not None and report.state not in (*PROVED, "refuted"),
        proof=Markup(getattr(report, language, "")),  # made by the writer of pages, which escapes every text
        changes=Markup(getattr(report, f"changes_{language}", "")),
        job=job,
        runs=job is not None and job.state in RUNS,
        failed=[each[language] for each in json.loads(job.told)] if job is not None and job.state == "failed" else [],
        lines=text_diff(found),
        case_lines=cases_diff(found) if found.before is not None else [],
        values=values_shown(found.revision.text.text, language),
        shown=[each for each in tables if each.changed or each.name in commented or found.before is None],
        unconfirmed=unconfirmed(found),
        others=[each for each in tables if not (each.changed or each.name in commented or found.before is None)],
        by_row=by_row,
        open=sum(not each.settled for each in said),
    )
