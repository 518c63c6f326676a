"""How long after a change an analyst sees what it moves, alone and among ten, over a corpus.

python benchmarks/workbench_impact.py CORPUS

Each analyst has a draft of `mic-2013`, changes one cell, and looks at the page of the impact as its script does. The first time,
in which the sheets are read and rated, is told apart. Nothing leaves the machine; processor time is that of the workbench with the
processes that it began.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from workbench import Running, of_100, running

from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.library import folder_of

ANALYSTS = 10
LOOK = (0.3, 2.0)
"""Seconds after which the script of the page looks again: at first, and at most."""
BEFORE = "|  2  | 70%以上          | 0"


def change(at: Running, connection: HTTPConnection, person: int, percent: int) -> None:
    """Changes the draft of somebody: one cell."""
    text = (folder_of("mic-2013") / FILE).read_text(encoding="utf-8")
    assert BEFORE in text
    body = text.replace(BEFORE, BEFORE.replace("70", str(percent)))
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


def waited(at: Running, person: int, percent: int) -> float:
    """The seconds from a change until its impact was there."""
    with closing(HTTPConnection("127.0.0.1", at.port, timeout=120)) as connection:
        began = time.perf_counter()
        change(at, connection, person, percent)
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
            timed(at, "the first time", 1, lambda: [waited(at, 0, 60)])
            timed(at, "one analyst", 5, lambda: [waited(at, 0, percent) for percent in range(59, 54, -1)])
            timed(at, f"{ANALYSTS} analysts at the same moment", ANALYSTS, lambda: together(at))


def together(at: Running) -> list[float]:
    """The waits of all analysts, each of whom changes their own draft."""
    found: list[float] = []

    def person(number: int) -> None:
        found.append(waited(at, number, 71 + number))

    threads = [Thread(target=person, args=(number,)) for number in range(ANALYSTS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
