"""Mutation testing: small faults are put into the engine one by one, and the fast tests must find them.

    python -m tools.mutation map [FILE ...]     which functions each test file runs (once, ten minutes on two cores)
    python -m tools.mutation run [--sample 300] [--seconds 60] [ID ...]
    python -m tools.mutation show ID            the fault as a changed line

A mutant is known by a hash of its file, function, operator and place within the function, and the sample is the smallest hashes:
so the same mutants are drawn as long as their functions stay. Results are in `build/mutation/`. Test files that run the changed
function are tried until one fails; a second run goes on with those that no test has killed. Mutants live in forked processes, in
memory; no file is changed. Tests that start a process of their own do not see them.
"""

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Final

from tools.mutants import ENGINE, PACKAGES, ROOT, Mutant, mutants, walk, with_fault, with_probes

WORK: Final = ROOT / "build" / "mutation"
WORKERS: Final = 2
SPARE: Final = 60
TIMES: Final = 10
"""A test file that takes `TIMES` its usual seconds and `SPARE` more counts as failed: the mutant does not end."""

PARTLY: Final = 71
"""The exit code of a mutant whose tests did not fail, but were not all run."""


class Loader(importlib.machinery.SourceFileLoader):
    """Compiles a module from a changed tree."""

    change: "Callable[[ast.Module, str], ast.Module]"

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(Path(self.path).read_bytes())
        return compile(
            self.change(tree, Path(self.path).relative_to(ENGINE).as_posix()), self.path, "exec", dont_inherit=True
        )


class Finder(importlib.abc.MetaPathFinder):
    """Gives the modules of some files to the loader above."""

    def __init__(self, wanted: "Callable[[str], bool]", change: "Callable[[ast.Module, str], ast.Module]") -> None:
        self.wanted, self.change = wanted, change

    def find_spec(
        self, fullname: str, path: "Sequence[str] | None", target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not fullname.startswith("hyotei.") or path is None:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is None or not spec.origin or not self.wanted(Path(spec.origin).relative_to(ENGINE).as_posix()):
            return None
        loader = Loader(fullname, spec.origin)
        loader.change = self.change
        return importlib.util.spec_from_file_location(
            fullname, spec.origin, loader=loader, submodule_search_locations=spec.submodule_search_locations
        )


def child(work: "Callable[[], int]", seconds: int = 0) -> int:
    """Starts a forked process that runs `work` and ends with its result as exit code, or after so many seconds."""
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        os.setpgid(0, 0)
        signal.alarm(seconds)
        with Path(os.devnull).open("w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = work()
    finally:
        os._exit(code)


def run_tests(file: str) -> int:
    """The fast tests of a file, in this process. Failing examples are not made smaller: that would take long."""
    import pytest
    from hypothesis import HealthCheck, Phase, settings

    sys.path[:0] = [str(ENGINE), str(ROOT)]
    os.environ["HYPOTHESIS_PROFILE"] = "mutation"
    settings.register_profile(
        "mutation",
        max_examples=50,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    # pytest's own loader, which rewrites assertions, would come before the one with the fault.
    options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not slow"]
    return int(pytest.main([*options, file]))


def preload() -> None:
    """The libraries that tests import, so that forked processes have them."""
    for name in (
        "pytest",
        "hypothesis",
        "pydantic",
        "yaml",
        "click",
        "rich",
        "durable_rules_engine",
        "z3",
        "ibis",
        "duckdb",
    ):
        importlib.import_module(name)


def pool(jobs: "Iterator[tuple[str, Callable[[], int]]]") -> Iterator[tuple[str, int, float]]:
    """Runs jobs in forked processes, `WORKERS` at once, and gives key, exit code and seconds of each as it ends."""
    running: dict[int, tuple[str, float]] = {}
    waiting = True
    while running or waiting:
        while waiting and len(running) < WORKERS:
            job = next(jobs, None)
            if job is None:
                waiting = False
                break
            running[child(job[1])] = (job[0], time.monotonic())
        if running:
            process, status = os.wait()
            key, start = running.pop(process)
            yield key, os.waitstatus_to_exitcode(status), time.monotonic() - start


def make_map(files: list[str]) -> None:
    """Writes which functions each test file enters, and how long it takes; by default for all files of fast tests."""
    preload()
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "entered").mkdir(exist_ok=True)
    files = files or sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))

    def work(file: str) -> int:
        sys.entered = set()  # type: ignore[attr-defined]  # the probes write it
        sys.meta_path.insert(0, Finder(lambda each: each.split("/")[1] in PACKAGES, with_probes))
        start = time.monotonic()
        code = run_tests(file)
        found = {"seconds": time.monotonic() - start, "code": code, "functions": sorted(sys.entered)}  # type: ignore[attr-defined]  # as above
        (WORK / "entered" / f"{file.replace('/', '+')}.json").write_text(json.dumps(found))
        return code

    for file, code, seconds in pool((file, partial(work, file)) for file in files):
        print(f"{file}: {code}, {seconds:.0f} s", flush=True)


