"""What is kept of a corpus when sources are appended: whole parts as links to the same files, the rest written again."""

import os
import shutil
from pathlib import Path

from hyotei.corpus.manifest import Manifest
from hyotei.corpus.part import MOST_SHEETS, Part, file_name
from hyotei.corpus.part_writing import Writing
from hyotei.corpus.rewritten_parts import PartEdit, damaged, groups
from hyotei.corpus.schema import TABLES
from hyotei.corpus.verified_files import VerifiedFiles


def carry(folder: Path, manifest: Manifest, replaced: set[str], writing: Writing) -> None:
    """Takes over all sheets but those of the sources that are replaced.

    A sheet of such a source that another source holds as well stays, as that source's.

    Raises:
        HyoteiError: a file is missing or damaged (HY959), or is not as it was written (HY966).
    """
    writing.reserve(part.name for part in manifest.parts)
    small = []
    for part in manifest.parts:
        edit = _edit(folder, part, replaced) if replaced else PartEdit()
        if edit or 2 * part.sheets < MOST_SHEETS:
            small.append((part, edit))
        else:
            _link(folder, part, writing.folder)
            writing.keep(part)
    before = VerifiedFiles(folder)
    for part, edit in small:
        # Written again it would get hashes of its own, and an edit of its files would be told no more.
        before.hold([part], TABLES)
        writing.take(folder, part.name, edit)


def _edit(folder: Path, part: Part, replaced: set[str]) -> PartEdit:
    edit = PartEdit()
    heirs: dict[str, str] = {}
    for rows in groups(folder, part.name, "copies"):
        for key, source in zip(rows["sheet"].to_pylist(), rows["source"].to_pylist(), strict=True):
            if source in replaced:
                edit.forget.add(source)
            else:
                heirs.setdefault(key, source)
    for rows in groups(folder, part.name, "problems", ("source",)):
        edit.forget.update(replaced.intersection(rows["source"].to_pylist()))
    for rows in groups(folder, part.name, "sheets", ("sheet", "source")):
        for key, source in zip(rows["sheet"].to_pylist(), rows["source"].to_pylist(), strict=True):
            if source not in replaced:
                continue
            if key in heirs:
                edit.source[key] = heirs[key]
            else:
                edit.drop.add(key)
    return edit


def _link(folder: Path, part: Part, target: Path) -> None:
    """The files of a part under the new generation too; copies where the file system has no such links."""
    for table in TABLES:
        old, new = folder / table / file_name(part.name), target / table / file_name(part.name)
        new.parent.mkdir(exist_ok=True)
        try:
            if old.stat().st_size != part.files[table].bytes:
                raise damaged(old, ValueError("cut short"))
        except OSError as error:
            raise damaged(old, error) from None
        try:
            os.link(old, new)
        except OSError:
            shutil.copyfile(old, new)
