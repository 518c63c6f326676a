"""Names and expressions in words, in Japanese and English."""

from decimal import Decimal
from typing import Final

from hyotei.messages import InEach, Language, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.figure_ratio import read_as_ratio
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.named_years import named_year
from hyotei.rulebook.types import NumberType, ScaleType, Scope, Type
from hyotei.rulebook.value_words import check_text, grouped, label_of, value_text
from hyotei.rulebook.values import Reason, Scalar

_OPERATORS: Final = {"+": "+", "-": "-", "*": "×", "/": "÷", "**": "**"}
_SIGNS: Final = {"!=": "values.sign.not_equal", "<=": "values.sign.at_most", ">=": "values.sign.at_least"}
_ENDS: Final = {1: "values.term.first", -1: "values.term.last"}
_NUMBER: Final[Type] = NumberType()


def figure_title(scope: Scope, name: str, rulebook: Rulebook, language: Language) -> str:
    """What a figure is called."""
    found = rulebook.figure(scope, name)
    return name if found is None else InEach(found.ja, found.en).text(language)


def rulebook_title(rulebook: Rulebook, language: Language) -> str:
    """What a rulebook is called: in English by its English text, where it has one."""
    return InEach(rulebook.title, rulebook.english.get(rulebook.title, rulebook.title)).text(language)


def decision_title(decision: Decision, rulebook: Rulebook, language: Language) -> str:
    """What a decision is called: in English by the rulebook's English text, and by its name where that is missing."""
    return InEach(decision.title, rulebook.english.get(decision.title, decision.name)).text(language)


def term_title(term: t.Term, rulebook: Rulebook, language: Language = "ja") -> str:
    """What an input is called: the title of its decision, the name of its figure, or the expression in words."""
    match term:
        case t.Figure(scope, name):
            return figure_title(scope, name, rulebook, language)
        case t.Decided(_, decision, output):
            named = rulebook.by_name[decision]
            title = decision_title(named, rulebook, language)
            if len(named.outputs) == 1:
                return title
            return wording(language)("values.term.output", title=title, output=output)
        case t.Parameter(name):
            return InEach(rulebook.parameters[name].label or name, name).text(language)
        case _:
            return term_text(term, rulebook, language)


_Part = t.Term | t.Listing


def term_text(term: _Part, rulebook: Rulebook, language: Language = "ja") -> str:
    """An expression in words: in Japanese as one would say it, in English as FEEL, with names in place of paths."""
    return _Writer(rulebook, language).text(term)


