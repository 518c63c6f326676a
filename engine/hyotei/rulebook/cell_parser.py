"""The grammar of input cells: tests in S-FEEL or as Japanese rules are written. What is not understood is an error.

A test that has been begun is read to its end: no word or end of a range is passed over.
"""

from abc import abstractmethod
from typing import Final, Literal

from hyotei.messages import phrase
from hyotei.rulebook import cell_words as words
from hyotei.rulebook.cursor import Cursor
from hyotei.rulebook.lexer import Token
from hyotei.rulebook.range_ends import checked_power, checked_unit, dash, in_one_unit, slash
from hyotei.rulebook.syntax import (
    Cell,
    Exactly,
    Expression,
    HasText,
    Interval,
    IsUnknown,
    Limit,
    Name,
    Number,
    Other,
    Test,
    Tests,
)
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.values import Reason

COMPARATORS: Final = ("=", "!=", "<", "<=", ">", ">=")
UNKNOWN_WORDS: Final = frozenset({"unknown", "不明"})
_BEFORE_TESTS: Final = frozenset({",", "("}) | words.BOTH | words.EITHER
_BEHIND_TESTS: Final = frozenset({",", ")", "then", "else", words.EXCEPT}) | words.BOTH | words.EITHER
"""What may follow a test, and nothing of a filter begins with."""


