"""Generated sheets printed as the form of a ministry, as a grid (form_grid.py); government_form.py has the other form."""

from dataclasses import dataclass
from typing import Final, Literal

from hypothesis import strategies as st

from tests.readers.evaluation_generator import BUDGET_ROWS, BUDGETS, GOOD, Facts, Figure, Role, Row
from tests.readers.evaluation_render import BUDGET_HEADINGS, CLAIMS, Draw, era, listed, short, wide, wrapped
from tests.readers.evaluation_render import Style as TextStyle
from tests.readers.form_grid import Line, Spot

_FULL: Final = str.maketrans("0123456789", "０１２３４５６７８９")
COLUMNS: Final[dict[Role, tuple[str, ...]]] = {
    "baseline": ("基準（値）（※２）\n【年度】", "基準値", "基準", "基準\n（値）"),
    "actual": ("実績（値）又は施策の進捗状況（実績）\n【年度】", "実績値", "実績", "実績（値）"),
    "target": ("目標（値）\n【年度】", "目標値", "目標", "目標（値）"),
}
GRADES: Final = ("目標超過達成", "目標達成", "相当程度進展あり", "進展が大きくない", "目標に向かっていない")
MARKS: Final = {"achieved": ("○", "達成", "◯"), "not_achieved": ("×", "未達成"), "partly_achieved": ("△", "一部達成")}


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
            cells = [Spot(tagged(figures(row, role, style), year_of(row, role), style)) for role in style.order]
            lines.append([*left, *cells])
    return lines


def year_of(row: Row, role: Role) -> int | None:
    return row.measures[0][1][role].year


# The government-wide form
