"""The folder of a corpus while it changes: one builder at a time, a new generation beside the old, one switch, and tidying up.

    corpus.json     the manifest; it names the generation that counts
    current         a link to that generation, for those who read the tables by path
    g-000002/       the tables: g-000002/measures/part-000001.parquet
    .lock           held by the builder at work

A generation is written completely and is on the disk before the manifest names it. Whatever ends a builder at whatever moment, the
manifest names a complete generation: the old or the new one. What it does not name is removed by the next builder.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from hyotei.base import file_lock
from hyotei.base.causes import cause
from hyotei.corpus.manifest import NAME, Manifest, write_manifest
from hyotei.corpus.part import synced
from hyotei.messages import Diagnostic, HyoteiError

CURRENT: Final = "current"
_LOCK: Final = ".lock"
_GENERATION: Final = re.compile(r"g-[0-9]{6,}")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder against other builders; makes it where it is missing. The lock goes with the process, however it ends.

    Raises:
        HyoteiError: something else lies in the folder (HY960), another builder is at work (HY961), the folder cannot be
            written (HY962), or the system has no file locks (HY719).
    """
    file_lock.require()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / NAME).exists() and any(not _ours(each.name) for each in folder.iterdir()):
            raise HyoteiError(Diagnostic("HY960", params={"folder": str(folder)}))
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise unwritable(folder, error) from None
    try:
        if not _taken(handle, folder):
            raise HyoteiError(Diagnostic("HY961", params={"folder": str(folder)}))
        yield
    finally:
        os.close(handle)


@contextmanager
def new_generation(folder: Path, old: Manifest | None) -> Iterator[Path]:
    """A fresh folder for the tables; it is removed again if what happens within fails. The folder must be locked.

    Raises:
        HyoteiError: it cannot be written (HY962).
    """
    try:
        tidy(folder, old)
        numbers = [int(each.name[2:]) for each in folder.iterdir() if _GENERATION.fullmatch(each.name)]
        place = folder / f"g-{max(numbers, default=0) + 1:06}"
        place.mkdir()
    except OSError as error:
        raise unwritable(folder, error) from None
    try:
        yield place
    except BaseException as error:
        with suppress(OSError):
            shutil.rmtree(place)
        if isinstance(error, OSError) and not isinstance(error, HyoteiError):
            raise unwritable(folder, error) from None
        raise


def publish(folder: Path, manifest: Manifest) -> None:
    """Makes a generation, all of whose files are on the disk, the one that counts."""
    place = folder / manifest.generation
    for each in place.iterdir():
        synced(each)
    synced(place)
    synced(folder)
    write_manifest(folder, manifest)
    # From here on the new corpus stands; what is left is tidiness, and the next builder would do it as well.
    with suppress(OSError):
        tidy(folder, manifest)


def tidy(folder: Path, manifest: Manifest | None) -> None:
    """Points the link to the generation that counts and removes all others, save those that somebody is reading."""
    if manifest is not None:
        link = folder / CURRENT
        if not link.is_symlink() or str(link.readlink()) != manifest.generation:
            new = folder / f"{CURRENT}.new"
            new.unlink(missing_ok=True)
            with suppress(OSError):  # a file system without links; the manifest is enough
                new.symlink_to(manifest.generation)
                new.replace(link)
    (folder / f"{NAME}.new").unlink(missing_ok=True)
    for each in list(folder.iterdir()):
        counts = manifest is not None and each.name == manifest.generation
        if _GENERATION.fullmatch(each.name) and not counts and not file_lock.in_use(each):
            shutil.rmtree(each)


def hold(place: Path) -> int | None:
    """Keeps a generation from being removed while it is read; closing the handle lets it go. None where that is not possible."""
    try:
        handle = os.open(place, os.O_RDONLY)
    except OSError:
        return None
    if file_lock.shared(handle):
        return handle
    os.close(handle)
    return None


def unwritable(folder: Path, error: OSError) -> HyoteiError:
    """What is said where a corpus cannot be written, such as a full disk."""
    return HyoteiError(Diagnostic("HY962", params={"folder": str(folder), "reason": cause(error)}))


def _taken(handle: int, folder: Path) -> bool:
    """Whether this process has the lock of a folder now."""
    try:
        return file_lock.exclusive(handle)
    except OSError as error:
        raise unwritable(folder, error) from None


def _ours(name: str) -> bool:
    return name in (_LOCK, CURRENT, f"{CURRENT}.new", f"{NAME}.new") or _GENERATION.fullmatch(name) is not None
