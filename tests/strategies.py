"""The domain as Hypothesis strategies: rulebooks as text, cells, suppositions; sheets and telling values are of hyotei.testing.

Rulebooks are valid by construction: the writer keeps what each name means and writes only expressions whose type it knows.
They use every hit policy, scope, kind of column, form of cell and function of the language.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Final, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from hyotei.drawing.boundary_values import STEP, boundary_values, near, values_of
from hyotei.drawing.sheets import SheetShape
from hyotei.drawing.value_pools import Pool
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.parser import REASON_WORDS
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.terms import Figure
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType, Scope, Type
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.values import REASONS, Scalar
from hyotei.rulebook.vocabulary import BUILT_IN_SCALES, FIGURES, LISTS, ancestry
from hyotei.sheet import Sheet
from hyotei.testing.drawn_sheets import drawn
from tests.examples import one_in

HALF: Final = settings(max_examples=one_in(2))
"""For properties whose examples are dear: half as many as the profile says."""

SCOPES: Final[tuple[Scope, ...]] = ("measure", "year", "indicator", "objective", "budget_year", "sheet")
POLICIES: Final = ("F", "U", "A", "P", "C", "C+", "C#", "C<", "C>")
LIST_OF: Final[dict[Scope, str]] = {scope: name for name, scope in LISTS.items()}

Draw = Callable[[Any], Any]
Item = TypeVar("Item")
Kind = tuple[str, str]
"""A type as the writer knows it: ("number", dimension), ("scale", name), ("truth", "") or ("text", "")."""
TRUTH: Final[Kind] = ("truth", "")
TEXT: Final[Kind] = ("text", "")
DIMENSIONS: Final = ("plain", "ratio", "money", "year", "count", "figure")

# Ascending, so that two neighbours make an interval: how a value is written in expressions and in cells.
LITERALS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "plain": (
        ("-3", ()),
        ("0", ("0.0",)),
        ("0.5", (".5",)),
        ("1", ()),
        ("2", ("2.0",)),
        ("10", ()),
        ("1200", ("1,200",)),
    ),
    "ratio": (
        ("-5%", ()),
        ("0%", ("0",)),
        ("33.3333%", ()),
        ("50%", ("5割", "0.5")),
        ("80%", ("8割", "0.8", "80パーセント")),
        ("100%", ("1", "1倍")),
        ("150%", ("1.5倍",)),
    ),
    "money": (
        ("0円", ("0",)),
        ("1円", ()),
        ("2千円", ("2,000円",)),
        ("3万円", ("30千円",)),
        ("1百万円", ("1,000千円", "1,000,000円")),
        ("1億2千万円", ("120百万円", "1億2,000万円")),
        ("1兆円", ()),
    ),
    "year": (
        ("2010年度", ("平成22年度", "H22", "2010")),
        ("FY2011", ("2011",)),
        ("平成24年度", ("平成24", "2012年度", "FY2012")),
        ("2013年度", ("H25年度",)),
        ("令和元年度", ("R1", "2019")),
    ),
    "count": (("0回", ("0",)), ("1件", ("1",)), ("2人", ()), ("3か国", ("3",)), ("10回", ("10",))),
    "figure": (("-2", ()), ("0", ()), ("4回", ("4",)), ("7", ("7.0",)), ("10.5", ()), ("1000", ("1,000件", "1千 件"))),
}
NUMBERS: Final[dict[str, tuple[str, ...]]] = {
    "plain": ("-3", "0", "0.5", "1", "2", "10", "1200"),
    "ratio": ("-0.05", "0", "0.333333", "0.5", "0.8", "1", "1.5"),
    "money": ("0", "1", "2000", "30000", "1000000", "120000000", "1000000000000"),
    "year": ("2010", "2011", "2012", "2013", "2019"),
    "count": ("0", "1", "2", "3", "10"),
    "figure": ("-2", "0", "4", "7", "10.5", "1000"),
}
"""What the literals mean, in the same order."""

TEXTS: Final = ("回", "件", "カ国", "Ａ型", "a, b", "#", "", "a|b")
FACT_TYPES: Final[dict[str, tuple[Kind, str]]] = {
    "number": (("number", "plain"), "2"),
    "ratio": (("number", "ratio"), "50%"),
    "money": (("number", "money"), "1,000円"),
    "count": (("number", "count"), "3"),
    "boolean": (TRUTH, "true"),
    "text": (TEXT, "回"),
    "year": (("number", "year"), "2012"),
}
"""The types of declared facts with what they are to the writer, and a default."""
PARTS: Final = ("回", "国", "Ａ", ",", "b|", "そ")
SCALE_POOLS: Final[tuple[tuple[str, ...], ...]] = (
    ("A", "B", "C", "D"),
    ("Ⅰ", "Ⅱ", "Ⅲ"),
    ("S+", "S", "A'", "B-"),
    ("達成", "概ね達成", "未達"),
    ("good", "fair_1", "R6"),
    ("上位", "中位"),
    ("5", "4", "3"),
)
SIGNS: Final = {">=": ">=≧≥", "<=": "<=≦≤", "!=": "!=≠"}
"""Signs that may stand for another, behind it."""
JAPANESE: Final = {
    "direction": ("増加", "減少", "維持"),
    "claim": ("達成", "一部達成", "未達成"),
    "basis": ("総額", "net"),
}
"""Japanese names of the values of scales that are there from the start."""
ONE_UNIT: Final = {"ratio": ("50~80%", "[80..100%]", "5～8割"), "count": ("1~3件", "2..10回"), "figure": ("4~7回",),
                   "year": ("平成23~25年度", "平成22年度から25年度まで")}  # fmt: skip
"""Ranges whose unit or era stands at one end only."""
BOUNDARIES: Final = {
    ">=": ("以上", "から", "を下回らない", "以降"),
    ">": ("超", "を超える", "を上回る", "より大きい", "超過", "より多い", "超え"),
    "<=": ("以下", "以内", "まで", "を超えない", "以前"),
    "<": ("未満", "を下回る", "より小さい", "に満たない", "より少ない"),
}


SCOPE_WORDS: Final[dict[Scope, tuple[str, ...]]] = {
    "measure": ("for each measure", "測定値ごと", "内訳ごと"),
    "year": ("for each year", "年ごと", "測定値の年ごと"),
    "indicator": ("for each indicator", "測定指標ごと", "指標ごと"),
    "objective": ("for each objective", "施策目標ごと"),
    "budget_year": ("for each budget year", "予算年度ごと", "年度ごと"),
    "sheet": ("for the sheet", "評価書全体", "評価書ごと"),
}


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def widened(text: str, every: int = 1) -> str:
    """The text in full width, as Japanese input methods leave it; what is quoted or in backticks stays."""
    dashes, result, quoted = "－", [], False
    for place, character in enumerate(text):
        quoted ^= character in '"`'
        if quoted or character in '"`|\\' or place % every:
            result.append(character)
        elif character == "-":
            result.append(dashes)
        elif character == "~":
            result.append("～")
        elif character == " ":
            result.append("\u3000")
        elif "!" <= character <= "~":
            result.append(chr(ord(character) + 0xFEE0))
        else:
            result.append(character)
    return "".join(result)


# -- rulebooks


@dataclass(slots=True)
class Known:
    """A name that expressions may use: how it is written, where it lives, and its type."""

    name: str
    scope: Scope
    kind: Kind


def _figures() -> list[Known]:
    found = []
    for each in FIGURES:
        if isinstance(each.type, NumberType):
            kind: Kind = ("number", each.type.dimension)
        elif isinstance(each.type, ScaleType):
            kind = ("scale", each.type.name)
        else:
            kind = TRUTH if isinstance(each.type, BooleanType) else TEXT
        found.append(Known(each.name, each.scope, kind))
    return found


def table_line(cells: Sequence[str]) -> str:
    """One line of a table; bars within cells are escaped."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


