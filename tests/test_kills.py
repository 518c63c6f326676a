"""Kills at any moment: a result is the old one or the new one, whole, and the next run leaves nothing else behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hyotei.base import atomic_write
from tests.conftest import ROOT

_KILLS = int(os.environ.get("HYOTEI_KILLS", "1000"))


def _killed(folder: Path, rounds: int, seed: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "killing.py", folder, str(rounds), str(seed)],
        env={name: value for name, value in os.environ.items() if not name.startswith("HYOTEI_")},
        capture_output=True,
        text=True,
        timeout=30 + 60 * rounds,
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found


def test_a_few_kills(tmp_path: Path) -> None:
    """Build, audit, rate and read, killed at drawn moments."""
    assert _killed(tmp_path / "k", 4, 1) == []


@pytest.mark.slow
@pytest.mark.long
def test_a_thousand_kills(tmp_path: Path) -> None:
    """The same, a thousand times."""
    assert _killed(tmp_path / "k", _KILLS, 2) == []


# -- drafts

_HOLDING = """
import sys, time
from pathlib import Path
from hyotei.base.atomic_write import draft_file, draft_folder
make = {"file": draft_file, "folder": draft_folder}[sys.argv[1]]
with make(Path(sys.argv[2])) as draft:
    if sys.argv[1] == "folder":
        (draft / "part").write_text("half")
    else:
        draft.write_text("half")
    print(draft, flush=True)
    time.sleep(600)
"""


def _holding(kind: str, target: Path) -> "tuple[subprocess.Popen[str], Path]":
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDING, kind, target],
        env={**os.environ, "PYTHONPATH": str(ROOT / "engine")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def _written(kind: str, target: Path) -> None:
    if kind == "file":
        with atomic_write.draft_file(target) as draft:
            draft.write_text("new")
    else:
        with atomic_write.draft_folder(target) as draft:
            (draft / "part").write_text("new")


def _failing(target: Path) -> None:
    with atomic_write.draft_file(target) as draft:
        draft.write_text("half")
        raise ZeroDivisionError


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_draft_goes_when_its_process_is_gone_and_not_before(tmp_path: Path, kind: str) -> None:
    """Another process that is at work keeps its draft; one that was killed leaves it to the next."""
    target = tmp_path / "out.x"
    process, draft = _holding(kind, target)
    try:
        _written(kind, target)
        assert draft.exists()
        assert sorted(tmp_path.iterdir()) == sorted([target, draft])
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert draft.exists()
        _written(kind, target)
        assert list(tmp_path.iterdir()) == [target]
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_only_drafts_of_the_same_target_are_touched(tmp_path: Path, kind: str) -> None:
    """Files of others with like names stay."""
    others = [".out.xy.aaaaaaaa.tmp", ".out.x.notes", "out.x.tmp", ".other.aaaaaaaa.tmp", ".out.x.AAAA.tmp"]
    for name in others:
        (tmp_path / name).write_text("mine")
    (tmp_path / ".out.x.aaaaaaaa.tmp").write_text("left")
    _written(kind, tmp_path / "out.x")
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([*others, "out.x"])


def test_an_old_folder_that_was_set_aside_comes_back(tmp_path: Path) -> None:
    """A kill between the two renames: what stood before is put back before anything else is done."""
    aside = tmp_path / ".rep.aaaaaaaa.old" / "rep"
    aside.mkdir(parents=True)
    (aside / "part").write_text("old")
    atomic_write.remove_left(tmp_path / "rep")
    assert (tmp_path / "rep" / "part").read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["rep"]


def test_what_fails_leaves_the_target_as_it_was(tmp_path: Path) -> None:
    """An error within: the old file, and nothing beside it; permissions are those of the old file."""
    target = tmp_path / "out.x"
    target.write_text("old")
    target.chmod(0o640)
    with pytest.raises(ZeroDivisionError):
        _failing(target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
    _written("file", target)
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_device_and_a_link_are_written_through(tmp_path: Path) -> None:
    """`-o /dev/null` works, and a link stays a link."""
    _written("file", Path("/dev/null"))
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real" / "out.x")
    _written("file", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "out.x").read_text() == "new"


# -- interrupts


@pytest.mark.parametrize("command", [pytest.param("audit", marks=pytest.mark.slow), "corpus", "read"])
def test_an_interrupted_command_says_so_and_leaves_nothing(tmp_path: Path, command: str) -> None:
    """Ctrl-C while the work is on: a sentence, exit code 130, the target as before and no draft beside it."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    out.mkdir()
    text = (ROOT / "cases" / "mic-24-15" / "sheet.yaml").read_text(encoding="utf-8")
    for number in range(400):
        changed = text.replace("id: mic-24-15", f"id: n-{number}", 1)
        (source / f"{number:03}.yaml").write_text(changed, encoding="utf-8")
    arguments = {
        "audit": ["audit", source, "-o", out / "rep"],
        "corpus": ["corpus", "build", source, "-o", out / "corpus"],
        "read": ["read", source, "-o", out / "out.ndjson"],
    }[command]
    process = subprocess.Popen(
        [sys.executable, "-m", "hyotei.cli", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "engine"), "HYOTEI_LANG": "ja"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    begun = {"audit": ".rep.*.tmp", "corpus": "corpus/g-*", "read": ".out.ndjson.*.tmp"}[command]
    told = ""
    for _ in range(1200):
        if not list(out.glob(begun)) and process.poll() is None:
            time.sleep(0.05)
            continue
        process.send_signal(
            signal.SIGINT
        )  # one that falls into a finaliser is dropped by Python; a person presses again
        try:
            told = process.communicate(timeout=2)[1]
            break
        except subprocess.TimeoutExpired:
            continue
    assert process.returncode == 130, told
    assert "Traceback" not in told
    if command == "read":
        # What was read so far is written like any other result.
        assert "中断しました：" in told
        assert [each.name for each in out.iterdir()] == ["out.ndjson"]
        return
    assert "中断しました" in told
    left = {each.name for folder in (out, out / "corpus") if folder.is_dir() for each in folder.iterdir()}
    assert left <= {"corpus", ".lock"}
