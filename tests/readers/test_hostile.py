"""Files that are no files, that change, that unfold without end, that nobody may open: a message each, and the others are read."""

import gzip
import io
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import hyotei
from hyotei.intake.input_file import InputFile, Sample
from hyotei.intake.time_limit import limited
from hyotei.readers.reader import Found
from hyotei.readers.registry import registry
from hyotei.sheet import Sheet
from tests.cli.command import hyotei as command
from tests.readers.judgit_records import record

YAML = "id: x\ntitle: 題\nauthority: 総務省\nfiscal_year: 2012年度\n"
GOOD = "zz-good.yaml"
MANY = int(os.environ.get("HYOTEI_FUZZ", "100000"))
BLANK = (b" " * 1023 + b"\n") * 1024


def read(*paths: Path, **options: float) -> tuple[list[str], list[str]]:
    """The sheets and the codes of what is told."""
    found = list(hyotei.read_sheets(paths, **options))  # type: ignore[arg-type]  # `timeout` is the only option given
    return (
        [each.sheet.id for each in found if each.sheet is not None],
        [problem.code for each in found for problem in each.problems],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good sheet, which is the last to be read and must always be."""
    (tmp_path / GOOD).write_text(YAML, encoding="utf-8")
    return tmp_path


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


# -- what lies in a folder


def test_pipes_sockets_and_links_in_a_folder_are_left(folder: Path) -> None:
    """None of them is opened; each is a note."""
    os.mkfifo(folder / "a-pipe")
    (folder / "b-nowhere").symlink_to(folder / "none")
    (folder / "c-circle").symlink_to(folder / "c-circle")
    (folder / "d-up").symlink_to(folder, target_is_directory=True)
    server = socket.socket(socket.AF_UNIX)
    before = Path.cwd()
    try:
        os.chdir(folder)  # the name of a socket must be short
        server.bind("e-socket")
    finally:
        os.chdir(before)
        server.close()
    assert read(folder) == (["x"], ["HY878"] * 5)


def test_a_link_to_a_file_is_that_file(folder: Path) -> None:
    """Links to files are followed; that its sheet comes twice is told."""
    (folder / "a").symlink_to(folder / GOOD)
    (first, second), codes = read(folder)
    assert (first, second.startswith("x#"), codes) == ("x", True, ["HY823"])


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/stdin"])
def test_devices_are_not_read(folder: Path, device: str) -> None:
    """They are told at once, not read for ever."""
    if not Path(device).exists() or Path(device).is_file():
        pytest.skip(f"{device} is no device here")
    assert read(Path(device), folder) == (["x"], ["HY877"])


def test_a_pipe_that_is_named_does_not_hang(folder: Path) -> None:
    """A pipe that nobody writes to would wait for ever."""
    os.mkfifo(folder / "pipe")
    assert read(folder / "pipe", folder / GOOD) == (["x"], ["HY877"])


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_forbidden_files_and_folders_are_told(folder: Path) -> None:
    """The rest is read."""
    (folder / "a").mkdir(mode=0)
    (folder / "b").write_text(YAML, encoding="utf-8")
    (folder / "b").chmod(0)
    assert read(folder) == (["x"], ["HY103", "HY103"])


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000, "a\0b", "不" * 200])
def test_impossible_names_are_told(folder: Path, name: str) -> None:
    """Too long, or with a character that no name has; the message stays short."""
    (problem,) = [each for found in hyotei.read_sheets([name, folder / GOOD]) for each in found.problems]
    assert problem.code in ("HY101", "HY103")
    assert len(problem.text("ja")) < 900


def test_names_cannot_write_on_the_terminal(folder: Path) -> None:
    """Escapes, line ends and turned directions are shown as what they are, and so are bytes that are no characters."""
    for name in (b"a\x1b[31m", b"b\nc", "d\u202egpj".encode(), b"e\xff", "総務省の評価書".encode("cp932")):
        (folder / os.fsdecode(name)).write_text(YAML.replace("title: 題", "title: [1]"), encoding="utf-8")
    names = [problem.location.file for found in hyotei.read_sheets(folder) for problem in found.problems]
    assert sorted(filter(None, names)) == [
        "a\\x1b[31m",
        "b↵c",
        "d\\u202egpj",
        "e\\xff",
        "総務省の評価書",
    ]


def test_a_folder_of_very_many_levels(folder: Path) -> None:
    """Depth costs no recursion, and ends where paths become too long."""
    before = Path.cwd()
    levels = 0
    try:
        os.chdir(folder)
        for levels in range(1, 1201):  # noqa: B007  # also counts what is to be removed
            os.mkdir("d")  # noqa: PTH102  # the whole path would be too long
            os.chdir("d")
        Path("deep.yaml").write_text(YAML.replace("id: x", "id: deep"), encoding="utf-8")
        ids, codes = read(folder)
        assert ids == ["x", "deep"]
        assert codes == []
    finally:
        # What removes temporary folders goes down by recursion.
        Path("deep.yaml").unlink(missing_ok=True)
        for _ in range(levels):
            os.chdir("..")
            os.rmdir("d")  # noqa: PTH106
        os.chdir(before)


def test_a_sparse_file_of_ten_gigabytes(folder: Path) -> None:
    """It is not slurped: within 1.5 GB of memory and at once."""
    with (folder / "a-sparse").open("wb") as file:
        file.truncate(10 * 1024**3)
    with (folder / "b-sparse.json").open("wb") as file:
        file.write(record()[:-1].encode())
        file.truncate(10 * 1024**3)
    with (folder / "c-sparse.yaml").open("wb") as file:
        file.write(YAML.encode())
        file.truncate(10 * 1024**3)
    done = command("read", folder, "--lang", "en", seconds=60)
    assert done.code == 2
    assert "read 1," in done.err
    assert done.err.count("HY") == 3, done.err


@pytest.mark.slow
def test_a_hundred_thousand_small_files(tmp_path: Path) -> None:
    """They are read one by one; what is none of ours is told."""
    for group in range(MANY // 1000):
        (tmp_path / str(group)).mkdir()
        for number in range(1000):
            content = YAML.replace("id: x", f"id: {group}") if number == 0 else "ただの文章\n"
            (tmp_path / str(group) / f"{number}.txt").write_text(content, encoding="utf-8")
    try:
        done = command("read", tmp_path, "--lang", "en", seconds=240)
    finally:
        shutil.rmtree(tmp_path)  # temporary folders are kept for some runs, and these files would be many
    assert done.code == 0
    assert done.err.endswith(
        f"read {MANY // 1000}, of these with warnings 0, with notes 0, failed 0, left out {MANY - MANY // 1000:,}\n"
    )


def test_a_file_that_changes_while_it_is_read(folder: Path) -> None:
    """What was read is given, with a warning that it may be mixed."""
    file = folder / "data"
    file.write_text("\n".join(record(number=str(n)) for n in range(4000)), encoding="utf-8")
    codes: list[str] = []
    for position, found in enumerate(hyotei.read_sheets(file)):
        if position == 10:
            with file.open("a", encoding="utf-8") as more:
                more.write("\n" + record(number="9999"))
        codes += [problem.code for problem in found.problems]
    assert codes == ["HY883"]


# -- zips


def test_entries_that_share_bytes_are_refused(folder: Path) -> None:
    """The quine-like bomb whose entries overlap is not opened at all."""
    content = zipped(("a.json", record().encode()), ("b.json", record().encode()))
    directory = content.index(b"PK\1\2")
    second = content.index(b"PK\1\2", directory + 4)
    # The second entry points at the bytes of the first.
    bomb = content[: second + 42] + struct.pack("<I", 0) + content[second + 46 :]
    (folder / "a.zip").write_bytes(bomb)
    assert read(folder) == (["x"], ["HY880"])


def test_zips_in_zips_are_opened_to_a_depth(folder: Path) -> None:
    """Three deep is read; a matryoshka of ten is told once."""
    inner = zipped(("a.json", record().encode()))
    (folder / "a.zip").write_bytes(zipped(("b.zip", zipped(("c.zip", inner)))))
    assert read(folder) == (["2018/総務省/0001", "x"], [])
    for _ in range(10):
        inner = zipped(("a.zip", inner))
    (folder / "a.zip").write_bytes(inner)
    assert read(folder) == (["x"], ["HY879"])


@pytest.mark.parametrize("size", [0, 10, 2**31])
def test_sizes_that_lie(folder: Path, size: int) -> None:
    """Whatever the directory says of the sizes, there is a message or the sheet, and never more than there is."""
    content = zipped(("a.json", record().encode()))
    at = content.index(b"PK\1\2")
    lying = content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]
    (folder / "a.zip").write_bytes(lying)
    ids, codes = read(folder)
    assert ids[-1] == "x"
    assert codes == ["HY801"] or ids[:-1] == ["2018/総務省/0001"]


def test_a_flat_bomb_of_blank_lines(folder: Path) -> None:
    """A gigabyte of line ends in a megabyte stops where the proportion is beyond all data."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.json", "w") as file:
        file.write(record().encode() + b"\n")
        for _ in range(100):
            file.write(BLANK)
    (folder / "a.zip").write_bytes(out.getvalue())
    ids, codes = read(folder)
    assert (ids, codes) == (["2018/総務省/0001", "x"], ["HY804"])


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_bombs_of_other_kinds(folder: Path, kind: str) -> None:
    """The same for gz and zst."""
    start = record().encode() + b"\n"
    if kind == "gz":
        with gzip.open(folder / "a.gz", "wb") as file:
            file.write(start)
            for _ in range(100):
                file.write(BLANK)
    else:
        zstandard = pytest.importorskip("zstandard")
        (folder / "a.zst").write_bytes(zstandard.compress(start + BLANK * 100))
    assert read(folder) == (["2018/総務省/0001", "x"], ["HY876"])