@dataclass(slots=True)
class Writer:
    """Writes one rulebook, drawing every choice. The first of several choices is the plainest, which shrinking seeks."""

    draw: Draw
    policies: Sequence[str] = POLICIES
    scales: dict[str, tuple[tuple[str, ...], bool]] = field(default_factory=dict)
    names: list[Known] = field(default_factory=list)
    parameters: dict[str, Kind] = field(default_factory=dict)
    decisions: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)

    # -- drawing

    def pick(self, options: Sequence[Item]) -> Item:
        return options[self.draw(_below(len(options)))]

    def some(self, least: int, most: int) -> int:
        return least + self.draw(_below(most - least + 1)) if most > least else least

    def chance(self, one_in: int) -> bool:
        return bool(self.draw(_below(one_in)) == one_in - 1)

    # -- names

    def visible(self, scope: Scope, kind: Kind) -> list[str]:
        """Names of that type that may be written at the scope, as they are written there."""
        around = ancestry(scope)
        found = []
        for known in self.names:
            if known.kind != kind or known.scope not in around:
                continue
            # A path is looked up by its first name: `target.fiscal_year` is no figure of a year, which has a `target`.
            hidden = any(
                other.name in (known.name, known.name.partition(".")[0])
                and other.scope in around[: around.index(known.scope)]
                for other in self.names
            )
            found.append(f"{known.scope}.{known.name}" if hidden else known.name)
        return found + [name for name, of in self.parameters.items() if of == kind]

    def below(self, kind: Kind) -> list[tuple[str, Scope, str]]:
        """Lists with the names of that type that each of their units has."""
        return [
            (LIST_OF[each.scope], each.scope, each.name)
            for each in self.names
            if each.kind == kind and each.scope in LIST_OF
        ]

    def kinds(self) -> list[Kind]:
        numbers: list[Kind] = [("number", dimension) for dimension in DIMENSIONS]
        return [*numbers, TRUTH, *(("scale", name) for name in self.scales), TEXT]

    # -- expressions

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

    # -- cells

    def cell(self, kind: Kind, scope: Scope, spread: bool = True) -> str:
        if self.chance(4):
            return str(self.pick(["-", "", "任意", "－"]))
        text = self.tests(kind, scope, 1)
        style = self.pick([0, 0, 1, 2]) if spread else 0
        return widened(text, style) if style else text

    def tests(self, kind: Kind, scope: Scope, depth: int, inside: bool = False) -> str:
        count = self.pick([1, 1, 2, 3])
        negated = self.pick(["", "", "not"] if inside else ["", "", "", "not", "以外"])
        if count == 1 and not inside and not negated and self.chance(8) and (kind[0] == "number" or kind == TEXT):
            return f"{self.signed('!=')} {self.end(kind, scope, depth, inside)}"
        found = [self.test(kind, scope, depth, inside) for _ in range(count)]
        joined = self.pick([", ", ","] if inside else [", ", "、", "・", "または", "、又は", " or "]).join(found)
        # What would be read as one number, or as a name behind a bracket that may open a filter.
        if re.search(r"\d[,、・]\d|\[または", joined):
            joined = ", ".join(found)
        return {"": joined, "not": f"not({joined})", "以外": f"{joined}以外"}[negated]

    def test(self, kind: Kind, scope: Scope, depth: int, inside: bool) -> str:
        if self.chance(4):
            reason = self.pick([None, *REASONS, *([] if inside else list(REASON_WORDS)[5:])])
            word = "unknown" if inside else self.pick(["unknown", "不明"])
            return word if reason is None else f"{word}({reason})"
        of, detail = kind
        if of == "truth":
            return str(self.pick(["true", "false"]))
        if of == "text" and self.chance(4):
            form = self.pick(['contains "{}"', 'starts with "{}"', '"{}"を含む', '"{}" で始まる'])
            return form.format(self.pick(PARTS))
        if of == "text":
            return self.end(kind, scope, depth, inside)
        if of == "scale":
            values, ordered = self.scales[detail]
            value = self.pick(values if inside else [*values, *JAPANESE.get(detail, ())])
            if ordered and self.chance(3):
                comparator = self.pick([">=", "<="])
                return (
                    value + BOUNDARIES[comparator][0] if self.chance(2) and _simple(value) else f"{comparator} {value}"
                )
            if depth and self.chance(6) and (names := self.visible(scope, kind)):
                end = f"`{self.pick(names)}`"
                comparator = self.pick(["", ">=", ">", "<=", "<"]) if ordered else ""
                words = f"{end}{BOUNDARIES[comparator][0]}" if comparator and not inside else f"{comparator} {end}"
                return words if comparator else end
            return str(value)
        return self.numeric_test(detail, scope, depth, inside)

    def numeric_test(self, dimension: str, scope: Scope, depth: int, inside: bool) -> str:
        form = self.pick(["japanese", "comparison", "interval", "japanese interval", "tilde", "value", "equal"])
        if form in ("interval", "japanese interval", "tilde"):
            if depth and self.chance(3):
                # A sum, so that nobody can know beforehand whether the interval is empty.
                first, second = (self.expression(("number", dimension), scope, 1) for _ in "lh")
                low, high = f"`{first}`", f"`({second}) + 0`"
            else:
                low, high = self.two_literals(dimension, inside)
                if not inside and dimension in ONE_UNIT and self.chance(8):
                    return str(self.pick(ONE_UNIT[dimension]))
            if form == "interval" or (inside and form != "tilde"):
                return self.interval(low, high) if low != high else f"[{low}..{high}]"
            if form == "tilde":
                return f"{low}~{high}"
            words = [self.pick(BOUNDARIES[side]) for side in (self.pick([">=", ">"]), self.pick(["<=", "<"]))]
            joint = self.pick(["", "", " ", "かつ", "、かつ", "で"])
            if self.chance(6):
                return f"{self.pick(['>', '>='])} {low} and {self.pick(['<', '<='])} {high}"
            return f"{low}{words[0]}{joint}{high}{words[1]}"
        end = self.end(("number", dimension), scope, depth, inside)
        if form == "value":
            return end
        if form == "equal":
            return f"= {end}"
        comparator = self.pick([">=", "<", "<=", ">"])
        if form == "japanese" and not inside:
            gap = " " if end in self.parameters else self.pick(["", " "])
            return f"{end}{gap}{self.pick(BOUNDARIES[comparator])}"
        return f"{self.signed(comparator)}{self.pick(['', ' '])}{end}"

    def signed(self, comparator: str) -> str:
        """A comparison, perhaps by another sign of the same meaning."""
        others = SIGNS.get(comparator, comparator)[len(comparator) :]
        return str(self.pick(others)) if others and self.chance(4) else comparator

    def interval(self, low: str, high: str) -> str:
        gap = " " if high.startswith(".") else ""
        return f"{self.pick('[(]')}{low}..{gap}{high}{self.pick('])[')}"

    def two_literals(self, dimension: str, inside: bool) -> tuple[str, str]:
        """Two ends, the lower first."""
        first = self.draw(_below(len(LITERALS[dimension]) - 1))
        second = self.some(first + 1, len(LITERALS[dimension]) - 1)
        # Beside a percentage a bare 0.5 has two readings.
        plain = inside or dimension == "ratio"
        return self.literal(dimension, first, plain), self.literal(dimension, second, plain)

    def literal(self, dimension: str, at: int, inside: bool) -> str:
        plain, others = LITERALS[dimension][at]
        return plain if inside else str(self.pick([plain, *others]))

    def end(self, kind: Kind, scope: Scope, depth: int, inside: bool) -> str:
        """A value in a cell: mostly a literal, else a parameter, or an expression in backticks."""
        if depth and self.chance(4):
            return f"`{self.expression(kind, scope, 1)}`"
        parameters = [name for name, of in self.parameters.items() if of == kind]
        if parameters and self.chance(4):
            return f"`{self.pick(parameters)}`" if depth and self.chance(2) else str(self.pick(parameters))
        if kind == TEXT:
            return f'"{self.pick(TEXTS)}"'
        return self.literal(kind[1], self.draw(_below(len(LITERALS[kind[1]]))), inside)

    # -- decisions

    def output(self, kind: Kind, scope: Scope, computed: bool) -> str:
        if self.chance(6):
            return str(self.pick(["unknown", f"unknown({self.pick(REASONS)})", "不明"]))
        if computed and self.chance(3):
            return f"`{self.expression(kind, scope, 1)}`"
        of, detail = kind
        if of == "number":
            return f"`{self.number(detail, scope, 0)}`" if detail == "figure" else self.literal_of(detail)
        if of == "truth":
            return str(self.pick(["true", "false"]))
        if of == "text":
            return f'"{self.pick(TEXTS)}"'
        return str(self.pick(self.scales[detail][0]))

    def literal_of(self, dimension: str) -> str:
        return LITERALS[dimension][self.draw(_below(len(LITERALS[dimension])))][0]

    def formula(self, name: str, scope: Scope) -> None:
        kind = self.pick(self.kinds())
        text = self.expression(kind, scope, 3)
        if kind[0] == "scale" and any(value.isdigit() for value in self.scales[kind[1]][0]):
            # Choices between such values alone are numbers.
            text = str(self.pick(self.visible(scope, kind) or ["5"]))
        if kind[0] == "scale" and text in self.scales[kind[1]][0]:
            kind, text = TRUTH, "true"
        body = f"    {text}" if self.chance(2) else f"```feel\n{text}\n```"
        if self.chance(4):
            body = f"    {text}\n      + 0" if kind[0] == "number" and kind[1] in ("plain", "count") else body
        # Below a list an indented line would be a part of the list.
        head = self.heading("式", name, scope, told=body.startswith("`"))
        self.decisions.append(f"{head}{body}\n")
        self.names.append(Known(name, scope, kind))

    def table(self, name: str, scope: Scope) -> None:
        policy = self.pick(self.policies)
        columns = [self.column(self.pick(self.kinds()), scope) for _ in range(self.pick([1, 2, 0, 3]))]
        outputs = self.outputs(name, policy)
        count = self.pick([2, 3, 1, 4, 5, 6])
        header = [
            policy,
            *(f"`{text}`" for _, text in columns),
            *(f"**{title}**" for title, _ in outputs),
            *(["*理由*"] if self.chance(2) else []),
        ]
        rows = [[str(number), *(self.cell(kind, scope) for kind, _ in columns)] for number in range(1, count + 1)]
        own = outputs[0][0] if outputs[0][0] == f"{name}_size" else None
        if own:
            self.scales[own] = (f"big_{name}", f"small_{name}")[:count], False
        for number, cells in enumerate(rows):
            if own:
                words = self.scales[own][0]
                cells.append(words[number] if number < len(words) else self.output(outputs[0][1], scope, False))
            for title, kind in outputs[1:] if own else outputs:
                audit = title == "finding"
                cells.append(
                    self.pick(["F-1", "over", '"指摘 1"']) if audit else self.output(kind, scope, policy != "P")
                )
            cells += ["理由"] * (len(header) - len(cells))
        for at, (_, kind) in enumerate(outputs, 1 + len(columns)):
            # A column of nothing but shares may be one of ratios: times a ratio it would be.
            if kind == ("number", "plain") and all(
                cells[at] in ("0", "0.5", "1") or cells[at].startswith(("unknown", "不明")) for cells in rows
            ):
                rows[0][at] = "2"
        for at in range(1, 1 + len(columns)):
            # Most tables say somewhere what happens to unknown.
            if not self.chance(3):
                self.pick(rows)[at] = self.pick(["unknown", "不明", *(f"unknown({reason})" for reason in REASONS)])
        if self.chance(4):
            title, texts = self.pick([("*source*", ["手引", "-", ""]), ("*standing*", ["draft", "公表", ""])])
            if policy == "C" and self.chance(2):
                title, texts = "*question*", ["なぜか", ""]
            header.append(title)
            for cells in rows:
                cells.append(self.pick(texts))
        lines = [table_line(cells) for cells in (header, ["---"] * len(header), *rows)]
        self.decisions.append(self.heading("表", name, scope) + "\n".join(lines) + "\n")
        if policy == "C":
            return
        if policy == "C#":
            outputs = [(outputs[0][0], ("number", "count"))]
        self.names.append(Known(name, scope, outputs[0][1]))
        self.names.extend(Known(f"{name}.{title}", scope, kind) for title, kind in outputs)

    def heading(self, title: str, name: str, scope: Scope, told: bool = True) -> str:
        """A heading, perhaps below one that is no decision, with prose or the standing of the decision below it, if `told`."""
        above = "## 区切り\n\n評価の | 考え方。\n\n" if self.chance(12) else ""
        texts = ["", "", "", "", "この表は `x` を決める。\n\n", "- standing: published\n- source: 手引\n\n"]
        below = self.pick(texts if told else texts[:-1])
        level = self.pick(["#", "#", "##", "####"])
        return f"{above}{level} {title} {name} `{name}` — {self.pick(SCOPE_WORDS[scope])}\n\n{below}"

    def column(self, kind: Kind, scope: Scope) -> tuple[Kind, str]:
        """An input: a name where there is one, else an expression."""
        text = self.expression(kind, scope, self.pick([0, 0, 1, 2]))
        return (TRUTH, "(true = false)") if kind[0] == "scale" and text in self.scales[kind[1]][0] else (kind, text)

    def outputs(self, name: str, policy: str) -> list[tuple[str, Kind]]:
        if policy == "C":
            severity: list[tuple[str, Kind]] = [("note", self.pick(self.kinds()))]
            return [("finding", TEXT), *(severity if self.chance(2) and severity[0][1][0] != "scale" else [])]
        if policy in ("C+", "C<", "C>"):
            # Years cannot be added up.
            return [
                (
                    f"{name}_out",
                    ("number", self.pick([each for each in DIMENSIONS if each != "year" or policy != "C+"])),
                )
            ]
        if policy == "P":
            return [(scale, ("scale", scale)) for scale in self.own_scales()[: self.some(1, 2)]]
        if policy != "C#" and self.chance(8):
            # Words of no declared scale: a scale of the output itself, as soon as the inputs are written.
            return [(f"{name}_size", ("scale", f"{name}_size"))]
        if policy == "C#" or self.chance(2):
            kind = self.pick(self.output_kinds())
            return [self.titled(kind, f"{name}_out")]
        kinds = [self.pick(self.output_kinds()) for _ in range(self.some(1, 2))]
        found = [self.titled(kind, f"{name}_{number}") for number, kind in enumerate(kinds)]
        return found if len({title for title, _ in found}) == len(found) else found[:1]

    def output_kinds(self) -> list[Kind]:
        """All but the scales of other tables' outputs: such a scale has the words of the first table that is written."""
        return [each for each in self.kinds() if each[0] != "scale" or not each[1].endswith("_size")]

    def titled(self, kind: Kind, name: str) -> tuple[str, Kind]:
        """An output of a scale is called like it, so that its values are known to be of it."""
        return (kind[1], kind) if kind[0] == "scale" else (name, kind)

    def own_scales(self) -> list[str]:
        built_in = {scale.name for scale in BUILT_IN_SCALES}
        return [name for name, (_, ordered) in self.scales.items() if ordered and name not in built_in]

    # -- the document

    def parameter(self, name: str) -> None:
        kind = self.pick([("number", "ratio"), *(("number", each) for each in DIMENSIONS[:5]), TRUTH, TEXT])
        texts = {"truth": ["true", "false"], "text": [f"'\"{text}\"'" for text in TEXTS]}
        options = texts.get(kind[0]) or [text for text, _ in LITERALS[kind[1]]]
        if self.chance(2):
            value = self.pick(options)
            self.head.append(f"  {name}: {value}")
            if self.chance(4):
                self.head[-1] = f"  {name}:\n    value: {value}\n    label: 名前\n    standing: inferred"
        else:
            spans = ["..2011", "2012", "2013.."] if self.chance(2) else ["2011..2012", "2013..2014"]
            self.head.append(f"  {name}:")
            self.head.extend(f"    {span}: {self.pick(options)}" for span in spans)
        self.parameters[name] = kind

    def document(self) -> str:
        pools = list(SCALE_POOLS)
        for name in ["rating", "budget", "grade"][: self.some(1, 3)]:
            self.scales[name] = (pools.pop(self.draw(_below(len(pools)))), True)
        scales = [
            f"  {name}: [" + ", ".join(f'"{value}"' for value in values) + "]"
            if self.chance(3)
            else f"  {name}:\n" + "\n".join(f'    "{value}": {value}の意味' for value in values)
            for name, (values, _) in self.scales.items()
        ]
        for scale in BUILT_IN_SCALES:
            self.scales[scale.name] = (scale.values, scale.ordered)
        self.names = _figures()
        for known in self.names:
            if known.name.startswith("recorded.") and known.kind == TEXT:
                name = known.name.removeprefix("recorded.")
                known.kind = ("scale", name) if name in self.scales else TEXT
        facts = self.facts()
        for number in range(self.some(0, 3)):
            self.parameter(f"p{number}" if self.chance(2) else f"しきい値{number}")
        for number in range(1, self.pick([2, 3, 1, 4, 5, 6]) + 1):
            scope = self.pick(SCOPES)
            name = self.pick([f"d{number}", f"判定{number}", f"share_{number}"])
            (self.table if self.chance(2) or self.chance(2) else self.formula)(name, scope)
        order = self.draw(st.permutations(self.decisions)) if self.chance(3) else self.decisions
        roundings = [
            "exact",
            "floor 6",
            "half_up 2",
            "ceiling 0",
            "up 3",
            "down 1",
            "half_down 2",
            "half_even 0",
            "five_down 1",
        ]
        division = self.pick(["", "", *(f"division: {rounding}\n" for rounding in roundings)])
        parameters = "parameters:\n" + "\n".join(self.head) + "\n" if self.head else ""
        return (
            "---\nrulebook: drawn\ntitle: 引いた評価基準\nauthority: 総務省\nstanding: draft\nfiscal_years: 2011..2014\n"
            f"{division}scales:\n" + "\n".join(scales) + f"\n{facts}{parameters}---\n" + "\n".join(order)
        )

    def facts(self) -> str:
        """Facts that the rulebook declares, of some units and types, some with a default; half of the rulebooks have none."""
        if self.chance(2):
            return ""
        found: dict[Scope, list[str]] = {}
        declared = [name for name in ("rating", "budget", "grade") if name in self.scales]
        for number in range(1, self.some(1, 3) + 1):
            scope = self.pick(SCOPES)
            of = self.pick([*FACT_TYPES, *declared])
            kind, default = FACT_TYPES.get(of) or (("scale", of), self.scales[of][0][0])
            name = f"fact_{number}"
            given = f", default: '{default}'" if self.chance(3) else ""
            label = f", label: 項目{number}" if self.chance(2) else ""
            found.setdefault(scope, []).append(f"    {name}: {{type: {of}{label}{given}}}")
            self.names.append(Known(f"項目{number}" if label and self.chance(2) else name, scope, kind))
        return "facts:\n" + "".join(f"  {scope}:\n" + "\n".join(lines) + "\n" for scope, lines in found.items())


