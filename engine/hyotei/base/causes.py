"""Why something outside of Hyotei failed, in words of ours.

What systems and libraries say of an error is shown to nobody: it is in one language, of their inside, and changes with their
versions. HYOTEI_DEBUG shows it with the traceback, where an error is one of Hyotei's own or of an engine of another package.
"""

import errno
from pathlib import PurePath
from types import TracebackType
from typing import Final

from hyotei.messages import Phrase, phrase, phrase_of
from hyotei.messages.text_files import entries

# By name, because most runs meet none of them, and their libraries need not be imported for that, or installed.
_KINDS: Final = {
    "builtins.MemoryError": "causes.content.memory",
    "builtins.RecursionError": "causes.content.nesting",
    "builtins.EOFError": "causes.content.no_end",
    "builtins.NotImplementedError": "causes.content.method",
    "builtins.UnicodeError": "causes.content.encoding",
    "zipfile.BadZipFile": "causes.content.zip",
    "gzip.BadGzipFile": "causes.content.compressed",
    "zlib.error": "causes.content.compressed",
    "_lzma.LZMAError": "causes.content.compressed",
    "socket.gaierror": "causes.content.host",
    "_csv.Error": "causes.content.csv",
    "pyarrow.lib.ArrowInvalid": "causes.content.table",
    "pyarrow.lib.ArrowException": "causes.content.table",
    "_duckdb.OutOfMemoryException": "causes.content.memory",
    "duckdb.duckdb.OutOfMemoryException": "causes.content.memory",
    "builtins.ValueError": "causes.content.value",
}
"""What is said of errors of a class and of those made of it."""


def cause(error: BaseException) -> Phrase:
    """Why a file, a system or a library refused, by the kind of the error."""
    if isinstance(error, TimeoutError):
        return _of_system(errno.ETIMEDOUT)
    for kind in type(error).__mro__:
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name in _KINDS:
            return phrase(_KINDS[name])
        if name == "json.decoder.JSONDecodeError":
            line, column = vars(error)["lineno"], vars(error)["colno"]
            return phrase("causes.content.json", line=line, column=column)
        if name == "lxml.etree.XMLSyntaxError":
            return phrase("causes.content.xml", line=getattr(error, "lineno", None) or 1)
        if name == "pydantic_core._pydantic_core.ValidationError":
            (first, *_) = error.errors(include_url=False)  # type: ignore[attr-defined]  # of this class
            return phrase("causes.content.field", place=".".join(map(str, first["loc"])) or "sheet")
    if isinstance(error, OSError) and error.errno is not None:
        return _of_system(error.errno)
    return phrase("causes.content.other", name=type(error).__name__)


def _of_system(number: int) -> Phrase:
    name = errno.errorcode.get(number, str(number))
    if f"system.{name.lower()}" in entries("causes"):
        return phrase_of("causes.system", name.lower())
    return phrase("causes.content.system", name=name)


def fault(error: BaseException) -> str:
    """An error that nobody foresaw, for those who can look it up: its kind, and the file and line where it arose."""
    place: TracebackType | None = error.__traceback__
    if place is None:
        return type(error).__name__
    while place.tb_next is not None:
        place = place.tb_next
    return f"{type(error).__name__}, {PurePath(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"
