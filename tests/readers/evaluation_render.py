"""The printed form of generated sheets as PDF tools give its text: mildly untidy, or with cells away from their rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from tests.readers.evaluation_generator import BUDGET_ROWS, BUDGETS, GOOD, ROLES, Facts, Figure, Role, Row

Draw = Callable[[Any], Any]
Block = list[str]

_FULL: Final = str.maketrans("0123456789", "０１２３４５６７８９")
BUDGET_HEADINGS: Final = {
    "initial": "当初予算（a）",
    "supplementary": "補正予算（b）",
    "carried_over": "繰越し等（c）",
    "total": "合計（a＋b＋c）",
    "executed": "執行額",
}
CLAIMS: Final = {
    "achieved": "目標を達成することができた。",
    "partly_achieved": "一部の目標を達成した。",
    "not_achieved": "目標を達成することができなかった。",
}
_COLUMNS: Final[dict[Role, str]] = {"baseline": "基準（値）", "actual": "実績（値）", "target": "目標（値）"}


@dataclass(frozen=True)
class Style:
    """How a sheet is printed and torn."""

    order: tuple[Role, ...]
    descending: bool
    minus: str
    full_width: bool
    wrap: int
    tags: str
    choices: str
    dropped_blanks: bool
    broken_headings: bool
    split_cells: bool
    dashes: bool
    shuffled_parts: bool
    torn: bool


styles = st.builds(
    Style,
    order=st.sampled_from((("baseline", "actual", "target"), ("baseline", "target", "actual"))),
    descending=st.booleans(),
    minus=st.sampled_from(("△", "▲", "-", "－")),
    full_width=st.booleans(),
    wrap=st.integers(9, 30),
    tags=st.sampled_from(("below", "beside", "apart", "group")),
    choices=st.sampled_from(("alone", "circle", "box", "double")),
    dropped_blanks=st.booleans(),
    broken_headings=st.booleans(),
    split_cells=st.booleans(),
    dashes=st.booleans(),
    shuffled_parts=st.booleans(),
    torn=st.just(False),
)


def era(year: int) -> str:
    """A fiscal year as a heading prints it."""
    return f"令和{year - 2018}年度" if year >= 2019 else f"平成{year - 1988}年度"


def short(year: int) -> str:
    """The same without its era, as tables print it."""
    return f"{year - 2018 if year >= 2019 else year - 1988}年度"


def render(facts: Facts, style: Style, draw: Draw) -> str:
    """The text of a sheet."""
    parts: list[list[Block]] = [
        [["政策の概要", f"{facts.title}のため、関係する施策を進める。"]],
        [["基本目標", "【達成すべき目標】"], [f"{facts.title}を通じて、国民生活の向上に寄与する。"]],
        budget(facts, style, draw),
        measures(facts, style, draw),
        achievement(facts, style),
        rating(facts, style),
        recommendation(facts, style),
        [["※１　政策とは、様式における施策に該当。"], ["※２　基準（値）又は実績（値）を記載。"]],
        [broken(["学識経験を有する者の知見の活用"], style, 9), ["○関係する審議会の答申を参考とした。"]],
        [["担当部局課室名", "政策課", "他２課室"], [f"政策評価実施時期 {era(facts.year + 1)[:-1]}８月"]],
    ]
    if style.shuffled_parts:
        parts = draw(st.permutations(parts))
    head = [
        [
            f"{era(facts.year + 1)}主要な政策に係る評価書",
            f"（{facts.authority}{short(facts.year)[:-2]}－{chr(0x245F + facts.serial)}）",
        ],
        [f"政策名（※１） 政策{facts.policy}：{facts.title} 分野 行政一般"],
    ]
    gap = "\n\n"
    return "\n" + gap.join("\n".join(block) for part in [head, *parts] for block in part if block) + "\n"


def broken(lines: Block, style: Style, at: int) -> Block:
    """A heading over two lines."""
    if not style.broken_headings:
        return lines
    return [lines[0][:at], lines[0][at:], *lines[1:]]


def digits(text: str, style: Style) -> str:
    return text.translate(_FULL) if style.full_width else text


def wrapped(text: str, width: int) -> Block:
    return [text[at : at + width] for at in range(0, len(text), width)]


# The budget


def amount(value: int, style: Style) -> str:
    return digits(f"{style.minus if value < 0 else ''}{abs(value):,}", style)


def budget(facts: Facts, style: Style, draw: Draw) -> list[Block]:
    """The budget table; torn, the last amounts of some rows stand below it, or the amounts stand apart from all labels."""
    years = sorted(facts.budget, reverse=style.descending)
    rows = {
        row: [None if (value := facts.budget[year][row]) is None else amount(value, style) for year in years]
        for row in BUDGET_ROWS
    }
    below: list[str] = []
    if style.torn:
        for row in draw(st.lists(st.sampled_from(BUDGET_ROWS), max_size=3, unique=True)):
            printed = [position for position, text in enumerate(rows[row]) if text is not None]
            position = printed[-1] if draw(st.integers(0, 3)) else draw(st.sampled_from(printed))
            below.append(rows[row][position] or "")
            rows[row][position] = None
        below = draw(st.permutations(below))
    heading = [f"予算の状況（{facts.budget_unit}）"]
    blocks: list[Block] = [
        ["政策の予算額・執行額等"],
        [f"区　　分 {' '.join(digits(short(year), style) for year in years)}"],
        broken(heading, style, 3),
    ]
    lines: list[Block] = []
    for row in BUDGET_ROWS:
        blank = "－" if style.dashes and not style.torn else None
        cells = [text or blank for text in rows[row]]
        lines.append([" ".join([BUDGET_HEADINGS[row], *(cell for cell in cells if cell is not None)])])
    blocks += [[line for block in lines for line in block]] if style.dropped_blanks else lines
    return blocks + [[text] for text in below]


# The measures


def figure(value: Figure, style: Style) -> str:
    if value.number is None:
        return value.word
    number = f"{value.number:,f}" if value.number == value.number.to_integral_value() else str(value.number)
    text = f"{number}{'％' if value.unit == '%' else value.unit}"
    return digits(text, style) + (value.qualifier or "")


def cell(row: Row, role: Role, style: Style) -> Block:
    """The lines of one cell without its year."""
    figures = [(label, figures[role]) for label, figures in row.measures]
    if figures[0][0] is None:
        text = figure(figures[0][1], style)
        qualifier = figures[0][1].qualifier
        return [text.removesuffix(qualifier), qualifier] if style.split_cells and qualifier else [text]
    if figures[0][1].number is None:
        return [figures[0][1].word]
    return [f"・{figure(value, style)}（{label}）" for label, value in figures]


def tag(row: Row, role: Role, style: Style) -> str | None:
    year = row.measures[0][1][role].year
    return None if year is None else f"【{digits(short(year), style)}】"


def row_blocks(row: Row, style: Style, moved: frozenset[Role], numbered: bool) -> list[Block]:
    """Name and cells of a row, without the cells that stand elsewhere."""
    name = wrapped(row.name, style.wrap)
    blocks: list[Block] = [[f"{row.number} {name[0]}", *name[1:]] if numbered else name]
    tags: list[str] = []
    for role in style.order:
        if role in moved:
            continue
        lines, year = cell(row, role, style), tag(row, role, style)
        blocks.append(lines)
        if year is None:
            continue
        if style.tags == "group":
            tags.append(year)
        elif style.tags == "apart":
            blocks.append([year])
        elif style.tags == "beside" and len(lines) == 1:
            blocks[-1] = [lines[0] + year]
        else:
            blocks[-1] = [*lines, year]
    if tags:
        blocks.append([" ".join(tags)])
    return [[line for block in blocks for line in block]] if style.dropped_blanks else blocks


def apart(row: Row, role: Role, style: Style) -> Block:
    """A cell that stands elsewhere, with its year."""
    year = tag(row, role, style)
    return [*cell(row, role, style), *([year] if year else [])]


def measures(facts: Facts, style: Style, draw: Draw) -> list[Block]:
    """The table of measures; torn, some cells stand before or after it, objectives and row numbers are lost or moved."""
    header: list[Block] = [
        [f"施策目標 測定指標 {_COLUMNS[style.order[0]]}（※２）"],
        ["【年度】", _COLUMNS[style.order[1]]],
        ["【年度】", _COLUMNS[style.order[2]], "【年度】"],
    ]
    cells = [(row.number, role) for row in facts.rows for role in ROLES]
    moved: set[tuple[int, Role]] = set()
    if style.torn:
        moved = set(draw(st.lists(st.sampled_from(cells), max_size=3, unique=True)))
    front: list[Block] = []
    back: list[Block] = []
    for row in facts.rows:
        for role in style.order:
            if (row.number, role) in moved:
                # Behind the last row its own cell would look as if it had never been moved, and nobody could tell.
                ahead = row is facts.rows[-1] or draw(st.booleans())
                (front if ahead else back).append(apart(row, role, style))
    goals: list[Block] = []
    table: list[Block] = []
    gathered = style.torn and draw(st.booleans())
    for goal in facts.goals:
        name = wrapped(f"{goal.name}により、国民生活の向上に貢献すること", style.wrap)
        (goals if gathered else table).append(name)
        for row in goal.rows:
            numbered = not style.torn or draw(st.integers(0, 3)) > 0
            lost = frozenset(role for number, role in moved if number == row.number)
            table += row_blocks(row, style, lost, numbered)
        if gathered and goals:
            table += goals
            goals = []
    front = draw(st.permutations(front)) if front else front
    back = draw(st.permutations(back)) if back else back
    return [*front, *header, *table, *back]


# What is concluded


def achievement(facts: Facts, style: Style) -> list[Block]:
    lines: Block = []
    for goal in facts.goals:
        text = f"・{goal.name}については、{'や'.join(row.name for row in goal.rows)}の取組により、{CLAIMS[goal.claim]}"
        lines += wrapped(text, style.wrap + 20)
    return [["目標の達成状況"], lines]


def listed(choices: dict[str, str], taken: str, style: Style) -> Block:
    """The choice that was made, or all of them with the one that is marked."""
    if style.choices == "alone":
        return [f"　　　{taken}　　{choices[taken]}"]
    marks = {"circle": ("○", "　"), "box": ("☑", "□"), "double": ("◎", "　")}[style.choices]
    return [f"{marks[0] if each == taken else marks[1]} {each}　{words}" for each, words in choices.items()]


def wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if letter.isascii() else letter


def rating(facts: Facts, style: Style) -> list[Block]:
    choices = {wide(each): f"基本目標の達成に向けて{words}" for each, words in GOOD.items()}
    return [["（評価区分）"], listed(choices, wide(facts.rating), style), ["目標期間終了時点の総括"]]


def recommendation(facts: Facts, style: Style) -> list[Block]:
    heading = f"（{era(facts.year + 2)}予算概算要求に向けた考え方）"
    return [["政策に関する評価結果"], [heading], listed(BUDGETS, facts.recommendation, style)]
