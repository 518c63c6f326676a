"""The fiscal years in which two rulebooks are both in force, in spans within which no parameter changes."""

from hyotei.compare.edits import terms_of
from hyotei.compare.term_rewriting import parameters_of
from hyotei.rulebook.model import Rulebook
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR


def common_years(old: Rulebook, new: Rulebook) -> tuple[int, int] | None:
    """First and last year that both rulebooks are for; None where there is none."""
    first = max(book.first_year or FIRST_YEAR for book in (old, new))
    last = min(book.last_year or LAST_YEAR for book in (old, new))
    return (first, last) if first <= last else None


def spans(old: Rulebook, new: Rulebook, name: str) -> list[tuple[int, int]]:
    """The common years in spans within which every parameter of both versions of a decision has one value."""
    years = common_years(old, new)
    assert years is not None, "rulebooks without a common year are not compared"
    first, last = years
    starts = {first}
    for book in (old, new):
        for parameter in parameters_of(terms_of(book.by_name[name])):
            # The other rulebook's value counts as well, where one edit is undone.
            for each in (old, new):
                value = each.parameters.get(parameter)
                for dated in value.dated if value is not None else ():
                    starts |= {dated.first or first, (dated.last + 1) if dated.last is not None else first}
    found = sorted(year for year in starts if first <= year <= last)
    return [(start, end - 1) for start, end in zip(found, [*found[1:], last + 1], strict=True)]
