"""Which way an indicator gets better, as its wording says: 事故件数 is to fall, 削減量 is to rise, with the words that decided.

The name of the indicator speaks first, then the goal that it measures. A programme for reduction measured as the amount that was
reduced is an increase. What no word decides stays undecided; nothing is assumed here.
"""

import re
from typing import Final, NamedTuple

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import folded
from hyotei.sheet.models import Direction, Reading

_LONGEST: Final = 600
"""Characters of a name or goal that are looked at."""


class WordedDirection(NamedTuple):
    """A direction, `inferred` always, with the words it rests on and where they stand; None where no word decides."""

    direction: Direction | None
    reading: Reading = "inferred"
    words: tuple[str, ...] = ()
    rule: str = "no_words"


_SAID_UP: Final = lazy_pattern(
    r"以上(?!の)|上回[るっ]|増加(?:させ|する|を)|増やす|引き?上げ|増大|向上(?:させ|した|する)|100%"
)
# Of the indicator: what was taken away, prevented or mended, counted itself.
_TAKEN_AWAY: Final = lazy_pattern(
    r"(?:削減|低減|減少|縮減|短縮|抑制|抑止|軽減|節減|減災|省エネ)(?:した|する|された|効果|見込|見込み|の)?(?:量|額|数|率|割合|幅|台数|件数|可能な|効果|:|に資する)"
    r"|(?:削減|低減|縮減)\s*$|%(?:削減|低減)|(?:解消|防止|予防|回避|改善|解決|適正化)(?:した|された|している|の)?(?:率|数|件数|割合|もの|[^、。]{0,12}(?:数|割合|率))"
)
# Of the indicator: a share or a number of those who did well, whatever it is that they did less of.
_DOING_WELL: Final = lazy_pattern(
    r"(?:内に|以内に|削減|低減|防止|遵守|達成|減少)[^、。]{0,24}(?:割合|率|技術|方法|手法|計画|研修|セミナー|会議|団体|事業者|施設|"
    r"自治体|市町村|都道府県|国の数|企業|事業所|器材|情報|報告書|開発|整備|導入)"
)
# Of the indicator: things of which less is better.
_BURDENS: Final = lazy_pattern(
    r"(?:事故|火災|海難|犯罪|違反|苦情|トラブル|障害(?![者児])|漏えい|不適合|不祥事|紛争|事案)(?!を受け|防止|対策|抑止|調査)"
    r"[^、。をにでが対策復旧防]{0,12}(?:件数|者数|人数|隻数|発生率|発生件|率|額|数)"
    r"|(?:労働)?災害(?:の|による)?(?:発生件数|件数|発生率|死傷|死者|度数率|強度率)|被害(?:の[^、。を]{1,12})?(?:件数|額|面積|率|者数)"
    r"|死者|死亡|死傷|負傷|受傷|自殺|罹患|り患|有病率|喫煙|強度率|度数率|再入所|再犯|更正率|離職(?:者|率)|失業|滞納|未納|待機児童|退学|"
    r"コスト|単価|経費|費用|借料|支出額|排出量|排出原単位|消費量|使用量|濃度|残存|未満率|未設置|未整備|未達|不良率|誤差|誤り|"
    r"標準偏差|格差|変動幅|推定生息|長期入院|エリア外|おそれのある家屋|免除対象者|認知件数|廃棄量|最終処分量|ブロードバンド基盤・ゼロ|"
    r"(?:審査|処理|所要|待ち|遅延|支払|検査|調査|手続|決定|治療|在院|総審査|日までの)[^、。]{0,8}(?:日数|期間|時間)|回収エネルギー"
)
_BRACKETS: Final = lazy_pattern(r"\([^()]*\)?|\[[^\]]*\]?|【[^】]*】?")
_REST_OF_NOUN: Final = lazy_pattern(
    r"^(?:者|等|した人|の)*(?:人数|者数|件数|隻数|頭数|発生件数|人口|日数|期間|時間|割合|数|率|額)?"
)
_COUNTED_INSTEAD: Final = lazy_pattern(
    r"[^、]{3,}(?:数|割合|率)$|軽減|復旧|増加|訓練|救助|達成した|製造可能|実施した|受付|使用割合|対策|対応|知見|技術|手法|策定|開発|提供|合格|職員|診察|支援|相談|得る|超えな"
)
_UP_AFTER_ALL: Final = lazy_pattern(
    r"コスト(?:削減|低減)|経費(?:削減|節減)|(?:達成|遵守|満足|稼働|受診|整備|普及|確保|実施|未然防止)率|達成度|満足度"
)
# Of the indicator: people who come, take part, learn or succeed, and things that are spread, of which more is wanted.
_WANTED: Final = lazy_pattern(
    r"(?:受講|参加|来場|来訪|来館|入場|入館|(?<!保護)利用|修了|取得|合格|就職|採用|応募|受験|宿泊|閲覧|訪問|登録|認定|認証|導入|普及|加入)"
    r"(?:し?た)?(?:者|客|人|外国人|団体|企業|社|自治体|機関|施設|件|回|台|人口)?(?:等|の|総|延べ|のべ)*(?:数|率|人数|件数|回数|割合|台数)(?:\s|$|\()"
    r"|訪日(?:外国人|外客|旅行者)[^、。]{0,6}数"
)
# Of the goal: what is to become of the figure.
_FALL: Final = lazy_pattern(
    r"(?<!CO2の)(?<!二酸化炭素の)(?:減少|低下|低減|削減|縮減|抑制|半減|短縮|減ら|引き?下げ|下げ)(?!を防止)(?:させる|させ|する|に引|を図|を目指|[^、。の]{0,6}$|。)"
    r"|(?:件数|者数|人数|率|割合|対象者|等数|学等数|者)の?(?:減|減少|縮減|低下)(?:\s|$|[(（。（]|を(?!防))|を?下回[るれっ]|減とする|減にする"
)
_AT_MOST: Final = lazy_pattern(
    r"[0-9,.一二三四五六七八九十百千万億%円件人日時間月年分度回割kKgGJtT/ー]\s*」?(?:以下|以内|未満)|同額以下|(?:前年度|前年|平均|目標値|割合)以下|≦"
)
_NOT_OF_THE_FIGURE: Final = lazy_pattern(
    r"歳(?:以下|未満)|代以下|(?:年|月|日)(?:以内に|未満の)|以内とし、|以下の者|以下「|[0-9]か?月以内[にのでと]|年度?以内|人未満の|未満の(?:市|者|職|児|未)|以下、|以下同じ"
)

