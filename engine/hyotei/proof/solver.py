"""Formulas to Z3 and back: the only file that knows the solver.

Answers are the same on every run: the seeds are fixed, and the time limit only ends what takes too long.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cached_property
from time import monotonic
from typing import Any, Final, Literal

import z3

from hyotei.base import deadline
from hyotei.compare.model import Why
from hyotei.proof.formula_evaluation import ordered
from hyotei.proof.formula_nodes import (
    And,
    Compare,
    Linear,
    Not,
    Or,
    Product,
    Quotient,
    Select,
    Switch,
    Term,
    Truth,
    Variable,
)

Outcome = Literal["yes", "no", "open"]

TIMEOUT: Final = 10.0
"""Seconds for one question unless the caller says otherwise."""


def solver_version() -> str:
    """Name and version of the solver, for certificates."""
    return f"z3 {z3.get_version_string()}"


Values = dict[Switch | Variable, bool | Fraction]


class Found:
    """The answer to whether something can be: `yes` with values that show it, `no`, or `open` with the reason."""

    def __init__(self, outcome: Outcome, why: Why = "", read: "Callable[[], Values | None] | None" = None) -> None:
        self.outcome: Outcome = outcome
        self.why: Why = why
        self._read = read

    @cached_property
    def values(self) -> "Values | None":
        """Values of everything free that was asked about; None where there are none, or none that are fractions."""
        # Most questions are only asked for yes or no; reading values takes longer than finding them.
        return self._read() if self._read is not None else None


class Solver:
    """Questions about what is possible, over one growing set of assumptions."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self.context = z3.Context()
        self.solver = z3.Solver(ctx=self.context)
        self.solver.set("random_seed", 0)
        self.timeout = timeout
        self.deadline: float | None = None
        self.nonlinear = False
        self._truths: dict[int, tuple[object, z3.BoolRef]] = {}
        self._terms: dict[object, tuple[object, z3.ArithRef]] = {}
        self._switches: dict[Switch, z3.BoolRef] = {}
        self._named: dict[str, Switch] = {}
        self._variables: dict[Variable, z3.ArithRef] = {}
        self._reals: dict[Fraction, z3.ArithRef] = {}
        self._taken: dict[int, Truth] = {}

    def assume(self, truths: Iterable[Truth]) -> None:
        """What holds in all questions from now on; told again it is not added again."""
        for each in truths:
            if id(each) not in self._taken or isinstance(each, bool):
                self._taken[id(each)] = each
                self.solver.add(self.truth(each))

    @contextmanager
    def frame(self) -> Iterator[None]:
        """What is assumed within holds only within."""
        taken = dict(self._taken)
        self.solver.push()
        try:
            yield
        finally:
            self.solver.pop()
            self._taken = taken

    def possible(self, *truths: Truth) -> Found:
        """Whether all of these can be true together."""
        if any(each is False for each in truths):
            return Found("no")
        try:
            wanted = [self.truth(each) for each in truths if each is not True]
        except deadline.OutOfTimeError:
            return Found("open", why="timeout")
        # One question never takes all that is left: what comes after it is to be asked too.
        left = min(self.timeout, deadline.left() / 2)
        if self.deadline is not None:
            left = min(left, self.deadline - monotonic())
        if left <= 0:
            return Found("open", why="timeout")
        self.solver.set("timeout", max(1, int(left * 1000)))
        self.solver.push()
        try:
            self.solver.add(*wanted)
            answer = self.solver.check()
            if answer == z3.sat:
                model = self.solver.model()
                return Found("yes", read=lambda: self._values(model))
            if answer == z3.unsat:
                return Found("no")
            reason = self.solver.reason_unknown()
            late = any(word in reason for word in ("timeout", "canceled", "resource"))
            return Found("open", why="nonlinear" if self.nonlinear else "timeout" if late else "gave_up")
        except z3.Z3Exception as error:
            return Found("open", why="timeout" if "canceled" in str(error) else "gave_up")
        finally:
            self.solver.pop()

    def _values(self, model: Any) -> "Values | None":
        values: Values = dict.fromkeys(self._switches, False)
        ref = self.context.ref()
        for at in range(z3.Z3_model_get_num_consts(ref, model.model)):
            declaration = z3.Z3_model_get_const_decl(ref, model.model, at)
            switch = self._named.get(z3.Z3_get_symbol_string(ref, z3.Z3_get_decl_name(ref, declaration)))
            if switch is not None:
                found = z3.Z3_model_get_const_interp(ref, model.model, declaration)
                values[switch] = z3.Z3_get_bool_value(ref, found) == z3.Z3_L_TRUE
        for variable, symbol in self._variables.items():
            found = model.eval(symbol, model_completion=True)
            if z3.is_algebraic_value(found):
                found = found.approx(30)
            if z3.is_int_value(found):
                values[variable] = Fraction(found.as_long())
            elif z3.is_rational_value(found):
                values[variable] = Fraction(found.numerator_as_long(), found.denominator_as_long())
            else:
                return None
        return values

    # -- translation

    def truth(self, of: Truth) -> z3.BoolRef:
        """A truth as Z3 has it."""
        known = self._truths
        for at, part in enumerate(ordered(of, lambda node: id(node) in known)):
            if at % 1000 == 999:
                deadline.check_deadline()
            known[id(part)] = part, self._truth(part)
        return self._read(of)

    def _read(self, of: Truth) -> z3.BoolRef:
        if isinstance(of, bool):
            return z3.BoolVal(of, ctx=self.context)
        if isinstance(of, Switch):
            found = self._switches.get(of)
            if found is None:
                found = self._switches[of] = z3.Bool(of.name, ctx=self.context)
                self._named[of.name] = of
            return found
        return self._truths[id(of)][1]

    def _truth(self, of: "And | Or | Not | Compare") -> z3.BoolRef:
        ref = self.context.ref()
        # Through the C interface itself: the operators of z3's Python check and convert for longer than they build.
        if isinstance(of, Compare):
            make = {"=": z3.Z3_mk_eq, ">": z3.Z3_mk_gt, ">=": z3.Z3_mk_ge}[of.comparator]
            zero = self._real(Fraction(0))
            return z3.BoolRef(make(ref, self.number(of.number).as_ast(), zero.as_ast()), self.context)
        parts = [self._read(part) for part in of.parts]
        if isinstance(of, Not):
            return z3.BoolRef(z3.Z3_mk_not(ref, parts[0].as_ast()), self.context)
        joined = z3.Z3_mk_and if isinstance(of, And) else z3.Z3_mk_or
        return z3.BoolRef(joined(ref, len(parts), _array(parts)), self.context)

    def number(self, of: Linear) -> z3.ArithRef:
        """A number as Z3 has it."""
        parts = [self._scaled(factor, self._term(inner)) for inner, factor in of.terms]
        if of.constant or not parts:
            parts.append(self._real(of.constant))
        if len(parts) == 1:
            return parts[0]
        return z3.ArithRef(z3.Z3_mk_add(self.context.ref(), len(parts), _array(parts)), self.context)

    def _real(self, value: Fraction) -> z3.ArithRef:
        found = self._reals.get(value)
        if found is None:
            found = self._reals[value] = z3.RealVal(f"{value.numerator}/{value.denominator}", ctx=self.context)
        return found

    def _scaled(self, factor: Fraction, of: z3.ArithRef) -> z3.ArithRef:
        if factor == 1:
            return of
        return z3.ArithRef(z3.Z3_mk_mul(self.context.ref(), 2, _array([self._real(factor), of])), self.context)

    def _term(self, of: Term) -> z3.ArithRef:
        key: object = id(of) if isinstance(of, Select) else of
        kept = self._terms.get(key)
        if kept is None:
            kept = self._terms[key] = of, self._new_term(of)
        return kept[1]

    def _new_term(self, of: Term) -> z3.ArithRef:
        match of:
            case Variable(name, whole):
                symbol = z3.Int(name, ctx=self.context) if whole else z3.Real(name, ctx=self.context)
                self._variables[of] = symbol
                return z3.ToReal(symbol) if whole else symbol
            case Product(left, right):
                self.nonlinear = True
                return self.number(left) * self.number(right)
            case Select(options):
                found = self.number(options[-1][1])
                for guard, option in reversed(options[:-1]):
                    found = _arith(z3.If(self.truth(guard), self.number(option), found))
                return found
            case Quotient(above, below, digits, rounding):
                number = self.number(above)
                if below.value is None:
                    self.nonlinear = True
                    number = number / self.number(below)
                else:
                    number = self._scaled(1 / below.value, number)
                return number if rounding == "exact" else self._rounded(number, digits, rounding)

    def _rounded(self, number: z3.ArithRef, digits: int, rounding: str) -> z3.ArithRef:
        step = Fraction(1, 10**digits) if digits >= 0 else Fraction(10**-digits)
        shifted = self._scaled(1 / step, number)
        zero, half = self._real(Fraction(0)), self._real(Fraction(1, 2))

        def floor(of: Any) -> Any:
            return z3.ToReal(z3.ToInt(of))

        def ceiling(of: Any) -> Any:
            return -floor(-of)

        match rounding:
            case "floor":
                found = floor(shifted)
            case "ceiling":
                found = ceiling(shifted)
            case "down":
                found = z3.If(shifted >= zero, floor(shifted), ceiling(shifted))
            case "up":
                found = z3.If(shifted >= zero, ceiling(shifted), floor(shifted))
            case "half_up":
                found = z3.If(shifted >= zero, floor(shifted + half), ceiling(shifted - half))
            case "half_down":
                found = z3.If(shifted >= zero, ceiling(shifted - half), floor(shifted + half))
            case _:
                low = z3.ToInt(shifted)
                rest = shifted - z3.ToReal(low)
                up = z3.Or(rest > half, z3.And(rest == half, low % 2 == 1))
                found = z3.ToReal(low) + z3.If(up, self._real(Fraction(1)), zero)
        return self._scaled(step, _arith(found))


def _array(parts: "list[Any]") -> Any:
    found = (z3.Ast * len(parts))()
    for at, part in enumerate(parts):
        found[at] = part.as_ast()
    return found


def _arith(of: object) -> z3.ArithRef:
    assert isinstance(of, z3.ArithRef)
    return of
