"""What names can mean in a rulebook, and what a mistyped one probably meant."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import field
from functools import lru_cache

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Phrase, phrase
from hyotei.rulebook import terms as t
from hyotei.rulebook.former_names import FORMER_NAMES
from hyotei.rulebook.model import Output, ParameterValue
from hyotei.rulebook.parser import parse_output
from hyotei.rulebook.syntax import Number
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.types import ANY, MONEY, NUMBER, RATIO, YEAR, NumberType, ScaleType, Scope, Type, settled
from hyotei.rulebook.vocabulary import BUILT_IN_LABELS, BUILT_IN_SCALES, FIGURES, LISTS, DeclaredFact, ancestry, figure


@dataclass(slots=True)
class DecisionName:
    """A decision as others see it. `outputs` finds its types when first asked, which may ask other decisions first."""

    name: str
    scope: Scope
    outputs: Callable[[], tuple[Output, ...]]
    readable: bool = True
    title: str = ""


@dataclass(slots=True)
class Names:
    """All names of one rulebook."""

    scales: dict[str, ScaleType] = field(default_factory=lambda: {scale.name: scale for scale in BUILT_IN_SCALES})
    parameters: dict[str, ParameterValue] = field(default_factory=dict)
    decisions: dict[str, DecisionName] = field(default_factory=dict)
    facts: dict[str, DeclaredFact] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    """What the values of declared scales mean in words."""
    beside: dict[str, set[NumberType]] = field(default_factory=dict)
    """The kinds of numbers that each parameter without a unit is held against."""

    def held_against(self, term: t.Term, of: NumberType, other: NumberType) -> None:
        """Notes that a number is held against one of another kind, for the parameters without a unit in it."""
        if of != NUMBER or other == NUMBER:
            return
        match term:
            case t.Parameter(name):
                self.beside.setdefault(name, set()).add(other)
            case t.Negation(operand) | t.Absolute(operand) | t.Rounded(_, operand, _):
                self.held_against(operand, of, other)
            case t.Calculation("+" | "-", left, right) | t.Choice(_, left, right):
                self.held_against(left, of, other)
                self.held_against(right, of, other)
            case t.Aggregate(_, tuple() as items):
                for item in items:
                    self.held_against(item, of, other)
            case _:
                pass

    def kind_of(self, parameter: ParameterValue) -> Type:
        """The kind of a parameter: one without a unit is a ratio, money or a year where it is held against such alone."""
        (kind, *others) = self.beside.get(parameter.name, {NUMBER})
        return (
            kind
            if parameter.type == NUMBER and not others and kind in (RATIO, MONEY, YEAR)
            else settled(parameter.type)
        )

    def value_of(self, scale: ScaleType, written: str) -> str | None:
        """The value of a scale that is meant, half or full width."""
        if written in scale.values:
            return written
        plain = folded(written)
        return next((value for value in scale.values if folded(value) == plain), None)

    def numbered(self, scale: ScaleType, written: Number) -> str | None:
        """The value of a scale such as 5, 4, 3 that is meant by a number."""
        for value in scale.values:
            with suppress(SyntaxProblem):
                if value[0].isdigit() and parse_output(value) == written:
                    return value
        return None

    def scales_with(self, written: str) -> list[tuple[ScaleType, str]]:
        """The scales that have such a value."""
        return [
            (scale, value) for scale in self.scales.values() if (value := self.value_of(scale, written)) is not None
        ]

    def called(self, scale: ScaleType, written: str) -> str | None:
        """The value of a built-in scale by what it is called in Japanese: 減少 of the scale direction."""
        if scale not in BUILT_IN_SCALES:
            return None
        labels = BUILT_IN_LABELS.get(scale.name, {})
        return next((value for value, label in labels.items() if folded(label) == folded(written)), None)

    def scales_calling(self, written: str) -> list[tuple[ScaleType, str]]:
        """The built-in scales that call a value so; asked where no scale has such a value itself."""
        return [(scale, value) for scale in self.scales.values() if (value := self.called(scale, written)) is not None]

    def decision(self, scope: Scope, name: str) -> DecisionName | None:
        """The decision of that name made for that scope."""
        found = self.decisions.get(name)
        return found if found is not None and found.scope == scope else None

    def figure(self, scope: Scope, name: str) -> tuple[str, Type] | None:
        """The figure or declared fact of that scope: its own name and its type. A fact may be called by its label."""
        known = figure(scope, name)
        if known is not None:
            return known.name, known.type
        name = FORMER_NAMES.get(name, name)
        for fact in self.facts.values():
            if fact.scope == scope and name in (fact.name, fact.label):
                return fact.name, fact.type
        return None

    def visible(self, scope: Scope) -> Iterator[str]:
        """Every name that may be written at a scope, innermost first."""
        for each in ancestry(scope):
            yield from (figure.name for figure in FIGURES if figure.scope == each)
            yield from (fact.name for fact in self.facts.values() if fact.scope == each)
            yield from (decision.name for decision in self.decisions.values() if decision.scope == each)
        yield from LISTS
        yield from self.parameters

    def special(self) -> tuple[str, ...]:
        """Values of scales that the lexer would take apart, such as `A'` and `S+`, longest first."""
        return _special(tuple(self.scales.values()))


@lru_cache(maxsize=16)
def _special(scales: tuple[ScaleType, ...]) -> tuple[str, ...]:
    # Asked for with every cell of a rulebook.
    odd = {folded(value) for scale in scales for value in scale.values if not _plain(folded(value))}
    return tuple(sorted(odd, key=lambda value: (-len(value), value)))


def _plain(value: str) -> bool:
    if value[0].isdigit():
        # 5, 4, 3 stay numbers; where a value of the scale is expected they mean it.
        with suppress(SyntaxProblem):
            return isinstance(parse_output(value), Number)
        return False
    # A letter and digits would be read as a year of an era (R6), a word ending in 以上 as a comparison.
    return value.isidentifier() and value.isascii() and not any(character.isdigit() for character in value)


def suggestion(written: str, known: Iterable[str]) -> Phrase | str:
    """`「attainment」のことですか` for a name that is nearly one that exists; nothing otherwise."""
    from difflib import get_close_matches  # needed for mistakes only

    by_small = {name.lower(): name for name in known}
    close = get_close_matches(written.lower(), by_small, 1, 0.6)
    if not close:
        return ""
    found = by_small[close[0]]
    return phrase("names_and_types.did_you_mean", name=found)


def any_outputs(name: str) -> tuple[Output, ...]:
    """The outputs of a decision that is itself wrong, so that its readers are not told about it again."""
    return (Output(name, ANY),)
