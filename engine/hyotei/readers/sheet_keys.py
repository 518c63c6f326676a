"""The keys of a sheet in YAML, part by part in the order in which they are written, with what each is called in both languages.

The reader knows no other keys, the writer puts the names beside them as comments, and docs/sheet.md is checked against them.
"""

from collections.abc import Mapping
from typing import Final

from hyotei.messages import InEach, Text

Part = Mapping[str, tuple[str, str]]
"""The keys of one part of a sheet, each with its Japanese and English name."""

PRINTED: Final = "printed"
"""The key under which a written file keeps what is printed, for the figures and words beside it."""
_PRINTED: Final = {PRINTED: ("原本の印字（書き換えない）", "as printed in the original (leave as it is)")}

MEASURE_FIGURES: Final = {
    "baseline": ("基準値", "baseline"),
    "target": ("目標値", "target"),
    "actual": ("実績値", "actual"),
    "final_target": ("最終目標値", "final target"),
}
AMOUNTS: Final = {
    "initial": ("当初予算", "initial budget"),
    "supplementary": ("補正予算", "supplementary budget"),
    "carried_over": ("前年度からの繰越し等", "carried over from the year before"),
    "reserve": ("予備費等", "reserve"),
    "carried_forward": ("翌年度への繰越し", "carried forward to the next year"),
    "total": ("合計", "total"),
    "executed": ("執行額", "executed"),
    "request": ("要求額", "request"),
}
_AT: Final = {"at": ("原本での場所", "place in the original")}
_FISCAL_YEAR: Final = {"fiscal_year": ("年度", "fiscal year")}
_DIRECTION: Final = {"direction": ("改善の向き（増加・減少・維持）", "direction (increase, decrease, maintain)")}
_SERIES: Final = {"series": ("ほかの年度の目標値と実績値", "targets and actuals of other years")}
_FIGURES: Final = {**_DIRECTION, **MEASURE_FIGURES, **_SERIES, **_AT, **_PRINTED}

