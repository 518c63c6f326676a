"""The admissible inputs: every value that a figure of a sheet can have, as docs/proof.md tells it to analysts.

What a figure can be stands in the table of figures (`rulebook.vocabulary`), what a decision or a term can be is derived from it
(`rulebook.term_domain`). Here this becomes free values of a formula, with what ties figures of one unit together: a direction
follows from the figures where the sheet does not state it, years missed in a row need figures of some year.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from itertools import chain
from typing import Final, get_args

from hyotei.lazy_dataclass import dataclass
from hyotei.proof import formulas as f
from hyotei.proof.formula_nodes import Linear, Truth, Variable
from hyotei.proof.formulas import conj, disj, implies, neg
from hyotei.proof.free_texts import Contents, contents_of
from hyotei.proof.guarded_values import GuardedValue, Leaf, guarded
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.number_intervals import Numbers
from hyotei.rulebook.term_domain import Domains, domains_of
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.types import Dimension, Scope, TextType, dimension_of
from hyotei.rulebook.value_domain import Domain
from hyotei.rulebook.values import REASONS, UNKNOWNS, Scalar, Unknown
from hyotei.rulebook.vocabulary import BY_NAME, STATED, FigureName
from hyotei.sheet.direction import BY_QUALIFIER
from hyotei.sheet.figures import (
    ACTUAL,
    BASELINE,
    DIRECTION,
    TARGET,
    UNITS_AGREE,
    YEARS_MISSED,
    FigureRow,
    QuantityPart,
)
from hyotei.sheet.models import Direction

OTHER_TEXTS: Final = 3
"""At least so many texts that no rule names are told apart, so that those of several figures can be equal or differ."""

_MISSING: Final = Unknown("missing")
_UNREAD: Final = Unknown("unread")


@dataclass(slots=True)
class Inputs:
    """The free figures met so far, and what holds of them whatever their values."""

    rulebook: Rulebook
    assumed: list[Truth] = field(default_factory=list)
    choices: dict[str, GuardedValue] = field(default_factory=dict)
    numbers: dict[str, Linear] = field(default_factory=dict)
    figures: dict[str, FigureName] = field(default_factory=dict)
    """The figures among them, by their place: the key of the unit and the name of the figure."""
    texts: tuple[str, ...] = ()
    contents: Contents = field(default_factory=Contents)
    ends: bool = False
    dimensions: "dict[str, Dimension]" = field(default_factory=dict)
    """Of free numbers that stand for derived values: what they count."""
    asked: "set[tuple[Scope, str]]" = field(default_factory=set)
    """The figures that were asked for by their names, whatever else hangs on them."""
    domains: Domains = field(init=False)

    def __post_init__(self) -> None:
        self.domains = domains_of(self.rulebook)
        named: set[str] = set(self.texts)
        looked_for: list[t.HasText] = []
        held: set[tuple[Scope, str]] = set()
        for decision in self.rulebook.decisions:
            for term in mentioned(decision):
                if isinstance(term, t.Figure):
                    self.ends = self.ends or self.rulebook.read(term.scope, term.name).row.end
                    held.add((term.scope, term.name))
                elif isinstance(term, t.HasText):
                    looked_for.append(term)
                for value in _constants(term):
                    if isinstance(value, str):
                        named.add(value)
        for parameter in self.rulebook.parameters.values():
            named |= {dated.value for dated in parameter.dated if isinstance(dated.value, str)}
        others = max(OTHER_TEXTS, sum(isinstance(self.rulebook.read(*each).type, TextType) for each in held))
        self.contents = contents_of(looked_for)
        unnamed = chain.from_iterable(self.contents.others(str(number)) for number in range(1, others + 1))
        self.texts = (*sorted(named - {""}), *unnamed)

    # -- building blocks

    def number(self, name: str, whole: bool = False) -> Linear:
        """A free number."""
        found = self.numbers.get(name)
        if found is None:
            found = self.numbers[name] = f.term(Variable(name, whole))
        return found

    def within(self, name: str, numbers: Numbers) -> Linear:
        """A free number of an interval; asked again under the name, the same one."""
        fresh = name not in self.numbers
        number = self.number(name, numbers.whole)
        if fresh and numbers.low is not None:
            self.assumed.append(f.compared(">=", number, f.number(numbers.low)))
        if fresh and numbers.high is not None:
            self.assumed.append(f.compared("<=", number, f.number(numbers.high)))
        return number

    def choice(self, name: str, options: Sequence[Leaf]) -> GuardedValue:
        """A free choice of outcomes; asked again under the name, the same choice."""
        found = self.choices.get(name)
        if found is None:
            found = self.choices[name] = guarded(zip(self.one_of(name, len(options)), options, strict=True))
        return found

    def one_of(self, name: str, count: int) -> list[Truth]:
        """As many truths, of which exactly one is true."""
        if count == 1:
            return [True]
        if count == 2:
            first: Truth = f.switch(f"{name}?0")
            return [first, neg(first)]
        found: list[Truth] = [f.switch(f"{name}?{number}") for number in range(count)]
        self.assumed.append(disj(*found))
        self.assumed.extend(neg(conj(one, other)) for at, one in enumerate(found) for other in found[:at])
        return found

    def free(self, place: str, domain: Domain, dimension: Dimension | None = None) -> GuardedValue:
        """A free value of a domain; `dimension` tells which numbers are round."""
        if place in self.choices:
            return self.choices[place]
        if dimension is not None:
            self.dimensions[place] = dimension
        leaves: list[Leaf] = []
        if domain.numbers is not None and domain.numbers.listed is not None:
            leaves += map(f.number, sorted(domain.numbers.listed))
        elif domain.numbers is not None:
            leaves.append(self.within(place, domain.numbers))
        if domain.texts:
            figure = self.figures.get(place)
            # A fact without any text is missing.
            blank = [] if figure is not None and figure.row.declared else [""]
            leaves += [*blank, *self.own_texts(place)]
        leaves += (each for each in domain.named if each not in leaves)
        leaves += (each for each in UNKNOWNS if each.reason in domain.unknown)
        return self.choice(place, leaves or [Unknown("undefined")])

    # -- figures

    def figure(self, scope: Scope, key: str, name: str) -> GuardedValue:
        """The free figure of a unit; `key` names the unit."""
        self.asked.add((scope, name))
        of = self.rulebook.read(scope, name)
        row, place = of.row, f"{key}.{name}"
        self.figures[place] = of
        if place not in self.choices or row.end:
            tied = _TIED.get((scope, name))
            if tied is not None:
                return tied(self, key)
            if row.end:
                return self.end(f"{key}.{row.field}", row.part)
            if row.quantity:
                return self.quantity(place)
        return self.free(place, self.domains.figure(scope, name), dimension_of(of.type) if row.declared else None)

    def stated(self, key: str, row: FigureRow) -> GuardedValue:
        """A quantity on which another figure of the unit hangs."""
        place = f"{key}.{row.path}"
        self.figures[place] = BY_NAME[row.scope, row.path]
        return self.quantity(place)

    def own_texts(self, place: str) -> list[str]:
        """The texts that rules name, some that none names, and one that no other figure has."""
        return [*self.texts, *self.contents.others(place)]

    def quantity(self, place: str) -> GuardedValue:
        """A figure with a value, or unknown for any reason; a printed range is unknown(undefined) and has two ends."""
        found = self.choices.get(place)
        if found is None:
            value = self.within(place, STATED)
            guards = self.one_of(place, len(REASONS) + 1 + self.ends)
            leaves = (value, *UNKNOWNS, *((Unknown("undefined"),) if self.ends else ()))
            self.choices[f"{place}#range"] = guarded(((guards[-1] if self.ends else False, True), (True, False)))
            found = self.choices[place] = guarded(zip(guards, leaves, strict=True))
        return found

    def ranged(self, place: str) -> Truth:
        """Whether the quantity is a printed range."""
        self.quantity(place)
        return self.choices[f"{place}#range"].cases[0][0] if self.ends else False

    def end(self, place: str, part: QuantityPart | None) -> GuardedValue:
        """One end of the quantity of that place, which is its value where it is no range."""
        value, ranged = self.quantity(place), self.ranged(place)
        low, high = self.within(f"{place}.low", STATED), self.within(f"{place}.high", STATED)
        if f"{place}#ends" not in self.choices:
            self.choices[f"{place}#ends"] = guarded(())
            self.assumed.append(f.compared("<=", low, high))
        cases: list[tuple[Truth, Leaf]] = [(ranged, low if part == "low" else high)]
        cases += [(conj(guard, neg(ranged)), leaf) for guard, leaf in value.cases]
        return guarded(cases)

    def direction(self, key: str) -> GuardedValue:
        """Any direction, which the sheet may state; unknown only where it neither states it nor shows it."""
        place = f"{key}.{DIRECTION.path}"
        found = self.choices.get(place)
        if found is None:
            guards = self.one_of(place, 4)
            target, baseline = self.stated(key, TARGET), self.stated(key, BASELINE)
            qualifier = self.figure(TARGET.scope, key, TARGET.with_part("qualifier"))
            zero = [f.compared("=", number, f.ZERO) for _, number in target.numbers]
            level = [f.compared("=", number, f.ZERO) for _, number in baseline.numbers]
            silent = disj(target.unknown, conj(*zero, disj(baseline.unknown, *level)))
            self.assumed.append(
                implies(guards[3], conj(silent, *(neg(qualifier.holds(each)) for each in BY_QUALIFIER)))
            )
            cases: list[tuple[Truth, Leaf]] = list(zip(guards[:3], get_args(Direction), strict=True))
            cases.append((conj(guards[3], target.known), _MISSING))
            cases += [(conj(guards[3], guard), leaf) for guard, leaf in target.cases if isinstance(leaf, Unknown)]
            found = self.choices[place] = guarded(cases)
        return found

    def units_agree(self, key: str) -> GuardedValue:
        """Units can only differ where target and actual are both figures."""
        place = f"{key}.{UNITS_AGREE.path}"
        found = self.choices.get(place)
        if found is None:
            found = self.choice(place, (True, False))
            target, actual = self.stated(key, TARGET), self.stated(key, ACTUAL)
            units = [self.figure(each.scope, key, each.with_part("unit")) for each in (TARGET, ACTUAL)]
            stated = [neg(unit.holds("")) for unit in units]
            same = disj(*(conj(guard, units[1].holds(leaf)) for guard, leaf in units[0].cases))
            differ = conj(target.known, actual.known, *stated, neg(same))
            self.assumed += [implies(found.false, differ), implies(differ, found.false)]
        return found

    def years_missed(self, key: str) -> GuardedValue:
        """How many years in a row were missed, which figures of other years tell: any number where a direction is known.

        It is unknown only where the direction is, or where neither the evaluated year nor, by choice, any other tells both figures.
        """
        place = f"{key}.{YEARS_MISSED.path}"
        found = self.choices.get(place)
        if found is None:
            found = self.free(place, self.domains.figure(YEARS_MISSED.scope, YEARS_MISSED.path))
            way = self.figure(DIRECTION.scope, key, DIRECTION.path)
            told = conj(*(self.stated(key, each).known for each in (TARGET, ACTUAL)))
            self.assumed += [implies(found.known, way.known), implies(found.unknown, neg(conj(way.known, told)))]
        return found

    # -- what other decisions give

    def decided(self, decision: Decision, output: str, place: str) -> GuardedValue:
        """An output of a decision taken as free: anything that it could possibly give."""
        of = next(each.type for each in decision.outputs if each.name == output)
        return self.free(place, self.domains.outputs[decision.name, output], dimension_of(of))


_Tie = Callable[[Inputs, str], GuardedValue]
_TIES: tuple[tuple[FigureRow, _Tie], ...] = (
    (DIRECTION, Inputs.direction),
    (UNITS_AGREE, Inputs.units_agree),
    (YEARS_MISSED, Inputs.years_missed),
)
_TIED: Final = {(row.scope, row.path): tie for row, tie in _TIES}
"""What ties the derived figures to others of their unit. One that is not here is free within its domain."""


def _constants(term: object) -> Iterable[Scalar]:
    if isinstance(term, t.Constant):
        yield term.value
    elif isinstance(term, t.OneOf):
        yield from term.values
