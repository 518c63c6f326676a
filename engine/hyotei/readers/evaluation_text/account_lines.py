"""Lines of a budget table that tell one account each (一般会計, 特別会計), below the kind of amounts or in a block of the account,
and the line of their sum.

As in tables (`readers/printed/account_rows.py`) nothing is added up here: one account passes amounts on to another, and a sum would
count them twice.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.text_lines import TextLine

ACCOUNT: Final = r"(?:うち)?(?:一般会計|[^()]{0,20}特別会計|[^()]{0,20}勘定)分?"
"""A name of an account, as a pattern."""
_ACCOUNT_LINE: Final = re.compile(rf"(?:(?P<kind>[^0-9]{{2,40}}?) )?[(]?(?:{ACCOUNT})[)]? (?P<rest>[^。]*)")
_ACCOUNT_ALONE: Final = re.compile(rf"[(\[【<]?(?:{ACCOUNT})[)\]】>]?")
_SUM_ALONE: Final = re.compile(r"[(\[【<]?(?:小計|合計|総計|計)[)\]】>]?")
_SUM_LINE: Final = re.compile(r"[(]?(?:小計|合計|総計|計)[)]? (?P<rest>[^。]*)")


@dataclass(slots=True)
class Accounts:
    """The amounts of one kind, account by account.

    Attributes:
        kind: the label of the kind as it is printed.
        heading: the line of the label.
        parts: the line of each account, with its amounts.
        sum: the line of their sum with its amounts, if it is printed.
    """

    kind: str
    heading: int
    parts: dict[int, str] = field(default_factory=dict)
    sum: tuple[int, str] | None = None


def of_an_account(text: str, is_amounts: Callable[[str], bool]) -> bool:
    """Whether a text is a line of one account with its amounts."""
    part = _ACCOUNT_LINE.fullmatch(text)
    return part is not None and is_amounts(part["rest"])


def accounts(
    lines: Iterable[TextLine], is_kind: Callable[[str], bool], is_amounts: Callable[[str], bool]
) -> list[Accounts]:
    """The kinds of amounts that are told account by account.

    Args:
        lines: of the table.
        is_kind: whether a text is the label of a kind of amounts and nothing else.
        is_amounts: whether a text is amounts and nothing else.
    """
    found: list[Accounts] = []
    current: Accounts | None = None
    for line in lines:
        text = line.plain
        if is_kind(text):
            current = Accounts(text, line.number)
            continue
        part = _ACCOUNT_LINE.fullmatch(text)
        if part is not None and is_amounts(part["rest"]):
            if part["kind"] and is_kind(part["kind"]):
                current = Accounts(part["kind"], line.number)
            elif part["kind"]:
                current = None
            if current is not None:
                current.parts[line.number] = part["rest"]
                found += [current] if len(current.parts) == 1 else []
            continue
        whole = _SUM_LINE.fullmatch(text)
        if whole is not None and is_amounts(whole["rest"]) and current is not None and len(current.parts) > 1:
            current.sum = line.number, whole["rest"]
        current = None
    return found


def blocks_of_accounts(lines: Iterable[TextLine], row_of: Callable[[str], tuple[str, str] | None]) -> list[Accounts]:
    """The kinds of amounts that stand in several blocks, each below the name of its account.

    Args:
        lines: of the table.
        row_of: the label and the amounts of a row; None of another line.
    """
    found: dict[str, Accounts] = {}
    block: str | None = None
    for line in lines:
        text = line.plain
        if _ACCOUNT_ALONE.fullmatch(text):
            block = "account"
        elif _SUM_ALONE.fullmatch(text):
            block = block and "sum"
        elif block is not None and (row := row_of(text)) is not None:
            kind = found.setdefault(row[0], Accounts(row[0], line.number))
            if block == "account":
                kind.parts[line.number] = row[1]
            elif kind.sum is None:
                kind.sum = line.number, row[1]
    return [each for each in found.values() if len(each.parts) > 1]
