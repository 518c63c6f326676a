"""Reading a file as text, with one clear sentence for each way in which that can fail.

Rulebooks are UTF-8 and nothing else (`read_text`). Sheets and data come from wherever they come, so their encoding is found from
their content (`decoded`), and said where it is not UTF-8.
"""

import os
import stat
from pathlib import Path
from typing import Final

from hyotei.base.causes import cause
from hyotei.base.encoding_guess import Guess, guess, line_encoding
from hyotei.base.encodings import BROKEN, UTF8, Encoding, decode
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Listed, Location, Param, Phrase, phrase

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a text file at most."""

_KINDS: Final = (
    (stat.S_ISFIFO, phrase("files.special.pipe")),
    (stat.S_ISSOCK, phrase("files.special.socket")),
    (stat.S_ISCHR, phrase("files.special.device")),
    (stat.S_ISBLK, phrase("files.special.device")),
)
_MOST_LINES: Final = 20
"""Broken lines of a file that are told one by one."""
_LINE_ENDS: Final = lazy_pattern(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class FileText:
    """A text with what is to be said of its encoding. Lines that are broken are blank in it, so that others keep their number."""

    text: str
    problems: tuple[Diagnostic, ...] = ()


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a UTF-8 file, without a byte order mark; line ends stay as they are.

    Raises:
        HyoteiError: missing (HY101), a folder (HY102), unreadable (HY103), empty (HY104), binary (HY105), in another
            encoding (HY106), larger than 20 MB (HY107), or a pipe or device (HY877).
    """
    return text_of(read_bytes(Path(path)), Path(path).name)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, never more than one beyond the limit, whatever the file says its size is.

    Raises:
        HyoteiError: as `read_text`, but for what only its text tells (HY104 to HY106).
    """
    name = str(path)
    try:
        kind = special(path.stat())
        if kind is not None:
            # Opened, a pipe would wait for ever, and a device may never end.
            raise HyoteiError(Diagnostic("HY877", Location(name), {"path": name, "kind": kind}))
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _problem("HY101", name, path=name) from None
    except IsADirectoryError:
        raise _problem("HY102", name, path=name) from None
    except PermissionError as error:
        if path.is_dir():  # what Windows says of a folder
            raise _problem("HY102", name, path=name) from None
        raise _problem("HY103", name, path=name, reason=cause(error)) from None
    except (OSError, ValueError) as error:
        raise _problem("HY103", name, path=name, reason=cause(error)) from None
    if len(content) > LARGEST:
        raise _problem("HY107", path.name, limit=str(LARGEST // (1024 * 1024)))
    return content


def text_of(content: bytes, name: str) -> str:
    """The text of bytes in UTF-8 that were read already; `name` is the name of their file.

    Raises:
        HyoteiError: as `read_text` (HY104 to HY106).
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _problem("HY106", name, encoding="UTF-16")
    if b"\0" in content:
        raise _problem("HY105", name)
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        found = guess(content)
        if found == Guess(None):
            raise _problem("HY105", name) from None
        line = content.count(b"\n", 0, error.start) + 1
        encoding = found.encoding.name if found.encoding else "、".join(found.candidates)
        raise HyoteiError(Diagnostic("HY106", Location(name, line), {"encoding": encoding})) from None
    # ISO-2022-JP is pure ASCII with escapes, so it decodes and must be told apart by them.
    if "\x1b$" in text:
        raise _problem("HY106", name, encoding="ISO-2022-JP")
    if not text.strip():
        raise _problem("HY104", name)
    return text


