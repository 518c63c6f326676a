"""Kills commands at drawn moments, and looks at what is left: `python tests/killing.py FOLDER ROUNDS SEED`.

It is a program of its own, which imports everything once and forks a child for each command, so that a kill falls into the work and
not into starting Python. It prints one JSON document with what was wrong, which is nothing.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]
SEED: Final = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
_SHEETS: Final = 5
_FINISH_EVERY: Final = 8
"""After so many kills of one command it is run to its end, and nothing may be left then."""


@dataclass(frozen=True)
class Victim:
    """A command: what is killed, what it leaves when it ends by itself, and whether its result is whole."""

    arguments: Callable[[int], list[str]]
    left: frozenset[str]
    whole: Callable[[], bool]


def _victims(folder: Path) -> dict[str, Victim]:
    work = {name: folder / name for name in ("build", "audit", "rate", "read")}
    for each in work.values():
        each.mkdir()
    sources = [str(folder / "a"), str(folder / "b")]

    def corpus() -> bool:
        from hyotei.corpus.check_corpus import check_corpus
        from hyotei.corpus.corpus import Corpus

        if not (work["build"] / "corpus" / "corpus.json").exists():
            return True
        with Corpus.open(work["build"] / "corpus") as found:
            return not list(check_corpus(found)) and len(found) == _SHEETS

    def report() -> bool:
        found = work["audit"] / "rep"
        if not found.exists():
            return not _ran["audit"]
        lines = (found / "findings.ndjson").read_text(encoding="utf-8").splitlines()
        json.loads((found / "summary.json").read_text(encoding="utf-8"))
        return all(json.loads(line) for line in lines) and (found / "findings.xlsx").stat().st_size > 0

    def table() -> bool:
        import pyarrow.parquet as pq

        found = work["rate"] / "v.parquet"
        return not found.exists() or pq.read_table(found).num_rows == _SHEETS

    def lines() -> bool:
        found = work["read"] / "out.ndjson"
        if not found.exists():
            return not _ran["read"]
        text = found.read_text(encoding="utf-8")
        return text.count("\n") == _SHEETS and all(json.loads(line) for line in text.splitlines())

    given = str(folder / "given")
    return {
        "build": Victim(
            lambda turn: ["corpus", "build", sources[turn % 2], "-o", str(work["build"] / "corpus")],
            frozenset(("corpus",)), corpus,
        ),
        "audit": Victim(
            lambda turn: ["audit", sources[turn % 2], "-o", str(work["audit"] / "rep")], frozenset(("rep",)), report
        ),
        "rate": Victim(
            lambda turn: [
                "rate", given, "--rulebook", "mic-2013", "-o", str(work["rate"] / "v.parquet"), "--at-once", "1",
                *(["--steps"] if turn % 2 else []),
            ],
            frozenset(("v.parquet", "v.findings.parquet", "v.steps.parquet")), table,
        ),
        "read": Victim(
            lambda turn: ["read", sources[turn % 2], "-o", str(work["read"] / "out.ndjson")],
            frozenset(("out.ndjson",)), lines,
        ),
    }  # fmt: skip


_ran: dict[str, bool] = {}
"""Which commands have come to an end once, so that their result must be there from then on."""


def _child(arguments: list[str]) -> int:
    """Starts a command; the identifier of its process."""
    process = os.fork()
    if process:
        return process
    os.setpgid(0, 0)
    code = 99
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        from hyotei.cli import run

        code = run(arguments)
    finally:
        os._exit(code)


def _killed(process: int, seconds: float) -> bool:
    """Kills a process and those it started after so many seconds; False where it came to its end before."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(process, os.WNOHANG)[0]:
            return False
        time.sleep(0.002)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def _in_child(work: Callable[[], bool]) -> bool:
    """Whether something holds, asked in a process of its own, so that this one starts no threads of libraries."""
    process = os.fork()
    if not process:
        good = False
        with suppress(BaseException):
            good = work()
        os._exit(0 if good else 1)
    return os.waitpid(process, 0)[1] == 0


