"""The child process that reads uploaded files: `python -m hyotei.workbench.reading_process FOLDER`.

The folder holds `names.json`, the names of the files as they were uploaded, `given.json`, what the person says of their sheets,
and the files as 0, 1, 2 and so on. What is read is
written to `read.ndjson` line by line, so that what was read before a file that is too much is kept; what the files print is
beside it (source_files.py). Whatever a document does to its reader, it does it here, within bounds of memory and time that end this
process and nothing else.
"""

import errno
import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from hyotei.intake.file_names import shown_name
from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.intake.input_file import InputFile
from hyotei.intake.zip_members import members
from hyotei.messages import HyoteiError
from hyotei.readers.printed.watched_blocks import watching
from hyotei.readers.sheets_of_paths import located_documents
from hyotei.workbench.source_files import SourceFiles
from hyotei.workbench.told_problems import told

NAMES: Final = "names.json"
GIVEN: Final = "given.json"
READ: Final = "read.ndjson"
MEMORY: Final = 3 * 1024**3
"""Bytes of address space that reading may take."""
LARGEST_RESULT: Final = 512 * 1024**2
SECONDS_A_FILE: Final = 60.0
DISK_FULL: Final = 3
"""How the process ends where what was read could not be written."""


def main(folder: Path) -> None:
    """Reads the files of a folder."""
    bound()
    names: list[str] = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    said_of_them = GivenIdentity(**json.loads((folder / GIVEN).read_text(encoding="utf-8")))
    sources = SourceFiles(folder)
    given = sources.followed(documents(folder, names, said_of_them))
    with (folder / READ).open("w", encoding="utf-8") as out, watching(sources.blocks):
        for located in located_documents(given, timeout=SECONDS_A_FILE):
            sheet, problems = located.found
            if sheet is not None:
                sources.sheet(sheet)
            read = None if sheet is None else sheet.model_dump_json(by_alias=True)
            said = [told(each)._asdict() for each in problems]
            line = {"file": located.file, "sheet": read, "problems": said, "source": sources.present}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()


def documents(folder: Path, names: list[str], given: GivenIdentity = NOTHING) -> "Iterator[InputFile | HyoteiError]":
    """The files of a folder under the names that they were uploaded by; zips as what is in them."""
    for number, name in enumerate(names):
        shown = shown_name(name) or str(number)
        yield from members(InputFile(shown, shown, partial(_opened, folder / str(number)), explicit=True, given=given))


def _opened(file: Path) -> BinaryIO:
    return file.open("rb")


def bound() -> None:
    """Sets the bound of memory of this process, where the system has one."""
    try:
        import resource
    except ImportError:  # a system without such bounds; time is bounded by who started this process
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_RESULT, LARGEST_RESULT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except OSError as error:
        raise SystemExit(DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else 1) from None
