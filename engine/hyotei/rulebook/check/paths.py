"""Names, paths, lists and filters: what they mean at a scope. A wrong part is told once and then fits everything."""

from abc import ABC, abstractmethod
from typing import Self, TypeAlias

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location, Param, phrase
from hyotei.rulebook import syntax as s
from hyotei.rulebook import terms as t
from hyotei.rulebook.check.names import Names, suggestion
from hyotei.rulebook.check.number_kinds import named
from hyotei.rulebook.named_years import LAST, NAMED_YEARS
from hyotei.rulebook.number_words import KANJI_NUMBER, WORD_BEFORE_NUMBER
from hyotei.rulebook.syntax_problem import narrowed
from hyotei.rulebook.types import ANY, BooleanType, ListType, NumberType, ScaleType, Scope, Type, UnitType, words
from hyotei.rulebook.unit_tree import scope_within
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import LISTS, PARENT, ancestry
from hyotei.sheet.figures import RECORDED_SCALES

_LIST_OF: dict[Scope, str] = {scope: name for name, scope in LISTS.items()}


@dataclass(frozen=True, slots=True)
class OneUnit:
    """A single unit picked from a list, waiting for the name of what to read of it."""

    units: t.UnitListing
    position: int


@dataclass(frozen=True, slots=True)
class Here:
    """`sheet`, `objective`: a unit that the current one lies in, waiting for a name."""

    scope: Scope


Resolved: TypeAlias = "t.Term | t.Listing | OneUnit | Here"

THIS = frozenset({"this", "自身"})
"""What the unit is called at which a filter stands, in the filter."""

WRONG = t.Constant(Unknown("undefined"))
"""Stands where nothing sensible was written; the rulebook is refused anyway."""


