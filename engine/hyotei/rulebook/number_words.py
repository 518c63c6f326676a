"""The words that may stand after the digits of a number: powers of ten, counters, units. Any other word is told back."""

import re
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern

POWERS: Final[dict[str, int]] = {
    "兆": 12, "千億": 11, "百億": 10, "億": 8, "千万": 7, "百万": 6, "万": 4, "千": 3, "百": 2,
}  # fmt: skip
"""Powers of ten, the longer word before its end (千万 before 千)."""

COUNTERS: Final = (
    "回", "回数", "回分", "度", "件", "件数", "人", "人数", "人日", "人月", "人年", "人泊", "人回", "人時", "延べ人",
    "名", "者", "社", "店", "店舗", "所", "か所", "カ所", "ヵ所", "ヶ所", "ケ所", "箇所", "個所", "個", "団体", "法人",
    "組", "組織", "組合", "校", "学校", "園", "館", "病院", "病床", "床", "室", "棟", "戸", "軒", "世帯", "施設",
    "機関", "事業", "事業所", "事業者", "企業", "台", "両", "隻", "機", "基", "本", "枚", "冊", "部", "種", "種類",
    "品目", "項目", "科目", "分野", "計画", "事例", "議題", "課題", "制度", "条約", "協定", "提案", "案件", "契約",
    "都道府県", "都府県", "道府県", "府県", "県", "市町村", "市区町村", "区市町村", "市", "区", "町", "村", "町村",
    "自治体", "地区", "地域", "地点", "圏域", "路線", "区間", "河川", "港", "駅", "空港", "国", "か国", "カ国", "ヵ国",
    "ヶ国", "ケ国", "箇国", "言語", "日", "日間", "週", "週間", "月", "か月", "カ月", "ヵ月", "ヶ月", "ケ月", "箇月",
    "か月間", "カ月間", "ヵ月間", "ヶ月間", "年", "年間", "か年", "カ年", "ヵ年", "ヶ年", "箇年", "期", "四半期", "泊",
    "時間", "分", "分間", "秒", "秒間", "点", "位", "級", "段階", "ポイント", "票", "問", "題", "頭", "羽", "匹", "尾",
    "本数", "歳", "才", "代", "便", "通", "行", "席", "講座", "コース", "クラス", "チーム", "グループ", "サイト",
    "ページ", "アクセス", "ダウンロード", "トン", "キロ", "キログラム", "グラム", "メートル", "キロメートル",
    "ヘクタール", "リットル", "キロワット", "メガワット", "ワット", "ドル", "ユーロ",
)  # fmt: skip
"""The words for what is counted or measured. They are for people: whichever it is, the number is the same."""

UNITS: Final = (
    "pt", "km", "km2", "m", "m2", "m3", "cm", "mm", "kg", "g", "mg", "t", "ha", "L", "kL", "mL", "l", "kl", "ml",
    "W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "kJ", "MJ", "GJ", "Hz", "dB", "ppm", "ppb", "bps", "kbps",
    "Mbps", "Gbps", "KB", "MB", "GB", "TB", "t-CO2", "tCO2", "kt", "Mt", "°C",
)  # fmt: skip
"""Units in Latin letters, as they are once half and full width are the same (㎡ is m2)."""

PERCENT: Final = ("%", "パーセント", "percent")

COUNTER: Final = lazy_pattern("|".join(sorted(COUNTERS, key=len, reverse=True)))
UNIT: Final = lazy_pattern(
    "(?:" + "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True)) + ")(?![A-Za-z0-9])"
)

_KANJI_DIGITS: Final = "〇一二三四五六七八九十百千万億兆"
KANJI_NUMBER: Final = lazy_pattern(rf"数?[{_KANJI_DIGITS}]+(?:割|円|倍|{COUNTER.pattern})*")
"""A number in Chinese characters with its unit, which is read as a name."""
WORD_BEFORE_NUMBER: Final = lazy_pattern(r"([ぁ-ゖァ-ヺー一-鿿々]+)\d")
"""A Japanese word that stands before a number without a blank, which makes a name of both: 年間5件."""