_WORDS: Final = lazy_pattern(r"(?=([一-鿿]{2}|[ァ-ヶー]{3}))")


def direction_by_wording(name: str, goal: str = "") -> WordedDirection:
    """The direction that the words of an indicator and of its goal state.

    >>> direction_by_wording("交通事故死者数", "平成32年までに2,500人以下とする")
    WordedDirection(direction='decrease', reading='inferred', words=('事故死者数',), rule='burden')
    >>> direction_by_wording("CO2排出削減量").words
    ('削減量',)
    """
    of_name, of_goal = folded(name[:_LONGEST]), folded(goal[:_LONGEST])
    taken = _TAKEN_AWAY.search(of_name)
    if taken is not None:
        return WordedDirection("increase", words=(taken.group(),), rule="taken_away")
    said_up = _SAID_UP.search(of_name) or _SAID_UP.search(of_goal)
    # A share or number of those who keep a bound rises: 「30分未満と評価した割合」.
    bound = _at_most(of_name)
    keeping = (
        bound is not None and re.search(r"(?:割合|率|数)\s*$", _BRACKETS.sub("", of_name.partition("※")[0])) is not None
    )
    at_most = None if keeping else bound or _at_most(of_goal)
    fall = _FALL.search(of_name) or _FALL.search(of_goal)
    burden = _burden(of_name)
    well = _DOING_WELL.search(of_name) or _UP_AFTER_ALL.search(of_name)
    if burden is not None and well is None and not (said_up and not fall and not at_most):
        return WordedDirection("decrease", words=(burden.group(),), rule="burden")
    if at_most is not None and well is None and said_up is None:
        return WordedDirection("decrease", words=(at_most,), rule="at_most")
    if fall is not None and well is None and said_up is None and _same_thing(of_name, of_goal, fall):
        return WordedDirection("decrease", words=(fall.group(),), rule="falls")
    if said_up is not None:
        return WordedDirection("increase", words=(said_up.group(),), rule="rises")
    if well is not None:
        return WordedDirection("increase", words=(well.group(),), rule="doing_well")
    wanted = _WANTED.search(_BRACKETS.sub(" ", of_name))
    if wanted is not None and burden is None and fall is None and at_most is None:
        return WordedDirection("increase", words=(wanted.group().strip(),), rule="wanted")
    return WordedDirection(None)


def _burden(name: str) -> re.Match[str] | None:
    """What the name counts, if less of it is better: not in brackets, and not merely part of what something else is counted by."""
    plain = _BRACKETS.sub(" ", name)
    found = _BURDENS.search(plain)
    if found is None:
        return None
    rest = _REST_OF_NOUN.sub("", plain[found.end() :], count=1)
    return None if _COUNTED_INSTEAD.search(re.split(r"[\s※。:]", rest)[0]) else found


def _at_most(text: str) -> str | None:
    """A bound from above that is meant of the figure: not an age, not a deadline, not 「以下「…」という」."""
    plain = _NOT_OF_THE_FIGURE.sub(" ", text)
    found = _AT_MOST.search(plain)
    return None if found is None else found.group()


def _same_thing(name: str, goal: str, fall: re.Match[str]) -> bool:
    """Whether what is to fall is what the indicator measures: they share a word just before the fall."""
    if fall.string is name:
        return True
    before = re.split(r"[、。\s]", goal[: fall.end()])[-1][-20:]
    return any(word in name for word in _WORDS.findall(before))
