"""Input cells as tests (section 5). A test is a tuple whose first part says what it is:

("unknown", reason or None)   ("compare", operator, node, ...)   ("has text", text, whether at the start)

Of several comparisons in one test all must hold.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.outside.expressions import Node, range_end
from tests.outside.numerals import SIDE_OF, SIDE_WORDS, era_of, fold, in_unit, number
from tests.outside.unknown import REASON_WORDS

Test = tuple[Any, ...]

_UNKNOWN = re.compile(r"(?:unknown|不明)\s*(?:\(\s*(\w+)\s*\))?")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<!\d)(?<!\d,)\d{1,3}(,\d{3})+(?!\d)")
_HAS_TEXT = re.compile(
    r'(?P<before>contains|starts\s+with)\s*"(?P<part>[^"]*)"|"(?P<other>[^"]*)"\s*(?P<behind>を含む|で始まる)'
)
_TO = r"\.\.|~"
_AND = r"(?:なおかつ|でかつ|かつ|且つ|であって|であり|で|(?<!\w)and(?!\w))"
_OR = re.compile(r"\s*[,、・]?\s*(?:または|又は|もしくは|若しくは|あるいは|或いは|(?<![A-Za-z_])or(?!\w))\s*")
_BOTH = re.compile(
    r"\s*[,、・]?\s*(?:なおかつ|でかつ|かつ|且つ|(?<![A-Za-z_])and(?!\w)|で(?:あって|あり)?(?=\s*[<>]))\s*"
)


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
    """Reads the cells of a column: `words` are the values of its scale by their spellings, where it has one.

    Inside an expression a comma always parts two tests; in a cell it may also set thousands apart.
    """

    words: Mapping[str, str]
    expression: Callable[[str], Node]
    inside: bool = False

    def cell(self, text: str) -> Cell:
        """A cell from its text."""
        # As in Markdown, several backticks are as good as one.
        text = re.sub("`+", "`", fold(text).strip())
        if text in ("", "-", "任意"):
            return Cell(())
        negated = False
        if match := re.fullmatch(r"not\s*\((.*)\)", text):
            text, negated = match[1], True
        elif text.endswith("以外"):
            text, negated = text.removesuffix("以外"), True
        elif text.startswith("!="):
            text, negated = text.removeprefix("!="), True
        text = _replaced(_BOTH, "かつ", _replaced(_OR, "、", text))
        return Cell(tuple(self.test(item.strip()) for item in self.items(text)), negated)

    def items(self, text: str) -> Iterator[str]:
        """The tests of a list, parted by `,`, `、` and `・`."""
        longest_first = sorted(self.words, key=len, reverse=True)
        start = place = 0
        while place < len(text):
            blank = not text[start:place].strip()
            word = next((each for each in longest_first if text.startswith(each, place)), "")
            if blank and word:
                place += len(word)
            elif blank and (end := range_end(text, place, in_cell=not self.inside)):
                place = end
            elif text[place] in '"`':
                place = text.index(text[place], place + 1) + 1
            elif text[place] in "([":
                place = _closes(text, place) + 1
            elif not self.inside and (match := _NUMBER.match(text, place)):
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
        if match := _HAS_TEXT.fullmatch(text):
            return (
                "has text",
                match["part"] or match["other"],
                (match["before"] or match["behind"]).startswith(("starts", "で")),
            )
        if re.fullmatch(r"`[^`]*`", text) and _sides(text[1:-1]):
            return self.test(text[1:-1].strip())
        found: list[Any] = []
        for part in _parts(text, "かつ") if text not in self.words else [text]:
            found += self.comparisons(part.strip())
        return "compare", *found

    def comparisons(self, text: str) -> list[Any]:
        """Operators and ends, one after the other."""
        if text in self.words:
            return ["=", self.end(text)]
        if match := re.match(r"<=|>=|=|<|>", text):
            return [match[0], self.end(text[match.end() :])]
        if range_end(text, 0, in_cell=True) == len(text):
            low, high = self.ends(*_parts(text[1:-1], _TO))
            return [">=" if text[0] == "[" else ">", low, "<=" if text[-1] == "]" else "<", high]
        sided = _sides(text)
        if not sided:
            ends = _parts(text, _TO)
            return ["=", self.end(text)] if len(ends) == 1 else self.between(ends, "<=")
        if len(sided) == 1 and len(ends := _parts(sided[0][0], _TO)) == 2:
            return self.between(ends, SIDE_OF[sided[0][1]])
        texts = [sided[0][0], *(re.sub(rf"^\s*{_AND}", "", end) for end, _ in sided[1:])]
        nodes = self.ends(*texts)
        return [each for (_, word), node in zip(sided, nodes, strict=True) for each in (SIDE_OF[word], node)]

    def between(self, ends: list[str], sign: str) -> list[Any]:
        low, high = self.ends(*ends)
        return [">=", low, sign, high]

    def ends(self, *texts: str) -> list[Node]:
        """The ends of a range: the lower may leave out the unit of the upper, the upper the era of the lower."""
        nodes = [self.end(text) for text in texts]
        if len(texts) == 2 and not self.words:
            low, high = number(texts[0]), number(texts[1], era_of(texts[0]))
            if low and high:
                return [("value", low[0] if low[1] else in_unit(low[0], high[1])), ("value", high[0])]
        return nodes

    def end(self, text: str) -> Node:
        """An end of a test: a value of the scale, a number, or an expression with or without backticks."""
        text = text.strip()
        if re.fullmatch(r"`[^`]*`", text):
            text = text[1:-1].strip()
        if text in self.words:
            return "value", self.words[text]
        found = number(text)
        if found is not None and not self.words:
            return "value", found[0]
        return self.expression(
            _THOUSANDS.sub(lambda match: match[0].replace(",", ""), re.sub(r"`([^`]*)`", r"(\1)", text))
        )


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


def _parts(text: str, sign: str) -> list[str]:
    """The text parted at each such sign outside backticks and double quotes."""
    found, start = [], 0
    for match in re.finditer(sign, _outside(text)):
        found.append(text[start : match.start()])
        start = match.end()
    return [*found, text[start:]]


def _replaced(words: re.Pattern[str], word: str, text: str) -> str:
    """The text with one word in place of others, outside backticks and double quotes."""
    for match in reversed(list(words.finditer(_outside(text)))):
        text = text[: match.start()] + word + text[match.end() :]
    return text
