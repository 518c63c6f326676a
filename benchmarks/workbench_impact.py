"""How long after a change an analyst sees what it moves, alone and among ten, over a corpus.

python benchmarks/workbench_impact.py CORPUS

Each analyst has a draft of `mic-2013` and makes eight edits, one after the other (draft_edits.py). After each they look at the page
of the impact as its script does. The first time, in which the sheets are read and rated, is told apart. Nothing leaves the machine;
processor time is that of the workbench with the processes that it began.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from draft_edits import drafts
from workbench import Running, of_100, running

ANALYSTS = 10
LOOK = (0.3, 2.0)
"""Seconds after which the script of the page looks again: at first, and at most."""


def change(at: Running, connection: HTTPConnection, person: int, body: str) -> None:
    """Changes the draft of somebody."""
    head = {"Authorization": f"Bearer {at.people[person]['token']}", "Content-Type": "application/json"}
    path = f"/api/v1/drafts/{at.people[person]['draft']}"
    connection.request("GET", path, headers=head)
    answer = connection.getresponse()
    answer.read()
    head["If-Match"] = answer.headers["ETag"]
    connection.request("PUT", f"{path}/document", json.dumps({"document": body}).encode(), head)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"change: {answer.status}")


def follow(at: Running, connection: HTTPConnection, person: int) -> None:
    """Looks at the impact until it is there."""
    path = f"/drafts/{at.people[person]['draft']}/impact/?corpus=load"
    pause = LOOK[0]
    while "data-running" in (page := at.page(connection, path, person)):
        time.sleep(pause)
        pause = min(pause * 1.5, LOOK[1])
    told = re.search(r'role="alert">(.*?)</', page, re.DOTALL)
    if told is not None:
        raise SystemExit(re.sub(r"<[^>]*>", "", told[1]))


def waited(at: Running, person: int, body: str) -> float:
    """The seconds from a change until its impact was there."""
    with closing(HTTPConnection("127.0.0.1", at.port, timeout=120)) as connection:
        began = time.perf_counter()
        change(at, connection, person, body)
        follow(at, connection, person)
        return time.perf_counter() - began


def timed(at: Running, name: str, edits: int, what: Callable[[], list[float]]) -> None:
    before = at.used()
    took = what()
    used = (at.used() - before) / 1000 / edits
    print(
        f"{name}: median {median(took):.2f} s, 95 of 100 {of_100(took, 95):.2f} s, processor {used:.2f} s an edit",
        flush=True,
    )


def main(corpus: Path) -> None:
    with TemporaryDirectory() as name:
        (Path(name) / "corpora").mkdir()
        (Path(name) / "corpora" / "load").symlink_to(corpus.resolve())
        with running(Path(name), 0, ANALYSTS) as at:
            timed(at, "the first time", 1, lambda: [waited(at, 0, next(drafts((65, 60, 80, 30))))])
            for number, body in enumerate(drafts(), 1):
                timed(at, f"one analyst, {number} edits", 1, partial(alone, at, body))
            texts = [list(drafts((50 + each, 65 + each, 65 + each, 28 + each))) for each in range(ANALYSTS)]
            for number in range(len(texts[0])):
                now = [each[number] for each in texts]
                name = f"{ANALYSTS} analysts at the same moment, {number + 1} edits each"
                timed(at, name, ANALYSTS, partial(together, at, now))


def alone(at: Running, body: str) -> list[float]:
    """The wait of the first analyst."""
    return [waited(at, 0, body)]


def together(at: Running, bodies: list[str]) -> list[float]:
    """The waits of all analysts, each of whom changes their own draft."""
    found: list[float] = []

    def person(number: int) -> None:
        found.append(waited(at, number, bodies[number]))

    threads = [Thread(target=person, args=(number,)) for number in range(ANALYSTS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
