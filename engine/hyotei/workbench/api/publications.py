"""The operations on what was published: listed, looked at, withdrawn."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.workbench.api import review_schemas as out
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.publications import withdraw
from hyotei.workbench.review_models import Publication

_WITH = ("account", "submission__decision__account", "submission__report", "withdrawal__account")


@operation("get", "/publications", "see", list[out.PublicationOut])
def list_publications(
    request: HttpRequest, response: HttpResponse, rulebook: str = "", offset: Offset = 0, limit: Limit = 50
) -> list[Any]:
    """What was published, or the versions of one rulebook, the latest first; what was withdrawn too."""
    found = Publication.objects.select_related(*_WITH).order_by("-number")
    if rulebook:
        found = found.filter(identity=rulebook)
    return [_publication(each) for each in paged(request, response, found, offset, limit)]


@operation("get", "/publications/{uuid:key}", "see", out.PublicationDetail)
def get_publication(request: HttpRequest, key: UUID) -> dict[str, object]:
    """One version with its document and its certificate."""
    return publication_detail(key)


@operation("post", "/publications/{uuid:key}/withdrawal", "approve", out.PublicationDetail)
def withdraw_publication(request: Any, key: UUID, given: out.WithdrawalIn) -> dict[str, object]:
    """Withdraws a version; it is used no longer."""
    found = get_object_or_404(Publication.objects.select_related("submission"), pk=key)

    def do() -> dict[str, object]:
        withdraw(found, request.auth, given.reason)
        return publication_detail(key)

    return once(request, do)


def publication_detail(key: UUID) -> dict[str, object]:
    """All that is told of a publication."""
    found = get_object_or_404(Publication.objects.select_related(*_WITH, "submission__revision__text"), pk=key)
    submission = found.submission
    text, certificate = submission.revision.text, submission.report.certificate
    return {
        **_publication(found), "document": text.text, "sha256": text.sha256, "cases": submission.cases,
        "certificate": json.loads(certificate) if certificate else None,
    }  # fmt: skip


def _publication(found: Publication) -> dict[str, object]:
    submission, withdrawn = found.submission, getattr(found, "withdrawal", None)
    names = ("title", "hash", "hash_format", "first_year", "last_year")
    return {
        **{name: getattr(submission, name) for name in names}, "key": found.pk, "submission": submission.pk,
        "rulebook": found.identity, "version": found.version, "proof": submission.report.state,
        "approved_by": submission.decision.account.name, "account": found.account.name, "at": found.at,
        "withdrawal": None if withdrawn is None else {
            "reason": withdrawn.reason, "account": withdrawn.account.name, "role": withdrawn.role, "at": withdrawn.at,
        },
    }  # fmt: skip
