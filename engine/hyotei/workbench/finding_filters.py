"""Filters and orders of findings, as they stand in addresses; every choice is counted under the filters of the others."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, overload
from urllib.parse import urlencode

from django.db.models import Q

from hyotei.workbench.audit_models import AuditFinding, AuditRecord, FindingCheck
from hyotei.workbench.audit_words import Order
from hyotei.workbench.finding_index import ORDERS, VALUES, Combination, index_of, ordered

FACETS: Final = (*VALUES, "checked")
"""What is chosen from a list: columns of a finding, and whether somebody has checked it."""
_TYPED: Final = ("q", "sheet")
"""What is typed: words that are looked for, and the id of a sheet."""


class Choice(NamedTuple):
    """A value of a filter, and how many findings it leaves."""

    value: str
    findings: int


class Asked(NamedTuple):
    """Filters by their names, and an order."""

    values: Mapping[str, str]
    order: Order

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
            values[name] = str(int(text)) if name == "fiscal_year" else text
    order = given.get("order", "")
    return Asked(values, next((each for each in ORDERS if each == order), next(iter(ORDERS))))


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6


class Found(Sequence[AuditFinding]):
    """The findings of an audit that are asked for, in their order; those of a slice are read when it is taken.

    Each has `checked`, whether somebody has checked it.
    """

    def __init__(self, audit: AuditRecord, what: Asked) -> None:
        self._what = what
        self._index = index_of(audit.pk)
        checks = FindingCheck.objects.filter(finding__audit=audit)
        self._checked = frozenset(checks.values_list("finding__number", flat=True))
        self._typed = _typed(audit, what.values)
        self._chosen = {name: text for name, text in what.values.items() if name in FACETS}
        left = [not self._against(each) for each in self._index.combinations]
        checked = what.values.get("checked")
        of = self._index.of
        self._numbers = [
            number
            for number in ordered(audit.pk, what.order)
            if left[of[number - 1]]
            and (self._typed is None or number in self._typed)
            and (checked is None or (number in self._checked) == (checked == "yes"))
        ]

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> AuditFinding: ...
    @overload
    def __getitem__(self, place: slice) -> list[AuditFinding]: ...
    def __getitem__(self, place: int | slice) -> AuditFinding | list[AuditFinding]:
        if isinstance(place, int):
            return self._read([self._numbers[place]])[0]
        return self._read(self._numbers[place])

    def _read(self, numbers: Sequence[int]) -> list[AuditFinding]:
        rows = AuditFinding.objects.filter(audit=self._index.audit, number__in=numbers)
        read = {each.number: each for each in rows}
        for each in read.values():
            each.checked = each.number in self._checked
        return [read[number] for number in numbers]

    def _against(self, values: Combination) -> list[str]:
        """The filters by which a combination of values is left out."""
        told = zip(VALUES, values, strict=True)
        return [name for name, value in told if name in self._chosen and self._chosen[name] != str(value)]

    def choices(self) -> Iterator[tuple[str, list[Choice]]]:
        """For each filter that tells findings apart its values, with the number that each leaves under the other filters."""
        counted: dict[str, Counter[str | int]] = {name: Counter() for name in FACETS}
        for (place, checked), count in self._counts().items():
            combination = self._index.combinations[place]
            values = {**dict(zip(VALUES, combination, strict=True)), "checked": _written(checked)}
            against = self._against(combination)
            if self._chosen.get("checked") not in (None, _written(checked)):
                against.append("checked")
            if len(against) < 2:
                for name in against or FACETS:
                    counted[name][values[name]] += count
        for name, counts in counted.items():
            found = [Choice(str(value), counts[value]) for value in sorted(counts)]
            chosen = self._chosen.get(name)
            if chosen is not None and all(each.value != chosen for each in found):
                found.append(Choice(chosen, 0))
            if any(each.value for each in found):
                yield name, found

    def _counts(self) -> Counter[tuple[int, bool]]:
        """How many of the findings that were typed for each combination has, checked ones and others."""
        of = self._index.of
        if self._typed is None:
            found = Counter({(place, False): count for place, count in self._index.counts.items()})
        else:
            found = Counter((of[number - 1], False) for number in self._typed)
        for number in self._checked if self._typed is None else self._checked & self._typed:
            place = of[number - 1]
            found[place, False] -= 1
            found[place, True] += 1
        return +found


def _written(checked: bool) -> str:
    return "yes" if checked else "no"


def _typed(audit: AuditRecord, values: Mapping[str, str]) -> frozenset[int] | None:
    """The numbers of the findings that what is typed leaves; None where nothing is."""
    if not values.keys() & set(_TYPED):
        return None
    rows: Any = AuditFinding.objects.filter(audit=audit)
    for word in values.get("q", "").split():
        rows = rows.filter(Q(title__icontains=word) | Q(said__icontains=word) | Q(sheet__icontains=word))
    if "sheet" in values:
        rows = rows.filter(sheet=values["sheet"])
    return frozenset(rows.values_list("number", flat=True))
