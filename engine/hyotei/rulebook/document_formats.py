"""Rulebooks that are not written as Markdown: by the ending of a file, what makes a document of it.

The readers stand in packages above this one, so they are named here and imported when a file needs them.
"""

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple, cast

from hyotei.base.text_file import read_bytes, text_of
from hyotei.messages import Diagnostic

_READERS: Final = {".xlsx": "hyotei.rulebook_workbook.workbook_document:workbook_document"}


class ReadDocument(NamedTuple):
    """A rulebook as a document, with its cases in YAML, whatever it was read from."""

    text: str
    cases: str = ""
    problems: tuple[Diagnostic, ...] = ()
    """What is wrong with the file that no document can tell."""
    told: Callable[[list[Diagnostic]], list[Diagnostic]] = list
    """Problems of the document by their places in the file."""
    cases_told: Callable[[list[Diagnostic]], list[Diagnostic]] = list
    """Problems of the cases likewise."""


def other_format(path: str | os.PathLike[str]) -> bool:
    """Whether a file is read by a reader of its own."""
    return Path(path).suffix.lower() in _READERS


def made_by(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """The package that reads such files, on whose state the document depends."""
    return (_READERS[Path(path).suffix.lower()].split(".")[1],) if other_format(path) else ()


def document_in(content: bytes, name: str) -> ReadDocument:
    """The document of a file's bytes; `name` is the name of the file.

    Raises:
        HyoteiError: it cannot be read.
    """
    reader = _READERS.get(Path(name).suffix.lower())
    if reader is None:
        return ReadDocument(text_of(content, name))
    module, _, function = reader.partition(":")
    return cast("Callable[[bytes, str], ReadDocument]", getattr(import_module(module), function))(content, name)


def read_document(path: str | os.PathLike[str]) -> ReadDocument:
    """The document of a file.

    Raises:
        HyoteiError: it cannot be read.
    """
    return document_in(read_bytes(Path(path)), Path(path).name)
