"""A workbench whose storage fails in each way, and is mended: `python storage_trials.py FOLDER` prints what it answered, as JSON.

A process of its own, since the failures are real ones: another connection that holds the lock of the database, SQLite's own bound
of pages, a bound of the system on the size of files, a database that is opened for reading only, a folder that is not there.
"""

import json
import resource
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any

from hyotei.workbench.options import DATABASE, Options
from hyotei.workbench.serve import prepare

FOLDER = Path(sys.argv[1])
prepare(Options(FOLDER))

from django.core.wsgi import get_wsgi_application  # noqa: E402  # Django is set up only now
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from hyotei.workbench.accounts import new_account  # noqa: E402
from hyotei.workbench.draft_models import DraftRevision  # noqa: E402
from hyotei.workbench.drafts import begin, state  # noqa: E402
from hyotei.workbench.log import broken, entries  # noqa: E402
from hyotei.workbench.tokens import new_token  # noqa: E402
from hyotei.workbench.web_server import web_server  # noqa: E402


def _pragma(text: str) -> Any:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {text}").fetchone()


@contextmanager
def locked() -> Iterator[None]:
    other = sqlite3.connect(FOLDER / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    _pragma("busy_timeout = 50")
    yield
    other.rollback()
    other.close()


@contextmanager
def full() -> Iterator[None]:
    _pragma("wal_checkpoint(TRUNCATE)")
    _pragma("max_page_count = 1")  # SQLite takes the pages that there are
    yield
    connection.close()


@contextmanager
def refused_by_the_system() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    connection.close()


@contextmanager
def read_only() -> Iterator[None]:
    _pragma("query_only = ON")
    yield
    connection.close()


@contextmanager
def away() -> Iterator[None]:
    connection.close()
    FOLDER.rename(FOLDER.with_name("elsewhere"))
    yield
    FOLDER.with_name("elsewhere").rename(FOLDER)


def spooled() -> dict[str, object]:
    """A large body that the server cannot keep until it is whole."""
    server = web_server(get_wsgi_application(), host="127.0.0.1", port=0, url_prefix="")
    Thread(target=server.run, daemon=True).start()
    with refused_by_the_system(), closing(HTTPConnection("127.0.0.1", server.effective_port, timeout=20)) as asked:
        asked.request("POST", "/api/v1/check", b"x" * 700_000, {"Accept-Language": "en"})
        answer = asked.getresponse()
        return {"status": answer.status, "problem": json.loads(answer.read())}


FAULTS = (locked, full, refused_by_the_system, read_only, away)


def main() -> list[dict[str, object]]:
    account = new_account("analyst", "correct horse battery", "analyst", by=None)
    assert account is not None
    token = new_token(account, "t")
    draft = begin("# x\n\ny\n", account, "file")
    page = Client(raise_request_exception=False, headers={"host": "localhost", "accept-language": "ja"})
    page.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    program = Client(
        raise_request_exception=False,
        headers={"host": "localhost", "accept-language": "en", "authorization": f"Bearer {token}"},
    )
    found: list[dict[str, object]] = []
    for fault in FAULTS:
        seen = state(draft).number
        filling = "z" * 100_000  # more than the pages that are there hold
        form = {"seen": seen, "section": 1, "text": f"# x\n\n{fault.__name__} page {filling}\n"}
        body = json.dumps({"document": f"# x\n\n{fault.__name__} program {filling}\n"})

        def send(form: dict[str, Any] = form, body: str = body, seen: int = seen) -> tuple[Any, Any]:
            made = program.put(
                f"/api/v1/drafts/{draft.key}/document", body, content_type="application/json",
                headers={"if-match": f'"{seen}"', "idempotency-key": form["text"][:20].replace("\n", "-").replace(" ", "-")},
            )  # fmt: skip
            return made, page.post(
                f"/drafts/{draft.key}/", {**form, "seen": seen + 1 if made.status_code == 200 else seen}
            )

        with fault():
            looked = page.get(f"/drafts/{draft.key}/")
            put, posted = send()
        count = DraftRevision.objects.count()
        again, posted_again = send()
        found.append(
            {
                "fault": fault.__name__, "looked": looked.status_code, "put": put.status_code, "problem": put.json(),
                "retry": put.headers.get("Retry-After"), "posted": posted.status_code, "page": posted.content.decode(),
                "lost": count - seen, "again": [again.status_code, posted_again.status_code],
                "kept": DraftRevision.objects.count() - count, "broken": broken(), "entries": len(list(entries())),
            }
        )  # fmt: skip
    return [*found, spooled()]


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))  # noqa: T201
