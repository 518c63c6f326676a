"""What torn text of forms looks like: labels, columns of measures, choices, dates. The words of headings are those of forms."""

import re
from typing import Final, Literal

Section = Literal[
    "head", "outline", "goal", "budget", "cabinet", "measures", "achievement", "rating", "summary", "result", "request",
    "notes", "experts", "materials", "office", "author", "time", "grade", "analysis", "reflection", "means",
]  # fmt: skip

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
