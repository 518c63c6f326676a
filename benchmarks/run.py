"""Runs the benchmarks, all or those named: `python benchmarks/run.py [a b c d e f] [--json FILE]`."""

import argparse
import importlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import Report, machine

BENCHMARKS = {
    "a": "rate_against_zen",
    "b": "many_sheets",
    "c": "rulebook_sizes",
    "d": "cold_start",
    "e": "columnar",
    "f": "whole_commands",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file, too")
    wanted = parser.parse_args()
    unknown = [name for name in wanted.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    print(machine())
    reports = {}
    for name in wanted.names or BENCHMARKS:
        reports[name] = importlib.import_module(BENCHMARKS[name]).run()
        print()
        show(reports[name])
    if wanted.json:
        data = {"machine": machine(), "benchmarks": {name: report.data() for name, report in reports.items()}}
        wanted.json.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def show(report: Report) -> None:
    print(report.title)
    width = max(len(figure.name) for figure in report.figures)
    for figure in report.figures:
        print(f"  {figure.name:{width}}  {_number(figure.value):>12} {figure.unit}")
    if report.goal is not None:
        print(f"  goal: {report.goal.ratio} at most {report.goal.most:g} -> {'met' if report.met else 'NOT met'}")
    for note in report.notes:
        print(f"  note: {note}")


def _number(value: float | int | str) -> str:
    if isinstance(value, str | int):
        return f"{value:,}" if isinstance(value, int) else value
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 3
    return f"{value:,.{digits}f}"


if __name__ == "__main__":
    main()
