"""Findings that state one fact, as rulebooks declare (`same_findings`): the first of each group is shown, and names the others."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hyotei.audit.model import Finding
from hyotei.rulebook.model import Rulebook


def shown_once(findings: Sequence[Finding], rulebooks: Iterable[Rulebook]) -> tuple[Finding, ...]:
    """The findings of one sheet without those whose fact another of them states of the same unit."""
    shown = list(findings)
    for group in _groups(rulebooks):
        if sum(each.code in group for each in shown) < 2:
            continue
        first: dict[str, str] = {}
        for each in sorted((each for each in shown if each.code in group), key=lambda each: group.index(each.code)):
            first.setdefault(each.unit, each.code)
        also = {unit: tuple(each.code for each in shown if each.unit == unit and each.code in group) for unit in first}
        shown = [
            replace(each, also=(*each.also, *(code for code in also[each.unit] if code != each.code)))
            if each.code in group and len(also[each.unit]) > 1
            else each
            for each in shown
            if each.code not in group or first[each.unit] == each.code
        ]
    return tuple(shown)


def stated_by(code: str, rulebooks: Iterable[Rulebook]) -> frozenset[str]:
    """The codes of findings that state the fact of a code and are shown before it."""
    return frozenset(other for group in _groups(rulebooks) if code in group for other in group[: group.index(code)])


def _groups(rulebooks: Iterable[Rulebook]) -> Iterable[tuple[str, ...]]:
    return dict.fromkeys(group for book in rulebooks for group in book.same_findings)
