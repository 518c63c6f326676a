"""The sheets that a command is given: files and folders of any readable form, and corpora."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hyotei.cli.output import tell
from hyotei.cli.sheet_problems import Telling, no_sheets

if TYPE_CHECKING:
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.messages import Diagnostic, Language
    from hyotei.sheet import Sheet


class SheetReading:
    """The sheets of the paths, read one by one; what is wrong with them is told as it is found.

    Args:
        paths: files, folders, and folders of corpora.
        how: the format, if it is not to be found from content, and what the user says of the sheets.
        language: of what is told.
        heard: told of all problems as well.
        again: they were read before, so that nothing is told a second time.
    """

    def __init__(
        self,
        paths: tuple[Path, ...],
        how: "ReadingOptions",
        language: "Language",
        heard: "Callable[[tuple[Diagnostic, ...]], None] | None" = None,
        again: bool = False,
    ) -> None:
        self.paths, self.how, self.language, self.heard, self.again = paths, how, language, heard, again
        self.failed = 0

    def __iter__(self) -> "Iterator[Sheet]":
        count = 0
        for path in self.corpora:
            for sheet in self._corpus(path):
                count += 1
                yield sheet
        for sheet in self.loose():
            count += 1
            yield sheet
        if not count and not self.failed:
            self.tell_of_none()

    @property
    def corpora(self) -> list[Path]:
        """The paths that are corpora; these come first."""
        return [path for path in self.paths if is_corpus(path)]

    @property
    def files(self) -> tuple[Path, ...]:
        """The others."""
        return tuple(path for path in self.paths if not is_corpus(path))

    def tell_of_none(self) -> None:
        """Tells that there is no sheet at all."""
        none = no_sheets(self.paths)
        tell([none], self.language)
        if self.heard is not None:
            self.heard((none,))

    def loose(self) -> "Iterator[Sheet]":
        """The sheets that are in no corpus."""
        from hyotei.cli.reading_progress import progress

        files = self.files
        if not files:
            return
        from hyotei.readers.sheets_of_paths import read_sheets

        telling = Telling(self.language)
        with progress(files, self.language) as watch:
            for found in read_sheets(files, self.how.as_, given=self.how.given, watch=watch.bytes):
                if not self.again:
                    telling.tell(found.problems)
                if self.heard is not None:
                    self.heard(found.problems)
                watch.sheet()
                if found.sheet is not None:
                    yield found.sheet
                elif any(problem.severity == "error" for problem in found.problems):
                    self.failed += 1
        telling.end()

    def _corpus(self, path: Path) -> "Iterator[Sheet]":
        """The sheets of a corpus under their keys, which are their identifiers unless several sheets share one."""
        from hyotei.audit.columnar_audit import keyed
        from hyotei.corpus.corpus import Corpus

        with Corpus.open(path) as corpus:
            yield from (sheet for _, sheet in keyed(corpus))


def is_corpus(path: Path) -> bool:
    """Whether a path is the folder of a corpus."""
    return (path / "corpus.json").is_file()
