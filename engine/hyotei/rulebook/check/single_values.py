"""Expressions that must give one value, and whether two kinds of values go together.

A wrong part is told once and then fits everything.
"""

from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.check import number_kinds
from hyotei.rulebook.check.paths import WRONG, Here, OneUnit, Paths, Resolved
from hyotei.rulebook.types import ANY, AnyType, BooleanType, ListType, NumberType, Type, words

MANY = (t.Units, t.Where, t.Each, t.ComparedEach)
"""Terms that are lists."""


class SingleValues(Paths):
    """What every part of an expression asks of the parts within it."""

    def single(self, node: s.Expression, expected: Type | None = None) -> tuple[t.Term, Type]:
        """An expression that must give one value, of the expected type where one is given."""
        return self.one(node, *self.resolve(node, expected))

    def one(self, node: s.Expression, term: Resolved, found: Type) -> tuple[t.Term, Type]:
        """What an expression means, where it is one value; that it is none is told."""
        if isinstance(found, ListType) or isinstance(term, MANY):
            self.tell("HY510", node.span, found=words(found))
            return WRONG, ANY
        if isinstance(term, (OneUnit, Here)):
            self.tell("HY511", node.span, found=words(found))
            return WRONG, ANY
        return term, found

    def boolean(self, node: s.Expression) -> t.Term:
        term, found = self.single(node)
        if not isinstance(found, (BooleanType, AnyType)):
            self.tell("HY516", node.span, found=words(found))
        return term

    def number(self, node: s.Expression) -> tuple[t.Term, NumberType | None]:
        term, found = self.single(node)
        return term, self.number_kind(node, found)

    def number_kind(self, node: s.Expression, found: Type) -> NumberType | None:
        """The kind of a number; that it is none is told."""
        if not isinstance(found, NumberType | AnyType):
            self.tell("HY517", node.span, found=words(found))
        return found if isinstance(found, NumberType) else None

    def bare(self, node: s.Expression) -> bool:
        """Whether a word or number may be a value of a scale, which what stands beside it tells."""
        return isinstance(node, s.Number) or (isinstance(node, s.Name) and self.lookup([node.text]) is None)

    def extra(self, node: s.Call, most: int, result: Type) -> Type:
        """The type of the result; that a call has more than `most` arguments is told."""
        if len(node.arguments) > most:
            self.tell("HY527", node.arguments[most].span, name=node.function, most=str(most))
        return result

    def kind(self, outcome: number_kinds.Outcome, span: s.Span, *kinds: NumberType, operator: str = "") -> Type:
        """The kind of an outcome; what is wrong with it is told, and then it is of any kind."""
        if isinstance(outcome, NumberType):
            return outcome
        self.tell(outcome, span, **number_kinds.told(outcome, *kinds, operator=operator))
        return ANY

    def meet(self, left: t.Term, left_type: NumberType, right: t.Term, right_type: NumberType, span: s.Span) -> bool:
        """Whether two numbers can be compared; what is wrong is told."""
        code = number_kinds.clash(left_type, right_type)
        if code is not None:
            self.kind(code, span, left_type, right_type)
            return False
        self.names.held_against(left, left_type, right_type)
        self.names.held_against(right, right_type, left_type)
        return True

    def fits(self, term: t.Term, found: NumberType, column: NumberType, span: s.Span) -> None:
        """Tells what is wrong where a number cannot be held against the values of a column."""
        code = number_kinds.clash(column, found)
        if code is not None:
            self.kind(code, span, column, found)
        self.names.held_against(term, found, column)

    def merged(self, left: Type, right: Type, span: s.Span, code: str = "HY520") -> Type | None:
        """The type of a value that is one or the other; None where no type holds both, which is told by `code`."""
        if isinstance(left, AnyType):
            return right
        if isinstance(right, AnyType):
            return left
        outcome: Type | str
        if isinstance(left, NumberType) and isinstance(right, NumberType):
            outcome = number_kinds.merged(left, right)
            if isinstance(outcome, str) and outcome != "HY520":
                self.kind(outcome, span, left, right)
                return None
        else:
            outcome = left if left == right else code
        if isinstance(outcome, str):
            self.tell(code, span, left=words(left), right=words(right))
            return None
        return outcome
