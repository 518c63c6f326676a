"""What a page prints, as far as forms are concerned: glyphs with their places, and rules (lines), in points from the top left."""

from dataclasses import field
from typing import Final, Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.printed.form_blocks import WHOLE_PAGE, PageArea

Quarter = Literal[0, 1, 2, 3]
"""In quarters of a turn against the clock: how far the text of a glyph runs off the usual left to right."""

UNREADABLE: Final = "\ufffd"
"""Stands for a glyph of which the file does not say what character it is."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether a point lies in it."""
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack

    def turned(self, quarters: Quarter, width: float, height: float) -> "Box":
        """The same on a page of that width and height after it is turned clockwise by so many quarters."""
        if quarters == 1:
            return Box(height - self.bottom, self.x0, height - self.top, self.x1)
        if quarters == 2:
            return Box(width - self.x1, height - self.bottom, width - self.x0, height - self.top)
        if quarters == 3:
            return Box(self.top, width - self.x1, self.bottom, width - self.x0)
        return self


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character, its box, the size of its font and which way its text runs."""

    text: str
    box: Box
    size: float
    quarter: Quarter = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight printed line: at `at` on its own axis, from `start` to `end` along the other."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled area, and whether its colour is another than that of the paper."""

    box: Box
    coloured: bool


@dataclass(slots=True)
class Ink:
    """All of a page.

    Attributes:
        rules: printed lines, and the outlines of boxes.
        fills: outlines of coloured areas without a line around them; they border cells where nothing else does.
        grounds: filled areas in the order in which they are painted, each over those before it.
        scanned: whether an image covers (nearly) all of the page.
        images: how many images there are.
        curves: how many curved lines.
        fields: how many form fields and notes with a text lie over the page, which is not part of it.
        turned: by how many quarters it was turned clockwise from the page as it is shown.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Rule] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    scanned: bool = False
    images: int = 0
    curves: int = 0
    fields: int = 0
    turned: Quarter = 0

    def area(self, box: Box) -> PageArea:
        """Where a box stands on the page as it is shown."""
        turns: tuple[Quarter, ...] = (0, 1, 2, 3)
        shown = box.turned(turns[-self.turned % 4], self.width, self.height)
        width, height = (self.height, self.width) if self.turned % 2 else (self.width, self.height)
        return _part(shown.x0, width), _part(shown.top, height), _part(shown.x1, width), _part(shown.bottom, height)


def _part(at: float, length: float) -> int:
    return max(0, min(WHOLE_PAGE, round(WHOLE_PAGE * at / length))) if length > 0 else 0


def upright(ink: Ink) -> Ink:
    """The page turned so that most of its text runs from left to right."""
    counts = [0, 0, 0, 0]
    for glyph in ink.glyphs:
        counts[glyph.quarter] += not glyph.text.isspace()
    quarters = counts.index(max(counts))
    if quarters == 0 or 2 * counts[quarters] <= sum(counts):
        return ink
    turns: tuple[Quarter, ...] = (0, 1, 2, 3)
    by = turns[quarters]
    width, height = ink.width, ink.height
    return Ink(
        width=height if quarters % 2 else width,
        height=width if quarters % 2 else height,
        glyphs=turned_glyphs(ink.glyphs, by, width, height),
        rules=[_turned_rule(rule, by, width, height) for rule in ink.rules],
        fills=[_turned_rule(rule, by, width, height) for rule in ink.fills],
        grounds=[Ground(each.box.turned(by, width, height), each.coloured) for each in ink.grounds],
        scanned=ink.scanned,
        images=ink.images,
        curves=ink.curves,
        fields=ink.fields,
        turned=turns[(ink.turned + by) % 4],
    )


def turned_glyphs(glyphs: list[Glyph], by: Quarter, width: float, height: float) -> list[Glyph]:
    """The glyphs after the area of that width and height is turned clockwise by so many quarters."""
    turns: tuple[Quarter, ...] = (0, 1, 2, 3)
    return [
        Glyph(each.text, each.box.turned(by, width, height), each.size, turns[(each.quarter - by) % 4])
        for each in glyphs
    ]


def _turned_rule(rule: Rule, by: Quarter, width: float, height: float) -> Rule:
    if rule.horizontal:
        box = Box(rule.start, rule.at, rule.end, rule.at).turned(by, width, height)
    else:
        box = Box(rule.at, rule.start, rule.at, rule.end).turned(by, width, height)
    if rule.horizontal != bool(by % 2):
        return Rule(True, box.top, box.x0, box.x1)
    return Rule(False, box.x0, box.top, box.bottom)
