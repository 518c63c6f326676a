"""The child process that builds a corpus: `python -m hyotei.workbench.corpus_process`.

The request has `out`, the folder of the corpus, and either `upload`, a folder of uploaded files as `reading_process` has them, with
the `title` they are a source by, or `folder`, one of files that lie on this machine. Files may be anybody's: memory is bounded.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from hyotei.corpus.build import build, build_from
from hyotei.messages import LANGUAGES, phrase
from hyotei.readers.reader import Found
from hyotei.readers.sheets_of_paths import located_documents
from hyotei.workbench.job_process import in_words, job, tell
from hyotei.workbench.reading_process import NAMES, SECONDS_A_FILE, bound, documents

_TOLD_EVERY = 20
_MOST_TOLD = 100
"""Files and records that were not read, told one by one."""


class _Counting:
    """How many sheets were read, and what is said of that which is none."""

    def __init__(self) -> None:
        self.sheets = 0
        self.unread: list[dict[str, str]] = []
        self.more = 0

    def add(self, found: Found) -> None:
        """One more."""
        self.sheets += found.sheet is not None
        if self.sheets % _TOLD_EVERY == 1:
            tell(done=self.sheets, count=0)
        if found.sheet is None:
            room = _MOST_TOLD - len(self.unread)
            self.unread += map(in_words, found.problems[:room])
            self.more += len(found.problems[room:])

    def told(self) -> list[dict[str, str]]:
        """What was not read, as it is kept with the job."""
        more = phrase("workbench_audit.unread_more", count=self.more)
        said: dict[str, str] = {language: more.text(language) for language in LANGUAGES}
        return [*self.unread, said] if self.more else self.unread


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
        tell(done=counting.sheets, count=counting.sheets, told=counting.told())


def _uploaded(folder: Path, counting: _Counting) -> Iterator[Found]:
    names: list[str] = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    for located in located_documents(documents(folder, names), timeout=SECONDS_A_FILE):
        counting.add(located.found)
        yield located.found


if __name__ == "__main__":
    main()
