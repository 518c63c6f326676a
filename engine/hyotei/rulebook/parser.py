"""Cells and expressions: tokens to syntax, by recursive descent over the grammar of docs/rulebook.md.

Precedence from loosest: `if`, `or`, `and`, comparison, `+ -`, `* /`, `**`, sign, and then paths, brackets and calls, as in FEEL.
"""

from decimal import Decimal
from typing import Final

from hyotei.rulebook.cell_parser import COMPARATORS, UNKNOWN_WORDS, CellParser
from hyotei.rulebook.lexer import Token, tokens
from hyotei.rulebook.syntax import (
    Anything,
    Arithmetic,
    Bracket,
    Call,
    Cell,
    Comparison,
    Conditional,
    Expression,
    Interval,
    Junction,
    Limit,
    Membership,
    Name,
    Negative,
    Number,
    Path,
    Tests,
    Text,
    Truth,
    UnknownLiteral,
)
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.values import REASONS, Reason

FUNCTIONS: Final = (
    "count", "sum", "min", "max", "mean", "all", "any", "abs", "not", "best", "worst", "raise", "lower", "as ratio",
    "contains", "starts with",
    "decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down", "round half even",
    "round five down",
)  # fmt: skip
FUNCTION_WORDS: Final = {
    "最良": "best", "最悪": "worst", "上げる": "raise", "下げる": "lower", "割合として": "as ratio",
    "含む": "contains", "で始まる": "starts with",
    "四捨五入": "round half up", "五捨六入": "round five down",
}  # fmt: skip
"""Functions by their Japanese names."""

KEYWORDS: Final = frozenset({"if", "then", "else", "and", "or", "in", "between", "true", "false", "unknown"})
ANYTHING: Final = frozenset({"", "-", "ー", "任意"})
REASON_WORDS: Final[dict[str, Reason]] = {
    **{reason: reason for reason in REASONS},
    "未確定": "unsettled", "未測定": "unmeasured", "欠測": "missing", "記載なし": "missing",
    "定義不能": "undefined", "定義できない": "undefined", "定性": "qualitative", "定性的": "qualitative",
    "未読取": "unread", "読取不能": "unread",
}  # fmt: skip


def parse_expression(source: str, special: tuple[str, ...] = (), depth: int = 0) -> Expression:
    """An expression of the FEEL subset, itself nested `depth` deep. Raises SyntaxProblem with the characters at fault."""
    parser = _Parser(source, tokens(source, special), special)
    parser.depth = depth
    if parser.current.kind == "end":
        raise SyntaxProblem("HY410", (0, max(1, len(source))))
    expression = parser.expression()
    parser.finish()
    return expression


def parse_cell(source: str, special: tuple[str, ...] = ()) -> Cell:
    """An input cell: unary tests, in S-FEEL or as Japanese rules are written. Raises SyntaxProblem."""
    found = tokens(source, special, in_cell=True)
    if len(found) <= 2 and found[0].text in ANYTHING and found[0].kind not in ("text", "code"):
        return Anything(span=(0, len(source)))
    parser = _Parser(source, found, special)
    cell = parser.cell()
    if parser.current.kind != "end":
        parser.refuse_rest()
    return cell


def parse_output(source: str, special: tuple[str, ...] = ()) -> Expression:
    """An output cell: one value, or an expression in backticks. Raises SyntaxProblem."""
    parser = _Parser(source, tokens(source, special, in_cell=True), special)
    if parser.current.kind == "end":
        raise SyntaxProblem("HY411", (0, max(1, len(source))))
    value = parser.output_value()
    parser.finish()
    return value


class _Parser(CellParser):
    """Expressions, by one method a rule of the grammar, over the grammar of cells."""

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
        for comparator in COMPARATORS:
            if self.take(comparator):
                right = self.sum()
                if self.current.kind == "symbol" and self.sees(*COMPARATORS):
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
        if token.text in UNKNOWN_WORDS:
            return UnknownLiteral(self.reason(), span=self.since(token.span[0]))
        function = self.function_name(token)
        if function is None:
            if token.text in KEYWORDS:
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
        name = FUNCTION_WORDS.get(words[0], " ".join(words))
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

    def output_value(self) -> Expression:
        """The value of an output cell; a bare word is a value of a scale, even one such as 以上."""
        token, first = self.current, self.at
        if self.bare_word(token):
            self.next()
            return Name(token.text, span=token.span)
        return self.as_written(self.expression(), first)

    # -- what the grammar of cells asks

    def starts_value(self, token: Token) -> bool:
        """Whether a number, a text, backticks or a sign begin here."""
        return token.kind in ("number", "code", "text") or (token.kind == "symbol" and token.text == "-")

    def may_be_value(self, token: Token) -> bool:
        """Whether a name is no word of the language."""
        return token.text not in KEYWORDS and token.text not in UNKNOWN_WORDS and token.text not in FUNCTIONS
