"""The records of a JSON document: the one object that it is, or one a line, held one at a time."""

from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from hyotei.base.encodings import UTF8
from hyotei.base.text_file import LARGEST, broken_line
from hyotei.intake.input_file import InputFile
from hyotei.messages import Diagnostic, HyoteiError, Location

_MOST_FAILURES: Final = 1_000
"""Lines in a row that are no records, after which the document is taken for something else."""


class JsonRecord(NamedTuple):
    """The text of one record with its line, None where the document is a single record; or what is wrong with it."""

    text: str
    line: int | None
    problem: Diagnostic | None = None


def records(document: InputFile) -> Iterator[JsonRecord]:
    """The records in order; a damaged end is a problem after all that came before it.

    Raises:
        HyoteiError: the document cannot be opened, is in no one encoding, or is a single record and larger than 20 MB.
    """
    given = 0
    try:
        with document.open_utf8() as stream:
            for record in _records(document, stream):
                given += 1
                yield record
    except HyoteiError as error:
        if not given:
            raise
        yield JsonRecord("", None, error.diagnostics[0])


def _records(document: InputFile, stream: BinaryIO) -> Iterator[JsonRecord]:
    first = stream.readline(LARGEST + 1)
    if first.strip() and not _is_line(first):
        content = first + stream.read(LARGEST + 1 - len(first))
        if len(content) > LARGEST:
            raise document.problem("HY107", limit=str(LARGEST // (1024 * 1024)))
        yield _record(document, content, None)
        return
    failures = 0
    content, line = first, 0
    while content:
        line += 1
        if len(content) > LARGEST:
            limit = str(LARGEST // (1024 * 1024))
            yield JsonRecord("", line, Diagnostic("HY107", Location(document.name, line), {"limit": limit}))
            return
        if content.strip():
            record = _record(document, content, line)
            failures = 0 if content.lstrip()[:1] == b"{" else failures + 1
            yield record
            if failures >= _MOST_FAILURES:
                limit = f"{_MOST_FAILURES:,}"
                yield JsonRecord("", line, Diagnostic("HY820", Location(document.name, line), {"limit": limit}))
                return
        content = stream.readline(LARGEST + 1)


def _is_line(content: bytes) -> bool:
    """Whether the first line is a record by itself: it is closed where it ends."""
    plain = content.strip()
    return plain.startswith(b"{") and plain.endswith(b"}")


def _record(document: InputFile, content: bytes, line: int | None) -> JsonRecord:
    try:
        return JsonRecord(content.decode("utf-8"), line)
    except UnicodeDecodeError:
        encoding = document.encoding.encoding or UTF8
        # Of another encoding only the mark of what was broken is left here.
        raw = content if encoding.codec == UTF8.codec else b""
        return JsonRecord("", line, broken_line(raw, encoding, document.name, line))