def decoded(content: bytes, name: str) -> FileText:
    """The text of bytes in UTF-8, Shift_JIS (CP932), EUC-JP, ISO-2022-JP or UTF-16, with or without a byte order mark.

    Raises:
        HyoteiError: only blanks (HY104), no text (HY105), in one of several encodings (HY122), or in several at once (HY123).
    """
    found = guess(content)
    encoding = encoding_of(found, name)
    text = decode(content, encoding)
    if not text.strip():
        raise _problem("HY104", name)
    if "\0" in text:
        raise _problem("HY105", name)
    problems = [encoding_note(encoding, name)] if encoding.codec != UTF8.codec else []
    if BROKEN not in text:
        return FileText(text, tuple(problems))
    parts = _LINE_ENDS.split(text)
    raw = (
        _LINE_ENDS.split(content.decode("latin-1")) if encoding.codec[:3] != "utf" or encoding.codec == "utf-8" else []
    )
    broken = [position for position in range(0, len(parts), 2) if BROKEN in parts[position]]
    for position in broken[:_MOST_LINES]:
        line = raw[position].encode("latin-1") if position < len(raw) else b""
        problems.append(broken_line(line, encoding, name, position // 2 + 1))
    for position in broken:
        parts[position] = ""
    if len(broken) > _MOST_LINES:
        params: dict[str, Param] = {
            "encoding": encoding.name, "count": f"{len(broken) - _MOST_LINES:,}",
        }  # fmt: skip
        problems.append(Diagnostic("HY125", Location(name), params))
    return FileText("".join(parts), tuple(problems))


def encoding_of(found: Guess, name: str) -> Encoding:
    """The encoding that was found.

    Raises:
        HyoteiError: none was (HY105, HY122, HY123).
    """
    if found.encoding is not None:
        return found.encoding
    if not found.candidates:
        raise _problem("HY105", name)
    candidates = Listed(found.candidates)
    raise HyoteiError(Diagnostic("HY123" if found.mixed else "HY122", Location(name), {"candidates": candidates}))


def encoding_note(encoding: Encoding, name: str) -> Diagnostic:
    """That a file was read in another encoding than UTF-8."""
    return Diagnostic("HY121", Location(name), {"encoding": encoding.name})


def broken_line(line: bytes, encoding: Encoding, name: str, number: int | None) -> Diagnostic:
    """That a line is not of its file's encoding, with what it looks like."""
    other = None if line.isascii() else line_encoding(line, encoding)
    looks = "" if other is None else phrase("encodings.looks_like", encoding=other)
    return Diagnostic("HY124", Location(name, number), {"encoding": encoding.name, "looks": looks})


def special(found: os.stat_result) -> Phrase | None:
    """What a file is that is none with content of its own; None for an ordinary one."""
    return next((words for test, words in _KINDS if test(found.st_mode)), None)


def byte_order_mark(path: str | os.PathLike[str]) -> str:
    """The byte order mark that a readable file begins with, which `read_text` leaves out; empty where there is none."""
    with Path(path).open("rb") as file:
        return "\ufeff" if file.read(3) == b"\xef\xbb\xbf" else ""


def must_have_folder(path: Path) -> None:
    """Tells that a file cannot be written where it is meant to be, before the work whose result it is.

    Raises:
        HyoteiError: there is no such folder (HY886).
    """
    if not path.parent.is_dir():
        raise _problem("HY886", path.name, path=str(path), folder=str(path.parent))


def unwritable(path: Path, error: OSError) -> HyoteiError:
    """Why a file was not written: there is no such folder (HY886), or what the system says (HY108)."""
    if isinstance(error, FileNotFoundError) and not path.parent.exists():
        return _problem("HY886", path.name, path=str(path), folder=str(path.parent))
    return _problem("HY108", path.name, path=str(path), reason=cause(error))


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Writes UTF-8 text as it stands, line ends included; the file is either the old one or the new one, never half.

    Raises:
        HyoteiError: the file cannot be written (HY108, HY886).
    """
    write_bytes(path, text.encode())


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Writes a file likewise.

    Raises:
        HyoteiError: the file cannot be written (HY108, HY886).
    """
    from hyotei.base.atomic_write import draft_file  # most commands write nothing

    target = Path(path)
    try:
        with draft_file(target) as draft:
            draft.write_bytes(content)
    except OSError as error:
        raise unwritable(target, error) from None


def _problem(code: str, file: str, **params: Param) -> HyoteiError:
    return HyoteiError(Diagnostic(code, Location(file), dict(params)))