class CellParser(Cursor):
    """Tests of a cell. One method a rule of the grammar; the values within are expressions."""

    @abstractmethod
    def sum(self) -> Expression:
        """A value without comparison or junction, as S-FEEL has it at an end of a range."""

    @abstractmethod
    def starts_value(self, token: Token) -> bool:
        """Whether a value of the language begins with this token, and it is no bare word."""

    @abstractmethod
    def reason(self) -> Reason | None:
        """The reason in `unknown(missing)`, if one follows."""

    def cell(self) -> Cell:
        start = self.current
        negated = self.sees("not") and self.following.text == "("
        if negated:
            self.next()
            opened = self.next()
            tests = self.tests()
            if not self.sees(")"):
                self.refuse_rest()
            self.need(")", opened)
        else:
            tests = self.tests()
            if self.take(words.EXCEPT):
                negated = True
        return Tests(tests, negated, span=self.since(start.span[0]))

    def tests(self) -> tuple[Test, ...]:
        """Tests of which one must hold, parted by a comma, by または, or by both."""
        found = [self.joined_ends()]
        while True:
            comma = self.take(",")
            if not self.take(*words.EITHER) and not comma:
                return tuple(found)
            found.append(self.joined_ends())
            match found[-2], found[-1]:
                case Exactly(first), Exactly(second) | Interval(Limit(second), _) | Interval(_, Limit(second)):
                    if not self.is_quoted(first, second):
                        checked_power(first, second, self.written(first.span), self.written(second.span))

    def joined_ends(self) -> Test:
        """One test, or two ends that must both hold: 80%以上かつ100%未満."""
        start, test = self.current, self.test()
        while self.sees(*words.BOTH) or (self.sees(",") and self.following.text in words.BOTH):
            self.take(",")
            joined = self.next()
            self.take(",")
            other = self.test()
            match test, other:
                case Interval(Limit() as low, None), Interval(None, Limit() as high):
                    pass
                case Interval(None, Limit() as high), Interval(Limit() as low, None):
                    pass
                case _:
                    raise SyntaxProblem("HY428", joined.span, word=joined.text)
            test = self.between(low, high, start, in_words=True)
        return test

    def test(self) -> Test:
        start = self.current
        if start.kind == "name" and start.text in UNKNOWN_WORDS:
            self.next()
            return IsUnknown(self.reason(), span=self.since(start.span[0]))
        if start.kind == "name" and start.text in words.ABOUT_BEFORE and self.starts_value(self.following):
            raise SyntaxProblem("HY422", start.span, word=start.text)
        if start.kind == "name" and (at_start := self.looks_into()) is not None:
            return HasText(self.sum(), at_start, span=self.since(start.span[0]))
        if start.kind == "symbol":
            for comparator in COMPARATORS:
                if self.take(comparator):
                    return self.compared(comparator, start)
            if start.text in ("(", "[", "]") and self.closes_interval_from(start):
                return self.interval()
            if start.text == "[":
                self.in_brackets(start)
        value = self.end_point()
        if self.current.kind == "name" and self.current.text in words.HAS_TEXT:
            return HasText(value, words.HAS_TEXT[self.next().text], span=self.since(start.span[0]))
        return self.in_words(value, start)

    def looks_into(self) -> bool | None:
        """Steps over `contains` or `starts with` before a text: whether at its start; None where neither stands."""
        if self.sees("contains") and self.following.kind == "text":
            self.next()
            return False
        if self.sees("starts") and self.following.text == "with" and self.found[self.at + 2].kind == "text":
            self.next()
            self.next()
            return True
        return None

    def in_brackets(self, opened: Token) -> None:
        """What stands between brackets without `..`: most probably a range with a dash."""
        self.next()
        self.end_point()
        raise SyntaxProblem("HY412", self.current.span, expected="..", opened=opened.text, found=self.shown())

    def closes_interval(self, *separators: str) -> bool:
        """Whether the bracket at the cursor opens an interval: two values at its own level, parted by `..` or `~`."""
        level, found = 0, False
        for at in range(self.at, len(self.found) - 1):
            token = self.found[at]
            if token.kind != "symbol":
                continue
            # `]0..1[` is FEEL's other way to write open ends.
            begins = at == self.at or self.begins_test(self.found[at - 1])
            if token.text == "(" or (token.text in ("[", "]") and begins):
                level += 1
            elif token.text in (")", "]") or (token.text == "[" and self.ends_test(self.found[at + 1])):
                level -= 1
                if level <= 0:
                    break
            elif token.text == "[":
                level += 1
            elif level == 1 and token.text == ",":
                return False
            elif level == 1 and token.text in (separators or ("..", "~")):
                found = True
        return found

    @staticmethod
    def begins_test(before: Token) -> bool:
        """Whether a test begins behind this token, so that a bracket there opens an interval."""
        return before.text in _BEFORE_TESTS

    @staticmethod
    def ends_test(token: Token) -> bool:
        """Whether nothing of a filter can follow, so that the bracket before closes an interval: `[0..1[`."""
        return token.kind == "end" or token.text in _BEHIND_TESTS

    def closes_interval_from(self, start: Token) -> bool:
        # `]0..1[` is FEEL's other way to write an open end.
        return start.text == "]" or self.closes_interval()

    def compared(self, comparator: str, start: Token) -> Test:
        if self.current.kind == "name" and self.current.text in UNKNOWN_WORDS and comparator in ("=", "!="):
            raise SyntaxProblem("HY419", self.current.span)
        if self.current.kind == "symbol" and self.current.text in COMPARATORS:
            both = self.written((start.span[0], self.current.span[1]))
            mend = {"=>": ">=", "=<": "<=", "==": "=", "<>": "!=", "=!": "!="}.get("".join(both.split()), ">= 80%")
            raise SyntaxProblem("HY424", (start.span[0], self.current.span[1]), word=both, mend=mend)
        value = self.end_point()
        span = self.since(start.span[0])
        if comparator == "=":
            return Exactly(value, span=span)
        if comparator == "!=":
            return Other(value, span=span)
        self.no_rank(value)
        limit = Limit(value, comparator in ("<=", ">="))
        return Interval(None, limit, span=span) if comparator[0] == "<" else Interval(limit, None, span=span)

    def interval(self) -> Test:
        opened = self.next()
        low = self.end_point()
        if not self.take("..", "~"):
            raise SyntaxProblem("HY412", self.current.span, expected="..", opened=opened.text, found=self.shown())
        high = self.end_point()
        closing = self.next()
        if closing.text not in (")", "]", "["):
            raise SyntaxProblem("HY412", closing.span, expected="] )", opened=opened.text, found=f"`{closing.text}`")
        return self.between(Limit(low, opened.text == "["), Limit(high, closing.text == "]"), opened)

    def between(self, low: Limit, high: Limit, start: Token, in_words: bool = False) -> Interval:
        """A range of two ends. In `80~90%` the unit stands once for both; words part the ends: 80以上90%未満."""
        high_written = self.written(high.at.span)
        if self.is_quoted(low.at, high.at):
            return Interval(low, high, span=self.since(start.span[0]))
        if not in_words:
            checked_power(low.at, high.at, self.written(low.at.span), high_written)
            low = Limit(in_one_unit(low.at, high.at, high_written), low.closed)
        checked_unit(low.at, high.at, self.written(low.at.span), high_written)
        return Interval(low, high, span=self.since(start.span[0]))

    def in_words(self, value: Expression, start: Token) -> Test:
        """A value, or a value with 以上 … after it, or two of those, or `80%~90%`."""
        found = self.limit(value)
        if found is None:
            if not self.take("~", ".."):
                return Exactly(value, span=self.since(start.span[0]))
            high = self.end_point()
            ending = self.current.text if self.current.kind == "name" else ""
            if ending in words.FROM:
                raise SyntaxProblem("HY420", self.current.span, found=ending)
            closed = words.TO[self.next().text] if ending in words.TO else True
            return self.between(Limit(value, True), Limit(high, closed), start)
        side, limit = found
        if side == "from" and self.take("~"):
            return self.second(side, limit, start)
        if self.starts_value(self.current) or (self.current.kind == "name" and self.limits_next()):
            return self.second(side, limit, start)
        low, high_limit = (limit, None) if side == "from" else (None, limit)
        return Interval(low, high_limit, span=self.since(start.span[0]))

    def second(self, side: Literal["from", "to"], first: Limit, start: Token) -> Test:
        """The other end of 80%以上100%未満."""
        found = self.limit(self.end_point())
        if found is None or found[0] == side:
            token = self.current if found is None else self.found[self.at - 1]
            raise SyntaxProblem("HY420", token.span, found=token.text or phrase("expressions.the_end"))
        low, high = (first, found[1]) if side == "from" else (found[1], first)
        return self.between(low, high, start, in_words=True)

    def limits_next(self) -> bool:
        """Whether the bare word at the cursor is an end of a range: about未満."""
        return self.following.kind == "name" and self.following.text in (*words.FROM, *words.TO)

    def limit(self, value: Expression) -> "tuple[Literal['from', 'to'], Limit] | None":
        """The end that a value becomes by the word after it; None where no such word follows."""
        word = self.current.text if self.current.kind == "name" else ""
        if word not in words.FROM and word not in words.TO:
            return None
        if word not in ("以内", "まで", "から"):
            self.no_rank(value)
        self.next()
        return ("from", Limit(value, words.FROM[word])) if word in words.FROM else ("to", Limit(value, words.TO[word]))

    def no_rank(self, value: Expression) -> None:
        """Of ranks the smaller is the better, so 3位以上 has two readings."""
        written = self.written(value.span)
        if isinstance(value, Number) and not self.is_quoted(value) and written.endswith(words.RANKS):
            raise SyntaxProblem("HY425", value.span, written=written)

    def end_point(self) -> Expression:
        """A value at an end of a range: a literal, a name, an expression in backticks, or plain arithmetic."""
        token, first = self.current, self.at
        if self.bare_word(token):
            self.next()
            return Name(token.text, span=token.span)
        if token.text == self.following.text == "-" and token.kind == self.following.kind == "symbol":
            raise SyntaxProblem("HY417", self.following.span, found="`-`")
        return self.as_written(self.sum(), first)

    def as_written(self, value: Expression, first: int) -> Expression:
        """The value that began at token number `first`; signs that a reader takes for a range or a list are told."""
        if any(each.kind == "code" for each in self.found[first : self.at]):
            self.quoted.append(value)
            return value
        if (ranged := dash(value)) is not None:
            ends = self.written(ranged.left.span), self.written(ranged.right.span)
            raise SyntaxProblem("HY426", ranged.span, written=self.written(ranged.span), mend="~".join(ends))
        if (listed := slash(value)) is not None:
            ends = self.written(listed.left.span), self.written(listed.right.span)
            raise SyntaxProblem("HY435", listed.span, written=self.written(listed.span), mend=", ".join(ends))
        return value

    def is_quoted(self, *values: Expression) -> bool:
        """Whether backticks stand around one of these values."""
        return any(value is each for value in values for each in self.quoted)

    def bare_word(self, token: Token) -> bool:
        """Whether a word is a value of a scale first of all, so that 以上 and 超 stay words."""
        if token.kind != "name" or not self.may_be_value(token):
            return False
        following = self.following
        return following.kind in ("end", "name") or following.text in (",", ")", words.EXCEPT)

    @abstractmethod
    def may_be_value(self, token: Token) -> bool:
        """Whether a name can be a value of a scale: it is no word of the language."""

    def refuse_rest(self) -> None:
        """Tell what stands after a test that is complete. Raises SyntaxProblem."""
        token, before = self.current, self.found[self.at - 1]
        if before.text == words.EXCEPT or (before.text == ")" and self.found[0].text == "not"):
            raise SyntaxProblem("HY434", token.span, found=self.shown())
        if token.kind == "name":
            for code, known in (("HY422", words.ABOUT_AFTER), ("HY423", words.CHANGE)):
                if words.begins(token.text, known):
                    raise SyntaxProblem(code, token.span, word=token.text)
            meant = words.begins(token.text, words.MISSPELT)
            if meant is not None:
                raise SyntaxProblem("HY424", token.span, word=token.text, mend=words.MISSPELT[meant])
            if token.text in words.UNCLEAR_JOINS:
                raise SyntaxProblem("HY430", token.span, word=token.text)
            if token.text in (*words.FROM, *words.TO):
                raise SyntaxProblem("HY420", token.span, found=token.text)
        raise SyntaxProblem("HY427", token.span, found=self.shown())
