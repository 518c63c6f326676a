"""Indicators in their order and under their objectives, with what the sheet claims of each."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic
from hyotei.readers.evaluation_text.achievement import Achievement
from hyotei.readers.evaluation_text.measures_table import MeasureRow, MeasuresText, objective_head
from hyotei.readers.evaluation_text.text_lines import SheetText, bare
from hyotei.sheet.models import Indicator, Objective

_PLAIN: Final = re.compile(r"[ぁ-ん、。・()「」,\s]")
_SPLITS: Final = 20_000
"""Ways to divide the indicators that are compared at most."""


@dataclass(frozen=True, slots=True)
class Named:
    """An objective: its name, its place in the table (rows that begin before it) if it has one, and its achievement."""

    name: str
    line: int | None
    before: int | None
    achievement: Achievement | None


def ordered(
    rows: Sequence[MeasureRow], document: SheetText, problems: list[Diagnostic]
) -> list[tuple[MeasureRow, str | None]]:
    """The rows by their numbers, rows without one in the gaps that are left; in the order of the text if that fails."""
    numbers = [int(row.number) for row in rows if row.number is not None]
    everything = list(range(1, len(rows) + 1))
    if not numbers:
        return [(row, None) for row in rows]
    if len(set(numbers)) < len(numbers) or not set(numbers) <= set(everything):
        return [(row, row.number) for row in rows]
    gaps = [number for number in everything if number not in numbers]
    found: list[tuple[int, MeasureRow]] = []
    for row in rows:
        if row.number is not None:
            found.append((int(row.number), row))
            continue
        number = gaps.pop(0)
        found.append((number, row))
        problems.append(Diagnostic("HY272", document.at(row.line), {"number": str(number), "name": row.name[:30]}))
    found.sort(key=lambda each: each[0])
    return [(row, str(number)) for number, row in found]


def objectives_of(
    table: MeasuresText,
    items: Sequence[Achievement],
    indicators: Sequence[tuple[MeasureRow, Indicator]],
    title: str,
    document: SheetText,
    problems: list[Diagnostic],
) -> tuple[Objective, ...]:
    """The objectives with their indicators; the title of the policy stands in where no objective is named."""
    named = _named(table, items) or [Named(title, None, None, items[0] if len(items) == 1 else None)]
    groups = _groups(named, indicators, title, document, problems)
    found: list[Objective] = []
    for objective, group in zip(named, groups, strict=True):
        item = objective.achievement
        claim = None if item is None else item.claim
        source = None
        if item is not None and claim is not None:
            source = document.source(item.printed, item.line, place="目標の達成状況")
        else:
            line = item.line if item is not None else objective.line
            problems.append(Diagnostic("HY274", document.at(line), {"name": objective.name[:30]}))
        found.append(
            Objective(
                name=objective.name, claim=claim, claim_source=source, indicators=tuple(each for _, each in group)
            )
        )
    return tuple(found)


def _named(table: MeasuresText, items: Sequence[Achievement]) -> list[Named]:
    """The objectives of the table with their achievements, in the order of the table or, where it has none, of these."""
    heads = [item.head for item in items]
    found: list[Named] = []
    used: set[int] = set()
    for name, line, before in table.objectives:
        position = objective_head(bare(name), heads)
        if position is None and len(table.objectives) == len(items) == 1:
            position = 0
        if position in used:
            continue
        if position is not None:
            used.add(position)
        found.append(Named(name, line, before, None if position is None else items[position]))
    for position, item in enumerate(items):
        if position not in used and item.head and (not table.objectives or len(items) > 1):
            found.append(Named(item.head, item.line, None, item))
    if all(objective.before is not None for objective in found) and _regular(found):
        return found
    rank = {id(item): position for position, item in enumerate(items)}
    return sorted(found, key=lambda each: rank.get(id(each.achievement), len(items)))


def _regular(named: Sequence[Named]) -> bool:
    """Whether every objective stands before rows of its own."""
    positions = [each.before for each in named]
    if not positions or positions[0] != 0 or any(position is None for position in positions):
        return False
    known = [position for position in positions if position is not None]
    return all(first < second for first, second in pairwise(known))


def _groups(
    named: Sequence[Named],
    indicators: Sequence[tuple[MeasureRow, Indicator]],
    title: str,
    document: SheetText,
    problems: list[Diagnostic],
) -> list[list[tuple[MeasureRow, Indicator]]]:
    """The indicators of each objective."""
    if len(named) == 1:
        return [list(indicators)]
    in_text = [row.position for row, _ in indicators] == list(range(len(indicators)))
    starts = [each.before for each in named]
    if in_text and _regular(named) and starts[-1] is not None and starts[-1] < len(indicators):
        ends = [*starts[1:], len(indicators)]
        return [list(indicators[start:end]) for start, end in zip(starts, ends, strict=True)]
    split = _by_wording(named, indicators, title)
    code = "HY273" if split is not None else "HY279"
    problems.append(Diagnostic(code, document.at(named[0].line), {"count": str(len(named))}))
    cuts = split if split is not None else (0,) * (len(named) - 1)
    bounds = [0, *cuts, len(indicators)]
    return [list(indicators[start:end]) for start, end in pairwise(bounds)]


def _by_wording(
    named: Sequence[Named], indicators: Sequence[tuple[MeasureRow, Indicator]], title: str
) -> tuple[int, ...] | None:
    """Where to cut the row of indicators so that each shares most words with its objective; None without any evidence.

    Words of the policy's title are in all of them and tell nothing.
    """
    general = _pairs(title)
    words = [_pairs(each.name + (each.achievement.text if each.achievement else "")) - general for each in named]
    own = [each - set().union(*(other for other in words if other is not each)) for each in words]
    texts = [_pairs(row.name + "".join(cell.text for cell in row.cells)) for row, _ in indicators]
    scores = [[len(text & each) for each in own] for text in texts]
    least = 1 if len(indicators) >= len(named) else 0
    ranked: list[tuple[int, tuple[int, ...]]] = []
    for count, cuts in enumerate(combinations(range(least, len(indicators) + 1 - least), len(named) - 1)):
        if count > _SPLITS:
            return None
        bounds = [0, *cuts, len(indicators)]
        score = sum(
            scores[row][position] for position, (start, end) in enumerate(pairwise(bounds)) for row in range(start, end)
        )
        ranked.append((score, cuts))
    ranked.sort(key=lambda each: -each[0])
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _pairs(text: str) -> set[str]:
    """Neighbouring characters of words that carry meaning."""
    return {first + second for run in _PLAIN.split(bare(text)) for first, second in pairwise(run)}