def _simple(value: str) -> bool:
    return value.isidentifier()


@st.composite
def rulebook_texts(draw: Draw, policies: Sequence[str] = POLICIES) -> str:
    """Documents of valid rulebooks, with tables of the given hit policies."""
    return Writer(draw, policies).document()


def rulebooks(policies: Sequence[str] = POLICIES) -> st.SearchStrategy[Rulebook]:
    """Valid rulebooks, parsed."""
    return rulebook_texts(policies).map(parse_rulebook)


@st.composite
def cells(draw: Draw) -> str:
    """Cells of every form, for columns of every type."""
    writer = Writer(draw)
    writer.scales = {"rating": (SCALE_POOLS[0], True), "direction": (("increase", "decrease", "maintain"), False)}
    writer.names = _figures()
    return writer.cell(writer.pick(writer.kinds()), "measure")


@st.composite
def expressions(draw: Draw) -> str:
    """Expressions of every type at the scope of a measure."""
    writer = Writer(draw)
    writer.scales = {"rating": (SCALE_POOLS[0], True), "direction": (("increase", "decrease", "maintain"), False)}
    writer.names = _figures()
    return writer.expression(writer.pick(writer.kinds()), "measure", 3)


# -- sheets

_BASES: Final = tuple(Decimal(text) for text in ("1", "2", "4", "7", "10", "1000", "0", "-4"))
_STRANGE: Final = tuple(
    Decimal(text) for text in ("0.1234567890123", "1000000000000000000", "-0", "1E+3", "3.0", "0.0000001")
)
_UNITS: Final = ("回", None, "件", "%", "Ａ型")
_YEARS: Final = (2012, 2011, 2013, 2014, 2010)