SHEET: Final[Part] = {
    "schema": ("書式の版", "version of this layout"),
    "id": ("評価書を見分ける名前", "identifier of the sheet"),
    "title": ("政策名", "title of the policy"),
    "authority": ("府省庁", "authority"),
    "number": ("評価書の番号", "number of the sheet"),
    "policy": ("政策の番号か名前", "number or name of the policy"),
    "field": ("分野", "policy field"),
    "scheme": ("評価の方式", "scheme of evaluation"),
    "fiscal_year": ("評価対象の年度", "evaluated fiscal year"),
    "document": ("原本の題名", "title of the original"),
    "printed_in": ("原本のファイル", "file of the original"),
    "amounts_in": ("単位のない金額の単位", "unit of amounts that have none"),
    "goal": ("基本目標", "goal"),
    "objectives": ("施策目標", "objectives"),
    "indicators": ("測定指標（施策目標を分けないとき）", "indicators, where there is one objective"),
    "measures": ("測定値（指標を分けないとき）", "measures, where there is one indicator"),
    "outputs": ("活動指標", "activity indicators"),
    "budget": ("予算の状況", "budget"),
    "recorded": ("記載された評価", "what the sheet itself concludes"),
    "outline": ("事業の概要", "outline of the programme"),
    "logic_model": ("効果発現経路", "logic model"),
    "unread": ("資料にない部分", "parts that the source does not carry"),
    **_PRINTED,
}
OBJECTIVE: Final[Part] = {
    "name": ("施策目標の名前", "name of the objective"),
    "claim": ("目標の達成状況（達成・一部達成・未達成）", "claim (achieved, partly_achieved, not_achieved)"),
    "claim_at": ("達成状況の場所", "place of the claim"),
    "indicators": ("測定指標", "indicators"),
    **_PRINTED,
}
INDICATOR: Final[Part] = {
    "number": ("指標の番号", "number of the indicator"),
    "name": ("指標の名前", "name of the indicator"),
    "main": ("主要な指標か（はい・いいえ）", "main indicator (true or false)"),
    "term": ("短期・中期・長期の別", "term of the outcome"),
    "measures": ("測定値（内訳があるとき）", "measures, where there are several"),
    **_FIGURES,
}
MEASURE: Final[Part] = {"label": ("内訳の名前", "label of the measure"), **_FIGURES}
YEAR: Final[Part] = {
    **_FISCAL_YEAR,
    "target": MEASURE_FIGURES["target"],
    "actual": MEASURE_FIGURES["actual"],
    **_PRINTED,
}
BUDGET_YEAR: Final[Part] = {
    **_FISCAL_YEAR,
    **AMOUNTS,
    "stated_rate": ("執行率（記載）", "execution rate as stated"),
    "basis": ("合計の定義（net は翌年度への繰越しを除いた額）", "basis of the total (net or gross)"),
    **_AT,
    **_PRINTED,
}
RECORDED: Final[Part] = {
    "rating": ("評価区分", "rating"),
    "rating_at": ("評価区分の場所", "place of the rating"),
    "budget": ("予算の方向", "budget recommendation"),
    "budget_at": ("予算の方向の場所", "place of the recommendation"),
    "inspection": ("点検結果", "what the bureau found"),
    "improvement": ("改善の方向性", "how it means to improve"),
    "effect": ("効果測定に関する評価", "how the effect was judged"),
    "external_kind": ("外部有識者の点検対象か", "whether outside experts inspected it"),
    "external_opinion": ("外部有識者の所見", "opinion of outside experts"),
    "public_process": ("公開プロセス結果概要", "outcome of the public process"),
    "opinion": ("所見", "opinion of the review team"),
    "opinion_detail": ("所見の詳細", "details of the opinion"),
    "reflection": ("反映状況", "how the request reflects it"),
    "reflection_detail": ("反映状況の詳細", "details of the reflection"),
    "reflection_amounts": ("反映額", "amounts of the reflection"),
    "earlier_findings": ("過去に受けた指摘事項", "findings of earlier years"),
    **_PRINTED,
}
REFLECTION: Final[Part] = {
    "account": ("会計", "account"),
    "subaccount": ("勘定", "subaccount"),
    "amount": ("反映額", "amount"),
    **_PRINTED,
}
FINDING: Final[Part] = {
    "kind": ("指摘の主体", "who found it"),
    "fiscal_year": ("指摘の年度", "year of the finding"),
    "finding": ("指摘事項", "finding"),
    "answer": ("対応状況", "what was done about it"),
}
OUTLINE: Final[Part] = {
    "kind": ("事業区分", "kind of programme"),
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
    "no_target_reason": ("定量的な目標を設定できない理由", "why no target in figures was set"),
    "former_numbers": ("旧事業番号", "numbers of earlier years"),
    "url": ("URL", "URL"),
    "remarks": ("備考", "remarks"),
}
LOGIC_MODEL: Final[Part] = {
    "activities": ("アクティビティ", "activities"),
    "outputs": ("アウトプット", "outputs"),
    "outcomes": ("アウトカム", "outcomes"),
}
SOURCE: Final[Part] = {
    "text": ("印字されている文字", "the text as printed"),
    "file": ("ファイル", "file"),
    "page": ("ページ", "page"),
    "line": ("行", "line"),
    "cell": ("セル", "cell"),
    "place": ("原本での場所", "place in the original"),
    "reading": ("読みの確かさ（記載・推定・不確か・訂正）", "reading (stated, inferred, ambiguous, corrected)"),
    "note": ("推定か不確かである理由", "why it is inferred or ambiguous"),
    "candidates": ("ほかの読み方", "other readings"),
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
}

WORD_SOURCES: Final = {
    "claim": "claim_source",
    "rating": "rating_source",
    "budget": "budget_source",
    "opinion": "opinion_source",
    "reflection": "reflection_source",
}
"""The words whose source the models keep, with the name of that field; the layout of the models has it as a key, too."""
BUDGET_KEYS: Final = ("budget", "budget_years")
"""The budget of a sheet, by its key for people and in the layout of the models."""


def figure_name(key: str) -> Text:
    """What a figure of a measure or an amount of a budget year is called."""
    return InEach(*(MEASURE_FIGURES[key] if key in MEASURE_FIGURES else AMOUNTS[key]))


def model_keys(part: Part) -> tuple[str, ...]:
    """The keys that a part has in the layout of the models only."""
    if part is SHEET:
        return (*BUDGET_KEYS[1:], "identity")
    return tuple(WORD_SOURCES[key] for key in part if key in WORD_SOURCES)
