"""(f) What users run, whole commands from start to exit, each beside its goal.

python benchmarks/whole_commands.py [ROW...] [--sheets N] [--rounds N]

A goal that has a peer is a ratio to it, in the same run. A goal in seconds is one of an idle core: it is compared with a loop of
10^7 additions that runs beside each command and takes 0.6 s there, so that a busy or slower machine does not move the ratio.
`audit` has two cores and is taken on the clock. Sheets are those of JUDGIT! where the published data stands beside, else
synthetic ones of the same form (`judgit_synthetic.py`). All commands share one new cache; short ones run once before they are
timed. `HYOTEI_BENCH_SHEETS_READ` and `HYOTEI_BENCH_CORPUS` set how many sheets are read, and how many are rated from a corpus.
"""

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cold_start import MODEL, of_hyotei
from corpus_synthetic import synthetic
from judgit_synthetic import write
from measure import Figure, Report

import hyotei

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "judgit" / "judgit-2015-2019.ndjson.gz"
SHEETS = 26_091
"""Of which the goals in seconds speak; for another number they are taken in proportion."""
IDLE_LOOP = 0.6
"""Seconds of the loop on an idle core."""
LOOP = "n = 0\nfor i in range(10_000_000):\n    n += i"
READ = "import sys, gzip, json\nfor line in gzip.open(sys.argv[1]):\n    json.loads(line)"
# The command itself, without the drawn sheets that try to break what was proved.
PROVE = """
import sys
from hyotei.proof import prove
prove.tried_domains = lambda *given: True
prove.tried_check = lambda prover, check, *given: [check]
prove.tried_law = lambda prover, law, found, *given: found
from hyotei.cli import main
main(["prove", "mic-2013"])
"""
EDIT = ("|  2  | 70%以上          | 0", "|  2  | 60%以上          | 0")


@dataclass(frozen=True, slots=True)
class Used:
    """What a process used: seconds of processor time and on the clock, and the most memory in MB."""

    processor: float
    clock: float
    memory: float


@dataclass(frozen=True, slots=True)
class Row:
    """One command. `goal` is a ratio to `peer`, or seconds of an idle core for `SHEETS` sheets where there is none."""

    name: str
    command: list[str]
    goal: float
    peer: list[str] | None = None
    sheets: int = 0
    """Sheets that it reads; 0 where the goal does not depend on them."""
    rounds: int = 0
    on_the_clock: bool = False


