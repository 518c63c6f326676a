"""Rulebooks that come out of the cache are those that were checked, whatever happens to the cache or to the documents."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.base import disk_cache
from hyotei.base.disk_cache import cached_text, fingerprint, keep_text
from hyotei.base.shipped_files import rules_folder
from hyotei.messages import HyoteiError
from hyotei.rulebook import load
from hyotei.rulebook.cached_rulebooks import read_head, read_rulebook
from hyotei.rulebook.library import Entry, library, load_rulebook
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.rulebook_json import as_json, of_json
from tests.examples import one_in
from tests.strategies import rulebooks

SHIPPED = rules_folder() / "mic-2013" / "rulebook.md"


def everything(book: Rulebook) -> str:
    """All that a rulebook holds; `==` leaves out what bears no meaning."""
    return as_json(book)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    place = tmp_path / "cache"
    monkeypatch.setenv("HYOTEI_CACHE", str(place))
    return place


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A rulebook of one's own."""
    file = tmp_path / "own" / "rulebook.md"
    file.parent.mkdir()
    file.write_bytes(SHIPPED.read_bytes())
    return file


def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The files that are parsed from now on."""
    files: list[str | None] = []

    def counting(text: str, file: str | None = None) -> Rulebook:
        files.append(file)
        return parse_rulebook(text, file)

    monkeypatch.setattr(load, "parse_rulebook", counting)
    return files


@settings(max_examples=one_in(4))
@given(rulebooks())
def test_what_comes_back_is_what_was_written(book: Rulebook) -> None:
    again = of_json(as_json(book))
    assert again == book
    assert everything(again) == everything(book)
    assert repr((again.decisions, again.laws, again.warnings)) == repr((book.decisions, book.laws, book.warnings))


@pytest.mark.parametrize("entry", library(), ids=lambda entry: entry.head.id)
def test_a_shipped_rulebook_is_checked_once(folder: Path, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    files = parsed(monkeypatch)
    first, second = entry.load(), entry.load()
    assert files == ["rulebook.md"]
    file = entry.folder / "rulebook.md"
    assert everything(first) == everything(second) == everything(parse_rulebook(file.read_text(), file.name))
    assert read_head(file) == read_head(file) == entry.head


def test_an_edited_document_is_another_one(folder: Path, document: Path) -> None:
    before = read_rulebook(document)
    stat = document.stat()
    document.write_text(document.read_text().replace("70%以上", "71%以上", 1))
    os.utime(document, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # as a tool may that keeps times
    after = read_rulebook(document)
    assert after.hash == parse_rulebook(document.read_text()).hash != before.hash


def test_the_name_of_the_file_is_part_of_what_is_told(folder: Path, document: Path) -> None:
    read_rulebook(document)
    other = document.with_name("other.md")
    other.write_bytes(document.read_bytes())
    assert read_rulebook(other).file == "other.md"


def test_errors_are_told_again_and_again(folder: Path, document: Path) -> None:
    document.write_text(document.read_text().replace("`attainment`", "`atainment`"))
    told = []
    for _ in range(2):
        with pytest.raises(HyoteiError) as error:
            read_rulebook(document)
        told.append(str(error.value))
    assert told[0] == told[1] != ""


def test_another_state_of_the_software_checks_anew(
    folder: Path, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_rulebook(document)
    files = parsed(monkeypatch)
    monkeypatch.setattr("hyotei.rulebook.cached_rulebooks.fingerprint", lambda *_: "another version")
    read_rulebook(document)
    read_rulebook(document)
    assert files == ["rulebook.md"]
    assert len(list(folder.iterdir())) == 2


def test_two_versions_differ_and_so_does_an_edited_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fingerprint itself, of a package with one module."""
    package = tmp_path / "hyotei" / "rulebook"
    package.mkdir(parents=True)
    (package / "one.py").write_text("x = 1\n")
    monkeypatch.setattr(disk_cache, "__file__", str(tmp_path / "hyotei" / "base" / "disk_cache.py"))
    of = fingerprint.__wrapped__
    first = of("rulebook")
    assert first == of("rulebook")
    monkeypatch.setattr("hyotei.version.__version__", "0.0.0")
    assert of("rulebook") != first
    monkeypatch.undo()
    monkeypatch.setattr(disk_cache, "__file__", str(tmp_path / "hyotei" / "base" / "disk_cache.py"))
    stat = (package / "one.py").stat()
    (package / "one.py").write_text("x = 2\n")
    os.utime(package / "one.py", ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert of("rulebook") != first
    assert of("nothing") is None


@settings(max_examples=one_in(2))
@given(data=st.data())
def test_a_damaged_file_is_never_believed(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("cache")
    place.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HYOTEI_CACHE", str(place))
        keep_text("key", '["あ", 1]')
        assert cached_text("key") == '["あ", 1]'
        content = (place / "key").read_bytes()
        at = data.draw(st.integers(0, len(content) - 1))
        damaged = data.draw(
            st.sampled_from(
                (
                    content[:at],
                    content[:at] + bytes([content[at] ^ data.draw(st.integers(1, 255))]) + content[at + 1 :],
                    content + b" ",
                    content[:at] + b"\xff" + content[at:],
                )
            )
        )
        (place / "key").write_bytes(damaged)
        assert cached_text("key") is None
        (place / "other").write_bytes(content)  # a file under the key of another
        assert cached_text("other") is None


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        "3",
        '["x"]',
        '[["Rulebook"]]',
        '[["eval","1"]]',
        '[["tuple",5]]',
        '[["decimal","x"]]',
        "[",
        '[["Head"]]',
    ],
)
def test_a_text_of_another_form_is_passed_over(
    folder: Path, document: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    book = read_rulebook(document)
    (file,) = folder.iterdir()
    keep_text(file.name, text)
    files = parsed(monkeypatch)
    assert read_rulebook(document) == book
    assert files == ["rulebook.md"]
    assert read_rulebook(document) == book
    assert files == ["rulebook.md"]


def test_it_can_be_turned_off(folder: Path, document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYOTEI_CACHE", "off")
    read_rulebook(document)
    assert disk_cache.cache_folder() is None
    assert not folder.exists()


@pytest.mark.parametrize("home", ["", "relative", "/nowhere/at/all", "/dev/null/home"])
def test_it_does_without_a_home(document: Path, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.delenv("HYOTEI_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nothing" if home == "/nowhere/at/all" else home)
    monkeypatch.setenv("HOME", home)
    assert read_rulebook(document).id == "mic-2013"


def test_a_folder_where_others_can_write_is_not_trusted(
    folder: Path, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_rulebook(document)
    files = parsed(monkeypatch)
    for mode, count in ((0o777, 1), (0o720, 2), (0o700, 2)):
        folder.chmod(mode)
        read_rulebook(document)
        assert len(files) == count


def test_a_folder_that_cannot_be_written_changes_nothing(folder: Path, document: Path) -> None:
    """Root may write everywhere, so the folder is a file here, and its parent one in the second case."""
    folder.write_text("no folder")
    assert read_rulebook(document).id == "mic-2013"
    folder.unlink()
    folder.mkdir(mode=0o500)
    assert read_rulebook(document).id == "mic-2013"


def test_the_oldest_make_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_cache, "_MOST", 3)
    for number in range(6):
        keep_text(f"key{number}", "text")
        os.utime(folder / f"key{number}", (number, number))
    assert sorted(each.name for each in folder.iterdir()) == ["key3", "key4", "key5"]


def test_processes_at_once_agree(folder: Path, document: Path) -> None:
    """Both begin with an empty cache, and write it and read it at the same time."""
    code = (
        "import sys; from pathlib import Path; from hyotei.rulebook.cached_rulebooks import read_rulebook\n"
        "file = Path(sys.argv[1]); found = set()\n"
        "for turn in range(4):\n"
        "    found.add(read_rulebook(file).hash)\n"
        "    [each.unlink(missing_ok=True) for each in Path(sys.argv[2]).iterdir() if turn % 2 == 0 and each.name[0] != '.']\n"
        "print(*found)\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(document), str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=120) for process in running]
    assert [(out.strip(), err) for out, err in told] == [(load_rulebook(document).hash, "")] * 2
    assert not [each for each in folder.iterdir() if each.name.startswith(".")], "no draft is left"
