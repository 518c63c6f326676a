"""Rows of a budget table that tell one account each (一般会計, 特別会計), and the row that tells their sum.

What accounts have together is never calculated here: amounts are passed on from one account to another, and a sum would count them
twice. Where the sum is printed it is the amount; where it is not, the amounts of the accounts are candidates for it.
"""

from typing import Final, Literal, NamedTuple

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.forms.model import Form
from hyotei.readers.evaluation_text.account_lines import ACCOUNT
from hyotei.readers.evaluation_text.budget_rows import RowLabel, row_label
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.grid import Grid, close

_SUM: Final = r"小計|合計|総計|計"
_SHARE: Final = lazy_pattern(rf"[(]?(?:(?P<account>{ACCOUNT})|(?P<sum>{_SUM}))[)]?")
_BOTH: Final = lazy_pattern(r".{2,40}(?:会計|勘定|計)分?[)]?")
"""What may be a kind of amounts and an account in one cell."""

Share = Literal["account", "sum"]


class AccountRow(NamedTuple):
    """A row of one account, or of the sum of accounts: its kind of amounts, and the cell that names the account."""

    label: RowLabel
    cell: FormCell
    share: Share


def account_rows(grid: Grid, rows: range, before: int, form: Form) -> dict[int, AccountRow]:
    """The rows whose labels, before a column, name a kind of amounts and an account, in cells beside each other or in one."""
    found = {row: each for row in rows if (each := _account_row(grid.left_of(row, before), form)) is not None}
    of_accounts = {each.label.key for each in found.values() if each.share == "account"}
    return {row: each for row, each in found.items() if each.label.key in of_accounts}


def summed_up(found: dict[int, AccountRow]) -> dict[int, AccountRow]:
    """The rows of accounts whose sum is told by another row."""
    sums = {each.label.key for each in found.values() if each.share == "sum"}
    return {row: each for row, each in found.items() if each.share == "account" and each.label.key in sums}


def _account_row(left: list[FormCell], form: Form) -> AccountRow | None:
    for cell in reversed(left):
        text = close(cell)
        others = [close(other) for other in reversed(left) if other is not cell]
        splits = [(text[:at], text[at:].lstrip("・")) for at in range(2, len(text))] if _BOTH.fullmatch(text) else []
        for named, rest in [*((each, text) for each in others), *splits]:
            match = _SHARE.fullmatch(rest)
            kind = None if match is None else _kind(named, form)
            if match is not None and kind is not None:
                return AccountRow(kind, cell, "account" if match["account"] else "sum")
    return None


def _kind(text: str, form: Form) -> RowLabel | None:
    label = row_label(text, form)
    return None if label is None or label.rest else label
