"""The interpreters of the rulebook language, and how two of their answers are held against each other."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from hyotei.inference.engine import derive
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet
from tests.proof.symbolic_interpreter import interpret

Interpreter = Callable[[Rulebook, Sheet, dict[tuple[str, str], Scalar] | None], Derivation]

INTERPRETERS: Final[dict[str, Interpreter]] = {"reference": evaluate, "durable": derive, "symbolic": interpret}
"""Every interpreter of the language. A new one is added here, and the whole shared suite runs over it."""


def exactly(derivation: Derivation) -> list[object]:
    """A derivation as plain data in which 1, true and "1" differ, steps in their order; 1.0 and 1 are the same number."""
    return [
        (key, step.decision, step.unit, step.outcome, step.rows, _plain(step.inputs), _plain(step.outputs))
        for key, step in derivation.steps.items()
    ]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return "number", value.as_integer_ratio()
    return type(value).__name__, value
