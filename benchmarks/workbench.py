"""What 50 people at once wait for at a workbench on this machine: its pages, and `POST /api/v1/rate` beside the library's own call.

python benchmarks/workbench.py [SECONDS]

Each of 50 connections asks for a page that is drawn at random, waits for the answer, and then for a drawn time of 5 seconds on
average, as a person who reads. Nothing leaves the machine. The processor time of the workbench is told beside the time on the
clock, which counts whatever else the machine does.
"""

import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import psutil
from measure import Figure, Goal, Report, machine

from hyotei.inference.rate import rate
from hyotei.readers import read_sheet

USERS = 50
PAUSE = 5.0
"""Seconds between an answer and the next request of one person, on average."""
GOAL = 150.0
"""Milliseconds within which 95 of 100 pages are to be there."""
SEED = Path(__file__).resolve().parents[1] / "cases" / "mic-24-15" / "sheet.yaml"
PREPARE = """
import sys
from pathlib import Path
from hyotei.workbench.options import Options
from hyotei.workbench.serve import prepare
prepare(Options(Path(sys.argv[1])))
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from hyotei.readers import read_sheet
from hyotei.workbench.accounts import new_account
from hyotei.workbench.drafts import begin
from hyotei.workbench.reading import Read
from hyotei.workbench.sheet_store import keep
from hyotei.workbench.tokens import new_token
account = new_account("analyst", "correct horse battery", "analyst", by=None)
session = SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.create()
sheet = read_sheet(sys.argv[2]).model_dump_json(by_alias=True)
records = keep([], [Read("", sheet, ())] * 20, account).records.all()
print(session.session_key, new_token(account, "load"), *(each.key for each in records))
"""


class Asked(NamedTuple):
    """One page, and how many milliseconds it took."""

    name: str
    took: float


class Running(NamedTuple):
    """A workbench: its port and process, the session and the token of its analyst, the keys of its sheets."""

    port: int
    process: int
    session: str
    token: str
    sheets: list[str]

    def used(self) -> float:
        """The milliseconds of processor time that it has used."""
        times = psutil.Process(self.process).cpu_times()
        return float(times.user + times.system) * 1000

    def ask(self, connection: HTTPConnection, path: str) -> float:
        """The milliseconds until a page was there."""
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"hyotei_session={self.session}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return (time.perf_counter() - began) * 1000

    def post(self, connection: HTTPConnection, body: str) -> float:
        """The milliseconds until a sheet was kept and rated, and its verdict was there."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        began = time.perf_counter()
        connection.request("POST", "/api/v1/rate", body.encode(), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"rate: {answer.status}")
        return (time.perf_counter() - began) * 1000


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """A workbench with 20 sheets, in a process of its own."""
    made = subprocess.run(
        [sys.executable, "-c", PREPARE, str(folder), str(SEED)], check=True, capture_output=True, text=True
    )
    session, token, *sheets = made.stdout.split()
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "hyotei.cli", "serve", "--port", str(port), "--data", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    found = Running(port, process.pid, session, token, sheets)
    try:
        for _ in range(600):
            try:
                with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                    found.ask(connection, "/rulebooks/")
                break
            except OSError:
                time.sleep(0.1)
        yield found
    finally:
        process.kill()
        process.wait()


def pages(at: Running) -> dict[str, list[str]]:
    """The addresses that people open, by the name of the page."""
    return {
        "sheet": [f"/sheets/{key}/" for key in at.sheets],
        "sheets": ["/sheets/"],
        "rulebooks": ["/rulebooks/"],
        "rulebook": ["/rulebooks/mic-2013/"],
        "drafts": ["/drafts/"],
        "log": ["/log/"],
    }


def people(at: Running, seconds: float) -> list[Asked]:
    """What each of them waited for."""
    found: list[Asked] = []
    named, until = pages(at), time.monotonic() + seconds

    def person(number: int) -> None:
        draw = random.Random(number)
        with closing(HTTPConnection("127.0.0.1", at.port, timeout=60)) as connection:
            time.sleep(draw.uniform(0, PAUSE))
            while time.monotonic() < until:
                # Half of all requests are for the page of a sheet, which is the largest.
                name = "sheet" if draw.random() < 0.5 else draw.choice(list(named))
                found.append(Asked(name, at.ask(connection, draw.choice(named[name]))))
                time.sleep(draw.expovariate(1 / PAUSE))

    threads = [threading.Thread(target=person, args=(number,)) for number in range(USERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def of_100(values: list[float], count: int) -> float:
    """The time within which so many of 100 were there."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * count // 100)]


def report(seconds: float) -> Report:
    """The times of the pages, and of rating."""
    made = Report(f"{USERS} people at a workbench ({machine()})", goal=Goal("slowest page / goal", 1.0))
    with TemporaryDirectory() as name, running(Path(name)) as at:
        with closing(HTTPConnection("127.0.0.1", at.port, timeout=60)) as connection:
            for addresses in pages(at).values():
                at.ask(connection, addresses[0])  # the first one makes what is kept
        before = at.used()
        asked = people(at, seconds)
        used = (at.used() - before) / len(asked)
        sheet = read_sheet(SEED)
        body = sheet.model_dump_json(by_alias=True)
        rounds: list[tuple[float, float]] = []
        with closing(HTTPConnection("127.0.0.1", at.port, timeout=60)) as connection:
            for number in range(31):
                own = re.sub('"title":"', f'"title":"{number} ', body, count=1)  # a sheet that was not rated before
                began = time.perf_counter()
                rate(sheet).to_json("ja")
                rounds.append(((time.perf_counter() - began) * 1000, at.post(connection, own)))
    by_name = {name: [each.took for each in asked if each.name == name] for name in pages(at)}
    made.add("requests", len(asked))
    made.add("processor time a request, mean", used, "ms")
    for name, times in by_name.items():
        made.add(f"{name}, median", median(times), "ms")
        made.add(f"{name}, 95 of 100 within", of_100(times, 95), "ms")
    made.add("slowest page / goal", max(of_100(times, 95) for times in by_name.values()) / GOAL)
    library, posted = (median(each[1:]) for each in zip(*rounds, strict=True))
    made.add("rate and write in the library, median", library, "ms")
    made.add("POST /rate, median", posted, "ms")
    made.add("POST /rate / library", median(over / own for own, over in rounds[1:]))
    return made


def main() -> int:
    found = report(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
    print(found.title)
    for figure in found.figures:
        print(f"  {_line(figure)}")
    if found.goal is not None:
        print(f"  goal: 95 of 100 of every page within {GOAL:.0f} ms: {'met' if found.met else 'not met'}")
    return 0


def _line(figure: Figure) -> str:
    value = figure.value if isinstance(figure.value, str) else f"{figure.value:.2f}"
    return f"{figure.name}: {value} {figure.unit}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
