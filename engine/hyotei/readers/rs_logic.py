"""Tables 3-1 and 3-2 of the RS system: outcomes and outputs with their figures over the years, and what the logic model names.

3-1 has four rows an indicator (year of the target, target, actual, attainment) and a column a year. The attainment that is
printed is not read: a rulebook says how it is computed.
"""

from collections.abc import Iterable
from typing import Final

from hyotei.messages import Diagnostic, Location
from hyotei.readers.review_facts import LOGIC, count_fact
from hyotei.readers.rs_table import RsRow
from hyotei.sheet.models import (
    FIRST_YEAR,
    LAST_YEAR,
    MISSING,
    Direction,
    Fact,
    Indicator,
    Measure,
    Objective,
    Quantity,
    YearPoint,
)
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.same_unit import in_one_unit
from hyotei.sheet.units import read_unit

NUMBER, KIND, TERM = (
    "アクティビティ・アウトプット・アウトカムの番号", "種別（アクティビティ・アウトプット・アウトカム）", "アウトカムの期間",
)  # fmt: skip
GOAL, NAME, UNIT = "アクティビティ／活動目標／成果目標", "活動指標／成果指標", "単位"
DIRECTION, CONTENT = "改善の上向き／下向き", "目標年度／目標値／実績値／達成率"
_DIRECTIONS: Final[tuple[tuple[str, Direction], ...]] = (
    ("上が", "increase"), ("上向", "increase"), ("下が", "decrease"), ("下向", "decrease"),
)  # fmt: skip
_ENDS: Final = (("派生元", "アクティビティの内容/活動目標／成果目標"), ("派生先", "活動目標／成果目標"))
LINKED: Final = tuple(f"{end}ー{column}" for end, goal in _ENDS for column in (KIND, goal))
"""The columns of 3-2 that name the elements of the logic model."""
_KINDS: Final = dict(zip(("アクティビティ", "アウトプット", "アウトカム"), LOGIC.values(), strict=True))
"""The fact of each kind of element."""
Logic = tuple[tuple[Objective, ...], tuple[Indicator, ...], tuple[Fact, ...]]


def logic(rows: list[RsRow], links: list[RsRow], problems: list[Diagnostic]) -> Logic:
    """Objectives with their outcome indicators, output indicators, and what the logic model of one programme names."""
    groups: dict[tuple[str, str], list[RsRow]] = {}
    for row in rows:
        groups.setdefault((row.text(NUMBER), row.text(KIND)), []).append(row)
    objectives: list[Objective] = []
    outputs: list[Indicator] = []
    for (_, kind), group in groups.items():
        if "アウトカム" in kind or "アウトプット" in kind:
            indicator = _indicator(group, problems)
            if indicator is None:
                continue
            if "アウトカム" in kind:
                objectives.append(Objective(name=group[0].words(GOAL) or "", indicators=(indicator,)))
            else:
                outputs.append(indicator)
    named = _named(groups, links) if rows or links else ()
    return tuple(objectives), tuple(outputs), named


def year_columns(columns: Iterable[str]) -> list[int]:
    """The fiscal years that are columns, ascending."""
    years = (int(column) for column in columns if column.isascii() and column.isdigit() and len(column) == 4)
    return sorted(year for year in years if FIRST_YEAR <= year <= LAST_YEAR)


def _named(groups: dict[tuple[str, str], list[RsRow]], links: list[RsRow]) -> tuple[Fact, ...]:
    """What both tables name, by kind, each once."""
    found: dict[str, dict[str, None]] = {kind: {} for kind in _KINDS}
    told = [(kind, group[0].words(GOAL) or group[0].words(NAME)) for (_, kind), group in groups.items()]
    for row in links:
        for end, goal in _ENDS:
            kind = row.text(f"{end}ー{KIND}")
            told.append((kind, row.words(f"{end}ー{goal}") or row.words(f"{end}ー{NAME}")))
    for kind, text in told:
        names = next((names for word, names in found.items() if word in kind), None)
        if names is not None and text is not None:
            names[text] = None
    return tuple(count_fact(name, tuple(found[kind])) for kind, name in _KINDS.items())


def _indicator(rows: list[RsRow], problems: list[Diagnostic]) -> Indicator | None:
    first = rows[0]
    name = first.words(NAME)
    if name is None and first.words(GOAL) is None:
        return None
    targets, actuals, finals = (_figures(rows, content, problems) for content in ("目標値", "実績値", "目標年度"))
    final_year = max(finals, default=None)
    final = targets.get(final_year, MISSING) if final_year is not None else MISSING
    years = sorted(targets.keys() | actuals.keys())
    both = [year for year in years if year in targets and year in actuals]
    chosen = both[-1] if both else max(actuals, default=None)
    direction = next((way for word, way in _DIRECTIONS if word in first.text(DIRECTION)), None)
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
        number=first.words(NUMBER), name=name or "", term=first.words(TERM), measures=(in_one_unit(measure),)
    )


def _figures(rows: list[RsRow], content: str, problems: list[Diagnostic]) -> dict[int, Quantity]:
    """The figures of the rows of that content, by the year of their column."""
    found: dict[int, Quantity] = {}
    for row in rows:
        if content not in row.text(CONTENT):
            continue
        spelled = row.words(UNIT)
        unit = spelled if spelled is not None and read_unit(spelled) is not None else None
        for year in year_columns(row.columns):
            column = str(year)
            text = row.words(column)
            if text is None or year in found:
                continue
            at = Location(row.file, row.line, column=column)
            place = f"3-1、{row.text(NUMBER)}、{column}年度、{content}"
            quantity, told = read_quantity(text, year_hint=year, default_unit=unit, location=at, place=place)
            problems.extend(told)
            found[year] = quantity.model_copy(update={"fiscal_year": year})
    return found
