"""What names and expressions mean at a unit (sections 8 to 11). Numbers are exact fractions."""

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.outside import facts, numerals
from tests.outside.cells import Cell
from tests.outside.expressions import Node
from tests.outside.figures import AROUND, KINDS, LISTS, MISSING, UNREAD, Unit, carried, figure
from tests.outside.functions import SCALE_FUNCTIONS, of_scale, rounded
from tests.outside.kinds import LATEST, PREVIOUS, Decided, Kinds
from tests.outside.unknown import Truth, Unknown, Value, every, most_lasting, opposite, some

UNDEFINED = Unknown("undefined")
Item = Value | Unit
Found = Item | list[Item]

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip


class Meaning(Kinds):
    """Expressions of one rulebook, over one sheet."""

    def __init__(self, decided: Decided, year: int) -> None:
        super().__init__(decided)
        self.year = year

    # -- names

    def named(self, unit: Unit, parts: tuple[str, ...], scale: str = "") -> Found:
        """What a path of names is at a unit: of several the innermost."""
        for around in unit.outward():
            if ".".join(parts) in KINDS[around.scope]:
                return self.figure(around, ".".join(parts))
            if fact := self.rulebook.fact(around.scope, ".".join(parts)):
                values = self.rulebook.scales[fact.type][0] if fact.type in self.rulebook.scales else ()
                unread = around.scope == "sheet" and f"facts.{fact.name}" in (around.data.get("unread") or [])
                return facts.value(fact, around.data.get("facts") or [], values, unread=unread)
            decision = self.rulebook.decisions.get(parts[0])
            if decision and decision.scope == around.scope:
                return self.decided.output(parts[0], parts[1] if len(parts) > 1 else None, around)
            if around.scope == parts[0]:
                return self.reach(around, parts[1:])
            if parts[0] in LISTS and _holds(around.scope, LISTS[parts[0]]):
                units: list[Item] = [*around.below(LISTS[parts[0]])]
                return self.reach(units, parts[1:])
        if parts[0] in self.rulebook.parameters:
            value = self.rulebook.parameter(parts[0], self.year)
            return UNDEFINED if value is None else value
        if parts[0] in (*LATEST, *PREVIOUS):
            return self.reach(self.named_year(unit, parts[0]), parts[1:])
        return self.word(parts[0], scale)

    def named_year(self, unit: Unit, word: str) -> Item:
        """The last year of the measure whose actual is known; or the year before this one, of those that are listed."""
        if not carried(unit, "year"):
            return UNREAD
        measure = next(each for each in unit.outward() if each.scope == "measure")
        years = measure.below("year")
        if word in LATEST:
            found = [year for year in years if not isinstance(figure(year, "actual"), Unknown)]
        else:
            here = next(each for each in unit.outward() if each.scope == "year")
            found = [year for year in years if year.data["fiscal_year"] < here.data["fiscal_year"]]
        return found[-1] if found else MISSING

    def reach(self, found: Found, parts: tuple[str, ...]) -> Found:
        """What a path of names is from a unit, or from each of a list."""
        if not parts:
            return found
        if isinstance(found, list):
            reached = [self.reach(each, parts) for each in found]
            return [item for each in reached for item in (each if isinstance(each, list) else [each])]
        return self.named(found, parts) if isinstance(found, Unit) else found

    def figure(self, unit: Unit, name: str) -> Value:
        value = figure(unit, name)
        scale = self.figure_kind(unit.scope, name)
        if name.startswith("recorded.") and scale in self.rulebook.scales and isinstance(value, str):
            return value if value in self.rulebook.scales[scale][0] else UNDEFINED
        return value

    def word(self, word: str, scale: str) -> str:
        """A value of a scale, as the front matter writes it."""
        return self.rulebook.spellings(scale or self.scale_with(word))[word]

    # -- values

    def value(self, node: Node, unit: Unit, scale: str = "") -> Found:
        """The value of an expression at a unit; a list where it is one. `scale` is that of a lone word."""
        match node:
            case ("value", Fraction() as number) if scale:
                values = self.rulebook.scales[scale][0]
                return next(value for value in values if (numerals.number(value) or [None])[0] == number)
            case ("value", value):
                return value  # type: ignore[no-any-return]
            case ("word", word):
                return self.word(word, scale)
            case ("unknown", reason):
                return Unknown(reason or "undefined")
            case ("name", ("this" | "自身", *parts)):
                return self.beyond_the_filter(tuple(parts))
            case ("name", parts):
                return self.named(unit, parts, scale)
            case ("of", inner, parts):
                return self.reach(self.value(inner, unit), parts)
            case ("at", inner, number):
                if not carried(unit, self.listed(inner, unit.scope)):
                    return UNREAD
                return _at(self.items(inner, unit), number)
            case ("where", inner, condition):
                units = self.items(inner, unit)
                self.outside.append(unit)
                found = [each for each in units if self.value(condition, each) is True]
                self.outside.pop()
                return found
            case ("if", condition, yes, no):
                chosen = self.value(condition, unit)
                return chosen if isinstance(chosen, Unknown) else self.value(yes if chosen else no, unit, scale)
            case ("and", left, right):
                return every([self.truth(left, unit), self.truth(right, unit)])
            case ("or", left, right):
                return some([self.truth(left, unit), self.truth(right, unit)])
            case ("between", inner, low, high):
                return self.fits(Cell((("compare", ">=", low, "<=", high),)), self.value(inner, unit), unit, "")
            case ("in", inner, text):
                kind = self.kind(inner, unit.scope)
                scale = kind if kind in self.rulebook.scales else ""
                tests = self.rulebook.cells(scale, inside=True).cell(text)
                return self.fits(tests, self.value(inner, unit), unit, scale)
            case ("=" | "!=" | "<" | "<=" | ">" | ">=" as sign, left, right):
                return self.comparison(sign, left, right, unit)
            case ("+" | "-" | "*" | "/" | "**" | "minus" as sign, *nodes):
                found = [self.value(each, unit) for each in nodes]
                if sides := [each for each in found if isinstance(each, list)]:
                    return [
                        self.calculated(sign, [each[place] if isinstance(each, list) else each for each in found])
                        for place in range(len(sides[0]))
                    ]
                return self.calculated(sign, found)
            case ("call", "as ratio", (inner,)):
                return self.as_ratio(inner, unit)
            case ("call", "contains" | "starts with" as function, (inner, part)):
                asked = Cell((("has text", part[1], function == "starts with"),))
                return self.fits(asked, self.value(inner, unit), unit, "")
            case ("call", function, nodes):
                return self.called(function, nodes, unit)
        raise AssertionError(node)

    def beyond_the_filter(self, parts: tuple[str, ...]) -> Found:
        """A name at the unit at which the filter stands (section 8.3)."""
        unit = self.outside.pop()
        found = self.named(unit, parts)
        self.outside.append(unit)
        return found

    def as_ratio(self, node: Node, unit: Unit) -> Found:
        """A figure in a unit of ratios (section 9); `parts` of its name end with the figure, or with an end of its range."""
        *rest, parts = node
        whole = parts[:-1] if parts[-1] in ("low", "high") else parts
        found, units = self.value(node, unit), self.value((*rest, (*whole, "unit")), unit)
        if isinstance(found, list):
            assert isinstance(units, list)
            return [_in_ratio(each, of) for each, of in zip(found, units, strict=True)]
        return _in_ratio(found, units)

    def truth(self, node: Node, unit: Unit) -> Truth:
        found = self.value(node, unit)
        assert isinstance(found, bool | Unknown), node
        return found

    def items(self, node: Node, unit: Unit) -> list[Any]:
        found = self.value(node, unit)
        return found if isinstance(found, list) else [found]

    def comparison(self, sign: str, left: Node, right: Node, unit: Unit) -> Found:
        for asked, other in ((right, left), (left, right)):
            if asked[0] == "unknown":
                found = self.value(other, unit)
                is_so = isinstance(found, Unknown) and asked[1] in (None, found.reason)
                return is_so if sign == "=" else not is_so
        kinds = [self.kind(node, unit.scope) for node in (left, right)]
        scale = next((kind for kind in kinds if kind in self.rulebook.scales), "")
        order = self.rulebook.scales[scale][0] if scale else None
        first, second = self.value(left, unit, scale), self.value(right, unit, scale)
        if isinstance(first, list):
            return [compared(sign, each, second, order) for each in first]
        if isinstance(second, list):
            return [compared(sign, first, each, order) for each in second]
        return compared(sign, first, second, order)

    def calculated(self, sign: str, values: list[Any]) -> Value:
        unknown = most_lasting(values)
        if unknown:
            return unknown
        match sign, values:
            case "+", (a, b):
                return within_reach(a + b)
            case "-", (a, b):
                return within_reach(a - b)
            case "*", (a, b):
                return within_reach(a * b)
            case "**", (a, b):
                return within_reach(a**b)
            case "minus", (a,):
                return within_reach(-a)
        return self.divided(*values)

    def divided(self, value: Fraction, by: Fraction) -> Value:
        if by == 0:
            return UNDEFINED
        division = self.rulebook.division
        return within_reach(rounded(division[0], value / by, division[1]) if division else value / by)

    def called(self, function: str, nodes: tuple[Node, ...], unit: Unit) -> Value:
        scope = self.list_of(nodes[0], unit.scope) if len(nodes) == 1 else None
        if scope is not None and not carried(unit, scope):
            return UNREAD
        if function in SCALE_FUNCTIONS:
            scale = self.kind(("call", function, nodes), unit.scope)
            steps = function in ("raise", "lower")
            named = [self.value(node, unit, "" if steps and place else scale) for place, node in enumerate(nodes)]
            graded: list[Any] = [item for each in named for item in (each if isinstance(each, list) else [each])]
            return of_scale(function, graded, self.rulebook.scales[scale][0])
        found = [item for node in nodes for item in self.items(node, unit)]
        if function == "count":
            conditions = len(nodes) == 1 and self.kind(nodes[0], unit.scope) == "truth"
            return Fraction(found.count(True) if conditions else len(found))
        values: list[Any] = found
        if function in ("all", "any"):
            return every(values) if function == "all" else some(values)
        if function == "not":
            return opposite(values[0])
        if unknown := most_lasting(values):
            return unknown
        if function == "sum":
            return within_reach(sum(values, Fraction(0)))
        if function in ("min", "max", "mean") and not values:
            return UNDEFINED
        if function in ("min", "max"):
            least_or_most: Value = min(values) if function == "min" else max(values)
            return least_or_most
        if function == "mean":
            total: Any = within_reach(sum(values, Fraction(0)))
            return total if isinstance(total, Unknown) else self.divided(total, Fraction(len(values)))
        if function == "abs":
            return Fraction(abs(values[0]))
        name = {"decimal": "half_even"}.get(function, function.removeprefix("round ").replace(" ", "_"))
        return within_reach(rounded(name, values[0], int(values[1]) if len(values) > 1 else 0))

    # -- cells

    def fits(self, tests: Cell, value: Found, unit: Unit, scale: str) -> Truth:
        """Whether a value fits a cell; an unknown value leaves a test open that does not ask for unknown."""
        assert not isinstance(value, list | Unit)
        if not tests.tests:
            return True
        found = some(self.passes(test, value, unit, scale) for test in tests.tests)
        return opposite(found) if tests.negated else found

    def passes(self, test: tuple[Any, ...], value: Value, unit: Unit, scale: str) -> Truth:
        if test[0] == "unknown":
            return isinstance(value, Unknown) and test[1] in (None, value.reason)
        if isinstance(value, Unknown):
            return value
        if test[0] == "has text":
            assert isinstance(value, str)
            return value.startswith(test[1]) if test[2] else test[1] in value
        order = self.rulebook.scales[scale][0] if scale else None
        return every(
            compared(sign, value, self.value(end, unit, scale), order)
            for sign, end in zip(test[1::2], test[2::2], strict=True)
        )


def compared(sign: str, left: Any, right: Any, order: tuple[str, ...] | None) -> Truth:
    """A comparison; in an ordered scale, written best first, better is greater."""
    if unknown := most_lasting((left, right)):
        return unknown
    if order and sign not in ("=", "!="):
        left, right = -order.index(left), -order.index(right)
    assert type(left) is type(right), (left, sign, right)
    return _ORDER[sign](left, right)


def within_reach(result: Fraction) -> Value:
    """A result, undefined where its numerator or denominator has more than 2,000 digits (section 10)."""
    return result if max(abs(result.numerator), result.denominator) < 10**2000 else UNDEFINED


def _in_ratio(value: Any, unit: Any) -> Value:
    ratio: Value = value if isinstance(value, Unknown) or unit in ("%", "倍") else UNDEFINED
    return ratio


def _at(found: list[Any], number: int) -> Item:
    place = number - 1 if number > 0 else len(found) + number
    item: Item = found[place] if 0 <= place < len(found) else MISSING
    return item


def _holds(scope: str, inner: str) -> bool:
    """Whether units of a scope lie somewhere in those of another."""
    around = AROUND.get(inner)
    return around == scope or (around is not None and _holds(scope, around))
