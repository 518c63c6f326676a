"""(d) `hyotei rate sheet.yaml --json` from process start to exit, against a Python that makes one model of pydantic."""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from functools import partial
from pathlib import Path

from measure import Goal, Report, children_time, in_turn, ratio

import hyotei

ROUNDS = 25
RATIO = "hyotei rate / a first pydantic model"
PEER = "import pydantic"
MODEL = "from pydantic import BaseModel\nclass Model(BaseModel):\n    x: int\nModel(x=1)"
# The same steps as the command, each with its time.
STAGES = """
import sys, time
from pathlib import Path
times = [time.process_time()]
def stage(name):
    times.append(time.process_time())
    print(name, times[-1] - times[-2], sep="\\t")
from pydantic import BaseModel
stage("import pydantic.BaseModel")
import hyotei.cli.rate
stage("import click and the command")
import hyotei.sheet
stage("import the models of the sheet")
import hyotei.readers
stage("import the reader")
import hyotei.rulebook.library
stage("import the rulebook language")
import hyotei.inference.engine
stage("import the engine")
import hyotei.verdict.verdict
stage("import the verdict")
sheet = hyotei.read_sheet(sys.argv[1])
stage("read the sheet")
from hyotei.rulebook.library import rulebook_for
rulebook = rulebook_for(sheet.authority, sheet.fiscal_year)
stage("read and check the rulebook")
verdict = hyotei.rate(sheet, rulebook)
stage("register the rules and derive")
verdict.to_json()
stage("reasons, margins, unknowns, JSON")
"""


def run() -> Report:
    sheet = str(Path(hyotei.cases_folder()) / "mic-24-15" / "sheet.yaml")
    command = [*of_hyotei(), "rate", sheet, "--json"]
    sides = {
        "hyotei rate": command,
        PEER: [sys.executable, "-c", "import pydantic"],
        "a first pydantic model": [sys.executable, "-c", MODEL],
        "python alone": [sys.executable, "-c", "pass"],
    }
    times = in_turn({name: partial(_called, call) for name, call in sides.items()}, ROUNDS, 1, children_time)
    report = Report("d. cold start", goal=Goal(RATIO, 1.5))
    for name, timing in times.items():
        report.add(f"{name}, best", timing.best * 1e3, "ms")
        report.add(f"{name}, median", timing.median * 1e3, "ms")
    report.add("hyotei rate / import pydantic", ratio(times["hyotei rate"], times[PEER]), "×")
    report.add("a first pydantic model / import pydantic", ratio(times["a first pydantic model"], times[PEER]), "×")
    report.add(RATIO, ratio(times["hyotei rate"], times["a first pydantic model"]), "×")
    stages = [_stages(sheet) for _ in range(ROUNDS // 2)]
    for name in stages[0]:
        report.add(f"stage: {name}", 1e3 * min(each[name] for each in stages), "ms")
    for name, seconds in _imports(sheet)[:12]:
        report.add(f"importing, by package: {name}", 1e3 * seconds, "ms")
    report.notes.append("`import pydantic` alone loads next to nothing of pydantic; the first model does.")
    return report


def of_hyotei() -> list[str]:
    """The command as installed beside this interpreter, else the module."""
    script = shutil.which("hyotei", path=str(Path(sys.executable).parent))
    return [script] if script else [sys.executable, "-m", "hyotei.cli"]


def _environment() -> dict[str, str]:
    """Compiled modules are kept, as they are wherever a package is installed."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME")
    }


def _called(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_environment())


def _stages(sheet: str) -> dict[str, float]:
    ran = subprocess.run(
        [sys.executable, "-c", STAGES, sheet], check=True, capture_output=True, text=True, env=_environment()
    )
    return {name: float(seconds) for name, seconds in (line.split("\t") for line in ran.stdout.splitlines())}


def _imports(sheet: str) -> list[tuple[str, float]]:
    """Time spent in the modules of each package of the command, without the modules they import; tracing adds to it."""
    shares: dict[str, float] = defaultdict(float)
    command = [sys.executable, "-X", "importtime", "-m", "hyotei.cli", "rate", sheet, "--json"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment())
    for line in ran.stderr.splitlines():
        parts = line.removeprefix("import time:").split("|")
        if line.startswith("import time:") and len(parts) == 3 and parts[0].strip().isdigit():
            name = parts[2].strip().split(".")
            package = ".".join(name[:2]) if name[0] == "hyotei" else name[0]
            known = package.split(".")[0] in ("hyotei", "pydantic", "pydantic_core", "yaml", "click")
            shares[package if known else "the rest, mostly the standard library"] += int(parts[0]) / 1e6
    return sorted(shares.items(), key=lambda item: -item[1])
