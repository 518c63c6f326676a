"""Whatever goes wrong: one clear message, nothing lost, and the next build completes."""

import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import hyotei
from hyotei.corpus.build import build
from hyotei.corpus.check_corpus import check_corpus
from hyotei.corpus.generations import locked
from hyotei.messages import HyoteiError
from tests.cli.command import Done, inside
from tests.cli.command import hyotei as command
from tests.corpus.sources import sheet, write


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A corpus of one file."""
    build([write(tmp_path / "a.ndjson", [sheet("a"), sheet("b", 6)])], tmp_path / "c")
    return tmp_path / "c"


def generation(place: Path) -> Path:
    return (place / "current").resolve()


def drop_file(place: Path) -> None:
    (generation(place) / "measures" / "part-000001.parquet").unlink()


def cut_file(place: Path) -> None:
    file = generation(place) / "measures" / "part-000001.parquet"
    file.write_bytes(file.read_bytes()[:-100])


def flip_bit(place: Path) -> None:
    file = generation(place) / "measures" / "part-000001.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)


def drop_generation(place: Path) -> None:
    for file in sorted(generation(place).rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()


def edit_manifest(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    def edit(place: Path) -> None:
        data = json.loads((place / "corpus.json").read_text())
        change(data)
        (place / "corpus.json").write_text(json.dumps(data))

    return edit


def cut_manifest(place: Path) -> None:
    file = place / "corpus.json"
    file.write_text(file.read_text()[:300])


def drop_manifest(place: Path) -> None:
    (place / "corpus.json").unlink()


FAULTS = [
    (drop_file, "HY959"),
    (cut_file, "HY966"),
    (flip_bit, "HY966"),
    (drop_generation, "HY959"),
    (cut_manifest, "HY959"),
    (drop_manifest, "HY956"),
    (edit_manifest(lambda data: data.update(schema="hyotei.corpus/9")), "HY958"),
    (edit_manifest(lambda data: data.update(hash="0" * 64)), "HY966"),
    (edit_manifest(lambda data: data.update(parts=[{"name": "../x", "files": {}}])), "HY959"),
    (edit_manifest(lambda data: data.pop("sources")), "HY959"),
]


@pytest.mark.parametrize(("fault", "code"), FAULTS)
def test_a_damaged_corpus_is_told_and_built_again(
    place: Path, tmp_path: Path, fault: Callable[[Path], None], code: str
) -> None:
    """By `check`, by reading where it matters, and never by a traceback; to build again is the way out."""
    fault(place)
    done = inside("corpus", "check", place)
    assert done.code == 2
    assert code in done.err
    assert "HY718" not in done.err
    for arguments in (("info", place), ("show", place, "a"), ("build", tmp_path / "a.ndjson", "--append", "-o", place)):
        assert "HY718" not in inside("corpus", *arguments).err
    assert inside("corpus", "build", tmp_path / "a.ndjson", "-o", place).code == 0
    assert inside("corpus", "check", place).code == 0


def edited(place: Path) -> None:
    """A sound Parquet file in the place of another: one title is another one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = generation(place) / "sheets" / "part-000001.parquet"
    table = pq.read_table(file, partitioning=None)
    titles = pa.array(["別の題名", *table["title"].to_pylist()[1:]], pa.string())
    pq.write_table(table.set_column(table.schema.get_field_index("title"), table.schema.field("title"), titles), file)


USES: list[Callable[[hyotei.Corpus], object]] = [
    lambda corpus: list(corpus.sheets()),
    lambda corpus: list(corpus.keys()),
    lambda corpus: corpus.sheet("a"),
    lambda corpus: corpus.near("a"),
    lambda corpus: corpus.arrow("sheets"),
    lambda corpus: corpus.paths("sheets"),
    lambda corpus: list(hyotei.audit(corpus)),
]