@pytest.mark.parametrize("kind", ["gz", "zst", "zip"])
def test_truncated_containers(folder: Path, kind: str) -> None:
    """What comes before the break is read where there is anything; the break is told."""
    lines = "\n".join(record(number=f"{n:04}", more=f', "url": "{n * 7919**9}"') for n in range(3000)).encode()
    if kind == "gz":
        whole = gzip.compress(lines)
    elif kind == "zst":
        whole = pytest.importorskip("zstandard").compress(lines)
    else:
        whole = zipped(("a.json", lines))
    (folder / f"a.{kind}").write_bytes(whole[: len(whole) * 2 // 3])
    ids, codes = read(folder)
    assert codes == ["HY801"]
    assert ids[-1] == "x"
    assert kind == "zip" or len(ids) > 500


def test_encrypted_links_and_unknown_methods(folder: Path) -> None:
    """Each entry is told as what it is; the good one is read."""
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    content = zipped(
        ("secret.json", b"{}"), ("odd.json", b"{}"), (link, b"/etc/passwd"), ("good.json", record().encode())
    )
    directory = content.index(b"PK\1\2")
    odd = content.index(b"PK\1\2", directory + 4)
    changed = bytearray(content)
    changed[directory + 8] |= 1
    changed[odd + 10 : odd + 12] = struct.pack("<H", 9)
    (folder / "a.zip").write_bytes(bytes(changed))
    assert read(folder) == (["2018/総務省/0001", "x"], ["HY881", "HY882", "HY878"])


def test_names_in_zips(folder: Path) -> None:
    """Shift_JIS without the flag is read as such, names that lead elsewhere are labels, controls are escaped."""
    names = {"総務省の評価書.json": "cp932", "表計算ソ.json": "cp932", "評価の結果.json": "utf-8"}
    members: list[tuple[str | zipfile.ZipInfo, bytes]] = [
        ("/etc/x.json", b"{1"),
        ("..\\..\\y.json", b"{1"),
        ("z\x1b.json", b"{1"),
    ]
    marks = {
        chr(ord("m") + at) * len(name.encode(codec)): name.encode(codec)
        for at, (name, codec) in enumerate(names.items())
    }
    content = zipped(*members, *((mark, b"{1") for mark in marks))
    for mark, raw in marks.items():
        content = content.replace(mark.encode(), raw)
    (folder / "a.zip").write_bytes(content)
    told = [
        problem.location.file
        for found in hyotei.read_sheets(folder, as_="judgit")
        for problem in found.problems
        if problem.location.file != GOOD
    ]
    assert told == ["x.json", "y.json", "z\\x1b.json", *names]


# -- time


class Slow:
    """A reader that hangs: in a regular expression, in Python, or while it reads."""

    name = "slow"

    def sniff(self, sample: Sample) -> float:
        return 1.0 if sample.head.startswith(b"#slow") else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
        import re

        yield Found(Sheet(id="first", title="題", authority="市", fiscal_year=2020))
        content = document.content()
        if b"regex" in content:
            re.fullmatch("(a*)*b", "a" * 40)
        elif b"loop" in content:
            while True:
                try:
                    time.sleep(0.01)
                except Exception:  # what a library may do
                    continue
        else:
            while True:
                document.content()


@pytest.fixture
def slow() -> Iterator[None]:
    """The registry with the slow reader."""
    registry().readers["slow"] = Slow()
    yield
    del registry().readers["slow"]


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("how", ["regex", "loop", "reading"])
def test_what_hangs_is_given_up(folder: Path, how: str) -> None:
    """After the limit, with what it gave before; the other files are read."""
    (folder / "a").write_text(f"#slow {how}\n", encoding="utf-8")
    assert read(folder, timeout=0.3) == (["first", "x"], ["HY875"])


@pytest.mark.usefixtures("slow")
def test_reading_is_limited_in_a_thread_too(folder: Path) -> None:
    """Where no alarm rings, the next part that is read notices."""
    (folder / "a").write_text("#slow reading\n", encoding="utf-8")
    found: list[tuple[list[str], list[str]]] = []
    thread = threading.Thread(target=lambda: found.append(read(folder, timeout=0.3)))
    thread.start()
    thread.join(60)
    assert found == [(["first", "x"], ["HY875"])]


def test_the_alarm_of_the_process_is_put_back() -> None:
    """What another part of the process had set is there again."""
    import signal

    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        with limited(10):
            assert signal.getsignal(signal.SIGALRM) is not signal.SIG_IGN
        assert signal.getsignal(signal.SIGALRM) is signal.SIG_IGN
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    finally:
        signal.signal(signal.SIGALRM, before)


class Faulty:
    """A reader of ours, as its module says, with a fault."""

    name = "faulty"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def sniff(self, sample: Sample) -> float:
        return 1.0 if sample.head.startswith(b"#faulty") else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
        yield Found(Sheet(id="first", title="題", authority="市", fiscal_year=2020))
        raise self.error


@pytest.mark.parametrize(
    ("error", "code"), [(MemoryError(), "HY884"), (RecursionError(), "HY884"), (KeyError("k"), "HY885")]
)
def test_a_fault_costs_its_own_file_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    """Even one of Hyotei's own."""
    monkeypatch.setattr(Faulty, "__module__", "hyotei.readers.faulty")
    monkeypatch.delenv("HYOTEI_DEBUG", raising=False)
    monkeypatch.setitem(registry().readers, "faulty", Faulty(error))
    (folder / "a").write_text("#faulty\n", encoding="utf-8")
    assert read(folder) == (["first", "x"], [code])


# -- the command


def test_ctrl_c_leaves_what_was_read(tmp_path: Path) -> None:
    """A real interrupt: the output is whole, the counts are told, the exit code says so, and no draft is left."""
    import json
    import signal

    out = tmp_path / "out" / "sheets.json"
    out.parent.mkdir()
    data = tmp_path / "data"
    data.write_text("\n".join(record(number=str(n)) for n in range(100_000)), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "hyotei.cli", "read", str(data), "-o", str(out), "--lang", "en"],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(hyotei.__file__).parents[1])},
    )
    try:
        until = time.monotonic() + 60
        # What is read goes into a draft beside the output until the end.
        while sum(draft.stat().st_size for draft in out.parent.iterdir()) < 10_000 and time.monotonic() < until:
            time.sleep(0.05)
        assert not out.exists()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130, told.decode()
    assert b"interrupted: read " in told
    assert b"Traceback" not in told
    assert list(out.parent.iterdir()) == [out]
    sheets = json.loads(out.read_text(encoding="utf-8"))["sheets"]
    assert 1 < len(sheets) < 100_000


def test_the_summary_counts_every_file(folder: Path) -> None:
    """One good, one with a warning, one failed, one left out."""
    (folder / "a.txt").write_text("ただの文章です。\n", encoding="utf-8")
    (folder / "b.yaml").write_text(
        f"{YAML.replace('id: x', 'id: y')}measures: [{{target: 1.2倍増}}]\n", encoding="utf-8"
    )
    (folder / "c.zip").write_bytes(b"PK\x03\x04 no zip")
    done = command("read", folder, "--lang", "en")
    assert done.code == 2
    assert done.err.endswith("read 2, of these with warnings 1, with notes 0, failed 1, left out 1\n")
