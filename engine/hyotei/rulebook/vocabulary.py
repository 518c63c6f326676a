"""The names that rules may use of a sheet: the table of figures (`sheet/figures.py`) with the type and the domain of each.

What a figure can be is told here only: proofs, sweeps and warnings take it from here.
"""

from dataclasses import field
from fractions import Fraction
from typing import Final, get_args

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.number_intervals import NATURAL, Numbers
from hyotei.rulebook.number_size import COUNTED, Size
from hyotei.rulebook.types import (
    BOOLEAN,
    COUNT,
    FIGURE,
    MONEY,
    NUMBER,
    RATIO,
    TEXT,
    YEAR,
    NumberType,
    ScaleType,
    Scope,
    Type,
)
from hyotei.rulebook.value_domain import TRUTH, Domain, number
from hyotei.rulebook.values import Reason, Scalar, Unknown
from hyotei.sheet import figures as table
from hyotei.sheet.derived_figures import Place, Stated
from hyotei.sheet.fact_values import FactKind, fact_value, stated_as
from hyotei.sheet.facts import fact_of, word_of
from hyotei.sheet.models import (
    FIRST_YEAR,
    LAST_YEAR,
    REASONS,
    Basis,
    Claim,
    Direction,
    Fact,
    Qualifier,
    Quantity,
)
from hyotei.sheet.numerals import DECIMALS, WHOLE_DIGITS
from hyotei.sheet.scopes import LISTS as LISTS
from hyotei.sheet.scopes import PARENT as PARENT
from hyotei.sheet.scopes import ancestry as ancestry

NO_QUALIFIER = "なし"
QUALIFIER = ScaleType("qualifier", (*get_args(Qualifier), NO_QUALIFIER), ordered=False)
DIRECTION = ScaleType("direction", get_args(Direction), ordered=False)
CLAIM = ScaleType("claim", get_args(Claim), ordered=True)
BASIS = ScaleType("basis", get_args(Basis), ordered=False)
BUILT_IN_SCALES: Final = (QUALIFIER, DIRECTION, CLAIM, BASIS)

BUILT_IN_LABELS: Final[dict[str, dict[str, str]]] = {
    "direction": {"increase": "増加", "decrease": "減少", "maintain": "維持"},
    "claim": {"achieved": "達成", "partly_achieved": "一部達成", "not_achieved": "未達成"},
    "basis": {"gross": "総額", "net": "翌年度への繰越しを除く"},
}
"""What the values of the built-in scales are called in Japanese, where they are not Japanese already."""

GREATEST: Final = Fraction(10**WHOLE_DIGITS) - Fraction(1, 10**DECIMALS)
"""The greatest figure that a sheet can state."""
STATED: Final = Numbers(-GREATEST, GREATEST)
"""The numbers that a sheet can state: negative ones too, for amounts as for figures of indicators."""
YEARS: Final = Numbers(Fraction(FIRST_YEAR), Fraction(LAST_YEAR), whole=True)
"""The fiscal years that a sheet can state."""
MISSING: Final[frozenset[Reason]] = frozenset({"missing"})
_DIGITS: Final = Size(WHOLE_DIGITS, DECIMALS)

