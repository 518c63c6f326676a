"""What was worked out before, kept on disk for the next run: texts by a key that says all they depend on.

A cache may always be thrown away. Whatever is wrong with it, reading finds nothing and writing does nothing: no home, a folder that
cannot be written, a file that was cut off or changed. Each file begins with a checksum of its key and its text. The folder is only
trusted where it is the user's own and nobody else can write there. A file takes its place whole, so that processes at once do not
meet; the oldest make room where there are many.
"""

import os
import stat
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

SETTING: Final = "HYOTEI_CACHE"
"""The environment variable that names the folder, or is `off`."""
_MOST: Final = 500
"""Files at most; a rulebook of 20 decisions takes 20 KB."""


def cached_text(key: str) -> str | None:
    """The text that was kept under a key, if it is there and as it was written."""
    folder = _folder()
    if folder is None:
        return None
    try:
        content = (folder / key).read_bytes()
    except OSError:
        return None
    checksum, _, text = content.partition(b"\n")
    return text.decode() if checksum.decode("ascii", "replace") == _checksum(key, text) else None


def keep_text(key: str, text: str) -> None:
    """Keeps a text under a key, which is a name for a file, as far as that is possible."""
    from hyotei.base.atomic_write import draft_file

    folder = _folder(make=True)
    if folder is None:
        return
    content = text.encode()
    with suppress(OSError):
        _make_room(folder)
        with draft_file(folder / key) as draft:
            draft.write_bytes(_checksum(key, content).encode("ascii") + b"\n" + content)


def cache_folder() -> Path | None:
    """Where the cache is or would be: as set, else where the system keeps what programs can make again. None where it is off."""
    named = os.environ.get(SETTING, "")
    if named.lower() == "off":
        return None
    if named:
        return Path(named)
    home = os.path.expanduser("~")  # noqa: PTH111  # no error where there is no home
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")  # noqa: PTH118
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")  # noqa: PTH118
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")  # noqa: PTH118
    return Path(base, "hyotei") if os.path.isabs(base) else None  # noqa: PTH117


@cache
def fingerprint(*packages: str) -> str | None:
    """What tells one state of packages of Hyotei from another, as Python tells it of compiled modules: size and time of each file.

    None where they are no files, as in a zip.
    """
    from hyotei.version import __version__

    root = Path(__file__).resolve().parents[1]
    told = [__version__, sys.version]
    try:
        for package in packages:
            for folder, folders, files in os.walk(root / package):
                folders[:] = sorted(each for each in folders if each != "__pycache__")
                for name in sorted(files):
                    found = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118  # a hundred files
                    told.append(f"{folder} {name} {found.st_size} {found.st_mtime_ns}")
    except OSError:
        return None
    return sha256("\n".join(told).encode()).hexdigest() if len(told) > 2 else None


def _checksum(key: str, content: bytes) -> str:
    return sha256(key.encode() + b"\n" + content).hexdigest()


def _folder(make: bool = False) -> Path | None:
    """The folder of the cache, if it can be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        if make:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISDIR(found.st_mode):
        return None
    if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        return None
    return folder


def _make_room(folder: Path) -> None:
    with os.scandir(folder) as entries:
        files = sorted((entry.stat().st_mtime_ns, entry.path) for entry in entries if entry.is_file())
    for _, path in files[: max(0, len(files) - _MOST + 1)]:
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108  # a text, as scandir gives it
