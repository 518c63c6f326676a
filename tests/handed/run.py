"""Runs the handed cases and prints a table: `python tests/handed/run.py [FOLDER|CASE ...]`.

The cases stand in `../shared/cases` beside the checkout. It ends with 1 if a case is wrong, and with 0 where there are none to run.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

from tests.handed import (  # noqa: E402  # the paths above come first
    audit,
    audit_findings,
    documents_numbers,
    documents_tables,
    inputs,
    language,
    proof,
    reliability,
    trial_commands,
    trial_sheets,
    years_and_figures,
)
from tests.handed.result import Case, Result  # noqa: E402

HANDED: Final = ROOT.parent / "shared" / "cases"
FOLDERS: Final[dict[str, dict[str, Case]]] = {
    "language": language.CASES,
    "proof": proof.CASES,
    "code": {**years_and_figures.CASES, **inputs.CODE},
    "audit": {**audit.CASES, **audit_findings.CASES},
    "reliability": {**reliability.CASES, **inputs.RELIABILITY},
    "documents": {**documents_numbers.CASES, **documents_tables.CASES, **inputs.DOCUMENTS},
    "trial": {**documents_tables.TRIAL, **trial_commands.CASES, **trial_sheets.CASES},
}
"""The kinds that are mended, each with how its cases are run."""
_MOST_SHOWN: Final = 80


def results(wanted: list[str]) -> Iterator[tuple[str, str, Result]]:
    """Each case as it is run: folder, name, result. An error of any kind is a wrong case."""
    for folder, cases in FOLDERS.items():
        for name, case in cases.items():
            if wanted and folder not in wanted and name not in wanted:
                continue
            try:
                found = case(HANDED / folder / name)
            except Exception as error:
                found = Result(False, f"{type(error).__name__}: {error}")
            yield folder, name, found


def main(wanted: list[str]) -> int:
    if not HANDED.is_dir():
        print(f"no handed cases: there is no folder {HANDED.relative_to(ROOT.parent)} beside the checkout")
        return 0
    counts = {True: 0, False: 0}
    for folder, name, found in results(wanted):
        counts[found.right] += 1
        seen = " ".join(found.seen.split())
        print(f"{'right' if found.right else 'WRONG'}  {folder:12} {name:38} {seen[:_MOST_SHOWN]}", flush=True)
    print(f"{counts[True]} right, {counts[False]} wrong")
    return 1 if counts[False] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
