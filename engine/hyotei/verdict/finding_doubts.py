"""Why a finding weighs less than its rule states: a direction that is assumed or contested, or a difference within rounding."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.base.exact import plain
from hyotei.messages import InEach, Language, phrase
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
from hyotei.verdict.doubt import Doubt
from hyotei.verdict.model import DoubtRef

_HALF: Final = Decimal("0.5")


def doubts(
    case: Case, table: Table, row: Row, values: tuple[Scalar, ...], unit: Unit, language: Language
) -> tuple[DoubtRef, ...]:
    """Why a row of an audit table may hold for a unit without anything being wrong, each once.

    Args:
        values: of the columns of the table.
    """
    found: dict[str, DoubtRef] = {}
    for column, value, check in zip(table.inputs, values, row.checks, strict=True):
        if check.anything:
            continue
        seen: set[tuple[str, str]] = set()
        read = [leaf for each in decided_by(case, column.term, unit) for leaf in leaves(case, each, seen)]
        told = [*_directions(read)]
        if _against_zero(column, check) and isinstance(value, Decimal):
            told += _rounding(read, value)
        for each in told:
            doubt = each.told(language)
            found[doubt.text] = doubt
    return tuple(found.values())


def _directions(read: list[Read]) -> Iterator[Doubt]:
    for each in read:
        model = each.unit.model
        if each.name in (DIRECTION.path, YEARS_MISSED.path) and isinstance(model, Measure):
            doubt = direction_doubt(direction_at(each.unit), model)
            if doubt is not None:
                yield doubt


def _against_zero(column: Input, check: t.Check) -> bool:
    """Whether a cell asks how an amount stands to zero, as of a difference of amounts."""
    ends = [
        end for test in check.tests if isinstance(test, t.Range) for end in (test.low, test.high) if end is not None
    ]
    return column.type == MONEY and bool(ends) and all(end == t.Constant(Decimal(0)) for end in ends)


def _rounding(read: list[Read], difference: Decimal) -> Iterator[Doubt]:
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
        known = {"gap": difference.copy_abs(), "step": max(steps)}
        said = {name: InEach(amount(each, "ja"), amount(each, "en")) for name, each in known.items()}
        values = {name: plain(each) for name, each in known.items()}
        yield Doubt("rounding", values, phrase("verdict.doubtful.rounding", **said))
