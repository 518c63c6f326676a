"""The fiscal years of a measure on a free sheet, and the figure that follows from them: `hyotei.sheet.year_series` as formulas."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from hyotei.lazy_dataclass import dataclass
from hyotei.proof import formulas as f
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import conj, disj, neg
from hyotei.proof.guarded_values import GuardedValue, Leaf, chosen, guarded
from hyotei.proof.sheet_shapes import Place
from hyotei.rulebook.unit_tree import OF_MEASURE
from hyotei.rulebook.values import Unknown
from hyotei.sheet.figures import ACTUAL, DIRECTION, TARGET, YEAR_OF_YEAR

Figure = Callable[[str, Place], GuardedValue]
"""How a reading reads a figure of a unit."""


def figure_of_year(figure: Figure, name: str, place: Place, found: GuardedValue) -> GuardedValue:
    """A figure of a fiscal year: the measure's where the year is that of its own figures, else `found`."""
    if place.own is False or name not in OF_MEASURE:
        return found
    assert place.parent is not None, "a year of a measure lies in it"
    return chosen(((place.own, figure(name, place.parent)), (neg(place.own), found)))


@dataclass(frozen=True, slots=True)
class _Year:
    """One year: whether it tells target and actual, whether its target was missed, and whether it follows on the one before."""

    told: Truth
    missed: Truth
    follows: Truth


def years_missed(place: Place) -> GuardedValue:
    """How many fiscal years of a measure in a row were missed, back from the latest that tells target and actual.

    It follows from what the sheet states, whatever is taken as given.
    """
    found: list[tuple[Truth, Leaf]] = []
    for guard, way in place.figure(DIRECTION.path).cases:
        if isinstance(way, Unknown):
            found.append((guard, Unknown("missing")))
        else:
            years = _years(place.below("year"), less=way == "decrease")
            found += [(conj(guard, here), leaf) for here, leaf in _runs(years)]
    return guarded(found)


def _stated(name: str, place: Place) -> GuardedValue:
    return figure_of_year(_stated, name, place, place.figure(name))


def _years(places: Sequence[Place], less: bool) -> list[_Year]:
    found: list[_Year] = []
    before: GuardedValue | None = None
    for place in places:
        target, actual, year = (_stated(row.path, place) for row in (TARGET, ACTUAL, YEAR_OF_YEAR))
        sign = ">" if less else "<"
        missed = disj(
            *(
                conj(here, inner, f.compared(sign, reached, aimed))
                for here, aimed in target.numbers
                for inner, reached in actual.numbers
            )
        )
        last = None if before is None else f.add(before.numbers[0][1], f.ONE)
        follows = last is not None and f.compared("=", year.numbers[0][1], last)
        found.append(_Year(conj(place.present, target.known, actual.known), missed, follows))
        before = year
    return found


def _runs(years: Sequence[_Year]) -> list[tuple[Truth, Leaf]]:
    """For each length of the row whether it is that long; unknown (missing) where no year tells both figures."""
    found: list[tuple[Truth, Leaf]] = [(conj(*(neg(year.told) for year in years)), Unknown("missing"))]
    for latest in range(len(years)):
        here = conj(years[latest].told, *(neg(year.told) for year in years[latest + 1 :]))
        for length in range(latest + 2):
            # The years of the row, the latest last: each was missed, and each but the first follows on one that is told.
            row = years[latest - length + 1 : latest + 1]
            joints = (conj(year.follows, before.told) for before, year in pairwise(row))
            held = conj(*(year.missed for year in row), *joints)
            first = latest - length
            goes_on: Truth = False
            if first >= 0:
                joined = True if length == 0 else conj(years[first + 1].follows, years[first].told)
                goes_on = conj(joined, years[first].missed)
            found.append((conj(here, held, neg(goes_on)), f.number(length)))
    return found
