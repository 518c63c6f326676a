"""Which way each input of a rulebook's rating points: whether more of it makes the rating better or worse.

A table of bands is tried out over every combination of bands, which proves the direction of a column for all values. Where
a boundary is computed from the sheet that cannot be done; then a law of the rulebook may tell.
"""

from decimal import Decimal
from itertools import pairwise, product
from typing import Final, Literal

from hyotei.audit.ranked_values import best_value
from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language
from hyotei.rulebook import terms as t
from hyotei.rulebook.hit_policies import choose
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.term_domain import domains_of
from hyotei.rulebook.term_words import term_title
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType
from hyotei.rulebook.values import Scalar
from hyotei.verdict.thresholds import bands_of

MOST_BANDS: Final = 50_000
"""Combinations of bands that are tried at most."""

How = Literal["proved", "declared", "given"]


@dataclass(frozen=True, slots=True)
class Oriented:
    """An input of a rating: its column in the table (from 0), its name for people, and which way is better.

    `how` tells why that is believed: tried out over all bands, declared by a law of the rulebook, or given by the user. Of a scale
    and of yes and no, `best` is the best value in words.
    """

    column: int
    name: str
    title: str
    rises: bool
    how: How
    best: str = ""


def oriented(
    rulebook: Rulebook, output: str, fiscal_year: int, language: Language = "ja"
) -> tuple[tuple[Oriented, ...], tuple[str, ...]]:
    """The inputs of the table that decides a result, and the names of those whose direction cannot be told.

    A column that makes no difference to the result is in neither.
    """
    decision = rulebook.by_name.get(output)
    if decision is None or decision.scope != "sheet" or not isinstance(decision.body, Table):
        return (), ()
    tried = _Trial(rulebook, decision, decision.body, fiscal_year).directions()
    found: list[Oriented] = []
    open_: list[str] = []
    for column, source in enumerate(decision.body.inputs):
        how: How = "proved"
        rises: bool | None = None
        if tried is not None:
            up, down = tried[column]
            if up and down:
                continue
            rises = True if up else False if down else None
        else:
            rises, how = _declared(rulebook, output, source.text), "declared"
        if rises is None:
            open_.append(source.text)
        else:
            title = term_title(source.term, rulebook, language)
            best = best_value(source.type, rises, language)
            found.append(Oriented(column, source.text, title, rises, how, best))
    return tuple(found), tuple(open_)


def _declared(rulebook: Rulebook, output: str, name: str) -> bool | None:
    for law in rulebook.laws:
        if law.kind == "monotone" and law.output == output and law.input == name:
            return law.falls == law.input_rises
    return None


class _Trial:
    """One table over all combinations of bands of its columns."""

    def __init__(self, rulebook: Rulebook, decision: Decision, table: Table, fiscal_year: int) -> None:
        self.rulebook, self.decision, self.table, self.year = rulebook, decision, table, fiscal_year

    def directions(self) -> list[tuple[bool, bool]] | None:
        """For each column whether the result never falls as it rises, and never rises; None where it cannot be tried."""
        columns = [self._representatives(index) for index in range(len(self.table.inputs))]
        scale = self.decision.outputs[0].type
        if any(column is None for column in columns) or not isinstance(scale, ScaleType) or not scale.ordered:
            return None
        bands = [column for column in columns if column is not None]
        count = 1
        for column in bands:
            count *= len(column)
        if count > MOST_BANDS:
            return None
        places = {combination: self._place(combination, scale) for combination in product(*bands)}
        return [self._direction(index, bands, places) for index in range(len(bands))]

    def _direction(
        self, index: int, bands: list[list[Scalar]], places: dict[tuple[Scalar, ...], int | None]
    ) -> tuple[bool, bool]:
        up = down = True
        for others in product(*(band for position, band in enumerate(bands) if position != index)):
            along = [places[*others[:index], value, *others[index:]] for value in bands[index]]
            for one, other in pairwise([place for place in along if place is not None]):
                up, down = up and other <= one, down and other >= one
        return up, down

    def _representatives(self, index: int) -> list[Scalar] | None:
        """One value of each band of a column, ascending; None where a boundary is not the same for all sheets."""
        of = self.table.inputs[index].type
        if isinstance(of, BooleanType):
            return [False, True]
        if isinstance(of, ScaleType):
            tests = [test for row in self.table.rows for test in row.checks[index].tests]
            fixed = of.ordered and all(isinstance(test, t.IsUnknown | t.OneOf) for test in tests)
            return [*reversed(of.values)] if fixed else None
        if not isinstance(of, NumberType):
            return None
        cuts: set[Decimal] = set()
        for row in self.table.rows:
            for test in row.checks[index].tests:
                if not isinstance(test, t.Range | t.IsUnknown | t.OneOf):
                    return None
                ends: tuple[Scalar | None, ...] = ()
                if isinstance(test, t.OneOf):
                    ends = test.values
                elif isinstance(test, t.Range):
                    stated = [end for end in (test.low, test.high) if end is not None]
                    ends = tuple(constant(end, self.rulebook, self.year) for end in stated)
                for end in ends:
                    if not isinstance(end, Decimal):
                        return None
                    cuts.add(end)
        numbers = domains_of(self.rulebook).column(self.table.inputs[index]).numbers
        return [] if numbers is None else [band.sample for band in bands_of(numbers, cuts or {Decimal(0)})]

    def _place(self, values: tuple[Scalar, ...], scale: ScaleType) -> int | None:
        """The place of the result on its scale; None where the table gives none."""
        held = tuple(
            row.number
            for row in self.table.rows
            if all(self._holds(check, value) for check, value in zip(row.checks, values, strict=True))
        )
        answer = choose(self.decision, self.table, held, {})
        if answer.outcome != "fired" or not answer.rows:
            return None
        found = self.table.rows[answer.rows[0] - 1].outputs[0]
        known = isinstance(found, t.Constant) and isinstance(found.value, str) and found.value in scale.values
        return scale.values.index(str(found.value)) if known and isinstance(found, t.Constant) else None

    def _holds(self, check: t.Check, value: Scalar) -> bool:
        return check.anything or any(self._met(test, value) for test in check.tests) != check.negated

    def _met(self, test: t.Test, value: Scalar) -> bool:
        if isinstance(test, t.OneOf):
            return value in test.values
        if isinstance(test, t.Range) and isinstance(value, Decimal):
            low = None if test.low is None else constant(test.low, self.rulebook, self.year)
            high = None if test.high is None else constant(test.high, self.rulebook, self.year)
            above = low is None or value > low or (test.low_closed and value == low)
            below = high is None or value < high or (test.high_closed and value == high)
            return above and below
        return False


def constant(term: t.Term, rulebook: Rulebook, fiscal_year: int) -> Decimal | None:
    """The number that a term is for every sheet of a fiscal year; None where it depends on the sheet."""
    value: Scalar | None = None
    match term:
        case t.Constant(given):
            value = given
        case t.Parameter(name):
            value = rulebook.parameters[name].at(fiscal_year)
        case t.Negation(operand):
            number = constant(operand, rulebook, fiscal_year)
            value = None if number is None else exact.subtract(Decimal(0), number)
        case t.Calculation("+" | "-" | "*" as operator, left, right):
            one, other = constant(left, rulebook, fiscal_year), constant(right, rulebook, fiscal_year)
            if one is not None and other is not None:
                work = {"+": exact.add, "-": exact.subtract, "*": exact.multiply}[operator]
                value = work(one, other)
    return value if isinstance(value, Decimal) else None
