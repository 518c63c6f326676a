"""Expressions of a drawn rulebook, each of a type that is known."""

from dataclasses import dataclass

from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import REASONS
from hyotei.rulebook.vocabulary import LISTS, ancestry
from tests.rulebook_writing.cells import Cells
from tests.rulebook_writing.words import DIMENSIONS, LIST_OF, LITERALS, PARTS, TEXT, TEXTS, TRUTH, Kind


@dataclass(slots=True)
class Expressions(Cells):
    """Writes expressions."""

    def expression(self, kind: Kind, scope: Scope, depth: int) -> str:
        of, detail = kind
        if depth > 0 and self.chance(8):
            condition = self.truth(scope, depth - 1)
            yes = self.expression(kind, scope, depth - 1)
            no = self.pick([None, "unknown", f"unknown({self.pick(REASONS)})"]) or self.expression(
                kind, scope, depth - 1
            )
            return f"(if {condition} then {yes} else {no})"
        if of == "number":
            return self.number(detail, scope, depth)
        if of == "truth":
            return self.truth(scope, depth)
        if of == "text":
            return self.pick([*self.visible(scope, TEXT), *(f'"{text}"' for text in TEXTS[:4])])
        names = [*self.visible(scope, kind), *self.picked(kind, scope)]
        if self.scales[detail][1] and names and depth >= 0 and self.chance(3):
            return self.graded(kind, scope, names)
        return self.pick(names or [self.scales[detail][0][0]])

    def graded(self, kind: Kind, scope: Scope, names: list[str]) -> str:
        """The best or the worst of several values of an ordered scale, or a value some grades away."""
        values = self.scales[kind[1]][0]
        match self.pick(["move", "list", "arguments"]):
            case "move":
                function = self.pick(["lower", "raise", "下げる", "上げる"])
                return f"{function}({self.pick(names)}{self.pick([', 1', ', 2', '', ', 9'])})"
            case "list" if found := self.below(kind):
                units, inner, name = self.pick(found)
                return f"{self.pick(['worst', 'best', '最悪', '最良'])}({self.listed(units, inner, scope, 1)}.{name})"
            case _:
                others = [value for value in values if not value[0].isdigit()]
                return f"{self.pick(['best', 'worst'])}({self.pick(names)}, {self.pick([*names, *others])})"

    def picked(self, kind: Kind, scope: Scope) -> list[str]:
        """A name of one unit of a list."""
        found = self.below(kind)
        if not found:
            return []
        units, inner, name = self.pick(found)
        if inner == "year" and "measure" in ancestry(scope) and self.chance(2):
            words = ["latest", "直近", *(["previous", "前の年", "previous.previous"] if scope == "year" else [])]
            return [f"{self.pick(words)}.{name}"]
        around = [each for each in self.names if each.kind == kind and each.scope in ancestry(inner)[1:]]
        if around and self.chance(8):
            outer = self.pick(around)
            name = f"{outer.scope}.{outer.name}"
        listing = self.filtered(units, inner, 1)
        if self.chance(6) and (condition := self.against_this(inner, scope)):
            listing = f"{units}[{condition}]"
        return [f"{listing}[{self.pick([1, -1, 2, -2, 9])}].{name}"]

    def filtered(self, units: str, inner: Scope, depth: int) -> str:
        if depth <= 0 or self.chance(2):
            return units
        found = f"{units}[{self.truth(inner, depth - 1)}]"
        return f"{found}[{self.truth(inner, 0)}]" if self.chance(6) else found

    def listed(self, units: str, inner: Scope, scope: Scope, depth: int) -> str:
        """A list of units: of what lies around, through a list of wider units, or the usual one; perhaps filtered."""
        wider = ancestry(inner)[1:-1]
        if wider and self.chance(4):
            outer = self.pick(wider)
            return f"{self.filtered(LIST_OF[outer], outer, depth)}.{self.filtered(units, inner, 0)}"
        around = [each for each in ancestry(scope) if each in ancestry(inner)[1:]]
        prefix = f"{self.pick(around)}." if around and self.chance(4) else ""
        if self.chance(6) and (condition := self.against_this(inner, scope)):
            return self.filtered(f"{prefix}{units}[{condition}]", inner, 0)
        return self.filtered(f"{prefix}{units}", inner, depth)

    def against_this(self, inner: Scope, scope: Scope) -> str:
        """A condition that holds an element against the unit outside of the filter; empty where nothing can be compared."""
        kind = self.pick(self.kinds())
        outside = [each for each in self.visible(scope, kind) if each not in self.parameters and "." not in each]
        names = [each for each in self.visible(inner, kind) if each not in self.parameters]
        if not outside or not names:
            return ""
        ordered = kind[0] == "number" or (kind[0] == "scale" and self.scales[kind[1]][1])
        comparator = self.pick(["=", "!=", *([">", "<=", "<", ">="] if ordered else [])])
        condition = f"{self.pick(names)} {comparator} {self.pick(['this', '自身'])}.{self.pick(outside)}"
        return f"({condition}) and {self.truth(inner, 0)}" if self.chance(3) else condition

    def number(self, dimension: str, scope: Scope, depth: int) -> str:
        kind = ("number", dimension)
        leaves = self.visible(scope, kind)
        if dimension != "figure":
            leaves += [text for text, _ in LITERALS[dimension]]
        if depth <= 0 or self.chance(3):
            if not leaves or self.chance(5):
                return self.pick(self.picked(kind, scope) or leaves or ["measures[1].actual"])
            return self.pick(leaves)
        return self.calculation(dimension, scope, depth - 1)

    def calculation(self, dimension: str, scope: Scope, depth: int) -> str:
        def of(other: str) -> str:
            return self.number(other, scope, depth)

        same = ["plus", "minus", "abs", "round", "extreme", "round", "list", "list"]
        own = {
            "plain": ["times", "over", "power", "points"],
            "ratio": [
                "rest",
                "of figures",
                "of figures",
                "of money",
                "of counts",
                "times ratio",
                "multiple",
                "over",
                "weighted",
                "as ratio",
            ],
            "money": ["times", "times ratio", "over", "over ratio"],
            "figure": ["times", "times ratio", "over", "over ratio"],
            "count": ["counted", "counted", "years", "times"],
            "year": [],
        }
        form = self.pick([*own[dimension], *(["shift", "list"] if dimension == "year" else same)])
        match form:
            case "plus":
                return f"({of(dimension)} + {of(dimension)})"
            case "minus":
                return f"({of(dimension)} - {of(dimension)})"
            case "times":
                return f"({of(dimension)} * {of('plain')})"
            case "points":
                return f"({of('ratio')} * {self.pick(['100', '10', '2', '(50 + 50)'])})"
            case "multiple":
                return f"({of('ratio')} * {self.pick(['0.5', '1', '2倍', '200%'])})"
            case "weighted":
                weights = [name for name, kind in self.parameters.items() if kind == ("number", "plain")]
                weight = self.pick(weights or ["50%"])
                return f"({of('ratio')} * {weight} / {weight})"
            case "as ratio":
                figures = [*self.visible(scope, ("number", "figure")), *self.picked(("number", "figure"), scope)]
                quantities = [name for name in figures if name.split(".", 1)[0] in ("target", "actual", "baseline")]
                return f"{self.pick(['as ratio', '割合として'])}({self.pick(quantities or ['measures[1].actual'])})"
            case "times ratio":
                return f"({of(dimension)} * {of('ratio')})"
            case "over":
                return f"({of(dimension)} / {of('plain')})"
            case "over ratio":
                return f"({of(dimension)} / {of('ratio')})"
            case "power":
                return f"({of('plain')} ** {self.pick([2, 0, 1, 3])})"
            case "rest":
                return f"(1 - {of('ratio')})"
            case "of figures":
                return f"({of('figure')} / {of('figure')})"
            case "of money":
                return f"({of('money')} / {of('money')})"
            case "of counts":
                return f"({of('count')} / {of('count')})"
            case "years":
                return f"({of('year')} - {of('year')})"
            case "shift":
                return f"({of('year')} {self.pick('+-')} {self.pick([1, 0, 2])})"
            case "counted":
                return self.counted(scope, depth)
            case "abs":
                return f"abs({of(dimension)})" if self.chance(2) else f"-{self.atom(dimension, scope)}"
            case "round":
                function = self.pick(
                    [
                        "floor",
                        "ceiling",
                        "decimal",
                        "round up",
                        "round down",
                        "round half up",
                        "round half down",
                        "round half even",
                        "round five down",
                        "五捨六入",
                        "四捨五入",
                    ]
                )
                digits = self.pick(["", ", 1", ", 0", ", -1", ", 3"])
                return f"{function}({of(dimension)}{digits})"
            case "extreme":
                return f"{self.pick(['min', 'max', 'sum', 'mean'])}({of(dimension)}, {of(dimension)}, {of(dimension)})"
            case _:
                ratios = self.below(("number", "ratio")) if dimension == "plain" and self.chance(4) else []
                found = ratios or self.below(("number", dimension))
                if not found:
                    return of(dimension)
                units, inner, name = self.pick(found)
                functions = ["min", "max", "mean"] if dimension == "year" else ["sum", "min", "max", "mean"]
                items = f"{self.listed(units, inner, scope, depth)}.{name}"
                if ratios:
                    items = f"{items} * 100"
                elif dimension != "year" and self.chance(3):
                    items = self.each_calculated(items, inner, dimension)
                return f"{self.pick(functions)}({items})"

    def each_calculated(self, items: str, inner: Scope, dimension: str) -> str:
        """A list of numbers calculated with, element by element: with a number, or with other numbers of the same units.

        A ratio times a bare number is no ratio (HY570).
        """
        units = items.rsplit(".", 1)[0] if items.count("[") == 0 else ""
        others = [name for list_name, of, name in self.below(("number", "plain")) if of == inner and "." not in name]
        if (
            dimension != "figure"
            and units
            and others
            and units == LIST_OF[inner]
            and "." not in items[len(units) + 1 :]
        ):
            return f"{items} {self.pick(['/', '*'] if dimension != 'ratio' else ['/'])} {units}.{self.pick(others)}"
        return f"{items} {self.pick(['* 50%', '/ 4', '* 2'] if dimension != 'ratio' else ['* 50%', '/ 4'])}"

    def atom(self, dimension: str, scope: Scope) -> str:
        names = self.visible(scope, ("number", dimension))
        literals = ["measures[1].actual"] if dimension == "figure" else [text for text, _ in LITERALS[dimension]]
        return str(self.pick(names or literals))

    def counted(self, scope: Scope, depth: int) -> str:
        units = self.pick(list(LISTS))
        return f"count({self.listed(units, LISTS[units], scope, depth)})"

    def truth(self, scope: Scope, depth: int) -> str:
        names = self.visible(scope, TRUTH)
        forms = ["number", "number", "scale", "unknown"]
        forms += ["and", "or", "not", "all", "all", "in", "in", "between", "scale in"] if depth > 0 else []
        forms += ["name"] * bool(names) + ["text", "literal"]
        match self.pick(forms):
            case "number":
                dimension = self.pick(DIMENSIONS)
                left, right = (self.number(dimension, scope, depth - 1) for _ in "lr")
                return f"({left} {self.pick(['>=', '<', '=', '!=', '>', '<='])} {right})"
            case "scale":
                name = self.pick(list(self.scales))
                return self.compared_scale(self.expression(("scale", name), scope, 0), name, scope)
            case "unknown":
                kind = self.pick(self.kinds())
                reason = self.pick(["", f"({self.pick(REASONS)})"])
                sides = [self.expression(kind, scope, depth - 1), f"unknown{reason}"]
                first, second = reversed(sides) if self.chance(4) else sides
                return f"({first} {self.pick(['=', '!='])} {second})"
            case "and" | "or" as junction:
                return f"({self.truth(scope, depth - 1)} {junction} {self.truth(scope, depth - 1)})"
            case "not":
                return f"not({self.truth(scope, depth - 1)})"
            case "all":
                return self.quantified(scope, depth)
            case "in":
                kind = ("number", self.pick(DIMENSIONS))
                left = self.expression(kind, scope, depth - 1)
                if self.chance(3):
                    return f"({left} in {self.interval(*self.two_literals(kind[1], inside=True))})"
                return f"({left} in ({self.tests(kind, scope, 0, inside=True)}))"
            case "scale in":
                kind = ("scale", self.pick(list(self.scales)))
                return f"({self.expression(kind, scope, 0)} in ({self.tests(kind, scope, 0, inside=True)}))"
            case "between":
                dimension = self.pick(DIMENSIONS)
                low, value, high = (self.number(dimension, scope, depth - 1) for _ in "abc")
                return f"({value} between {low} and ({high} + 0))"
            case "text" if self.chance(2):
                text, part = self.expression(TEXT, scope, 0), self.pick(PARTS)
                if self.chance(3):
                    return f'({text} in ({self.pick(["contains", "starts with"])} "{part}"))'
                return f'{self.pick(["contains", "starts with", "含む", "で始まる"])}({text}, "{part}")'
            case "text":
                texts = [self.expression(TEXT, scope, 0) for _ in "lr"]
                return f"({texts[0]} {self.pick(['=', '!='])} {texts[1]})"
            case "name":
                return str(self.pick(names))
            case _:
                return str(self.pick(["true", "false"]))

    def compared_scale(self, left: str, name: str, scope: Scope) -> str:
        values, ordered = self.scales[name]
        value = self.pick(values)
        comparator = self.pick(["=", "!=", *([">=", "<", "<=", ">"] if ordered else [])])
        if self.chance(3) and (comparator in ("=", "!=") or left not in values):
            return f"({left} {comparator} {self.expression(('scale', name), scope, 0)})"
        return f"({left} {comparator} {value})" if left not in values else f"({value} = {value})"

    def quantified(self, scope: Scope, depth: int) -> str:
        function = self.pick(["all", "any"])
        kind = self.pick(self.kinds())
        found = self.below(kind)
        if not found:
            return f"{function}({self.truth(scope, depth - 1)}, {self.truth(scope, depth - 1)})"
        units, inner, name = self.pick(found)
        items = f"{self.listed(units, inner, scope, depth)}.{name}"
        if kind == TRUTH:
            return f"{function}({items})"
        if kind[0] == "number":
            comparator = self.pick([">=", "<", "=", "!=", "<=", ">"])
            sides = [items, self.number(kind[1], scope, depth - 1)]
            first, second = reversed(sides) if self.chance(4) else sides
            return f"{function}({first} {comparator} {second})"
        comparators = ["=", "!="]
        if kind[0] == "scale":
            values, ordered = self.scales[kind[1]]
            comparators += [">=", "<", "<=", ">"] if ordered else []
            value = self.pick([*self.visible(scope, kind), *values])
        else:
            value = f'"{self.pick(TEXTS[:4])}"'
        return f"{function}({items} {self.pick(comparators)} {value})"
