"""Rulebooks that were checked before come out of the cache; others are read, checked and kept.

A key is made of all that the answer depends on: the bytes of the document, the name of its file, and the state of the packages that
make a rulebook of it. So an edited document is another one, and two versions of Hyotei never share one. Rulebooks with errors are
not kept.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeVar

from hyotei.base.disk_cache import cached_text, fingerprint, keep_text
from hyotei.base.text_file import read_bytes
from hyotei.rulebook.document_formats import ReadDocument, document_in, made_by, other_format
from hyotei.rulebook.head import Head
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.rulebook_json import as_json, of_json

FILE: Final = "rulebook.md"
"""The name of the document in a rulebook's folder."""
_MADE_BY: Final = ("base", "messages", "rulebook", "sheet")
"""The packages that make a rulebook of a document."""
T = TypeVar("T", Head, Rulebook)


def read_rulebook(path: str | os.PathLike[str]) -> Rulebook:
    """The rulebook of a file, or of a folder that holds a `rulebook.md`. Its warnings are in `warnings`.

    Raises:
        HyoteiError: the file cannot be read, or the rulebook has errors; all of them are told.
    """
    file = Path(path)
    if file.is_dir():
        file = file / FILE

    def checked(document: ReadDocument) -> Rulebook:
        from hyotei.rulebook.load import parse_document, parse_rulebook

        return parse_document(document, file.name) if other_format(file) else parse_rulebook(document.text, file.name)

    return _cached(file, Rulebook, checked)


def read_head(file: Path) -> Head:
    """The head of the rulebook of a file, as far as it can be read.

    Raises:
        HyoteiError: the file cannot be read.
    """

    def read(document: ReadDocument) -> Head:
        from hyotei.rulebook.load import head_of

        return head_of(document.text)

    return _cached(file, Head, read)


def _cached(file: Path, kind: type[T], make: Callable[[ReadDocument], T]) -> T:
    """What was made of a file before, else what is made of it now."""
    content = read_bytes(file)
    state = fingerprint(*_MADE_BY, *made_by(file))
    if state is None:
        return make(document_in(content, file.name))
    key = sha256("\n".join((state, kind.__name__, file.name)).encode() + b"\n" + content).hexdigest()
    kept = cached_text(key)
    if kept is not None:
        with suppress(ValueError, LookupError, TypeError, ArithmeticError):
            found = of_json(kept)
            if isinstance(found, kind):
                return found
    made = make(document_in(content, file.name))
    with suppress(TypeError):  # it holds something that has no form in JSON
        keep_text(key, as_json(made))
    return made
