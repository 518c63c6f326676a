"""The words of the form: its headings, the rows of its budget table, the columns of its measures, its choices."""

import re
from typing import Final, Literal

Section = Literal[
    "head", "outline", "goal", "budget", "cabinet", "measures", "achievement", "rating", "summary", "result", "request",
    "notes", "experts", "materials", "office", "author", "time", "grade", "analysis", "reflection", "means",
]  # fmt: skip

_HEADINGS: Final[dict[Section, tuple[str, ...]]] = {
    "head": ("政策名", "施策名"),
    "outline": ("政策の概要", "施策の概要"),
    "goal": ("基本目標", "達成すべき目標"),
    "budget": ("政策の予算額・執行額等", "施策の予算額・執行額等", "予算の状況", "予算額・執行額"),
    "cabinet": ("政策に関係する内閣の重要政策", "施策に関係する内閣の重要政策", "施政方針演説等の名称"),
    "measures": ("施策目標", "測定指標"),
    "achievement": ("目標の達成状況",),
    "grade": ("目標達成度合いの測定結果",),
    "analysis": ("施策の分析", "政策の分析", "施策の進捗状況", "施策の進捗"),
    "means": ("達成手段", "政策を構成する事務事業", "施策を構成する事務事業", "関連する行政事業レビュー"),
    "reflection": ("次期目標等への反映の方向性", "次期目標への反映の方向性"),
    "rating": ("評価区分",),
    "summary": ("目標期間終了時点の総括",),
    "result": ("政策に関する評価結果", "施策に関する評価結果", "評価結果"),
    "request": ("次年度予算概算要求に向けた考え方",),
    "notes": ("※",),
    "experts": ("学識経験を有する者の知見の活用",),
    "materials": ("政策評価を行う過程において使用した資料その他の情報", "政策評価を行う過程において使用した資料"),
    "office": ("担当部局課室名", "担当部局名", "担当部局"),
    "author": ("作成責任者名",),
    "time": ("政策評価実施時期", "政策評価実施予定時期", "評価実施時期"),
}


def _heading(words: str) -> str:
    # A heading may be broken over lines and spaced out at any of its characters; what follows it is set apart.
    return r"\s*".join(map(re.escape, words)) + ("" if words == "※" else r"(?=[\s(\[)\]】:※]|$)")


_FRAME: Final = r"[(\[【■□●◆◇]?\s*"
HEADINGS: Final[tuple[tuple[Section, re.Pattern[str]], ...]] = (
    *((section, re.compile(f"{_FRAME}(?:{'|'.join(map(_heading, words))})")) for section, words in _HEADINGS.items()),
    (
        "request",
        re.compile(rf"{_FRAME}(?:(?:平成|令和)?\s*[0-9元]{{1,4}}\s*年度)?\s*(?:予算)?概算要求に向けた考え方"),
    ),
)
"""Each part of the form with what its heading looks like at the start of a line."""

HEADING_LINES: Final = 4
"""Over how many lines a heading can be broken."""

LABEL: Final = re.compile(
    r"(?:(?:作成|評価実施|評価)?(?:府省庁?|省庁|機関)名?|評価対象の?(?:年度|期間)|評価(?:実施)?(?:年度|時期)|作成(?:者|年月日|日)|"
    r"担当(?:部局|課|局|者|課室|部局課室|部署)名?|責任者名?|(?:政策|施策)(?:番号|コード|体系|の位置付け|の目的|の目標|評価方式)|整理番号|番号|"
    r"基本目標|施策目標|政策目標|目標|評価方式|事業名|予算|会計区分|根拠法令|関係法令|備考)(?=$|[ ::])"
)
"""The name of another cell of the form, which is no part of a title that stands before it."""

TAG: Final = re.compile(r"【\s*((?:平成|令和|昭和|[HRS])?\s*[0-9元]{1,4}\s*年度?|FY\s?[0-9]{4})\s*】")
"""The fiscal year of a cell: 【23年度】."""

EMPTY_TAG: Final = re.compile(r"【\s*年\s*度\s*】")
"""What a heading prints in place of it."""

COLUMNS: Final[dict[str, re.Pattern[str]]] = {
    "baseline": re.compile(r"(?:^| )基準(?: ?\(値\)|値|$| |\()"),
    "actual": re.compile(r"(?:^| )実績(?: ?\(値\)|値|$| |\()"),
    "target": re.compile(r"(?:^| )目標(?: ?\(値\)|値|$| |\()"),
}
"""The headings of the three columns of measures."""

_COLUMN_WORDS: Final = (
    r"施策目標|測定指標|基準 ?\(?値|実績 ?\(?値|目標 ?\(?値|又は施策の進捗状況|\(実績\)|\(※[0-9]\)|【年度】|番号|達成"
)
HEADER_LINE: Final = re.compile(rf"^(?:{_COLUMN_WORDS}|[ 0-9※()])+")
"""A line that holds nothing but headings of the measures."""

NARRATIVE: Final = re.compile("評価できる|以上より|基本目標の達成|必要がある|目標を達成|評価した")
"""Words of the evaluation itself, which is no cell of a table."""

INDICATOR: Final = re.compile(
    r"(?:状況|件数|回数|人数|者数|国数|社数|団体数|数|率|割合|比率|額|量|度|時間|日数|年数|有無|残高|順位|点数|水準|普及|進捗|値|人口|面積|期間)"
    r"(?:\([^()]{1,20}\)|\[[^\[\]]{1,20}\])?$"
)
"""How the name of an indicator ends."""

DATE: Final = re.compile(r"(?:(?:平成|令和|昭和) ?[0-9元]{1,2}|(?:19|20)[0-9]{2}) ?年 ?[0-9]{1,2} ?月")
SCHEMES: Final = re.compile("目標管理型|実績評価方式|総合評価方式|事業評価方式")
MARKS: Final = "○◎●◯〇☑☒■✓✔レ✅*"
"""What a choice is marked with."""
EMPTY_MARKS: Final = "□☐・-"
"""What a choice bears that is not marked."""
