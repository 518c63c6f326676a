"""Reading a file as text, with one clear sentence for each way in which that can fail."""

import os
from pathlib import Path
from typing import Final

from hyotei.messages import Diagnostic, HyoteiError, Location

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a text file at most."""

_OTHERS = (("iso-2022-jp", "ISO-2022-JP"), ("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"))


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a UTF-8 file, without a byte order mark; line ends stay as they are.

    Raises:
        HyoteiError: missing (HY101), a folder (HY102), unreadable (HY103), empty (HY104), binary (HY105), in another
            encoding (HY106), or larger than 20 MB (HY107).
    """
    return text_of(_content(Path(path)), Path(path).name)


def text_of(content: bytes, name: str) -> str:
    """The same of bytes that were read already; `name` is the name of their file.

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
        encoding = _guess(content)
        if encoding is None:
            raise _problem("HY105", name) from None
        line = content.count(b"\n", 0, error.start) + 1
        raise HyoteiError(Diagnostic("HY106", Location(name, line), {"encoding": encoding})) from None
    # ISO-2022-JP is pure ASCII with escapes, so it decodes and must be told apart by them.
    if "\x1b$" in text:
        raise _problem("HY106", name, encoding="ISO-2022-JP")
    if not text.strip():
        raise _problem("HY104", name)
    return text


def byte_order_mark(path: str | os.PathLike[str]) -> str:
    """The byte order mark that a readable file begins with, which `read_text` leaves out; empty where there is none."""
    with Path(path).open("rb") as file:
        return "\ufeff" if file.read(3) == b"\xef\xbb\xbf" else ""


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Writes UTF-8 text as it stands, line ends included; the file is either the old one or the new one, never half.

    Raises:
        HyoteiError: the file cannot be written (HY108).
    """
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(text.encode())
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise _problem("HY108", target.name, path=str(path), reason=reason) from None


def _content(path: Path) -> bytes:
    """The bytes of the file, never more than one beyond the limit, whatever the file says its size is."""
    name = str(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _problem("HY101", name, path=name) from None
    except IsADirectoryError:
        raise _problem("HY102", name, path=name) from None
    except PermissionError:
        if path.is_dir():  # what Windows says of a folder
            raise _problem("HY102", name, path=name) from None
        raise _problem("HY103", name, path=name, reason=os.strerror(13)) from None
    except (OSError, ValueError) as error:
        raise _problem("HY103", name, path=name, reason=getattr(error, "strerror", None) or str(error)) from None
    if len(content) > LARGEST:
        raise _problem("HY107", path.name, limit=str(LARGEST // (1024 * 1024)))
    return content


def _guess(content: bytes) -> str | None:
    """The name of the Japanese encoding that the bytes are valid in and look like text in."""
    sample = content[:100_000]
    for codec, name in _OTHERS:
        try:
            text = content.decode(codec)[: len(sample)]
        except UnicodeDecodeError:
            continue
        odd = sum(1 for character in text if not (character.isprintable() or character in "\r\n\t"))
        if odd == 0:
            return name
    return None


def _problem(code: str, file: str, **params: str) -> HyoteiError:
    return HyoteiError(Diagnostic(code, Location(file), dict(params)))
