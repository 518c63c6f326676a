"""The texts that rules ask a text for or make one of. Values of scales stand in rules too, but no text is asked for them."""

from collections.abc import Iterator

from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook
from hyotei.rulebook.term_parts import parts
from hyotei.rulebook.types import TextType


def named_texts(rulebook: Rulebook) -> frozenset[str]:
    """Any other text answers all questions of the rules as one does that they do not name."""
    return frozenset(text for decision in rulebook.decisions for text in _of(rulebook, decision))


def _of(rulebook: Rulebook, decision: Decision) -> Iterator[str]:
    body = decision.body
    terms: list[object] = [body.term] if isinstance(body, Formula) else [column.term for column in body.inputs]
    if isinstance(body, Formula):
        if isinstance(decision.outputs[0].type, TextType):
            yield from _constants(body.term)
    else:
        for row in body.rows:
            for check, column in zip(row.checks, body.inputs, strict=True):
                terms.append(check)
                if isinstance(column.type, TextType):
                    yield from _constants(check)
            for value, output in zip(row.outputs, decision.outputs, strict=True):
                terms.append(value)
                if isinstance(output.type, TextType):
                    yield from _constants(value)
    for part in parts(tuple(terms)):
        match part:
            case t.Compared(_, left, right) if any(_is_text(rulebook, each) for each in (left, right)):
                yield from _constants((left, right))
            case t.Matches(operand, check) if _is_text(rulebook, operand):
                yield from _constants(check)


def _is_text(rulebook: Rulebook, term: t.Term) -> bool:
    """Whether a term reads a text, as it is or in one case of several."""
    for part in parts(term):
        match part:
            case t.Figure(scope, name) if isinstance(rulebook.read(scope, name).type, TextType):
                return True
            case t.Decided(_, decision, output):
                outputs = rulebook.by_name[decision].outputs
                if any(each.name == output and isinstance(each.type, TextType) for each in outputs):
                    return True
    return False


def _constants(within: object) -> Iterator[str]:
    for part in parts(within):
        match part:
            case t.Constant(str() as text):
                yield text
            case t.OneOf(values):
                yield from (value for value in values if isinstance(value, str))
