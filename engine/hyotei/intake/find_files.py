"""Files, folders and zips as the documents they hold, in a fixed order and without writing anything anywhere."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from hyotei.base.causes import cause
from hyotei.base.text_file import special
from hyotei.intake.file_names import shown_name
from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.intake.input_file import InputFile, file_document
from hyotei.intake.zip_members import members
from hyotei.messages import Diagnostic, HyoteiError, Location, Param, phrase

Watch = Callable[[int], None]


def documents(
    paths: Iterable[str | os.PathLike[str]], watch: Watch | None = None, given: GivenIdentity = NOTHING
) -> Iterator[InputFile | HyoteiError]:
    """The documents at the paths in order, folders and zips opened; an error in place of what cannot be opened."""
    for file in files(paths, watch, given):
        if isinstance(file, HyoteiError):
            yield file
        else:
            yield from members(file)


def files(
    paths: Iterable[str | os.PathLike[str]], watch: Watch | None = None, given: GivenIdentity = NOTHING
) -> Iterator[InputFile | HyoteiError]:
    """The files at the paths in order, folders walked; zips are still closed."""
    for path in paths:
        place = Path(path)
        if _is_folder(place):
            yield from _inside(place, watch, given)
        else:
            yield file_document(place, explicit=True, watch=watch, given=given)


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):  # such as a name that is too long; opening it will say so
        return False


def _inside(place: Path, watch: Watch | None, given: GivenIdentity) -> Iterator[InputFile | HyoteiError]:
    """The files of a folder and the folders in it. Links to folders are not followed, so no loop can arise."""
    waiting = [place]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
        except OSError as error:
            yield _problem("HY103", folder, reason=cause(error))
            continue
        plain: list[Path] = []
        folders: list[Path] = []
        for name in names:
            (folders if _is_own_folder(folder / name) else plain).append(folder / name)
        for file in plain:
            told = _not_read(file)
            if told is not None:
                yield told
            else:
                yield file_document(file, watch=watch, given=given)
        waiting += reversed(folders)


def _is_own_folder(place: Path) -> bool:
    try:
        return S_ISDIR(place.lstat().st_mode)
    except OSError:
        return False


def _not_read(file: Path) -> HyoteiError | None:
    """Why an entry of a folder is not opened; None where it is a file, or a link to one."""
    try:
        found = file.stat()
        if S_ISREG(found.st_mode):
            return None
        kind = special(found)
        if kind is not None:
            return _problem("HY878", file, kind=kind)
        return _problem("HY878", file, kind=phrase("files.special.link_to_folder"))
    except OSError as error:
        try:
            link = S_ISLNK(file.lstat().st_mode)
        except OSError:
            link = False
        if link:
            return _problem("HY878", file, kind=phrase("files.special.dangling_link"))
        return _problem("HY103", file, reason=cause(error))


def _problem(code: str, place: Path, **params: Param) -> HyoteiError:
    return HyoteiError(Diagnostic(code, Location(shown_name(place.name)), {"path": shown_name(str(place)), **params}))
