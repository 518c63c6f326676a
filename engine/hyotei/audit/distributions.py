"""How the ratios that a rulebook cuts are distributed over all sheets, with the boundaries at which it cuts them.

A ratio is a decision such as 達成率 or 執行率 of which some table asks whether it reaches a number. Counted in steps of five
per cent; nothing is kept of the sheets.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from decimal import Decimal
from typing import Final

from hyotei.audit.input_orientation import constant
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.types import NumberType
from hyotei.rulebook.values import Scalar
from hyotei.verdict.verdict import Verdict

STEPS: Final = 20
"""Bins of a whole: each is five per cent wide."""
HIGHEST: Final = 2
"""From this ratio on (200 %) all values are counted together."""
BELOW: Final = -1
"""The bin of negative values."""

Counts = Callable[[str], Iterable[tuple[Scalar, int]]]
"""The values of a decision, each with how often it occurs."""


@dataclass(slots=True)
class Distribution:
    """The values of one decision: by bin from 0, `BELOW` for negative ones, `HIGHEST * STEPS` for all beyond.

    `boundaries` are the ratios at which the rulebook cuts, ascending.
    """

    rulebook: str
    decision: str
    title: str
    bins: Counter[int] = field(default_factory=Counter)
    unknown: int = 0
    boundaries: tuple[Decimal, ...] = ()

    @property
    def known(self) -> int:
        """How many values were known."""
        return sum(self.bins.values())

    def add(self, value: Decimal, count: int = 1) -> None:
        """One more value, or several that are equal."""
        inside = 0 <= value < HIGHEST
        self.bins[int(value * STEPS) if inside else BELOW if value < 0 else HIGHEST * STEPS] += count


class Distributions:
    """Counts the ratios of every rulebook that rates or checks sheets."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, Distribution]] = {}
        self._years: dict[str, set[int]] = {}

    def add(self, verdict: Verdict) -> None:
        """The ratios of one more sheet."""
        of = self._begun(verdict.rulebook, (verdict.sheet.fiscal_year,))
        if not of:
            return
        for (name, _), step in verdict.derivation.steps.items():
            if name in of:
                value = step.outputs[0]
                assert not isinstance(value, tuple), "a ratio is one value"
                self._count(of[name], value, 1)

    def add_all(self, book: Rulebook, years: Iterable[int], counts: Counts) -> None:
        """The ratios of many sheets of some fiscal years: `counts` gives the values of a decision, each with how often."""
        for name, each in self._begun(book, years).items():
            for value, count in counts(name):
                self._count(each, value, count)

    def _begun(self, book: Rulebook, years: Iterable[int]) -> dict[str, Distribution]:
        """The distributions of a rulebook, with its boundaries in those years."""
        of = self._of.get(book.hash)
        if of is None:
            of = self._of[book.hash] = {name: Distribution(book.id, name, title) for name, title in cut_ratios(book)}
        known = self._years.setdefault(book.hash, set())
        for year in years if of else ():
            if year not in known:
                known.add(year)
                for name, each in of.items():
                    each.boundaries = tuple(sorted({*each.boundaries, *boundaries(book, name, year)}))
        return of

    def _count(self, each: Distribution, value: Scalar, count: int) -> None:
        if isinstance(value, Decimal):
            each.add(value, count)
        else:
            each.unknown += count

    def all(self) -> Iterator[Distribution]:
        """Those of which values are known, rulebook by rulebook in the order of its decisions."""
        for of in self._of.values():
            yield from (each for each in of.values() if each.known)


def cut_ratios(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """The decisions that are ratios and that tables cut at numbers, with their titles."""
    cut = {
        column.term.decision
        for decision in rulebook.decisions
        if isinstance(decision.body, Table)
        for index, column in enumerate(decision.body.inputs)
        if isinstance(column.term, t.Decided)
        and any(isinstance(test, t.Range) for row in decision.body.rows for test in row.checks[index].tests)
    }
    for decision in rulebook.decisions:
        of = decision.outputs[0].type
        if decision.name in cut and isinstance(of, NumberType) and of.dimension == "ratio":
            yield decision.name, decision.title or decision.name


def boundaries(rulebook: Rulebook, name: str, fiscal_year: int) -> Iterator[Decimal]:
    """The numbers with which tables and expressions compare a decision, as far as they are the same for all sheets."""
    for decision in rulebook.decisions:
        if isinstance(decision.body, Table):
            for index, column in enumerate(decision.body.inputs):
                if isinstance(column.term, t.Decided) and column.term.decision == name:
                    yield from _cuts(rulebook, decision.body, index, fiscal_year)
        for part in mentioned(decision):
            if isinstance(part, t.Compared) and isinstance(part.left, t.Decided) and part.left.decision == name:
                value = constant(part.right, rulebook, fiscal_year)
                if value is not None:
                    yield value


def _cuts(rulebook: Rulebook, table: Table, index: int, fiscal_year: int) -> Iterator[Decimal]:
    for row in table.rows:
        for test in row.checks[index].tests:
            if isinstance(test, t.Range):
                for end in (test.low, test.high):
                    value = None if end is None else constant(end, rulebook, fiscal_year)
                    if value is not None:
                        yield value