class _Writer:
    """Writes expressions in a language."""

    def __init__(self, rulebook: Rulebook, language: Language) -> None:
        self.rulebook, self.language = rulebook, language
        self.say = wording(language)

    def inner(self, part: _Part) -> str:
        """A part within another, in parentheses where it has parts of its own."""
        return _within(part, self.text(part))

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
                return f"{self.inner(items)} {self.sign(comparator)} {self.beside(value_term, element)}"
            case t.Both(left, right):
                return self.say("values.term.and", left=self.inner(left), right=self.inner(right))
            case t.Either(left, right):
                return self.say("values.term.or", left=self.inner(left), right=self.inner(right))
            case t.Not(t.Knownness(operand, reason)):
                return f"{self.inner(operand)} {self.sign('!=')} {self.unknown(reason)}"
            case t.Not(operand):
                text = self.text(operand)
                # FEEL has parentheses there already.
                return self.say("values.term.not", operand=InEach(_within(operand, text), text))
            case t.Choice() if (read := read_as_ratio(term)) is not None:
                return self.say("values.term.as_ratio", figure=self.text(read))
            case t.Choice(condition, yes, no):
                return self.say(
                    "values.term.choice",
                    condition=self.text(condition),
                    yes=self.inner(yes),
                    no=self.inner(no),
                )
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
            case t.Outer(inner):
                return self.say("values.term.outer", part=self.inner(inner))
            case t.Graded(operand, _):
                return self.graded(operand)
            case t.Aggregate(function, items):
                return self.aggregate(function, items)
            case t.At(units, position, inner):
                return self.at(units, position, inner)
            case t.Units(scope, _):
                return self.say.one_of("values.units", scope)
            case t.Where(units, condition):
                return f"{self.inner(units)}[{self.text(condition)}]"
            case t.Each(units, inner):
                return self.say("values.term.each", units=self.inner(units), part=self.inner(inner))

    def compared(self, comparator: str, left: t.Term, right: t.Term) -> str:
        sides = self.beside(left, right), self.beside(right, left)
        if comparator == "=" and self.scale(left) and isinstance(right, t.Constant):
            return self.say("values.term.is", left=self.inner(left), right=sides[1])
        return f"{sides[0]} {self.sign(comparator)} {sides[1]}"

    def sign(self, comparator: str) -> str:
        """A comparator as this language writes it."""
        return self.say(_SIGNS[comparator]) if comparator in _SIGNS else comparator

    def beside(self, term: t.Term, other: t.Term) -> str:
        """One side of a comparison; in Japanese a value of a scale is told as the other side's scale tells it."""
        scale, text = self.scale(other), self.inner(term)
        if isinstance(term, t.Constant) and scale and len(str(term.value)) > 1:
            return InEach(label_of(scale, term.value, self.rulebook) or text, text).text(self.language)
        return text

    def scale(self, term: t.Term) -> str:
        """The scale that a name's values are of; empty where it is no name or has no scale."""
        of: Type | None = None
        if isinstance(term, t.Figure):
            found = self.rulebook.figure(term.scope, term.name)
            of = found.type if found is not None else None
        elif isinstance(term, t.Decided):
            outputs = self.rulebook.by_name[term.decision].outputs
            of = next((output.type for output in outputs if output.name == term.output), None)
        return of.name if isinstance(of, ScaleType) else ""

    def fixed(self, term: t.Term) -> Scalar:
        return term.value if isinstance(term, t.Constant) else self.text(term)

    def unknown(self, reason: Reason | None) -> str:
        if reason is None:
            return self.say("common.unknown")
        return self.say("values.term.unknown_because", reason=InEach(self.say.one_of("common.reason", reason), reason))

    def aggregate(self, function: str, items: "t.Listing | tuple[t.Term, ...]") -> str:
        texts = [self.text(item) for item in (items if isinstance(items, tuple) else (items,))]
        listed = self.say.listed(texts)
        if len(texts) > 1 and function not in ("all", "any"):
            listed = self.say("values.term.several", items=listed)
        return self.say.one_of("values.aggregate", function.replace(" ", "_"), items=listed)

    def graded(self, rank: t.Term) -> str:
        """A grade by its rank, as it is written: the best or the worst of some, or one so many grades from another."""
        match rank:
            case t.Aggregate("max" | "min" as function, items):
                return self.aggregate("best" if function == "max" else "worst", items)
            case t.Calculation("+" | "-" as sign, value, t.Constant(count)):
                key = "values.term.raised" if sign == "+" else "values.term.lowered"
                return self.say(key, value=self.text(value), count=str(count))
            case _:
                raise AssertionError("no other rank is made a grade")

    def at(self, units: t.UnitListing, position: int, part: t.Term) -> str:
        if (year := named_year(units, position)) is not None:
            return self.say.one_of("values.named_year", year.key, part=self.inner(part))
        where, what = self.inner(units), self.inner(part)
        if position in _ENDS:
            return self.say(_ENDS[position], units=where, part=what)
        key = "values.term.from_start" if position > 0 else "values.term.from_end"
        return self.say(key, units=where, position=abs(position), part=what)


def _within(part: _Part, text: str) -> str:
    compound = isinstance(part, (t.Calculation, t.Compared, t.Both, t.Either, t.Choice, t.Negation))
    return f"({text})" if compound else text