@pytest.mark.parametrize("fault", [cut_file, flip_bit, edited])
@pytest.mark.parametrize("use", range(len(USES)))
def test_what_is_not_as_it_was_written_is_not_used(place: Path, fault: Callable[[Path], None], use: int) -> None:
    """Whatever reads a table holds its file to the hash of the manifest first."""
    fault(place)
    with hyotei.Corpus.open(place) as corpus:
        # Two of the faults are in a table that not every use reads.
        used: list[Callable[[], object]] = [partial(USES[use], corpus), partial(corpus.verify, ("measures",))]
        with pytest.raises(HyoteiError) as raised:
            [each() for each in used]
    assert raised.value.diagnostics[0].code == "HY966"


def test_an_edited_file_is_told_by_every_command(place: Path, tmp_path: Path) -> None:
    """Rating, audits and appending stop with one sentence."""
    edited(place)
    for arguments in (
        ("audit", place),
        ("audit", place, "-o", tmp_path / "report"),
        ("corpus", "show", place, "a"),
        ("rate", place, "--rulebook", "mic-2013", "-o", tmp_path / "verdicts.parquet"),
        ("corpus", "build", write(tmp_path / "in" / "b.ndjson", [sheet("b")]), "--append", "-o", place),
    ):
        done = inside(*arguments)
        assert (done.code, done.err.count("HY966")) == (2, 1), (arguments, done.err)


def test_two_builders_do_not_meet(place: Path, tmp_path: Path) -> None:
    with locked(place):
        assert "HY961" in inside("corpus", "build", tmp_path / "a.ndjson", "-o", place).err
    assert inside("corpus", "build", tmp_path / "a.ndjson", "-o", place).code == 0


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    source = write(tmp_path / "in" / "a.ndjson", [sheet("a")])
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("years of work")
    assert "HY960" in inside("corpus", "build", source, "-o", tmp_path / "other").err
    assert [each.name for each in (tmp_path / "other").iterdir()] == ["thesis.txt"]
    assert "HY962" in inside("corpus", "build", source, "-o", source).err


def test_a_full_disk_leaves_the_corpus(place: Path, tmp_path: Path) -> None:
    """No file may grow beyond a few kilobytes, as on a disk that is full: a message, the old corpus, nothing left behind."""
    before = (place / "corpus.json").read_bytes()
    more = write(tmp_path / "more.ndjson", [sheet(f"m{number}", number) for number in range(300)])
    done = bounded("corpus", "build", more, "-o", place, "--append", size=8_000)
    assert done.code == 2
    assert "HY962" in done.err
    assert (place / "corpus.json").read_bytes() == before
    assert len(list(place.glob("g-*"))) == 1
    assert inside("corpus", "build", more, "-o", place, "--append").code == 0
    assert inside("corpus", "check", place).code == 0


