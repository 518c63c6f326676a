"""A workbench that is killed within changes, adoptions, migrations, backups and publications.

What it accepted is there, and the log is whole.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("django")

from tests.conftest import ROOT

_KILLS = int(os.environ.get("HYOTEI_KILLS", "1000"))


def _killed(folder: Path, rounds: int, seed: int) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "workbench" / "killing.py"), str(folder), str(rounds), str(seed)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "engine"), str(ROOT)])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert min(found["accepted"].values()) > 0


def test_a_few_kills(tmp_path: Path) -> None:
    _killed(tmp_path, 5, 1)


@pytest.mark.slow
@pytest.mark.long
def test_a_thousand_kills(tmp_path: Path) -> None:
    """Half an hour."""
    _killed(tmp_path, _KILLS, 2)
