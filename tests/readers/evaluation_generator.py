"""Evaluation sheets of other policies as a Hypothesis strategy: what a sheet says, before it is printed and torn apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from hypothesis import strategies as st

from hyotei.sheet import Claim, Qualifier, UnknownReason

Role = Literal["baseline", "target", "actual"]
ROLES: Final[tuple[Role, ...]] = ("baseline", "target", "actual")
BUDGET_ROWS: Final = ("initial", "supplementary", "carried_over", "total", "executed")

AUTHORITIES: Final = ("総務省", "財務省", "文部科学省", "国土交通省", "環境省", "警察庁", "内閣府")
SUBJECTS: Final = (
    "地域医療", "森林保全", "道路交通", "水道", "文化財", "統計", "消防", "観光", "港湾", "図書館", "河川", "郵便", "放送", "農村",
)  # fmt: skip
ACTIONS: Final = ("基盤の整備", "担い手の育成", "安全の確保", "利用の促進", "制度の見直し", "情報の提供", "体制の強化")
NAMES: Final = (
    ("講習会の開催回数", "回"),
    ("相談の受付件数", "件"),
    ("研修の修了者数", "人"),
    ("協定を結んだ国数", "カ国"),
    ("計画を策定した市町村の割合", "%"),
    ("施設の利用率", "%"),
    ("支援を受けた団体数", "団体"),
    ("審査に要する日数", "日"),
    ("設備の更新の進捗状況", "箇所"),
    ("実証事業の実施状況", "件"),
    ("助成を受けた事業者数", "社"),
    ("共同研究の論文数", "件"),
)
LABELS: Final = ("講習会", "見学会", "国内", "国外", "東日本", "西日本", "新規分", "継続分", "都市部", "オンライン等")
GOOD: Final = {"A": "相当の進展があった", "B": "進展があった", "C": "十分な進展がなかった"}
BUDGETS: Final = {"Ⅰ": "予算の拡充", "Ⅱ": "予算の継続", "Ⅲ": "予算の縮減", "Ⅳ": "予算の廃止"}
UNITS: Final = {"円": 1, "千円": 1_000, "百万円": 1_000_000}


@dataclass(frozen=True)
class Figure:
    """A figure as it must be read: the value in the unit as printed, or the reason for having none."""

    number: Decimal | None
    unit: str | None = None
    qualifier: Qualifier | None = None
    year: int | None = None
    unknown: UnknownReason | None = None
    word: str = ""

    @property
    def value(self) -> Decimal | None:
        return self.number / 100 if self.number is not None and self.unit == "%" else self.number


@dataclass(frozen=True)
class Row:
    """An indicator: its measures, each with a label if there are several, and their figures by column."""

    number: int
    name: str
    measures: tuple[tuple[str | None, dict[Role, Figure]], ...]


@dataclass(frozen=True)
class Goal:
    """An objective with its claim and the numbers of its indicators."""

    name: str
    claim: Claim
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Facts:
    """All that a sheet says."""

    authority: str
    serial: int
    year: int
    title: str
    policy: int
    goals: tuple[Goal, ...]
    budget_unit: str
    budget: dict[int, dict[str, int | None]]
    typo: int | None
    rating: str
    recommendation: str
    rows: tuple[Row, ...] = field(default=())


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """What a sheet says: other policies, years, 1 to 6 indicators, labels, unsettled years, blanks, typos in totals."""
    year = draw(st.integers(2009, 2030))
    subjects = draw(st.permutations(SUBJECTS))
    names = draw(st.permutations(NAMES))
    count = draw(st.integers(1, 6))
    cut = draw(st.integers(1, count - 1)) if count > 1 and draw(st.booleans()) else count
    rows = tuple(
        draw(_row(index + 1, f"{subjects[index]}に関する{names[index][0]}", names[index][1], year))
        for index in range(count)
    )
    goals: list[Goal] = []
    for index, group in enumerate(part for part in (rows[:cut], rows[cut:]) if part):
        claim: Claim = draw(st.sampled_from(("achieved", "partly_achieved", "not_achieved")))
        name = f"{subjects[8 + index]}の{draw(st.sampled_from(ACTIONS))}"
        goals.append(Goal(name, claim, group))
    unit = draw(st.sampled_from(tuple(UNITS)))
    budget = draw(_budget(year))
    closed = [each for each, amounts in budget.items() if amounts["total"] is not None]
    typo = draw(st.sampled_from(closed)) if closed and draw(st.integers(0, 5)) == 0 else None
    if typo is not None:
        total = budget[typo]["total"]
        assert total is not None
        budget[typo]["total"] = total + draw(st.sampled_from((9, 90, 900)))
    return Facts(
        authority=draw(st.sampled_from(AUTHORITIES)),
        serial=draw(st.integers(1, 20)),
        year=year,
        title=f"{subjects[10]}における{draw(st.sampled_from(ACTIONS))}",
        policy=draw(st.integers(1, 30)),
        goals=tuple(goals),
        budget_unit=unit,
        budget=budget,
        typo=typo,
        rating=draw(st.sampled_from(tuple(GOOD))),
        recommendation=draw(st.sampled_from(tuple(BUDGETS))),
        rows=rows,
    )


@st.composite
def _row(draw: st.DrawFn, number: int, name: str, unit: str, year: int) -> Row:
    several = draw(st.integers(0, 3)) == 0
    labels: Sequence[str | None] = draw(st.permutations(LABELS))[: draw(st.integers(2, 3))] if several else (None,)
    before = year - draw(st.integers(1, 4))
    open_actual = draw(st.integers(0, 7)) == 0
    blank_baseline = draw(st.integers(0, 11)) == 0
    measures: list[tuple[str | None, dict[Role, Figure]]] = []
    for label in labels:
        start = draw(st.integers(1, 95 if unit == "%" else 1200))
        goal = draw(st.integers(1, 99 if unit == "%" else 1500))
        reached = draw(st.integers(0, 100 if unit == "%" else 2000))
        scale = Decimal(10) if unit == "%" and draw(st.booleans()) else Decimal(1)
        qualifier: Qualifier | None = draw(st.sampled_from((None, None, "以上", "程度", "以下")))
        measures.append(
            (
                label,
                {
                    "baseline": Figure(None, unknown="missing", word="－")
                    if blank_baseline
                    else Figure(start / scale, unit, year=before),
                    "target": Figure(goal / scale, unit, qualifier, year),
                    "actual": Figure(None, year=year, unknown="unsettled", word="集計中")
                    if open_actual
                    else Figure(reached / scale, unit, year=year),
                },
            )
        )
    return Row(number, name, tuple(measures))


@st.composite
def _budget(draw: st.DrawFn, year: int) -> dict[int, dict[str, int | None]]:
    """Three to five years; the last ones open, as they are when an evaluation is written."""
    first = year - draw(st.integers(1, 3))
    last = year + draw(st.integers(0, 1))
    settled = draw(st.booleans())
    found: dict[int, dict[str, int | None]] = {}
    for each in range(first, last + 1):
        initial = draw(st.integers(1_000, 9_000_000))
        extra = draw(st.one_of(st.just(0), st.integers(-900, 400_000)))
        carried = draw(
            st.one_of(st.just(0), st.integers(-min(900, initial + extra), 300_000))
        )  # no total is below zero
        total = initial + extra + carried
        executed = draw(st.integers(total // 2, total))
        future = each > year
        found[each] = {
            "initial": initial,
            "supplementary": extra,
            "carried_over": None if future else carried,
            "total": None if future else total,
            "executed": executed if each < year or (each == year and settled) else None,
        }
    return found
