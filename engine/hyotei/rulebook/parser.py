"""Cells and expressions: tokens to syntax, by recursive descent over the grammar of docs/rulebook.md.

Precedence from loosest: `if`, `or`, `and`, comparison, `+ -`, `* /`, `**`, sign, and then paths, brackets and calls, as in FEEL.
"""

from decimal import Decimal
from typing import Final

from hyotei.rulebook.lexer import SyntaxProblem, Token, tokens
from hyotei.rulebook.syntax import (
    Anything,
    Arithmetic,
    Bracket,
    Call,
    Cell,
    Comparison,
    Conditional,
    Exactly,
    Expression,
    Interval,
    IsUnknown,
    Junction,
    Limit,
    Membership,
    Name,
    Negative,
    Number,
    Other,
    Path,
    Span,
    Test,
    Tests,
    Text,
    Truth,
    UnknownLiteral,
)
from hyotei.rulebook.values import REASONS, Reason

DEEPEST: Final = 40
"""How deep brackets and conditions may nest."""
MOST_OPERATORS: Final = 60
"""Operators, dots and brackets after a value in one expression. With `DEEPEST` it bounds how deep the tree can be."""

FUNCTIONS: Final = (
    "count", "sum", "min", "max", "mean", "all", "any", "abs", "not",
    "decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down", "round half even",
)  # fmt: skip

_KEYWORDS: Final = frozenset({"if", "then", "else", "and", "or", "in", "between", "true", "false", "unknown"})
_COMPARATORS: Final = ("=", "!=", "<", "<=", ">", ">=")
_LOWER: Final = {
    **dict.fromkeys(("以上", "から", "以降"), True),
    **dict.fromkeys(("超", "超過", "を超える", "を上回る", "より大きい"), False),
}
_UPPER: Final = {
    **dict.fromkeys(("以下", "以内", "まで", "以前"), True),
    **dict.fromkeys(("未満", "を下回る", "より小さい"), False),
}
_ANYTHING: Final = frozenset({"", "-", "ー", "任意"})
_UNKNOWN_WORDS: Final = frozenset({"unknown", "不明"})
REASON_WORDS: Final[dict[str, Reason]] = {
    **{reason: reason for reason in REASONS},
    "未確定": "unsettled", "未測定": "unmeasured", "欠測": "missing", "記載なし": "missing",
    "定義不能": "undefined", "定義できない": "undefined", "定性": "qualitative", "定性的": "qualitative",
}  # fmt: skip


def parse_expression(source: str, special: tuple[str, ...] = (), depth: int = 0) -> Expression:
    """An expression of the FEEL subset, itself nested `depth` deep. Raises SyntaxProblem with the characters at fault."""
    parser = _Parser(tokens(source, special), special)
    parser.depth = depth
    if parser.current.kind == "end":
        raise SyntaxProblem("HY410", (0, max(1, len(source))))
    expression = parser.expression()
    parser.finish()
    return expression


def parse_cell(source: str, special: tuple[str, ...] = ()) -> Cell:
    """An input cell: unary tests, in S-FEEL or as Japanese rules are written. Raises SyntaxProblem."""
    found = tokens(source, special, grouped=True)
    if len(found) <= 2 and found[0].text in _ANYTHING and found[0].kind not in ("text", "code"):
        return Anything(span=(0, len(source)))
    parser = _Parser(found, special)
    cell = parser.cell()
    parser.finish()
    return cell


def parse_output(source: str, special: tuple[str, ...] = ()) -> Expression:
    """An output cell: one value, or an expression in backticks. Raises SyntaxProblem."""
    found = tokens(source, special, grouped=True)
    parser = _Parser(found, special)
    if parser.current.kind == "end":
        raise SyntaxProblem("HY411", (0, max(1, len(source))))
    value = parser.end_point(whole=True)
    parser.finish()
    return value


