"""What the sheets of a rulebook are drawn from: its years, scales and texts, and what lies on and beside its boundaries."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.drawing.boundary_values import boundary_values, sides_first, texts_of, threshold_values
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.model import RESULTS, Rulebook
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.terms import Figure, Units
from hyotei.rulebook.types import Scope
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet.figures import FIGURES, YEARS_MISSED

_BASES: Final = tuple(Decimal(text) for text in ("10", "4", "1", "100", "7", "1000", "0", "-4"))
_FACTORS: Final = tuple(Decimal(text) for text in ("1", "0", "0.5", "2"))
_AMOUNTS: Final = tuple(Decimal(text) for text in ("10000000", "1000000", "3000000", "1000", "1", "0"))
_RECORDED: Final = tuple(row.field for row in FIGURES if row.kind == "recorded" and row.field not in RESULTS)


@dataclass(frozen=True, slots=True, repr=False)
class Pool:
    """What sheets are drawn from. Of each the first is the plainest, which shrinking seeks.

    It has no long `repr`, because Hypothesis prints the arguments of strategies.
    """

    authority: str
    fiscal_years: tuple[int, ...]
    bases: tuple[Decimal, ...]
    factors: tuple[Decimal, ...]
    values: tuple[Decimal, ...]
    amounts: tuple[Decimal, ...]
    units: tuple[str | None, ...]
    money: tuple[str | None, ...]
    texts: tuple[str, ...]
    ratings: tuple[str | None, ...]
    budgets: tuple[str | None, ...]
    shares: tuple[tuple[int, int], ...] = ()
    """How many of how many measures are alike."""
    recorded: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What else a sheet may record, by the name of the text."""
    facts: tuple[DeclaredFact, ...] = ()
    """The facts that the rulebook declares."""
    histories: bool = False
    """Whether the figures of earlier years count, so that many measures have some."""
    read: frozenset[tuple[Scope, str]] = frozenset()
    """The figures that rules read, each by its scope and the field that states it."""
    years: bool = False
    """Whether rules read the fiscal years of measures, so that later ones and the year of a measure's own figures count too."""


def pool_of(rulebook: Rulebook, fiscal_years: tuple[int, ...] = ()) -> Pool:
    """What sheets of a rulebook are drawn from: its years, its scales, its texts, and what lies on and beside its boundaries."""
    years = fiscal_years or years_of(rulebook)
    ends = dict.fromkeys(boundary_values(rulebook))
    for year in years:
        ends.update(dict.fromkeys(threshold_values(rulebook, year)))
    texts = texts_of(rulebook)
    recorded = []
    for name in RESULTS:
        scale = rulebook.scales.get(name)
        recorded.append((None, *scale.values, "外の値") if scale is not None else (None, "A"))
    factors = tuple(end for end in ends if abs(end) <= 100)
    words = tuple(text for text in texts if text) or ("指標",)
    read = frozenset(
        (term.scope, rulebook.read(term.scope, term.name).row.field)
        for decision in rulebook.decisions
        for term in mentioned(decision)
        if isinstance(term, Figure)
    )
    years_read = any(
        decision.scope == "year"
        or any(isinstance(term, Units) and term.scope == "year" for term in mentioned(decision))
        for decision in rulebook.decisions
    )
    scales = {name: scale.values for name, scale in rulebook.scales.items()}
    return Pool(
        authority=rulebook.authority,
        fiscal_years=years,
        bases=_BASES,
        factors=sides_first((*_FACTORS, *factors)),
        values=tuple(dict.fromkeys((*_BASES, *sides_first(ends)))),
        amounts=tuple(dict.fromkeys((*_AMOUNTS, *sides_first((end for end in ends if abs(end) > 100), Decimal(1))))),
        units=("回", None, "%", *texts),
        money=("円",),
        texts=("指標", *(text for text in texts if text)),
        ratings=recorded[0],
        budgets=recorded[1],
        shares=tuple(dict.fromkeys((*_shares(factors), *_counts(factors)))),
        recorded=tuple((name, (*scales.get(name, words), "外の値")) for name in _RECORDED),
        facts=tuple(rulebook.facts.values()),
        histories=years_read or (YEARS_MISSED.scope, YEARS_MISSED.field) in read,
        read=read,
        years=years_read,
    )


def years_of(rulebook: Rulebook) -> tuple[int, ...]:
    """The evaluated years that are drawn: those in force, the latest first; of an open span those around what it speaks of."""
    first, last = rulebook.first_year, rulebook.last_year
    told = [year for parameter in rulebook.parameters.values() for dated in parameter.dated
            for year in (dated.first, dated.last) if year is not None]  # fmt: skip
    middle = max(told, default=2012)
    low = first if first is not None else min(middle, last if last is not None else middle) - 3
    high = last if last is not None else max(middle, low) + 3
    return tuple(sorted(range(low, high + 1), reverse=True))[:40]


def _shares(values: Sequence[Decimal]) -> list[tuple[int, int]]:
    """For each share that is met by ten measures or fewer: so many of so many, and one more and one fewer."""
    found: dict[tuple[int, int], None] = {}
    for value in values:
        for count in range(2, 11):
            alike = exact.multiply(value, Decimal(count))
            if 0 < value < 1 and exact.whole(alike):
                found.update(dict.fromkeys((max(0, min(count, int(alike) + more)), count) for more in (0, -1, 1)))
                break
    return sorted(found, key=lambda share: share[1])


def _counts(values: Sequence[Decimal]) -> list[tuple[int, int]]:
    """For each count up to ten: so many, one fewer and one more, of just as many measures and of two more."""
    found: dict[tuple[int, int], None] = {}
    for value in values:
        if exact.whole(value) and 1 <= value <= 10:
            for alike in (int(value), int(value) - 1, int(value) + 1):
                found.update(dict.fromkeys(((alike, alike), (alike, alike + 2))) if alike else {})
    return list(found)
