"""Words that stand for a figure or for its absence: 集計中 is not yet closed, 全て is the whole, 前年度比増 has no figure."""

import re
from decimal import Decimal
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.sheet.models import Qualifier, UnknownReason

_WORDS: Final[dict[UnknownReason, str]] = {
    "unsettled": "集計中 未定 未確定 決算前 未決算 未集計 精査中 算定中 算出中 調査中 作成中 確認中 検討中 調整中 公表前 "
    "未公表 決算未了 確定前",
    "unmeasured": "未測定 測定不能 測定不可 測定できず 測定せず 未計測 計測不能 未調査 調査せず 把握不能 把握できず 未把握",
    "missing": "- ... n/a na 記載なし 記載無し 該当なし 該当無し 設定なし 設定無し データなし 空欄 未記載 未設定",
    "undefined": "算定不能 算出不能 計算不能 #div/0!",
    "qualitative": "定性的 定性的な指標 定性目標",
    "unread": "未読取 読取不能 判読不能",
}
UNKNOWN_WORDS: Final = {reason: tuple(words.split()) for reason, words in _WORDS.items()}
"""Words for each reason, the first being the one that is printed."""

PRINTED: Final[dict[UnknownReason, str]] = {reason: words[0] for reason, words in UNKNOWN_WORDS.items()} | {
    "missing": "―"
}

BROKEN: Final[dict[str, tuple[UnknownReason, str]]] = {
    "nan": ("missing", "HY211"),
    "-nan": ("missing", "HY211"),
    ".nan": ("missing", "HY211"),
    "#n/a": ("missing", "HY211"),
    "#value!": ("missing", "HY211"),
    "#ref!": ("missing", "HY211"),
    "inf": ("undefined", "HY212"),
    "+inf": ("undefined", "HY212"),
    "-inf": ("undefined", "HY212"),
    ".inf": ("undefined", "HY212"),
    "-.inf": ("undefined", "HY212"),
    "infinity": ("undefined", "HY212"),
    "-infinity": ("undefined", "HY212"),
    "∞": ("undefined", "HY212"),
}
"""What programs leave behind where a calculation failed, with the diagnostic for it."""

RATIOS: Final[dict[str, tuple[Decimal, Qualifier | None]]] = {
    "全て": (Decimal(1), None),
    "すべて": (Decimal(1), None),
    "全部": (Decimal(1), None),
    "全数": (Decimal(1), None),
    "全件": (Decimal(1), None),
    "半数": (Decimal("0.5"), None),
    "半分": (Decimal("0.5"), None),
    "過半数": (Decimal("0.5"), "超"),
    "半数以上": (Decimal("0.5"), "以上"),
}
"""Words for a part of the whole, as a ratio with its qualifier."""

_NOT_NUMERALS: Final = """
一部 十分 一時 一期 一種 一層 一段 一般 一面 一定 一体 一環 一方 万一 万全 一律 一番 千秋 一人ひとり 一人一人 一件落着
一本化 一度 一点 一日も 一つひとつ 一つ一つ 一次 二次 一級 四国 三国 千葉 八戸 八王子市 三重県 五輪 万博 一時的 一区切 一石
一組 一口 一台 一節 一様 一線
"""
NOT_NUMERALS: Final = frozenset(_NOT_NUMERALS.split())
"""Words that begin with a kanji numeral and are none."""

DONE: Final = lazy_pattern(
    "実施|開催|達成|実現|締結|合意|見込|予定|参加|設置|整備|採択|発表|公表|訪問|派遣|獲得|導入|完了|終了|作成|成立|受入|支援|提供|構築|確保"
    "|認定|登録|選定|採用|交付|取得|育成|養成|配置|配布|販売|出荷|生産|輩出|創出|維持|継続|改修|改訂|策定|改正|検挙|摘発|処理|解決|相談"
    "|公開|掲載|発行|発刊|更新|利用|使用|活用|来場|来訪|受講|修了|合格|就職|雇用|回答|応募|申請|受理|許可|承認|指定|連携|協力|契約|受注|輸出|調達"
)
"""Words that follow a unit without a break and are no part of it: 「5回実施」."""

CHANGE: Final = lazy_pattern(
    "比|増|減|対前|上昇|低下|改善|悪化|削減|縮小|拡大|上回|下回|引|倍増|超過分|残り|あと|差|以前|以降|以後"
)
"""Words beside a figure that make it a change or a difference instead of a level."""

ALTERED: Final = lazy_pattern("[弱強台代余半目前後頃号条項毎]|ぶり|ごろ|越し")
"""Words joined to a figure or its unit that make it another number, an order or a time: 100人弱, 70%台, 5回目, 3年前."""

_DASHES: Final = lazy_pattern(r"-{1,10}|\.{2,10}|…")
_REASON_OF: Final = {word: reason for reason, words in UNKNOWN_WORDS.items() for word in words}
_OPENING: Final = lazy_pattern(r"[(\[【〔].*", re.DOTALL)


def reason_of(plain: str) -> tuple[UnknownReason, str] | None:
    """The reason that a folded text states for having no figure, with what follows in brackets; None for other texts."""
    word = plain.strip(" 。.、").lower() or plain
    if _DASHES.fullmatch(word):
        return "missing", ""
    if word in _REASON_OF:
        return _REASON_OF[word], ""
    opening = _OPENING.search(word)
    if opening is not None:
        head = word[: opening.start()].strip()
        if head in _REASON_OF or _DASHES.fullmatch(head):
            return _REASON_OF.get(head, "missing"), plain[plain.find(opening.group()[0]) :]
    return None
