"""Whatever a document holds, its reader gives sheets and messages: no traceback, no hang, no memory without end.

Every input comes from a name and a seed; `python -m tests.readers.fuzzing --only NAME --seed SEED --count 1` makes one again.
What the fuzzer found stands below as tests of its own.
"""

import json
import os
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.intake.input_file import InputFile
from hyotei.readers.registry import registry
from tests.conftest import ROOT, SEARCHING
from tests.readers.fuzzing import made, names, tried
from tests.readers.judgit_records import record
from tests.readers.mutations import mutated
from tests.readers.samples import SAMPLES

MEMORY = 1_500 * 1024 * 1024
MANY = int(os.environ.get("HYOTEI_FUZZ", "100000"))


def test_every_reader_has_samples() -> None:
    """One without would not be tried at all; and its samples are what it reads."""
    for reader in registry():
        assert reader.name in SAMPLES, f"add samples of {reader.name} to tests/readers/samples.py"
        for sample in SAMPLES[reader.name]():
            tried(reader.name, sample)


@settings(max_examples=120)
@given(st.sampled_from(names()), st.integers(0, 2**48))
def test_damaged_documents_are_read_or_told(name: str, seed: int) -> None:
    """A few hundred of them each time."""
    tried(name, made(name, seed))


@given(st.sampled_from(names()), st.binary(max_size=400))
def test_any_bytes_are_read_or_told(name: str, content: bytes) -> None:
    """Bytes that never were a document."""
    tried(name, content)


@given(st.integers(0, 2**48))
def test_a_seed_makes_the_same_input(seed: int) -> None:
    """Otherwise a failure could not be seen again."""
    sample = record().encode()
    assert mutated(sample, random.Random(seed)) == mutated(sample, random.Random(seed))


@pytest.mark.slow
def test_a_hundred_thousand_damaged_documents(tmp_path: Path) -> None:
    """In a process of 1.5 GB at most; with new seeds where new examples are looked for."""
    seed = random.SystemRandom().randrange(2**40) if SEARCHING else 0
    given = ["--count", str(MANY), "--seed", str(seed), "--keep", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.readers.fuzzing", *given],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'engine'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1200,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert f"{MANY:,} inputs, 0 failures" in done.stdout


def test_a_run_goes_on_where_the_one_before_stopped(tmp_path: Path) -> None:
    """Two runs with a state try what one run tries: each format the seeds that follow, none twice."""
    state = tmp_path / "state.json"

    def run(count: int) -> str:
        given = ["--count", str(count), "--only", "ndjson", "--state", str(state)]
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.readers.fuzzing", *given],
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'engine'}:{ROOT}"},
            cwd=ROOT, capture_output=True, text=True, timeout=300, check=True,
        )  # fmt: skip
        return done.stdout

    assert "20 inputs in this run, 20 of 20 so far" in run(20)
    assert "15 inputs in this run, 35 of 35 so far" in run(35)
    assert "0 inputs in this run, 35 of 35 so far" in run(35)
    assert json.loads(state.read_text(encoding="utf-8"))["counts"] == {"ndjson": 35}


# What the fuzzer found


@pytest.mark.parametrize("half", ["\\ud800", "\\uDFFF", "\\ud83d\\ud83d", "\\udc00\\ud83d\\ude00"])
def test_half_a_character_in_a_record(half: str) -> None:
    """It became a sheet that could not be written; now it is replaced, and said."""
    content = record(more=f', "url": "a{half}b"').encode()
    tried("judgit", content)
    found = registry().named("judgit").read(_document(content))
    (only,) = list(found)
    assert [problem.code for problem in only.problems] == ["HY128"]
    assert only.sheet is not None
    assert "\ufffd" in (only.sheet.outline.url or "")


def test_a_whole_character_in_a_record_stays() -> None:
    r"""A pair of surrogates is one character, and an escaped backslash before ud800 is none."""
    (found,) = registry().named("judgit").read(_document(record(more=r', "url": "\ud83d\ude00\\ud800"').encode()))
    assert found.problems == ()
    assert found.sheet is not None
    assert found.sheet.outline.url == "\U0001f600\\ud800"


@pytest.mark.parametrize("name", ["ndjson", "sheet"])
def test_a_key_of_thousands_of_characters(name: str) -> None:
    """Its message was as long as the key."""
    sample = SAMPLES["ndjson"]()[1]
    tried(name, sample.replace(b'"fiscal_year"', b'"fiscal_year' + b"A" * 5000 + b'"', 1))


def _document(content: bytes) -> InputFile:
    import io

    return InputFile("fuzz", "fuzz", lambda: io.BytesIO(content))
