"""The inputs of a table as boxes: for each column a set of elementary values, as the bits of a number.

Between two end points nothing in a column can change, so each end point, each stretch between two, each value of a scale and each
reason of unknown is one elementary value. Sets of inputs are boxes, and what is left of a box is again boxes.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Final, TypeAlias

from pydantic import PlainSerializer, SerializationInfo

from hyotei.base import deadline
from hyotei.base.result_json import asked_language
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, wording
from hyotei.rulebook.types import Type
from hyotei.rulebook.value_domain import Domain
from hyotei.rulebook.value_words import value_text
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.verdict.thresholds import Band, bands_of, joined

Box: TypeAlias = tuple[int, ...]

MOST_BOXES: Final = 20_000
"""What falls apart into more boxes than this is not swept."""

FAR: Final = 10**18
"""Ends of numbers further out than this are not told: no sheet of a policy comes near them."""


class TooManyBoxes(Exception):
    """The inputs of a table fall apart into more boxes than can be looked through."""


@dataclass(frozen=True, slots=True)
class Region:
    """Inputs of a table that belong together: for each column what it may be, in the language of cells."""

    ja: tuple[str, ...]
    en: tuple[str, ...]

    def in_language(self, language: Language) -> tuple[str, ...]:
        """The cells in a language."""
        return {"ja": self.ja, "en": self.en}[language]


def _cells(region: Region, info: SerializationInfo) -> tuple[str, ...]:
    return region.in_language(asked_language(info))


PublishedRegion = Annotated[Region, PlainSerializer(_cells, return_type=tuple[str, ...])]
"""A region as its cells in the language of the view."""


@dataclass(frozen=True, slots=True)
class Element:
    """One elementary value: a sample of it, and for numbers the band it stands for."""

    sample: Scalar
    band: Band | None = None


def elements(domain: Domain, named: Iterable[Scalar]) -> tuple[Element, ...]:
    """The elementary values of a domain, where the cells of a column name these values."""
    named = list(named)
    found: list[Element] = []
    if domain.numbers is not None:
        cuts = {value for value in named if isinstance(value, Decimal)}
        # The ends of the numbers are cut too, for the words; those so far out that no rule speaks of them would only be in the way.
        ends = (end for end in (domain.numbers.low, domain.numbers.high) if end is not None and abs(end) < FAR)
        cuts.update(Decimal(end.numerator) for end in ends if end.denominator == 1)
        found += [Element(band.sample, band) for band in bands_of(domain.numbers, cuts)]
    if domain.texts:
        texts = dict.fromkeys(value for value in named if isinstance(value, str) and value)
        found += [Element(""), *(Element(text) for text in texts), Element("*")]
    found += (Element(value) for value in domain.named)
    found += (Element(Unknown(reason)) for reason in REASONS if reason in domain.unknown)
    return tuple(found or [Element(Unknown("undefined"))])


@dataclass(frozen=True, slots=True)
class ColumnValues:
    """The elementary values of a column."""

    type: Type
    elements: tuple[Element, ...]

    @property
    def full(self) -> int:
        return (1 << len(self.elements)) - 1

    def text(self, mask: int, language: Language) -> str:
        """A set of values in the language of cells."""
        if mask == self.full:
            return "-"
        parts: list[str] = []
        run: list[Band] = []
        for at, element in enumerate(self.elements):
            inside = bool(mask >> at & 1)
            if element.band is not None and inside:
                run.append(element.band)
                continue
            if run:
                parts.append(joined(run, self.type, language))
                run = []
            if inside and not isinstance(element.sample, Unknown):
                parts.append(_plain(element.sample, self.type, language))
        if run:
            parts.append(joined(run, self.type, language))
        reasons = [
            element.sample.reason
            for at, element in enumerate(self.elements)
            if mask >> at & 1 and isinstance(element.sample, Unknown)
        ]
        parts += ["unknown"] if len(reasons) == len(REASONS) else [f"unknown({reason})" for reason in reasons]
        return ", ".join(parts)


def _plain(value: Scalar, of: Type, language: Language) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return wording(language)("values.other_text") if value.startswith("*") else value or '""'
    assert isinstance(value, Decimal)
    return value_text(value, of, language)


def intersect(one: Box, other: Box) -> Box | None:
    """What both have; None where that is nothing."""
    found = tuple(a & b for a, b in zip(one, other, strict=True))
    return found if all(found) else None


def subtract(box: Box, other: Box) -> Iterator[Box]:
    """What is left of a box without another, as boxes that do not overlap."""
    if intersect(box, other) is None:
        yield box
        return
    rest = list(box)
    for at, mask in enumerate(other):
        outside = rest[at] & ~mask
        if outside:
            yield (*rest[:at], outside, *rest[at + 1 :])
            rest[at] &= mask


def remainder(box: Box, others: Iterable[Box]) -> list[Box]:
    """What is left of a box without all the others.

    Raises:
        TooManyBoxes: it falls apart into too many.
    """
    left = [box]
    for other in others:
        deadline.check_deadline()
        left = [piece for each in left for piece in subtract(each, other)]
        if len(left) > MOST_BOXES:
            raise TooManyBoxes
        if not left:
            break
    return left


def covered(box: Box, others: "list[Box]", budget: list[int]) -> bool:
    """Whether the others leave nothing of the box; it looks only until something is left.

    Raises:
        TooManyBoxes: `budget`, which is counted down, is used up.
    """
    waiting = [(box, 0)]
    while waiting:
        deadline.check_deadline()
        here, at = waiting.pop()
        while at < len(others) and intersect(here, others[at]) is None:
            at += 1
        if at == len(others):
            return False
        budget[0] -= 1
        if budget[0] < 0:
            raise TooManyBoxes
        waiting.extend((piece, at + 1) for piece in subtract(here, others[at]))
    return True


def merged(boxes: "list[Box]") -> "list[Box]":
    """The same inputs in fewer boxes: those that differ in one column only become one."""
    found = sorted(set(boxes))
    changed = True
    while changed and len(found) <= 2_000:
        deadline.check_deadline()
        changed = False
        for column in range(len(found[0]) if found else 0):
            groups: dict[Box, int] = {}
            for box in found:
                key = (*box[:column], 0, *box[column + 1 :])
                groups[key] = groups.get(key, 0) | box[column]
            if len(groups) < len(found):
                found = sorted((*key[:column], mask, *key[column + 1 :]) for key, mask in groups.items())
                changed = True
    return found


def regions(boxes: "list[Box]", columns: "list[ColumnValues]") -> tuple[Region, ...]:
    """Boxes in words, touching ones together."""
    return tuple(
        Region(
            tuple(column.text(mask, "ja") for mask, column in zip(box, columns, strict=True)),
            tuple(column.text(mask, "en") for mask, column in zip(box, columns, strict=True)),
        )
        for box in merged(boxes)
    )
