"""The admissible inputs: every value that a figure of a sheet can have, as docs/proof.md tells it to analysts.

This is what the models of a sheet let in and the readers can bring: any amount may be negative or zero, every quantity may be
unknown for every reason, a direction follows from the figures where the sheet does not state it. What is proved over these
inputs holds for every sheet that can be read. What decisions give is narrower, and `decided` frees it within its type.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from hyotei.proof import formulas as f
from hyotei.proof.formulas import Linear, Truth, Variable, conj, disj, implies, neg
from hyotei.proof.values import Leaf, Value, guarded, leaf_of
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.types import COUNT, BooleanType, Dimension, NumberType, ScaleType, Scope, TextType, Type
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.rulebook.vocabulary import BY_NAME, figure
from hyotei.rulebook.walk import may_be_unknown, mentioned
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR
from hyotei.sheet.numerals import WHOLE_DIGITS

UNKNOWNS: Final = tuple(Unknown(reason) for reason in REASONS)
LARGEST: Final = 10**WHOLE_DIGITS
"""No figure of a sheet reaches this."""
OTHER_TEXTS: Final = 3
"""At least so many texts that no rule names are told apart, so that those of several figures can be equal or differ."""

_QUALIFIERS: Final = ("以上", "以下", "未満", "超", "程度", "約", "なし")
_DIRECTED: Final = ("以上", "以下", "未満", "超")
_UNKNOWN_DIRECTION: Final = Unknown("missing")


@dataclass(slots=True)
class Inputs:
    """The free figures met so far, and what holds of them whatever their values."""

    rulebook: Rulebook
    assumed: list[Truth] = field(default_factory=list)
    choices: dict[str, Value] = field(default_factory=dict)
    numbers: dict[str, Linear] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    ends: bool = False
    dimensions: "dict[str, Dimension]" = field(default_factory=dict)
    """Of free numbers that stand for derived values: what they count."""
    held: "set[tuple[Scope, str]]" = field(default_factory=set)
    """The figures that the rulebook reads."""

    def __post_init__(self) -> None:
        named: set[str] = set(self.texts)
        for decision in self.rulebook.decisions:
            for term in mentioned(decision):
                if isinstance(term, t.Figure):
                    self.ends = self.ends or term.name.endswith((".low", ".high"))
                    self.held.add((term.scope, term.name))
                for value in _constants(term):
                    if isinstance(value, str):
                        named.add(value)
        for parameter in self.rulebook.parameters.values():
            named |= {dated.value for dated in parameter.dated if isinstance(dated.value, str)}
        others = max(OTHER_TEXTS, sum(isinstance(BY_NAME[each].type, TextType) for each in self.held))
        self.texts = (*sorted(named - {""}), *(f"*{number}" for number in range(1, others + 1)))

    # -- building blocks

    def number(self, name: str, whole: bool = False) -> Linear:
        """A free number."""
        found = self.numbers.get(name)
        if found is None:
            found = self.numbers[name] = f.term(Variable(name, whole))
        return found

    def choice(self, name: str, options: Sequence[Leaf]) -> Value:
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

    def bounded(self, number: Linear, low: int, high: int) -> Linear:
        """The number, within bounds that all of its kind have."""
        self.assumed.append(f.compared(">=", number, f.number(low)))
        self.assumed.append(f.compared("<=", number, f.number(high)))
        return number

    def stated(self, number: Linear) -> None:
        """The number has no more digits before the point than a figure of a sheet may have."""
        self.assumed.append(f.compared(">", number, f.number(-LARGEST)))
        self.assumed.append(f.compared("<", number, f.number(LARGEST)))

    # -- figures

    def figure(self, scope: Scope, key: str, name: str) -> Value:
        """The free figure of a unit; `key` names the unit."""
        base, _, part = name.partition(".")
        of = figure(scope, name)
        assert of is not None, f"{scope} has no figure {name}"
        place = f"{key}.{name}"
        if name == "direction":
            return self.direction(key)
        if name == "units_agree":
            return self.units_agree(key)
        if part in ("low", "high"):
            return self.end(f"{key}.{base}", part)
        if part == "qualifier":
            return self.choice(place, _QUALIFIERS)
        if part == "fiscal_year":
            return self.year(place, missing=True)
        if name == "fiscal_year":
            return self.sheet_year() if scope == "sheet" else self.year(place, missing=False)
        if of.type == COUNT:
            return self.counted(place)
        if name.startswith("recorded.") and not isinstance(of.type, NumberType):
            return self.recorded(place, part)
        if name.startswith("outline."):
            return self.choice(place, ("", *self.own_texts(place), Unknown("missing")))
        if isinstance(of.type, TextType):
            return self.choice(place, ("", *self.own_texts(place)))
        if isinstance(of.type, ScaleType):
            missing = () if name == "basis" else (Unknown("missing"),)
            return self.choice(place, (*of.type.values, *missing))
        if isinstance(of.type, BooleanType):
            return self.choice(place, (True, False, Unknown("missing")))
        return self.quantity(place)

    def own_texts(self, place: str) -> list[str]:
        """The texts that rules name, some that none names, and one that no other figure has."""
        return [*self.texts, f"*{place}"]

    def quantity(self, place: str) -> Value:
        """A figure with a value, or unknown for any reason; a printed range is unknown(undefined) and has two ends."""
        found = self.choices.get(place)
        if found is None:
            value = self.number(place)
            guards = self.one_of(place, len(REASONS) + 1 + self.ends)
            leaves = (value, *UNKNOWNS, *((Unknown("undefined"),) if self.ends else ()))
            self.stated(value)
            self.choices[f"{place}#range"] = guarded(((guards[-1] if self.ends else False, True), (True, False)))
            found = self.choices[place] = guarded(zip(guards, leaves, strict=True))
        return found

    def ranged(self, place: str) -> Truth:
        """Whether the quantity is a printed range."""
        self.quantity(place)
        return self.choices[f"{place}#range"].cases[0][0] if self.ends else False

    def end(self, place: str, part: str) -> Value:
        value, ranged = self.quantity(place), self.ranged(place)
        low, high = self.number(f"{place}.low"), self.number(f"{place}.high")
        if f"{place}#ends" not in self.choices:
            self.choices[f"{place}#ends"] = guarded(())
            self.assumed.append(f.compared("<=", low, high))
            self.stated(low)
            self.stated(high)
        cases: list[tuple[Truth, Leaf]] = [(ranged, low if part == "low" else high)]
        cases += [(conj(guard, neg(ranged)), leaf) for guard, leaf in value.cases]
        return guarded(cases)

    def year(self, place: str, missing: bool) -> Value:
        """A fiscal year."""
        number = self.number(place, whole=True)
        if place not in self.choices:
            self.bounded(number, FIRST_YEAR, LAST_YEAR)
            leaves: tuple[Leaf, ...] = (number, Unknown("missing")) if missing else (number,)
            self.choices[place] = guarded(zip(self.one_of(place, len(leaves)), leaves, strict=True))
        return self.choices[place]

    def sheet_year(self) -> Value:
        """The evaluated fiscal year: one for which the rulebook is in force."""
        if "sheet.fiscal_year" not in self.choices:
            first = max(self.rulebook.first_year or FIRST_YEAR, FIRST_YEAR)
            last = min(self.rulebook.last_year or LAST_YEAR, LAST_YEAR)
            number = self.number("sheet.fiscal_year", whole=True)
            self.bounded(number, first, last)
            self.choices["sheet.fiscal_year"] = guarded(((True, number),))
        return self.choices["sheet.fiscal_year"]

    def counted(self, place: str) -> Value:
        """How many there are of something, or unknown(missing) where the sheet does not tell."""
        number = self.number(place, whole=True)
        if place not in self.choices:
            self.assumed.append(f.compared(">=", number, f.ZERO))
        return self.choice(place, (number, Unknown("missing")))

    def recorded(self, place: str, name: str) -> Value:
        """What the sheet states; outside the rulebook's scale it is unknown(undefined)."""
        scale = self.rulebook.scales.get(name)
        if scale is None:
            return self.choice(place, ("", *self.own_texts(place), Unknown("missing")))
        return self.choice(place, (*scale.values, Unknown("missing"), Unknown("undefined")))

    def direction(self, key: str) -> Value:
        """Any direction, which the sheet may state; unknown only where it neither states it nor shows it."""
        place = f"{key}.direction"
        found = self.choices.get(place)
        if found is None:
            guards = self.one_of(place, 4)
            target, baseline = self.quantity(f"{key}.target"), self.quantity(f"{key}.baseline")
            qualifier = self.figure("measure", key, "target.qualifier")
            zero = [f.compared("=", number, f.ZERO) for _, number in target.numbers]
            level = [f.compared("=", number, f.ZERO) for _, number in baseline.numbers]
            silent = disj(target.unknown, conj(*zero, disj(baseline.unknown, *level)))
            self.assumed.append(implies(guards[3], conj(silent, *(neg(qualifier.holds(each)) for each in _DIRECTED))))
            cases: list[tuple[Truth, Leaf]] = list(zip(guards[:3], ("increase", "decrease", "maintain"), strict=True))
            cases.append((conj(guards[3], target.known), _UNKNOWN_DIRECTION))
            cases += [(conj(guards[3], guard), leaf) for guard, leaf in target.cases if isinstance(leaf, Unknown)]
            found = self.choices[place] = guarded(cases)
        return found

    def units_agree(self, key: str) -> Value:
        """Units can only differ where target and actual are both figures."""
        place = f"{key}.units_agree"
        found = self.choices.get(place)
        if found is None:
            found = self.choice(place, (True, False))
            target, actual = self.quantity(f"{key}.target"), self.quantity(f"{key}.actual")
            units = [self.figure("measure", key, f"{name}.unit") for name in ("target", "actual")]
            stated = [neg(unit.holds("")) for unit in units]
            same = disj(*(conj(guard, units[1].holds(leaf)) for guard, leaf in units[0].cases))
            differ = conj(target.known, actual.known, *stated, neg(same))
            self.assumed += [implies(found.false, differ), implies(differ, found.false)]
        return found

    # -- what other decisions give

    def decided(self, decision: Decision, output: str, place: str) -> Value:
        """An output of a decision taken as free: anything that it could possibly give."""
        found = self.choices.get(place)
        if found is None:
            leaves = _outcomes(self.rulebook, decision, output)
            if leaves is not None:
                return self.choice(place, leaves)
            of = next(each for each in decision.outputs if each.name == output).type
            found = self.free(place, of, _may_be_unknown(self.rulebook, decision))
        return found

    def free(self, place: str, of: Type, unknown: bool = True) -> Value:
        """A free value of a type."""
        unknowns = UNKNOWNS if unknown else ()
        match of:
            case NumberType(dimension):
                number = self.number(place, whole=dimension in ("year", "count"))
                self.dimensions[place] = dimension
                if dimension == "count" and place not in self.choices:
                    self.assumed.append(f.compared(">=", number, f.ZERO))
                return self.choice(place, (number, *unknowns))
            case BooleanType():
                return self.choice(place, (True, False, *unknowns))
            case ScaleType(_, values, _):
                return self.choice(place, (*values, *unknowns))
            case TextType():
                return self.choice(place, ("", *self.own_texts(place), *unknowns))
            case _:
                return self.choice(place, unknowns or (Unknown("undefined"),))


