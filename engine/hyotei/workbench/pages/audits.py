"""Audits: the list, making one in the background, its overview, and its report as files."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from markupsafe import Markup

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.report.audit_report import LINES, PAGE, WORKBOOK
from hyotei.workbench.audit_models import AuditRecord, Job
from hyotei.workbench.audit_process import OVERVIEW
from hyotei.workbench.audit_requests import ask_audit
from hyotei.workbench.audit_store import FOLDER, audit_numbers, states_of
from hyotei.workbench.audit_words import MEDIA_TYPES, ReportKind
from hyotei.workbench.corpora import corpora
from hyotei.workbench.jobs import data
from hyotei.workbench.pages.attachment import file_name
from hyotei.workbench.pages.faults import bad_request
from hyotei.workbench.rendering import language_of, page

_ON_A_PAGE: Final = 30
_COMPARED: Final = 100
"""Earlier audits that are offered to compare with, the latest ones."""
KINDS: Final[dict[ReportKind, str]] = {"html": PAGE, "xlsx": WORKBOOK, "ndjson": LINES}
"""The files of a report, by the ends of the names that they are handed on under."""


def audits(request: HttpRequest) -> HttpResponse:
    """The audits, the latest first; begins more."""
    return _begin(request) if request.method == "POST" else _page(request, [])


def _begin(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("against", "")
    try:
        against = UUID(key) if key else None
    except ValueError:
        return bad_request(request)
    try:
        job = ask_audit(request.POST.get("corpus", ""), request.user, against)
    except HyoteiError as error:
        return _page(request, error.diagnostics)
    return HttpResponseRedirect(reverse("job", kwargs={"key": job.key}))


def _page(request: HttpRequest, problems: Sequence[Diagnostic]) -> HttpResponse:
    jobs = Job.objects.filter(kind="audit").select_related("account", "audit__against__job").order_by("-at")
    listed = Paginator(jobs, _ON_A_PAGE).get_page(request.GET.get("page"))
    earlier = AuditRecord.objects.select_related("job__account").order_by("-at")[:_COMPARED]
    status = 422 if problems else 200
    return page(
        request,
        "audits.html",
        status=status,
        listed=listed,
        corpora=corpora(data()),
        earlier=earlier,
        numbers=audit_numbers(),
        problems=problems,
    )


def audit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The numbers of an audit, its charts, and what has become of the findings of the earlier one."""
    found = get_object_or_404(AuditRecord.objects.select_related("job__account", "against__job__account"), pk=key)
    file = data() / FOLDER / found.job.key.hex / language_of(request) / OVERVIEW
    try:
        text = Markup(file.read_text(encoding="utf-8"))  # made by the writer of pages, which escapes every text
    except OSError:
        text = None
    return page(
        request, "audit.html", audit=found, states=list(states_of(found).items()), text=text, kinds=list(KINDS),
        numbers=audit_numbers(),
    )  # fmt: skip


def report(request: HttpRequest, key: UUID, kind: str) -> HttpResponse | FileResponse:
    """A file of the report, in the language of who asks."""
    known = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise Http404
    found = get_object_or_404(AuditRecord.objects.select_related("job"), pk=key)
    name = f"{file_name(found.job.title)} {found.at.astimezone():%Y-%m-%d}.{kind}"
    try:
        file = (data() / FOLDER / found.pk.hex / language_of(request) / KINDS[known]).open("rb")
    except OSError:
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPES[known])
