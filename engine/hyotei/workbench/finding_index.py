"""What lists of findings are made of, read once of each audit: its findings never change, so neither does this.

Few findings differ in what they are filtered by. Each such combination of values is kept once; a finding is the number of its own.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from uuid import UUID

from hyotei.lazy_dataclass import dataclass
from hyotei.workbench.audit_models import AuditFinding
from hyotei.workbench.audit_words import Order

VALUES: Final = ("state", "severity", "code", "authority", "fiscal_year", "standing")
"""The columns of a finding by which findings are filtered."""
ORDERS: Final[dict[Order, tuple[str, ...]]] = {
    "weight": ("weight",),
    "money": ("money_place",),
    "authority": ("authority", "weight"),
    "fiscal_year": ("-fiscal_year", "weight"),
    "code": ("code", "weight"),
    "sheet": ("title", "sheet", "weight"),
}
"""The columns of each order, the first of them where none is asked for."""
_AUDITS: Final = 16
"""Audits of which this is kept: some 2 MB for 30,000 findings."""

Combination = tuple[str | int, ...]
"""The values of `VALUES` of a finding."""


@dataclass(frozen=True, slots=True)
class FindingIndex:
    """The findings of an audit, without what they say.

    Attributes:
        audit: the key of the audit.
        combinations: what there is of values.
        of: by the number of each finding, from 0, the place of its values among `combinations`.
        counts: how many findings each combination has.
    """

    audit: UUID
    combinations: Sequence[Combination]
    of: Sequence[int]
    counts: Counter[int]


@lru_cache(maxsize=_AUDITS)
def index_of(audit: UUID) -> FindingIndex:
    """The index of an audit."""
    known: dict[Combination, int] = {}
    of = array("l")
    rows = AuditFinding.objects.filter(audit=audit).order_by("number").values_list("number", *VALUES)
    for number, *values in rows.iterator():
        assert number == len(of) + 1, "findings are numbered from 1 on"
        of.append(known.setdefault(tuple(values), len(known)))
    return FindingIndex(audit, tuple(known), of, Counter(of))


@lru_cache(maxsize=_AUDITS * 2)
def ordered(audit: UUID, order: Order) -> Sequence[int]:
    """The numbers of all findings of an audit in an order."""
    rows = AuditFinding.objects.filter(audit=audit).order_by(*ORDERS[order], "number")
    return array("l", rows.values_list("number", flat=True).iterator())
