"""A backup of a workbench as one file, and a workbench of a backup.

A backup is a zip of the folder of data. The database in it is as it was at one moment, also while people work.
"""

import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Final

from hyotei.base.atomic_write import draft_file
from hyotei.base.causes import cause
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.workbench.options import DATABASE, Options

_FORMAT: Final = b"hyotei.workbench-backup/1"
"""The comment of the zip, by which a backup is known."""


def backup(options: Options, file: Path) -> None:
    """Writes a backup, whole or not at all.

    Raises:
        HyoteiError: the database is not in the folder (HY050), there is none (HY051), or something cannot be read or
            written (HY052).
    """
    if options.database:
        raise HyoteiError(Diagnostic("HY050"))
    options.require_database()
    database = options.data / DATABASE
    target = file.resolve()
    with _told(file), draft_file(file) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        draft.chmod(0o600)  # it holds the key that signs sessions
        archive.comment = _FORMAT
        with TemporaryDirectory(prefix="hyotei-backup-") as name:
            copy = Path(name) / DATABASE
            with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as made:
                source.backup(made)
            archive.write(copy, DATABASE)
        for each in sorted(options.data.rglob("*")):
            # What SQLite keeps beside the database is in the copy already.
            if (
                each.is_file()
                and not each.name.startswith(DATABASE)
                and each.resolve() not in (target, draft.resolve())
            ):
                archive.write(each, each.relative_to(options.data).as_posix())


def restore(options: Options, file: Path) -> None:
    """Makes the folder of data of a backup. The folder must be empty, or not there.

    Raises:
        HyoteiError: the database is not in the folder (HY050), there is no such file (HY101), something is in the folder
            (HY053), the file is no backup or damaged (HY054), or something cannot be read or written (HY052).
    """
    if options.database:
        raise HyoteiError(Diagnostic("HY050"))
    if not file.exists():
        raise HyoteiError(Diagnostic("HY101", Location(str(file)), {"path": str(file)}))
    folder = options.data
    with _told(file):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise HyoteiError(Diagnostic("HY053", params={"folder": str(folder)}))
        folder.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(file) as archive, TemporaryDirectory(prefix=".hyotei-restore-", dir=folder.parent) as name:
            if archive.comment != _FORMAT or DATABASE not in archive.namelist():
                raise zipfile.BadZipFile
            made = Path(name) / "data"
            for each in archive.infolist():
                _take(archive, each, made)
            _check(made / DATABASE)
            if folder.exists():
                folder.rmdir()
            made.rename(folder)


def _take(archive: zipfile.ZipFile, each: zipfile.ZipInfo, folder: Path) -> None:
    path = PurePosixPath(each.filename)
    if path.is_absolute() or ".." in path.parts:
        raise zipfile.BadZipFile
    target = folder.joinpath(*path.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with archive.open(each) as source, target.open("wb") as out:
        copyfileobj(source, out)  # at its end the checksum is compared


def _check(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise zipfile.BadZipFile


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, sqlite3.DatabaseError, EOFError, RuntimeError, ValueError) as error:
        # Damaged bytes can also look like encryption, or like a name in no encoding.
        raise HyoteiError(Diagnostic("HY054", params={"file": str(file)})) from error
    except OSError as error:
        reason = cause(error)
        raise HyoteiError(Diagnostic("HY052", params={"file": str(file), "reason": reason})) from error
