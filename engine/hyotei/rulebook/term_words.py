"""Names and expressions in words, in Japanese and English."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Final

from hyotei.messages import InEach, Language
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import NumberType, ScaleType, Scope, Type, UnitType, words
from hyotei.rulebook.values import Reason, Scalar, Unknown
from hyotei.rulebook.vocabulary import figure
from hyotei.rulebook.wording import check_text, grouped, label_of, value_text

_JOINED: Final = {
    "count": "数", "count true": "成り立つものの数", "sum": "合計", "min": "最小", "max": "最大", "mean": "平均",
}  # fmt: skip
_OPERATORS: Final = {"+": "+", "-": "-", "*": "×", "/": "÷", "**": "**"}
_NUMBER: Final[Type] = NumberType()


def figure_title(scope: Scope, name: str, language: Language) -> str:
    """What a figure is called."""
    found = figure(scope, name)
    return name if found is None else InEach(found.ja, found.en).text(language)


def term_title(term: t.Term, rulebook: Rulebook, language: Language = "ja") -> str:
    """What an input is called: the title of its decision, the name of its figure, or the expression in words."""
    english = language == "en"
    match term:
        case t.Figure(scope, name):
            return figure_title(scope, name, language)
        case t.Decided(_, decision, output):
            named = rulebook.by_name[decision]
            title = rulebook.english.get(named.title, decision) if english else named.title
            return title if len(named.outputs) == 1 else f"{title}（{output}）"
        case t.Parameter(name):
            return (not english and rulebook.parameters[name].label) or name
        case _:
            return term_text(term, rulebook, language)


_Part = t.Term | t.Listing


def term_text(term: _Part, rulebook: Rulebook, language: Language = "ja") -> str:
    """An expression in words: in Japanese as one would say it, in English as FEEL, with names in place of paths."""
    return (_Japanese if language == "ja" else _English)(rulebook).text(term)


class _English:
    """Expressions as FEEL writes them."""

    language: Language = "en"
    comparators: ClassVar[Mapping[str, str]] = {}

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def inner(self, part: _Part) -> str:
        """A part within another, in parentheses where it has parts of its own."""
        text = self.text(part)
        return (
            f"({text})"
            if isinstance(part, (t.Calculation, t.Compared, t.Both, t.Either, t.Choice, t.Negation))
            else text
        )

    def text(self, term: _Part) -> str:
        match term:
            case t.Constant(value):
                return grouped(value) if isinstance(value, Decimal) else value_text(value, _NUMBER, self.language)
            case t.InputUnknown():
                return self.unknown(None)
            case t.Figure() | t.Decided() | t.Parameter():
                return term_title(term, self.rulebook, self.language)
            case t.Negation(operand):
                return f"-{self.inner(operand)}"
            case t.Calculation(operator, left, right):
                return f"{self.inner(left)} {_OPERATORS[operator]} {self.inner(right)}"
            case t.Compared(comparator, left, right):
                return self.compared(comparator, left, right)
            case t.ComparedEach(comparator, items, value_term):
                element = items.term if isinstance(items, t.Each) else value_term
                sign = self.comparators.get(comparator, comparator)
                return f"{self.inner(items)} {sign} {self.beside(value_term, element)}"
            case t.Both(left, right):
                return self.junction("and", left, right)
            case t.Either(left, right):
                return self.junction("or", left, right)
            case t.Not(t.Knownness(operand, reason)):
                return f"{self.inner(operand)} {self.comparators.get('!=', '!=')} {self.unknown(reason)}"
            case t.Not(operand):
                return self.negated(operand)
            case t.Choice(condition, yes, no):
                return self.choice(condition, yes, no)
            case t.Knownness(operand, reason):
                return f"{self.inner(operand)} = {self.unknown(reason)}"
            case t.Matches(operand, check):
                inside = check_text(check, _NUMBER, self.fixed, self.language)
                return f"{self.inner(operand)} in ({inside})"
            case t.Rounded(function, operand, digits):
                return f"{function}({self.text(operand)}, {digits})"
            case t.Absolute(operand):
                return f"abs({self.text(operand)})"
            case t.Rank(operand, _):
                return self.text(operand)
            case t.Aggregate(function, items):
                return self.aggregate(function, items)
            case t.At(units, position, inner):
                return self.at(units, position, inner)
            case t.Units(scope, _):
                return self.units(scope)
            case t.Where(units, condition):
                return f"{self.inner(units)}[{self.text(condition)}]"
            case t.Each(units, inner):
                return self.each(units, inner)

    def compared(self, comparator: str, left: t.Term, right: t.Term) -> str:
        return f"{self.beside(left, right)} {self.comparators.get(comparator, comparator)} {self.beside(right, left)}"

    def beside(self, term: t.Term, other: t.Term) -> str:
        """One side of a comparison; a value of a scale is told as the other side's scale tells it."""
        return self.inner(term)

    def fixed(self, term: t.Term) -> Scalar:
        return term.value if isinstance(term, t.Constant) else self.text(term)

    def unknown(self, reason: Reason | None) -> str:
        return "unknown" if reason is None else f"unknown({reason})"

    def junction(self, word: str, left: t.Term, right: t.Term) -> str:
        return f"{self.inner(left)} {word} {self.inner(right)}"

    def negated(self, operand: t.Term) -> str:
        return f"not({self.text(operand)})"

    def choice(self, condition: t.Term, yes: t.Term, no: t.Term) -> str:
        return f"if {self.text(condition)} then {self.inner(yes)} else {self.inner(no)}"

    def aggregate(self, function: str, items: "t.Listing | tuple[t.Term, ...]") -> str:
        listed = items if isinstance(items, tuple) else (items,)
        # `count true` is written as any count is.
        return f"{function.split()[0]}({', '.join(self.text(item) for item in listed)})"

    def at(self, units: t.UnitListing, position: int, inner: t.Term) -> str:
        return f"{self.inner(units)}[{position}].{self.inner(inner)}"

    def units(self, scope: Scope) -> str:
        return f"{scope}s"

    def each(self, units: t.UnitListing, inner: t.Term) -> str:
        return f"{self.inner(units)}.{self.inner(inner)}"


