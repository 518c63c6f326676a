"""Sheets rated by the rulebook that edits begin with: the ground on which edits are tried, kept for the next edits of it."""

import gc
from collections.abc import Iterator
from typing import Final

from hyotei.columnar.corpus_batches import AT_ONCE
from hyotei.columnar.corpus_relations import Figures
from hyotei.corpus.content_hash import sheet_hash
from hyotei.corpus.corpus import Corpus
from hyotei.impact.batch_results import BatchResults
from hyotei.impact.sheet_batches import Sheets, batches
from hyotei.impact.tallies import SheetTallies, tallied
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.model import Rulebook

NONE: Final = 0
"""So many sheets are kept where nobody asks for more."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A batch of sheets on which edits are tried, and what they are before."""

    sheets: BatchResults
    tallies: SheetTallies


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """A ground, and what it was made of: an open corpus, which stays as it is, or the hashes of sheets in their order.

    It serves for fewer figures too.
    """

    rulebook: Rulebook
    figures: Figures
    sheets: Corpus | tuple[str, ...]
    grounds: list[Ground]

    def is_of(self, rulebook: Rulebook, figures: Figures, sheets: Corpus | tuple[str, ...]) -> bool:
        return self.sheets == sheets and self.figures >= figures and self.rulebook == rulebook

    def __len__(self) -> int:
        return sum(len(each.sheets.batch) for each in self.grounds)


class Grounds:
    """Rates sheets and keeps what was asked for last.

    Args:
        most: how many sheets are kept at most; those of one corpus count for each rulebook.
        at_once: about how many sheets of a corpus are rated at once.
    """

    def __init__(self, most: int = NONE, at_once: int = AT_ONCE) -> None:
        self.most, self.at_once = most, at_once
        self._kept: list[_Kept] = []

    def of(self, rulebook: Rulebook, figures: Figures, sheets: Sheets) -> Iterator[Ground]:
        """The sheets in batches, rated by a rulebook; they have the figures.

        Raises:
            HyoteiError: there is no sheet (HY992), or a file of the corpus is damaged.
        """
        if len(sheets) > self.most:
            yield from self._rated(rulebook, figures, sheets)
            return
        named = sheets if isinstance(sheets, Corpus) else tuple(map(sheet_hash, sheets))
        found = next((each for each in self._kept if each.is_of(rulebook, figures, named)), None)
        if found is None:
            while self._kept and sum(map(len, self._kept)) + len(sheets) > self.most:
                self._kept.pop(0)
                gc.collect()  # what was kept is large, and holds itself
            found = _Kept(rulebook, figures, named, list(self._rated(rulebook, figures, sheets)))
        else:
            self._kept.remove(found)
        self._kept.append(found)
        yield from found.grounds

    def _rated(self, rulebook: Rulebook, figures: Figures, sheets: Sheets) -> Iterator[Ground]:
        for batch in batches(sheets, figures, self.at_once):
            found = BatchResults(batch, rulebook, figures)
            yield Ground(found, tallied(batch.about, found.results))

    def forget(self, corpus: Corpus) -> None:
        """Keeps nothing of a corpus that is to be closed."""
        self._kept = [each for each in self._kept if each.sheets is not corpus]
