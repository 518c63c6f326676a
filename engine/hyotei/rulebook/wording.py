"""Values, tests and expressions in words: one spelling for each meaning, whatever the analyst typed.

A verdict shows these and never the source text, so that documents of one hash give the same bytes.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from hyotei.base.exact import plain
from hyotei.messages import Language
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import NumberType, Type
from hyotei.rulebook.values import Reason, Scalar, Unknown
from hyotei.rulebook.vocabulary import figure
from hyotei.sheet.fiscal_year import print_fiscal_year

REASON_WORDS: Final[dict[Reason, tuple[str, str]]] = {
    "unsettled": ("未確定", "not yet settled"),
    "unmeasured": ("未測定", "not measured"),
    "missing": ("記載なし", "not stated"),
    "undefined": ("定義できない", "undefined"),
    "qualitative": ("定性的", "qualitative"),
}
_OPERATORS: Final = {"+": "+", "-": "-", "*": "×", "/": "÷", "**": "**"}


def percent(ratio: Decimal) -> str:
    """`75.0%`, `94.9853%`: all its digits, and at least one decimal."""
    digits = plain(Decimal(f"{plain(ratio)}e2"))
    return f"{digits}%" if "." in digits else f"{digits}.0%"


def grouped(number: Decimal) -> str:
    """`1,234.5`"""
    whole, point, rest = plain(number).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{point}{rest}"


def amount(yen: Decimal) -> str:
    """Yen, in thousands where that is exact: `4,705,443千円`."""
    thousands = plain(yen)
    if thousands.endswith("000") and "." not in thousands:
        return f"{grouped(Decimal(thousands[:-3]))}千円"
    return f"{grouped(yen)}円"


def value_text(value: Scalar, of: Type, language: Language = "ja") -> str:
    """A value for people, by its type."""
    if isinstance(value, Unknown):
        ja, en = REASON_WORDS[value.reason]
        return f"不明（{ja}）" if language == "ja" else f"unknown ({en})"
    if isinstance(value, bool):
        return {True: ("はい", "yes"), False: ("いいえ", "no")}[value][0 if language == "ja" else 1]
    if isinstance(value, Decimal):
        dimension = of.dimension if isinstance(of, NumberType) else "plain"
        if dimension == "ratio":
            return percent(value)
        if dimension == "money":
            return amount(value)
        if dimension == "year":
            return print_fiscal_year(int(value), language)
        return grouped(value)
    return value


Evaluate = Callable[[t.Term], Scalar]


def check_text(check: t.Check, of: Type, evaluate: Evaluate, language: Language = "ja") -> str:
    """What a cell asks, with its end points as values: `80%以上100%未満`, `A, B`, `90% or more`."""
    if check.anything:
        return "-"
    tests = [_test(test, of, evaluate, language) for test in check.tests]
    joined = (", " if language == "ja" else " or ").join(tests)
    if not check.negated:
        return joined
    return f"{joined} 以外" if language == "ja" else f"not ({joined})"


def _test(test: t.Test, of: Type, evaluate: Evaluate, language: Language) -> str:
    match test:
        case t.IsUnknown(None):
            return "不明" if language == "ja" else "unknown"
        case t.IsUnknown(reason):
            assert reason is not None
            return value_text(Unknown(reason), of, language)
        case t.OneOf(values):
            return (", " if language == "ja" else " or ").join(value_text(value, of, language) for value in values)
        case t.Same(term):
            return value_text(evaluate(term), of, language)
        case t.Range(low, low_closed, high, high_closed):
            ends = [None if end is None else value_text(evaluate(end), of, language) for end in (low, high)]
            if ends[0] == ends[1] and low == high:
                return ends[0] or "-"
            if language == "ja":
                lower = "" if ends[0] is None else ends[0] + ("以上" if low_closed else "超")
                return lower + ("" if ends[1] is None else ends[1] + ("以下" if high_closed else "未満"))
            parts = [] if ends[0] is None else [f"{'at least' if low_closed else 'above'} {ends[0]}"]
            parts += [] if ends[1] is None else [f"{'at most' if high_closed else 'below'} {ends[1]}"]
            return " and ".join(parts)


def term_title(term: t.Term, rulebook: Rulebook, language: Language = "ja") -> str:
    """What an input is called: the title of its decision, the name of its figure, or the expression in words."""
    english = language == "en"
    match term:
        case t.Figure(scope, name):
            found = figure(scope, name)
            assert found is not None
            return found.en if english else found.ja
        case t.Decided(_, decision, output):
            named = rulebook.by_name[decision]
            title = decision if english else named.title
            return title if len(named.outputs) == 1 else f"{title}（{output}）"
        case t.Parameter(name):
            return (not english and rulebook.parameters[name].label) or name
        case _:
            return term_text(term, rulebook, language)


def term_text(term: "t.Term | t.Listing", rulebook: Rulebook, language: Language = "ja") -> str:
    """An expression with the names of things in place of their codes."""

    def of(part: "t.Term | t.Listing") -> str:
        text = term_text(part, rulebook, language)
        compound = isinstance(part, (t.Calculation, t.Compared, t.Both, t.Either, t.Choice, t.Negation))
        return f"({text})" if compound else text

    match term:
        case t.Constant(value):
            return _constant(value, language)
        case t.InputUnknown():
            return "不明" if language == "ja" else "unknown"
        case t.Figure() | t.Decided() | t.Parameter():
            return term_title(term, rulebook, language)
        case t.Negation(operand):
            return f"-{of(operand)}"
        case t.Calculation(operator, left, right):
            return f"{of(left)} {_OPERATORS[operator]} {of(right)}"
        case t.Compared(comparator, left, right):
            return f"{of(left)} {comparator} {of(right)}"
        case t.ComparedEach(comparator, items, value_term):
            return f"{of(items)} {comparator} {of(value_term)}"
        case t.Both(left, right):
            return f"{of(left)} and {of(right)}"
        case t.Either(left, right):
            return f"{of(left)} or {of(right)}"
        case t.Not(operand):
            return f"not({term_text(operand, rulebook, language)})"
        case t.Choice(condition, yes, no):
            return f"if {of(condition)} then {of(yes)} else {of(no)}"
        case t.Knownness(operand, reason):
            return f"{of(operand)} = unknown" + (f"({reason})" if reason else "")
        case t.Matches(operand, check):
            inside = check_text(check, _NUMBER, lambda each: _fixed(each, rulebook), language)
            return f"{of(operand)} in ({inside})"
        case t.Rounded(function, operand, digits):
            return f"{function}({term_text(operand, rulebook, language)}, {digits})"
        case t.Absolute(operand):
            return f"abs({term_text(operand, rulebook, language)})"
        case t.Aggregate(function, items):
            listed = items if isinstance(items, tuple) else (items,)
            return f"{function}({', '.join(term_text(item, rulebook, language) for item in listed)})"
        case t.At(units, position, inner):
            return f"{of(units)}[{position}].{of(inner)}"
        case t.Units(scope, _):
            return f"{scope}s"
        case t.Where(units, condition):
            return f"{of(units)}[{term_text(condition, rulebook, language)}]"
        case t.Each(units, inner):
            return f"{of(units)}.{of(inner)}"


_NUMBER: Final[Type] = NumberType()


def _fixed(term: t.Term, rulebook: Rulebook) -> Scalar:
    if isinstance(term, t.Constant):
        return term.value
    return term_text(term, rulebook)


def _constant(value: Scalar, language: Language) -> str:
    return grouped(value) if isinstance(value, Decimal) else value_text(value, _NUMBER, language)
