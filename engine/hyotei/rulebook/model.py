"""A rulebook after checking: what every interpreter, proof and view starts from. Immutable; nothing here reads or decides."""

from dataclasses import field, replace
from functools import cached_property
from typing import Final, Literal

from hyotei.base.exact import Division
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic
from hyotei.rulebook.terms import Check, Term
from hyotei.rulebook.types import ScaleType, Scope, Type
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import FIGURES, DeclaredFact, FigureName, declared_figure, figure
from hyotei.sheet.figures import RECORDED_SCALES

Standing = Literal["published", "inferred", "draft"]
HitPolicy = Literal["U", "A", "F", "P", "C", "C+", "C#", "C<", "C>"]
LawKind = Literal["answers", "consistent", "monotone", "reachable", "implies", "unknown_never_beats", "one_more"]

RESULTS: Final = ("rating", "budget")
"""The decisions that a verdict is about."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Named values, best first where `ordered`; each with what it means in words."""

    name: str
    labels: dict[str, str]
    ordered: bool

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.labels)


@dataclass(frozen=True, slots=True)
class Dated:
    """A value in force for the fiscal years `first` to `last`, both included; None is no end."""

    first: int | None
    last: int | None
    value: Scalar

    def holds(self, fiscal_year: int) -> bool:
        return (self.first is None or self.first <= fiscal_year) and (self.last is None or fiscal_year <= self.last)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A parameter: its type, its values by fiscal year, what it is called and where it comes from."""

    name: str
    type: Type
    dated: tuple[Dated, ...]
    label: str = ""
    source: str = ""
    standing: Standing | None = None

    def at(self, fiscal_year: int) -> Scalar:
        """The value in force; unknown(undefined) in a year for which the rulebook states none."""
        for dated in self.dated:
            if dated.holds(fiscal_year):
                return dated.value
        return Unknown("undefined")


@dataclass(frozen=True, slots=True)
class Input:
    """An input column: its expression as written, looked up, and its type."""

    text: str
    term: Term
    type: Type


@dataclass(frozen=True, slots=True)
class Output:
    """An output of a decision."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: a check for each input, a value for each output. `number` counts from 1 in the order of the table.

    `question` is what to ask whoever wrote the sheet, where the row states a finding.
    """

    number: int
    checks: tuple[Check, ...]
    outputs: tuple[Term, ...]
    annotation: str = ""
    standing: Standing | None = None
    source: str = ""
    line: int = field(default=0, compare=False)
    question: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table."""

    policy: HitPolicy
    inputs: tuple[Input, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A decision computed by one expression."""

    text: str
    term: Term


@dataclass(frozen=True, slots=True)
class Decision:
    """A table or a formula, decided for every unit of its scope.

    `needs` names the decisions it reads. An `audit` decision states findings: its first output is the finding's code.
    """

    name: str
    title: str
    scope: Scope
    body: Table | Formula
    outputs: tuple[Output, ...]
    needs: tuple[str, ...]
    audit: bool = False
    standing: Standing | None = None
    source: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Law:
    """A property that must hold for every sheet: its kind, its parts, and the sentence it was written as.

    `scope` is that of the unit which `one more VALUE SCOPE` adds. What each kind says of sheets is in law_meaning.py.
    """

    kind: LawKind
    text: str
    output: str = ""
    input: str = ""
    falls: bool = False
    input_rises: bool = True
    condition: Term | None = None
    consequence: Term | None = None
    scope: Scope | None = None


@dataclass(frozen=True)
class Rulebook:
    """The decision tables of one authority for a span of fiscal years.

    `decisions` are in an order in which each comes after all it needs. `hash` identifies the meaning: two documents with the
    same hash give the same verdicts, byte for byte. A division is exact, or rounded to `digits` decimals as `rounding` says.
    `english` gives titles, reasons and questions of the rulebook in English; `same_findings` are codes of findings that state one
    fact, in each group the one to show first. `facts` are those that it declares, by their names. `version` is a number or a date,
    `effective` the first and the last day in force, `supersedes` the ids of what it replaces, `derived_from` the id, the version
    and the hash of what it was made from, `known_gaps` what its source leaves open, by decision, `forms` the ids of the printed
    forms that its sheets have; all are empty where nothing is stated.
    """

    id: str
    title: str
    authority: str
    standing: Standing
    first_year: int | None
    last_year: int | None
    scales: dict[str, Scale]
    parameters: dict[str, ParameterValue]
    decisions: tuple[Decision, ...]
    laws: tuple[Law, ...]
    sources: tuple[str, ...]
    digits: int
    rounding: Division
    hash: str
    english: dict[str, str] = field(default_factory=dict)
    same_findings: tuple[tuple[str, ...], ...] = ()
    facts: dict[str, DeclaredFact] = field(default_factory=dict)
    version: str = ""
    effective: tuple[str, str] = ("", "")
    supersedes: tuple[str, ...] = ()
    derived_from: dict[str, str] = field(default_factory=dict)
    known_gaps: dict[str, str] = field(default_factory=dict)
    forms: tuple[str, ...] = field(default=(), compare=False)
    file: str | None = field(default=None, compare=False)
    warnings: tuple[Diagnostic, ...] = field(default=(), compare=False)
    carried_over_from: int | None = field(default=None, compare=False)
    """The last year of the rules, where they were carried over to later ones (`lapsed.carried_over`)."""

    def __repr__(self) -> str:
        years = f"{self.first_year or ''}..{self.last_year or ''}"
        return f"<Rulebook {self.id} ({self.authority}, {years}): {len(self.decisions)} decisions, {self.hash[:12]}>"

    @cached_property
    def declared(self) -> dict[str, FigureName]:
        """The declared facts as figures that rules can read."""
        return {name: declared_figure(fact, self.english.get(fact.label, name)) for name, fact in self.facts.items()}

    @property
    def figures(self) -> tuple[FigureName, ...]:
        """All figures that its rules can read: those of every sheet, then the declared facts."""
        return (*FIGURES, *self.declared.values())

    def figure(self, scope: Scope, name: str) -> FigureName | None:
        """The figure or declared fact of that scope and name, if there is one."""
        found = figure(scope, name)
        if found is not None or name not in self.facts or self.facts[name].scope != scope:
            return found
        return self.declared[name]

    def read(self, scope: Scope, name: str) -> FigureName:
        """The figure that a term of this rulebook reads."""
        found = self.figure(scope, name)
        assert found is not None, "the checker has looked up every name"
        return found

    def figure_type(self, name: str, stated: Type) -> Type:
        """The type of a figure of the vocabulary here: a recorded text is of the rulebook's scale of its name, where it has one."""
        scale = self.scales.get(RECORDED_SCALES.get(name, ""))
        return stated if scale is None else ScaleType(scale.name, scale.values, scale.ordered)

    @cached_property
    def by_name(self) -> dict[str, Decision]:
        return {decision.name: decision for decision in self.decisions}

    def toward(self, *names: str) -> "Rulebook":
        """The rulebook with only those decisions and the ones they rest on; it decides these alike, and sooner."""
        wanted = set(names)
        kept = []
        for decision in reversed(self.decisions):
            if decision.name in wanted:
                wanted.update(decision.needs)
                kept.append(decision)
        return replace(self, decisions=tuple(reversed(kept)))

    def decides_as(self, other: "Rulebook") -> bool:
        """Whether both have the same decisions and the same of all that these read.

        Equal hashes tell it of documents; parts of a rulebook and copies with other decisions keep the hash of the document.
        """
        return self is other or (
            self.decisions == other.decisions
            and self.parameters == other.parameters
            and self.scales == other.scales
            and (self.digits, self.rounding) == (other.digits, other.rounding)
        )

    def in_force(self, fiscal_year: int) -> bool:
        """Whether the rulebook covers that evaluated fiscal year."""
        return (self.first_year is None or self.first_year <= fiscal_year) and (
            self.last_year is None or fiscal_year <= self.last_year
        )