def _constants(term: object) -> Iterable[Scalar]:
    if isinstance(term, t.Constant):
        yield term.value
    elif isinstance(term, t.OneOf):
        yield from term.values


def _outcomes(rulebook: Rulebook, decision: Decision, output: str) -> tuple[Leaf, ...] | None:
    """The outcomes of an output that is written out in every row; None where it is computed."""
    body = decision.body
    if not isinstance(body, Table) or body.policy not in ("U", "A", "F", "P"):
        return None
    at = [each.name for each in decision.outputs].index(output)
    found: dict[Leaf, None] = {}
    for row in body.rows:
        term = row.outputs[at]
        if isinstance(term, t.Constant):
            found[leaf_of(term.value)] = None
        elif isinstance(term, t.InputUnknown):
            found.update(dict.fromkeys(UNKNOWNS))
        elif isinstance(term, t.Decided):
            of = rulebook.by_name[term.decision].outputs
            inner = next(each.type for each in of if each.name == term.output)
            if not isinstance(inner, ScaleType):
                return None
            found.update(dict.fromkeys((*inner.values, *UNKNOWNS)))
        else:
            return None
    # A gap, a conflict or an undecided row leaves the output unknown.
    found.update(dict.fromkeys(UNKNOWNS))
    return tuple(sorted(found, key=_leaf_order))


def _leaf_order(leaf: Leaf) -> tuple[int, str]:
    return (1, leaf.reason) if isinstance(leaf, Unknown) else (0, repr(leaf))


def _may_be_unknown(rulebook: Rulebook, decision: Decision) -> bool:
    if not isinstance(decision.body, Formula):
        return True
    uncertain = {each.name for each in rulebook.decisions}
    return may_be_unknown(decision.body.term, uncertain)
