"""Filters and orders of findings, as they stand in addresses; every choice is counted under the filters of the others."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hyotei.workbench.audit_models import AuditFinding, AuditRecord, FindingCheck

FACETS: Final = ("state", "severity", "code", "authority", "fiscal_year", "standing", "checked")
"""What is chosen from a list: columns of a finding, and whether somebody has checked it."""
_TYPED: Final = ("q", "sheet")
"""What is typed: words that are looked for, and the id of a sheet."""
ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "weight": ("weight",),
    "money": ("money_place",),
    "authority": ("authority", "weight"),
    "fiscal_year": ("-fiscal_year", "weight"),
    "code": ("code", "weight"),
    "sheet": ("title", "sheet", "weight"),
}
"""The orders, the first of them where none is asked for."""


class Choice(NamedTuple):
    """A value of a filter, and how many findings it leaves."""

    value: str
    findings: int


class Asked(NamedTuple):
    """Filters by their names, and an order."""

    values: Mapping[str, str]
    order: str

    @property
    def query(self) -> str:
        """As it stands in an address."""
        order = {} if self.order == next(iter(ORDERS)) else {"order": self.order}
        return urlencode({**self.values, **order})


def asked(given: Mapping[str, str]) -> Asked:
    """What an address or a form asks for; what is not known in it is left out."""
    values = {}
    for name in (*FACETS, *_TYPED):
        text = " ".join(given.get(name, "").replace("\0", "").split()) if name == "q" else given.get(name, "")
        if text and "\0" not in text and (name != "fiscal_year" or _is_year(text)):
            values[name] = text
    order = given.get("order", "")
    return Asked(values, order if order in ORDERS else next(iter(ORDERS)))


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6


def found(audit: AuditRecord, what: Asked) -> "QuerySet[AuditFinding]":
    """The findings that are asked for, in their order."""
    return _filtered(audit, what.values).annotate(checked=_checked()).order_by(*ORDERS[what.order], "number")


def choices(audit: AuditRecord, what: Asked) -> Iterator[tuple[str, list[Choice]]]:
    """For each filter that tells findings apart its values, with the number that each leaves under the other filters."""
    for name in FACETS:
        others = {key: text for key, text in what.values.items() if key != name}
        of = _filtered(audit, others)
        if name == "checked":
            of = of.annotate(checked=_checked())
        rows = of.values(name).annotate(count=Count("pk")).order_by(name).values_list(name, "count")
        counted = [Choice(_written(value), count) for value, count in rows]
        chosen = what.values.get(name)
        if chosen is not None and all(each.value != chosen for each in counted):
            counted.append(Choice(chosen, 0))
        if any(each.value for each in counted):
            yield name, counted


def _written(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _checked() -> Exists:
    return Exists(FindingCheck.objects.filter(finding=OuterRef("pk")))


def _filtered(audit: AuditRecord, values: Mapping[str, str]) -> "QuerySet[AuditFinding]":
    rows: Any = AuditFinding.objects.filter(audit=audit)
    for name, text in values.items():
        if name == "q":
            for word in text.split():
                rows = rows.filter(Q(title__icontains=word) | Q(said__icontains=word) | Q(sheet__icontains=word))
        elif name == "checked":
            rows = rows.filter(_checked() if text == "yes" else ~_checked())
        else:
            rows = rows.filter(**{name: int(text) if name == "fiscal_year" else text})
    return rows
