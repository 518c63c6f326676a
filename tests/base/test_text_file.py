"""Reading files as text: one clear sentence for each way it fails."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.encodings import BROKEN
from hyotei.base.text_file import LARGEST, decoded, read_text
from hyotei.messages import HyoteiError


def problem(path: Path) -> tuple[str, str]:
    """The one code that reading the file gives, and its sentence."""
    with pytest.raises(HyoteiError) as caught:
        read_text(path)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.text("en")
    return diagnostic.code, diagnostic.text("ja")


def written(folder: Path, content: bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(content)
    return path


def test_text_is_read_with_or_without_a_mark(tmp_path: Path) -> None:
    """A byte order mark is no part of the text, and line ends stay."""
    assert read_text(written(tmp_path, b"\xef\xbb\xbfa: 1\r\n")) == "a: 1\r\n"
    assert read_text(written(tmp_path, "評価".encode())) == "評価"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The path stands in the sentence."""
    code, text = problem(tmp_path / "none.yaml")
    assert code == "HY101"
    assert "none.yaml" in text


def test_a_folder_is_told(tmp_path: Path) -> None:
    """A folder is no file."""
    assert problem(tmp_path)[0] == "HY102"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_forbidden_file_is_told(tmp_path: Path) -> None:
    """Missing rights are told as such."""
    path = written(tmp_path, b"a: 1")
    path.chmod(0)
    assert problem(path)[0] == "HY103"


def test_an_impossible_path_is_told() -> None:
    """A NUL or an endless name in a path is no crash."""
    assert problem(Path("a\0b"))[0] == "HY103"
    assert problem(Path("a" * 5000))[0] == "HY103"


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    """Nothing, or only spaces."""
    assert problem(written(tmp_path, content))[0] == "HY104"


@pytest.mark.parametrize(
    "content", [b"a\0b", bytes(range(256)), b"\x89PNG\r\n\x1a\n\0", b"\xff\xfe\xfd\xfc\xfb\x80\x81"]
)
def test_a_binary_is_told(tmp_path: Path, content: bytes) -> None:
    """Bytes that are no text in any usual encoding."""
    assert problem(written(tmp_path, content))[0] in {"HY105", "HY106"}


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"), ("iso-2022-jp", "ISO-2022-JP"), ("utf-16", "UTF-16")],
)
def test_another_encoding_is_named(tmp_path: Path, encoding: str, name: str) -> None:
    """The usual Japanese encodings are recognised and named."""
    code, text = problem(written(tmp_path, "題名: 政策の評価、総務省。\nそのとおり\n".encode(encoding)))
    assert code == "HY106"
    assert name in text


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    """A hundred megabytes are refused after twenty."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert problem(path)[0] == "HY107"
    path.write_bytes(b"a" * LARGEST)
    assert len(read_text(path)) == LARGEST


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_an_endless_file_is_refused() -> None:
    """A device is not opened at all, whether it ends or not."""
    assert problem(Path("/dev/zero"))[0] == "HY877"


DECODED = "題名: 政策の評価、総務省。\n実績値 ５回 10％程度\nそのとおりである。\n"


def test_lines_that_are_broken_are_named_and_the_others_used() -> None:
    """A line of another encoding is blank, keeps its number, and is told with what it looks like."""
    lines = DECODED.encode().splitlines(keepends=True)
    lines[1] = "実績値は５回であった\n".encode("cp932")
    read = decoded(b"".join(lines), "x.txt")
    assert read.text.split("\n") == ["題名: 政策の評価、総務省。", "", "そのとおりである。", ""]
    (problem,) = read.problems
    assert (problem.code, problem.location.line) == ("HY124", 2)
    assert "Shift_JIS" in problem.text("ja")


def test_many_broken_lines_are_counted() -> None:
    """After twenty of them the rest is a number."""
    content = (DECODED * 100).encode() + b"\xff\n" * 30
    read = decoded(content, "x.txt")
    assert [problem.code for problem in read.problems] == ["HY124"] * 20 + ["HY125"]
    assert read.problems[-1].params["count"] == "10"
    assert read.text == DECODED * 100 + "\n" * 30


def test_two_encodings_in_one_file_are_told() -> None:
    """Where no encoding has most of the lines nothing is read."""
    with pytest.raises(HyoteiError) as caught:
        decoded(DECODED.encode() + DECODED.encode("cp932"), "x.txt")
    (problem,) = caught.value.diagnostics
    assert problem.code == "HY123"
    assert "UTF-8" in problem.text("en")
    assert "Shift_JIS" in problem.text("en")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_a_message(content: bytes) -> None:
    """Any bytes are a text without anything broken in it, or one message."""
    try:
        read = decoded(content, "x")
    except HyoteiError as error:
        codes = {problem.code for problem in error.diagnostics}
    else:
        codes = set()
        assert BROKEN not in read.text
    assert codes <= {"HY104", "HY105", "HY122", "HY123"}
    assert len(codes) < 2
