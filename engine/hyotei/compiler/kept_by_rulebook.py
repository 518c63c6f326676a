"""What was made of a rulebook for a fiscal year, kept ready for the next sheet."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final, Generic, TypeVar

from hyotei.rulebook.model import Rulebook

KEPT: Final = 16
"""What is kept at once of a kind."""
Made = TypeVar("Made")


class KeptByRulebook(Generic[Made]):
    """Things made of rulebooks by content hash and year; the one used longest ago makes room. Safe to share between threads.

    A part of a rulebook (`Rulebook.toward`) and one in the making have the hash of the whole, so what they decide is compared too.
    """

    def __init__(self, make: Callable[[Rulebook, int], Made]) -> None:
        self._make = make
        self._kept: OrderedDict[tuple[str, tuple[str, ...], int], tuple[Rulebook, Made]] = OrderedDict()
        self._lock = Lock()

    def of(self, rulebook: Rulebook, fiscal_year: int) -> Made:
        """What is made of the rulebook for the year."""
        key = rulebook.hash, tuple(rulebook.by_name), fiscal_year
        with self._lock:
            found = self._kept.get(key)
            if found is None or not found[0].decides_as(rulebook):
                found = self._kept[key] = rulebook, self._make(rulebook, fiscal_year)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                # Dropped, not closed: a thread may be about to use it. It is freed when the last user lets go.
                self._kept.popitem(last=False)
        return found[1]
