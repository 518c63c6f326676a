"""The findings of rs-review-2024 against the published-data reference lists, kind by kind: both differences must be empty.

python benchmarks/compare_findings.py [FOLDER_OF_CSV_OR_ZIP|FOLDER_OF_A_REPORT [LIST.csv]]
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from hyotei.audit.audit import audit
from hyotei.audit.boilerplate import low_execution, shared_texts
from hyotei.readers.sheets_of_paths import read_sheets
from hyotei.sheet import Sheet

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NOT_HERE = {"F03": "needs the sheets of 2022", "F03any": "needs the sheets of 2022", "F04j": "needs the sheets of 2022",
            "F04": "needs table 3-2", "F04e": "needs table 3-2", "F04v": "needs table 3-2",
            "F16": "a rounding of the source, not reported"}  # fmt: skip
EMPTY = ("F08", "F17", "F18")


def expected(file: Path) -> dict[str, set[str]]:
    """Programme numbers by kind."""
    found: dict[str, set[str]] = defaultdict(set)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for kind, programme in list(csv.reader(stream))[1:]:
            found[kind].add(programme)
    return found


def found(folder: Path) -> tuple[int, dict[str, set[str]]]:
    """How many programmes were read, and what was found: programme numbers by kind."""
    kinds: dict[str, set[str]] = defaultdict(set)
    count = 0

    def sheets() -> Iterator[Sheet]:
        return (each.sheet for each in read_sheets(folder) if each.sheet is not None)

    for each in audit(sheets(), checks=["rs-review-2024"]):
        count += 1
        for finding in each.findings:
            for code in (finding.code, *finding.also):  # a fact that two kinds state is shown once, and counts for both
                kinds[code.removeprefix("RS-")].add(each.sheet.id.rpartition("/")[2])
    for shared in shared_texts(sheets):
        if low_execution(shared.sheet):
            kinds["F20"].add(shared.sheet.id.rpartition("/")[2])
    return count, kinds


def reported(folder: Path) -> tuple[int, dict[str, set[str]]]:
    """The same out of a report that `hyotei audit -o` wrote of the programmes."""
    kinds: dict[str, set[str]] = defaultdict(set)
    with (folder / "findings.ndjson").open(encoding="utf-8") as lines:
        for finding in map(json.loads, lines):
            for code in (finding["code"], *finding["also"]):
                if code.startswith("RS-"):
                    kinds[code.removeprefix("RS-")].add(finding["sheet"].rpartition("/")[2])
    return int(json.loads((folder / "summary.json").read_text(encoding="utf-8"))["sheets"]), kinds


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "rs2024"
    listed = Path(sys.argv[2]) if len(sys.argv) > 2 else DATA / "reference" / "findings-dev.csv"
    if not folder.exists() or not listed.is_file():
        print(f"skipped: the published data set is not at {folder}")
        return 0
    count, ours = reported(folder) if (folder / "findings.ndjson").is_file() else found(folder)
    theirs = expected(listed)
    print(f"{count:,} programmes")
    wrong = 0
    for kind in sorted({*ours, *theirs, *EMPTY}):
        if kind in NOT_HERE:
            print(f"  {kind:7} {len(theirs[kind]):5} listed, not compared: {NOT_HERE[kind]}")
            continue
        missing, extra = theirs[kind] - ours[kind], ours[kind] - theirs[kind]
        wrong += len(missing) + len(extra)
        told = "".join(
            f", {word} {sorted(some)[:8]}" for word, some in (("missing", missing), ("extra", extra)) if some
        )
        print(f"  {kind:7} {len(theirs[kind]):5} listed, {len(ours[kind]):5} found{told}")
    print(f"differences: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
