"""Expressions as text: what the parser reads back as the same expression, with no more parentheses than it needs."""

from decimal import Decimal
from typing import Final

from hyotei.base.exact import plain
from hyotei.rulebook import syntax as s
from hyotei.rulebook.values import Reason

_SUM: Final = 4
_PRECEDENCE: Final = {"or": 1, "and": 2, "+": 4, "-": 4, "*": 5, "/": 5, "**": 6}
_COMPARISON: Final = 3
_SIGN: Final = 7
_POSTFIX: Final = 8
_PRIMARY: Final = 9


def expression_text(expression: s.Expression) -> str:
    """The expression as FEEL."""
    return _at(expression, 0)


def _at(expression: s.Expression, least: int) -> str:
    """A part, in parentheses where it binds less than its place asks for."""
    text, level = _text(expression)
    return text if level >= least else f"({text})"


def _text(expression: s.Expression) -> tuple[str, int]:
    match expression:
        case s.Number(value, dimension):
            return _number(value, dimension), _SIGN if value.is_signed() else _PRIMARY
        case s.Text(value):
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"', _PRIMARY
        case s.Truth(value):
            return "true" if value else "false", _PRIMARY
        case s.UnknownLiteral(reason):
            return _unknown(reason), _PRIMARY
        case s.Name(text):
            return text, _PRIMARY
        case s.Path(base, name):
            return f"{_at(base, _POSTFIX)}.{name}", _POSTFIX
        case s.Negative(operand):
            return f"-{_at(operand, _SIGN)}", _SIGN
        case s.Arithmetic(operator, left, right) | s.Junction(operator, left, right):
            level = _PRECEDENCE[operator]
            return f"{_at(left, level)} {operator} {_at(right, level + 1)}", level
        case s.Comparison(comparator, left, right):
            return f"{_at(left, _SUM)} {comparator} {_at(right, _SUM)}", _COMPARISON
        case s.Conditional(condition, yes, no):
            return f"if {_at(condition, 0)} then {_at(yes, 0)} else {_at(no, 0)}", 0
        case s.Bracket(base, inside):
            return f"{_at(base, _POSTFIX)}[{_at(inside, 0)}]", _POSTFIX
        case s.Call(function, arguments):
            return f"{function}({', '.join(_at(each, 0) for each in arguments)})", _PRIMARY
        case s.Membership(subject, tests):
            return f"{_at(subject, _SUM)} in ({_tests(tests)})", _COMPARISON


def _number(value: Decimal, dimension: s.WrittenDimension | None) -> str:
    match dimension:
        case "ratio":
            return f"{plain(Decimal(f'{plain(value)}e2'))}%"
        case "money":
            return f"{plain(value)}円"
        case "year":
            return f"{plain(value)}年度"
        case "times":
            return f"{plain(value)}倍"
        case "counted":
            return f"{plain(value)}件"
        case None:
            return plain(value)


def _unknown(reason: Reason | None) -> str:
    return f"unknown({reason})" if reason else "unknown"


def _tests(tests: s.Tests) -> str:
    joined = ", ".join(map(_test, tests.tests))
    return f"not({joined})" if tests.negated else joined


def _test(test: s.Test) -> str:
    match test:
        case s.IsUnknown(reason):
            return _unknown(reason)
        case s.HasText(part, at_start):
            return f"{'starts with' if at_start else 'contains'} {_at(part, _SUM)}"
        case s.Exactly(value):
            # `not(` at the beginning would turn the whole list around.
            return f"({_at(value, 0)})" if isinstance(value, s.Call) and value.function == "not" else _at(value, _SUM)
        case s.Other(value):
            return f"!= {_at(value, _SUM)}"
        case s.Interval(low, None) if low is not None:
            return f"{'>=' if low.closed else '>'} {_at(low.at, _SUM)}"
        case s.Interval(None, high) if high is not None:
            return f"{'<=' if high.closed else '<'} {_at(high.at, _SUM)}"
        case s.Interval(low, high):
            assert low is not None
            assert high is not None
            opening, closing = "[" if low.closed else "(", "]" if high.closed else ")"
            return f"{opening}{_at(low.at, _SUM)}..{_at(high.at, _SUM)}{closing}"
