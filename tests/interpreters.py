"""The interpreters of the rulebook language, and how two of their answers are held against each other."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from hyotei.compiler.compiled_rulebook import evaluate as generated
from hyotei.inference.engine import derive
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Sheet
from tests.outside import document, unknown
from tests.outside.decisions import decide
from tests.proof.symbolic_interpreter import interpret

Interpreter = Callable[[Rulebook, Sheet, dict[tuple[str, str], Scalar] | None], Derivation]

INTERPRETERS: Final[dict[str, Interpreter]] = {
    "reference": evaluate,
    "durable": derive,
    "generated": generated,
    "symbolic": interpret,
}
"""Every interpreter of the language. A new one is added here, and the whole shared suite runs over it."""


Steps = dict[tuple[str, str], tuple[Any, ...]]
"""Outcome, rows, inputs and outputs of every decision at every unit."""


def exactly(derivation: Derivation) -> list[object]:
    """A derivation as plain data in which 1, true and "1" differ, steps in their order; 1.0 and 1 are the same number."""
    return [
        (key, step.decision, step.unit, step.outcome, step.rows, _plain(step.inputs), _plain(step.outputs))
        for key, step in derivation.steps.items()
    ]


def outside(text: str, sheet: Sheet) -> Steps:
    """The reading of a rulebook's document that shares no code with the program; it gets the sheet as its JSON export."""
    found = decide(document.rulebook(text), sheet.model_dump(mode="json", by_alias=True))
    return {key: (step.outcome, step.rows, exact(step.inputs), exact(step.outputs)) for key, step in found.items()}


def steps(derivation: Derivation) -> Steps:
    """A derivation in the same form."""
    return {
        key: (step.outcome, step.rows, exact(step.inputs), exact(step.outputs))
        for key, step in derivation.steps.items()
    }


def exact(value: object) -> object:
    """Plain data in which 1, true and "1" differ, numbers as fractions."""
    if isinstance(value, tuple):
        return [exact(each) for each in value]
    if isinstance(value, Unknown | unknown.Unknown):
        return "unknown", value.reason
    return ("number", Fraction(value)) if isinstance(value, Decimal | Fraction) else (type(value).__name__, value)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return "number", value.as_integer_ratio()
    return type(value).__name__, value
