"""A database that is locked, full, read-only or away, a full disk: each is told by a clear page or problem, and nothing is lost."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("django")

from django.core.files.uploadedfile import SimpleUploadedFile

from hyotei.client import Refused, Workbench
from hyotei.workbench.storage_faults import storage_fault
from hyotei.workbench.upload_limits import MOST_FILES
from tests.conftest import ROOT

TRIALS = Path(__file__).with_name("storage_trials.py")
TOLD = {
    "locked": (503, "HY070", 200), "full": (507, "HY071", 200), "refused_by_the_system": (507, "HY071", 200),
    "read_only": (503, "HY072", 200), "away": (503, "HY072", 503),
}  # fmt: skip
"""Of each failure: the status, the code, and the status of looking only."""
ALONE = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "engine"), str(ROOT)])}


def test_each_failure_is_told_and_what_was_sent_can_be_sent_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(TRIALS), str(tmp_path / "data")], capture_output=True, text=True, env=ALONE, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    *trials, spooled = json.loads(done.stdout)
    assert [each["fault"] for each in trials] == list(TOLD)
    for each in trials:
        status, code, looked = TOLD[each["fault"]]
        assert (each["put"], each["posted"], each["looked"]) == (status, status, looked), each["fault"]
        assert (each["problem"]["status"], each["problem"]["problems"][0]["code"]) == (status, code)
        assert each["retry"] == "10"
        assert "いまの操作は行われていません" in each["page"]
        assert "入れたものが残っています" in each["page"]
        assert (each["lost"], each["again"], each["kept"], each["broken"]) == (0, [200, 302], 2, []), each["fault"]
    assert [each["entries"] for each in trials] == [5, 7, 9, 11, 13]
    assert (spooled["status"], spooled["problem"]["problems"][0]["code"]) == (507, "HY071")


def _started(folder: Path, *more: str, before: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    command = [*before, sys.executable, "-m", "hyotei.cli", "serve", "--prepare", "--lang", "en", "--data", str(folder)]
    return subprocess.run([*command, *more], capture_output=True, text=True, env=ALONE, check=False)


def _may(*command: str) -> bool:
    return (
        shutil.which(command[0]) is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


def test_a_database_that_is_refused_leaves_no_key_behind(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database " * 1000)
    for url, code in ((f"sqlite:///{tmp_path}/none/x", "HY072"), (f"sqlite:///{tmp_path}/text", "HY074")):
        done = _started(tmp_path / "data", "--db", url)
        assert (done.returncode, done.stderr.split()[1]) == (2, code), done.stderr
        assert not (tmp_path / "data").exists()


def test_a_server_of_databases_that_is_away_leaves_no_key_behind(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    done = _started(tmp_path / "data", "--db", "postgresql://nobody:secret@127.0.0.1:1/none")
    assert (done.returncode, done.stderr.split()[1]) == (2, "HY073"), done.stderr
    assert "secret" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_disk_that_is_full_at_the_start(tmp_path: Path) -> None:
    within = ("unshare", "--map-root-user", "--mount", "sh", "-c", 'mount -t tmpfs -o size=64k none "$0" && exec "$@"')
    if not _may(*within, str(tmp_path), "true"):
        pytest.skip("this machine lets nobody mount a small disk")
    done = _started(tmp_path / "data", before=(*within, str(tmp_path)))
    assert (done.returncode, done.stderr.split()[1]) == (2, "HY071"), done.stderr


def test_a_folder_that_may_not_be_written_at_the_start(tmp_path: Path) -> None:
    assert _started(tmp_path / "data").returncode == 0
    (tmp_path / "data").chmod(0o500)
    for file in (tmp_path / "data").iterdir():
        file.chmod(0o400)
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:  # who may write everywhere
        before = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
        if not _may(*before, "true"):
            pytest.skip("this machine cannot start a program without the rights of root")
    done = _started(tmp_path / "data", before=before)
    (tmp_path / "data").chmod(0o700)
    assert (done.returncode, done.stderr.split()[1]) == (2, "HY072"), done.stderr


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DiskFull", "HY071"), ("IoError", "HY071"), ("LockNotAvailable", "HY070"), ("TooManyConnections", "HY070"),
        ("SerializationFailure", "HY070"), ("ReadOnlySqlTransaction", "HY072"), ("InsufficientPrivilege", "HY072"),
        ("AdminShutdown", "HY073"), ("ConnectionFailure", "HY073"), ("InvalidPassword", "HY073"), ("DataCorrupted", "HY074"),
        ("OperationalError", "HY073"), ("SyntaxError", None), ("UniqueViolation", None),
    ],
)  # fmt: skip
def test_what_postgresql_tells(name: str, code: str | None) -> None:
    errors = pytest.importorskip("psycopg.errors")
    found = storage_fault(getattr(errors, name)("x"))
    assert (None if found is None else found.code) == code


def test_what_the_system_tells_also_as_the_cause_of_another_error() -> None:
    for number, code in ((errno.ENOSPC, "HY071"), (errno.EROFS, "HY072"), (errno.ENOENT, None)):
        try:
            try:
                raise OSError(number, "x")
            except OSError as error:
                raise ValueError from error
        except ValueError as error:
            found = storage_fault(error)
            assert (None if found is None else found.code) == code


@contextmanager
def _served() -> Iterator[int]:
    from django.core.wsgi import get_wsgi_application

    from hyotei.workbench.web_server import web_server

    server: Any = web_server(
        get_wsgi_application(), host="127.0.0.1", port=0, url_prefix="/p", max_request_body_size=1000
    )

    def run() -> None:
        with suppress(OSError):  # of the socket that is closed below
            server.run()

    Thread(target=run, daemon=True).start()
    yield server.effective_port
    server.close()


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Content-Length": "1001"}, 413, "HY046"),
        ({"Content-Length": "x"}, 400, "HY044"),
        ({"X": "y" * 300_000}, 431, "HY044"),
    ],
)
def test_the_server_says_in_our_words_what_it_does_not_take(
    database: Any, headers: dict[str, str], status: int, code: str
) -> None:
    with _served() as port:
        for path in ("/p/api/v1/check", "/p/sheets/"):
            with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as asked:
                asked.putrequest("POST", path)
                for name, value in {"Accept-Language": "en", **headers}.items():
                    asked.putheader(name, value)
                asked.endheaders()
                answer = asked.getresponse()
                body = answer.read().decode()
            assert answer.status == status
            assert "default-src 'none'" in str(answer.headers["Content-Security-Policy"])
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            if status == 431:  # the server reads no further, neither address nor language
                assert "要求として読めません" in body
            elif path.startswith("/p/api/"):
                assert answer.headers["Content-Type"].startswith("application/problem+json")
                assert json.loads(body)["problems"][0]["code"] == code
            else:
                assert 'lang="en"' in body
                assert 'role="alert"' in body
                assert "waitress" not in body


def test_a_program_is_told_that_it_sends_too_much(database: Any, tmp_path: Path) -> None:
    """The server answers before it has read all of it, and takes no more."""
    large = tmp_path / "large.xlsx"
    large.write_bytes(bytes(32 * 1024 * 1024))
    with _served() as port, pytest.raises(Refused) as told:
        Workbench(f"http://127.0.0.1:{port}/p/", "t", "en").read(large)
    assert (told.value.status, told.value.codes) == (413, ("HY046",))


def test_more_files_than_one_request_may_have_are_told_with_how_many_it_may(person: Any) -> None:
    files = [SimpleUploadedFile(f"{number}.yaml", b"") for number in range(MOST_FILES + 1)]
    answer = person("evaluator").post("/sheets/", {"files": files})
    assert answer.status_code == 413
    assert f"ファイルは{MOST_FILES}個" in answer.content.decode()


def test_connections_that_browsers_keep_open_keep_nobody_out(database: Any) -> None:
    with _served() as port, ExitStack() as kept:
        for _ in range(200):
            one = kept.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=20)))
            one.request("GET", "/p/login/")
            answer = one.getresponse()
            assert answer.status == 200
            answer.read()
