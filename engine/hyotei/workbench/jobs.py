"""Work in the background: begun and cancelled by people, done one after the other by a thread of `hyotei serve`.

A job is a row of the database, so that none is lost with the server: one whose worker is no longer at it is begun again. The work
itself is done in a child process, which knows no database and stands for nothing until it has ended well.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import sleep
from typing import IO, Any, Final
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from hyotei.messages import Diagnostic
from hyotei.workbench.audit_models import AuditRecord, Job
from hyotei.workbench.audit_store import FOLDER as AUDITS
from hyotei.workbench.audit_store import keep, read_made
from hyotei.workbench.corpora import FOLDER as CORPORA
from hyotei.workbench.corpora import SOURCES, Known
from hyotei.workbench.job_process import in_words
from hyotei.workbench.log import record as log
from hyotei.workbench.models import Account
from hyotei.workbench.published_folder import keep_up
from hyotei.workbench.reading import child_environment
from hyotei.workbench.reading_process import NAMES
from hyotei.workbench.review_models import Submission, SubmissionReport
from hyotei.workbench.server_log import tell_server
from hyotei.workbench.storage_faults import storage_fault
from hyotei.workbench.submission_reports import found_in, keep_report, request_of

UPLOADS: Final = "uploads"
"""The folder of uploaded files that a corpus is built of; they go when it is."""
_PLACES: Final = {"corpus": CORPORA, "audit": AUDITS, "review": "reviews"}
"""The folders of what is made, by the kinds of jobs; what is made of a submission goes into the database."""
_BROKEN: Final = {"corpus": "HY009", "audit": "HY034", "review": "HY098"}
_LANES: Final = (("corpus", "audit"), ("review",))
"""Kinds that are done one after the other: nobody who waits for a review waits for an audit of an hour."""
RUNS: Final = ("waiting", "running")
_LOOK: Final = 0.5
"""Seconds between looks for work, and at work."""
_GONE: Final = timedelta(seconds=60)
"""How long a worker may say nothing before its job is taken for left; each says something every half second."""


def data() -> Path:
    """The folder of data."""
    return Path(settings.HYOTEI.data).resolve()


def begin_corpus(title: str, account: Account, files: Iterable[UploadedFile], source: str) -> Job:
    """Asks for a corpus of uploaded files, or, without any, of a folder that the administrator offers."""
    job = Job(kind="corpus", title=title, account=account, request=json.dumps({"source": source}))
    folder = data() / UPLOADS / job.key.hex
    try:
        _write(folder, files)
        return _begun(job)
    except Exception:  # such as a disk that is full, which would stay so
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write(folder: Path, files: Iterable[UploadedFile]) -> None:
    names = []
    for number, file in enumerate(files):
        folder.mkdir(parents=True, exist_ok=True)
        names.append(str(file.name or ""))
        with (folder / str(number)).open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
    if names:
        (folder / NAMES).write_text(json.dumps(names), encoding="utf-8")


def clean_up() -> None:
    """Removes uploaded files of which no job came, by a process that was killed; no other may be at work."""
    wanted = {each.hex for each in Job.objects.filter(state__in=RUNS).values_list("pk", flat=True)}
    for folder in (data() / UPLOADS).glob("*"):
        if folder.name not in wanted:
            shutil.rmtree(folder, ignore_errors=True)


def begin_audit(corpus: Known, account: Account, against: AuditRecord | None) -> Job:
    """Asks for an audit of a corpus, held against an earlier one."""
    request = {"corpus": corpus.folder.name, "against": None if against is None else str(against.pk)}
    return _begun(Job(kind="audit", title=corpus.title[:200], account=account, request=json.dumps(request)))


def begin_review(submission: Submission, account: Account) -> Job:
    """Asks for the proof of a submission, and for what it changes."""
    return _begun(Job(kind="review", title=submission.title[:200], account=account, request=_of(submission)))


def resume_review(submission: Submission, account: Account) -> None:
    """Begins the proof of a submission again where it broke off."""
    job = review_job(submission)
    if not SubmissionReport.objects.filter(pk=submission.pk).exists() and (job is None or job.state not in RUNS):
        begin_review(submission, account)


def review_job(submission: Submission) -> Job | None:
    """The job that runs for a submission, else the one that was begun last."""
    found = list(Job.objects.filter(kind="review", request=_of(submission)).order_by("-at"))
    return next((each for each in found if each.state in RUNS), next(iter(found), None))


def broken_reviews(submission: Submission) -> int:
    """How many jobs of a submission broke off."""
    return Job.objects.filter(kind="review", request=_of(submission), state__in=("failed", "cancelled")).count()


def _of(submission: Submission) -> str:
    return json.dumps({"submission": str(submission.pk)})


def _begun(job: Job) -> Job:
    with transaction.atomic():
        job.save()
        log(job.account, f"{job.kind}.begun", str(job.key), title=job.title)
    return job


def cancel(job: Job, account: Account) -> None:
    """Ends a job that waits or runs; nothing of it remains."""
    with transaction.atomic():
        if Job.objects.filter(pk=job.pk, state__in=RUNS).update(state="cancelled"):
            log(account, f"{job.kind}.cancelled", str(job.pk), title=job.title)
            if job.state == "waiting":
                _remove(job, whole=True)


def is_left(job: Job) -> bool:
    """Whether the worker of a job says nothing any more; the job is begun again."""
    return job.state == "running" and abs(timezone.now() - job.alive) > _GONE


def start_workers() -> None:
    """Works as long as this process lives."""
    for kinds in _LANES:
        Thread(target=_work, args=(kinds,), daemon=True, name=f"hyotei-jobs-{kinds[0]}").start()


def _work(kinds: tuple[str, ...]) -> None:
    told: type[Exception] | None = None
    while True:
        try:
            close_old_connections()
            if work_once(kinds):
                continue
            told = None
        except (
            Exception
        ) as error:  # a database that is away, or a disk that is full, for now; the job is taken up again
            if type(error) is not told:
                tell_server("jobs")
                told = type(error)
        sleep(_LOOK)


def work_once(kinds: Iterable[str] = tuple(_PLACES)) -> bool:
    """Does the next job of some kinds; whether there was one."""
    now = timezone.now()
    # A time to come was written before the clock was set back, and by nobody who is still at work.
    silent = Q(alive__lt=now - _GONE) | Q(alive__gt=now + _GONE)
    free = Q(kind__in=kinds) & (Q(state="waiting") | Q(state="running") & silent)
    job = Job.objects.filter(free).order_by("at").first()
    if job is None:
        return False
    if Job.objects.filter(free, pk=job.pk).update(state="running", alive=timezone.now(), done=0, count=0):
        _run(job)
    return True


def _run(job: Job) -> None:
    try:
        _attempt(job)
    except DatabaseError:
        raise  # away for now
    except Exception as error:  # a job that fails ends no other
        tell_server(f"job {job.kind}")
        fault = storage_fault(error)
        _fail(job, [] if fault is None else [in_words(fault)])


def _attempt(job: Job) -> None:
    out = _out(job)
    if out.exists():  # of an attempt that was left
        shutil.rmtree(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    keep_up()  # its process finds what is published now
    said: dict[str, Any] = {}
    code = _child(job, {**_request(job), "title": job.title, "out": str(out)}, said)
    if code is None:
        _remove(job, whole=True)
    elif code == 0:
        _done(job, said.get("told") or [])
    else:
        _fail(job, said.get("told") or [])


def _done(job: Job, told: list[dict[str, str]]) -> None:
    made = read_made(job, _out(job)) if job.kind == "audit" else None
    report = found_in(_out(job)) if job.kind == "review" else None
    with transaction.atomic():
        done = bool(Job.objects.filter(pk=job.pk, state="running").update(state="done", told=json.dumps(told)))
        if done:
            if made is not None:
                keep(made)
            if report is not None:
                keep_report(UUID(json.loads(job.request)["submission"]), report)
            log(job.account, f"{job.kind}.made", str(job.pk), title=job.title)
    _remove(job, whole=not done or report is not None)


def _fail(job: Job, told: list[dict[str, str]]) -> None:
    broken = Diagnostic(_BROKEN[job.kind])
    written = json.dumps(told or [in_words(broken)])
    with transaction.atomic():
        if Job.objects.filter(pk=job.pk, state="running").update(state="failed", told=written):
            log(job.account, f"{job.kind}.failed", str(job.pk), title=job.title)
    _remove(job, whole=True)


def _child(job: Job, request: dict[str, Any], said: dict[str, Any]) -> int | None:
    """Runs the process of a job and tells how far it is; how it ended, None where it was cancelled."""
    command = [sys.executable, "-m", f"hyotei.workbench.{job.kind}_process"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=child_environment()
    ) as process:
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            reader = Thread(target=_listen, args=(process.stdout, said), daemon=True)
            reader.start()
            while True:
                try:
                    code: int | None = process.wait(_LOOK)
                except subprocess.TimeoutExpired:
                    code = None
                now = {"alive": timezone.now(), "done": said.get("done", 0), "count": said.get("count", 0)}
                if not Job.objects.filter(pk=job.pk, state="running").update(**now):
                    return None
                if code is not None:
                    reader.join()
                    return code
        finally:
            process.kill()


def _listen(stream: IO[bytes], said: dict[str, Any]) -> None:
    for line in stream:
        if line.endswith(b"\n"):  # else the process ended within it
            said.update(json.loads(line))


def _request(job: Job) -> dict[str, Any]:
    """What the process is asked for, with the folders of this machine."""
    asked = json.loads(job.request)
    if job.kind == "corpus":
        upload = data() / UPLOADS / job.key.hex
        return {"upload": str(upload)} if upload.is_dir() else {"folder": str(data() / SOURCES / asked["source"])}
    if job.kind == "review":
        return request_of(UUID(asked["submission"]))
    request = {"corpus": str(data() / CORPORA / asked["corpus"])}
    if asked["against"] is not None:
        against = AuditRecord.objects.select_related("job").get(pk=UUID(asked["against"]))
        name = f"{against.job.title} {against.at.astimezone():%Y-%m-%d %H:%M}"
        request |= {"against": str(data() / AUDITS / against.job.key.hex), "against_title": name}
    return request


def _out(job: Job) -> Path:
    return data() / _PLACES[job.kind] / job.key.hex


def _remove(job: Job, whole: bool) -> None:
    """Removes the files that were uploaded for a job, and with `whole` what was made of them."""
    shutil.rmtree(data() / UPLOADS / job.key.hex, ignore_errors=True)
    if whole:
        shutil.rmtree(_out(job), ignore_errors=True)
