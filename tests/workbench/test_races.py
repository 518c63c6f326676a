"""Changes that come at the same moment, by connections of their own: none undoes another, and each is told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("django")

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
TRIALS = Path(__file__).with_name("race_trials.py")
ALONE = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "engine"), str(ROOT)])}
TOLD = {
    "publications": ["HY095", "small"], "decisions": ["1", "HY088", "True"], "administrators": ["1"],
    "keys": ["1", "200", "200", "200", "200"], "states": ["2", "200", "409", "409", "409"],
}  # fmt: skip
"""What becomes of each race, in whatever order: how often it was done, and what was told."""


def require_told(folder: Path, database: str = "") -> None:
    """Runs the races in a workbench of their own."""
    done = subprocess.run(
        [sys.executable, str(TRIALS), str(folder / "data"), *([database] if database else [])],
        capture_output=True, text=True, env=ALONE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("broken") == []
    assert {name: [sorted(each) for each in rounds] for name, rounds in found.items()} == {
        name: [told] * 6 for name, told in TOLD.items()
    }


def test_what_comes_at_once_is_done_once_and_told(tmp_path: Path) -> None:
    require_told(tmp_path)
