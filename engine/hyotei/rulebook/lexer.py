"""Text of a cell or an expression to tokens. Half and full width are the same; every token knows its place in the source."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from hyotei.base import exact
from hyotei.base.fold import Folded, fold, folded
from hyotei.messages import Diagnostic, Location
from hyotei.rulebook.syntax import Dimension, Span
from hyotei.sheet.fiscal_year import era_year

Kind = Literal["number", "text", "name", "code", "symbol", "end"]

LONGEST: Final = 4_000
"""Characters of one cell or expression. A longer one is not a rule that a person can check."""

_BOUNDARIES = "以上|以下|以内|未満|超過|超|を超える|を上回る|を下回る|より大きい|より小さい|以外|以降|以前|から|まで"
_BOUNDARY = re.compile(_BOUNDARIES)
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
# As in Markdown: as many backticks at the end as at the beginning. Possessive, so that a row of them costs nothing.
_CODE = re.compile(r"(`++)(.*?)(?<!`)\1(?!`)", re.DOTALL)
_YEAR = re.compile(
    r"(?:(?P<era>令和|平成|昭和|大正|明治)\s?(?P<number>元|\d{1,2})|FY\s?(?P<fy>\d{4})|(?P<west>\d{4})(?=年度))"
    r"(?:年度)?"
)
_SHORT_YEAR = re.compile(r"(?P<era>[RHSTM])(?P<number>\d{1,2})(?:年度)?(?![A-Za-z0-9_])")
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?")
_PERCENT = re.compile(r"\s?%")
_UNIT = r"(\d+(?:\.\d+)?)"
_AMOUNT = re.compile(rf"(?:{_UNIT}兆)?(?:{_UNIT}億)?(?:{_UNIT}(千万|百万|万))?(?:{_UNIT}千)?{_UNIT}?(円)?")
_LARGE: Final = {"千万": 7, "百万": 6, "万": 4}
_COUNTER = re.compile(rf"[^\W\d_A-Za-z]+?(?={_BOUNDARIES}|[^\w]|$|\d)|(?:pt|km|kg|t|ha|MW|kW)(?![A-Za-z])")
# A name ends where a word such as 以上 follows it without a space: `about以上`, `B以下以外`.
_NAME = re.compile(rf"[^\W\d]\w*?(?=(?:{_BOUNDARIES})(?:{_BOUNDARIES}|(?![^\W\d]))|\W|$)")
_SYMBOL = re.compile(r"\*\*|[△▲](?=\s?\d)|\.\.|<=|>=|!=|[-+*/()\[\],.=<>~、・]|≦|≧|≠|≤|≥")
_PLAIN_SYMBOL: Final = {"≦": "<=", "≤": "<=", "≧": ">=", "≥": ">=", "≠": "!=", "、": ",", "・": ",", "△": "-", "▲": "-"}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` and folded `text`; numbers carry their exact value and dimension; `span` is in the text as written."""

    kind: Kind
    text: str
    span: Span
    value: Decimal | None = None
    dimension: Dimension | None = None


def names_in(source: str) -> set[str]:
    """Every word of a text that may be a name, whether or not the text is of the language."""
    return set(_NAME.findall(folded(source)))


class SyntaxProblem(Exception):
    """A place where the text is not of the language; the parser turns it into a diagnostic of the cell."""

    def __init__(self, code: str, span: Span, **params: str | tuple[str, str]) -> None:
        super().__init__(code)
        self.code = code
        self.span = span
        self.params = params

    def diagnostic(self, location: Location) -> Diagnostic:
        """The problem at its characters: `location.start` is where the text itself starts in its line."""
        return Diagnostic(self.code, narrowed(location, self.span), self.params)


def narrowed(location: Location, span: Span) -> Location:
    """The place of a span within a text that itself starts at `location.start`."""
    if location.start is None:
        return location
    return replace(location, start=location.start + span[0], end=location.start + max(span[1], span[0] + 1))


