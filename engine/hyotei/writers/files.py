"""Which writer belongs to a file, by the end of its name."""

from importlib import import_module
from pathlib import Path
from typing import Final

from hyotei.base.atomic_write import draft_file
from hyotei.base.text_file import unwritable
from hyotei.document import Document
from hyotei.messages import Diagnostic, HyoteiError

FORMATS: Final = {".html": "html", ".docx": "docx", ".xlsx": "xlsx", ".md": "markdown", ".txt": "terminal"}
"""Ends of names, and the module of this package that writes such a file."""


def is_document(path: Path) -> bool:
    """Whether the name is that of a file that a document can be written to."""
    return path.suffix.lower() in FORMATS


def format_of(path: Path) -> str:
    """The format that the name of a file says: a key of `FORMATS`.

    Raises:
        HyoteiError: it says none (HY109).
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise HyoteiError(Diagnostic("HY109", params={"path": str(path), "formats": " ".join(FORMATS)}))
    return suffix


def write(document: Document, path: Path, suffix: str = "") -> None:
    """Writes a document to a file, whole or not at all, in the format that its name says unless a `suffix` does.

    Raises:
        HyoteiError: the name says none (HY109), what writes it is not installed (HY902), or it cannot be written (HY108, HY886).
    """
    name = FORMATS[suffix or format_of(path)]
    data: bytes = import_module(f"hyotei.writers.{name}").write(document)
    try:
        with draft_file(path) as draft:
            draft.write_bytes(data)
    except OSError as error:
        raise unwritable(path, error) from error
