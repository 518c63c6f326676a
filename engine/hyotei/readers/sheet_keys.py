"""The keys of a sheet in YAML, part by part in the order in which they are written, with what each is called in both languages.

The names of figures stand in the table of figures. The reader knows no other keys, the writer puts the names beside them as
comments, and docs/sheet.md is checked against them.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from hyotei.messages import InEach, Text
from hyotei.sheet import figures
from hyotei.sheet.fields import RECORDED_SOURCES
from hyotei.sheet.figures import DIRECTION, OF_MEASURES, YEARLY, FigureRow, rows_of
from hyotei.sheet.scopes import Scope

Part = Mapping[str, tuple[str, str]]
"""The keys of one part of a sheet, each with its Japanese and English name."""

PRINTED: Final = "printed"
"""The key under which a written file keeps what is printed, for the figures and words beside it."""
_PRINTED: Final = {PRINTED: ("原本の印字（書き換えない）", "as printed in the original (leave as it is)")}

_TABLE: Final = ("", "")
"""Stands for the names that a key has in the table of figures."""


def _of_table(rows: Iterable[FigureRow]) -> dict[str, tuple[str, str]]:
    """The keys of figures with their names."""
    return {row.field: (row.in_yaml("ja"), row.in_yaml("en")) for row in rows if row.part is None and not row.made}


def _part(scope: Scope, known: Part, holder: str | None = None) -> Part:
    """The keys of a part in their order; figures of the table that are not among them stand behind them."""
    found = _of_table(row for row in rows_of(scope) if row.holder == holder)
    return {**known, **found}


MEASURE_FIGURES: Final = _of_table(OF_MEASURES)
AMOUNTS: Final = _of_table(figures.AMOUNTS)
_AT: Final = {"at": ("原本での場所", "place in the original")}
_FISCAL_YEAR: Final = {"fiscal_year": ("年度", "fiscal year")}
_SERIES: Final = {"series": ("ほかの年度の目標値と実績値", "targets and actuals of other years")}
_FACTS: Final = {"facts": ("個別項目（重み、必要性など）", "facts under names of their own")}
_RESULTS: Final = {"recorded": ("記載された結果", "recorded results")}
_OWN: Final = {**_FACTS, **_RESULTS}
_FIGURES: Final = {**_of_table((DIRECTION,)), **MEASURE_FIGURES, **_SERIES, **_OWN, **_AT, **_PRINTED}

SHEET: Final = _part(
    "sheet",
    {
        "schema": ("書式の版", "version of this layout"),
        "id": ("評価書を見分ける名前", "identifier of the sheet"),
        "title": _TABLE,
        "authority": _TABLE,
        "number": ("評価書の番号", "number of the sheet"),
        "policy": ("政策の番号か名前", "number or name of the policy"),
        "field": ("分野", "policy field"),
        "scheme": ("評価の方式", "scheme of evaluation"),
        "fiscal_year": _TABLE,
        "document": ("原本の題名", "title of the original"),
        "printed_in": ("原本のファイル", "file of the original"),
        "amounts_in": ("単位のない金額の単位", "unit of amounts that have none"),
        "goal": ("基本目標", "goal"),
        "objectives": ("施策目標", "objectives"),
        "indicators": ("測定指標（施策目標を分けないとき）", "indicators, where there is one objective"),
        "measures": ("測定値（指標を分けないとき）", "measures, where there is one indicator"),
        "outputs": ("活動指標", "activity indicators"),
        "budget": ("予算の状況", "budget"),
        **_FACTS,
        "recorded": ("記載された評価", "what the sheet itself concludes"),
        "outline": ("事業の概要", "outline of the programme"),
        "unread": ("資料にない部分", "parts that the source does not carry"),
        **_PRINTED,
    },
)
OBJECTIVE: Final = _part(
    "objective",
    {
        "name": _TABLE,
        "claim": _TABLE,
        "claim_at": ("達成状況の場所", "place of the claim"),
        "indicators": ("測定指標", "indicators"),
        **_OWN,
        **_PRINTED,
    },
)
INDICATOR: Final = _part(
    "indicator",
    {
        "number": ("指標の番号", "number of the indicator"),
        "name": _TABLE,
        "main": _TABLE,
        "term": ("短期・中期・長期の別", "term of the outcome"),
        "measures": ("測定値（内訳があるとき）", "measures, where there are several"),
        **_FIGURES,
    },
)
MEASURE: Final = _part("measure", {"label": _TABLE, **_FIGURES})
YEAR: Final[Part] = {**_FISCAL_YEAR, **_of_table(YEARLY), **_OWN, **_PRINTED}
BUDGET_YEAR: Final[Part] = {**_of_table(rows_of("budget_year")), **_OWN, **_AT, **_PRINTED}
RECORDED: Final = _part(
    "sheet",
    {
        "rating": _TABLE,
        "rating_at": ("評価区分の場所", "place of the rating"),
        "budget": _TABLE,
        "budget_at": ("予算の方向の場所", "place of the recommendation"),
        "inspection": _TABLE,
        "improvement": _TABLE,
        "earlier_findings": ("過去に受けた指摘事項", "findings of earlier years"),
        **_PRINTED,
    },
    "recorded",
)
FINDING: Final[Part] = {
    "kind": ("指摘の主体", "who found it"),
    "fiscal_year": ("指摘の年度", "year of the finding"),
    "finding": ("指摘事項", "finding"),
    "answer": ("対応状況", "what was done about it"),
}
OUTLINE: Final = _part(
    "sheet",
    {
        "issues": ("現状・課題", "state of things and issues"),
        "summary": ("事業の概要", "summary"),
        "ministry": ("担当の府省庁", "ministry in charge"),
        "units": ("担当部局", "responsible units"),
        "start_year": ("開始年度", "first fiscal year"),
        "end_year": ("終了年度", "last fiscal year"),
        "open_ended": ("終了予定なし（はい・いいえ）", "no end planned (true or false)"),
        "accounts": ("会計区分", "kinds of account"),
        "expenses": ("主要経費", "main expenses"),
        "methods": ("実施方法", "ways of carrying it out"),
        "policies": ("主要施策", "major policies"),
        "former_numbers": ("旧事業番号", "numbers of earlier years"),
        "url": ("URL", "URL"),
        "remarks": ("備考", "remarks"),
    },
    "outline",
)
SOURCE: Final[Part] = {
    "text": ("印字されている文字", "the text as printed"),
    "file": ("ファイル", "file"),
    "page": ("ページ", "page"),
    "line": ("行", "line"),
    "cell": ("セル", "cell"),
    "place": ("原本での場所", "place in the original"),
    "reading": ("読みの確かさ（記載・推定・不確か・訂正）", "reading (stated, inferred, ambiguous, corrected)"),
    "note": ("読みについて人が書いた注記", "what a person notes on the reading"),
    "notes": ("推定か不確かである理由（符号と値）", "why it is inferred or ambiguous, as codes with values"),
    "candidates": ("ほかの読み方", "other readings"),
}
NOTE: Final[Part] = {
    "code": ("理由の符号", "code of the reason"),
    "values": ("文に入る値", "values of its text"),
}
RECORD: Final[Part] = {
    "read": ("読み取った値（text と違うとき）", "what was read, where it is not the text"),
    **_FISCAL_YEAR,
    **SOURCE,
}
EXACT: Final[Part] = {
    "value": ("正確な値（金額は円、百分率は比）", "exact value (money in yen, percentages as ratios)"),
    "unknown": ("値がない理由", "why there is no value"),
    "low": ("範囲の下限", "lower end of a range"),
    "high": ("範囲の上限", "upper end of a range"),
    "unit": ("単位", "unit"),
    "qualifier": ("限定（以上・以下・未満・超・程度・約）", "qualifier"),
    **_FISCAL_YEAR,
    "source": ("読んだ所", "where it was read"),
}
FIGURE: Final[Part] = {
    "text": ("数値", "the figure"),
    "at": ("原本での場所", "place in the original"),
    "page": ("ページ", "page"),
    "reading": SOURCE["reading"],
    "note": SOURCE["note"],
    "notes": SOURCE["notes"],
}
FACT: Final[Part] = {
    "text": ("値", "the value"),
    "reason": ("人が付けた評価の理由", "reason of a judgment"),
    "by": ("評価した者（役割）", "who judged (a role)"),
    **{key: names for key, names in FIGURE.items() if key != "text"},
    **{key: names for key, names in EXACT.items() if key != "source"},
}

WORD_SOURCES: Final = {name: f"{name}_source" for name in ("claim", *RECORDED_SOURCES)}
"""The words whose source the models keep, with the name of that field; the layout of the models has it as a key, too."""
BUDGET_KEYS: Final = ("budget", "budget_years")
"""The budget of a sheet, by its key for people and in the layout of the models."""


@cache
def figure_name(key: str) -> Text:
    """What a figure of a measure or an amount of a budget year is called."""
    return InEach(*(MEASURE_FIGURES[key] if key in MEASURE_FIGURES else AMOUNTS[key]))


def model_keys(part: Part) -> tuple[str, ...]:
    """The keys that a part has in the layout of the models only."""
    if part is SHEET:
        return (*BUDGET_KEYS[1:], "identity")
    sources = tuple(WORD_SOURCES[key] for key in part if key in WORD_SOURCES)
    return (*sources, "results") if part is RECORDED else sources
