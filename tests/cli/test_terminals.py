"""Commands on a terminal, into a pipe that is closed, interrupted, onto a full disk."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.command import SEED, hyotei
from tests.conftest import ROOT


def on_a_terminal(*arguments: str, only_errors: bool = False) -> tuple[bytes, bytes]:
    """What the command shows on a terminal, and what goes into a pipe beside it."""
    leader, follower = pty.openpty()
    with tempfile.TemporaryFile() as beside:
        process = subprocess.Popen(
            [sys.executable, "-m", "hyotei.cli", *arguments],
            stdout=beside if only_errors else follower,
            stderr=follower,
            env={**os.environ, "PYTHONPATH": str(ROOT / "engine"), "TERM": "xterm"},
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
