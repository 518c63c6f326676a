"""The child process that builds a corpus: `python -m hyotei.workbench.corpus_process`.

The request has `out`, the folder of the corpus, and either `upload`, a folder of uploaded files as `reading_process` has them, with
the `title` they are a source by, or `folder`, one of files that lie on this machine. Files may be anybody's: memory is bounded.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from hyotei.corpus.build import build, build_from
from hyotei.readers.reader import Found
from hyotei.readers.sheets_of_paths import located_documents
from hyotei.workbench.job_process import job, tell
from hyotei.workbench.reading_process import NAMES, SECONDS_A_FILE, bound, documents

_TOLD_EVERY = 20


class _Counting:
    def __init__(self) -> None:
        self.sheets = 0

    def add(self, found: Found) -> None:
        """One more."""
        self.sheets += found.sheet is not None
        if self.sheets % _TOLD_EVERY == 1:
            tell(done=self.sheets, count=0)


def main() -> None:
    """Builds the corpus."""
    bound()
    with job() as request:
        counting, out = _Counting(), Path(request["out"])
        if "upload" in request:
            build_from(_uploaded(Path(request["upload"]), counting), out, request["title"])
        else:
            # Names of sources are then those below the folder.
            os.chdir(request["folder"])
            build(["."], out, told=counting.add)
        tell(done=counting.sheets, count=counting.sheets)


def _uploaded(folder: Path, counting: _Counting) -> Iterator[Found]:
    names: list[str] = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    for located in located_documents(documents(folder, names), timeout=SECONDS_A_FILE):
        counting.add(located.found)
        yield located.found


if __name__ == "__main__":
    main()
