"""Files of a corpus held to the hashes of its manifest before they are read: an edited file is told, not rated."""

from collections.abc import Iterable
from pathlib import Path

from hyotei.corpus.part import Part, file_name, sha256_of
from hyotei.corpus.rewritten_parts import damaged
from hyotei.messages import Diagnostic, HyoteiError, Phrase, phrase


class VerifiedFiles:
    """The files of one generation that were verified so far, each once and when it is first read."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._sound: set[tuple[str, str]] = set()

    def hold(self, parts: Iterable[Part], tables: Iterable[str]) -> None:
        """Verifies the files of some tables in some parts.

        Raises:
            HyoteiError: one is missing or unreadable (HY959), or is not as it was written (HY966).
        """
        names = tuple(tables)
        for part in parts:
            for table in names:
                if (part.name, table) not in self._sound:
                    as_written(self.place, part, table)
                    self._sound.add((part.name, table))


def as_written(place: Path, part: Part, table: str) -> None:
    """Verifies one file.

    Raises:
        HyoteiError: it is missing or unreadable (HY959), or is not as it was written (HY966).
    """
    path, file = place / table / file_name(part.name), part.files[table]
    try:
        same = path.stat().st_size == file.bytes and sha256_of(path) == file.sha256
    except OSError as error:
        raise damaged(path, error) from None
    if not same:
        where = f"{table}/{path.name}"
        raise HyoteiError(disagrees(phrase("corpus.disagrees.file", file=where)))


def disagrees(reason: Phrase) -> Diagnostic:
    """That a corpus is not what its manifest says."""
    return Diagnostic("HY966", params={"reason": reason})
