"""Corpora: the list, building one in the background, and how far what is done in the background is."""

import json
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.messages import Phrase, phrase
from hyotei.workbench.accounts import plain_name
from hyotei.workbench.audit_models import Job
from hyotei.workbench.corpora import corpora as known
from hyotei.workbench.corpora import sources
from hyotei.workbench.jobs import RUNS, begin_corpus, cancel, data, is_left
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.settings import LARGEST_UPLOAD, MOST_FILES

_LONGEST: Final = 60
_SHOWN: Final = 20


def corpora(request: HttpRequest) -> HttpResponse:
    """The corpora, and what is being built; begins more."""
    if request.method != "POST":
        return _page(request, [])
    title = plain_name(request.POST.get("title", ""))
    files, source = request.FILES.getlist("files"), request.POST.get("source", "")
    problem = _problem(title, bool(files), source)
    if problem is not None:
        return _page(request, [problem], title)
    job = begin_corpus(title, request.user, files, "" if files else source)
    return HttpResponseRedirect(reverse("job", kwargs={"key": job.key}))


def _problem(title: str, files: bool, source: str) -> Phrase | None:
    if not title or len(title) > _LONGEST or not title.isprintable():
        return phrase("workbench_audit.corpus.wrong_title", longest=_LONGEST)
    taken = Job.objects.filter(kind="corpus", title=title, state__in=(*RUNS, "done")).exists()
    if taken or any(each.title == title for each in known(data())):
        return phrase("workbench_audit.corpus.title_taken")
    if files == bool(source) or (source and source not in sources(data())):
        return phrase("workbench_audit.corpus.one_source")
    return None


def _page(request: HttpRequest, problems: list[Phrase], title: str = "") -> HttpResponse:
    jobs = Job.objects.filter(kind="corpus").exclude(state="done").select_related("account").order_by("-at")
    limits = {"megabytes": LARGEST_UPLOAD // 1024**2, "files": MOST_FILES}
    return page(
        request, "corpora.html", status=422 if problems else 200, corpora=known(data()), jobs=jobs[:_SHOWN],
        sources=sources(data()), problems=problems, title=title, limits=limits,
    )  # fmt: skip


def job(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far something is; ends it."""
    found = get_object_or_404(Job.objects.exclude(kind="review").select_related("account"), pk=key)
    if request.method == "POST":
        cancel(found, request.user)
        return HttpResponseRedirect(reverse("job", kwargs={"key": key}))
    told = [each[language_of(request)] for each in json.loads(found.told)]
    return page(request, "job.html", job=found, told=told, runs=found.state in RUNS, left=is_left(found))
