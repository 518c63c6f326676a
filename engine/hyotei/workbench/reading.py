"""Reads uploaded files in a process of their own (reading_process.py)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from django.core.files.uploadedfile import UploadedFile

from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.messages import Diagnostic
from hyotei.workbench.provider import SECRET
from hyotei.workbench.reading_process import DISK_FULL, GIVEN, NAMES, READ
from hyotei.workbench.reading_turns import turn
from hyotei.workbench.source_files import blocks_file
from hyotei.workbench.told_problems import BilingualProblem, told

SECONDS: Final = 300.0
"""How long reading the files of one upload may take."""
MOST_SHEETS: Final = 500
"""Sheets of one upload; more are a corpus."""


class Printed(NamedTuple):
    """What a file prints, as it is kept: its number in the upload, its blocks (`source_files.packed`), its pages as pictures."""

    number: int
    name: str
    blocks: bytes
    pages: dict[int, bytes]


class Read(NamedTuple):
    """One thing that was read: a sheet as JSON, or, without one, what failed; what is said of it; and what its file prints."""

    file: str
    sheet: str | None
    problems: tuple[BilingualProblem, ...]
    printed: Printed | None = None


def read_files(files: Iterable[UploadedFile], seconds: float = SECONDS, given: GivenIdentity = NOTHING) -> list[Read]:
    """Everything that is in the files. What a bound put an end to is told, and what was read before it is kept.

    Args:
        files: the files.
        seconds: how long reading them may take.
        given: what the person says of their sheets in place of what they print.

    Raises:
        HyoteiError: too many wait already (HY077).
    """
    with turn(), TemporaryDirectory(prefix="hyotei-upload-") as name:
        folder = Path(name)
        names = []
        for number, file in enumerate(files):
            names.append(str(file.name or ""))
            with (folder / str(number)).open("wb") as out:
                for chunk in file.chunks():
                    out.write(chunk)
        (folder / NAMES).write_text(json.dumps(names), encoding="utf-8")
        (folder / GIVEN).write_text(json.dumps(asdict(given)), encoding="utf-8")
        ended = _run(folder, seconds)
        found = list(_found(folder))
    if len(found) > MOST_SHEETS:
        found = [*found[:MOST_SHEETS], _failure(Diagnostic("HY007", params={"most": MOST_SHEETS}))]
    return found if ended is None else [*found, _failure(ended)]


def _run(folder: Path, seconds: float) -> Diagnostic | None:
    """Reads the folder; what put an end to it, if anything did."""
    command = [sys.executable, "-m", "hyotei.workbench.reading_process", str(folder)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds,
            env=child_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Diagnostic("HY008", params={"seconds": f"{seconds:g}"})
    if done.returncode == 0:
        return None
    return Diagnostic("HY071" if done.returncode == DISK_FULL else "HY009")


def child_environment() -> dict[str, str]:
    """The environment of a process that reads files; it needs no password of the database, nor the secret of the provider."""
    environment = {name: value for name, value in os.environ.items() if name not in ("HYOTEI_DB", SECRET)}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return environment


def _found(folder: Path) -> Iterator[Read]:
    file = folder / READ
    if not file.is_file():
        return
    printed: dict[int, Printed | None] = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.endswith("\n"):
                return  # the process ended within it
            data = json.loads(line)
            problems = tuple(BilingualProblem(**each) for each in data["problems"])
            number = data["source"]
            if number is not None and number not in printed:
                printed[number] = _printed(folder, number, data["file"])
            yield Read(data["file"], data["sheet"], problems, printed.get(number))


def _printed(folder: Path, number: int, name: str) -> Printed | None:
    """What a file prints, as far as it was kept."""
    try:
        blocks = blocks_file(folder, number).read_bytes()
    except FileNotFoundError:
        return None
    pages = {
        int(each.stem.rpartition("-")[2]): each.read_bytes() for each in sorted(folder.glob(f"page-{number}-*.png"))
    }
    return Printed(number, name, blocks, pages)


def _failure(problem: Diagnostic) -> Read:
    return Read("", None, (told(problem),))