_TYPES: Final[dict[table.Kind, Type]] = {
    "figure": FIGURE, "number": NUMBER, "money": MONEY, "ratio": RATIO, "year": YEAR, "count": COUNT, "text": TEXT,
    "recorded": TEXT, "truth": BOOLEAN, "qualifier": QUALIFIER, "direction": DIRECTION, "claim": CLAIM, "basis": BASIS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureName:
    """A figure rules can read: its row of the table of figures, its type, and what it can be.

    `domain` is what some sheet brings about, whatever the rulebook. Two figures are narrower under a rulebook: `fiscal_year` of the
    sheet is one in force, and what is recorded is a value of the rulebook's scale, where it has one of that name.
    """

    row: table.FigureRow
    scope: Scope
    name: str
    type: Type
    ja: str
    en: str
    domain: Domain
    fact: "DeclaredFact | None" = None
    """The fact that it is, where a rulebook declares it."""

    @property
    def quantity(self) -> bool:
        """Whether it stands for a `Quantity` of the model of its scope."""
        return self.row.quantity

    @property
    def year(self) -> bool:
        """Whether it is a fiscal year."""
        return self.row.kind == "year"


def _figure(row: table.FigureRow) -> FigureName:
    of = _TYPES[row.kind]
    return FigureName(row, row.scope, row.path, of, *row.names, _domain(row, of).with_unknown(row.unknown))


def _domain(row: table.FigureRow, of: Type) -> Domain:
    """What a figure can be but unknown."""
    if row.bounds is not None:
        low, high = row.bounds
        return number(Numbers(Fraction(low), Fraction(high), whole=True), Size(len(str(high))))
    match of:
        case NumberType("year"):
            return number(YEARS, Size(4))
        case NumberType("count"):
            return number(NATURAL, Size(COUNTED))
        case NumberType():
            return number(STATED, _DIGITS)
        case ScaleType(_, values):
            return Domain(named=values)
    return TRUTH if of == BOOLEAN else Domain(texts=True)


@dataclass(frozen=True, slots=True)
class DeclaredFact:
    """A fact that a rulebook declares.

    Attributes:
        name: its name in rules, and under which it stands among the facts of a unit.
        scope: the units that have it.
        type: what its values are.
        label: what it is called; a name of it in rules as well.
        judged: whether a person judges it, so that it is never supposed to be otherwise unless that is asked for.
        default: its value where a sheet states none; None where it is then unknown (missing).
        by: the role that judges, where the rulebook names one.
        line: where it is declared.
    """

    name: str
    scope: Scope
    type: Type
    label: str = ""
    judged: bool = False
    default: Scalar | None = None
    by: str = ""
    line: int = field(default=0, compare=False)

    @property
    def kind(self) -> FactKind:
        """The kind as which a sheet's words are read."""
        return "scale" if isinstance(self.type, ScaleType) else _FACT_KINDS[self.type]

    @property
    def words(self) -> dict[str, str]:
        """The values of its scale by their words in one spelling."""
        return {word_of(value): value for value in self.type.values} if isinstance(self.type, ScaleType) else {}

    def stated(self, value: Scalar) -> Fact | None:
        """What a sheet states that has this value; None where that is nothing."""
        if isinstance(value, Unknown):
            missing = value.reason == "missing"
            return None if missing else stated_as(self.name, self.kind, value.reason, unknown=True)
        return stated_as(self.name, self.kind, value)

    def value(self, stated: Fact | None) -> Scalar:
        """The value of what a unit states under its name, or of nothing."""
        found = fact_value(stated, self.kind, self.words)
        if found.value is not None:
            return found.value
        reason = found.unknown or "missing"
        return self.default if reason == "missing" and self.default is not None else Unknown(reason)


_FACT_KINDS: Final[dict[Type, FactKind]] = {
    NUMBER: "number", RATIO: "ratio", MONEY: "money", COUNT: "count", BOOLEAN: "boolean", TEXT: "text", YEAR: "year",
}  # fmt: skip
_ROW_KINDS: Final[dict[FactKind, table.Kind]] = {
    "number": "number", "ratio": "ratio", "money": "money", "count": "count", "boolean": "truth", "text": "text",
    "year": "year", "scale": "scale",
}  # fmt: skip
_ABSENT: Final = {reason: Quantity(unknown=reason) for reason in REASONS}


def declared_figure(fact: DeclaredFact, english: str) -> FigureName:
    """A declared fact as a figure that rules can read; `english` is what it is called in English."""

    def get(at: Place) -> Stated:
        found = fact.value(fact_of(at.model.facts, fact.name))
        return _ABSENT[found.reason] if isinstance(found, Unknown) else found

    unknown = tuple(reason for reason in REASONS if fact.default is None or reason != "missing")
    names = fact.label or fact.name, english
    row = table.FigureRow(
        scope=fact.scope, path=fact.name, kind=_ROW_KINDS[fact.kind], names=names, unknown=unknown,
        declared=True, get=get,
    )  # fmt: skip
    domain = _domain(row, fact.type).with_unknown(unknown)
    return FigureName(row, fact.scope, fact.name, fact.type, *names, domain, fact)


FIGURES: Final[tuple[FigureName, ...]] = tuple(_figure(row) for row in table.FIGURES if row.in_rules)

BY_NAME: Final[dict[tuple[Scope, str], FigureName]] = {(figure.scope, figure.name): figure for figure in FIGURES}


def figure(scope: Scope, name: str) -> FigureName | None:
    """The figure of that scope and path, if there is one."""
    return BY_NAME.get((scope, name))
