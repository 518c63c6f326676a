"""Corpora: the list, building one in the background, and how far what is done in the background is."""

import json
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.audit_models import Job
from hyotei.workbench.audit_requests import OFFERED, ask_corpus
from hyotei.workbench.corpora import corpora as known
from hyotei.workbench.corpora import sources
from hyotei.workbench.jobs import RUNS, cancel, data, is_left
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.upload_limits import LARGEST_UPLOAD, MOST_FILES

_SHOWN: Final = 20


def corpora(request: HttpRequest) -> HttpResponse:
    """The corpora, and what is being built; begins more."""
    if request.method != "POST":
        return _page(request, [])
    title, files = request.POST.get("title", ""), request.FILES.getlist("files")
    try:
        job = ask_corpus(title, request.user, files, request.POST.get("source", ""))
    except HyoteiError as error:
        return _page(request, error.diagnostics, title)
    return HttpResponseRedirect(reverse("job", kwargs={"key": job.key}))


def _page(request: HttpRequest, problems: Sequence[Diagnostic], title: str = "") -> HttpResponse:
    jobs = Job.objects.filter(kind="corpus").exclude(state="done").select_related("account").order_by("-at")
    limits = {"megabytes": LARGEST_UPLOAD // 1024**2, "files": MOST_FILES}
    return page(
        request, "corpora.html", status=422 if problems else 200, corpora=known(data()), jobs=jobs[:_SHOWN],
        sources=sources(data()), problems=problems, title=title, limits=limits,
    )  # fmt: skip


def job(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far something is; ends it."""
    found = get_object_or_404(Job.objects.filter(kind__in=OFFERED).select_related("account"), pk=key)
    if request.method == "POST":
        cancel(found, request.user)
        return HttpResponseRedirect(reverse("job", kwargs={"key": key}))
    told = [each[language_of(request)] for each in json.loads(found.told)]
    return page(request, "job.html", job=found, told=told, runs=found.state in RUNS, left=is_left(found))
