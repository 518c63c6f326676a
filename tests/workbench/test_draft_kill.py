"""A workbench that is killed while drafts are changed: every change that was accepted is there afterwards, and the log is whole."""

import os
import random
import re
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import socket
from threading import Thread
from urllib.parse import urlencode

import pytest

from hyotei.base.extras import EXTRAS, installed

pytestmark = pytest.mark.slow

ROUNDS = 5
_PREPARE = """
import sys
from pathlib import Path
from hyotei.workbench.options import Options
from hyotei.workbench.serve import prepare
prepare(Options(Path(sys.argv[1])))
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from hyotei.workbench.accounts import new_account
from hyotei.workbench.drafts import begin
account = new_account("analyst", "correct horse battery", "analyst", by=None)
session = SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.create()
print(session.session_key, begin("# x\\n\\ny\\n", account, "file").key)
"""
_READ = """
import sys
from pathlib import Path
from hyotei.workbench.options import Options
from hyotei.workbench.serve import prepare
prepare(Options(Path(sys.argv[1])))
from hyotei.workbench.draft_models import DraftRevision
from hyotei.workbench.log import broken, entries
assert broken() == []
told = sum(entry.action == "draft.changed" for entry in entries())
texts = [each.text.text for each in DraftRevision.objects.order_by("number")]
assert told == len(texts) - 1, (told, len(texts))
print("".join(texts))
"""


def _python(code: str, data: Path) -> str:
    return subprocess.run([sys.executable, "-c", code, str(data)], check=True, capture_output=True, text=True).stdout


def _ask(port: int, method: str, path: str, cookie: str, body: str = "") -> tuple[int, str, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body.encode(), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get("Set-Cookie", "")


def test_no_accepted_change_is_lost(tmp_path: Path) -> None:
    if not all(installed(module) for module in EXTRAS["workbench"]):
        pytest.skip("the extra `workbench` is not installed")
    session, key = _python(_PREPARE, tmp_path).split()
    draw = random.Random(0)
    accepted: list[str] = []
    for number in range(ROUNDS):
        with closing(socket()) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "hyotei.cli", "serve", "--port", str(port), "--data", str(tmp_path)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
        try:
            page, cookie = _opened(port, f"/drafts/{key}/", f"hyotei_session={session}")
            Thread(target=_kill, args=(process, draw.uniform(0.3, 1.5)), daemon=True).start()
            token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
            seen = re.search('name="seen" value="([0-9]+)"', page)
            assert token is not None
            assert seen is not None
            _write(port, key, cookie, token[1], int(seen[1]), number, accepted)
        finally:
            process.kill()
            process.wait()
    kept = _python(_READ, tmp_path)
    assert accepted
    assert [each for each in accepted if each not in kept] == []


def _opened(port: int, path: str, session: str) -> tuple[str, str]:
    """The page and the cookies that its forms need, once the workbench answers."""
    for _ in range(600):
        try:
            status, page, cookie = _ask(port, "GET", path, session)
        except OSError:
            time.sleep(0.1)
            continue
        assert status == 200
        return page, f"{session}; {cookie.partition(';')[0]}"
    raise AssertionError("the workbench does not answer")


def _kill(process: "subprocess.Popen[bytes]", after: float) -> None:
    time.sleep(after)
    process.kill()


def _write(port: int, key: str, cookie: str, token: str, seen: int, number: int, accepted: list[str]) -> None:
    """Changes the draft until the workbench is gone; `accepted` takes what it said it stored."""
    for count in range(10_000):
        said = f"change {number}.{count}."
        fields = {"csrfmiddlewaretoken": token, "seen": seen, "section": 1, "text": f"# x\n\n{said}\n"}
        try:
            status, _, _ = _ask(port, "POST", f"/drafts/{key}/", cookie, urlencode(fields))
        except (OSError, HTTPException):
            return
        assert status == 302
        accepted.append(said)
        seen += 1
