"""The folder of published rulebooks: what the database says, written out so that every process finds it as it finds others.

The database is the truth. Each publication that is not withdrawn has a folder, named by its number, with its document, its cases,
its certificate, and what is said of it (`published_documents.ABOUT`). A folder comes and goes by one renaming, so that none is ever
half there; `write_out` makes all of them what the database says.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Final

from django.conf import settings

from hyotei.base.causes import cause
from hyotei.base.text_file import write_text
from hyotei.messages import Diagnostic, HyoteiError, Param
from hyotei.proof.proof_state import CERTIFICATE
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.library import CASES
from hyotei.rulebook.published_documents import ABOUT, stated_hash
from hyotei.rulebook.rule_folders import PUBLISHED
from hyotei.workbench.options import Options
from hyotei.workbench.review_models import Publication

_FOLDER: Final = "rulebooks"
_STAGE: Final = ".publishing-"
_ONE_AT_A_TIME: Final = Lock()


def name_folder(options: Options) -> None:
    """Makes the folder, and names it to this process and those that it starts.

    Raises:
        HyoteiError: it cannot be made (HY003).
    """
    folder = options.data.resolve() / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        params: dict[str, Param] = {"folder": str(folder), "reason": cause(error)}
        raise HyoteiError(Diagnostic("HY003", params=params)) from error
    os.environ[PUBLISHED] = str(folder)


def clean_up() -> None:
    """Removes what a process that was killed left behind; no other may be at work."""
    for left in _root().parent.glob(f"{_STAGE}*"):
        shutil.rmtree(left, ignore_errors=True)


def write_out() -> None:
    """Makes the folder what the database says: after a start, and after a publication or a withdrawal."""
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    with _ONE_AT_A_TIME:
        wanted = {_name(each): each for each in _in_use()}
        for found in _folders():
            if found.name not in wanted or not _is(found, wanted[found.name]):
                _remove(found)
        for name, publication in wanted.items():
            if not (root / name).exists():
                with staged(publication) as stage:
                    stage.rename(root / name)


def keep_up() -> None:
    """Writes out what is missing and takes away what was withdrawn: where another process published it, or the disk was full.

    What says of itself that it is another document than was published is written anew too; whether a document is what is said of
    it is checked where it is used.

    Raises:
        HyoteiError: it cannot be written.
    """
    used = Publication.objects.filter(withdrawal=None).values_list("number", "submission__revision__text_id")
    wanted = {_folder_name(number): digest for number, digest in used}
    if not _root().is_dir() or {each.name: stated_hash(each) for each in _folders()} != wanted:
        write_out()


def is_written(publication: Publication) -> bool:
    """Whether processes find a publication."""
    return (_root() / _name(publication)).is_dir()


@contextmanager
def staged(publication: Publication) -> Iterator[Path]:
    """The folder of a publication, written beside its place; what was not moved there is removed."""
    stage = Path(mkdtemp(prefix=_STAGE, dir=_root().parent))
    try:
        stage.chmod(0o755)
        for name, text in _files(publication).items():
            write_text(stage / name, text)
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _in_use() -> list[Publication]:
    found = Publication.objects.filter(withdrawal=None).select_related(
        "submission__revision__text", "submission__report"
    )
    return list(found)


def _files(publication: Publication) -> dict[str, str]:
    submission = publication.submission
    text = submission.revision.text
    about = {
        "id": publication.identity, "version": publication.version, "hash": submission.hash,
        "hash_format": submission.hash_format, "sha256": text.sha256,
    }  # fmt: skip
    files = {FILE: text.text, ABOUT: json.dumps(about, ensure_ascii=False, indent=2) + "\n"}
    more = {CASES: submission.cases, CERTIFICATE: submission.report.certificate}
    return files | {name: each for name, each in more.items() if each}


def _is(folder: Path, publication: Publication) -> bool:
    """Whether a folder holds just what was published."""
    wanted = {name: text.encode() for name, text in _files(publication).items()}
    try:
        return {each.name: each.read_bytes() for each in folder.iterdir()} == wanted
    except OSError:
        return False


def _remove(folder: Path) -> None:
    gone = Path(mkdtemp(prefix=_STAGE, dir=_root().parent))
    folder.rename(gone / "gone")
    shutil.rmtree(gone, ignore_errors=True)


def _folders() -> list[Path]:
    """The folders in which processes look for what was published (`rulebook.library`); others are somebody else's."""
    return [each for each in _root().iterdir() if re.match("[0-9]", each.name)]


def _root() -> Path:
    return Path(settings.HYOTEI.data).resolve() / _FOLDER


def _name(publication: Publication) -> str:
    return _folder_name(publication.number)


def _folder_name(number: int) -> str:
    return f"{number:06}"
