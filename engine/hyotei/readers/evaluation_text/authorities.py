"""The ministries and agencies by their names, by which the name of one is told from the words that stand before it."""

import re
from typing import Final

SHORT: Final = {
    "総務省": "mic", "財務省": "mof", "外務省": "mofa", "法務省": "moj", "文部科学省": "mext", "厚生労働省": "mhlw",
    "農林水産省": "maff", "経済産業省": "meti", "国土交通省": "mlit", "環境省": "moe", "防衛省": "mod", "内閣府": "cao",
    "警察庁": "npa", "金融庁": "fsa", "消費者庁": "caa", "復興庁": "ra", "国税庁": "nta", "公正取引委員会": "jftc",
}  # fmt: skip
"""Short names for identifiers; of others the name itself is used."""

KNOWN: Final = frozenset((
    *SHORT, "内閣官房", "内閣法制局", "宮内庁", "国家公安委員会", "個人情報保護委員会", "カジノ管理委員会", "こども家庭庁",
    "デジタル庁", "公害等調整委員会", "消防庁", "出入国在留管理庁", "公安審査委員会", "公安調査庁", "検察庁", "スポーツ庁",
    "文化庁", "中央労働委員会", "林野庁", "水産庁", "資源エネルギー庁", "特許庁", "中小企業庁", "観光庁", "気象庁",
    "海上保安庁", "運輸安全委員会", "原子力規制委員会", "原子力規制庁", "防衛装備庁", "防衛庁", "防衛施設庁", "社会保険庁",
    "食糧庁", "人事院", "会計検査院", "消費者委員会",
))  # fmt: skip

PATTERN: Final = r"[一-龥ぁ-んァ-ヶー]{1,14}?(?:省|庁|府|委員会|院)"
"""What may end in the name of an authority; `authority_of` finds the name in it."""

# Words of documents, which a line without blanks prints right before a name.
_LAST_KANJI: Final = re.compile("^.*[ぁ-ん](?=.)")
_BEFORE: Final = re.compile(r"^.*(?:評価書|分析表|調書|様式|別紙|別添|資料|レビューシート|年度|省名|庁名|関係|作成)")


def authority_of(text: str) -> str:
    """The name of the authority with which a text ends: the longest known one, or what no word of documents stands before.

    >>> authority_of("評価書総務省"), authority_of("事後評価書文部科学省"), authority_of("人事評価院")
    ('総務省', '文部科学省', '人事評価院')
    """
    known = max((name for name in KNOWN if text.endswith(name)), key=len, default=None)
    return known or _BEFORE.sub("", _LAST_KANJI.sub("", text)) or text