def _left(folder: Path, name: str, victim: Victim, temporary: Path) -> list[str]:
    """What is left beside the result of a command that came to its end."""
    found = {each.name for each in (folder / name).iterdir()} - victim.left
    if name == "build":
        inside = {each.name for each in (folder / "build" / "corpus").iterdir()}
        generations = {each for each in inside if each.startswith("g-")}
        found |= inside - generations - {"corpus.json", "current", ".lock"}
        found |= set(sorted(generations)[1:])
    # What an engine for tables spilled is removed by the next run that needs one.
    spilled = {each.name for each in temporary.iterdir() if each.name.startswith("hyotei-spill-")}
    return sorted([*found, *({each.name for each in temporary.iterdir()} - (spilled if name != "rate" else set()))])


def _finished(folder: Path, name: str, victim: Victim, turn: int, temporary: Path) -> list[str]:
    """What is wrong after a command was run to its end: its own exit code, or what it left behind."""
    wrong = []
    code = os.waitstatus_to_exitcode(os.waitpid(_child(victim.arguments(turn)), 0)[1])
    if code:
        wrong.append(f"{name}: the next run ended with {code}")
    left = _left(folder, name, victim, temporary)
    if left:
        wrong.append(f"{name}: left behind after the next run: {left}")
    return wrong


def main(folder: Path, rounds: int, seed: int) -> list[str]:
    """Everything that was wrong: a result that was lost or is not whole, and what was left behind."""
    draw = random.Random(seed)
    temporary = folder / "tmp"
    temporary.mkdir(parents=True)
    tempfile.tempdir = str(temporary)
    os.environ["TMPDIR"] = str(temporary)
    text = SEED.read_text(encoding="utf-8")
    for source in ("a", "b"):
        (folder / source).mkdir()
        for number in range(_SHEETS):
            changed = text.replace("id: mic-24-15", f"id: {source}-{number}", 1)
            (folder / source / f"{number:02}.yaml").write_text(changed, encoding="utf-8")
    victims = _victims(folder)
    import hyotei.audit.corpus_audit
    import hyotei.cli.audit
    import hyotei.cli.corpus_build
    import hyotei.cli.rate
    import hyotei.cli.read
    import hyotei.columnar.rate_corpus
    import hyotei.corpus.build
    import hyotei.report.audit_report  # noqa: F401  # all of it is loaded before the first fork

    wrong: list[str] = []
    _ran.update(dict.fromkeys(victims, False))
    os.waitpid(_child(["corpus", "build", str(folder / "a"), "-o", str(folder / "given")]), 0)
    usual: dict[str, float] = {}
    for name, victim in victims.items():
        started = time.monotonic()
        code = os.waitstatus_to_exitcode(os.waitpid(_child(victim.arguments(0)), 0)[1])
        usual[name] = time.monotonic() - started
        _ran[name] = True
        if code or not _in_child(victim.whole):
            wrong.append(f"{name}: does not work at all ({code})")
    kills = 0
    turn = dict.fromkeys(victims, 0)
    while kills < rounds:
        name = draw.choice(sorted(victims))
        victim = victims[name]
        turn[name] += 1
        process = _child(victim.arguments(turn[name]))
        started = time.monotonic()
        if _killed(process, draw.uniform(0, usual[name])):
            kills += 1
        else:
            # A machine that was busy at first is quicker now: moments are drawn within what a run takes.
            usual[name] = min(usual[name], time.monotonic() - started)
        if not _in_child(victim.whole):
            wrong.append(f"{name}: the result is lost or not whole after kill {kills}")
        if kills % 50 == 0:
            sys.stderr.write(f"{kills} kills, {len(wrong)} wrong\n")
        if turn[name] % _FINISH_EVERY == 0:
            wrong += _finished(folder, name, victim, turn[name], temporary)
    for name, victim in victims.items():
        wrong += _finished(folder, name, victim, turn[name], temporary)
    return wrong


if __name__ == "__main__":
    found = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
