"""Damaged documents for every reader: each must give sheets and messages, in bounded time, and nothing else.

    python -m tests.readers.fuzzing --count 100000 --seed 1 --keep FOLDER

prints how many inputs each format had, and every failure with the seed that makes its input again. With `--state FILE` a run goes
on where the one before stopped, so that a million inputs can be tried in several; `make fuzz` does so, half an hour at a time.
"""

import argparse
import io
import json
import random
import resource
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hyotei.base.text_file import write_text
from hyotei.intake.input_file import HEAD, InputFile, Sample
from hyotei.intake.time_limit import TimedOut, limited
from hyotei.intake.zip_members import members
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.readers.reader import Reader
from hyotei.readers.registry import registry
from hyotei.sheet import Sheet
from tests.readers.mutations import mutated
from tests.readers.samples import SAMPLES, containers

SECONDS = 20
"""What an input may take, on a busy machine."""
WEIGHTS = {"judgit": 3, "rs": 3, "evaluation-text": 2}
"""How much more of the time goes to formats that are quick to try than to the others."""
_MOST_FOUND = 20_000
_KEPT_EVERY = 500
"""After so many inputs the state is written, so that a killed run loses no more."""


class Wrong(Exception):
    """A reader did something that it must not do."""


def names() -> list[str]:
    """What is fuzzed: the readers of the registry, and the containers."""
    return [*registry().names, "containers"]


def made(name: str, seed: int) -> bytes:
    """The input of a seed."""
    drawn = random.Random(f"{name} {seed}")
    samples = containers() if name == "containers" else SAMPLES[name]()
    return mutated(drawn.choice(samples), drawn)


def tried(name: str, content: bytes, seconds: float = SECONDS) -> None:
    """Gives an input to its reader.

    Raises:
        Wrong: it hangs, or gives what cannot be shown or written.
        Exception: whatever a reader lets through.
    """
    document = InputFile("fuzz", "fuzz", lambda: io.BytesIO(content), explicit=True)
    try:
        with limited(seconds):
            if name != "containers":
                _read(registry().named(name), document)
                return
            for found in members(document):
                if isinstance(found, HyoteiError):
                    _shown(found.diagnostics)
                    continue
                try:
                    recognised = registry().recognise(found.sample())
                except HyoteiError as error:
                    _shown(error.diagnostics)
                    continue
                if recognised is not None:
                    _read(recognised.reader, found)
    except TimedOut:
        raise Wrong(f"no end within {seconds} seconds") from None


def _read(reader: Reader, document: InputFile) -> None:
    count = 0
    try:
        with document.open() as stream:
            sure = reader.sniff(Sample(document.name, stream.read(HEAD)))
        if not 0 <= sure <= 1:
            raise Wrong(f"{sure} is no sureness")
        for found in reader.read(document):
            count += 1
            _shown(found.problems)
            if found.sheet is None:
                if not found.problems:
                    raise Wrong("neither a sheet nor a problem")
                continue
            text = found.sheet.model_dump_json(by_alias=True)
            # A quarter of them is enough of what costs half of the time.
            if len(text) % 4 == 0 and Sheet.model_validate_json(text) != found.sheet:
                raise Wrong("the sheet does not read back")
            if count > _MOST_FOUND:
                raise Wrong("no end of sheets")
    except HyoteiError as error:
        _shown(error.diagnostics)


def _shown(problems: tuple[Diagnostic, ...]) -> None:
    """Every problem is a sentence of bounded length in both languages that can be written as UTF-8."""
    for problem in problems:
        for text in (problem.text("ja"), problem.text("en")):
            text.encode()
            if len(text) > 2_000:
                raise Wrong(f"a message of {len(text)} characters: {text[:100]}")


def _used() -> float:
    """Processor seconds of this process and of those it started, as the reader of PDFs does."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@dataclass
class Progress:
    """How far each format is: inputs tried, processor seconds, the slowest input, and what failed."""

    seed: int
    counts: dict[str, int] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)
    slowest: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    def keep(self, file: Path) -> None:
        """Writes it down, whole or not at all."""
        write_text(file, json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n")

    @classmethod
    def kept(cls, file: Path | None, seed: int) -> "Progress":
        """Where the run before stopped; the beginning where there was none, or it had another seed."""
        if file is None or not file.is_file():
            return cls(seed)
        found = cls(**json.loads(file.read_text(encoding="utf-8")))
        return found if found.seed == seed else cls(seed)


def fuzz(progress: Progress, name: str, keep: Path | None) -> None:
    """Tries the next input of a format."""
    # Each format goes through seeds of its own: how far it comes depends on the time, which inputs it meets does not.
    seed = progress.seed + progress.counts.get(name, 0)
    start = _used()
    content = made(name, seed)
    try:
        tried(name, content)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{name} seed {seed}: {type(error).__name__}: {str(error)[:200]} at {where.filename}:{where.lineno}"
        progress.failures.append(told)
        print(told, flush=True)  # noqa: T201
        if keep is not None:
            (keep / f"{name}-{seed}").write_bytes(content)
    took = _used() - start
    progress.counts[name] = progress.counts.get(name, 0) + 1
    progress.spent[name] = progress.spent.get(name, 0.0) + took
    progress.slowest[name] = max(progress.slowest.get(name, 0.0), took)


def main() -> int:
    """Tries so many inputs, each format for its share of the time; with a state, on from where the run before stopped."""
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=1000, help="inputs in all, those of the runs before included")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--only")
    options.add_argument("--keep", type=Path, help="folder for inputs that failed")
    options.add_argument("--state", type=Path, help="file that keeps how far the runs came")
    options.add_argument("--minutes", type=float, help="stop after that time")
    given = options.parse_args()
    chosen = [given.only] if given.only else names()
    progress = Progress.kept(given.state, given.seed)
    before = progress.count
    until = time.monotonic() + 60 * given.minutes if given.minutes is not None else None
    try:
        while progress.count < given.count and (until is None or time.monotonic() < until):
            name = min(chosen, key=lambda each: progress.spent.get(each, 0.0) / WEIGHTS.get(each, 1))
            fuzz(progress, name, given.keep)
            if given.state is not None and progress.count % _KEPT_EVERY == 0:
                progress.keep(given.state)
    except KeyboardInterrupt:
        print("interrupted")  # noqa: T201
    if given.state is not None:
        progress.keep(given.state)
    for name in chosen:
        count, spent = progress.counts.get(name, 0), progress.spent.get(name, 0.0)
        print(f"{name}: {count:,} inputs, {spent:.0f} s, slowest {progress.slowest.get(name, 0.0):.2f} s")  # noqa: T201
    if given.state is not None:
        print(f"{progress.count - before:,} inputs in this run, {progress.count:,} of {given.count:,} so far")  # noqa: T201
    print(f"{progress.count:,} inputs, {len(progress.failures)} failures")  # noqa: T201
    return 1 if progress.failures else 0


if __name__ == "__main__":
    sys.exit(main())
