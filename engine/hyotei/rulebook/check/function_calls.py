"""Calls of functions in expressions: which there are, of what, and the type of their results."""

from typing import cast, get_args

from hyotei.base import exact
from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.check import arithmetic, check_cells, number_kinds, scale_functions
from hyotei.rulebook.check.names import suggestion
from hyotei.rulebook.check.paths import WRONG, Resolved
from hyotei.rulebook.check.single_values import MANY, SingleValues
from hyotei.rulebook.parser import FUNCTIONS
from hyotei.rulebook.reference import ROUNDINGS
from hyotei.rulebook.types import ANY, BOOLEAN, COUNT, AnyType, BooleanType, ListType, NumberType, Type, words


class FunctionCalls(SingleValues):
    """Functions of one value, and aggregates over lists or over several values."""

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
            if not isinstance(listing, MANY) or not isinstance(found, ListType):
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
