"""Expressions: operators, comparisons, choices and functions over what paths.py finds, with their types. A wrong part is told
once and then fits everything.
"""

from typing import cast, get_args

from hyotei.base import exact
from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.check import arithmetic, check_cells, number_kinds, scale_functions
from hyotei.rulebook.check.names import suggestion
from hyotei.rulebook.check.paths import WRONG, Here, OneUnit, Paths, Resolved
from hyotei.rulebook.parser import FUNCTIONS
from hyotei.rulebook.reference import ROUNDINGS
from hyotei.rulebook.types import (
    ANY,
    BOOLEAN,
    COUNT,
    TEXT,
    AnyType,
    BooleanType,
    ListType,
    NumberType,
    ScaleType,
    Type,
    UnitType,
    words,
)
from hyotei.rulebook.values import Unknown

_MANY = (t.Units, t.Where, t.Each, t.ComparedEach)


class Resolver(Paths):
    """One expression or cell at one scope."""

    # -- single values

    def single(self, node: s.Expression, expected: Type | None = None) -> tuple[t.Term, Type]:
        """An expression that must give one value, of the expected type where one is given."""
        return self.one(node, *self.resolve(node, expected))

    def one(self, node: s.Expression, term: Resolved, found: Type) -> tuple[t.Term, Type]:
        """What an expression means, where it is one value; that it is none is told."""
        if isinstance(found, ListType) or isinstance(term, _MANY):
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

    # -- kinds of numbers

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
            term = self.comparable(node, left.term, left_type.element, right, right_type)
            if isinstance(term, t.Matches):
                # On an ordered scale: each value is one of those that are as good.
                return t.Each(left.units, t.Matches(left.term, term.check)), ListType(BOOLEAN)
            if isinstance(term, t.Compared) and isinstance(term.left, t.Rank):
                left = t.Each(left.units, term.left)
            if not isinstance(term, t.Compared):
                return WRONG, ANY
            return t.ComparedEach(node.comparator, left, term.right), ListType(BOOLEAN)
        if self.filters is not None and left == right and not isinstance(left, t.Constant):
            self.tell("HY576", node.span)
        term = self.comparable(node, left, left_type, right, right_type)
        return term, BOOLEAN if term is not WRONG else ANY

    def bare(self, node: s.Expression) -> bool:
        """Whether a word or number may be a value of a scale, which what stands beside it tells."""
        return isinstance(node, s.Number) or (isinstance(node, s.Name) and self.lookup([node.text]) is None)

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
        singles = not isinstance(left, (*_MANY, OneUnit, Here)) and not isinstance(right, (*_MANY, OneUnit, Here))
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

    # -- calls

    def call(self, node: s.Call) -> tuple[Resolved, Type]:
        function, arguments = node.function, node.arguments
        if function not in FUNCTIONS:
            self.tell(
                "HY524", node.span, name=function, hint=suggestion(function, FUNCTIONS), functions=", ".join(FUNCTIONS)
            )
            return WRONG, ANY
        if not arguments:
            self.tell("HY525", node.span, name=function)
            return WRONG, ANY
        if function in get_args(t.AggregateName):
            return self.aggregate(node, cast(t.AggregateName, function))
        if function == "not":
            return t.Not(self.boolean(arguments[0])), self.extra(node, 1, BOOLEAN)
        if function in scale_functions.SCALE_FUNCTIONS:
            return scale_functions.scale_call(self, node)
        if function == "as ratio":
            return arithmetic.as_ratio(self, node)
        if function in ("contains", "starts with"):
            return self.looked_into(node)
        term, found = self.number(arguments[0])
        if function == "abs":
            return t.Absolute(term), self.extra(node, 1, ANY if found is None else number_kinds.absolute(found))
        digits = 0
        if len(arguments) > 1:
            written = arguments[1]
            if isinstance(written, s.Number) and written.value == int(written.value) and abs(written.value) <= 30:
                digits = int(written.value)
            else:
                self.tell("HY526", written.span, name=function)
        # A ratio of 85.5% is the number 0.855: `floor(x, 2)` keeps whole percents.
        mode = ROUNDINGS[function]
        kind = ANY if found is None else number_kinds.mapped(found, lambda end: exact.round_to(end, digits, mode))
        return t.Rounded(cast(t.RoundingName, function), term, digits), self.extra(node, 2, kind)

    def looked_into(self, node: s.Call) -> tuple[t.Term, Type]:
        """`contains(text, part)`, `starts with(text, part)`: the test of a cell as a truth."""
        term, found = self.single(node.arguments[0])
        part = node.arguments[1] if len(node.arguments) > 1 else node
        test = check_cells.has_text(self, part, found, node.function == "starts with", node.arguments[0].span)
        return t.Matches(term, t.Check((test,))), self.extra(node, 2, BOOLEAN)

    def extra(self, node: s.Call, most: int, result: Type) -> Type:
        if len(node.arguments) > most:
            self.tell("HY527", node.arguments[most].span, name=node.function, most=str(most))
        return result

    def counted(self, node: s.Call, items: "t.Listing | tuple[t.Term, ...]") -> t.Term:
        """How many of a list of conditions are surely true: the units that a filter by the condition would keep."""
        match items:
            case t.Each(units, condition):
                return t.Aggregate("count", t.Where(units, condition))
            case t.ComparedEach(comparator, t.Each(units, term), value):
                if arithmetic.same_for_all(value, units):
                    return t.Aggregate("count", t.Where(units, t.Compared(comparator, term, value)))
                return t.Aggregate("count true", items)
            case _:
                self.tell("HY574", node.span)
                return WRONG

    def aggregate(self, node: s.Call, function: t.AggregateName) -> tuple[t.Term, Type]:
        items: t.Listing | tuple[t.Term, ...]
        elements: list[Type]
        resolved = [self.resolve(argument) for argument in node.arguments]
        if len(resolved) == 1:
            listing, found = resolved[0]
            if isinstance(found, AnyType):
                return WRONG, ANY
            if not isinstance(listing, _MANY) or not isinstance(found, ListType):
                self.tell("HY528", node.arguments[0].span, name=function, found=words(found))
                return WRONG, ANY
            items, elements = listing, [found.element]
        else:
            singles = [self.single(argument) for argument in node.arguments]
            items, elements = tuple(term for term, _ in singles), [of for _, of in singles]
        if function == "count":
            if all(each == BOOLEAN for each in elements):
                return self.counted(node, items), COUNT
            return t.Aggregate(function, items), COUNT
        term = t.Aggregate(function, items)
        wanted: type[BooleanType] | type[NumberType] = BooleanType if function in ("all", "any") else NumberType
        common: Type = ANY
        for argument, each in zip(node.arguments, elements, strict=True):
            if not isinstance(each, (wanted, AnyType)):
                self.tell("HY529", node.span, name=function, found=words(each))
                return WRONG, ANY
            if function != "sum":
                merged = self.merged(common, each, argument.span)
                if merged is None:
                    return WRONG, ANY
                common = merged
        known = [each for each in elements if isinstance(each, NumberType)]
        if function == "sum" and known:
            # A sum of many small numbers may be large, so its kind is not that of one of them.
            return term, self.kind(number_kinds.summed(known, listed=len(resolved) == 1), node.span, *known[:2])
        return term, common


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
