"""The input columns of a table, each with the values that tell its rows apart."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from hyotei.base import exact
from hyotei.drawing.boundary_values import STEP, around
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Input, Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.term_domain import domains_of
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType, Scope, TextType, Type, dimension_of
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.value_domain import Domain
from hyotei.rulebook.values import UNKNOWNS, Scalar
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Sheet


@dataclass(frozen=True, slots=True)
class End:
    """A number at which a cell of a column begins or ceases to hold, and the rows that name it."""

    value: Decimal
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InputColumn:
    """One input column: its boundaries in order, and the values to try, those first that the upper rows name.

    `step` is how far just under and just over are. `unknown` says whether the input can be unknown at all, `whole` whether its
    numbers are whole, `moving` whether a cell compares it with something that differs from sheet to sheet.
    """

    text: str
    term: t.Term
    type: Type
    ends: tuple[End, ...]
    values: tuple[Scalar, ...]
    step: Decimal
    unknown: bool
    whole: bool
    moving: bool


def the_table(rulebook: Rulebook, name: str) -> tuple[Decision, Table]:
    """The decision of that name and its table.

    Raises:
        HyoteiError: there is none.
    """
    found = rulebook.by_name.get(name)
    if found is None or not isinstance(found.body, Table):
        names = [each.name for each in rulebook.decisions if isinstance(each.body, Table)]
        raise HyoteiError(Diagnostic("HY951", params={"name": name, "names": ", ".join(names) or "-"}))
    return found, found.body


def columns(rulebook: Rulebook, decision: str, fiscal_year: int | None = None) -> tuple[InputColumn, ...]:
    """The input columns of a table, with parameters as in a year: by default the last in force.

    Raises:
        HyoteiError: there is no such table.
    """
    _, table = the_table(rulebook, decision)
    year = fiscal_year or rulebook.last_year or rulebook.first_year or 2012
    sheet = Sheet(id="x", title="x", authority=rulebook.authority, fiscal_year=year)
    reading = Reading(rulebook, sheet)
    domains = domains_of(rulebook)
    return tuple(_column(at, column, table, reading, domains.column(column)) for at, column in enumerate(table.inputs))


def one_unit(rulebook: Rulebook, scope: Scope, fiscal_year: int | None = None) -> tuple[Sheet, str]:
    """A sheet with nothing but one unit of the scope, by default of the last year in force; and the key of that unit."""
    year = fiscal_year or rulebook.last_year or rulebook.first_year or 2012
    objective = Objective(name="x", indicators=(Indicator(name="x", measures=(Measure(),)),))
    sheet = Sheet(
        id="x",
        title="x",
        authority=rulebook.authority,
        fiscal_year=year,
        objectives=() if scope in ("sheet", "budget_year") else (objective,),
        budget_years=(BudgetYear(fiscal_year=year),) if scope == "budget_year" else (),
    )
    return sheet, unit_tree(sheet, rulebook).below(scope)[0].key


def _column(at: int, column: Input, table: Table, reading: Reading, domain: Domain) -> InputColumn:
    whole = domain.numbers is not None and domain.numbers.whole
    step = _step(column.type, whole, reading)
    found: dict[Decimal, dict[int, None]] = {}
    values: dict[Scalar, None] = {}
    for row in table.rows:
        for test in row.checks[at].tests:
            for number in _numbers(test, reading):
                found.setdefault(number, {})[row.number] = None
            if isinstance(test, t.OneOf):
                values.update(dict.fromkeys(test.values))
            elif isinstance(test, t.HasText):
                values.update(dict.fromkeys(around(test.part)))
    ends = sorted(found)
    for value in ends:
        values.update(dict.fromkeys((value, exact.subtract(value, step), exact.add(value, step))))
    for low, high in pairwise(ends):
        middle = exact.multiply(exact.add(low, high), Decimal("0.5"))
        values[middle if step < 1 else exact.round_to(middle, 0, "floor")] = None
    values.update(dict.fromkeys(_others(column.type, ends, step)))
    known = tuple(value for value in values if domain.holds(value))
    unknown = tuple(value for value in UNKNOWNS if domain.holds(value))
    return InputColumn(
        column.text,
        column.term,
        column.type,
        tuple(End(value, tuple(found[value])) for value in ends),
        (*known, *unknown),
        step,
        bool(unknown),
        whole,
        any(moves(test) for row in table.rows for test in row.checks[at].tests),
    )


def _step(of: Type, whole: bool, reading: Reading) -> Decimal:
    """What lies just beside a number: the next whole number, yen, or last decimal of a quotient."""
    if whole or dimension_of(of) == "money":
        return Decimal(1)
    digits = reading.rulebook.digits
    return Decimal(1).scaleb(-digits) if digits > 0 else STEP


def _numbers(test: t.Test, reading: Reading) -> Iterator[Decimal]:
    """The end points of a test that are the same for every sheet of the year."""
    if isinstance(test, t.Range):
        for end in (test.low, test.high):
            if end is not None and fixed(end):
                value = reading.value(end, reading.root)
                if isinstance(value, Decimal):
                    yield value
    elif isinstance(test, t.OneOf):
        yield from (value for value in test.values if isinstance(value, Decimal))


def moves(test: t.Test) -> bool:
    """Whether a test compares with something of the sheet."""
    match test:
        case t.Range(low, _, high, _):
            return any(end is not None and not fixed(end) for end in (low, high))
        case t.Same(value):
            return not fixed(value)
        case _:
            return False


def fixed(term: t.Term) -> bool:
    """Whether a term reads nothing of the sheet."""
    match term:
        case t.Constant() | t.Parameter():
            return True
        case t.Calculation(_, left, right):
            return fixed(left) and fixed(right)
        case t.Negation(operand) | t.Absolute(operand) | t.Rounded(_, operand, _):
            return fixed(operand)
        case _:
            return False


def _others(of: Type, ends: list[Decimal], step: Decimal) -> tuple[Scalar, ...]:
    """Values that no cell names."""
    match of:
        case ScaleType(_, values):
            return values
        case BooleanType():
            return True, False
        case TextType():
            return ("ほかの文字列",)
        case NumberType() if not ends:
            return (Decimal(1), Decimal(0))
        case NumberType():
            far = max(Decimal(1), step)
            return exact.subtract(ends[0], far), exact.add(ends[-1], far)
        case _:
            return ()
