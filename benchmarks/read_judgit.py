"""Reading the JUDGIT! data set against `json.loads` over the same lines, in turn in one run, and the memory it holds.

python benchmarks/read_judgit.py [FILE]
"""

import gzip
import io
import json
import sys
from multiprocessing import get_context
from pathlib import Path

from measure import Goal, Report, in_turn, machine, megabytes, ratio

from hyotei.intake.input_file import InputFile
from hyotei.readers.judgit_reader import JudgitReader
from hyotei.readers.sheets_of_paths import read_sheets

FILE = Path(__file__).resolve().parents[2] / "shared" / "data" / "judgit" / "judgit-2015-2019.ndjson.gz"


def report(file: Path, rounds: int = 5) -> Report:
    """The times of both sides, their ratio, and the memory held after each tenth of the sheets."""
    content = gzip.decompress(file.read_bytes())
    lines = content.splitlines()
    document = InputFile("judgit.ndjson", "judgit.ndjson", lambda: io.BytesIO(content))

    def ours() -> int:
        return sum(found.sheet is not None for found in JudgitReader().read(document))

    def peer() -> None:
        for line in lines:
            json.loads(line)

    times = in_turn({"ours": ours, "json.loads": peer}, rounds, 1)
    made = Report(f"Reading {len(lines):,} JUDGIT! sheets ({machine()})", goal=Goal("ratio", 4.0))
    made.add("ours", times["ours"].median, "s")
    made.add("json.loads", times["json.loads"].median, "s")
    made.add("ratio", ratio(times["ours"], times["json.loads"]))
    with get_context("spawn").Pool(1) as pool:  # a process of its own, so that memory is that of reading alone
        before, held = pool.apply(memory, (file, max(1, len(lines) // 10)))
    made.add("memory before the first sheet", before, "MB")
    made.add("more than that after a tenth", held[0] - before, "MB")
    made.add("more than that at most", max(held) - before, "MB")
    return made


def memory(file: Path, tenth: int) -> tuple[float, list[float]]:
    """What a process holds before it reads the data from a file, and then once at each tenth."""
    before = megabytes()
    return before, [megabytes() for count, _ in enumerate(read_sheets(file), 1) if count % tenth == 0]


def main() -> int:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    if not file.is_file():
        print(f"skipped: the published data set is not at {file}")
        return 0
    found = report(file)
    print(found.title)
    for figure in found.figures:
        value = figure.value if isinstance(figure.value, str) else f"{figure.value:.2f}"
        print(f"  {figure.name}: {value} {figure.unit}".rstrip())
    if found.goal is not None:
        print(f"  goal: {found.goal.ratio} at most {found.goal.most}: {'met' if found.met else 'not met'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