class _Parser:
    """A cursor over tokens. One method a rule of the grammar."""

    def __init__(self, found: list[Token], special: tuple[str, ...]) -> None:
        self.found, self.special, self.at, self.depth, self.operators = found, special, 0, 0, 0

    # -- the cursor

    @property
    def current(self) -> Token:
        return self.found[self.at]

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

    def shown(self) -> str | tuple[str, str]:
        return ("終わり", "the end") if self.current.kind == "end" else f"`{self.current.text}`"

    def finish(self) -> None:
        if self.current.kind != "end":
            raise SyntaxProblem("HY413", self.current.span, found=self.shown())

    def since(self, start: int) -> Span:
        return start, self.found[self.at - 1].span[1]

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

    # -- expressions

    def expression(self) -> Expression:
        start = self.current
        self.deeper(start)
        try:
            if not self.take("if"):
                return self.junction()
            condition = self.expression()
            self.need("then", start)
            yes = self.expression()
            self.need("else", start)
            no = self.expression()
            return Conditional(condition, yes, no, span=self.since(start.span[0]))
        finally:
            self.depth -= 1

    def junction(self) -> Expression:
        start, left = self.current, self.conjunction()
        while self.operator("or"):
            left = Junction("or", left, self.conjunction(), span=self.since(start.span[0]))
        return left

    def conjunction(self) -> Expression:
        start, left = self.current, self.comparison()
        while self.operator("and"):
            left = Junction("and", left, self.comparison(), span=self.since(start.span[0]))
        return left

    def comparison(self) -> Expression:
        start, left = self.current, self.sum()
        for comparator in _COMPARATORS:
            if self.take(comparator):
                right = self.sum()
                if self.current.kind == "symbol" and self.sees(*_COMPARATORS):
                    raise SyntaxProblem("HY415", self.current.span)
                return Comparison(comparator, left, right, span=self.since(start.span[0]))
        if self.take("between"):
            low = self.sum()
            self.need("and", start)
            limits = Limit(low, True), Limit(self.sum(), True)
            between = Interval(*limits, span=self.since(start.span[0]))
            return Membership(left, Tests((between,), span=between.span), span=between.span)
        if self.take("in"):
            opened = self.current
            # `in (>= 1, < 0)` and `in (0~1)` hold a list of tests; `in [0..1)` and `in (0..1)` are one interval.
            listed = opened.text == "(" and not self.closes_interval("..")
            if listed:
                self.next()
                cell: Cell = self.cell()
                self.need(")", opened)
            else:
                one = self.test()
                cell = Tests((one,), span=one.span)
            if isinstance(cell, Anything):
                raise SyntaxProblem("HY413", opened.span, found=f"`{opened.text}`")
            return Membership(left, cell, span=self.since(start.span[0]))
        return left

    def closes_interval(self, *separators: str) -> bool:
        """Whether the bracket at the cursor opens an interval: two values at its own level, parted by `..` or `~`."""
        level, found = 0, False
        for token in self.found[self.at :]:
            if token.kind != "symbol":
                continue
            if token.text in "([":
                level += 1
            elif token.text in ")]":
                level -= 1
                if level <= 0:
                    break
            elif level == 1 and token.text == ",":
                return False
            elif level == 1 and token.text in (separators or ("..", "~")):
                found = True
        return found

    def sum(self) -> Expression:
        start, left = self.current, self.product()
        while sign := self.operator("+", "-"):
            left = Arithmetic("+" if sign.text == "+" else "-", left, self.product(), span=self.since(start.span[0]))
        return left

    def product(self) -> Expression:
        start, left = self.current, self.power()
        while sign := self.operator("*", "/"):
            left = Arithmetic("*" if sign.text == "*" else "/", left, self.power(), span=self.since(start.span[0]))
        return left

    def power(self) -> Expression:
        start, left = self.current, self.sign()
        while self.operator("**"):
            left = Arithmetic("**", left, self.sign(), span=self.since(start.span[0]))
        return left

    def sign(self) -> Expression:
        minus = self.current
        if minus.kind == "symbol" and self.take("-"):
            self.deeper(minus)
            try:
                operand = self.sign()
            finally:
                self.depth -= 1
            if isinstance(operand, Number):
                return Number(operand.value.copy_negate(), operand.dimension, span=self.since(minus.span[0]))
            return Negative(operand, span=self.since(minus.span[0]))
        return self.postfix()

    def postfix(self) -> Expression:
        start, base = self.current, self.primary()
        while self.current.kind == "symbol":
            if self.operator("."):
                name = self.next()
                if name.kind != "name":
                    raise SyntaxProblem("HY416", name.span)
                base = Path(base, name.text, span=self.since(start.span[0]))
            elif self.sees("[") and not self.ends_test(self.found[self.at + 1]):
                opened = self.counted()
                inside = self.expression()
                self.need("]", opened)
                base = Bracket(base, inside, span=self.since(start.span[0]))
            else:
                break
        return base

    @staticmethod
    def ends_test(token: Token) -> bool:
        """Whether nothing of a filter can follow, so that the bracket before closes an interval: `[0..1[`."""
        return token.kind == "end" or token.text in (",", ")", "以外")

    def primary(self) -> Expression:
        token = self.current
        if token.kind == "number":
            self.next()
            return Number(token.value if token.value is not None else Decimal(0), token.dimension, span=token.span)
        if token.kind == "text":
            self.next()
            return Text(token.text, span=token.span)
        if token.kind == "code":
            self.next()
            return self.inner(token)
        if self.take("("):
            inside = self.expression()
            self.need(")", token)
            return inside
        if token.kind == "name":
            return self.named()
        raise SyntaxProblem("HY417", token.span, found=self.shown())

    def inner(self, token: Token) -> Expression:
        """An expression in backticks within a cell."""
        lead = (token.span[1] - token.span[0] - len(token.text)) // 2
        self.deeper(token)
        try:
            return parse_expression(token.text, self.special, self.depth)
        except SyntaxProblem as problem:
            start = token.span[0] + lead
            raise SyntaxProblem(
                problem.code, (problem.span[0] + start, problem.span[1] + start), **problem.params
            ) from None
        finally:
            self.depth -= 1

    def named(self) -> Expression:
        token = self.next()
        if token.text in ("true", "false"):
            return Truth(token.text == "true", span=token.span)
        if token.text in _UNKNOWN_WORDS:
            return UnknownLiteral(self.reason(), span=self.since(token.span[0]))
        function = self.function_name(token)
        if function is None:
            if token.text in _KEYWORDS:
                raise SyntaxProblem("HY417", token.span, found=f"`{token.text}`")
            return Name(token.text, span=token.span)
        opened = self.next()
        arguments: list[Expression] = []
        if not self.sees(")"):
            arguments.append(self.expression())
            while self.take(","):
                arguments.append(self.expression())
        self.need(")", opened)
        return Call(function, tuple(arguments), span=self.since(token.span[0]))

    def function_name(self, token: Token) -> str | None:
        """The name of a call, blanks included, with the cursor left on its bracket; None where no call follows."""
        words, ahead = [token.text], self.at
        while self.found[ahead].kind == "name" and len(words) < 3:
            words.append(self.found[ahead].text)
            ahead += 1
        if self.found[ahead].text != "(" or self.found[ahead].kind != "symbol":
            return None
        name = " ".join(words)
        if len(words) > 1 and name not in FUNCTIONS:
            return None
        self.at = ahead
        return name

    def reason(self) -> Reason | None:
        opened = self.take("(")
        if not opened:
            return None
        token = self.next()
        if token.text not in REASON_WORDS:
            raise SyntaxProblem("HY418", token.span, found=token.text, reasons=", ".join(REASONS))
        self.need(")", opened)
        return REASON_WORDS[token.text]

    # -- cells

    def cell(self) -> Cell:
        start = self.current
        negated = self.sees("not") and self.found[self.at + 1].text == "("
        if negated:
            self.next()
            opened = self.next()
            tests = self.tests()
            self.need(")", opened)
        else:
            tests = self.tests()
            if self.take("以外"):
                negated = True
        return Tests(tests, negated, span=self.since(start.span[0]))

    def tests(self) -> tuple[Test, ...]:
        found = [self.test()]
        while self.take(","):
            found.append(self.test())
        return tuple(found)

    def test(self) -> Test:
        start = self.current
        if start.kind == "name" and start.text in _UNKNOWN_WORDS:
            self.next()
            return IsUnknown(self.reason(), span=self.since(start.span[0]))
        if start.kind == "symbol":
            for comparator in _COMPARATORS:
                if self.take(comparator):
                    return self.compared(comparator, start)
            if start.text in "([]" and self.closes_interval_from(start):
                return self.interval()
        value = self.end_point()
        return self.japanese(value, start)

    def closes_interval_from(self, start: Token) -> bool:
        # `]0..1[` is FEEL's other way to write an open end.
        return start.text == "]" or self.closes_interval()

    def compared(self, comparator: str, start: Token) -> Test:
        if self.current.kind == "name" and self.current.text in _UNKNOWN_WORDS and comparator in ("=", "!="):
            raise SyntaxProblem("HY419", self.current.span)
        value = self.end_point()
        span = self.since(start.span[0])
        if comparator == "=":
            return Exactly(value, span=span)
        if comparator == "!=":
            return Other(value, span=span)
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
        limits = Limit(low, opened.text == "["), Limit(high, closing.text == "]")
        return Interval(*limits, span=self.since(opened.span[0]))

    def japanese(self, value: Expression, start: Token) -> Test:
        """A value, or a value with 以上 … after it, or two of those, or `80%~90%`."""
        word = self.current.text if self.current.kind == "name" else ""
        if word in _LOWER:
            self.next()
            low = Limit(value, _LOWER[word])
            self.take("~")
            if self.current.kind in ("number", "code") or (self.current.kind == "symbol" and self.sees("-")):
                high_value = self.end_point()
                ending = self.next()
                if ending.text not in _UPPER:
                    raise SyntaxProblem("HY420", ending.span, found=ending.text or "")
                return Interval(low, Limit(high_value, _UPPER[ending.text]), span=self.since(start.span[0]))
            return Interval(low, None, span=self.since(start.span[0]))
        if word in _UPPER:
            self.next()
            return Interval(None, Limit(value, _UPPER[word]), span=self.since(start.span[0]))
        if self.take("~", ".."):
            value = _with_unit_of(value, self.current)
            high_value = self.end_point()
            closed = True
            if self.current.kind == "name" and self.current.text in _UPPER:
                closed = _UPPER[self.next().text]
            return Interval(Limit(value, True), Limit(high_value, closed), span=self.since(start.span[0]))
        return Exactly(value, span=self.since(start.span[0]))

    def end_point(self, whole: bool = False) -> Expression:
        """A value of a cell: a literal, a name, an expression in backticks, or plain arithmetic as in S-FEEL."""
        token = self.current
        if token.kind == "name" and token.text not in (*_KEYWORDS, *_UNKNOWN_WORDS, *FUNCTIONS):
            # A bare word is a value of a scale first of all, so 以上 and 超 stay words here.
            following = self.found[self.at + 1]
            if following.kind == "end" or following.text in (",", ")", "以外") or following.kind == "name":
                self.next()
                return Name(token.text, span=token.span)
        return self.expression() if whole else self.sum()


def _with_unit_of(low: Expression, high: Token) -> Expression:
    """In `80~90%` the unit stands once, for both ends."""
    if not isinstance(low, Number) or low.dimension is not None or high.dimension not in ("ratio", "times", "counted"):
        return low
    power = {"%": -2, "割": -1}.get(high.text[-1], 0)
    return Number(Decimal(f"{low.value}e{power}"), high.dimension, span=low.span)
