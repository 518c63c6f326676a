"""Reading files as text: one clear sentence for each way it fails."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.text_file import LARGEST, _guess, read_text
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
    """A device without end is read no further than any other file."""
    assert problem(Path("/dev/zero"))[0] == "HY107"


@given(st.binary(max_size=200))
def test_guessing_never_fails(content: bytes) -> None:
    """Any bytes have an encoding or none."""
    assert _guess(content) in {None, "Shift_JIS", "EUC-JP", "ISO-2022-JP"}
