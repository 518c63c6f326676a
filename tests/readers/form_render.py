"""Generated sheets printed as forms with tables, the ministry's and the government-wide one, as a grid and in files."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape
from typing import Final, Literal

import docx
import openpyxl
from hypothesis import strategies as st

from hyotei.readers.printed.form_blocks import Block, FormCell, FormPlace, FormTable
from tests.readers.evaluation_generator import BUDGET_ROWS, BUDGETS, GOOD, Facts, Figure, Role, Row
from tests.readers.evaluation_render import BUDGET_HEADINGS, CLAIMS, Draw, era, listed, short, wide, wrapped
from tests.readers.evaluation_render import Style as TextStyle
from tests.readers.ods_render import OdsCell, OdsRow, table, workbook

_FULL: Final = str.maketrans("0123456789", "０１２３４５６７８９")
COLUMNS: Final[dict[Role, tuple[str, ...]]] = {
    "baseline": ("基準（値）（※２）\n【年度】", "基準値", "基準", "基準\n（値）"),
    "actual": ("実績（値）又は施策の進捗状況（実績）\n【年度】", "実績値", "実績", "実績（値）"),
    "target": ("目標（値）\n【年度】", "目標値", "目標", "目標（値）"),
}
GRADES: Final = ("目標超過達成", "目標達成", "相当程度進展あり", "進展が大きくない", "目標に向かっていない")
MARKS: Final = {"achieved": ("○", "達成", "◯"), "not_achieved": ("×", "未達成"), "partly_achieved": ("△", "一部達成")}


@dataclass(frozen=True)
class Spot:
    """A cell of the grid: its text and what it spans."""

    text: str
    rows: int = 1
    columns: int = 1


Line = list[Spot | None]
"""A row of the grid; None where nothing begins."""


@dataclass(frozen=True)
class FormStyle:
    """How a form is printed."""

    order: tuple[Role, ...]
    names_last: bool
    headings: tuple[int, int, int]
    descending: bool
    turned: bool
    minus: str
    full_width: bool
    tags: Literal["below", "beside", "round"]
    choices: str
    apart: bool
    merged: bool
    numbers: Literal["column", "name", "none"]
    side: bool
    dashes: bool
    unit_row: bool
    wrap: int


form_styles = st.builds(
    FormStyle,
    order=st.permutations(("baseline", "actual", "target")).map(tuple),
    names_last=st.booleans(),
    headings=st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
    descending=st.booleans(),
    turned=st.booleans(),
    minus=st.sampled_from(("△", "▲", "-", "－", "△ ")),
    full_width=st.booleans(),
    tags=st.sampled_from(("below", "beside", "round")),
    choices=st.sampled_from(("alone", "circle", "box", "double")),
    apart=st.booleans(),
    merged=st.booleans(),
    numbers=st.sampled_from(("column", "name", "none")),
    side=st.booleans(),
    dashes=st.booleans(),
    unit_row=st.booleans(),
    wrap=st.integers(6, 40),
)


def digits(text: str, style: FormStyle) -> str:
    return text.translate(_FULL) if style.full_width else text


def figure(value: Figure, style: FormStyle) -> str:
    if value.number is None:
        return value.word
    number = f"{value.number:,f}" if value.number == value.number.to_integral_value() else str(value.number)
    text = f"{number}{'％' if value.unit == '%' else value.unit or ''}"
    return digits(text, style) + (value.qualifier or "")


def figures(row: Row, role: Role, style: FormStyle) -> str:
    """The cell of a row in a column, without its year."""
    printed = [(label, figures[role]) for label, figures in row.measures]
    if printed[0][0] is None:
        return figure(printed[0][1], style)
    if printed[0][1].number is None:
        return printed[0][1].word
    return "\n".join(f"・{figure(value, style)}（{label}）" for label, value in printed)


def tagged(text: str, year: int | None, style: FormStyle) -> str:
    if year is None:
        return text
    written = digits(short(year), style)
    if style.tags == "round":
        return f"{text}\n（{written}）"
    return f"{text}【{written}】" if style.tags == "beside" and "\n" not in text else f"{text}\n【{written}】"


# Parts of both forms


def head(facts: Facts, style: FormStyle, *, government: bool) -> list[Line]:
    number = f"（{facts.authority}{short(facts.year)[:-2]}－{chr(0x245F + facts.serial)}）"
    title = (
        f"{era(facts.year)}実施施策に係る政策評価書" if government else f"{era(facts.year + 1)}主要な政策に係る評価書"
    )
    label = "施策名" if government else "政策名（※１）"
    return [
        [Spot(title, 1, 3)],
        [None, None, Spot(number)],
        [Spot(label), Spot(f"政策{facts.policy}：{facts.title}"), Spot("分野"), Spot("行政一般")],
        [Spot("政策の概要"), Spot(f"{facts.title}のため、関係する施策を進める。", 1, 3)],
        [
            Spot("達成すべき目標" if government else "基本目標"),
            Spot(f"{facts.title}を通じて、国民生活の向上に寄与する。", 1, 3),
        ],
    ]


def amount(value: int | None, style: FormStyle) -> str:
    if value is None:
        return "－" if style.dashes else ""
    return digits(f"{style.minus if value < 0 else ''}{abs(value):,}", style)


def budget(facts: Facts, style: FormStyle) -> list[Line]:
    """The budget table, its heading at the side or above it, years across or down."""
    years = sorted(facts.budget, reverse=style.descending)
    unit = f"（単位：{facts.budget_unit}）" if style.unit_row else f"（{facts.budget_unit}）"
    first = "区　　分"
    if style.turned:
        body: list[Line] = [[Spot(first), *(Spot(BUDGET_HEADINGS[row]) for row in BUDGET_ROWS)]]
        body += [
            [Spot(digits(short(year), style)), *(Spot(amount(facts.budget[year][row], style)) for row in BUDGET_ROWS)]
            for year in years
        ]
    else:
        body = [[Spot(first, 1, 2), None, *(Spot(digits(short(year), style)) for year in years)]]
        for position, row in enumerate(BUDGET_ROWS):
            left: Line
            if row == "executed":
                left = [Spot(f"執行額{unit}", 1, 2), None]
            else:
                left = [Spot(f"予算の\n状況{unit}", 4) if position == 0 else None, Spot(BUDGET_HEADINGS[row])]
            body.append([*left, *(Spot(amount(facts.budget[year][row], style)) for year in years)])
    heading = f"政策の予算額・\n執行額等{unit}" if style.turned else "政策の予算額・\n執行額等"
    return part(heading, body, style)


def part(heading: str, body: list[Line], style: FormStyle) -> list[Line]:
    """A part with its heading at the side of all of its rows, or in a row of its own above them."""
    if not style.side:
        return [[Spot(heading)], *body]
    first: Line = [Spot(heading, len(body)), *body[0]]
    return [first, *([None, *line] for line in body[1:])]


# The form of the ministry


def ministry(facts: Facts, style: FormStyle, draw: Draw) -> list[Line]:
    """The rows of the whole form."""
    lines = head(facts, style, government=False) + budget(facts, style)
    lines += measures(facts, style)
    achieved = [f"・{goal.name}については、取組により、{CLAIMS[goal.claim]}" for goal in facts.goals]
    lines += part("目標の達成状況", [[Spot("\n".join(achieved))]], style)
    rating = {wide(each): f"基本目標の達成に向けて{words}" for each, words in GOOD.items()}
    lines += chosen("（評価区分）", rating, wide(facts.rating), style)
    lines.append([Spot("目標期間終了時点の総括")])
    lines.append([Spot("政策に関する評価結果")])
    heading = f"（{era(facts.year + 2)}予算概算要求に向けた考え方）"
    lines += chosen(heading, BUDGETS, facts.recommendation, style)
    lines.append([Spot("※１　政策とは、様式における施策に該当。")])
    lines.append(
        [Spot("担当部局課室名"), Spot("政策課"), Spot("政策評価実施時期"), Spot(f"{era(facts.year + 1)[:-1]}８月")]
    )
    return lines


def chosen(heading: str, choices: dict[str, str], taken: str, style: FormStyle) -> list[Line]:
    """Choices in one cell, or mark, letter and words in cells of their own."""
    text_style = TextStyle(
        order=style.order, descending=False, minus="-", full_width=False, wrap=20, tags="below", choices=style.choices,
        dropped_blanks=False, broken_headings=False, split_cells=False, dashes=False, shuffled_parts=False, torn=False,
    )  # fmt: skip
    if not style.apart:
        return part(heading, [[Spot("\n".join(listed(choices, taken, text_style)))]], style)
    if style.choices == "alone":
        return part(heading, [[Spot(taken), Spot(choices[taken], 1, 2)]], style)
    mark, empty = {"circle": ("○", ""), "box": ("☑", "□"), "double": ("◎", "")}[style.choices]
    body: list[Line] = [
        [Spot(mark if each == taken else empty), Spot(each), Spot(words)] for each, words in choices.items()
    ]
    return part(heading, body, style)


def measures(facts: Facts, style: FormStyle) -> list[Line]:
    """The table of measures: objectives merged over their rows, or named in the first of them."""
    values = [COLUMNS[role][kind] for role, kind in zip(style.order, style.headings, strict=True)]
    names: Line = [Spot("施策目標")]
    names += [Spot("測定指標", 1, 2), None] if style.numbers == "column" else [Spot("測定指標")]
    header: Line = [*names, *(Spot(each) for each in values)]
    lines = [header]
    for goal in facts.goals:
        name = "\n".join(wrapped(f"{goal.name}により、国民生活の向上に貢献すること", style.wrap))
        for position, row in enumerate(goal.rows):
            title = "\n".join(wrapped(row.name, style.wrap))
            number = digits(str(row.number), style)
            left: Line = [Spot(name, len(goal.rows) if style.merged else 1) if position == 0 else None]
            if style.numbers == "column":
                left += [Spot(number), Spot(title)]
            else:
                left.append(Spot(f"{number}　{title}" if style.numbers == "name" else title))
            cells = [Spot(tagged(figures(row, role, style), _year(row, role), style)) for role in style.order]
            lines.append([*left, *cells])
    return lines


def _year(row: Row, role: Role) -> int | None:
    return row.measures[0][1][role].year


# The government-wide form


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
                    Spot(_tag(_year(row, "baseline"), style)),
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
                    Spot(_tag(_year(row, "baseline"), style), 2),
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
                    Spot(tagged(figures(row, "baseline", style), _year(row, "baseline"), style), 2),
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


# Into files


def blocks(lines: Sequence[Line]) -> list[Block]:
    cells = [
        FormCell(spot.text, row, column, FormPlace(cell=f"R{row + 1}C{column + 1}"), spot.rows, spot.columns)
        for row, line in enumerate(lines)
        for column, spot in enumerate(line)
        if spot is not None and spot.text
    ]
    return [FormTable(tuple(cells))]


def xlsx(lines: Sequence[Line]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, line in enumerate(lines, 1):
        for column, spot in enumerate(line, 1):
            if spot is None:
                continue
            sheet.cell(row, column).value = spot.text or None
            if spot.rows > 1 or spot.columns > 1:
                sheet.merge_cells(
                    start_row=row,
                    start_column=column,
                    end_row=row + spot.rows - 1,
                    end_column=column + spot.columns - 1,
                )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(lines: Sequence[Line]) -> bytes:
    rows = [
        OdsRow([
            OdsCell() if spot is None else OdsCell(spot.text, "string", rows=spot.rows, columns=spot.columns)
            for spot in line
        ])
        for line in lines
    ]  # fmt: skip
    return workbook(table(rows))


def html(lines: Sequence[Line], encoding: str = "utf-8") -> bytes:
    rows: list[str] = []
    covered: set[tuple[int, int]] = set()
    width = max(len(line) for line in lines)
    for row, line in enumerate(lines):
        cells: list[str] = []
        for column in range(width):
            if (row, column) in covered:
                continue
            spot = (line[column] if column < len(line) else None) or Spot("")
            covered |= {(row + down, column + over) for down in range(spot.rows) for over in range(spot.columns)}
            spans = f' rowspan="{spot.rows}"' * (spot.rows > 1) + f' colspan="{spot.columns}"' * (spot.columns > 1)
            cells.append(f"<td{spans}>{escape(spot.text).replace(chr(10), '<br>')}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    start = f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>x</title></head><body>'
    page = f"{start}<table>{''.join(rows)}</table></body></html>"
    return page.encode(encoding, "xmlcharrefreplace")


def word(lines: Sequence[Line]) -> bytes:
    document = docx.Document()
    width = max(column + spot.columns for line in lines for column, spot in enumerate(line) if spot is not None)
    table = document.add_table(len(lines), width)
    grid = [list(row.cells) for row in table.rows]
    for row, line in enumerate(lines):
        for column, spot in enumerate(line):
            if spot is None:
                continue
            cell = grid[row][column]
            if spot.rows > 1 or spot.columns > 1:
                cell = cell.merge(grid[row + spot.rows - 1][column + spot.columns - 1])
            cell.text = spot.text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