class Paths(ABC):
    """Names and paths at one scope. Collects problems and the decisions that are read."""

    def __init__(
        self, names: Names, scope: Scope, location: Location, problems: list[Diagnostic], needs: dict[str, None]
    ) -> None:
        self.names, self.scope, self.location, self.problems, self.needs = names, scope, location, problems, needs
        self.filters: Self | None = None
        """Within the condition of a filter, the names at the unit at which the filter stands."""
        self.told_itself = False
        """Whether it has been told that an element is held against itself."""

    @abstractmethod
    def resolve(self, node: s.Expression, expected: Type | None = None) -> tuple[Resolved, Type]:
        """What an expression means."""

    @abstractmethod
    def boolean(self, node: s.Expression) -> t.Term:
        """An expression that must be true or false."""

    def within(self, scope: Scope) -> Self:
        return type(self)(self.names, scope, self.location, self.problems, self.needs)

    def tell(self, code: str, span: s.Span, **params: Param) -> None:
        self.problems.append(Diagnostic(code, narrowed(self.location, span), params))

    # -- names

    def name(self, text: str, span: s.Span, expected: Type | None) -> tuple[Resolved, Type]:
        if isinstance(expected, ScaleType) and (value := self.names.value_of(expected, text)) is not None:
            return t.Constant(value), expected
        found = self.lookup([text])
        if found is not None:
            return self.read(found[0], found[1], span)
        if isinstance(expected, ScaleType) and (value := self.names.called(expected, text)) is not None:
            return t.Constant(value), expected
        if isinstance(expected, ScaleType):
            self.tell("HY503", span, name=text, scale=expected.name, values="、".join(expected.values))
            return WRONG, ANY
        if isinstance(expected, BooleanType):
            self.tell("HY501", span, name=text, hint=phrase("names_and_types.write_truth"))
            return WRONG, ANY
        if text in ancestry(self.scope):
            return Here(text), UnitType(text)
        if (year := self.named_year(text)) is not None:
            return year, UnitType("year")
        scales = self.names.scales_with(text) or self.names.scales_calling(text)
        if len(scales) == 1:
            return t.Constant(scales[0][1]), scales[0][0]
        if scales:
            self.tell("HY504", span, name=text, scales=", ".join(scale.name for scale, _ in scales))
            return WRONG, ANY
        self.unknown_name(text, span)
        return WRONG, ANY

    def read(self, term: Resolved, of: Type, span: s.Span) -> tuple[Resolved, Type]:
        """What a name means, unless it is an audit table, which has findings and no value."""
        if isinstance(term, t.Decided) and not self.names.decisions[term.decision].readable:
            self.tell("HY546", span, name=term.decision)
            return WRONG, ANY
        return term, of

    def unknown_name(self, text: str, span: s.Span) -> None:
        """Tells a name that means nothing at this scope, with what was probably meant."""
        if (below := self.below(text)) is not None:
            scope, mend = below
            self.tell("HY502", span, name=text, scope=words(UnitType(scope)), mend=mend)
            return
        values = [value for scale in self.names.scales.values() for value in scale.values]
        hint = suggestion(text, [*self.names.visible(self.scope), *values])
        before = WORD_BEFORE_NUMBER.match(text)
        if before and not hint:
            self.tell("HY432", span, word=before[1])
        elif KANJI_NUMBER.fullmatch(text) and not hint:
            self.tell("HY433", span, written=text)
        else:
            self.tell("HY501", span, name=text, hint=hint)

    def below(self, text: str) -> tuple[Scope, str] | None:
        """A name that each unit of a list has: the scope of the units, and how the list of it is written."""
        elsewhere = self.names.decisions.get(text)
        if elsewhere is not None and elsewhere.scope not in ancestry(self.scope):
            return elsewhere.scope, f"{_LIST_OF[elsewhere.scope]}.{text}"
        for scope, units in _LIST_OF.items():
            if scope not in ancestry(self.scope) and self.names.figure(scope, text):
                return scope, f"{units}.{text}"
        return None

    def lookup(self, parts: list[str]) -> tuple[Resolved, Type, int] | None:
        """What the first parts of a path mean, how many were used, longest first; None where nothing is so called."""
        for scope in ancestry(self.scope):
            for length in range(len(parts), 0, -1):
                found = self.names.figure(scope, ".".join(parts[:length]))
                if found is not None:
                    name, of = found
                    return t.Figure(scope, name), _named(self.figure_type(name, of)), length
            if (decision := self.names.decision(scope, parts[0])) is not None:
                return self.decided(decision.name, scope, parts)
        if parts[0] in LISTS:
            wanted = LISTS[parts[0]]
            for scope in ancestry(self.scope):
                if scope_within(wanted, scope):
                    return t.Units(wanted, scope), ListType(UnitType(wanted)), 1
        if parts[0] in self.names.parameters:
            return t.Parameter(parts[0]), _named(self.names.parameters[parts[0]].type), 1
        return None

    def figure_type(self, name: str, stated: Type) -> Type:
        """`recorded.rating` is of the rulebook's own scale `rating` where it has one."""
        return self.names.scales.get(RECORDED_SCALES.get(name, ""), stated)

    def decided(self, name: str, scope: Scope, parts: list[str]) -> tuple[Resolved, Type, int]:
        outputs = self.names.decisions[name].outputs()
        self.needs[name] = None
        if len(parts) > 1:
            for output in outputs:
                if output.name == parts[1]:
                    return t.Decided(scope, name, output.name), _named(output.type), 2
        return t.Decided(scope, name, outputs[0].name), _named(outputs[0].type), 1

    def named_year(self, text: str) -> OneUnit | None:
        """`latest` and `previous`: one of the years of a measure."""
        for year in NAMED_YEARS:
            if text in year.names and year.within in ancestry(self.scope):
                return OneUnit(year.units, LAST)
        return None

    # -- paths

    def path(self, node: s.Path) -> tuple[Resolved, Type]:
        parts: list[str] = []
        root: s.Expression = node
        while isinstance(root, s.Path):
            parts.insert(0, root.name)
            root = root.base
        if isinstance(root, s.Name):
            if root.text in THIS and self.lookup([root.text]) is None:
                return self.outer(parts, node.span)
            if root.text in ancestry(self.scope) and self.names.figure(self.scope, root.text) is None:
                held = (
                    root.text == self.scope and self.filters is not None and self.scope in ancestry(self.filters.scope)
                )
                if held and not self.told_itself:
                    self.tell("HY576", root.span)
                    self.told_itself = True
                return self.follow(Here(root.text), UnitType(root.text), parts, node.span)
            found = self.lookup([root.text, *parts])
            if found is None and (year := self.named_year(root.text)) is not None:
                return self.follow(year, UnitType("year"), parts, node.span)
            if found is None and root.text in PARENT:
                ours, mend = words(UnitType(root.text)), f"{_LIST_OF[root.text]}.{parts[0]}"
                self.tell("HY502", node.span, name=f"{root.text}.{parts[0]}", scope=ours, mend=mend)
                return WRONG, ANY
            if found is None:
                self.unknown_name(root.text, root.span)
                return WRONG, ANY
            base, of = self.read(found[0], found[1], root.span)
            return self.follow(base, of, parts[found[2] - 1 :], node.span)
        base, of = self.resolve(root)
        return self.follow(base, of, parts, node.span)

    def follow(self, base: Resolved, of: Type, parts: list[str], span: s.Span) -> tuple[Resolved, Type]:
        """What the parts of a path read of a unit, of every unit of a list, or of every unit below those of a list."""
        while parts and base != WRONG:
            match base:
                case Here(scope):
                    units: t.UnitListing | None = None
                case t.Units() | t.Where():
                    units, scope = base, self.element(base)
                case OneUnit(listing):
                    units, scope = None, self.element(listing)
                case _:
                    self.tell("HY505", span, name=parts[0], found=words(of))
                    return WRONG, ANY
            inner, of, used = self.member(scope, parts, span)
            if inner == WRONG or isinstance(base, Here):
                base = inner
            elif isinstance(inner, t.Units) and units is not None and inner.above == scope:
                base = lower(units, inner.scope)
            elif isinstance(inner, (t.Units, t.Where, t.Each, t.ComparedEach, OneUnit, Here)):
                self.tell("HY506", span, name=parts[0])
                return WRONG, ANY
            elif isinstance(base, OneUnit):
                base = t.At(base.units, base.position, inner)
            else:
                assert units is not None
                assert not isinstance(of, ListType)
                base, of = t.Each(units, inner), ListType(of)
            parts = parts[used:]
        return (WRONG, ANY) if base == WRONG else (base, of)

    def member(self, scope: Scope, parts: list[str], span: s.Span) -> tuple[Resolved, Type, int]:
        """A name of exactly that scope, or of what lies around or below it."""
        inside = self.within(scope)
        found = inside.lookup(parts)
        if found is not None and not isinstance(found[0], t.Parameter):
            return *self.read(found[0], found[1], span), found[2]
        if parts[0] in ancestry(scope)[1:] and len(parts) > 1:
            outer, outer_type, used = self.within(parts[0]).member(parts[0], parts[1:], span)
            return outer, outer_type, used + 1
        if (below := inside.below(parts[0])) is not None:
            self.tell("HY502", span, name=parts[0], scope=words(UnitType(below[0])), mend=below[1])
            return WRONG, ANY, len(parts)
        if len(parts) > 1 and (year := inside.named_year(parts[0])) is not None:
            return *inside.follow(year, UnitType("year"), parts[1:], span), len(parts)
        own = [name for name in self.names.visible(scope) if name not in self.names.parameters]
        self.tell("HY507", span, name=parts[0], scope=words(UnitType(scope)), hint=suggestion(parts[0], own))
        return WRONG, ANY, len(parts)

    @staticmethod
    def element(listing: t.UnitListing) -> Scope:
        while isinstance(listing, t.Where):
            listing = listing.units
        return listing.scope

    def bracket(self, node: s.Bracket) -> tuple[Resolved, Type]:
        base, found = self.resolve(node.base)
        if base == WRONG:
            return WRONG, ANY
        if not isinstance(base, (t.Units, t.Where)):
            self.tell("HY508", node.span, found=words(found))
            return WRONG, ANY
        scope = self.element(base)
        if isinstance(node.inside, s.Number):
            position = node.inside.value
            if position != int(position) or position == 0 or abs(position) > 1000:
                self.tell("HY509", node.inside.span)
                return WRONG, ANY
            return OneUnit(base, int(position)), UnitType(scope)
        inside = self.within(scope)
        inside.filters = self
        return t.Where(base, inside.boolean(node.inside)), found

    def outer(self, parts: list[str], span: s.Span) -> tuple[Resolved, Type]:
        """`this.name` in a filter: a name at the unit at which the filter stands."""
        if self.filters is None:
            self.tell("HY585", span)
            return WRONG, ANY
        path: s.Expression = s.Name(parts[0], span=span)
        for name in parts[1:]:
            path = s.Path(path, name, span=span)
        base, of = self.filters.resolve(path)
        if isinstance(base, t.Figure | t.Decided):
            return t.Outer(base), of
        if base != WRONG:
            self.tell("HY586", span)
        return WRONG, ANY


def lower(units: t.UnitListing, scope: Scope) -> t.UnitListing:
    """The units of a scope below those of a list. A condition reads the same from a unit below, as names look upwards."""
    if isinstance(units, t.Where):
        return t.Where(lower(units.units, scope), units.condition)
    return t.Units(scope, units.above)


def _named(of: Type) -> Type:
    return named(of) if isinstance(of, NumberType) else of
