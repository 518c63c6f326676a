"""Input cells as tests (section 5). A test is a tuple whose first part says what it is:

("unknown", reason or None)   ("compare", operator, node)   ("range", low operator, low, high operator, high)
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.outside.expressions import Node, range_end
from tests.outside.numerals import SIDE_OF, SIDE_WORDS, fold, in_unit, number
from tests.outside.unknown import REASON_WORDS

Test = tuple[Any, ...]

_UNKNOWN = re.compile(r"(?:unknown|不明)\s*(?:\(\s*(\w+)\s*\))?")
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(,\d{3})+(?!\d)")
_TO = r"\.\.|~"


@dataclass(frozen=True)
class Cell:
    """Tests of which one is enough; the whole may be negated. No tests at all: anything holds."""

    tests: tuple[Test, ...]
    negated: bool = False

    def asks_for(self, reason: str) -> bool:
        """Whether a test of the cell names unknown values of this reason."""
        return any(test[0] == "unknown" and test[1] in (None, reason) for test in self.tests)


@dataclass(frozen=True)
class CellReader:
    """Reads the cells of a column: `words` are the values of its scale, where it has one.

    Inside an expression a comma always parts two tests; in a cell it may also set thousands apart.
    """

    words: tuple[str, ...]
    expression: Callable[[str], Node]
    inside: bool = False

    def cell(self, text: str) -> Cell:
        """A cell from its text."""
        text = fold(text).strip()
        if text in ("", "-", "ー", "任意"):
            return Cell(())
        negated = False
        match = re.fullmatch(r"not\s*\((.*)\)", text)
        if match and _closes(text, text.index("(")) == len(text) - 1:
            text, negated = match[1], True
        elif text.endswith("以外"):
            text, negated = text.removesuffix("以外"), True
        elif text.startswith("!="):
            text, negated = text.removeprefix("!="), True
        return Cell(tuple(self.test(item.strip()) for item in self.items(text)), negated)

    def items(self, text: str) -> Iterator[str]:
        """The tests of a list, parted by `,`, `、` and `・`."""
        longest_first = sorted(map(fold, self.words), key=len, reverse=True)
        start = place = 0
        while place < len(text):
            blank = not text[start:place].strip()
            word = next((each for each in longest_first if text.startswith(each, place)), "")
            if blank and word:
                place += len(word)
            elif blank and (end := range_end(text, place, thousands=not self.inside)):
                place = end
            elif text[place] in '"`':
                place = text.index(text[place], place + 1) + 1
            elif text[place] in "([":
                place = _closes(text, place) + 1
            elif not self.inside and (match := _THOUSANDS.match(text, place)):
                place = match.end()
            elif text[place] in ",、・":
                yield text[start:place]
                start = place = place + 1
            else:
                place += 1
        yield text[start:]

    def test(self, text: str) -> Test:
        """One test from its text."""
        if match := _UNKNOWN.fullmatch(text):
            return "unknown", REASON_WORDS[match[1]] if match[1] else None
        if text in map(fold, self.words):
            return "compare", "=", self.end(text)
        if match := re.match(r"<=|>=|=|<|>", text):
            return "compare", match[0], self.end(text[match.end() :])
        if range_end(text, 0, thousands=True) == len(text):
            low, high = _parts(text[1:-1])
            return self.range(">=" if text[0] == "[" else ">", low, "<=" if text[-1] == "]" else "<", high)
        if re.fullmatch(r"`[^`]*`", text) and _sides(text[1:-1]):
            return self.test(text[1:-1].strip())
        match _sides(text):
            case [(low, low_word), (high, high_word)]:
                return self.range(SIDE_OF[low_word], low, SIDE_OF[high_word], high)
            case [(end, word)] if re.search(_TO, _outside(end)):
                low, high = _parts(end)
                return self.range(">=", low, SIDE_OF[word], high)
            case [(end, word)]:
                return "compare", SIDE_OF[word], self.end(end)
        if re.search(_TO, _outside(text)):
            low, high = _parts(text)
            return self.range(">=", low, "<=", high)
        return "compare", "=", self.end(text)

    def range(self, low_sign: str, low: str, high_sign: str, high: str) -> Test:
        first, second = self.end(low), self.end(high)
        bare, united = number(low), number(high)
        if bare and united and not bare[1]:
            first = "value", in_unit(bare[0], united[1])
        return "range", low_sign, first, high_sign, second

    def end(self, text: str) -> Node:
        """An end of a test: a value of the scale, a number, or an expression with or without backticks."""
        text = text.strip()
        for word in self.words:
            if fold(word) == text:
                return "value", word
        found = number(text)
        if found is not None and not self.words:
            return "value", found[0]
        return self.expression(text[1:-1] if re.fullmatch(r"`[^`]*`", text) else text.replace("`", " "))


def _closes(text: str, start: int) -> int:
    """Where the bracket that opens at a place is closed."""
    depth = 0
    place = start
    while place < len(text):
        if text[place] in '"`':
            place = text.index(text[place], place + 1)
        depth += (text[place] in "([") - (text[place] in ")]")
        if not depth:
            return place
        place += 1
    return len(text)


def _outside(text: str) -> str:
    """The text with what stands in backticks or double quotes blanked."""
    return re.sub(r'`[^`]*`|"[^"]*"', lambda match: "\0" * len(match[0]), text)


def _sides(text: str) -> list[tuple[str, str]]:
    """`80%以上100%未満` as its ends, each with its word; an empty list where no word stands behind the last end."""
    outside = _outside(text)
    if not re.search(rf"({SIDE_WORDS})\s*$", outside):
        return []
    found, start = [], 0
    for match in re.finditer(SIDE_WORDS, outside):
        found.append((text[start : match.start()], match[0]))
        start = match.end()
    return found


def _parts(text: str) -> tuple[str, str]:
    match = re.search(_TO, _outside(text))
    assert match, text
    return text[: match.start()], text[match.end() :]
