"""Values and tests in words: one spelling for each meaning, whatever the analyst typed.

A verdict shows these and never the source text, so that documents of one hash give the same bytes.
"""

from collections.abc import Callable
from decimal import Decimal

from hyotei.base.exact import plain
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, Text, phrase_of, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import NumberType, TextType, Type
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import BUILT_IN_LABELS
from hyotei.sheet.fiscal_year_print import print_fiscal_year


def percent(ratio: Decimal) -> str:
    """`75.0%`, `94.9853%`: all its digits, and at least one decimal."""
    digits = plain(Decimal(f"{plain(ratio)}e2"))
    return f"{digits}%" if "." in digits else f"{digits}.0%"


def grouped(number: Decimal) -> str:
    """`1,234.5`"""
    whole, point, rest = plain(number).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return f"{sign}{','.join(groups)}{point}{rest}"


def amount(yen: Decimal, language: Language = "ja", whole_yen: bool = False) -> str:
    """Yen, in thousands where that is exact: `4,705,443千円`; `whole_yen` keeps to yen, for amounts beside one that is not."""
    say = wording(language)
    if in_thousands(yen) and not whole_yen:
        return say("values.thousand_yen", amount=grouped(Decimal(plain(yen)[:-3])))
    return say("values.yen", amount=grouped(yen))


def in_thousands(yen: Decimal) -> bool:
    """Whether an amount is told in thousands of yen."""
    digits = plain(yen)
    return digits.endswith("000") and "." not in digits


def value_text(value: Scalar, of: Type, language: Language = "ja") -> str:
    """A value for people, by its type."""
    if isinstance(value, Unknown):
        return wording(language)("values.unknown_because", reason=phrase_of("common.reason", value.reason))
    if isinstance(value, bool):
        return wording(language)("common.yes" if value else "common.no")
    if isinstance(value, Decimal):
        dimension = of.dimension if isinstance(of, NumberType) else "plain"
        if dimension == "ratio":
            return percent(value)
        if dimension == "money":
            return amount(value, language)
        if dimension == "year":
            return print_fiscal_year(int(value), language)
        return grouped(value)
    return value


@dataclass(frozen=True, slots=True)
class ValueText(Text):
    """A value as part of a sentence."""

    value: Scalar
    type: Type

    def text(self, language: Language) -> str:
        return value_text(self.value, self.type, language)


def case_literal(value: Scalar, of: Type) -> object:
    """A value as it is written in a case: `70%`, `Ⅱ`, `unknown(missing)`."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Unknown):
        return repr(value)
    if isinstance(value, Decimal):
        dimension = of.dimension if isinstance(of, NumberType) else "plain"
        if dimension == "ratio":
            return percent(value).replace(".0%", "%")
        return f"{plain(value)}円" if dimension == "money" else plain(value)
    return f'"{value}"' if isinstance(of, TextType) else value


Evaluate = Callable[[t.Term], Scalar]


def check_text(check: t.Check, of: Type, evaluate: Evaluate, language: Language = "ja") -> str:
    """What a cell asks, with its end points as values: `80%以上100%未満`, `A, B`, `90% or more`."""
    if check.anything:
        return "-"
    tests = [_test(test, of, evaluate, language) for test in check.tests]
    say = wording(language)
    joined = say.listed(tests, "common.list.one_of")
    return say("values.other_than", tests=joined) if check.negated else joined


def _test(test: t.Test, of: Type, evaluate: Evaluate, language: Language) -> str:
    match test:
        case t.IsUnknown(None):
            return wording(language)("common.unknown")
        case t.IsUnknown(reason):
            assert reason is not None
            return value_text(Unknown(reason), of, language)
        case t.OneOf(values):
            return wording(language).listed((value_text(value, of, language) for value in values), "common.list.one_of")
        case t.HasText(part, at_start):
            return wording(language)("values.starts_with" if at_start else "values.contains", text=f'"{part}"')
        case t.Same(term):
            return value_text(evaluate(term), of, language)
        case t.Range(low, low_closed, high, high_closed):
            # An end of an ordered scale is told as its value, not as its rank.
            told = [end.operand if isinstance(end, t.Rank) else end for end in (low, high)]
            ends = [None if end is None else evaluate(end) for end in told]
            return range_text(ends[0], low_closed, ends[1], high_closed, of, language)


def range_text(
    low: Scalar | None, low_closed: bool, high: Scalar | None, high_closed: bool, of: Type, language: Language = "ja"
) -> str:
    """A range in words: `80%以上100%未満`, `at least 80% and below 100%`; one value where both ends are the same."""
    ends = [None if end is None else end_text(end, of, language) for end in (low, high)]
    if ends[0] == ends[1] and low_closed and high_closed:
        return ends[0] or "-"
    say = wording(language)
    lower = ends[0] and say("values.range.at_least" if low_closed else "values.range.above", end=ends[0])
    upper = ends[1] and say("values.range.at_most" if high_closed else "values.range.below", end=ends[1])
    return say("values.range.both", low=lower, high=upper) if lower and upper else lower or upper or ""


def end_text(value: Scalar, of: Type, language: Language) -> str:
    """An end point: a whole percentage without a decimal, as rules are written (`70%以上`)."""
    text = value_text(value, of, language)
    return text.removesuffix(".0%") + "%" if text.endswith(".0%") else text


def label_of(scale: str, value: Scalar | None, rulebook: Rulebook) -> str:
    """What a value of a scale means in words; empty where the rulebook does not say."""
    found = rulebook.scales.get(scale)
    labels = found.labels if found is not None else BUILT_IN_LABELS.get(scale, {})
    return labels.get(value, "") if isinstance(value, str) else ""
