"""How fast a number changes while a value slides: the slope of a term, as a term.

Between two values at which some comparison comes out otherwise every number that rules compare is `a + b * sliding`, with a
slope `b` that does not change. What does not fit this is refused, never approximated.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from hyotei.impact.sliding_value import SLIDING
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook
from hyotei.rulebook.term_parts import parts

ZERO: Final = t.Constant(Decimal(0))
ONE: Final = t.Constant(Decimal(1))


class NotLinear(Exception):
    """A number that is no straight line between two steps, with the decision in which it stands."""


@dataclass
class Slopes:
    """The slopes of the terms of one rulebook. `made` are decisions that hold slopes of decisions, by name."""

    rulebook: Rulebook
    made: dict[str, Decision] = field(default_factory=dict)
    _varying: dict[tuple[str, str], bool] = field(default_factory=dict)
    _read: dict[str, bool] = field(default_factory=dict)

    # -- what varies

    def varies(self, term: object) -> bool:
        """Whether a number changes while nothing that is compared comes out otherwise."""
        match term:
            case t.Decided():
                return term == SLIDING or self.decision_varies(term)
            case t.Negation(a) | t.Absolute(a) | t.Rounded(_, a, _) | t.Outer(a):
                return self.varies(a)
            case t.Calculation(_, a, b):
                return self.varies(a) or self.varies(b)
            case t.Choice(_, a, b):
                return self.varies(a) or self.varies(b)
            case t.At(_, _, a) | t.Each(_, a):
                return self.varies(a)
            case t.Aggregate("sum" | "min" | "max" | "mean", items):
                return any(map(self.varies, items)) if isinstance(items, tuple) else self.varies(items)
            case _:
                return False

    def decision_varies(self, read: t.Decided) -> bool:
        key = read.decision, read.output
        if key not in self._varying:
            self._varying[key] = any(self.varies(term) for term in self.outputs(read))
        return self._varying[key]

    def outputs(self, read: t.Decided) -> list[t.Term]:
        """The terms that an output of a decision can be."""
        decision = self.rulebook.by_name[read.decision]
        if isinstance(decision.body, Formula):
            return [decision.body.term]
        at = [output.name for output in decision.outputs].index(read.output)
        return [] if decision.body.policy == "C#" else [row.outputs[at] for row in decision.body.rows]

    def reads(self, term: object) -> bool:
        """Whether the sliding value has any part in a term."""
        return any(isinstance(part, t.Decided) and self._reads(part) for part in parts(term))

    def _reads(self, read: t.Decided) -> bool:
        if read == SLIDING:
            return True
        if read.decision not in self._read:
            self._read[read.decision] = False
            decision = self.rulebook.by_name[read.decision]
            body = decision.body
            terms: list[object] = (
                [body.term]
                if isinstance(body, Formula)
                else [(*body.inputs,), [(r.checks, r.outputs) for r in body.rows]]
            )
            self._read[read.decision] = any(self.reads(_flat(term)) for term in terms)
        return self._read[read.decision]

    # -- slopes

    def slope(self, term: t.Term) -> t.Term:
        """The slope of a number.

        Raises:
            NotLinear: it has none that stays.
        """
        if not self.varies(term):
            return ZERO
        match term:
            case t.Decided():
                return ONE if term == SLIDING else self._of_decision(term)
            case t.Negation(a):
                return negative(self.slope(a))
            case t.Calculation("+", a, b):
                return plus(self.slope(a), self.slope(b))
            case t.Calculation("-", a, b):
                return minus(self.slope(a), self.slope(b))
            case t.Calculation("*", a, b) if not self.varies(b):
                return times(self.slope(a), b)
            case t.Calculation("*", a, b) if not self.varies(a):
                return times(a, self.slope(b))
            case t.Choice(condition, a, b):
                return t.Choice(condition, self.slope(a), self.slope(b))
            case t.At(units, position, a):
                return t.At(units, position, self.slope(a))
            case t.Aggregate("sum", tuple() as items):
                total: t.Term = ZERO
                for each in items:
                    total = plus(total, self.slope(each))
                return total
            case t.Aggregate("sum", t.Each(units, a)):
                return t.Aggregate("sum", t.Each(units, self.slope(a)))
            case _:
                raise NotLinear

    def _of_decision(self, read: t.Decided) -> t.Term:
        name = f"(slope of {read.decision} {read.output})"
        if name not in self.made:
            decision = self.rulebook.by_name[read.decision]
            body = decision.body
            if isinstance(body, Formula):
                sloped: Decision = replace(decision, name=name, body=Formula("", self.slope(body.term)))
            else:
                if body.policy not in ("F", "U", "C+"):
                    raise NotLinear
                at = [output.name for output in decision.outputs].index(read.output)
                rows = tuple(replace(row, outputs=(self.slope(row.outputs[at]),)) for row in body.rows)
                sloped = replace(
                    decision, name=name, body=replace(body, rows=rows), outputs=(decision.outputs[at],), audit=False
                )
            self.made[name] = sloped
        return t.Decided(read.scope, name, self.made[name].outputs[0].name)


def _flat(term: object) -> object:
    """Lists as tuples, so that they are walked through."""
    return tuple(_flat(each) for each in term) if isinstance(term, list | tuple) else term


def plus(a: t.Term, b: t.Term) -> t.Term:
    """The sum, without zeros."""
    return b if a == ZERO else a if b == ZERO else t.Calculation("+", a, b)


def minus(a: t.Term, b: t.Term) -> t.Term:
    """The difference, likewise."""
    return a if b == ZERO else negative(b) if a == ZERO else t.Calculation("-", a, b)


def negative(a: t.Term) -> t.Term:
    """The same with the other sign."""
    return a if a == ZERO else t.Negation(a)


def times(a: t.Term, b: t.Term) -> t.Term:
    """The product, without ones."""
    return b if a == ONE else a if b == ONE else t.Calculation("*", a, b)