def bounded(*arguments: object, size: int) -> Done:
    """The command with a bound on the size of files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))  # what is started has it as well
    try:
        return command(*arguments)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(place: Path, tmp_path: Path) -> None:
    place.chmod(0o555)
    try:
        assert "HY962" in inside("corpus", "build", tmp_path / "a.ndjson", "-o", place).err
        assert inside("corpus", "check", place).code == 0
    finally:
        place.chmod(0o755)


def test_an_open_corpus_stays_while_another_is_built(place: Path, tmp_path: Path) -> None:
    """Its files go when nobody reads them any more."""
    with hyotei.Corpus.open(place) as corpus:
        build([write(tmp_path / "b.ndjson", [sheet("new")])], place)
        assert set(dict(corpus.sheets())) == {"a", "b"}
        assert len(list(place.glob("g-*"))) == 2
    build([tmp_path / "b.ndjson"], place)
    assert len(list(place.glob("g-*"))) == 1
    with hyotei.Corpus.open(place) as corpus:
        assert list(corpus.keys()) == ["new"]


# Builders that are killed. The process that forks them has everything imported, so that only the build itself takes time.
KILLS = int(os.environ.get("HYOTEI_KILLS", "100"))
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["hyotei.corpus.build", "hyotei.readers.ndjson_reader", "pyarrow.parquet"])


ON_DISK = ("mkdir", "fsync", "replace", "rename", "symlink", "link", "unlink", "rmdir")


def killed_at_call(source: str, place: str, append: bool, number: int, told: str | None = None) -> None:
    """Builds, and dies without a word at the n-th call that changes the disk; the calls are written to a file if one is told."""
    calls: list[str] = []

    def deadly(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            calls.append(f"{name} {arguments[-1]}")
            if len(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return call

    for name in ON_DISK:
        setattr(os, name, deadly(name, getattr(os, name)))
    build([source], place, append=append)
    if told is not None:
        Path(told).write_text("\n".join(calls), encoding="utf-8")


def alive(place: Path) -> tuple[str, ...]:
    """The keys of the corpus, which is whole."""
    with hyotei.Corpus.open(place) as corpus:
        assert list(check_corpus(corpus)) == []
        return tuple(corpus.keys())


def run_killed(target: Callable[..., object], *arguments: object, after: float | None = None) -> int | None:
    process = _FORKS.Process(target=target, args=arguments)
    process.start()
    if after is not None:
        time.sleep(after)
        process.kill()
    process.join()
    return process.exitcode


def test_killed_at_the_switch(place: Path, tmp_path: Path) -> None:
    """Up to the call that puts the new manifest in its place the corpus is the old one, from then on the new one, always whole."""
    more, told, copy = write(tmp_path / "more.ndjson", [sheet("new")]), tmp_path / "calls.txt", tmp_path / "copy"

    def built(kill_at: int) -> tuple[str, ...]:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(place, copy, symlinks=True)
        exit_code = run_killed(killed_at_call, str(more), str(copy), True, kill_at, str(told))
        assert exit_code == (-signal.SIGKILL if kill_at else 0)
        return alive(copy)

    old, new = alive(place), built(0)
    calls = told.read_text(encoding="utf-8").splitlines()
    (switch,) = (number for number, call in enumerate(calls, 1) if call == f"replace {copy / 'corpus.json'}")
    for number in range(switch - 1, switch + 3):
        assert built(number) == (old if number <= switch else new), calls[number - 1]
        build([more.with_name("a.ndjson")], copy)
        assert len(list(copy.glob("g-*"))) == 1, calls[number - 1]


@pytest.mark.slow
@pytest.mark.parametrize("append", [True, False])
def test_killed_at_every_call(place: Path, tmp_path: Path, append: bool) -> None:
    """At each single call that changes the disk."""
    more = write(tmp_path / "more.ndjson", [sheet("new")])
    _every_call(place, more, range(1, 400, 2 if append else 3), append)


def _every_call(place: Path, more: Path, numbers: range, append: bool = True) -> None:
    old = alive(place)
    new = ("a", "b", "new") if append else ("new",)
    seen = set()
    for number in numbers:
        exit_code = run_killed(killed_at_call, str(more), str(place), append, number)
        now = alive(place)
        assert now in (old, new)
        seen.add(now)
        if exit_code == 0:
            assert now == new
            break
        if now == new:
            build([more.with_name("a.ndjson")], place)
            assert len(list(place.glob("g-*"))) == 1
    assert seen == {old, new}


@pytest.mark.slow
def test_a_hundred_kills_at_any_moment(place: Path, tmp_path: Path) -> None:
    """Old or new after each; the builder that is let live completes."""
    generator = random.Random(int.from_bytes(os.urandom(4), "big"))
    source = tmp_path / "more.ndjson"
    sizes = 40
    states = {alive(place)}
    write(source, [sheet(f"n{number}", number) for number in range(sizes)])
    started = time.perf_counter()
    run_killed(build, [str(source)], str(place))
    whole = time.perf_counter() - started
    states.add(alive(place))
    for number in range(KILLS):
        write(source, [sheet(f"n{number}-{each}", each) for each in range(sizes)])
        run_killed(build, [str(source)], str(place), after=generator.uniform(0, 1.2 * whole))
        now = alive(place) if number % 5 == 0 else tuple(hyotei.Corpus.open(place).keys())
        assert now in states or set(now) == {f"n{number}-{each}" for each in range(sizes)}
        states = {now}
    assert build([source], place).sheets == sizes
    assert len(list(place.glob("g-*"))) == 1
