"""The operations on corpora and on what is done in the background: built, asked for until it is done, cancelled."""

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form
from ninja.files import UploadedFile

from hyotei.corpus.manifest import read_manifest
from hyotei.messages import HyoteiError, Language
from hyotei.workbench.api import audit_schemas as out
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.api.schemas import TEXT
from hyotei.workbench.audit_models import Job
from hyotei.workbench.audit_requests import OFFERED, ask_corpus, corpus_of
from hyotei.workbench.corpora import Known, corpora
from hyotei.workbench.jobs import cancel, data, is_left
from hyotei.workbench.rendering import language_of

_WITH = ("account", "audit")
_Title = Annotated[str, Form(max_length=400, pattern=TEXT, description="What people call it.")]
_Source = Annotated[str, Form(max_length=255, pattern=TEXT, description="A folder that the administrator offers.")]
_Files = Annotated[list[UploadedFile], File(default_factory=list, description="Files of sheets, zips too.")]


@operation("get", "/corpora", "see", list[out.CorpusOut])
def list_corpora(request: HttpRequest, response: HttpResponse, offset: Offset = 0, limit: Limit = 50) -> list[Any]:
    """The corpora, by their titles."""
    return [_corpus(each) for each in paged(request, response, corpora(data()), offset, limit)]


@operation("get", "/corpora/{identity}", "see", out.CorpusOut)
def get_corpus(request: HttpRequest, identity: str) -> dict[str, object]:
    """One corpus, by its name."""
    found = next((each for each in corpora(data()) if each.folder.name == identity), None)
    if found is None:
        raise Http404
    return _corpus(found)


@operation("post", "/corpora", "audit", out.JobOut)
def build_corpus(request: Any, title: _Title, files: _Files, source: _Source = "") -> dict[str, object]:
    """Begins to build a corpus of files, or of a folder that the administrator offers, in the background."""
    return once(request, lambda: job_data(ask_corpus(title, request.auth, files, source), language_of(request)))


@operation("get", "/jobs", "see", list[out.JobOut])
def list_jobs(
    request: HttpRequest, response: HttpResponse, kind: Literal["", "corpus", "audit"] = "", offset: Offset = 0,
    limit: Limit = 50,
) -> list[Any]:  # fmt: skip
    """The corpora and audits that were asked for, or those of one kind, the latest first."""
    found = Job.objects.filter(kind__in=(kind,) if kind else OFFERED).select_related(*_WITH).order_by("-at", "key")
    return [job_data(each, language_of(request)) for each in paged(request, response, found, offset, limit)]


@operation("get", "/jobs/{uuid:key}", "see", out.JobOut)
def get_job(request: HttpRequest, key: UUID) -> dict[str, object]:
    """How far a corpus or an audit is."""
    return job_data(_job(key), language_of(request))


@operation("post", "/jobs/{uuid:key}/cancellation", "audit", out.JobOut)
def cancel_job(request: Any, key: UUID) -> dict[str, object]:
    """Ends what waits or runs; nothing of it remains. What has ended stays as it is."""
    found = _job(key)

    def do() -> dict[str, object]:
        cancel(found, request.auth)
        return job_data(_job(key), language_of(request))

    return once(request, do)


def _job(key: UUID) -> Job:
    return get_object_or_404(Job.objects.filter(kind__in=OFFERED).select_related(*_WITH), pk=key)


def job_data(job: Job, language: Language) -> dict[str, object]:
    """What is told of a job."""
    built = job.key.hex if job.kind == "corpus" and job.state == "done" else None
    return {
        **{name: getattr(job, name) for name in ("key", "kind", "title", "state", "done", "count", "at")},
        "left": is_left(job), "problems": [each[language] for each in json.loads(job.told)],
        "corpus": built if job.kind == "corpus" else corpus_of(job),
        "audit": job.key if hasattr(job, "audit") else None, "account": job.account.name,
    }  # fmt: skip


def _corpus(known: Known) -> dict[str, object]:
    try:
        digest = read_manifest(known.folder).hash
    except HyoteiError:
        digest = None
    return {"name": known.folder.name, "title": known.title, "sheets": known.sheets, "hash": digest}