class _Japanese(_English):
    """Expressions as one would say them."""

    language = "ja"
    comparators: ClassVar[Mapping[str, str]] = {"!=": "≠", "<=": "≦", ">=": "≧"}

    def compared(self, comparator: str, left: t.Term, right: t.Term) -> str:
        if comparator == "=" and self.scale(left) and isinstance(right, t.Constant):
            return f"{self.inner(left)}が {self.beside(right, left)}"
        return super().compared(comparator, left, right)

    def beside(self, term: t.Term, other: t.Term) -> str:
        scale = self.scale(other)
        if isinstance(term, t.Constant) and scale and len(str(term.value)) > 1:
            return label_of(scale, term.value, self.rulebook) or self.inner(term)
        return self.inner(term)

    def scale(self, term: t.Term) -> str:
        """The scale that a name's values are of; empty where it is no name or has no scale."""
        of: Type | None = None
        if isinstance(term, t.Figure):
            found = figure(term.scope, term.name)
            of = found.type if found is not None else None
        elif isinstance(term, t.Decided):
            outputs = self.rulebook.by_name[term.decision].outputs
            of = next((output.type for output in outputs if output.name == term.output), None)
        return of.name if isinstance(of, ScaleType) else ""

    def unknown(self, reason: Reason | None) -> str:
        return "不明" if reason is None else value_text(Unknown(reason), _NUMBER)

    def junction(self, word: str, left: t.Term, right: t.Term) -> str:
        return f"{self.inner(left)} {'かつ' if word == 'and' else 'または'} {self.inner(right)}"

    def negated(self, operand: t.Term) -> str:
        return f"{self.inner(operand)} でない"

    def choice(self, condition: t.Term, yes: t.Term, no: t.Term) -> str:
        return f"{self.text(condition)} なら {self.inner(yes)}、そうでなければ {self.inner(no)}"

    def aggregate(self, function: str, items: "t.Listing | tuple[t.Term, ...]") -> str:
        listed = items if isinstance(items, tuple) else (items,)
        joined = "、".join(self.text(item) for item in listed)
        if function in ("all", "any"):
            return f"{'すべて' if function == 'all' else 'いずれか'}（{joined}）"
        word = {
            "count": "数",
            "count true": "成り立つものの数",
            "sum": "合計",
            "min": "最小",
            "max": "最大",
            "mean": "平均",
        }[function]
        return f"{joined}の{word}" if len(listed) == 1 else f"（{joined}）の{word}"

    def at(self, units: t.UnitListing, position: int, inner: t.Term) -> str:
        which = {1: "最初の", -1: "最後の"}.get(position) or (
            f"{position}番目の" if position > 0 else f"後ろから{-position}番目の"
        )
        return f"{self.inner(units)}の{which}{self.inner(inner)}"

    def units(self, scope: Scope) -> str:
        return words(UnitType(scope))[0]

    def each(self, units: t.UnitListing, inner: t.Term) -> str:
        return f"{self.inner(units)}の{self.inner(inner)}"
