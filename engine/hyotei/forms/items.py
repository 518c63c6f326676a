"""What the tables of a form can map printed words to: the items of each kind of table, with their names in both languages."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

from hyotei.sheet.figures import OF_BUDGET_YEARS

TableKind = Literal["words", "labels", "budget", "measures", "years", "parts", "claims", "choices", "list"]
"""The kinds of tables, by the name in the heading: groups of words, labelled cells, rows of a budget, headings of measures, words
beside a year, headings of parts, marks of achievement, choices and what they stand for, and columns of a list."""
KINDS: Final[tuple[TableKind, ...]] = get_args(TableKind)

Names = Mapping[str, str]
"""Each item with its name in Japanese."""

NONE: Final = "none"
"""The item of words that mean nothing here, though the form that is extended reads them."""

_IDENTITY: Final[Names] = {
    "title": "題名", "id": "符号", "number": "番号", "authority": "府省庁", "fiscal_year": "評価年度", "made_year": "作成年度",
    "policy": "政策", "field": "分野", "scheme": "評価方式", "goal": "基本目標",
}  # fmt: skip
_AMOUNTS: Final[Names] = {row.field: row.in_yaml("ja") for row in OF_BUDGET_YEARS if row.quantity}
_MEASURES: Final[Names] = {
    "objective": "施策目標", "name": "指標名", "number": "番号", "unit": "単位", "main": "主要", "baseline": "基準値",
    "baseline_year": "基準年度", "target": "目標値", "target_year": "目標年度", "actual": "実績値", "actual_year": "実績年度",
    "final": "最終目標値", "condition": "条件", "yearly_target": "年度ごとの目標値", "yearly_actual": "年度ごとの実績値",
    "both": "目標値と実績値", "both_turned": "実績値と目標値", "achieved": "達成状況",
    "years": "年度", "tag": "印", "rate": "達成度", "other": "値でない欄",
}  # fmt: skip
_YEARS: Final[Names] = {
    "part": "内数", "request": "要求額", "draft": "予算案", "outturn_estimate": "決算見込", "estimate": "見込", "executed": "決算",
    "actual": "実績", "target": "目標", "revised": "補正後", "initial": "当初", "plain": "年度のみ",
}  # fmt: skip
_PARTS: Final[Names] = {
    "head": "題名の欄", "outline": "概要", "goal": "基本目標", "budget": "予算", "cabinet": "内閣の重要政策",
    "measures": "測定指標",
    "achievement": "目標の達成状況", "grade": "達成度合い", "analysis": "分析", "means": "達成手段", "reflection": "反映の方向性",
    "rating": "評価区分", "summary": "総括", "result": "評価結果", "request": "予算要求の考え方", "notes": "注",
    "experts": "有識者の知見", "materials": "資料", "office": "担当部局", "author": "作成責任者", "time": "実施時期",
}  # fmt: skip
_CLAIMS: Final[Names] = {
    "achieved": "達成", "partly_achieved": "一部達成", "not_achieved": "未達成", "open": "未定",
}  # fmt: skip
_RECORDED: Final[Names] = {"recorded.rating": "記載の評価区分", "recorded.budget": "記載の予算の方向"}

FIGURES_OF_MEASURES: Final = ("baseline", "target", "actual", "final")
"""The items of measures that hold a figure."""
ITEMS: Final[Mapping[TableKind, Names]] = {
    "words": {},
    "labels": {**_IDENTITY, **_RECORDED},
    "budget": _AMOUNTS,
    "measures": _MEASURES,
    "years": _YEARS,
    "parts": _PARTS,
    "claims": _CLAIMS,
    "choices": {},
    "list": {
        **_IDENTITY, **_RECORDED, "objective": "施策目標", "key": "鍵",
        **{f"budget.{name}": f"予算の{japanese}" for name, japanese in _AMOUNTS.items()},
        **{f"indicator.{name}": f"指標の{_MEASURES[name]}" for name in ("name", "number", "unit", *FIGURES_OF_MEASURES)},
        "indicator.target_year": "指標の目標年度", "indicator.actual_year": "指標の実績年度",
        "indicator.achieved": "指標の達成状況",
        **{f"output.{name}": f"活動指標の{_MEASURES[name]}" for name in ("name", "number", "unit", *FIGURES_OF_MEASURES)},
    },
}  # fmt: skip
"""The items of each kind of table. Labels, measures and lists also have facts (`fact NAME`) and records (`recorded.NAME`) of
any name.
"""


FACT: Final = "fact "
"""Before the name of a fact in an item."""


def states_fact(item: str) -> bool:
    """Whether an item is a fact or a recorded result, of whatever name."""
    return item.startswith((FACT, "recorded."))


def item_of(kind: TableKind, written: str) -> str | None:
    """The item that a cell names, in English or Japanese; None where this kind of table has none of that name.

    An item of a list may name its group after the first word: `indicator ア.name` is the name of the indicator ア.

    >>> item_of("budget", "執行額"), item_of("list", "indicator ア.name"), item_of("labels", "fact necessity")
    ('executed', 'indicator ア.name', 'fact necessity')
    """
    text = " ".join(written.split())
    if text in (NONE, "なし"):
        return NONE
    names = ITEMS[kind]
    if text in names:
        return text
    found = next((item for item, japanese in names.items() if japanese == text), None)
    if found is not None or kind not in ("labels", "measures", "list"):
        return found
    first, _, rest = text.partition(" ")
    if first == "fact" and rest.isidentifier():
        return text
    if text.startswith("recorded.") and text.removeprefix("recorded.").isidentifier():
        return text
    group, dot, field = rest.partition(".")
    if kind == "list" and dot and group and f"{first}.{field}" in names:
        return text
    return None
