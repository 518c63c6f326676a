"""The tree of an expression (section 8). A node is a tuple whose first part says what it is:

("value", v) ("word", word) ("unknown", reason or None) ("name", parts)
("of", node, parts) ("at", node, n) ("where", node, condition)
("call", function, nodes) ("minus", node) (operator, left, right) ("between", node, low, high) ("in", node, cell text)
("if", condition, yes, no)
"""

import re
from collections.abc import Sequence
from typing import Any

from tests.outside.functions import JAPANESE
from tests.outside.numerals import fold, number_at
from tests.outside.unknown import REASON_WORDS

Node = tuple[Any, ...]

FUNCTIONS = (
    "count", "sum", "min", "max", "mean", "all", "any", "not", "abs", "floor", "ceiling", "decimal",
    "round up", "round down", "round half up", "round half down", "round half even", "best", "worst", "raise", "lower",
    "round five down", "as ratio", "contains", "starts with",
)  # fmt: skip
KEYWORDS = {"if", "then", "else", "and", "or", "in", "between", "true", "false", "unknown", "不明"}
_CALL = re.compile(rf"({'|'.join(sorted((*FUNCTIONS, *JAPANESE), key=len, reverse=True)).replace(' ', '[ ]+')})\s*\(")
_NAME = re.compile(r"[^\W\d]\w*")


class NotAnExpression(ValueError):
    """The text does not read as an expression."""


def expression(text: str, words: Sequence[str] = ()) -> Node:
    """The tree of a whole text. `words` are values of scales; those with other signs than a name has are read too."""
    reader = Reader(fold(text), words)
    node = reader.choice()
    if reader.rest():
        raise NotAnExpression(text)
    return node


