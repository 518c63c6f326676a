"""Generated sheets printed as the government-wide form, in its several layouts of rows of years."""

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from tests.readers.evaluation_generator import Facts, Figure, Role, Row
from tests.readers.evaluation_render import Draw, era, short, wrapped
from tests.readers.form_grid import Line, Spot
from tests.readers.form_render import (
    GRADES,
    MARKS,
    FormStyle,
    budget,
    digits,
    figure,
    figures,
    head,
    part,
    tagged,
    year_of,
)


@dataclass(frozen=True)
class YearFacts:
    """What the rows of years say of each indicator, beside what `Facts` say: other years by label, and a later target."""

    facts: Facts
    series: dict[tuple[int, str | None], dict[int, dict[Role, Figure]]]
    final: dict[tuple[int, str | None], Figure]
    grade: str
    marks: dict[int, str]


@st.composite
def year_facts(draw: Draw, facts: Facts) -> YearFacts:
    """Years before the evaluated one, with blanks, and a target of the evaluated or a later year."""
    series: dict[tuple[int, str | None], dict[int, dict[Role, Figure]]] = {}
    final: dict[tuple[int, str | None], Figure] = {}
    marks: dict[int, str] = {}
    for row in facts.rows:
        marks[row.number] = draw(st.sampled_from(tuple(MARKS)))
        count = draw(st.integers(0, 4))
        blank = [draw(st.integers(0, 3)) == 0 for _ in range(2 * count)]
        goal_year = facts.year + draw(st.integers(1, 4)) if draw(st.booleans()) else None
        for label, known in row.measures:
            unit = known["target"].unit
            years: dict[int, dict[Role, Figure]] = {}
            roles: tuple[Role, Role] = ("target", "actual")
            for back in range(count):
                year = facts.year - count + back
                years[year] = {
                    role: Figure(None, year=year, unknown="missing")
                    if blank[2 * back + offset]
                    else Figure(Decimal(draw(st.integers(1, 99))), unit, year=year)
                    for offset, role in enumerate(roles)
                }
            series[row.number, label] = years
            if goal_year is not None:
                final[row.number, label] = Figure(Decimal(draw(st.integers(1, 99))), unit, year=goal_year)
    return YearFacts(facts, series, final, draw(st.sampled_from(GRADES)), marks)


def government(known: YearFacts, style: FormStyle, draw: Draw) -> list[Line]:
    """The rows of the whole form; the tables of measures one for each indicator, or one for all with two rows each."""
    facts = known.facts
    lines = head(facts, style, government=True) + budget(facts, style)
    table = draw(st.sampled_from((small_tables, two_rows, labelled_rows)))
    lines += table(known, style, draw)
    grade = [["（各行政機関共通区分）", known.grade], ["（判断根拠）", "各測定指標の結果による。"]]
    if draw(st.booleans()):
        listed = "\n".join(f"{'○' if each == known.grade else '　'}{each}" for each in GRADES)
        grade[0] = ["（各行政機関共通区分）", listed]
    rows: list[Line] = [
        [Spot("評価結果", 4), Spot("目標達成度合いの測定結果", 2), *map(Spot, grade[0])],
        [None, None, *map(Spot, grade[1])],
        [None, Spot("施策の分析"), Spot("必要性が認められる。", 1, 2)],
        [None, Spot("次期目標等への\n反映の方向性"), Spot("引き続き推進する。", 1, 2)],
    ]
    lines += rows
    lines.append(
        [Spot("担当部局名"), Spot("政策課"), Spot("政策評価実施時期"), Spot(f"{era(facts.year + 1)[:-1]}８月")]
    )
    return lines


def _years(known: YearFacts) -> list[int]:
    years = {year for series in known.series.values() for year in series}
    return sorted({*years, known.facts.year})


def yearly(known: YearFacts, row: Row, role: Role, year: int, style: FormStyle) -> str:
    """The cell of a row in a year: the evaluated one says what `Facts` say."""
    printed: list[tuple[str | None, Figure]] = []
    for label, figures_of in row.measures:
        if year == known.facts.year:
            printed.append((label, figures_of[role]))
        elif year in known.series[row.number, label]:
            printed.append((label, known.series[row.number, label][year][role]))
    if not printed or all(value.number is None for _, value in printed):
        return printed[0][1].word if printed else ""
    if printed[0][0] is None:
        return figure(printed[0][1], style)
    return "\n".join(f"・{figure(value, style)}（{label}）" for label, value in printed)


def _goal(known: YearFacts, row: Row, style: FormStyle) -> tuple[str, int]:
    """The target as such with its year: a later one, or that of the evaluated year once more."""
    labels = [label for label, _ in row.measures]
    if (row.number, labels[0]) not in known.final:
        return figures(row, "target", style), known.facts.year
    printed = [(label, known.final[row.number, label]) for label in labels]
    year = printed[0][1].year
    assert year is not None
    if printed[0][0] is None:
        return figure(printed[0][1], style), year
    return "\n".join(f"・{figure(value, style)}（{label}）" for label, value in printed), year