def tokens(source: str, special: tuple[str, ...] = (), grouped: bool = False) -> list[Token]:
    """All tokens of `source`, ending with one of kind `end`.

    `special` are names with signs in them (`A'`, `S+`), longest first and folded; `grouped` allows `1,000` as one number.
    Raises SyntaxProblem at the first character that begins nothing.
    """
    if len(source) > LONGEST:
        raise SyntaxProblem("HY401", (0, len(source)), length=f"{len(source):,}", limit=f"{LONGEST:,}")
    folded = fold(source)
    return _Scanner(source, folded, special, grouped).run()


class _Scanner:
    """One pass over a folded text."""

    def __init__(self, source: str, folded: Folded, special: tuple[str, ...], grouped: bool) -> None:
        self.source, self.folded, self.text = source, folded, folded.text
        self.special, self.grouped = special, grouped
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
        self, kind: Kind, text: str, end: int, value: Decimal | None = None, dimension: Dimension | None = None
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
        year = _YEAR.match(text, at) or (_SHORT_YEAR.match(text, at) if self.grouped else None)
        if year:
            return self.year(year)
        if character.isdecimal() or (character == "." and text[at + 1 : at + 2].isdecimal()):
            return self.number()
        boundary = _BOUNDARY.match(text, at)
        if boundary:
            return self.add("name", boundary.group(), boundary.end())
        name_match = _NAME.match(text, at)
        if name_match:
            return self.add("name", name_match.group(), name_match.end())
        symbol = _SYMBOL.match(text, at)
        if symbol:
            return self.add("symbol", _PLAIN_SYMBOL.get(symbol.group(), symbol.group()), symbol.end())
        raise SyntaxProblem("HY403", self.span(at, at + 1), character=text[at])

    def goes_on(self, special: str) -> bool:
        """Whether the value of a scale is only the beginning of a longer word: 達成 of 達成率, 超 of 超過."""
        word = _BOUNDARY.match(self.text, self.at) or _NAME.match(self.text, self.at)
        return word is not None and word.end() - self.at > len(special)

    def ends(self, name: str, after: int) -> bool:
        """Whether a special name is not merely the beginning of a longer one: 達成 in 達成率."""
        following = self.text[after : after + 1]
        inside = _WORD.fullmatch(name[-1]) and _WORD.fullmatch(following)
        return not inside or _BOUNDARY.match(self.text, after) is not None

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
        western = parts.get("fy") or parts.get("west")
        value = (
            int(western) if western else era_year(parts["era"], 1 if parts["number"] == "元" else int(parts["number"]))
        )
        if value is None:
            raise SyntaxProblem("HY405", self.span(match.start(), match.end()), text=match.group())
        self.add("number", match.group(), match.end(), Decimal(value), "year")

    def number(self) -> None:
        """Digits with what follows them: 万 and 億, 円, %, 割, 倍, or a counter such as 回."""
        text, start = self.text, self.at
        match = (_GROUPED.match(text, start) if self.grouped else None) or _NUMBER.match(text, start)
        assert match is not None  # the caller saw a digit
        digits, end = match.group().replace(",", ""), match.end()
        if len(digits) > 24 or "e" in digits.lower():
            raise SyntaxProblem("HY406", self.span(start, end), text=match.group()[:30])
        value = Decimal(digits)
        amount = _AMOUNT.match(digits + text[end:])
        dimension: Dimension | None = None
        if amount and amount.end() > len(digits):
            trillions, hundred_millions, many, scale, thousands, ones, yen = amount.groups()
            parts = ((trillions, 12), (hundred_millions, 8), (many, _LARGE.get(scale, 0)), (thousands, 3), (ones, 0))
            value = exact.total(Decimal(f"{part}e{power}") for part, power in parts if part)
            end += amount.end() - len(digits)
            dimension = "money" if yen else None
        elif percent := _PERCENT.match(text, end):
            value, dimension, end = Decimal(f"{digits}e-2"), "ratio", percent.end()
        elif text.startswith("割", end):
            value, dimension, end = Decimal(f"{digits}e-1"), "ratio", end + 1
        elif text.startswith("倍", end):
            dimension, end = "times", end + 1
        elif not _BOUNDARY.match(text, end):
            counter = _COUNTER.match(text, end)
            # The ² of 10² is no counter: the number would be another.
            if counter and counter.group().isalpha():
                dimension, end = "counted", counter.end()
        self.add("number", text[start:end], end, value, dimension)
