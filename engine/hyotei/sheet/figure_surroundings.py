"""What stands beside the number of a figure: words that belong to it, and signs that no figure has beside it."""

import re
from typing import Final, NamedTuple
from unicodedata import category

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.sheet import quantity_words as words
from hyotei.sheet.models import Qualifier
from hyotei.sheet.numerals import KANJI
from hyotei.sheet.units import COUNTERS

LEADERS: Final[tuple[tuple[re.Pattern[str], Qualifier | None, bool], ...]] = (
    (lazy_pattern("約"), "約", True),
    (lazy_pattern("およそ|おおよそ|概ね|おおむね|ほぼ"), "約", False),
    (lazy_pattern(r"計|合計|総計|全(?=[0-9])|・(?=[^・]*$)"), None, True),
    (lazy_pattern("延べ|のべ|累計|累積|年間|年平均|最大|最低|最高|毎年度?|年(?=[0-9])|平均"), None, False),
    (lazy_pattern(r"[≧≥]|>="), "以上", True),
    (lazy_pattern(r"[≦≤]|<="), "以下", True),
    (lazy_pattern("<(?!.*>)"), "未満", True),
    (lazy_pattern(">"), "超", True),
    (lazy_pattern("~(?=[0-9][^~]*$)"), "以下", False),
)
"""Words before a figure, the qualifier that they are, and whether that is certain."""

TRAILERS: Final[tuple[tuple[re.Pattern[str], Qualifier, bool], ...]] = (
    (lazy_pattern("以上"), "以上", True),
    (lazy_pattern("以下|以内"), "以下", True),
    (lazy_pattern("未満|を下回る|に満たない|を切る"), "未満", True),
    (lazy_pattern("を?超える|を上回る|超え|超"), "超", True),
    (lazy_pattern("程度"), "程度", True),
    (lazy_pattern("~$"), "以上", False),
    (lazy_pattern("前後|ほど|くらい|ぐらい|内外"), "程度", False),
    (lazy_pattern("まで$"), "以下", False),
)
"""Words after a figure, in the same way."""


class Period(NamedTuple):
    """A word that says for what a figure is counted, and the unit `per` which it is then."""

    word: str
    per: str
    end: int


_PERIODS: Final = (
    ("月", lazy_pattern(r"(?:毎月|月間?平均|月間|[1一](?:か|カ|ヶ|ヵ|ケ|箇)月(?:当たり|あたり|平均)|月(?=[0-9]))")),
    ("週", lazy_pattern(r"(?:毎週|週平均|週間平均|[1一]週間?(?:当たり|あたり|平均)|週(?=[0-9]))")),
    ("日", lazy_pattern(r"(?:毎日|[1一]日(?:当たり|あたり)?(?:の?平均)?(?=\s*約?[0-9])|日平均)")),
    ("四半期", lazy_pattern(r"(?:毎四半期|四半期(?:当たり|あたり|平均)?)(?=\s*約?[0-9])")),
    ("時間", lazy_pattern(r"(?:毎時|[1一]時間(?:当たり|あたり|平均))")),
    ("回", lazy_pattern(r"[1一]回(?:当たり|あたり|平均)")),
    ("人", lazy_pattern(r"[1一](?:人|名)(?:当たり|あたり|平均)")),
    ("件", lazy_pattern(r"[1一]件(?:当たり|あたり|平均)")),
    ("社", lazy_pattern(r"[1一]社(?:当たり|あたり|平均)")),
    ("世帯", lazy_pattern(r"[1一]世帯(?:当たり|あたり|平均)")),
)
_COMPARED: Final = lazy_pattern(r"対?(?P<base>前年同期|前年同月|前年度同期|前年度|前年|前月|前期|前回|前々年度?)比")
_SCALE: Final = lazy_pattern(r"[0-9]{1,4}(?:段階|点満点|件法|点法)(?:評価)?(?:中|で|のうち)?(?:の平均)?[、:]?")
SCALE_BEHIND: Final = lazy_pattern(rf"[(\[](?P<scale>{_SCALE.pattern})[)\]]|/(?P<bare>[0-9]{{1,4}}点満点)$")
"""The scale behind a score: （5段階）."""
_OUT_OF: Final = lazy_pattern(
    r"(?:全)?(?P<of>[0-9][0-9,]{0,12}(?P<unit>[^0-9\s\W]{1,5}))(?:の)?(?:中|のうち|うち)、?(?=[0-9])"
)

_UNITS: Final = "|".join(sorted(map(re.escape, (*COUNTERS, "%", "円", "割")), key=len, reverse=True))
_NO_NUMERAL: Final = "|".join(sorted(words.NOT_NUMERALS, key=len, reverse=True))
_IN_KANJI: Final = lazy_pattern(
    rf"(?<![一-龥第])(?!{_NO_NUMERAL})"
    rf"(?:[{KANJI}壱弐参拾廿][{KANJI}壱弐参拾廿・,.]{{0,20}}|[数何][十百千万億兆]{{0,4}}|[十百千]数[万億]?)\s*(?:{_UNITS})"
)
"""Numerals in kanji, or 数 and 何 in place of them, before a unit."""
_FORMAL: Final = "壱弐参拾廿"
_BELONGS: Final = f"{KANJI}数何零半"
_OPENING: Final = ":)]】〕」』。、"
_CLOSING: Final = "。、([（【「『〔*※;"


def period_at(plain: str, at: int) -> Period | None:
    """The word for a period or a share that begins here: 月平均, 1人当たり."""
    for per, pattern in _PERIODS:
        match = pattern.match(plain, at)
        if match is not None:
            return Period(match.group(), per, match.end())
    return None


def compared_at(plain: str, at: int) -> re.Match[str] | None:
    """The word for a comparison that begins here (対前年比); its group `base` is with what it is compared."""
    return _COMPARED.match(plain, at)


def scale_at(plain: str, at: int) -> re.Match[str] | None:
    """The words for a scale before a score that begin here: 5段階評価で, 100点満点中."""
    return _SCALE.match(plain, at)


def whole_at(plain: str, at: int) -> re.Match[str] | None:
    """The words for a whole of which a figure is a part: 91指標中; its group `unit` is that of the figure too."""
    return _OUT_OF.match(plain, at)


def touched_before(lead: str) -> bool:
    """Whether the words before a number end with something that could belong to it: a digit, a sign, a letter of a code."""
    last = lead.rstrip()[-1:]
    if category(last or " ") in ("Nd", "No", "Nl", "Sm", "Pd", "Co", "So"):
        return True
    if not last or lead.endswith(" "):
        return False
    return last in _BELONGS + _FORMAL or (last.isascii() and last.isalnum()) or not (last.isalpha() or last in _OPENING)


def touched_after(rest: str, unit: str | None) -> bool:
    """Whether what follows a number and its unit could belong to it, or make it another number."""
    if not rest:
        return False
    first = rest[0]
    if words.ALTERED.match(rest) or re.match("分の|から|より|ずつ|おき|ごと|毎|倍|割|数", rest) or first in _BELONGS:
        return True
    if first == " ":
        return touched_after(rest.lstrip(), unit) and not rest.lstrip()[0].isalpha()
    if first.isalpha():
        # Letters right behind a number without unit may be its unit.
        return unit is None and not re.match("等|など", rest)
    return first not in _CLOSING


def holds_digit(text: str) -> bool:
    """Whether a number is printed in a folded text: a digit of any script, or a numeral in kanji, 数 or 何 before a unit."""
    return (
        any(category(sign) in ("Nd", "No", "Nl") and sign != "〇" for sign in text)
        or _IN_KANJI.search(text) is not None
    )
