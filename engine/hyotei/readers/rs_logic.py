"""Tables 3-1 and 3-2 of the RS system: outcomes and outputs with their figures over the years, and what the logic model names.

3-1 has four rows an indicator (year of the target, target, actual, attainment) and a column a year. The attainment that is
printed is not read: a rulebook says how it is computed.
"""

from typing import Final

from hyotei.messages import Diagnostic, Location
from hyotei.readers.rs_table import Row
from hyotei.sheet.models import (
    FIRST_YEAR,
    LAST_YEAR,
    MISSING,
    Direction,
    Indicator,
    LogicModel,
    Measure,
    Objective,
    Quantity,
    YearPoint,
)
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.same_unit import in_one_unit
from hyotei.sheet.units import read_unit

_NUMBER, _KIND, _TERM = (
    "アクティビティ・アウトプット・アウトカムの番号", "種別（アクティビティ・アウトプット・アウトカム）", "アウトカムの期間",
)  # fmt: skip
_GOAL, _NAME, _UNIT = "アクティビティ／活動目標／成果目標", "活動指標／成果指標", "単位"
_DIRECTION, _CONTENT = "改善の上向き／下向き", "目標年度／目標値／実績値／達成率"
_DIRECTIONS: Final[tuple[tuple[str, Direction], ...]] = (
    ("上が", "increase"), ("上向", "increase"), ("下が", "decrease"), ("下向", "decrease"),
)  # fmt: skip
Logic = tuple[tuple[Objective, ...], tuple[Indicator, ...], LogicModel | None]


def logic(rows: list[Row], links: list[Row], problems: list[Diagnostic]) -> Logic:
    """Objectives with their outcome indicators, output indicators, and the logic model of one programme."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.text(_NUMBER), row.text(_KIND)), []).append(row)
    objectives: list[Objective] = []
    outputs: list[Indicator] = []
    for (_, kind), group in groups.items():
        if "アウトカム" in kind or "アウトプット" in kind:
            indicator = _indicator(group, problems)
            if indicator is None:
                continue
            if "アウトカム" in kind:
                objectives.append(Objective(name=group[0].words(_GOAL) or "", indicators=(indicator,)))
            else:
                outputs.append(indicator)
    named = _named(groups, links) if rows or links else None
    return tuple(objectives), tuple(outputs), named


def _named(groups: dict[tuple[str, str], list[Row]], links: list[Row]) -> LogicModel:
    """What both tables name, by kind, each once."""
    found: dict[str, dict[str, None]] = {"アクティビティ": {}, "アウトプット": {}, "アウトカム": {}}
    told = [(kind, group[0].words(_GOAL) or group[0].words(_NAME)) for (_, kind), group in groups.items()]
    for row in links:
        for end, goal in (("派生元", "アクティビティの内容/活動目標／成果目標"), ("派生先", "活動目標／成果目標")):
            kind = row.text(f"{end}ー{_KIND}")
            told.append((kind, row.words(f"{end}ー{goal}") or row.words(f"{end}ー{_NAME}")))
    for kind, text in told:
        names = next((names for word, names in found.items() if word in kind), None)
        if names is not None and text is not None:
            names[text] = None
    return LogicModel(
        activities=tuple(found["アクティビティ"]),
        outputs=tuple(found["アウトプット"]),
        outcomes=tuple(found["アウトカム"]),
    )


def _indicator(rows: list[Row], problems: list[Diagnostic]) -> Indicator | None:
    first = rows[0]
    name = first.words(_NAME)
    if name is None and first.words(_GOAL) is None:
        return None
    targets, actuals, finals = (_figures(rows, content, problems) for content in ("目標値", "実績値", "目標年度"))
    final_year = max(finals, default=None)
    final = targets.get(final_year, MISSING) if final_year is not None else MISSING
    years = sorted(targets.keys() | actuals.keys())
    both = [year for year in years if year in targets and year in actuals]
    chosen = both[-1] if both else max(actuals, default=None)
    direction = next((way for word, way in _DIRECTIONS if word in first.text(_DIRECTION)), None)
    measure = Measure(
        target=targets.get(chosen, MISSING) if chosen is not None else MISSING,
        actual=actuals.get(chosen, MISSING) if chosen is not None else MISSING,
        direction=direction,
        final_target=final,
        series=tuple(
            YearPoint(fiscal_year=year, target=targets.get(year, MISSING), actual=actuals.get(year, MISSING))
            for year in years
            if year != chosen
        ),
    )
    return Indicator(
        number=first.words(_NUMBER), name=name or "", term=first.words(_TERM), measures=(in_one_unit(measure),)
    )


def _figures(rows: list[Row], content: str, problems: list[Diagnostic]) -> dict[int, Quantity]:
    """The figures of the rows of that content, by the year of their column."""
    found: dict[int, Quantity] = {}
    for row in rows:
        if content not in row.text(_CONTENT):
            continue
        spelled = row.words(_UNIT)
        unit = spelled if spelled is not None and read_unit(spelled) is not None else None
        for column in row.columns:
            if not (
                column.isascii() and column.isdigit() and len(column) == 4 and FIRST_YEAR <= int(column) <= LAST_YEAR
            ):
                continue
            text = row.words(column)
            year = int(column)
            if text is None or year in found:
                continue
            at = Location(row.file, row.line, column=column)
            place = f"3-1、{row.text(_NUMBER)}、{column}年度、{content}"
            quantity, told = read_quantity(text, year_hint=year, default_unit=unit, location=at, place=place)
            problems.extend(told)
            found[year] = quantity.model_copy(update={"fiscal_year": year})
    return found
