"""The findings of an audit: the list with its filters, views that are kept of it, and one finding with its reasons."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from markupsafe import Markup

from hyotei.messages import Diagnostic, HyoteiError, Language, wording
from hyotei.report.finding_document import findings_document, severity_said
from hyotei.rulebook.value_words import amount
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.workbench.audit_models import AuditFinding, AuditRecord, SavedView
from hyotei.workbench.audit_store import audit_numbers, check, finding_of, plain_note, rulebooks_of
from hyotei.workbench.finding_filters import Asked, Found, asked
from hyotei.workbench.finding_index import ORDERS
from hyotei.workbench.pages.faults import bad_request
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.saved_views import save_view
from hyotei.writers.html import markup

_ON_A_PAGE: Final = 50


def findings(request: HttpRequest, key: UUID) -> HttpResponse:
    """The findings that are asked for; keeps a view of them, or removes one."""
    audit = get_object_or_404(AuditRecord.objects.select_related("job", "against__job"), pk=key)
    if request.method == "POST":
        return _view(request, audit)
    return _page(request, audit, asked(request.GET), [])


def _page(request: HttpRequest, audit: AuditRecord, what: Asked, problems: Sequence[Diagnostic]) -> HttpResponse:
    language = language_of(request)
    found = Found(audit, what)
    listed = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(each, finding_of(each, language), money_said(each, language)) for each in listed.object_list]
    facets = [
        (name, [(each.value, value_said(name, each.value, language), each.findings) for each in counted])
        for name, counted in found.choices()
    ]
    return page(
        request, "findings.html", status=422 if problems else 200, audit=audit, what=what, listed=listed, rows=rows,
        facets=facets, orders=list(ORDERS), views=SavedView.objects.filter(account=request.user).order_by("name", "pk"),
        problems=problems, severity=lambda text: severity_said(text, wording(language)), number=audit_numbers()[audit.pk],
    )  # fmt: skip


def value_said(name: str, value: str, language: Language) -> str:
    """A value of a filter, as people read it."""
    say = wording(language)
    if name == "state":
        return say.one_of("finding.state", value)
    if name == "severity":
        return severity_said(value, say)
    if name == "standing":
        return say.one_of("common.standing", value)
    if name == "checked":
        return say.one_of("workbench_audit.checked", value)
    return print_fiscal_year(int(value), language) if name == "fiscal_year" else value


def money_said(stored: AuditFinding, language: Language) -> str:
    """The budget of a finding's sheet; empty where it is not known."""
    return "" if stored.money is None else amount(Decimal(stored.money), language)


def _view(request: HttpRequest, audit: AuditRecord) -> HttpResponse:
    what = asked(request.POST)
    to = f"{reverse('findings', kwargs={'key': audit.pk})}?{what.query}"
    removed = request.POST.get("remove", "")
    if removed:
        if not removed.isdecimal() or len(removed) > 18:
            return bad_request(request)
        SavedView.objects.filter(account=request.user, pk=int(removed)).delete()
        return HttpResponseRedirect(to)
    try:
        save_view(request.user, request.POST.get("name", ""), what)
    except HyoteiError as error:
        return _page(request, audit, what, error.diagnostics)
    return HttpResponseRedirect(to)


def finding(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """One finding with its figures, its rule and what was noted of it; notes that it was checked."""
    stored = get_object_or_404(AuditFinding.objects.select_related("audit__job"), audit=key, number=number)
    problems: list[Diagnostic] = []
    note, what = plain_note(request.POST.get("note", "")), asked(request.GET)
    if request.method == "POST":
        try:
            check(stored, request.user, note)
            return HttpResponseRedirect(f"{reverse('finding', kwargs={'key': key, 'number': number})}?{what.query}")
        except HyoteiError as error:
            problems = [*error.diagnostics]
    language = language_of(request)
    said = finding_of(stored, language)
    blocks = findings_document([said], rulebooks_of(said), language).blocks
    return page(
        request, "finding.html", status=422 if problems else 200, stored=stored, said=said, what=what,
        text=Markup(markup(blocks)), money=money_said(stored, language), problems=problems, note=note,
        checks=stored.checks.select_related("account").order_by("-at"),
    )  # fmt: skip
