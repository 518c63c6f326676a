"""A cursor over tokens, shared by the grammars of expressions and of cells."""

from typing import Final

from hyotei.messages import Param, phrase
from hyotei.rulebook.lexer import Token
from hyotei.rulebook.syntax import Expression, Span
from hyotei.rulebook.syntax_problem import SyntaxProblem

DEEPEST: Final = 40
"""How deep brackets and conditions may nest."""
MOST_OPERATORS: Final = 60
"""Operators, dots and brackets after a value in one expression. With `DEEPEST` it bounds how deep the tree can be."""


class Cursor:
    """The tokens of one text and the place reached in them."""

    def __init__(self, source: str, found: list[Token], special: tuple[str, ...]) -> None:
        self.source, self.found, self.special = source, found, special
        self.at, self.depth, self.operators = 0, 0, 0
        self.quoted: list[Expression] = []
        """Values with something in backticks in them, which are taken as they are."""

    @property
    def current(self) -> Token:
        return self.found[self.at]

    @property
    def following(self) -> Token:
        return self.found[min(self.at + 1, len(self.found) - 1)]

    def next(self) -> Token:
        token = self.found[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        token = self.current
        return token.kind in ("symbol", "name") and token.text in texts

    def take(self, *texts: str) -> Token | None:
        return self.next() if self.sees(*texts) else None

    def need(self, text: str, opened: Token) -> Token:
        if not self.sees(text):
            raise SyntaxProblem("HY412", self.current.span, expected=text, opened=opened.text, found=self.shown())
        return self.next()

    def shown(self) -> Param:
        return phrase("expressions.the_end") if self.current.kind == "end" else f"`{self.current.text}`"

    def finish(self) -> None:
        if self.current.kind != "end":
            raise SyntaxProblem("HY413", self.current.span, found=self.shown())

    def since(self, start: int) -> Span:
        return start, self.found[self.at - 1].span[1]

    def written(self, span: Span) -> str:
        """The text of a span as it was written."""
        return self.source[span[0] : span[1]]

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise SyntaxProblem("HY414", token.span, limit=str(DEEPEST))

    def operator(self, *texts: str) -> Token | None:
        """The operator at the cursor if it is one of these, taken and counted."""
        token = self.current
        if token.text not in texts or token.kind not in ("symbol", "name"):
            return None
        return self.counted()

    def counted(self) -> Token:
        self.operators += 1
        if self.operators > MOST_OPERATORS:
            raise SyntaxProblem("HY421", self.current.span, limit=str(MOST_OPERATORS))
        return self.next()
