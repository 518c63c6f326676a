"""The input columns of a table, each with the values that tell its rows apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hyotei.base import exact
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Input, Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType, TextType, Type
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.walk import may_be_unknown
from hyotei.sheet import Sheet
from hyotei.testing.values import STEP, UNKNOWNS


@dataclass(frozen=True, slots=True)
class End:
    """A number at which a cell of a column begins or ceases to hold, and the rows that name it."""

    value: Decimal
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One input column: its boundaries in order, and the values to try, those first that the upper rows name.

    `step` is how far just under and just over are. `unknown` says whether the input can be unknown at all.
    """

    text: str
    term: t.Term
    type: Type
    ends: tuple[End, ...]
    values: tuple[Scalar, ...]
    step: Decimal
    unknown: bool

    @property
    def whole(self) -> bool:
        """Whether its values are whole numbers."""
        return isinstance(self.type, NumberType) and self.type.dimension in ("count", "year")


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


def columns(rulebook: Rulebook, decision: str, fiscal_year: int | None = None) -> tuple[Column, ...]:
    """The input columns of a table, with parameters as in a year: by default the last in force.

    Raises:
        HyoteiError: there is no such table.
    """
    _, table = the_table(rulebook, decision)
    year = fiscal_year or rulebook.last_year or rulebook.first_year or 2012
    sheet = Sheet(id="x", title="x", authority=rulebook.authority, fiscal_year=year)
    reading = Reading(rulebook, sheet)
    uncertain = {each.name for each in rulebook.decisions}
    return tuple(_column(at, column, table, reading, uncertain) for at, column in enumerate(table.inputs))


def _column(at: int, column: Input, table: Table, reading: Reading, uncertain: set[str]) -> Column:
    step = _step(column.type, reading)
    found: dict[Decimal, dict[int, None]] = {}
    values: dict[Scalar, None] = {}
    for row in table.rows:
        for test in row.checks[at].tests:
            for number in _numbers(test, reading):
                found.setdefault(number, {})[row.number] = None
            if isinstance(test, t.OneOf):
                values.update(dict.fromkeys(test.values))
    ends = sorted(found)
    for value in ends:
        values.update(dict.fromkeys((value, exact.subtract(value, step), exact.add(value, step))))
    for low, high in pairwise(ends):
        middle = exact.multiply(exact.add(low, high), Decimal("0.5"))
        values[middle if step < 1 else exact.round_to(middle, 0, "floor")] = None
    values.update(dict.fromkeys(_others(column.type, ends, step)))
    unknown = may_be_unknown(column.term, uncertain)
    least = Decimal(0) if _dimension(column.type) == "count" else None
    known = tuple(value for value in values if least is None or not isinstance(value, Decimal) or value >= least)
    return Column(
        column.text,
        column.term,
        column.type,
        tuple(End(value, tuple(found[value])) for value in ends),
        (*known, *UNKNOWNS) if unknown else known,
        step,
        unknown,
    )


def _dimension(of: Type) -> str:
    return of.dimension if isinstance(of, NumberType) else ""


def _step(of: Type, reading: Reading) -> Decimal:
    """What lies just beside a number: the next whole number, yen, or last decimal of a quotient."""
    if _dimension(of) in ("count", "year", "money"):
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