def sheets(rulebook: Rulebook | None = None) -> st.SearchStrategy[Sheet]:
    """Sheets with figures of every kind, strange ones and money without a unit too, of years in and out of force; of a rulebook,
    with figures on and beside its boundaries.
    """
    return drawn(_pool(rulebook), _SHAPE)


_SHAPE: Final = SheetShape(objectives=(0, 2), indicators=(0, 2), measures=(1, 2), budget_years=(0, 4))


def _pool(rulebook: Rulebook | None) -> Pool:
    special = near(boundary_values(rulebook)) if rulebook is not None else ()
    values = tuple(dict.fromkeys((*special, *_BASES, *_STRANGE)))
    recorded = []
    for name in ("rating", "budget"):
        scale = rulebook.scales.get(name) if rulebook is not None else None
        recorded.append((None, "外の値", *(scale.values if scale else ("A", "Ⅱ"))))
    return Pool(
        authority="総務省",
        fiscal_years=_YEARS,
        bases=_BASES,
        factors=values,
        values=values,
        amounts=values,
        units=_UNITS,
        money=_UNITS,
        texts=("政策", "回", "件"),
        ratings=recorded[0],
        budgets=recorded[1],
        facts=tuple(rulebook.facts.values()) if rulebook is not None else (),
    )


