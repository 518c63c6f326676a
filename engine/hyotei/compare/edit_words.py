"""Cells, outputs and values in both languages, for edits and regions."""

from hyotei.compare.model import AnswerValue, Computed
from hyotei.messages import Language, Text, phrase, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import ParameterValue, Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.term_words import term_title
from hyotei.rulebook.types import BOOLEAN, Type
from hyotei.rulebook.value_words import check_text, end_text, value_text
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

Words = tuple[str, str]


class EditWords:
    """The words of one rulebook as of a year."""

    def __init__(self, rulebook: Rulebook, year: int) -> None:
        self.rulebook = rulebook
        self.reading = Reading(rulebook, Sheet(id="diff", title="diff", authority=rulebook.authority, fiscal_year=year))

    def value(self, term: t.Term) -> Scalar:
        """The value of a constant expression; of any other, a text for it."""
        match term:
            case t.Figure(_, name):
                return f"`{name}`"
            case t.Decided(_, name, output):
                named = len(self.rulebook.by_name[name].outputs) == 1
                return f"`{name}`" if named else f"`{name}.{output}`"
            case _:
                try:
                    return self.reading.value(term, self.reading.root)
                except (LookupError, AssertionError):
                    return "`…`"

    def cell(self, check: t.Check, of: Type) -> Words:
        return check_text(check, of, self.value, "ja"), check_text(check, of, self.value, "en")

    def output(self, term: t.Term, of: Type) -> Words:
        if isinstance(term, t.InputUnknown):
            return in_each(phrase("diff_document.unknown_by_inputs"))
        if isinstance(term, (t.Constant, t.Parameter)):
            value = self.value(term)
            return value_text(value, of, "ja"), value_text(value, of, "en")
        if isinstance(term, (t.Figure, t.Decided)):
            return str(self.value(term)), str(self.value(term))
        return in_each(phrase("diff_document.expression"))


def parameter_words(parameter: ParameterValue | None) -> Words:
    """The values of a parameter with their years."""
    if parameter is None:
        return in_each(phrase("common.none"))
    return _dated(parameter, "ja"), _dated(parameter, "en")


def _dated(parameter: ParameterValue, language: Language) -> str:
    parts = []
    for dated in parameter.dated:
        span = "" if dated.first is None and dated.last is None else f"{dated.first or ''}..{dated.last or ''}: "
        parts.append(span + end_text(dated.value, parameter.type, language))
    return ", ".join(parts)


def in_each(text: Text) -> Words:
    """A text in both languages."""
    return text.text("ja"), text.text("en")


def told_words(told: AnswerValue, of: Type, language: Language) -> str:
    """A value of an answer."""
    if isinstance(told, Computed):
        return wording(language)("diff_document.value_of_expression")
    if isinstance(told, bool) and of != BOOLEAN:
        return plain_bool(told)
    return value_text(told, of, language)


def plain_bool(value: bool) -> str:
    """`true` or `false`, as in cells."""
    return "true" if value else "false"


def titles_of(book: Rulebook) -> dict[str, str]:
    """What is called otherwise in Japanese than in the document: columns, parameters and decisions."""
    found = {
        column.text: term_title(column.term, book)
        for decision in book.decisions
        if isinstance(decision.body, Table)
        for column in decision.body.inputs
    }
    found |= {name: parameter.label or name for name, parameter in book.parameters.items()}
    found |= {f"{scale.name}.{value}": label for scale in book.scales.values() for value, label in scale.labels.items()}
    return found | {decision.name: decision.title for decision in book.decisions}
