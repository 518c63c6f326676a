"""The corpora of a workbench: folders in `corpora` of the folder of data, which the workbench or `hyotei corpus build` made."""

from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from hyotei.corpus.manifest import read_manifest
from hyotei.messages import HyoteiError
from hyotei.workbench.audit_models import Job

FOLDER: Final = "corpora"
SOURCES: Final = "sources"
"""The folder of those of which an administrator offers the files, each a corpus to build."""


class Known(NamedTuple):
    """A corpus: its folder, what people call it, and how many sheets it has; None where it cannot be opened."""

    folder: Path
    title: str
    sheets: int | None


def corpora(data: Path) -> list[Known]:
    """All corpora, by their titles."""
    titles = {each.key: each.title for each in Job.objects.filter(kind="corpus")}
    found: dict[str, Known] = {}
    for file in sorted((data / FOLDER).glob("*/corpus.json")):
        name = file.parent.name
        title = titles.get(_key(name), name)
        if title in found:
            title = f"{title} ({name})"
        found[title] = Known(file.parent, title, _sheets(file.parent))
    return sorted(found.values(), key=lambda each: each.title)


def folders(data: Path) -> dict[str, Path]:
    """The folders of all corpora by their titles."""
    return {each.title: each.folder for each in corpora(data)}


def _key(name: str) -> UUID | None:
    """The job that a folder of the workbench is named after."""
    try:
        return UUID(hex=name)
    except ValueError:
        return None


def _sheets(folder: Path) -> int | None:
    try:
        return read_manifest(folder).sheets
    except HyoteiError:
        return None


def sources(data: Path) -> list[str]:
    """The names of the folders that corpora can be built of."""
    place = data / SOURCES
    return sorted(each.name for each in place.iterdir() if each.is_dir()) if place.is_dir() else []
