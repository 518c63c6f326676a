"""The names that rules may use of a sheet: which figures each scope has, of what type and domain, and what they are called.

This is the one table of figures. What a figure can be is told here only: proofs, sweeps and warnings take it from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from hyotei.rulebook.types import BOOLEAN, COUNT, FIGURE, MONEY, TEXT, YEAR, NumberType, ScaleType, Scope, Type
from hyotei.rulebook.value_domain import ALL_REASONS, ANY_NUMBER, COUNTED, NATURAL, TRUTH, Domain, Numbers, Size, number
from hyotei.rulebook.values import Reason
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR
from hyotei.sheet.numerals import DECIMALS, WHOLE_DIGITS

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


GREATEST: Final = Fraction(10**WHOLE_DIGITS) - Fraction(1, 10**DECIMALS)
"""The greatest figure that a sheet can state."""
STATED: Final = Numbers(-GREATEST, GREATEST)
"""The numbers that a sheet can state: negative ones too, for amounts as for figures of indicators."""
YEARS: Final = Numbers(Fraction(FIRST_YEAR), Fraction(LAST_YEAR), whole=True)
"""The fiscal years that a sheet can state."""
_DIGITS: Final = Size(WHOLE_DIGITS, DECIMALS)
MISSING: Final[frozenset[Reason]] = frozenset({"missing"})
NOT_THERE: Final[frozenset[Reason]] = frozenset({"missing", "unread"})
"""Why a part of the sheet can be unknown: the sheet does not have it, or what was read does not carry it."""


@dataclass(frozen=True, slots=True)
class FigureName:
    """A figure rules can read: its path as written, its type, its names for people, and what it can be.

    `domain` is what some sheet brings about, whatever the rulebook. Two figures are narrower under a rulebook: `fiscal_year` of the
    sheet is one in force, and what is recorded is a value of the rulebook's scale, where it has one of that name.
    """

    scope: Scope
    name: str
    type: Type
    ja: str
    en: str
    domain: Domain

    @property
    def quantity(self) -> bool:
        """Whether it stands for a `Quantity` of the model of its scope."""
        return self.type in (FIGURE, MONEY) and "." not in self.name


def _figure(scope: Scope, name: str, of: Type, ja: str, en: str, unknown: Iterable[Reason] = ()) -> FigureName:
    """A figure of which its type tells what it can be, but not why it can be unknown."""
    return FigureName(scope, name, of, ja, en, _of_type(of).with_unknown(unknown))


def _of_type(of: Type) -> Domain:
    match of:
        case NumberType("year"):
            return number(YEARS, Size(4))
        case NumberType("count"):
            return number(NATURAL, Size(COUNTED))
        case NumberType():
            return number(STATED, _DIGITS)
        case ScaleType(_, values):
            return Domain(named=values)
    return TRUTH if of == BOOLEAN else Domain(texts=True)


def _quantity(scope: Scope, name: str, of: Type, ja: str, en: str) -> tuple[FigureName, ...]:
    # A range such as 80～90% has no single value but two ends.
    return (
        _figure(scope, name, of, ja, en, ALL_REASONS),
        _figure(scope, f"{name}.qualifier", QUALIFIER, f"{ja}の限定", f"qualifier of the {en}"),
        _figure(scope, f"{name}.unit", TEXT, f"{ja}の単位", f"unit of the {en}"),
        _figure(scope, f"{name}.fiscal_year", YEAR, f"{ja}の年度", f"fiscal year of the {en}", MISSING),
        _figure(scope, f"{name}.low", of, f"{ja}の下限", f"lower end of the {en}", ALL_REASONS),
        _figure(scope, f"{name}.high", of, f"{ja}の上限", f"upper end of the {en}", ALL_REASONS),
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
    _figure("measure", "label", TEXT, "内訳", "label"),
    # Where nothing tells it, it is unknown as the target is, or missing.
    _figure("measure", "direction", DIRECTION, "改善の向き", "direction", ALL_REASONS),
    _figure("measure", "units_agree", BOOLEAN, "単位の一致", "units agree"),
    FigureName(
        "measure",
        "years_missed",
        COUNT,
        "続けて未達の年数",
        "years missed in a row",
        number(Numbers(Fraction(0), Fraction(LAST_YEAR - FIRST_YEAR + 1), whole=True), Size(3), MISSING),
    ),
    _figure("indicator", "name", TEXT, "測定指標", "indicator"),
    _figure("indicator", "main", BOOLEAN, "主要な指標", "main indicator", MISSING),
    _figure("objective", "name", TEXT, "施策目標", "objective"),
    _figure("objective", "claim", CLAIM, "目標の達成状況（記載）", "claimed achievement", MISSING),
    _figure("budget_year", "fiscal_year", YEAR, "年度", "fiscal year"),
    *(_figure("budget_year", name, MONEY, ja, en, ALL_REASONS) for name, ja, en in _AMOUNTS),
    _figure("budget_year", "basis", BASIS, "合計の定義", "basis of the total"),
    _figure("sheet", "fiscal_year", YEAR, "評価対象年度", "evaluated fiscal year"),
    _figure("sheet", "title", TEXT, "政策名", "title"),
    _figure("sheet", "authority", TEXT, "府省庁", "authority"),
    _figure("sheet", "recorded.rating", TEXT, "記載された評価区分", "recorded rating", NOT_THERE),
    _figure("sheet", "recorded.budget", TEXT, "記載された予算の方向", "recorded recommendation", NOT_THERE),
    _figure("sheet", "recorded.opinion", TEXT, "所見", "opinion", NOT_THERE),
    _figure("sheet", "recorded.reflection", TEXT, "反映状況", "reflection in the request", NOT_THERE),
    FigureName(
        "sheet",
        "recorded.reflection_amount",
        MONEY,
        "反映額の合計",
        "reflection amounts together",
        # The sum of any number of amounts.
        number(ANY_NUMBER, _DIGITS.summed(), ALL_REASONS),
    ),
    _figure(
        "sheet", "recorded.greatest_reflection_amount", MONEY, "最大の反映額", "greatest reflection amount", ALL_REASONS
    ),
    _figure("sheet", "recorded.inspection", TEXT, "点検結果", "inspection", NOT_THERE),
    _figure("sheet", "recorded.improvement", TEXT, "改善の方向性", "improvement", NOT_THERE),
    _figure("sheet", "outline.kind", TEXT, "事業区分", "kind of programme", NOT_THERE),
    _figure(
        "sheet", "outline.no_target_reason", TEXT, "定量的な目標を設定できない理由", "reason for no target", MISSING
    ),
    _figure("sheet", "logic_model.activities", COUNT, "アクティビティの数", "activities in the logic model", NOT_THERE),
    _figure("sheet", "logic_model.outputs", COUNT, "アウトプットの数", "outputs in the logic model", NOT_THERE),
    _figure("sheet", "logic_model.outcomes", COUNT, "アウトカムの数", "outcomes in the logic model", NOT_THERE),
)

BY_NAME: Final[dict[tuple[Scope, str], FigureName]] = {(figure.scope, figure.name): figure for figure in FIGURES}


def figure(scope: Scope, name: str) -> FigureName | None:
    """The figure of that scope and path, if there is one."""
    return BY_NAME.get((scope, name))
