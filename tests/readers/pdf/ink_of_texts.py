"""Ink made by hand: texts set glyph by glyph, across or down, and the lines of tables."""

from collections.abc import Sequence

from hyotei.readers.pdf.ink import Box, Glyph, Ink, Quarter, Rule


def across(text: str, x: float, y: float, size: float = 10.0) -> list[Glyph]:
    """A text from left to right; its top left corner is at (x, y). Latin letters are half as wide."""
    glyphs: list[Glyph] = []
    for character in text:
        width = size / 2 if character.isascii() else size
        glyphs.append(Glyph(character, Box(x, y, x + width, y + size), size))
        x += width
    return glyphs


def down(text: str, x: float, y: float, size: float = 10.0, pitch: float = 1.1) -> list[Glyph]:
    """A text from top to bottom."""
    return [
        Glyph(character, Box(x, y + index * pitch * size, x + size, y + index * pitch * size + size), size)
        for index, character in enumerate(text)
    ]


def lines(texts: Sequence[str], x: float, y: float, size: float = 10.0, leading: float = 1.3) -> list[Glyph]:
    """Texts below each other."""
    return [glyph for index, text in enumerate(texts) for glyph in across(text, x, y + index * leading * size, size)]


def table(
    texts: Sequence[Sequence[str]], x: float = 40, y: float = 40, width: float = 90, height: float = 40
) -> tuple[list[Glyph], list[Rule]]:
    """A ruled table of equal cells; a text may have several lines."""
    columns = len(texts[0])
    glyphs: list[Glyph] = []
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            glyphs += lines(text.split("\n"), x + column * width + 4, y + row * height + 4, 8)
    rules = [Rule(True, y + row * height, x, x + columns * width) for row in range(len(texts) + 1)]
    rules += [Rule(False, x + column * width, y, y + len(texts) * height) for column in range(columns + 1)]
    return glyphs, rules


def turned_against(ink: Ink, quarters: Quarter) -> Ink:
    """The same page with everything on it turned against the clock by so many quarters, so that it must be turned back."""
    back: tuple[Quarter, ...] = (0, 3, 2, 1)
    by = back[quarters]
    width, height = ink.width, ink.height
    glyphs = [Glyph(each.text, each.box.turned(by, width, height), each.size, quarters) for each in ink.glyphs]
    rules: list[Rule] = []
    for rule in ink.rules:
        box = (
            Box(rule.start, rule.at, rule.end, rule.at)
            if rule.horizontal
            else Box(rule.at, rule.start, rule.at, rule.end)
        ).turned(by, width, height)
        flat = rule.horizontal != bool(by % 2)
        rules.append(Rule(True, box.top, box.x0, box.x1) if flat else Rule(False, box.x0, box.top, box.bottom))
    return Ink(height if by % 2 else width, width if by % 2 else height, glyphs, rules)
