"""Cells, outputs and values in both languages, for edits and regions."""

from hyotei.compare.model import Computed, Told
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
            return "不明（入力の理由による）", "unknown (for the reason of the inputs)"
        if isinstance(term, (t.Constant, t.Parameter)):
            value = self.value(term)
            return value_text(value, of, "ja"), value_text(value, of, "en")
        if isinstance(term, (t.Figure, t.Decided)):
            return str(self.value(term)), str(self.value(term))
        return "式", "an expression"


def parameter_words(parameter: ParameterValue | None) -> Words:
    """The values of a parameter with their years."""
    if parameter is None:
        return "なし", "none"
    told = []
    for at in (0, 1):
        parts = []
        for dated in parameter.dated:
            span = "" if dated.first is None and dated.last is None else f"{dated.first or ''}..{dated.last or ''}: "
            parts.append(span + end_text(dated.value, parameter.type, "ja" if at == 0 else "en"))
        told.append(", ".join(parts))
    return told[0], told[1]


def told_words(told: Told, of: Type) -> Words:
    """A value of an answer."""
    if isinstance(told, Computed):
        return "行の式の値", "the value of the row's expression"
    if isinstance(told, bool) and of != BOOLEAN:
        return plain_bool(told), plain_bool(told)
    return value_text(told, of, "ja"), value_text(told, of, "en")


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
