"""The words that Japanese rules put around a number or a value, and those that are told back with a mend."""

import re
from collections.abc import Iterable
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern

FROM: Final[dict[str, bool]] = {
    **dict.fromkeys(
        ("以上", "から", "以降", "以後", "を下回らない", "を下回らず", "に達する", "に達した", "に達し"), True
    ),
    **dict.fromkeys(
        (
            "超", "超過", "超え", "超える", "を超える", "を超え", "を超えた", "を超過", "を超過する", "を上回る", "を上回り",
            "を上回った", "より大きい", "より大きく", "より多い", "より多く", "より高い", "より高く", "より上", "より良い",
            "より長い", "より後",
        ),
        False,
    ),
}  # fmt: skip
"""Words after a lower end, and whether the end itself is included."""
TO: Final[dict[str, bool]] = {
    **dict.fromkeys(("以下", "以内", "まで", "以前", "を超えない", "を超えず", "を上回らない", "を上回らず"), True),
    **dict.fromkeys(
        (
            "未満", "を下回る", "を下回り", "を下回った", "に満たない", "に満たず", "に達しない", "に達せず", "に届かない",
            "に届かず", "より小さい", "より小さく", "より少ない", "より少なく", "より低い", "より低く", "より下", "より悪い",
            "より短い", "より前",
        ),
        False,
    ),
}  # fmt: skip
"""Words after an upper end, and whether the end itself is included."""
EXCEPT: Final = "以外"
HAS_TEXT: Final = {"を含む": False, "で始まる": True}
"""Words behind a text that a value is to contain, and whether it is to start with it."""

BOTH: Final = frozenset({"かつ", "且つ", "なおかつ", "and", "で", "であり", "であって", "でかつ"})
"""Words between two ends that must both hold."""
EITHER: Final = frozenset({"または", "又は", "もしくは", "若しくは", "あるいは", "或いは", "or"})
"""Words between tests of which one is enough."""
UNCLEAR_JOINS: Final = frozenset({"および", "及び", "ならびに", "並びに", "ないし", "乃至"})
"""Words that join in more than one sense: the analyst is to say which."""

ABOUT_BEFORE: Final = (
    "約", "およそ", "おおよそ", "凡そ", "おおむね", "概ね", "ほぼ", "だいたい", "大体", "±", "≒", "≈",
)  # fmt: skip
ABOUT_AFTER: Final = (
    "程度", "前後", "ほど", "くらい", "ぐらい", "弱", "強", "余", "あまり", "近く", "内外", "台", "付近", "前半", "後半",
)  # fmt: skip
"""Words that make a number an approximate one, before and after it."""
CHANGE: Final = ("増", "減", "上昇", "低下", "アップ", "ダウン", "改善", "悪化", "引き", "引")
"""Beginnings of words that make a number a change of something."""
MISSPELT: Final[dict[str, str]] = {
    "未滿": "未満", "以內": "以内", "越え": "超", "越える": "超", "越": "超", "を越える": "を超える",
    "を越え": "を超える", "を超す": "を超える", "超す": "超", "でない": "以外", "ではない": "以外", "じゃない": "以外",
    "でなく": "以外",
    "已上": "以上", "已下": "以下", "末満": "未満", "末满": "未満", "未满": "未満",
}  # fmt: skip
"""Words that are meant for one of the words above, and that one."""
RANKS: Final = ("位", "級")
"""Counters of ranks, of which the smaller is the better: 3位以上 is the first three to a reader, from 3 on to arithmetic."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


BOUNDARY: Final = any_of((*FROM, *TO, EXCEPT))
NAME_END: Final = any_of(word for word in (*FROM, *TO, EXCEPT) if not word.startswith("に"))
"""Words before which a name ends without a space. 目標に達した may be a name."""
_JOIN_WORDS: Final = tuple(word for word in (*BOTH, *EITHER, *UNCLEAR_JOINS) if not word.isascii())
JOIN: Final = any_of(word for word in _JOIN_WORDS if word != "で") + "|で(?![ぁ-ん])"
"""Words that join tests, where a test ends."""
JOIN_IN_NAME: Final = any_of(word for word in _JOIN_WORDS if not word.startswith("で"))
"""Words that join tests even right after a name: `AまたはB`."""
AFTER_NUMBER: Final = lazy_pattern("|".join((BOUNDARY, JOIN, any_of((*ABOUT_AFTER, *CHANGE, *MISSPELT)))))
"""The words that may stand right after a number or its counter."""


def begins(word: str, known: Iterable[str]) -> str | None:
    """The longest of the known words with which a word begins."""
    return max((each for each in known if word.startswith(each)), key=len, default=None)
