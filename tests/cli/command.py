"""The command as its users run it: in a process of its own, with bounds on its time and memory."""

import io
import json
import os
import re
import resource
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hyotei.cli import run
from tests.conftest import ROOT

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"
MEMORY = 1_500 * 1024 * 1024


@dataclass(frozen=True)
class Done:
    """How a command went."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one document on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def told(self) -> list[str]:
        """The code of each line on stderr."""
        return [found[0] for line in self.err.splitlines() if (found := re.search(r"HY\d{3}", line))]

    def failed_with(self, *codes: str) -> None:
        """It failed on its input with one line for each of these messages, and nothing else went wrong."""
        assert "Traceback" not in self.err
        assert self.code == 2, self.err
        lines = self.err.splitlines()
        assert len(lines) == len(codes), self.err
        for line, code in zip(lines, codes, strict=True):
            assert f"{code} " in line, line


def hyotei(*arguments: object, seconds: float = 60, cwd: Path | None = None, **environment: str) -> Done:
    """Runs `hyotei` within bounds; whatever happens, it shows no traceback."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HYOTEI_")}
    done = subprocess.run(
        [sys.executable, "-m", "hyotei.cli", *map(str, arguments)],
        env={**inherited, "PYTHONPATH": str(ROOT / "engine"), **environment},
        cwd=cwd,
        capture_output=True,
        timeout=seconds,
        preexec_fn=_bounded,
    )
    found = Done(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in found.err, found.err
    return found


def inside(*arguments: object, **environment: str) -> Done:
    """Runs `hyotei` within this process, which is quicker; for what needs no bounds."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HYOTEI_")}
    out, err = io.StringIO(), io.StringIO()
    with patch.dict(os.environ, {**inherited, **environment}, clear=True), redirect_stdout(out), redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    return Done(code, out.getvalue(), err.getvalue())


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
