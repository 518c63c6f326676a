"""Expressions with their types: operators, comparisons and choices over what `paths.py` finds and what functions give."""

from typing import cast

from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.check import arithmetic, check_cells, number_kinds
from hyotei.rulebook.check.function_calls import FunctionCalls
from hyotei.rulebook.check.paths import WRONG, Here, OneUnit, Resolved
from hyotei.rulebook.check.single_values import MANY
from hyotei.rulebook.term_parts import outer_terms
from hyotei.rulebook.types import (
    ANY,
    BOOLEAN,
    TEXT,
    AnyType,
    ListType,
    NumberType,
    ScaleType,
    Type,
    UnitType,
    words,
)
from hyotei.rulebook.values import Unknown


class Resolver(FunctionCalls):
    """One expression or cell at one scope."""

    def resolve(self, node: s.Expression, expected: Type | None = None) -> tuple[Resolved, Type]:
        match node:
            case s.Number(value, dimension):
                if isinstance(expected, ScaleType) and (named := self.names.numbered(expected, node)) is not None:
                    return t.Constant(named), expected
                if dimension == "year" and value < 0:
                    self.tell("HY572", node.span)
                    return WRONG, ANY
                return t.Constant(value), number_kinds.literal(value, dimension)
            case s.Text(value):
                return t.Constant(value), TEXT
            case s.Truth(value):
                return t.Constant(value), BOOLEAN
            case s.UnknownLiteral(reason):
                return (t.Constant(Unknown(reason)) if reason else t.InputUnknown()), ANY
            case s.Name(text):
                return self.name(text, node.span, expected)
            case s.Path():
                return self.path(node)
            case s.Negative(operand):
                negated, kind = self.number(operand)
                return t.Negation(negated), ANY if kind is None else self.kind(number_kinds.negative(kind), node.span)
            case s.Arithmetic():
                return arithmetic.arithmetic(self, node)
            case s.Comparison():
                return self.comparison(node)
            case s.Junction(operator, left, right):
                terms = self.boolean(left), self.boolean(right)
                return (t.Both(*terms) if operator == "and" else t.Either(*terms)), BOOLEAN
            case s.Conditional():
                return self.conditional(node, expected)
            case s.Bracket():
                return self.bracket(node)
            case s.Call():
                return self.call(node)
            case s.Membership(subject, tests):
                term, found = self.single(subject)
                return t.Matches(term, check_cells.check(self, tests, found)), BOOLEAN

    # -- operators

    def conditional(self, node: s.Conditional, expected: Type | None) -> tuple[t.Term, Type]:
        condition = self.boolean(node.condition)
        if self.bare(node.yes) and not self.bare(node.no):
            no, no_type = self.single(node.no, expected)
            yes, yes_type = self.single(node.yes, no_type if isinstance(no_type, ScaleType) else expected)
        else:
            yes, yes_type = self.single(node.yes, expected)
            no, no_type = self.single(node.no, yes_type if isinstance(yes_type, ScaleType) else expected)
        found = self.merged(yes_type, no_type, node.span)
        return t.Choice(condition, plain_unknown(yes), plain_unknown(no)), ANY if found is None else found

    def comparison(self, node: s.Comparison) -> tuple[Resolved, Type]:
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(side, s.UnknownLiteral):
                if node.comparator not in ("=", "!="):
                    self.tell("HY521", node.span)
                known = t.Knownness(self.single(other)[0], side.reason)
                return (known if node.comparator == "=" else t.Not(known)), BOOLEAN
        (left, left_type), (right, right_type) = self.sides(node)
        if isinstance(right_type, ListType) and not isinstance(left_type, ListType):
            return self.comparison(s.Comparison(mirrored(node.comparator), node.right, node.left, span=node.span))
        if isinstance(left_type, ListType) and isinstance(left, t.Each):
            if isinstance(right_type, ListType):
                self.tell("HY522", node.span)
                return WRONG, ANY
            if any(True for _ in outer_terms(right)):
                self.tell("HY588", node.span)
                return WRONG, ANY
            term = self.comparable(node, left.term, left_type.element, right, right_type)
            if isinstance(term, t.Matches):
                # On an ordered scale: each value is one of those that are as good.
                return t.Each(left.units, t.Matches(left.term, term.check)), ListType(BOOLEAN)
            if isinstance(term, t.Compared) and isinstance(term.left, t.Rank):
                left = t.Each(left.units, term.left)
            if not isinstance(term, t.Compared):
                return WRONG, ANY
            return t.ComparedEach(node.comparator, left, term.right), ListType(BOOLEAN)
        if self.filters is not None and not self.told_itself and left == right and not isinstance(left, t.Constant):
            self.tell("HY576", node.span)
        term = self.comparable(node, left, left_type, right, right_type)
        return term, BOOLEAN if term is not WRONG else ANY

    def sides(self, node: s.Comparison) -> tuple[tuple[Resolved, Type], tuple[Resolved, Type]]:
        """Both sides; a bare word takes its meaning from the scale on the other side."""
        if self.bare(node.left) and not self.bare(node.right):
            right, right_type = self.resolve(node.right)
            return self.resolve(node.left, element_of(right_type)), (right, right_type)
        left, left_type = self.resolve(node.left)
        return (left, left_type), self.resolve(node.right, element_of(left_type))

    def comparable(
        self, node: s.Comparison, left: Resolved, left_type: Type, right: Resolved, right_type: Type
    ) -> t.Term:
        singles = not isinstance(left, (*MANY, OneUnit, Here)) and not isinstance(right, (*MANY, OneUnit, Here))
        if not singles or isinstance(left_type, (ListType, UnitType)) or isinstance(right_type, (ListType, UnitType)):
            self.tell(
                "HY510",
                node.span,
                found=words(left_type if isinstance(left_type, (ListType, UnitType)) else right_type),
            )
            return WRONG
        left, right = cast(t.Term, left), cast(t.Term, right)
        if isinstance(left_type, AnyType) or isinstance(right_type, AnyType):
            return t.Compared(node.comparator, left, right)
        if isinstance(left_type, NumberType) and isinstance(right_type, NumberType):
            if not self.meet(left, left_type, right, right_type, node.span):
                return WRONG
            return t.Compared(node.comparator, left, right)
        if left_type != right_type:
            self.tell("HY512", node.span, left=words(left_type), right=words(right_type))
            return WRONG
        if node.comparator in ("=", "!="):
            return t.Compared(node.comparator, left, right)
        if isinstance(left_type, ScaleType) and left_type.ordered:
            for side, other, comparator in ((left, right, node.comparator), (right, left, mirrored(node.comparator))):
                if isinstance(other, t.Constant):
                    values = check_cells.as_good_as(left_type, str(other.value), comparator)
                    return t.Matches(side, t.Check((t.OneOf(values),)))
            return t.Compared(node.comparator, t.Rank(left, left_type.values), t.Rank(right, left_type.values))
        self.tell("HY523", node.span, comparator=node.comparator, found=words(left_type))
        return WRONG


def mirrored(comparator: s.Comparator) -> s.Comparator:
    """The comparator that says the same with its sides exchanged."""
    flipped: dict[s.Comparator, s.Comparator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    return flipped.get(comparator, comparator)


def element_of(of: Type) -> Type:
    """The type of one value of a list; of what is no list, its own."""
    return of.element if isinstance(of, ListType) else of


def plain_unknown(term: t.Term) -> t.Term:
    """`unknown` within an expression has no row to take a reason from."""
    return t.Constant(Unknown("undefined")) if isinstance(term, t.InputUnknown) else term
