"""Cells of drawn tables, in every form."""

import re
from dataclasses import dataclass

from hyotei.rulebook.parser import REASON_WORDS
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import REASONS
from tests.rulebook_writing.names import Names, index_below
from tests.rulebook_writing.words import (
    BOUNDARIES,
    JAPANESE,
    LITERALS,
    ONE_UNIT,
    PARTS,
    SIGNS,
    TEXT,
    TEXTS,
    Kind,
    widened,
)


@dataclass(slots=True)
class Cells(Names):
    """Writes cells."""

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
                    value + BOUNDARIES[comparator][0]
                    if self.chance(2) and value.isidentifier()
                    else f"{comparator} {value}"
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
        first = self.draw(index_below(len(LITERALS[dimension]) - 1))
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
        return self.literal(kind[1], self.draw(index_below(len(LITERALS[kind[1]]))), inside)
