"""What 50 people at once wait for at a workbench on this machine: its pages, and `POST /api/v1/rate` beside the library's own call.

python benchmarks/workbench.py [SECONDS]

Each of 50 connections asks for a page that is drawn at random, waits for the answer, and then for a drawn time of 5 seconds on
average, as a person who reads. Nothing leaves the machine. The processor time of the workbench is told beside the time on the
clock, which counts whatever else the machine does.
"""

import json
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
FINDINGS = 29_430
"""Of the audit whose list is asked for."""
QUERIES = (
    "", "?page=300", "?severity=serious&order=money", "?q=%E6%B8%AC%E5%AE%9A", "?authority=%E7%9C%81%E5%BA%813", "?order=sheet",
)  # fmt: skip
"""Filters and orders of findings, as people choose them."""
ONCE = 20
"""Requests of which the processor time is told together: the system counts it in hundredths of a second."""
FILL = Path(__file__).resolve().parent / "workbench_data.py"


class Asked(NamedTuple):
    """One page, and how many milliseconds it took."""

    name: str
    took: float


class Running(NamedTuple):
    """A workbench: its port and process, its analysts with session, token and draft, the keys of its sheets and of its audit."""

    port: int
    process: int
    people: list[dict[str, str]]
    sheets: list[str]
    audit: str

    def used(self) -> float:
        """The milliseconds of processor time that it has used, with the processes that it began."""
        server = psutil.Process(self.process)
        times = [each.cpu_times() for each in (server, *server.children(recursive=True))]
        return float(sum(each.user + each.system for each in times)) * 1000

    def page(self, connection: HTTPConnection, path: str, person: int = 0) -> str:
        """A page."""
        connection.request("GET", path, headers={"Cookie": f"hyotei_session={self.people[person]['session']}"})
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return text

    def ask(self, connection: HTTPConnection, path: str) -> float:
        """The milliseconds until a page was there."""
        began = time.perf_counter()
        self.page(connection, path)
        return (time.perf_counter() - began) * 1000

    def post(self, connection: HTTPConnection, body: str) -> float:
        """The milliseconds until a sheet was kept and rated, and its verdict was there."""
        headers = {"Authorization": f"Bearer {self.people[0]['token']}", "Content-Type": "application/json"}
        began = time.perf_counter()
        connection.request("POST", "/api/v1/rate", body.encode(), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"rate: {answer.status}")
        return (time.perf_counter() - began) * 1000


@contextmanager
def running(folder: Path, findings: int, analysts: int = 1) -> Iterator[Running]:
    """A workbench with 20 sheets, an audit and analysts with a draft each, in a process of its own."""
    made = json.loads(
        subprocess.run(
            [sys.executable, str(FILL), str(folder), str(SEED), str(findings), str(analysts)],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout
    )  # fmt: skip
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "hyotei.cli", "serve", "--port", str(port), "--data", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    found = Running(port, process.pid, made["people"], made["sheets"], made["audit"] or "")
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
        "draft": [f"/drafts/{at.people[0]['draft']}/"],
        "findings": [f"/audits/{at.audit}/findings/{query}" for query in QUERIES],
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


def by_itself(at: Running, connection: HTTPConnection, addresses: list[str]) -> float:
    """The milliseconds of processor time of a page that is asked for again and again, whatever else the machine does."""
    for each in addresses[:ONCE]:
        at.ask(connection, each)
    before = at.used()
    for number in range(ONCE):
        at.ask(connection, addresses[number % len(addresses)])
    return (at.used() - before) / ONCE


def of_100(values: list[float], count: int) -> float:
    """The time within which so many of 100 were there."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * count // 100)]


def report(seconds: float) -> Report:
    """The times of the pages, and of rating."""
    made = Report(f"{USERS} people at a workbench ({machine()})", goal=Goal("slowest page / goal", 1.0))
    with TemporaryDirectory() as name, running(Path(name), FINDINGS) as at:
        with closing(HTTPConnection("127.0.0.1", at.port, timeout=60)) as connection:
            for addresses in pages(at).values():
                at.ask(connection, addresses[0])  # the first one makes what is kept
            alone = {name: by_itself(at, connection, addresses) for name, addresses in pages(at).items()}
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
        made.add(f"{name}, processor time by itself", alone[name], "ms")
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
