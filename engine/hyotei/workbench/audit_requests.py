"""What people and programs ask for of corpora and audits: a corpus under a free name, an audit of a corpus that there is."""

import json
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.accounts import plain_name
from hyotei.workbench.audit_models import AuditRecord, Job
from hyotei.workbench.audit_words import LONGEST_TITLE
from hyotei.workbench.corpora import corpora, sources
from hyotei.workbench.jobs import RUNS, begin_audit, begin_corpus, data
from hyotei.workbench.models import Account

OFFERED: Final = ("corpus", "audit")
"""The kinds of jobs that are asked for here."""


def corpus_of(job: Job) -> str:
    """The name of the corpus that an audit was asked for."""
    return str(json.loads(job.request)["corpus"])


def ask_corpus(title: str, account: Account, files: Sequence[UploadedFile], source: str) -> Job:
    """Asks for a corpus of uploaded files, or of a folder that the administrator offers.

    Raises:
        HyoteiError: its name cannot be one (HY029), is taken (HY030), or not exactly one of files and folder is there (HY031).
    """
    name = plain_name(title)
    if not name or len(name) > LONGEST_TITLE or not name.isprintable():
        raise HyoteiError(Diagnostic("HY029", params={"longest": LONGEST_TITLE}))
    taken = Job.objects.filter(kind="corpus", title=name, state__in=(*RUNS, "done")).exists()
    if taken or any(each.title == name for each in corpora(data())):
        raise HyoteiError(Diagnostic("HY030"))
    if bool(files) == bool(source) or (source and source not in sources(data())):
        raise HyoteiError(Diagnostic("HY031"))
    return begin_corpus(name, account, files, source)


def ask_audit(corpus: str, account: Account, against: UUID | None) -> Job:
    """Asks for an audit of a corpus, by the name of its folder, held against an earlier audit.

    Raises:
        HyoteiError: there is no such corpus (HY032), or no such audit (HY033).
    """
    chosen = next((each for each in corpora(data()) if each.folder.name == corpus), None)
    if chosen is None:
        raise HyoteiError(Diagnostic("HY032"))
    earlier = None if against is None else AuditRecord.objects.filter(pk=against).first()
    if against is not None and earlier is None:
        raise HyoteiError(Diagnostic("HY033"))
    return begin_audit(chosen, account, earlier)
