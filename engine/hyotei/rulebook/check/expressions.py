"""Expressions: names looked up, types inferred. A wrong part is told once and then fits everything."""

from dataclasses import dataclass
from typing import TypeAlias, cast, get_args

from hyotei.messages import Diagnostic, Location
from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.check import cells
from hyotei.rulebook.check.names import Names, suggestion
from hyotei.rulebook.check.numbers import LITERAL, mismatch
from hyotei.rulebook.parser import FUNCTIONS
from hyotei.rulebook.syntax_problem import narrowed
from hyotei.rulebook.types import (
    ANY,
    BOOLEAN,
    COUNT,
    NUMBER,
    TEXT,
    YEAR,
    AnyType,
    BooleanType,
    ListType,
    NumberType,
    ScaleType,
    Scope,
    TextType,
    Type,
    UnitType,
    added,
    divided,
    multiplied,
    words,
)
from hyotei.rulebook.units import scope_within
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import LISTS, ancestry, figure


@dataclass(frozen=True, slots=True)
class OneUnit:
    """A single unit picked from a list, waiting for the name of what to read of it."""

    units: t.UnitListing
    position: int


@dataclass(frozen=True, slots=True)
class Here:
    """`sheet`, `objective`: a unit that the current one lies in, waiting for a name."""

    scope: Scope


Resolved: TypeAlias = "t.Term | t.Listing | OneUnit | Here"

WRONG = t.Constant(Unknown("undefined"))
"""Stands where nothing sensible was written; the rulebook is refused anyway."""


