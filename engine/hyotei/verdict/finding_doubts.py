"""Why a finding weighs less than its rule states: a direction that is assumed or contested, or a difference within rounding."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.messages import Language, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Input, Row, Table
from hyotei.rulebook.types import MONEY
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.value_words import amount
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Measure, Quantity
from hyotei.sheet.amount_precision import step_of
from hyotei.sheet.derived_figures import direction_at
from hyotei.sheet.figures import DIRECTION, YEARS_MISSED
from hyotei.sheet.units import YEN
from hyotei.verdict.case import Case, Read
from hyotei.verdict.deciding_figures import decided_by, leaves
from hyotei.verdict.directions import direction_doubt

_HALF: Final = Decimal("0.5")


def doubts(
    case: Case, table: Table, row: Row, values: tuple[Scalar, ...], unit: Unit, language: Language
) -> tuple[str, ...]:
    """Why a row of an audit table may hold for a unit without anything being wrong: sentences, each once.

    Args:
        values: of the columns of the table.
    """
    found: dict[str, None] = {}
    for column, value, check in zip(table.inputs, values, row.checks, strict=True):
        if check.anything:
            continue
        seen: set[tuple[str, str]] = set()
        read = [leaf for each in decided_by(case, column.term, unit) for leaf in leaves(case, each, seen)]
        found.update(dict.fromkeys(_directions(read, language)))
        if _against_zero(column, check) and isinstance(value, Decimal):
            found.update(dict.fromkeys(_rounding(read, value, language)))
    return tuple(found)


def _directions(read: list[Read], language: Language) -> Iterator[str]:
    for each in read:
        model = each.unit.model
        if each.name in (DIRECTION.path, YEARS_MISSED.path) and isinstance(model, Measure):
            doubt = direction_doubt(direction_at(each.unit), model, language)
            if doubt is not None:
                yield doubt


def _against_zero(column: Input, check: t.Check) -> bool:
    """Whether a cell asks how an amount stands to zero, as of a difference of amounts."""
    ends = [
        end for test in check.tests if isinstance(test, t.Range) for end in (test.low, test.high) if end is not None
    ]
    return column.type == MONEY and bool(ends) and all(end == t.Constant(Decimal(0)) for end in ends)


def _rounding(read: list[Read], difference: Decimal, language: Language) -> Iterator[str]:
    """Where several amounts are told in whole thousands or millions, and all of them being rounded explains the difference."""
    amounts: dict[tuple[str, str], Decimal] = {}
    for each in read:
        quantity = getattr(each.unit.model, each.name, None)
        if isinstance(quantity, Quantity) and quantity.unit == YEN and quantity.value is not None:
            amounts[each.key] = step_of(quantity)
    steps = [step for step in amounts.values() if step > 1]
    if len(amounts) < 2 or not steps:
        return
    if difference.copy_abs() < exact.multiply(exact.total(steps), _HALF):
        gap, step = (amount(each, language) for each in (difference.copy_abs(), max(steps)))
        yield wording(language)("verdict.doubtful.rounding", gap=gap, step=step)
