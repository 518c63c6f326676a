"""Writes the results that a change of structure must leave alone, and compares two such folders byte by byte.

    python tools/output_bytes.py write FOLDER [--quick] [--sheets 2000] [--shared ../shared] [--inputs OTHER/inputs]
    python tools/output_bytes.py compare BEFORE AFTER

`write` runs the command line of the engine on the import path, so that PYTHONPATH chooses the version of the engine. The sheets
drawn from a fixed seed are kept in FOLDER/inputs; a second version of the engine is given them by --inputs. Version numbers and
times are left out. `compare` names the files that differ, shows the first difference of each and ends with 1 if there is any.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
RULEBOOKS: Final = ("mic-2013", "rs-review-2024", "sheet-quality")
AUDITED: Final = ("mic-2013", "sheet-quality")
"""Drawn sheets of which an audit finds its rulebook by itself; those of the review name every ministry, for which there are two."""

QUICK: Final = 60
"""How many sheets are drawn with --quick, which leaves out the published data sets too."""

SECONDS: Final = "600"
"""The time limit of questions: long enough that none is left open on a busy machine."""

EDITS: Final = (
    ("mic-2013", "| 70%以上", "| 75%以上"),
    ("mic-2013", "value: 50%", "value: 55%"),
)
_VOLATILE: Final = re.compile(
    r'("(?:hyotei|version|seconds|milliseconds|written|created|made|seal)": )("[^"]*"|[0-9.]+)'
)


# -- writing


class Writer:
    """Runs commands and keeps what they write under one folder."""

    def __init__(self, folder: Path, shared: Path, quick: bool) -> None:
        self.folder, self.shared, self.quick = folder, shared, quick

    def run(self, *arguments: str | Path, cwd: Path = ROOT) -> str:
        """What a command prints on stdout, with its exit code as the last line."""
        command = [sys.executable, "-W", "ignore", "-m", "hyotei.cli", *map(str, arguments)]
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
        return f"{done.stdout}exit {done.returncode}\n"

    def keep(self, name: str, text: str) -> None:
        """Writes a result without what differs from run to run."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_VOLATILE.sub(r"\1null", text), encoding="utf-8")

    def hashes(self) -> None:
        """The content hashes of the shipped rulebooks."""
        self.keep("hashes.txt", "".join(self.run("rulebook", "hash", name) for name in RULEBOOKS))

    def cases(self) -> None:
        """The verdicts on the sheets shipped as cases, of the seed with what is certain."""
        from hyotei import cases_folder

        for case in sorted(cases_folder().iterdir()):
            for name in RULEBOOKS:
                certain = ("--certain", "--timeout", SECONDS)
                told = self.run("rate", "sheet.yaml", "--json", "--rulebook", name, *certain, cwd=case)
                self.keep(f"cases/{case.name}.{name}.json", told)

    def shared_cases(self) -> None:
        """The verdicts on the sheets of the shared cases, by their own rulebooks where they have one."""
        folder = self.shared / "cases"
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            own = path.with_name("rulebook.md")
            if not path.is_file() or path.suffix not in (".yaml", ".json", ".xlsx", ".txt", ".pdf", ".ods"):
                continue
            if path.name in ("expected.yaml", "expected.json", "certificate.json", "cases.yaml"):
                continue
            by = ("--rulebook", own.relative_to(folder)) if own.is_file() else ()
            told = self.run("rate", path.relative_to(folder), "--json", *by, cwd=folder)
            self.keep(f"shared-cases/{path.relative_to(folder)}.json", told)

    def drawn(self, inputs: Path) -> None:
        """Verdicts and findings of the drawn sheets, one by one and as a corpus."""
        for name in RULEBOOKS:
            self.keep(f"drawn/{name}.json", self.run("rate", name, "--json", "--rulebook", name, cwd=inputs))
        with tempfile.TemporaryDirectory() as made:
            self.run("corpus", "build", *AUDITED, "-o", Path(made) / "corpus", cwd=inputs)
            self.audit("drawn-files", *AUDITED, cwd=inputs)
            self.audit("drawn-corpus", "corpus", cwd=Path(made))

    def published(self) -> None:
        """The findings of the published review sheets, and of one year of the published older ones."""
        data = self.shared / "data"
        if (data / "judgit").is_dir():
            self.audit("judgit-2018", "judgit", "--fiscal-year", "2018", cwd=data)
        if (data / "rs2024").is_dir():
            self.audit("rs2024", "rs2024", cwd=data)

    def audit(self, name: str, *arguments: str, cwd: Path) -> None:
        """The findings of an audit and its counts."""
        with tempfile.TemporaryDirectory() as made:
            report = Path(made) / "report"
            told = self.run("audit", *arguments, "-o", report, cwd=cwd)
            for file in ("findings.ndjson", "summary.json"):
                found = (report / file).read_text(encoding="utf-8") if (report / file).is_file() else told
                self.keep(f"audit/{name}.{file}", found)

    def proofs(self) -> None:
        """The certificates of the shipped rulebooks, and the differences of edited copies."""
        from hyotei import rules_folder

        with tempfile.TemporaryDirectory() as made:
            for name in RULEBOOKS:
                file = Path(made) / "certificate.json"
                self.run("prove", name, "--timeout", SECONDS, "--certificate", file)
                self.keep(f"certificates/{name}.json", file.read_text(encoding="utf-8"))
            for number, (name, old, new) in enumerate(EDITS, 1):
                text = (rules_folder() / name / "rulebook.md").read_text(encoding="utf-8")
                assert old in text, f"{name} does not say {old!r}"
                (Path(made) / "edited.md").write_text(text.replace(old, new, 1), encoding="utf-8")
                told = self.run("diff", name, "edited.md", "--json", "--timeout", SECONDS, cwd=Path(made))
                self.keep(f"diff/{number}.json", told)