@cache
def entered() -> dict[str, tuple[float, frozenset[str]]]:
    """Of each test file that passes: its seconds and the functions it enters."""
    found = {}
    for path in (WORK / "entered").glob("*.json"):
        data = json.loads(path.read_text())
        if data["code"] == 0:
            found[path.stem.replace("+", "/")] = data["seconds"], frozenset(data["functions"])
    return found


@cache
def functions(file: str) -> frozenset[str]:
    """The functions of a file of the engine."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(name for _, node, name in walk(ast.parse((ENGINE / file).read_text())) if isinstance(node, kinds))


def tests_of(mutant: Mutant) -> list[str]:
    """The test files that enter a mutant's function: those named after its file, then its package's, then others; quick first."""
    own = {f"{mutant.file}:{name}" for name in functions(mutant.file)}
    wanted = f"{mutant.file}:{mutant.function}"
    # Code outside functions, and that of classes, runs when its file is imported.
    asked = {wanted} if wanted in own else own
    package, stem = mutant.file.split("/")[1], Path(mutant.file).stem

    def order(file: str) -> tuple[bool, bool, float]:
        return stem not in Path(file).stem, f"tests/{package}/" not in file, entered()[file][0]

    return sorted((file for file, (_, names) in entered().items() if names & asked), key=order)


def run(chosen: list[Mutant], most: float) -> None:
    """Tries mutants with up to `most` seconds of tests each and writes how each came out. Those known to be killed stay so."""
    preload()
    results = WORK / "results.json"
    WORK.mkdir(parents=True, exist_ok=True)
    done: dict[str, dict[str, object]] = json.loads(results.read_text()) if results.exists() else {}
    left = {
        mutant.id: (mutant, tests_of(mutant)) for mutant in chosen if done.get(mutant.id, {}).get("outcome") != "killed"
    }

    def jobs() -> Iterator[tuple[str, Callable[[], int]]]:
        for key, (mutant, files) in left.items():
            yield key, partial(attempt, mutant, files)

    def attempt(mutant: Mutant, files: list[str]) -> int:
        sys.meta_path.insert(0, Finder(lambda each: each == mutant.file, lambda tree, _: with_fault(tree, mutant)))
        spent = 0.0
        for file in files:
            spent += entered()[file][0]
            if spent > most:
                return PARTLY
            if run_in_child(file):
                (WORK / f"{mutant.id}.by").write_text(file)
                return 1
        return 0

    def run_in_child(file: str) -> bool:
        """Whether the tests of a file fail, in a process of their own, so that no file sees the modules of another."""
        process = child(lambda: run_tests(file), SPARE + int(TIMES * entered()[file][0]))
        _, status = os.waitpid(process, 0)
        return os.waitstatus_to_exitcode(status) not in (0, 5)

    for key, code, seconds in pool(jobs()):
        mutant, files = left[key]
        by = WORK / f"{key}.by"
        outcome = "open" if code == PARTLY else "killed" if code else "survived" if files else "not tested"
        done[key] = {"outcome": outcome, "seconds": round(seconds), "by": by.read_text() if by.exists() else ""}
        by.unlink(missing_ok=True)
        results.write_text(json.dumps(done, indent=1))
        print(
            f"{key} {outcome:10} {mutant.file}:{mutant.line} {mutant.operator} {done[key]['by']} {seconds:.0f} s",
            flush=True,
        )
    outcomes = [done[mutant.id]["outcome"] for mutant in chosen]
    print(", ".join(f"{outcomes.count(each)} {each}" for each in ("killed", "survived", "not tested", "open")))


def show(mutant: Mutant) -> None:
    """Prints the changed lines of a mutant."""
    import difflib

    tree = ast.parse((ENGINE / mutant.file).read_text())
    before = ast.unparse(tree).splitlines()
    after = ast.unparse(with_fault(tree, mutant)).splitlines()
    print(f"{mutant.id} {mutant.file}:{mutant.line} {mutant.function} {mutant.operator}")
    print("\n".join(difflib.unified_diff(before, after, lineterm="", n=2)))


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["map", "run", "show", "list"])
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument(
        "--seconds", type=float, default=float("inf"), help="of tests for a mutant; what they do not kill stays open"
    )
    asked = parser.parse_args()
    if asked.action == "map":
        make_map(asked.ids)
        return
    found = mutants()
    chosen = [each for each in found if each.id in asked.ids] if asked.ids else found[: asked.sample]
    if asked.action == "run":
        run(chosen, asked.seconds)
        return
    for mutant in chosen:
        if asked.action == "show":
            show(mutant)
        else:
            print(mutant.id, f"{mutant.file}:{mutant.line}", mutant.function, mutant.operator)


if __name__ == "__main__":
    main()