@st.composite
def suppositions(draw: Draw, rulebook: Rulebook, sheet: Sheet) -> dict[tuple[str, str], Scalar]:
    """Values of some decisions and figures to be taken as given."""
    root = unit_tree(sheet, rulebook)
    options: list[tuple[tuple[str, str], Type]] = [
        ((decision.name, unit.key), decision.outputs[0].type)
        for decision in rulebook.decisions
        if not (isinstance(decision.body, Table) and decision.body.policy == "C")
        for unit in root.below(decision.scope)
    ]
    options += [
        ((term.name, unit.key), rulebook.figure_type(term.name, of.type))
        for decision in rulebook.decisions
        for term in mentioned(decision)
        if isinstance(term, Figure) and (of := rulebook.figure(term.scope, term.name)) is not None
        for unit in root.below(term.scope)
    ]
    if not options:
        return {}
    chosen = draw(st.lists(st.sampled_from(range(len(options))), unique=True, max_size=3))
    return {options[at][0]: draw(st.sampled_from(values_of(options[at][1], rulebook))) for at in chosen}


__all__ = [
    "HALF",
    "POLICIES",
    "SCOPES",
    "STEP",
    "boundary_values",
    "cells",
    "expressions",
    "near",
    "rulebook_texts",
    "rulebooks",
    "sheets",
    "suppositions",
    "widened",
]
