"""What a library or the system says of a broken file is shown to nobody: the messages have their own words for it."""

import errno
import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from hyotei.base.causes import cause, fault
from hyotei.intake.input_file import InputFile
from hyotei.intake.zip_members import members
from hyotei.messages import LANGUAGES, Diagnostic, HyoteiError
from hyotei.readers.registry import registry
from tests.readers.fuzzing import made, names
from tests.readers.samples import SAMPLES, containers

QUOTED = re.compile("「[^」]*」|\"[^\"]*\"|`[^`]*`|'[^']*'")
"""What a message quotes of a file is in the words of the file."""
SENTENCE = re.compile("[A-Za-z]+(?: [A-Za-z]+){2,}")
"""Three words of English, which no Japanese message has."""


def told(name: str, content: bytes, file: str) -> Iterator[Diagnostic]:
    """All that is said of a file by a reader, or by what opens it."""
    document = InputFile(file, file, partial(io.BytesIO, content), explicit=True)
    try:
        if name == "containers":
            for member in members(document):
                if isinstance(member, HyoteiError):
                    yield from member.diagnostics
            return
        for found in registry().named(name).read(document):
            yield from found.problems
    except HyoteiError as error:
        yield from error.diagnostics


def foreign(problem: Diagnostic) -> list[str]:
    return SENTENCE.findall(QUOTED.sub("", problem.text("ja")))


@pytest.mark.parametrize("name", names())
def test_messages_of_broken_files_are_in_our_words(name: str) -> None:
    """Of files that are cut off, turned, or damaged as their kind can be, under the names of all kinds."""
    samples = containers() if name == "containers" else SAMPLES[name]()
    broken = [content[: len(content) // part] for content in samples[:2] for part in (2, 3, 50)]
    broken += [b"PK\x03\x04" + samples[0][40:2000], b"\x1f\x8b" + samples[0][:200], b"%PDF-1.7 " + samples[0][:50]]
    # A PDF is opened in a process of its own, which takes its time.
    slow = name == "pdf"
    broken += [made(name, seed) for seed in range(3 if slow else 12)]
    for content in broken:
        for file in ("x",) if slow else ("x", "x.xlsx", "x.zip"):
            for problem in told(name, content, file):
                assert not foreign(problem), problem.text("ja")


def encrypted(content: bytes) -> bytes:
    """A zip whose entries are said to be encrypted."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01").replace(
        b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01"
    )


@pytest.mark.parametrize("name", ["xlsx", "ods", "docx"])
def test_a_password_is_named_as_one(name: str) -> None:
    (problem,) = told(name, encrypted(SAMPLES[name]()[0]), "x")
    assert "パスワード" in problem.text("ja")
    assert not foreign(problem)


def raised() -> Iterator[Exception]:
    """Errors as they come, of the system and of libraries."""
    for number in errno.errorcode:
        yield OSError(number, "No such thing or other")
    for action in (
        lambda: zipfile.ZipFile(io.BytesIO(b"no zip")),
        lambda: Path("/nonexistent/x").read_bytes(),
        lambda: b"\xff".decode(),
        lambda: __import__("json").loads("{"),
        lambda: __import__("zlib").decompress(b"x"),
        lambda: __import__("gzip").decompress(b"xxxx"),
        lambda: __import__("pyarrow.parquet").parquet.ParquetFile(io.BytesIO(b"x")),
        lambda: __import__("lxml.etree").etree.fromstring("<a>"),
        lambda: int("a"),
    ):
        try:
            action()
        except Exception as error:
            yield error


def test_the_cause_of_an_error_is_told_in_both_languages_without_its_words() -> None:
    for error in raised():
        said = cause(error)
        assert said.text("ja") != said.text("en")
        assert not SENTENCE.search(said.text("ja"))
        assert all(str(error) not in said.text(language) for language in LANGUAGES)
        assert str(error) not in fault(error)