class Reader:
    """Reads a folded text from left to right, one method for each rank of operators."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        self.text, self.place = text, 0
        folded = {fold(word) for word in words}
        self.words = sorted((word for word in folded if not _NAME.fullmatch(word)), key=len, reverse=True)

    # -- single signs and words

    def rest(self) -> str:
        self.place += len(self.text[self.place :]) - len(self.text[self.place :].lstrip())
        return self.text[self.place :]

    def sign(self, *signs: str) -> str | None:
        """Steps over the first of these signs that comes next."""
        rest = self.rest()
        for sign in signs:
            if rest.startswith(sign):
                self.place += len(sign)
                return sign
        return None

    def word(self, *words: str) -> str | None:
        """Steps over one of these words that comes next, as a whole word."""
        match = _NAME.match(self.rest())
        if match and match[0] in words:
            self.place += len(match[0])
            return match[0]
        return None

    def must(self, sign: str) -> None:
        if not (self.word(sign) if sign.isalpha() else self.sign(sign)):
            raise NotAnExpression(f"{sign} is missing: {self.text}")

    # -- ranks, the weakest first

    def choice(self) -> Node:
        if not self.word("if"):
            return self.either()
        condition = self.choice()
        self.must("then")
        yes = self.choice()
        self.must("else")
        return "if", condition, yes, self.choice()

    def either(self) -> Node:
        node = self.both()
        while self.word("or"):
            node = "or", node, self.both()
        return node

    def both(self) -> Node:
        node = self.comparison()
        while self.word("and"):
            node = "and", node, self.comparison()
        return node

    def comparison(self) -> Node:
        node = self.sum()
        if sign := self.sign("!=", "<=", ">=", "=", "<", ">"):
            return sign, node, self.sum()
        if self.word("between"):
            low = self.sum()
            self.must("and")
            return "between", node, low, self.sum()
        if self.word("in"):
            return "in", node, self.tests()
        return node

    def sum(self) -> Node:
        node = self.product()
        while sign := self.sign("+", "-"):
            node = sign, node, self.product()
        return node

    def product(self) -> Node:
        node = self.power()
        while not self.rest().startswith("**") and (sign := self.sign("*", "/")):
            node = sign, node, self.power()
        return node

    def power(self) -> Node:
        node = self.signed()
        while self.sign("**"):
            node = "**", node, self.signed()
        return node

    def signed(self) -> Node:
        return ("minus", self.signed()) if self.sign("-", "△", "▲", "マイナス") else self.path()

    def path(self) -> Node:
        node = self.atom()
        while True:
            if self.rest().startswith(".") and not self.rest().startswith(".."):
                parts = self.dotted()
                node = ("name", (*node[1], *parts)) if node[0] == "name" else ("of", node, parts)
            elif self.rest().startswith("["):
                node = self.chosen(node)
            else:
                return node

    def dotted(self) -> tuple[str, ...]:
        parts = []
        while match := re.match(r"\s*\.\s*([^\W\d]\w*)", self.text[self.place :]):
            parts.append(match[1])
            self.place += match.end()
        return tuple(parts)

    def chosen(self, node: Node) -> Node:
        self.must("[")
        if match := re.match(r"\s*(-?\d+)\s*\]", self.text[self.place :]):
            self.place += match.end()
            return "at", node, int(match[1])
        condition = self.choice()
        self.must("]")
        return "where", node, condition

    def atom(self) -> Node:
        rest = self.rest()
        if rest.startswith("("):
            self.must("(")
            node = self.choice()
            self.must(")")
            # What stands in brackets is one value: a path does not reach into a name in it.
            return node
        for word in self.words:
            if rest.startswith(word) and not word[0].isdigit():
                self.place += len(word)
                return "word", word
        if match := re.match(r'"([^"]*)"', rest):
            self.place += match.end()
            return "value", match[1]
        if match := _CALL.match(rest):
            self.place += match.end()
            name = re.sub(r"\s+", " ", match[1])
            return "call", JAPANESE.get(name, name), self.arguments()
        if found := number_at(self.text, self.place, in_cell=False):
            value, _, self.place = found
            return "value", value
        match = _NAME.match(rest)
        if not match:
            raise NotAnExpression(self.text)
        self.place += match.end()
        if match[0] in ("true", "false"):
            return "value", match[0] == "true"
        if match[0] in ("unknown", "不明"):
            reason = re.match(r"\s*\(\s*(\w+)\s*\)", self.text[self.place :])
            if reason:
                self.place += reason.end()
            return "unknown", REASON_WORDS[reason[1]] if reason else None
        if match[0] in KEYWORDS:
            raise NotAnExpression(self.text)
        return "name", (match[0],)

    def arguments(self) -> tuple[Node, ...]:
        found = []
        while not self.sign(")"):
            found.append(self.choice())
            if not self.sign(","):
                self.must(")")
                break
        return tuple(found)

    def tests(self) -> str:
        """The range or the list in brackets after `in`, as the text of a cell."""
        start = self.place = self.place + len(self.text[self.place :]) - len(self.rest())
        opened = self.text[start : start + 1]
        if end := range_end(self.text, start):
            self.place = end
            return self.text[start:end]
        if opened != "(":
            raise NotAnExpression(self.text)
        self.place = list_end(self.text, start + 1) + 1
        return self.text[start + 1 : self.place - 1]


def range_end(text: str, start: int, *, in_cell: bool = False) -> int | None:
    """Where the range `[1..3)` that begins with the bracket at a place ends; None where none begins there.

    In a cell a comma may set thousands apart, and round brackets may hold a range with `~`; elsewhere they hold a list.
    """
    if text[start : start + 1] not in ("[", "(", "]"):
        return None
    depth, dots, listed = 0, False, False
    place = start + 1
    while place < len(text):
        character = text[place]
        if character in '"`':
            place = text.index(character, place + 1)
        elif not depth and text.startswith("..", place):
            dots = True
            place += 1
        elif not depth and character == "~":
            dots = True
            listed = text[start] == "(" and not in_cell
        elif not depth and character in ",、・":
            if not (in_cell and re.search(r"\d$", text[:place]) and re.match(r",\d{3}(?!\d)", text[place:])):
                return None
        elif character == "]" and text[:place].rstrip()[-1:] in ("(", ","):
            depth += 1
        elif depth and (character in ")]" or (character == "[" and _ENDS.match(text, place + 1))):
            depth -= 1
        elif not depth and (character in ")]" or (character == "[" and _ENDS.match(text, place + 1))):
            return place + 1 if dots and not (listed and character == ")") else None
        elif character in "([":
            depth += 1
        place += 1
    return None


_ENDS = re.compile(r"\s*($|[,、・)]|(and|or|then|else|かつ|で|以外)(?!\w))")
"""What stands behind a range; a bracket before it ends the range, any other chooses of a list."""


def list_end(text: str, start: int) -> int:
    """Where the bracket that closes a list of tests stands; the list begins at a place."""
    place = start
    fresh = True
    while text[place] != ")":
        character = text[place]
        if fresh and (end := range_end(text, place)):
            place = end
            fresh = False
            continue
        if character in '"`':
            place = text.index(character, place + 1)
        elif character in "([":
            # A call, brackets, `not(` with tests of its own, or a choice of a list.
            place = list_end(text, place + 1) if character == "(" else _choice_end(text, place + 1)
        fresh = character in ",、・" or (fresh and character == " ")
        place += 1
    return place


def _choice_end(text: str, start: int) -> int:
    depth = 1
    place = start
    while depth:
        depth += {"[": 1, "]": -1}.get(text[place], 0)
        place += 1
    return place - 1
