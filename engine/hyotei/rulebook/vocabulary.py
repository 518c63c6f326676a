"""The names that rules may use of a sheet: which figures each scope has, of what type, and what they are called."""

from dataclasses import dataclass
from typing import Final

from hyotei.rulebook.types import BOOLEAN, COUNT, FIGURE, MONEY, TEXT, YEAR, ScaleType, Scope, Type

QUALIFIER = ScaleType("qualifier", ("以上", "以下", "未満", "超", "程度", "約", "なし"), ordered=False)
DIRECTION = ScaleType("direction", ("increase", "decrease", "maintain"), ordered=False)
CLAIM = ScaleType("claim", ("achieved", "partly_achieved", "not_achieved"), ordered=True)
BASIS = ScaleType("basis", ("gross", "net"), ordered=False)
BUILT_IN_SCALES: Final = (QUALIFIER, DIRECTION, CLAIM, BASIS)

BUILT_IN_LABELS: Final[dict[str, dict[str, str]]] = {
    "direction": {"increase": "増加", "decrease": "減少", "maintain": "維持"},
    "claim": {"achieved": "達成", "partly_achieved": "一部達成", "not_achieved": "未達成"},
    "basis": {"gross": "総額", "net": "翌年度への繰越しを除く"},
}
"""What the values of the built-in scales are called in Japanese, where they are not Japanese already."""

PARENT: Final[dict[Scope, Scope]] = {
    "measure": "indicator",
    "indicator": "objective",
    "objective": "sheet",
    "budget_year": "sheet",
}
"""Which scope each scope lies in."""

LISTS: Final[dict[str, Scope]] = {
    "measures": "measure",
    "indicators": "indicator",
    "objectives": "objective",
    "budget_years": "budget_year",
}


def ancestry(scope: Scope) -> tuple[Scope, ...]:
    """The scope and all it lies in, innermost first."""
    chain = [scope]
    while chain[-1] in PARENT:
        chain.append(PARENT[chain[-1]])
    return tuple(chain)


@dataclass(frozen=True, slots=True)
class FigureName:
    """A figure rules can read: its path as written, its type, and its names for people."""

    scope: Scope
    name: str
    type: Type
    ja: str
    en: str


def _quantity(scope: Scope, name: str, of: Type, ja: str, en: str) -> tuple[FigureName, ...]:
    # A range such as 80～90% has no single value but two ends.
    return (
        FigureName(scope, name, of, ja, en),
        FigureName(scope, f"{name}.qualifier", QUALIFIER, f"{ja}の限定", f"qualifier of the {en}"),
        FigureName(scope, f"{name}.unit", TEXT, f"{ja}の単位", f"unit of the {en}"),
        FigureName(scope, f"{name}.fiscal_year", YEAR, f"{ja}の年度", f"fiscal year of the {en}"),
        FigureName(scope, f"{name}.low", of, f"{ja}の下限", f"lower end of the {en}"),
        FigureName(scope, f"{name}.high", of, f"{ja}の上限", f"upper end of the {en}"),
    )


_AMOUNTS = (
    ("initial", "当初予算", "initial budget"),
    ("supplementary", "補正予算", "supplementary budget"),
    ("carried_over", "繰越し等", "carried over"),
    ("reserve", "予備費等", "reserve"),
    ("carried_forward", "翌年度への繰越し", "carried forward"),
    ("total", "予算額の合計", "total budget"),
    ("executed", "執行額", "executed"),
    ("request", "要求額", "request"),
)

FIGURES: Final[tuple[FigureName, ...]] = (
    *_quantity("measure", "baseline", FIGURE, "基準値", "baseline"),
    *_quantity("measure", "target", FIGURE, "目標値", "target"),
    *_quantity("measure", "actual", FIGURE, "実績値", "actual"),
    FigureName("measure", "label", TEXT, "内訳", "label"),
    FigureName("measure", "direction", DIRECTION, "改善の向き", "direction"),
    FigureName("measure", "units_agree", BOOLEAN, "単位の一致", "units agree"),
    FigureName("measure", "years_missed", COUNT, "続けて未達の年数", "years missed in a row"),
    FigureName("indicator", "name", TEXT, "測定指標", "indicator"),
    FigureName("indicator", "main", BOOLEAN, "主要な指標", "main indicator"),
    FigureName("objective", "name", TEXT, "施策目標", "objective"),
    FigureName("objective", "claim", CLAIM, "目標の達成状況（記載）", "claimed achievement"),
    FigureName("budget_year", "fiscal_year", YEAR, "年度", "fiscal year"),
    *(FigureName("budget_year", name, MONEY, ja, en) for name, ja, en in _AMOUNTS),
    FigureName("budget_year", "basis", BASIS, "合計の定義", "basis of the total"),
    FigureName("sheet", "fiscal_year", YEAR, "評価対象年度", "evaluated fiscal year"),
    FigureName("sheet", "title", TEXT, "政策名", "title"),
    FigureName("sheet", "authority", TEXT, "府省庁", "authority"),
    FigureName("sheet", "recorded.rating", TEXT, "記載された評価区分", "recorded rating"),
    FigureName("sheet", "recorded.budget", TEXT, "記載された予算の方向", "recorded recommendation"),
    FigureName("sheet", "recorded.opinion", TEXT, "所見", "opinion"),
    FigureName("sheet", "recorded.reflection", TEXT, "反映状況", "reflection in the request"),
    FigureName("sheet", "recorded.reflection_amount", MONEY, "反映額の合計", "reflection amounts together"),
    FigureName("sheet", "recorded.greatest_reflection_amount", MONEY, "最大の反映額", "greatest reflection amount"),
    FigureName("sheet", "recorded.inspection", TEXT, "点検結果", "inspection"),
    FigureName("sheet", "recorded.improvement", TEXT, "改善の方向性", "improvement"),
    FigureName("sheet", "outline.kind", TEXT, "事業区分", "kind of programme"),
    FigureName("sheet", "outline.no_target_reason", TEXT, "定量的な目標を設定できない理由", "reason for no target"),
    FigureName("sheet", "logic_model.activities", COUNT, "アクティビティの数", "activities in the logic model"),
    FigureName("sheet", "logic_model.outputs", COUNT, "アウトプットの数", "outputs in the logic model"),
    FigureName("sheet", "logic_model.outcomes", COUNT, "アウトカムの数", "outcomes in the logic model"),
)

BY_NAME: Final[dict[tuple[Scope, str], FigureName]] = {(figure.scope, figure.name): figure for figure in FIGURES}


def figure(scope: Scope, name: str) -> FigureName | None:
    """The figure of that scope and path, if there is one."""
    return BY_NAME.get((scope, name))
