"""Whether a value lies in some of the elementary values by which two tables were compared (compare/boxes.py), as a formula."""

from collections.abc import Sequence
from fractions import Fraction

from hyotei.compare.boxes import Element
from hyotei.proof import formulas as f
from hyotei.proof.formula_nodes import Truth
from hyotei.proof.formulas import conj, disj, neg
from hyotei.proof.guarded_values import GuardedValue, leaf_of


def within(value: GuardedValue, mask: int, elements: Sequence[Element]) -> Truth:
    """Whether a value lies in one of the elementary values of a mask; neighbouring bands are asked for together."""
    found: list[Truth] = []
    run: list[Element] = []
    for at, element in enumerate(elements):
        if element.band is not None and mask >> at & 1:
            run.append(element)
            continue
        if run:
            found.append(_between(value, run[0], run[-1]))
            run = []
        if mask >> at & 1:
            found.append(_other(value, elements) if element.sample == "*" else value.holds(leaf_of(element.sample)))
    if run:
        found.append(_between(value, run[0], run[-1]))
    return disj(*found)


def _between(value: GuardedValue, first: Element, last: Element) -> Truth:
    """Whether a value lies in a run of bands. Spans of years hold their ends; stretches between two end points do not."""
    low, high = first.band, last.band
    assert low is not None
    assert high is not None
    found: list[Truth] = []
    for guard, number in value.numbers:
        above: Truth = True
        below: Truth = True
        if low.low is not None:
            above = f.compared(">=" if low.low == low.sample else ">", number, f.number(Fraction(low.low)))
        if high.high is not None:
            closed = high.low == high.sample
            below = f.compared("<=" if closed else "<", number, f.number(Fraction(high.high)))
        found.append(conj(guard, above, below))
    return disj(*found)


def _other(value: GuardedValue, elements: Sequence[Element]) -> Truth:
    """Whether a value is a text that no cell names."""
    named = [each.sample for each in elements if isinstance(each.sample, str)]
    known = disj(*(guard for guard, leaf in value.cases if isinstance(leaf, str)))
    return conj(known, *(neg(value.holds(each)) for each in named))
