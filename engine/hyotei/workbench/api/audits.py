"""The operations on audits and their findings: begun, listed, handed on, filtered with everything counted, checked."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query

from hyotei.workbench.api import audit_schemas as out
from hyotei.workbench.api.corpora import job_data
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.audit_models import AuditFinding, AuditRecord
from hyotei.workbench.audit_requests import ask_audit, corpus_of
from hyotei.workbench.audit_store import check, data_of, plain_note, states_of
from hyotei.workbench.audit_words import MEDIA_TYPES, ReportKind
from hyotei.workbench.finding_filters import Asked, Found, asked
from hyotei.workbench.pages.audits import report
from hyotei.workbench.rendering import language_of

_WITH = ("job__account", "against")


@operation("get", "/audits", "see", list[out.AuditOut])
def list_audits(request: HttpRequest, response: HttpResponse, offset: Offset = 0, limit: Limit = 50) -> list[Any]:
    """The audits that were made, the latest first; those that are being made are jobs."""
    found = AuditRecord.objects.select_related(*_WITH).order_by("-at", "pk")
    return [_audit(each) for each in paged(request, response, found, offset, limit)]


@operation("post", "/audits", "audit", out.JobOut)
def begin_audit(request: Any, given: out.AuditIn) -> dict[str, object]:
    """Begins an audit of a corpus in the background, held against an earlier one where that is named."""
    return once(request, lambda: job_data(ask_audit(given.corpus, request.auth, given.against), language_of(request)))


@operation("get", "/audits/{uuid:key}", "see", out.AuditDetail)
def get_audit(request: HttpRequest, key: UUID) -> dict[str, object]:
    """One audit with the number of its findings."""
    found = _record(key)
    return {**_audit(found), "findings": found.findings.count(), "states": states_of(found)}


@operation("get", "/audits/{uuid:key}/report", "see", None, files=tuple(MEDIA_TYPES.values()))
def audit_report(request: HttpRequest, key: UUID, kind: ReportKind) -> HttpResponse | FileResponse:
    """A file of the report, in the language of `Accept-Language`."""
    return report(request, key, kind)


@operation("get", "/audits/{uuid:key}/findings", "see", list[out.FindingOut])
def list_findings(
    request: HttpRequest, response: HttpResponse, key: UUID, what: Query[out.FindingAsked], offset: Offset = 0,
    limit: Limit = 50,
) -> list[Any]:  # fmt: skip
    """The findings of an audit that are asked for, in their order."""
    found = Found(_record(key), asked_of(what))
    return [_finding(request, each) for each in paged(request, response, found, offset, limit)]


@operation("get", "/audits/{uuid:key}/finding-counts", "see", out.FindingCounts)
def count_findings(request: HttpRequest, key: UUID, what: Query[out.FindingFilters]) -> dict[str, object]:
    """How many findings the filters leave, and what each value of each filter would leave under the others."""
    found = Found(_record(key), asked_of(what))
    choices = {name: [each._asdict() for each in counted] for name, counted in found.choices()}
    return {"findings": len(found), "filters": choices}


@operation("get", "/audits/{uuid:key}/findings/{int:number}", "see", out.FindingDetail)
def get_finding(request: HttpRequest, key: UUID, number: int) -> dict[str, object]:
    """One finding with what was noted of it."""
    return _detail(request, _stored(key, number))


@operation("post", "/audits/{uuid:key}/findings/{int:number}/checks", "audit", out.FindingDetail)
def check_finding(request: Any, key: UUID, number: int, given: out.CheckNoteIn) -> dict[str, object]:
    """Marks a finding as checked, with a note. Nobody can change that later."""
    found = _stored(key, number)

    def do() -> dict[str, object]:
        check(found, request.auth, plain_note(given.note))
        return _detail(request, found)

    return once(request, do)


def _record(key: UUID) -> AuditRecord:
    return get_object_or_404(AuditRecord.objects.select_related(*_WITH), pk=key)


def _stored(key: UUID, number: int) -> AuditFinding:
    return get_object_or_404(AuditFinding, audit=key, number=number)


def asked_of(what: out.FindingFilters) -> Asked:
    """The filters and the order that a program asks for."""
    return asked(what.model_dump())


def _audit(found: AuditRecord) -> dict[str, object]:
    job = found.job
    return {
        **{name: getattr(found, name) for name in ("corpus_hash", "sheets", "version", "at")}, "key": found.pk,
        "title": job.title, "corpus": corpus_of(job), "against": found.against_id, "account": job.account.name,
    }  # fmt: skip


def _finding(request: HttpRequest, found: AuditFinding) -> dict[str, object]:
    return {"number": found.number, "checked": found.checked, "finding": data_of(found, language_of(request))}


def _detail(request: HttpRequest, found: AuditFinding) -> dict[str, object]:
    checks = [
        {"note": each.note, "account": each.account.name, "role": each.role, "at": each.at}
        for each in found.checks.select_related("account").order_by("-at", "-pk")
    ]
    found.checked = bool(checks)
    return {**_finding(request, found), "checks": checks}