def _name(row: Row, style: FormStyle) -> str:
    title = "\n".join(wrapped(row.name, style.wrap))
    return title if style.numbers == "none" else f"{digits(str(row.number), style)}　{title}"


def _mark(known: YearFacts, row: Row, draw: Draw) -> str:
    return str(draw(st.sampled_from(MARKS[known.marks[row.number]])))


def _heading(year: int, style: FormStyle) -> str:
    return digits(era(year) if style.unit_row else short(year), style)


def _tag(year: int | None, style: FormStyle) -> str:
    return "" if year is None else _heading(year, style)


def small_tables(known: YearFacts, style: FormStyle, draw: Draw) -> list[Line]:
    """A table for each indicator: 基準値, 実績値 by year, 目標値, 達成, and 年度ごとの目標値 below."""
    years = _years(known)
    body: list[Line] = []
    for goal in known.facts.goals:
        for row in goal.rows:
            text, year = _goal(known, row, style)
            span = len(years)
            body.append(
                [
                    Spot(_name(row, style), 4),
                    Spot("基準値"),
                    Spot("実績値", 1, span),
                    *[None] * (span - 1),
                    Spot("目標値"),
                    Spot("達成"),
                ]
            )
            body.append(
                [
                    None,
                    Spot(_tag(year_of(row, "baseline"), style)),
                    *(Spot(_heading(each, style)) for each in years),
                    Spot(_heading(year, style)),
                    Spot(_mark(known, row, draw), 3),
                ]
            )
            body.append(
                [
                    None,
                    Spot(figures(row, "baseline", style)),
                    *(Spot(yearly(known, row, "actual", each, style)) for each in years),
                    Spot(text),
                ]
            )
            body.append(
                [None, Spot("年度ごとの目標値"), *(Spot(yearly(known, row, "target", each, style)) for each in years)]
            )
    return part("測定指標", body, replace(style, side=True))


def two_rows(known: YearFacts, style: FormStyle, draw: Draw) -> list[Line]:
    """One table for all: each indicator has a row of yearly targets and below it one of actuals."""
    years = _years(known)
    span = len(years)
    titles = ["年度ごとの目標値", "年度ごとの実績値"]
    roles: list[Role] = ["target", "actual"]
    if draw(st.booleans()):
        titles.reverse()
        roles.reverse()
    lines: list[Line] = [
        [
            Spot("測定指標", 3),
            Spot("基準値", 2, 2),
            None,
            Spot("目標値", 2, 2),
            None,
            Spot(titles[0], 1, span),
            *[None] * (span - 1),
            Spot("測定指標の選定理由及び目標値の設定の根拠", 3),
            Spot("達成", 3),
        ],
        [*[None] * 5, Spot(titles[1], 1, span)],
        [None, None, Spot("基準年度"), None, Spot("目標年度"), *(Spot(_heading(each, style)) for each in years)],
    ]
    for goal in known.facts.goals:
        for row in goal.rows:
            text, year = _goal(known, row, style)
            lines.append(
                [
                    Spot(_name(row, style), 2),
                    Spot(figures(row, "baseline", style), 2),
                    Spot(_tag(year_of(row, "baseline"), style), 2),
                    Spot(text, 2),
                    Spot(_heading(year, style), 2),
                    *(Spot(yearly(known, row, roles[0], each, style)) for each in years),
                    Spot("計画による。", 2),
                    Spot(_mark(known, row, draw), 2),
                ]
            )
            lines.append([*[None] * 5, *(Spot(yearly(known, row, roles[1], each, style)) for each in years)])
    return lines


def labelled_rows(known: YearFacts, style: FormStyle, draw: Draw) -> list[Line]:
    """One table for all: each indicator has a row labelled 目標値 and one labelled 実績値."""
    years = _years(known)
    lines: list[Line] = [
        [
            Spot("測定指標"),
            Spot("区分"),
            *(Spot(_heading(each, style)) for each in years),
            Spot("基準値"),
            Spot("最終目標"),
            Spot("達成"),
        ]
    ]
    for goal in known.facts.goals:
        for row in goal.rows:
            text, year = _goal(known, row, style)
            for position, (label, role) in enumerate((("目標値", "target"), ("実績値", "actual"))):
                left = Spot(_name(row, style), 2 if style.merged else 1)
                right: Line = [
                    Spot(tagged(figures(row, "baseline", style), year_of(row, "baseline"), style), 2),
                    Spot(tagged(text, year, style), 2),
                    Spot(_mark(known, row, draw), 2),
                ]
                lines.append(
                    [
                        left if position == 0 or not style.merged else None,
                        Spot(label),
                        *(Spot(yearly(known, row, role, each, style)) for each in years),  # type: ignore[arg-type]  # the two roles
                        *(right if position == 0 else []),
                    ]
                )
    return lines
