"""Audits: the list, making one in the background, its overview, and its report as files."""

from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from markupsafe import Markup

from hyotei.messages import Phrase, phrase
from hyotei.report.audit_report import LINES, PAGE, WORKBOOK
from hyotei.report.finding_document import STATES
from hyotei.workbench.audit_models import AuditRecord, Job
from hyotei.workbench.audit_process import OVERVIEW
from hyotei.workbench.audit_store import FOLDER
from hyotei.workbench.corpora import corpora
from hyotei.workbench.jobs import begin_audit, data
from hyotei.workbench.pages.faults import bad_request
from hyotei.workbench.rendering import language_of, page

_ON_A_PAGE: Final = 30
_COMPARED: Final = 100
"""Earlier audits that are offered to compare with, the latest ones."""
KINDS: Final = {
    "html": (PAGE, "text/html; charset=utf-8"),
    "xlsx": (WORKBOOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ndjson": (LINES, "application/x-ndjson; charset=utf-8"),
}
"""The files of a report, by the ends of their names."""


def audits(request: HttpRequest) -> HttpResponse:
    """The audits, the latest first; begins more."""
    return _begin(request) if request.method == "POST" else _page(request, [])


def _begin(request: HttpRequest) -> HttpResponse:
    chosen = next((each for each in corpora(data()) if each.folder.name == request.POST.get("corpus")), None)
    if chosen is None:
        return _page(request, [phrase("workbench_audit.no_corpus")])
    against, key = None, request.POST.get("against", "")
    if key:
        try:
            against = AuditRecord.objects.filter(pk=UUID(key)).first()
        except ValueError:
            return bad_request(request)
        if against is None:
            return bad_request(request)
    job = begin_audit(chosen, request.user, against)
    return HttpResponseRedirect(reverse("job", kwargs={"key": job.key}))


def _page(request: HttpRequest, problems: list[Phrase]) -> HttpResponse:
    jobs = Job.objects.filter(kind="audit").select_related("account", "audit").order_by("-at")
    listed = Paginator(jobs, _ON_A_PAGE).get_page(request.GET.get("page"))
    earlier = AuditRecord.objects.select_related("job").order_by("-at")[:_COMPARED]
    status = 422 if problems else 200
    return page(
        request,
        "audits.html",
        status=status,
        listed=listed,
        corpora=corpora(data()),
        earlier=earlier,
        problems=problems,
    )


def audit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The numbers of an audit, its charts, and what has become of the findings of the earlier one."""
    found = get_object_or_404(AuditRecord.objects.select_related("job__account", "against__job"), pk=key)
    states = []
    if found.against is not None:
        counts = dict(found.findings.values_list("state").annotate(count=Count("pk")))
        states = [(each, counts.get(each, 0)) for each in STATES]
    file = data() / FOLDER / found.job.key.hex / language_of(request) / OVERVIEW
    try:
        text = Markup(file.read_text(encoding="utf-8"))  # made by the writer of pages, which escapes every text
    except OSError:
        text = None
    return page(request, "audit.html", audit=found, states=states, text=text, kinds=list(KINDS))


def report(request: HttpRequest, key: UUID, kind: str) -> HttpResponse | FileResponse:
    """A file of the report, in the language of who asks."""
    if kind not in KINDS:
        raise Http404
    found = get_object_or_404(AuditRecord, pk=key)
    name, of = KINDS[kind]
    try:
        file = (data() / FOLDER / found.pk.hex / language_of(request) / name).open("rb")
    except OSError:
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename=f"audit-{key}.{kind}", content_type=of)
