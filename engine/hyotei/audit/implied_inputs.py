"""The inputs of a draft: decisions of a rulebook and facts that it declares, which way is better, and where bands may begin."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from hyotei.audit.input_orientation import oriented
from hyotei.audit.ranked_values import rankable, ranked, value_of
from hyotei.audit.rating_consistency import Wish
from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.terms import Decided, Figure
from hyotei.rulebook.types import NumberType, Type
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet
from hyotei.sheet.facts import fact_of

_MOST_LIMITS: Final = {1: 60, 2: 20, 3: 8, 4: 5}
"""How many limits are proposed for each of so many inputs."""
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class ImpliedInput:
    """An input: a decision for the sheet, or a fact of it, with its type, and whether more of it is better."""

    name: str
    title: str
    type: Type
    rises: bool
    is_fact: bool

    @property
    def dimension(self) -> str:
        """Of a number what it measures."""
        return self.type.dimension if isinstance(self.type, NumberType) else "plain"

    def rank(self, value: Scalar | None) -> Decimal | None:
        """A value as a number that is the greater the better; None where it is unknown."""
        return None if value is None else ranked(value, self.type, self.rises)

    def of(self, rulebook: Rulebook, sheet: Sheet, derivation: Derivation) -> Decimal | None:
        """The rank of a sheet."""
        if self.is_fact:
            return self.rank(rulebook.facts[self.name].value(fact_of(sheet.facts, self.name)))
        return self.rank(derivation.value(self.name))

    def value(self, rank: Decimal) -> Scalar:
        """The value of a rank."""
        return value_of(rank, self.type, self.rises)


def inputs_of(rulebook: Rulebook, output: str, wished: Sequence[Wish]) -> Iterator[ImpliedInput]:
    """The inputs that a user wishes; by default those of the rulebook's table for the output whose direction can be told.

    Raises:
        HyoteiError: there is no such input, or none at all (HY996).
    """
    possible = {
        each.name: (each.title, each.outputs[0].type, False)
        for each in rulebook.decisions
        if each.scope == "sheet" and not each.audit and each.name != output and rankable(each.outputs[0].type)
    }
    possible |= {
        each.name: (each.label, each.type, True)
        for each in rulebook.facts.values()
        if each.scope == "sheet" and rankable(each.type)
    }
    if not wished:
        wished = [each for each in _of_table(rulebook, output) if each.name in possible]
    names = ", ".join(possible) or "-"
    if not wished:
        raise HyoteiError(Diagnostic("HY996", params={"name": "--inputs", "names": names}))
    for wish in wished:
        found = next((name for name, of in possible.items() if wish.name in (name, of[0])), None)
        if found is None:
            raise HyoteiError(Diagnostic("HY996", params={"name": wish.name, "names": names}))
        title, kind, is_fact = possible[found]
        yield ImpliedInput(found, title or found, kind, wish.rises, is_fact)


def _of_table(rulebook: Rulebook, output: str) -> Iterator[Wish]:
    """The decisions and facts among the columns of the table that decides the output."""
    decision = rulebook.by_name.get(output)
    if decision is None or not isinstance(decision.body, Table):
        return
    for each in oriented(rulebook, output, rulebook.last_year or rulebook.first_year or 0)[0]:
        match decision.body.inputs[each.column].term:
            case Decided(_, name, _) | Figure("sheet", name):
                yield Wish(name, each.rises)


def limits_of(
    inputs: Sequence[ImpliedInput], ranks: Sequence[Sequence[Decimal]], given: Mapping[str, Sequence[Decimal]]
) -> list[list[Decimal]]:
    """For each input where bands may begin, as ranks, ascending: those given, else such as the ranks of the sheets propose.

    Raises:
        HyoteiError: limits are given for something that is no input (HY996), or whose values are no numbers (HY894).
    """
    by_name = {name: each for each in inputs for name in (each.title, each.name)}
    for name in given:
        if name not in by_name:
            raise HyoteiError(
                Diagnostic("HY996", params={"name": name, "names": ", ".join(each.name for each in inputs)})
            )
        if not isinstance(by_name[name].type, NumberType):
            raise HyoteiError(Diagnostic("HY894", params={"name": name}))
    most = _MOST_LIMITS.get(len(inputs), _FEWEST)
    found = []
    for each, own in zip(inputs, zip(*ranks, strict=True), strict=True):
        stated = given.get(each.name, given.get(each.title))
        if stated is None:
            found.append(proposed(sorted(own), each.dimension, most))
        else:
            found.append(sorted({rank for limit in stated if (rank := each.rank(limit)) is not None}))
    return found


def proposed(values: Sequence[Decimal], dimension: str, most: int) -> list[Decimal]:
    """Round limits for ranks in ascending order, at most so many, about as many sheets between each and the next.

    Limits are rounded so that the sheets at a limit are within it; those that part no sheets are left out.
    """
    distinct = sorted({_rounded(value, dimension) for value in values})
    if len(distinct) > most:
        positions = [len(values) * part // (most + 1) for part in range(1, most + 1)]
        distinct = sorted({_rounded(values[position], dimension) for position in positions})
    lowest = values[0]
    return [limit for limit in distinct if limit > lowest]


def _rounded(rank: Decimal, dimension: str) -> Decimal:
    """Down to a round number: five per cent, two digits of an amount, else as it is."""
    if dimension == "ratio":
        return exact.multiply(exact.round_to(exact.multiply(rank, Decimal(20)), 0, "floor"), Decimal("0.05"))
    if dimension == "money" and rank:
        digits = rank.adjusted() - 1
        return exact.round_to(rank, -digits, "floor") if digits > 0 else rank
    return rank
