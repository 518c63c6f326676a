"""Reason texts that contradict their row: a threshold in words, such as 7割以上, that none of the row's numbers is.

Only what is plainly a threshold counts: a percentage, 割, 半数, a fraction, a multiple or an amount of money, and another number
where a word such as 以上 follows. A row without a number of that kind says nothing about it, so nothing is told.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from hyotei.base import exact
from hyotei.base.text_folding import folded
from hyotei.messages import Diagnostic, Location
from hyotei.rulebook import terms as t
from hyotei.rulebook.cell_words import FROM, TO
from hyotei.rulebook.model import Decision, Formula, ParameterValue, Row, Table
from hyotei.rulebook.parser import parse_output
from hyotei.rulebook.syntax import Number
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.term_parts import parts
from hyotei.rulebook.types import NumberType, Type

Kind: TypeAlias = Literal["share", "money", "count"]
_ONE, _HUNDRED, _HALF = Decimal(1), Decimal(100), Decimal("0.5")
_MOST: Final = 64
"""Numbers that one end of a cell may come to; ends of more, which dated parameters multiply, are left at their parts."""

_DIGITS: Final = {digit: str(number) for number, digit in enumerate("〇一二三四五六七八九")} | {"十": "10"}
_FIGURE: Final = r"[0-9][0-9,]*(?:\.[0-9]+)?|[一二三四五六七八九十]"
_LIMIT: Final = "|".join(
    re.escape(word)
    for word in sorted(
        {*FROM, *TO} - {"から", "まで", "以降", "以後", "以前", "より前", "より後"}, key=len, reverse=True
    )
)
# Not 第3, 平成24, H24, F16 or 1-2, which name something; nor a year, a day or an article.
_COUNTED: Final = (
    r"(?<![0-9A-Za-z第.,_/-])(?<!平成)(?<!令和)(?<!昭和)(?P<count>[0-9][0-9,]*(?:\.[0-9]+)?[万千]?)"
    rf"(?!年度|年[^連続間以]|月|日|条|項|号|頁|行)[^\W\d]{{0,3}}?(?={_LIMIT})"
)
_PATTERNS: Final[tuple[tuple[str, Kind], ...]] = (
    (r"(?P<percent>[0-9][0-9,]*(?:\.[0-9]+)?)\s?(?:%|パーセント|percent(?![A-Za-z]))", "share"),
    (rf"(?P<tenths>{_FIGURE})割(?!合)(?:(?P<hundredths>{_FIGURE})分)?", "share"),
    (rf"(?P<below>{_FIGURE})分の(?P<above>{_FIGURE})", "share"),
    (r"(?P<half>過半数?|半数|半分|(?<![A-Za-z])half(?![A-Za-z]))", "share"),
    (rf"(?P<times>{_FIGURE})倍", "share"),
    (r"(?P<money>[0-9][0-9,.兆億万千百]*円)", "money"),
    (_COUNTED, "count"),
)
_THRESHOLD: Final = re.compile("|".join(pattern for pattern, _ in _PATTERNS), re.IGNORECASE)


def contradicted(
    decisions: Sequence[Decision], parameters: Mapping[str, ParameterValue], file: str | None
) -> list[Diagnostic]:
    """Rows whose reason names a threshold that the row does not have."""
    numbers = _Numbers(parameters)
    behind: dict[str, set[Decimal]] = {}
    found = []
    for decision in decisions:
        # Each stands after all it reads.
        behind[decision.name] = numbers.of_decision(decision).union(*(behind[name] for name in decision.needs))
        if not isinstance(decision.body, Table):
            continue
        read = [_read(column.term, behind) for column in decision.body.inputs]
        above: dict[Kind, set[Decimal]] = {"share": set(), "money": set(), "count": set()}
        for row in decision.body.rows:
            own = numbers.of_row(decision, decision.body, row)
            asked = set().union(*(each for each, check in zip(read, row.checks, strict=True) if not check.anything))
            told: dict[str, None] = {}
            for phrase, kind, meant in thresholds(row.annotation):
                stated = own[kind] | above[kind]
                if stated and not any(_alike(meant, number, kind) for number in stated | asked):
                    told[phrase] = None
            place = Location(file, row.line, heading=decision.title, row=str(row.number))
            found += [Diagnostic("HY577", place, {"phrase": phrase}) for phrase in told]
            if decision.body.policy == "F":
                # What did not reach a row above is what this one speaks of: 4割に満たない.
                for kind in above:
                    above[kind] |= own[kind]
    return found


def _read(term: t.Term, behind: Mapping[str, set[Decimal]]) -> set[Decimal]:
    """The numbers of all decisions that a column rests on: 半分に届かないもの may be what another table calls so."""
    return set().union(*(behind[part.decision] for part in parts(term) if isinstance(part, t.Decided)))


def thresholds(text: str) -> Iterator[tuple[str, Kind, Decimal]]:
    """The thresholds that a text names: as written there, of what kind, and the number; a ratio is 0.7 for 7割."""
    for match in _THRESHOLD.finditer(folded(text)):
        named = {name: part for name, part in match.groupdict().items() if part}
        number = _number(named)
        if number is not None:
            kind: Kind = "money" if "money" in named else "count" if "count" in named else "share"
            yield match.group(), kind, number


def _number(named: Mapping[str, str]) -> Decimal | None:
    if "half" in named:
        return _HALF
    if "money" in named or "count" in named:
        try:
            parsed = parse_output(named.get("money") or named["count"])
        except SyntaxProblem:
            return None
        return parsed.value if isinstance(parsed, Number) else None
    figures = {name: Decimal(_DIGITS.get(part, part).replace(",", "")) for name, part in named.items()}
    if "percent" in figures:
        return exact.multiply(figures["percent"], Decimal("0.01"))
    if "below" in figures:
        return exact.divide(figures["above"], figures["below"]) if figures["below"] else None
    if "times" in figures:
        return figures["times"]
    hundredths = figures.get("hundredths", Decimal(0))
    return exact.add(exact.multiply(figures["tenths"], Decimal("0.1")), exact.multiply(hundredths, Decimal("0.01")))


def _alike(meant: Decimal, stated: Decimal, kind: Kind) -> bool:
    """Whether a number of a row is the one that is meant: 7割 is 70 % and 70 points, 3割に届かない also what is beyond 70 %."""
    size = stated.copy_abs()
    if kind == "share":
        rest = {exact.subtract(_ONE, size), exact.subtract(size, _ONE), exact.subtract(_HUNDRED, size)}
        near = exact.subtract(meant, size).copy_abs() <= Decimal("0.000001")
        return near or meant in rest or exact.multiply(meant, _HUNDRED) in {size, *rest}
    return meant == size or (kind == "count" and meant == exact.multiply(size, _HUNDRED))


class _Numbers:
    """The numbers that rules state, by their kind; parameters count with every value that they have."""

    def __init__(self, parameters: Mapping[str, ParameterValue]) -> None:
        self.parameters = parameters

    def of_decision(self, decision: Decision) -> set[Decimal]:
        """All numbers of a decision."""
        body = decision.body
        if isinstance(body, Formula):
            return self.values(body.term)
        rows = (self.of_row(decision, body, row) for row in body.rows)
        return set().union(*(numbers for row in rows for numbers in row.values()))

    def of_row(self, decision: Decision, table: Table, row: Row) -> dict[Kind, set[Decimal]]:
        """Of its cells and outputs, and of the expressions of its columns."""
        found: dict[Kind, set[Decimal]] = {"share": set(), "money": set(), "count": set()}
        for column, check in zip(table.inputs, row.checks, strict=True):
            if check.anything:
                continue
            for test in check.tests:
                match test:
                    case t.Range(low, _, high, _):
                        for end in (low, high):
                            self.add(found, column.type, set() if end is None else self.values(end))
                    case t.Same(term):
                        self.add(found, column.type, self.values(term))
            for part in parts(column.term):
                self.add(found, None, self.stated(part))
        for output, written in zip(decision.outputs, row.outputs, strict=True):
            if isinstance(output.type, NumberType):
                self.add(found, output.type, self.values(written))
        return found

    @staticmethod
    def add(found: dict[Kind, set[Decimal]], of: Type | None, numbers: set[Decimal]) -> None:
        """Numbers without a kind of their own may be of any."""
        dimension = of.dimension if isinstance(of, NumberType) else "plain"
        if dimension in ("ratio", "plain", "figure"):
            found["share"] |= numbers
        if dimension in ("money", "figure"):
            found["money"] |= numbers
        if dimension in ("count", "plain", "figure"):
            found["count"] |= numbers
        if of is None:
            found["money"] |= numbers

    def stated(self, part: object) -> set[Decimal]:
        """The numbers that a constant or a parameter stands for."""
        match part:
            case t.Constant(Decimal() as value):
                return {value}
            case t.Parameter(name):
                return {each.value for each in self.parameters[name].dated if isinstance(each.value, Decimal)}
            case _:
                return set()

    def values(self, term: t.Term) -> set[Decimal]:
        """The numbers that a term states, and those that it comes to where it is computed from them."""
        match term:
            case t.Negation(operand) | t.Absolute(operand) | t.Rounded(_, operand, _):
                return self.values(operand)
            case t.Calculation(operator, left, right):
                first, second = self.values(left), self.values(right)
                found = first | second
                if operator in _OPERATIONS and len(first) * len(second) <= _MOST:
                    found |= {_OPERATIONS[operator](a, b) for a in first for b in second if b or operator != "/"}
                return found
            case _:
                found = set()
                for part in parts(term):
                    found |= self.stated(part)
                return found


_OPERATIONS: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": exact.add, "-": exact.subtract, "*": exact.multiply, "/": exact.divide,
}  # fmt: skip
