"""The shipped rulebooks and sheets are found wherever Hyotei runs from."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hyotei.base import shipped_files
from tests.built_wheel import built_wheel

PRINT_FOLDERS = "from hyotei.base.shipped_files import *; print(rules_folder(), cases_folder(), sep='\\n')"


def files(folder: Path) -> dict[Path, bytes]:
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def folders_seen_by_python(path: Path, working_directory: Path) -> list[Path]:
    """What a new interpreter finds with `path` before everything else on its import path."""
    run = subprocess.run(
        [sys.executable, "-c", PRINT_FOLDERS],
        cwd=working_directory,
        env=os.environ | {"PYTHONPATH": str(path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [Path(line) for line in run.stdout.splitlines()]


def test_a_checkout_uses_the_folders_at_its_root(root: Path, tmp_path: Path) -> None:
    """From a checkout the editable rulebooks and sheets are found, from any working directory."""
    assert folders_seen_by_python(root / "engine", tmp_path) == [root / "rules", root / "cases"]


def test_missing_data_is_told_with_the_folder_and_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the folder, one sentence in each language names it and says what to do."""
    monkeypatch.setattr(shipped_files, "_PACKAGE", tmp_path / "site-packages" / "hyotei")
    with pytest.raises(FileNotFoundError, match=r"rules.*入れ直してください.*install Hyotei again"):
        shipped_files._folder.__wrapped__("rules")


@pytest.mark.slow
def test_a_built_wheel_holds_the_same_files(root: Path, tmp_path: Path) -> None:
    """A wheel carries every rulebook and sheet of the checkout, and its code finds its own copies."""
    installed = built_wheel(root, tmp_path)
    data = installed / "hyotei" / "data"
    assert folders_seen_by_python(installed, tmp_path) == [data / "rules", data / "cases"]
    for name in ("rules", "cases"):
        assert files(data / name) == files(root / name) != {}
