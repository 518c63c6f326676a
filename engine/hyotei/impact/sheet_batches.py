"""Sheets taken together: their relations, and what is told of each. A corpus comes in batches, so that memory is bounded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from decimal import Decimal
from functools import cached_property, partial
from typing import TypeAlias

from hyotei.columnar.corpus_batches import AT_ONCE, batches_of
from hyotei.columnar.corpus_relations import Figures, relations_of_parts
from hyotei.columnar.relations import Relations, relations_of
from hyotei.corpus.content_hash import corpus_hash, sheet_hash
from hyotei.corpus.corpus import Corpus
from hyotei.corpus.evaluated_budget import money_of, money_of_rows
from hyotei.corpus.part import Part
from hyotei.corpus.restore import restore
from hyotei.corpus.row_reading import READ, rows_of_some
from hyotei.corpus.stored_rows import StoredRows
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.sheet import Sheet

Sheets: TypeAlias = "Corpus | Sequence[Sheet]"


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a sheet. `money` is the budget of the evaluated year in yen, None where it is not known."""

    key: str
    title: str
    authority: str
    fiscal_year: int
    money: Decimal | None


@dataclass
class Batch:
    """Some sheets by their places in it."""

    relate: Callable[[], Relations]
    about: list[About]
    corpus: Corpus | None = None
    parts: tuple[Part, ...] = ()
    found: dict[int, Sheet] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.about)

    @cached_property
    def relations(self) -> Relations:
        """Their relations, with the figures that were asked for."""
        return self.relate()

    def sheets(self, places: Iterable[int]) -> dict[int, Sheet]:
        """The sheets themselves, which are dear to make and kept once made."""
        wanted = set(places)
        missing = wanted - self.found.keys()
        if missing:
            assert self.corpus is not None, "sheets that were given are there"
            first = 0
            for part in self.parts:
                inside = [place for place in range(first, first + part.sheets) if place in missing]
                if inside:
                    place_of = {self.about[place].key: place for place in inside}
                    self.corpus.verify(READ, [part])
                    rows = rows_of_some(self.corpus.place, part.name, list(place_of))
                    self.found |= {place_of[key]: restore(each) for key, each in rows.items()}
                first += part.sheets
        return {place: self.found[place] for place in wanted}


def content_hash(sheets: Sheets) -> str:
    """The hash of a corpus; of sheets the hash that a corpus of them would have."""
    if isinstance(sheets, Corpus):
        return sheets.hash
    return corpus_hash({sheet_hash(sheet) for sheet in sheets})


def batches(sheets: Sheets, figures: Figures, at_once: int = AT_ONCE) -> Iterator[Batch]:
    """The sheets with the figures that are asked for, some tens of thousands at a time.

    Raises:
        HyoteiError: there is no sheet (HY992), or a file of the corpus is damaged.
    """
    if not len(sheets):
        raise HyoteiError(Diagnostic("HY992"))
    if isinstance(sheets, Corpus):
        for parts in batches_of(sheets.parts, at_once):
            stored = StoredRows(sheets, parts)
            yield Batch(
                partial(relations_of_parts, sheets, parts, figures, stored), _about(stored), sheets, tuple(parts)
            )
        return
    for start in range(0, len(sheets), at_once):
        some = list(sheets[start : start + at_once])
        about = [About(each.id, each.title, each.authority, each.fiscal_year, money_of(each)) for each in some]
        yield Batch(partial(relations_of, some, figures), about, found=dict(enumerate(some)))


def _about(stored: StoredRows) -> list[About]:
    """What is told of the sheets of some parts, straight from the tables."""
    columns = (stored.cells("sheets", name) for name in ("title", "authority", "fiscal_year"))
    money = (None if text is None else Decimal(text) for text in money_of_rows(stored))
    return [About(*each) for each in zip(stored.keys, *columns, money, strict=True)]
