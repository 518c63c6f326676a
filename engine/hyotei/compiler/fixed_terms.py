"""Terms that are the same for every sheet of a fiscal year: constants, parameters, and what is calculated of them."""

from hyotei.compiler import operations as do
from hyotei.compiler.calls import CALCULATIONS
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.values import Scalar


def constant(term: t.Term, rulebook: Rulebook, fiscal_year: int) -> Scalar | None:
    """The value of a term that is the same for every sheet of the year; None for all others."""
    match term:
        case t.Constant(value):
            return value
        case t.Parameter(name):
            return rulebook.parameters[name].at(fiscal_year)
        case t.Calculation(operator, left, right):
            sides = constant(left, rulebook, fiscal_year), constant(right, rulebook, fiscal_year)
            if sides[0] is None or sides[1] is None:
                return None
            call = CALCULATIONS[operator]
            return call.function(*sides, *call.constants(term, rulebook))
        case t.Negation(operand):
            side = constant(operand, rulebook, fiscal_year)
            return None if side is None else do.negative(side)
        case _:
            return None
