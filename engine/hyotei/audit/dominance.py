"""Ratings held against each other, without any rule: who is at least as good in everything and was rated strictly worse.

A sheet *wrongs* another one if it is at least as good in every input and its recorded rating is strictly worse. That is a
strict order: if a wrongs b and b wrongs c, then a wrongs c. So the largest set of sheets whose ratings are consistent is
a largest antichain of it, and by Dilworth's theorem as many sheets must go as a largest matching of the order has pairs:
which ones, König's theorem tells.

R. P. Dilworth, "A decomposition theorem for partially ordered sets", Annals of Mathematics 51 (1950); the matching is
found by the algorithm of J. E. Hopcroft and R. M. Karp, SIAM Journal on Computing 2 (1973), over rows of bits.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hyotei.base.extras import need
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]

MOST: Final = 100_000
"""Sheets at most: one bit a pair is held, which is 1.2 GB for so many."""
_BLOCK: Final = 512


@dataclass(frozen=True, slots=True)
class Judged:
    """A sheet to be compared: its key, its inputs, each the greater the better, and the place of its rating, 0 the best."""

    key: str
    values: tuple[Decimal, ...]
    place: int


@dataclass(frozen=True, slots=True)
class DominatedPair:
    """Two sheets by their positions: the first is at least as good in everything and was rated worse by `steps` places.

    `better_in` counts the inputs in which it is strictly better.
    """

    wronged: int
    favoured: int
    steps: int
    better_in: int


@dataclass(frozen=True, slots=True)
class Dominance:
    """All about the consistency of recorded ratings.

    Attributes:
        sheets: how many were compared.
        pairs: how many pairs contradict each other.
        involved: how many sheets stand in such a pair.
        removed: positions of the fewest sheets without which the ratings are consistent, ascending. There may be other
            sets of the same size.
        strongest: the pairs to look at first: the most places apart, then better in the most inputs, then in the order
            of the sheets.
    """

    sheets: int
    pairs: int
    involved: int
    removed: tuple[int, ...]
    strongest: tuple[DominatedPair, ...]


def dominance(sheets: Sequence[Judged], strongest: int = 20) -> Dominance:
    """Compares all sheets with each other.

    Args:
        sheets: with inputs in one order; a sheet with an unknown input or rating cannot be compared and is left out.
        strongest: how many pairs to return.

    Raises:
        HyoteiError: there are more sheets than can be held (HY981), or numpy is not installed (HY902).
    """
    if len(sheets) > MOST:
        raise HyoteiError(Diagnostic("HY981", params={"count": f"{len(sheets):,}", "limit": f"{MOST:,}"}))
    need("columnar", "numpy")
    import numpy as np

    if not sheets:
        return Dominance(0, 0, 0, (), ())
    columns, places = _ranked(sheets)
    wrongs = _wrongs(columns, places)
    counts = np.bitwise_count(wrongs).sum(axis=1, dtype=np.int64)
    below = np.bitwise_or.reduce(wrongs, axis=0)
    involved = int(np.count_nonzero((counts > 0) | (np.unpackbits(below)[: len(sheets)] > 0)))
    return Dominance(
        sheets=len(sheets),
        pairs=int(counts.sum()),
        involved=involved,
        removed=_removed(wrongs, len(sheets)),
        strongest=_strongest(wrongs, columns, places, strongest),
    )


def _ranked(sheets: Sequence[Judged]) -> "tuple[NDArray[np.int32], NDArray[np.int32]]":
    """The inputs as ranks, which are whole numbers in the order of the exact values, one row an input; and the places."""
    import numpy as np

    columns = []
    for values in zip(*(each.values for each in sheets), strict=True):
        rank = {value: position for position, value in enumerate(sorted(set(values)))}
        columns.append([rank[value] for value in values])
    width = len(columns)
    ranked = np.array(columns, dtype=np.int32).reshape(width, len(sheets))
    return ranked, np.array([each.place for each in sheets], dtype=np.int32)


def _wrongs(columns: "NDArray[np.int32]", places: "NDArray[np.int32]") -> "Bits":
    """Row by row the sheets that each sheet is at least as good as and yet rated worse than, a bit each."""
    import numpy as np

    count = len(places)
    rows = np.zeros((count, (count + 7) // 8), dtype=np.uint8)
    for start in range(0, count, _BLOCK):
        block = slice(start, min(start + _BLOCK, count))
        held = places[None, :] < places[block, None]
        for column in columns:
            held &= column[None, :] <= column[block, None]
        rows[block] = np.packbits(held, axis=1)
    return rows


def _removed(wrongs: "Bits", count: int) -> tuple[int, ...]:
    """The fewest sheets that touch every pair, by a largest matching."""
    matching = _Matching(wrongs, count)
    matching.grow()
    return matching.cover()


class _Matching:
    """A largest matching between sheets that wrong (left) and sheets that are wronged upon (right)."""

    def __init__(self, wrongs: "Bits", count: int) -> None:
        import numpy as np

        self.np, self.wrongs, self.count = np, wrongs, count
        self.right_of = [-1] * count
        self.left_of = [-1] * count
        self.active = np.flatnonzero(wrongs.any(axis=1)).tolist()

    def positions(self, row: "Bits") -> list[int]:
        """The positions of the bits that are set."""
        found: list[int] = []
        for byte in self.np.flatnonzero(row).tolist():
            value, position = int(row[byte]), byte * 8
            while value:
                if value & 0x80:
                    found.append(position)
                value, position = (value << 1) & 0xFF, position + 1
        return found

    def first(self, row: "Bits") -> int:
        """The position of the first bit that is set, -1 where there is none."""
        byte = int((row != 0).argmax())
        value = int(row[byte])
        return -1 if value == 0 else byte * 8 + 8 - value.bit_length()

    def grow(self) -> None:
        """Augments along shortest paths until none is left."""
        self.greedy()
        while self.phase():
            pass

    def greedy(self) -> None:
        """A first matching: each takes the first that is free."""
        free = self.all_bits()
        for left in self.active:
            right = self.first(self.wrongs[left] & free)
            if right >= 0:
                self.right_of[left], self.left_of[right] = right, left
                free[right >> 3] &= ~(0x80 >> (right & 7)) & 0xFF

    def all_bits(self) -> "Bits":
        return self.np.packbits(self.np.ones(self.count, dtype=self.np.uint8))

    def phase(self) -> bool:
        """One round of Hopcroft and Karp: layers from the free left sheets, then disjoint paths through them."""
        layers, reached = self.layers()
        if not reached:
            return False
        augmented = False
        unused = [layer.copy() for layer in layers]
        for left in self.active:
            if self.right_of[left] < 0:
                augmented |= self.augment(left, unused)
        return augmented

    def layers(self) -> "tuple[list[Bits], bool]":
        """The right sheets by their distance, and whether a free one was reached."""
        np = self.np
        unseen = self.all_bits()
        free = np.packbits(np.array([left < 0 for left in self.left_of], dtype=np.uint8))
        level = [left for left in self.active if self.right_of[left] < 0]
        layers: list[Bits] = []
        while level:
            layer = np.zeros_like(unseen)
            for left in level:
                new = self.wrongs[left] & unseen
                layer |= new
                unseen &= ~new
            if not layer.any():
                return layers, False
            layers.append(layer)
            if (layer & free).any():
                layer &= free  # paths end here, at free ones only
                return layers, True
            level = [self.left_of[right] for right in self.positions(layer)]
        return layers, False

    def augment(self, start: int, unused: "list[Bits]") -> bool:
        """A path from a free left sheet through the layers to a free right one; each right sheet is used once a round."""
        path: list[tuple[int, int]] = []
        left = start
        while True:
            depth = len(path)
            right = self.first(self.wrongs[left] & unused[depth])
            if right < 0:
                if not path:
                    return False
                left, _ = path.pop()
                continue
            unused[depth][right >> 3] &= ~(0x80 >> (right & 7)) & 0xFF
            path.append((left, right))
            if depth == len(unused) - 1:
                break
            left = self.left_of[right]
        for one, other in path:
            self.right_of[one], self.left_of[other] = other, one
        return True

    def cover(self) -> tuple[int, ...]:
        """By König: left sheets that no alternating path from a free one reaches, and right sheets that one does.

        A sheet is removed if it is in the cover on either side; no sheet is on both in more than the matching counts.
        """
        reached = {left for left in self.active if self.right_of[left] < 0}
        unseen = self.all_bits()
        stack = sorted(reached, reverse=True)
        rights: set[int] = set()
        while stack:
            new = self.wrongs[stack.pop()] & unseen
            unseen &= ~new
            for right in self.positions(new):
                rights.add(right)
                left = self.left_of[right]
                if left >= 0 and left not in reached:
                    reached.add(left)
                    stack.append(left)
        lefts = {left for left in self.active if self.right_of[left] >= 0 and left not in reached}
        return tuple(sorted(lefts | rights))


def _strongest(
    wrongs: "Bits", columns: "NDArray[np.int32]", places: "NDArray[np.int32]", most: int
) -> tuple[DominatedPair, ...]:
    """The pairs that are furthest apart, row by row with the best kept, so that all pairs are never held."""
    import numpy as np

    count = len(places)
    kept: list[tuple[int, int, int, int]] = []
    for wronged in np.flatnonzero(wrongs.any(axis=1)).tolist():
        favoured = np.flatnonzero(np.unpackbits(wrongs[wronged], count=count))
        steps = places[wronged] - places[favoured]
        better = (columns[:, favoured] < columns[:, wronged, None]).sum(axis=0)
        order = np.lexsort((favoured, -better, -steps))[:most]
        kept += [(-int(steps[i]), -int(better[i]), wronged, int(favoured[i])) for i in order.tolist()]
        if len(kept) > 50 * most + 1000:
            kept = sorted(kept)[:most]
    return tuple(
        DominatedPair(wronged, favoured, -steps, -better) for steps, better, wronged, favoured in sorted(kept)[:most]
    )
