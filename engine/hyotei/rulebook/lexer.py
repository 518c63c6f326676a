"""Text of a cell or an expression to tokens. Half and full width are the same; every token knows its place in the source."""

import re
from decimal import Decimal
from typing import Final, Literal

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import Folded, fold, folded
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.cell_words import ABOUT_BEFORE, BOUNDARY, HAS_TEXT, JOIN, JOIN_IN_NAME, NAME_END, any_of
from hyotei.rulebook.number_literal import ends_word, number_literal
from hyotei.rulebook.number_words import WORD_BEFORE_NUMBER
from hyotei.rulebook.syntax import Span, WrittenDimension
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.sheet.fiscal_year import era_year

Kind = Literal["number", "text", "name", "code", "symbol", "end"]

LONGEST: Final = 4_000
"""Characters of one cell or expression. A longer one is not a rule that a person can check."""

_BOUNDARY = lazy_pattern(BOUNDARY)
_HAS_TEXT = lazy_pattern(any_of(HAS_TEXT))
_JOIN = lazy_pattern(JOIN)
_ABOUT = lazy_pattern(rf"(?:{any_of(ABOUT_BEFORE)})(?=\s?[-△▲\d.])")
_SPACE = lazy_pattern(r"\s+")
_TEXT = lazy_pattern(r'"((?:[^"\\]|\\.)*)"')
# As in Markdown: as many backticks at the end as at the beginning. Possessive, so that a row of them costs nothing.
_CODE = lazy_pattern(r"(`++)(.*?)(?<!`)\1(?!`)", re.DOTALL)
_ERA_YEAR = lazy_pattern(r"(?P<era>令和|平成|昭和|大正|明治)\s?(?P<number>元|\d{1,2})(?!\d)(?:\s?年度)?")
_WESTERN_YEAR = lazy_pattern(r"FY\s?(?P<west>\d{4})(?!\d)(?:\s?年度)?")
_SHORT_YEAR = lazy_pattern(r"(?P<era>[RHSTM])(?P<number>\d{1,2})(?:年度)?(?![A-Za-z0-9_])")
# A name ends where a word such as 以上 follows it without a space: `about以上`, `B以下以外`. In a cell another value may follow
# that word right away (B以上A以下), and a name also ends before または.
_NAME = lazy_pattern(rf"[^\W\d]\w*?(?=(?:{NAME_END})(?:{NAME_END}|(?![^\W\d]))|\W|$)")
_NAME_IN_CELL = lazy_pattern(
    rf"[^\W\d]\w*?(?=(?:{NAME_END})(?:{NAME_END}|{JOIN}|(?![ぁ-ゖァ-ヺー一-鿿々]))|{JOIN_IN_NAME}|\W|$)"
)
_SIGN = lazy_pattern(r"(?:[△▲]|マイナス)(?=\s?[\d.])")
_SYMBOL = lazy_pattern(r"\*\*|\.\.(?!\.)|<=|>=|!=|[-+*/()\[\],=<>~、・]|\.(?!\.)|≦|≧|≠|≤|≥")
_PLAIN_SYMBOL: Final = {"≦": "<=", "≤": "<=", "≧": ">=", "≥": ">=", "≠": "!=", "、": ",", "・": ","}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` and folded `text`; numbers carry their exact value and dimension; `span` is in the text as written."""

    kind: Kind
    text: str
    span: Span
    value: Decimal | None = None
    dimension: WrittenDimension | None = None


def names_in(source: str) -> set[str]:
    """Every word of a text that may be a name, whether or not the text is of the language."""
    plain = folded(source)
    return {*_NAME.findall(plain), *_NAME_IN_CELL.findall(plain)}


def tokens(source: str, special: tuple[str, ...] = (), in_cell: bool = False) -> list[Token]:
    """All tokens of `source`, ending with one of kind `end`.

    `special` are names with signs in them (`A'`, `S+`), longest first and folded; `in_cell` is for what stands in a cell:
    `1,000` is one number there, H24 a year, and words such as または part values.
    Raises SyntaxProblem at the first character that begins nothing.
    """
    if len(source) > LONGEST:
        raise SyntaxProblem("HY401", (0, len(source)), length=f"{len(source):,}", limit=f"{LONGEST:,}")
    folded = fold(source)
    return _Scanner(source, folded, special, in_cell).run()


class _Scanner:
    """One pass over a folded text."""

    def __init__(self, source: str, folded: Folded, special: tuple[str, ...], in_cell: bool) -> None:
        self.source, self.folded, self.text = source, folded, folded.text
        self.special, self.in_cell = special, in_cell
        self.name = _NAME_IN_CELL if in_cell else _NAME
        self.era: str | None = None
        self.at = 0
        self.found: list[Token] = []

    def run(self) -> list[Token]:
        while True:
            space = _SPACE.match(self.text, self.at)
            if space:
                self.at = space.end()
            if self.at >= len(self.text):
                break
            self.step()
        end = len(self.source)
        self.found.append(Token("end", "", (end, end)))
        return self.found

    def span(self, start: int, end: int) -> Span:
        return self.folded.origin(start, end)

    def add(
        self, kind: Kind, text: str, end: int, value: Decimal | None = None, dimension: WrittenDimension | None = None
    ) -> None:
        self.found.append(Token(kind, text, self.span(self.at, end), value, dimension))
        self.at = end

    def step(self) -> None:
        text, at = self.text, self.at
        special = next((name for name in self.special if text.startswith(name, at)), "")
        if special and not self.goes_on(special):
            return self.add("name", special, at + len(special))
        character = text[at]
        if character == '"':
            return self.quoted()
        if character == "`":
            code = _CODE.match(text, at)
            if not code:
                raise SyntaxProblem("HY402", self.span(at, at + 1))
            # Like a text, the expression is kept as written, so that texts within it are.
            first, last = self.span(at, code.end())
            marks = len(code.group(1))
            return self.add("code", self.source[first + marks : last - marks], code.end())
        year = _ERA_YEAR.match(text, at) or _WESTERN_YEAR.match(text, at)
        year = year or (_SHORT_YEAR.match(text, at) if self.in_cell else None)
        if year:
            return self.year(year)
        if character.isdecimal() or (character == "." and text[at + 1 : at + 2].isdecimal()):
            return self.number()
        sign = _SIGN.match(text, at)
        if sign:
            return self.add("symbol", "-", sign.end())
        if character == "ー" and self.found and self.found[-1].kind == "number":
            # After a number it is a dash, whatever its unit: 1億円ー3億円.
            return self.add("symbol", "-", at + 1)
        if self.in_cell and self.found and self.found[-1].kind == "text" and (behind := _HAS_TEXT.match(text, at)):
            return self.add("name", behind.group(), behind.end())
        word = _BOUNDARY.match(text, at) or self.join() or _ABOUT.match(text, at)
        if word:
            return self.add("name", word.group(), word.end())
        name_match = self.name.match(text, at)
        if name_match:
            before = WORD_BEFORE_NUMBER.match(name_match.group())
            if before and text[name_match.end() : name_match.end() + 1] == "%":
                raise SyntaxProblem("HY432", self.span(at, at + before.end(1)), word=before[1])
            return self.add("name", name_match.group(), name_match.end())
        symbol = _SYMBOL.match(text, at)
        if symbol:
            return self.add("symbol", _PLAIN_SYMBOL.get(symbol.group(), symbol.group()), symbol.end())
        first, last = self.span(at, at + 1)
        raise SyntaxProblem("HY403", (first, last), character=self.source[first:last])

    def join(self) -> re.Match[str] | None:
        """A word such as かつ where a test can end; a name never begins right there."""
        before = self.found[-1] if self.found else None
        open_end = before is None or (before.kind == "symbol" and before.text not in (")", "]", ","))
        return None if open_end or not self.in_cell else _JOIN.match(self.text, self.at)

    def goes_on(self, special: str) -> bool:
        """Whether the value of a scale is only the beginning of a longer word: 達成 of 達成率, 超 of 超過."""
        ending = _BOUNDARY.match(self.text, self.at + len(special)) if self.in_cell else None
        if ending and any(self.text.startswith(each, ending.end()) for each in self.special):
            return False  # 概ね達成以上達成未満: two values, each with its word
        word = _BOUNDARY.match(self.text, self.at) or self.name.match(self.text, self.at)
        return word is not None and word.end() - self.at > len(special)

    def quoted(self) -> None:
        match = _TEXT.match(self.text, self.at)
        if not match:
            raise SyntaxProblem("HY404", self.span(self.at, len(self.text)))
        # The text itself is kept as written, not folded.
        first, last = self.span(self.at, match.end())
        inside = self.source[first + 1 : last - 1]
        self.add("text", inside.replace('\\"', '"').replace("\\\\", "\\"), match.end())

    def year(self, match: re.Match[str]) -> None:
        parts = match.groupdict()
        self.era = parts.get("era")
        number = parts.get("number")
        value = (
            int(parts["west"]) if self.era is None else era_year(self.era, 1 if number == "元" else int(number or 0))
        )
        end = match.end()
        if value is None or not ends_word(self.text, end):
            end += self.text.startswith("年", end)
            raise SyntaxProblem("HY405", self.span(match.start(), end), text=self.text[match.start() : end])
        self.add("number", match.group(), match.end(), Decimal(value), "year")

    def number(self) -> None:
        """Digits with what belongs to them: 万 and 億, 円, %, 割, 倍, or a counter such as 回."""
        # In 平成23~25年度 the era stands once, for both ends.
        spans = len(self.found) > 1 and self.found[-1].text in ("~", "..", "-", "から")
        era = self.era if spans and self.found[-2].dimension == "year" else None
        try:
            found = number_literal(self.text, self.at, self.in_cell, era)
        except SyntaxProblem as problem:
            raise SyntaxProblem(problem.code, self.span(*problem.span), **problem.params) from None
        self.era = era if found.dimension == "year" else self.era
        self.add("number", self.text[self.at : found.end], found.end, found.value, found.dimension)