def draw(folder: Path, count: int) -> None:
    """Draws sheets of the shipped rulebooks, half of them for the first: the same ones each time."""
    from hyotei import load_rulebook
    from hyotei.drawing.choices import seeded
    from hyotei.drawing.sheets import SheetShape, SheetWriter
    from hyotei.drawing.value_pools import pool_of

    for name, many in zip(RULEBOOKS, (count - 2 * (count // 4), count // 4, count // 4), strict=True):
        (folder / name).mkdir(parents=True)
        writer = SheetWriter(seeded(f"output bytes of {name}"), pool_of(load_rulebook(name)), SheetShape())
        for number in range(many):
            sheet = writer.sheet().model_copy(update={"id": f"{name}-{number:04}"})
            (folder / name / f"{number:04}.json").write_text(sheet.model_dump_json(by_alias=True), encoding="utf-8")


def write(folder: Path, shared: Path, quick: bool, count: int, given: Path | None) -> None:
    """Fills a new folder with results."""
    folder.mkdir(parents=True)
    inputs = folder / "inputs"
    if given is not None:
        shutil.copytree(given, inputs)
    else:
        draw(inputs, count)
    writer = Writer(folder, shared, quick)
    writer.hashes()
    writer.cases()
    writer.proofs()
    writer.drawn(inputs)
    if not quick:
        writer.shared_cases()
        writer.published()


# -- comparing


def files(folder: Path) -> set[str]:
    """The results in a folder; the inputs are none."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name for name in found if not name.startswith("inputs/")}


def differences(before: Path, after: Path) -> Iterator[str]:
    """What differs between two folders, a text for each file."""
    names = files(before), files(after)
    for name in sorted(names[0] | names[1]):
        if name not in names[0] or name not in names[1]:
            yield f"{name}: only in {before if name in names[0] else after}"
            continue
        old, new = ((folder / name).read_bytes() for folder in (before, after))
        if old != new:
            yield f"{name}: {first_difference(old.decode(), new.decode())}"


def first_difference(old: str, new: str) -> str:
    """Where two texts part, with some characters on either side."""
    pairs = enumerate(zip(old, new, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))
    line = old.count("\n", 0, at) + 1
    start = max(old.rfind("\n", 0, at) + 1, at - 60)
    return f"line {line}\n  - {old[start : at + 100]!r}\n  + {new[start : at + 100]!r}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(dest="action", required=True)
    writing = actions.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--quick", action="store_true")
    writing.add_argument("--sheets", type=int)
    writing.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    writing.add_argument("--inputs", type=Path)
    comparing = actions.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    asked = parser.parse_args(arguments)
    if asked.action == "write":
        count = asked.sheets or (QUICK if asked.quick else 2000)
        inputs = asked.inputs.resolve() if asked.inputs else None
        write(asked.folder.resolve(), asked.shared.resolve(), asked.quick, count, inputs)
        return 0
    found = list(differences(asked.before, asked.after))
    print("\n".join(found) or f"{len(files(asked.before))} files, no difference")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