class Inputs:
    """What the commands read, made when it is first asked for, in a folder that goes."""

    def __init__(self, folder: Path, sheets: int) -> None:
        self.folder, self.sheets = folder, sheets

    @property
    def judgit(self) -> Path:
        file = self.folder / "judgit.ndjson.gz"
        if not file.exists():
            if DATA.is_file():
                with gzip.open(DATA, "rb") as lines, gzip.open(file, "wb", compresslevel=3) as out:
                    out.writelines(line for number, line in enumerate(lines) if number < self.sheets)
            else:
                write(file, self.sheets)
        return file

    @property
    def corpus(self) -> Path:
        folder = self.folder / "corpus"
        if not folder.exists():
            used([*of_hyotei(), "corpus", "build", str(self.judgit), "-o", str(folder)], self.folder)
        return folder

    @property
    def many(self) -> Path:
        """A synthetic corpus, for rating in tables."""
        folder = self.folder / "many"
        if not folder.exists():
            synthetic(folder, int(os.environ.get("HYOTEI_BENCH_CORPUS", "100000")))
        return folder

    @property
    def edited(self) -> Path:
        """mic-2013 with one cell edited."""
        file = self.folder / "edited" / "rulebook.md"
        if not file.exists():
            file.parent.mkdir()
            text = (hyotei.rules_folder() / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
            assert EDIT[0] in text
            file.write_text(text.replace(*EDIT), encoding="utf-8")
        return file

    @property
    def listed(self) -> Path:
        """A thousand random sheets, one a line, as `rate --json` takes them."""
        file = self.folder / "sheets.ndjson"
        if not file.exists():
            from sheets import random_sheets

            lines = (each.model_dump_json(by_alias=True, exclude_defaults=False) for each in random_sheets(1_000, 7))
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file


def rows(inputs: Inputs) -> dict[str, Callable[[], Row]]:
    """The rows by name; what one reads is made only if it is run."""
    sheet = str(hyotei.cases_folder() / "mic-24-15" / "sheet.yaml")
    python = [sys.executable]
    here = Path(__file__).parent
    return {
        "rate": lambda: Row(
            "rate SHEET, beside a first pydantic model", [*of_hyotei(), "rate", sheet], 1.5, [*python, "-c", MODEL], rounds=15
        ),
        "rate-json": lambda: Row(
            "rate SHEETS --json, 1,000 sheets", [*of_hyotei(), "rate", str(inputs.listed), "--json", "--rulebook", "mic-2013"], 2.0
        ),
        "rate-corpus": lambda: Row(
            f"rate CORPUS -o, {len(hyotei.Corpus.open(inputs.many)):,} sheets, beside SQL by hand with reading and writing",
            [*of_hyotei(), "rate", str(inputs.many), "--rulebook", "mic-2013", "-o", str(inputs.folder / "v.parquet")],
            1.3,
            [*python, str(here / "corpus_by_hand.py"), str(inputs.many), str(inputs.folder / "by-hand")],
        ),
        "read": lambda: Row(
            "read JUDGIT!, beside json.loads over the same lines", [*of_hyotei(), "read", str(inputs.judgit)], 4.0,
            [*python, "-c", READ, str(inputs.judgit)],
        ),
        "corpus-build": lambda: Row(
            "corpus build", [*of_hyotei(), "corpus", "build", str(inputs.judgit), "-o", str(inputs.folder / "built")], 10.0,
            sheets=inputs.sheets,
        ),
        "corpus-check": lambda: Row(
            "corpus check", [*of_hyotei(), "corpus", "check", str(inputs.corpus)], 10.0, sheets=inputs.sheets
        ),
        "audit": lambda: Row(
            "audit CORPUS -o, on the clock", [*of_hyotei(), "audit", str(inputs.corpus), "-o", str(inputs.folder / "report")], 10.0,
            sheets=inputs.sheets, on_the_clock=True,
        ),
        "impact": lambda: Row(
            "impact of one edit", [*of_hyotei(), "impact", "mic-2013", str(inputs.edited), str(inputs.corpus)], 2.0,
            sheets=inputs.sheets,
        ),
        "prove": lambda: Row("prove mic-2013, without drawn sheets", [*python, "-c", PROVE], 1.0, rounds=3),
    }  # fmt: skip


def run(names: list[str] | None = None, sheets: int = 0, rounds: int = 1) -> Report:
    report = Report("f. whole commands")
    count = sheets or int(os.environ.get("HYOTEI_BENCH_SHEETS_READ", str(SHEETS)))
    with tempfile.TemporaryDirectory(prefix="hyotei-bench-") as folder:
        made = rows(Inputs(Path(folder), count))
        unknown = [each for each in names or () if each not in made]
        if unknown:
            sys.exit(f"no row {', '.join(unknown)}; there are {', '.join(made)}")
        for name in names or made:
            figures = _figures(made[name](), Path(folder), rounds)
            print("; ".join(f"{each.name.strip()}: {each.value:.3g} {each.unit}" for each in figures), flush=True)
            report.figures += figures
    report.notes.append(f"sheets: {'JUDGIT!' if DATA.is_file() else 'synthetic'}, {count:,}")
    return report


def _figures(row: Row, folder: Path, rounds: int) -> list[Figure]:
    """The command and its peer in turn, and what came of it beside the goal."""
    sides = {"ours": row.command, "peer": row.peer or [sys.executable, "-c", LOOP]}
    found: dict[str, list[Used]] = {name: [] for name in sides}
    if row.rounds:
        used(row.command, folder)
    for number in range(row.rounds or rounds):
        order = list(sides.items())
        for name, command in order if number % 2 == 0 else reversed(order):
            found[name].append(used(command, folder))

    def taken(of: Used) -> float:
        return of.clock if row.on_the_clock else of.processor

    seconds = statistics.median(taken(each) for each in found["ours"])
    ratio = statistics.median(
        taken(one) / taken(other) for one, other in zip(found["ours"], found["peer"], strict=True)
    )
    # A goal in seconds, as a ratio to the loop.
    share = row.sheets / SHEETS if row.sheets else 1.0
    goal = row.goal if row.peer else row.goal * share / IDLE_LOOP
    met = "met" if ratio <= goal else "NOT met"
    of_what = "the peer" if row.peer else f"the loop (goal: {row.goal * share:.3g} s of an idle core)"
    return [
        Figure(f"{row.name}", seconds, "s on the clock" if row.on_the_clock else "s of processor time"),
        Figure("    memory at most", max(each.memory for each in found["ours"]), "MB"),
        Figure(f"    beside {of_what}, goal {goal:.3g}: {met}", ratio, "×"),
    ]


def used(command: list[str], folder: Path) -> Used:
    """Runs a command to its end. One that finds something, such as an audit, ends with 1."""
    kept = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "HYOTEI_CACHE")
    environment = {name: value for name, value in os.environ.items() if name not in kept}
    environment["HYOTEI_CACHE"] = str(folder / "cache")
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, spent = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1) or b"Traceback" in told:
        sys.exit(f"{' '.join(command)}\n{told.decode(errors='replace')[-2000:]}")
    return Used(spent.ru_utime + spent.ru_stime, time.perf_counter() - begun, spent.ru_maxrss / 1e3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW")
    parser.add_argument("--sheets", type=int, default=0, help="how many sheets are read; all by default")
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    from run import show

    show(run(given.rows or None, given.sheets, given.rounds))


if __name__ == "__main__":
    main()
