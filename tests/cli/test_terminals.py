"""Commands on a terminal, into a pipe that is closed, interrupted, onto a full disk."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

import pytest

from hyotei.base.display_width import display_width
from tests.cli.command import SEED, hyotei
from tests.conftest import ROOT


def on_a_terminal(*arguments: str, only_errors: bool = False, columns: int = 0) -> tuple[bytes, bytes]:
    """What the command shows on a terminal, and what goes into a pipe beside it."""
    leader, follower = pty.openpty()
    if columns:
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    without_columns = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with tempfile.TemporaryFile() as beside:
        process = subprocess.Popen(
            [sys.executable, "-m", "hyotei.cli", *arguments],
            stdout=beside if only_errors else follower,
            stderr=follower,
            env={**without_columns, "PYTHONPATH": str(ROOT / "engine"), "TERM": "xterm"},
        )
        shown = seen(leader, follower)
        process.wait(timeout=60)
        beside.seek(0)
        return shown, beside.read()


def seen(leader: int, follower: int) -> bytes:
    """Everything that is written to a terminal until its other end is closed."""
    os.close(follower)
    shown = b""
    while select.select([leader], [], [], 30)[0]:
        try:
            part = os.read(leader, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(leader)
    return shown


def lines_of(shown: bytes) -> list[str]:
    """What stands on the terminal at the end, without colours: lines are written over where the cursor went back."""
    rows, row, at = [""], 0, 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|[\r\n]|[^\x1b\r\n]+", shown.decode()):
        if part == "\r":
            at = 0
        elif part == "\n":
            row += 1
            rows += [""] * (row == len(rows))
        elif part.endswith("A") and part.startswith("\x1b"):
            row -= int(part[2:-1])
        elif part.endswith("K") and part.startswith("\x1b"):
            rows[row] = "" if part == "\x1b[2K" else rows[row][:at]
        elif not part.startswith("\x1b"):
            rows[row] = rows[row][:at].ljust(at) + part + rows[row][at + len(part) :]
            at += len(part)
    return rows


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "command",
    [
        "rate {seed} --why --certain",
        "audit {seed}",
        "compare {seed} --rulebooks mic-2013,iaa-2014",
        "read {seed} --report",
        "rulebook list",
        "rulebook show mic-2013",
        "form list",
        "form show mic",
    ],
)
def test_documents_fit_the_terminal(command: str, language: str, columns: int) -> None:
    """No line is wider than the terminal, where it would break in the middle of a word and tables come apart."""
    words = (SEED if word == "{seed}" else word for word in command.split())
    shown, _ = on_a_terminal(*map(str, words), "--lang", language, columns=columns)
    # What goes to stderr is one line each.
    told = re.compile(r"注意|参考|warning|note|利用者|user|読めたもの|read \d")
    lines = [line for line in lines_of(shown) if not told.match(line)]
    assert len(lines) > 10
    assert [line for line in lines if display_width(line) > columns] == []


def test_a_figure_is_not_broken() -> None:
    """A table of money that is too wide breaks between figure and unit only."""
    shown, _ = on_a_terminal("rate", str(SEED), "--lang", "en", columns=80)
    year = next(number for number, line in enumerate(lines_of(shown)) if line.startswith("  FY2010"))
    figures, units = (lines_of(shown)[number].split() for number in (year, year + 1))
    assert figures == ["FY2010", "3,955,984", "4,953,860", "4,705,443", "94.9853%"]
    assert units == ["thousand", "yen"] * 3


@pytest.mark.parametrize(
    "command", ["read {none}", "read {seed} --report", "audit {none}", "imply {seed} --inputs none+"]
)
def test_nothing_stands_behind_a_bar(command: str) -> None:
    """What is told while a bar is shown has lines of its own, and no bar is left."""
    words = (
        str(SEED) if word == "{seed}" else "no-sheet.yaml" if word == "{none}" else word for word in command.split()
    )
    shown, _ = on_a_terminal(*words)
    assert "━".encode() in shown
    assert not [line for line in lines_of(shown) if "━" in line]
    assert lines_of(shown)[0].startswith(("誤り", "mic-24-15"))


def test_colours_only_on_a_terminal() -> None:
    """A terminal gets colours, a pipe none."""
    shown, _ = on_a_terminal("rate", str(SEED))
    assert b"\x1b[" in shown
    assert "\x1b" not in hyotei("rate", SEED).out


def test_progress_only_on_a_terminal() -> None:
    """Of many sheets a person sees how far the work is, and the JSON in the pipe stays whole."""
    many = ["rate", *[str(SEED)] * 21, "--json"]
    shown, piped = on_a_terminal(*many, only_errors=True)
    assert "評価中 21".encode() in shown
    assert len(json.loads(piped)["verdicts"]) == 21
    assert sorted(hyotei(*many).told) == ["HY213"] + ["HY823"] * 20  # that one sheet came again and again


def test_a_reader_that_leaves_is_no_fault() -> None:
    """`hyotei ... | head -1` ends quietly."""
    done = subprocess.run(
        [
            "bash",
            "-c",
            f"{sys.executable} -m hyotei.cli rate {SEED} {SEED} {SEED} --why | head -1; exit ${{PIPESTATUS[0]}}",
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT / "engine")},
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_is_told_in_a_sentence() -> None:
    """Ctrl-C ends the work with exit code 130 and one sentence, without a traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hyotei.cli", "rate", *[str(SEED)] * 2000],
        env={**os.environ, "PYTHONPATH": str(ROOT / "engine")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    told = b""
    for _ in range(60):
        # Python drops an interrupt that falls into a finaliser; a person presses again.
        process.send_signal(signal.SIGINT)
        try:
            _, told = process.communicate(timeout=1)
            break
        except subprocess.TimeoutExpired:
            continue
    assert process.returncode == 130
    assert b"Traceback" not in told
    assert told.decode().count("HY720") == 1


def test_a_full_disk_is_told() -> None:
    """Output that cannot be written is one sentence."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full on this machine")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hyotei.cli", "rate", str(SEED)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "engine")},
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 2
    assert b"HY716" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_terminal_without_japanese() -> None:
    """Where a character cannot be shown its code is, and nothing stops."""
    done = hyotei("rate", SEED, "--lang", "en", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "Measures" in done.out