class Resolver:
    """One expression or cell at one scope. Collects problems and the decisions that are read."""

    def __init__(
        self, names: Names, scope: Scope, location: Location, problems: list[Diagnostic], needs: dict[str, None]
    ) -> None:
        self.names, self.scope, self.location, self.problems, self.needs = names, scope, location, problems, needs

    def within(self, scope: Scope) -> "Resolver":
        return Resolver(self.names, scope, self.location, self.problems, self.needs)

    def tell(self, code: str, span: s.Span, **params: str | tuple[str, str]) -> None:
        self.problems.append(Diagnostic(code, narrowed(self.location, span), params))

    # -- single values

    def single(self, node: s.Expression, expected: Type | None = None) -> tuple[t.Term, Type]:
        """An expression that must give one value, of the expected type where one is given."""
        term, found = self.resolve(node, expected)
        if isinstance(found, ListType) or isinstance(term, (t.Units, t.Where, t.Each, t.ComparedEach)):
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
        if isinstance(found, NumberType):
            return term, found
        if not isinstance(found, AnyType):
            self.tell("HY517", node.span, found=words(found))
        return term, None

    def resolve(self, node: s.Expression, expected: Type | None = None) -> tuple[Resolved, Type]:
        match node:
            case s.Number(value, dimension):
                if isinstance(expected, ScaleType) and (named := self.names.numbered(expected, node)) is not None:
                    return t.Constant(named), expected
                return t.Constant(value), LITERAL[dimension]
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
                return t.Negation(negated), kind or ANY
            case s.Arithmetic():
                return self.arithmetic(node)
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
                return t.Matches(term, cells.check(self, tests, found)), BOOLEAN

    # -- names and paths

    def name(self, text: str, span: s.Span, expected: Type | None) -> tuple[Resolved, Type]:
        if isinstance(expected, ScaleType) and (value := self.names.value_of(expected, text)) is not None:
            return t.Constant(value), expected
        found = self.lookup([text])
        if found is not None:
            return self.read(found[0], found[1], span)
        if isinstance(expected, ScaleType) and (value := self.names.called(expected, text)) is not None:
            return t.Constant(value), expected
        if isinstance(expected, ScaleType):
            self.tell("HY503", span, name=text, scale=expected.name, values="、".join(expected.values))
            return WRONG, ANY
        if isinstance(expected, BooleanType):
            self.tell("HY501", span, name=text, hint=("true か false を書きます。", " Write `true` or `false`."))
            return WRONG, ANY
        if text in ancestry(self.scope):
            return Here(text), UnitType(text)
        scales = self.names.scales_with(text) or self.names.scales_calling(text)
        if len(scales) == 1:
            return t.Constant(scales[0][1]), scales[0][0]
        if scales:
            self.tell("HY504", span, name=text, scales=", ".join(scale.name for scale, _ in scales))
            return WRONG, ANY
        self.unknown_name(text, span)
        return WRONG, ANY

    def read(self, term: Resolved, of: Type, span: s.Span) -> tuple[Resolved, Type]:
        """What a name means, unless it is an audit table, which has findings and no value."""
        if isinstance(term, t.Decided) and not self.names.decisions[term.decision].readable:
            self.tell("HY546", span, name=term.decision)
            return WRONG, ANY
        return term, of

    def unknown_name(self, text: str, span: s.Span) -> None:
        elsewhere = self.names.decisions.get(text)
        if elsewhere is not None:
            lists = {scope: name for name, scope in LISTS.items()}
            mend = f"{lists[elsewhere.scope]}.{text}" if elsewhere.scope in lists else text
            self.tell("HY502", span, name=text, scope=words(UnitType(elsewhere.scope)), mend=mend)
            return
        lists_by = {scope: name for name, scope in LISTS.items()}
        for scope in lists_by:
            if figure(scope, text) and scope not in ancestry(self.scope):
                self.tell("HY502", span, name=text, scope=words(UnitType(scope)), mend=f"{lists_by[scope]}.{text}")
                return
        values = [value for scale in self.names.scales.values() for value in scale.values]
        self.tell("HY501", span, name=text, hint=suggestion(text, [*self.names.visible(self.scope), *values]))

    def lookup(self, parts: list[str]) -> tuple[Resolved, Type, int] | None:
        """What the first parts of a path mean, how many were used, longest first; None where nothing is so called."""
        for scope in ancestry(self.scope):
            for length in range(len(parts), 0, -1):
                found = figure(scope, ".".join(parts[:length]))
                if found is not None:
                    return t.Figure(scope, found.name), self.figure_type(found.name, found.type), length
            if (decision := self.names.decision(scope, parts[0])) is not None:
                return self.decided(decision.name, scope, parts)
        if parts[0] in LISTS:
            wanted = LISTS[parts[0]]
            for scope in ancestry(self.scope):
                if scope_within(wanted, scope):
                    return t.Units(wanted, scope), ListType(UnitType(wanted)), 1
        if parts[0] in self.names.parameters:
            return t.Parameter(parts[0]), self.names.parameters[parts[0]].type, 1
        return None

    def figure_type(self, name: str, stated: Type) -> Type:
        """`recorded.rating` is of the rulebook's own scale `rating` where it has one."""
        if name.startswith("recorded.") and stated == TEXT:
            return self.names.scales.get(name.removeprefix("recorded."), stated)
        return stated

    def decided(self, name: str, scope: Scope, parts: list[str]) -> tuple[Resolved, Type, int]:
        outputs = self.names.decisions[name].outputs()
        self.needs[name] = None
        if len(parts) > 1:
            for output in outputs:
                if output.name == parts[1]:
                    return t.Decided(scope, name, output.name), output.type, 2
        return t.Decided(scope, name, outputs[0].name), outputs[0].type, 1

    def path(self, node: s.Path) -> tuple[Resolved, Type]:
        parts: list[str] = []
        root: s.Expression = node
        while isinstance(root, s.Path):
            parts.insert(0, root.name)
            root = root.base
        if isinstance(root, s.Name):
            parts.insert(0, root.text)
            if root.text in ancestry(self.scope) and figure(self.scope, root.text) is None:
                return self.inside(Here(root.text), parts[1:], node)
            found = self.lookup(parts)
            if found is None:
                self.unknown_name(parts[0], root.span)
                return WRONG, ANY
            base, found_type = self.read(found[0], found[1], root.span)
            return self.inside(base, parts[found[2] :], node, found_type)
        base, found_type = self.resolve(root)
        return self.inside(base, parts, node, found_type)

    def inside(self, base: Resolved, parts: list[str], node: s.Path, of: Type = ANY) -> tuple[Resolved, Type]:
        """What a path reads of a unit or of every unit of a list."""
        if not parts:
            return base, of
        if base == WRONG:
            return WRONG, ANY
        match base:
            case Here(scope):
                units: t.UnitListing | None = None
            case OneUnit(listing):
                units, scope = listing, self.element(listing)
            case t.Units() | t.Where():
                units, scope = base, self.element(base)
            case _:
                self.tell("HY505", node.span, name=parts[0], found=words(of))
                return WRONG, ANY
        inner, inner_type, used = self.member(scope, parts, node)
        if used < len(parts):
            if inner != WRONG:
                self.tell("HY505", node.span, name=parts[used], found=words(inner_type))
            return WRONG, ANY
        if units is None or inner == WRONG:
            return inner, inner_type
        if isinstance(inner, (t.Units, t.Where, t.Each, t.ComparedEach, OneUnit, Here)):
            if isinstance(units, t.Units) and isinstance(inner, t.Units) and isinstance(base, t.Units):
                return t.Units(inner.scope, units.above), inner_type
            self.tell("HY506", node.span, name=parts[0])
            return WRONG, ANY
        if isinstance(base, OneUnit):
            return t.At(base.units, base.position, inner), inner_type
        assert not isinstance(inner_type, ListType)
        return t.Each(units, inner), ListType(inner_type)

    def member(self, scope: Scope, parts: list[str], node: s.Path) -> tuple[Resolved, Type, int]:
        """A name of exactly that scope, or of what lies around or below it."""
        found = self.within(scope).lookup(parts)
        if found is not None and not isinstance(found[0], t.Parameter):
            return *self.read(found[0], found[1], node.span), found[2]
        if parts[0] in ancestry(scope)[1:] and len(parts) > 1:
            outer, outer_type, used = self.within(parts[0]).member(parts[0], parts[1:], node)
            return outer, outer_type, used + 1
        own = [name for name in self.names.visible(scope) if name not in self.names.parameters]
        self.tell("HY507", node.span, name=parts[0], scope=words(UnitType(scope)), hint=suggestion(parts[0], own))
        return WRONG, ANY, len(parts)

    @staticmethod
    def element(listing: t.UnitListing) -> Scope:
        while isinstance(listing, t.Where):
            listing = listing.units
        return listing.scope

    def bracket(self, node: s.Bracket) -> tuple[Resolved, Type]:
        base, found = self.resolve(node.base)
        if base == WRONG:
            return WRONG, ANY
        if not isinstance(base, (t.Units, t.Where)):
            self.tell("HY508", node.span, found=words(found))
            return WRONG, ANY
        scope = self.element(base)
        if isinstance(node.inside, s.Number):
            position = node.inside.value
            if position != int(position) or position == 0 or abs(position) > 1000:
                self.tell("HY509", node.inside.span)
                return WRONG, ANY
            return OneUnit(base, int(position)), UnitType(scope)
        return t.Where(base, self.within(scope).boolean(node.inside)), found

    # -- operators

    def arithmetic(self, node: s.Arithmetic) -> tuple[t.Term, Type]:
        (left, left_type), (right, right_type) = self.number(node.left), self.number(node.right)
        term = t.Calculation(node.operator, left, right)
        if left_type is None or right_type is None:
            return term, ANY
        if node.operator == "**":
            if not (isinstance(right, t.Constant) and right.value in range(101)):
                self.tell("HY518", node.right.span)
            return term, left_type
        if node.operator in "+-":
            result = added(left_type, right_type, minus=node.operator == "-")
            wrong = mismatch(left, left_type, right, right_type, self.names.parameters)
            if result is not None and wrong and YEAR not in (left_type, right_type):
                self.tell(wrong, node.span, left=words(left_type), right=words(right_type))
                return term, ANY
        else:
            result = (multiplied if node.operator == "*" else divided)(left_type, right_type)
        if result is None:
            self.tell("HY519", node.span, operator=node.operator, left=words(left_type), right=words(right_type))
            return term, ANY
        return term, result

    def conditional(self, node: s.Conditional, expected: Type | None) -> tuple[t.Term, Type]:
        condition = self.boolean(node.condition)
        if self.bare(node.yes) and not self.bare(node.no):
            no, no_type = self.single(node.no, expected)
            yes, yes_type = self.single(node.yes, no_type if isinstance(no_type, ScaleType) else expected)
        else:
            yes, yes_type = self.single(node.yes, expected)
            no, no_type = self.single(node.no, yes_type if isinstance(yes_type, ScaleType) else expected)
        merged = merge(yes_type, no_type)
        if merged is None:
            self.tell("HY520", node.span, left=words(yes_type), right=words(no_type))
            merged = ANY
        return t.Choice(condition, plain_unknown(yes), plain_unknown(no)), merged

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
        singles = not isinstance(left, (t.Units, t.Where, t.Each, t.ComparedEach, OneUnit, Here)) and not isinstance(
            right, (t.Units, t.Where, t.Each, t.ComparedEach, OneUnit, Here)
        )
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
            code = mismatch(left, left_type, right, right_type, self.names.parameters)
            if code:
                self.tell(code, node.span, left=words(left_type), right=words(right_type))
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
                    values = cells.as_good_as(left_type, str(other.value), comparator)
                    return t.Matches(side, t.Check((t.OneOf(values),)))
            return t.Compared(node.comparator, t.Rank(left, left_type.values), t.Rank(right, left_type.values))
        self.tell("HY523", node.span, comparator=node.comparator, found=words(left_type))
        return WRONG

    # -- calls

    def call(self, node: s.Call) -> tuple[t.Term, Type]:
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
        term, found = self.number(arguments[0])
        if function == "abs":
            return t.Absolute(term), self.extra(node, 1, found or ANY)
        digits = 0
        if len(arguments) > 1:
            written = arguments[1]
            if isinstance(written, s.Number) and written.value == int(written.value) and abs(written.value) <= 30:
                digits = int(written.value)
            else:
                self.tell("HY526", written.span, name=function)
        # A ratio of 85.5% is the number 0.855: `floor(x, 2)` keeps whole percents.
        return t.Rounded(cast(t.RoundingName, function), term, digits), self.extra(node, 2, found or ANY)

    def extra(self, node: s.Call, most: int, result: Type) -> Type:
        if len(node.arguments) > most:
            self.tell("HY527", node.arguments[most].span, name=node.function, most=str(most))
        return result

    def aggregate(self, node: s.Call, function: t.AggregateName) -> tuple[t.Term, Type]:
        items: t.Listing | tuple[t.Term, ...]
        element: Type
        resolved = [self.resolve(argument) for argument in node.arguments]
        if len(resolved) == 1:
            listing, found = resolved[0]
            if isinstance(found, AnyType):
                return WRONG, ANY
            if not isinstance(listing, (t.Units, t.Where, t.Each, t.ComparedEach)) or not isinstance(found, ListType):
                self.tell("HY528", node.arguments[0].span, name=function, found=words(found))
                return WRONG, ANY
            items, element = listing, found.element
        else:
            singles = [self.single(argument) for argument in node.arguments]
            items, element = tuple(term for term, _ in singles), singles[0][1]
            for argument, (_, each) in zip(node.arguments, singles, strict=True):
                merged = merge(element, each)
                if merged is None:
                    self.tell("HY520", argument.span, left=words(element), right=words(each))
                    return WRONG, ANY
                element = merged
        if function == "count":
            return t.Aggregate(function, items), COUNT
        wanted: type[BooleanType] | type[NumberType] = BooleanType if function in ("all", "any") else NumberType
        if not isinstance(element, (wanted, AnyType)):
            self.tell("HY529", node.span, name=function, found=words(element))
            return WRONG, ANY
        return t.Aggregate(function, items), element


def mirrored(comparator: s.Comparator) -> s.Comparator:
    """The comparator that says the same with its sides exchanged."""
    flipped: dict[s.Comparator, s.Comparator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    return flipped.get(comparator, comparator)


def element_of(of: Type) -> Type:
    return of.element if isinstance(of, ListType) else of


def plain_unknown(term: t.Term) -> t.Term:
    """`unknown` within an expression has no row to take a reason from."""
    return t.Constant(Unknown("undefined")) if isinstance(term, t.InputUnknown) else term


def merge(left: Type, right: Type) -> Type | None:
    """The type of a value that is one or the other; None where no type holds both."""
    if isinstance(left, AnyType):
        return right
    if isinstance(right, AnyType) or left == right:
        return left
    if isinstance(left, NumberType) and isinstance(right, NumberType):
        if left == NUMBER:
            return right
        return left if right == NUMBER else None
    return None


__all__ = ["Resolver", "TextType", "merge", "plain_unknown"]
