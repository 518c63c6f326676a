"""How numbers, money and fiscal years are written (sections 5.1 to 5.4, 8.1)."""

import re
import unicodedata
from fractions import Fraction

DASHES, TILDES = "-‐‑‒–—―−－", "~〜～∼"
_SAME = {
    **dict.fromkeys(DASHES, "-"), **dict.fromkeys(TILDES, "~"),
    "≧": ">=", "≥": ">=", "≦": "<=", "≤": "<=", "≠": "!=", "\u3000": " ",
}  # fmt: skip

SMALL = {"百": 100, "千": 1000}
LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925, "大正": 1911, "T": 1911,
        "明治": 1867, "M": 1867, "FY": 0}  # fmt: skip
"""The year before the first year of each era."""

SIDES = {
    ">=": "以上 から 以降 以後 を下回らない を下回らず に達する に達した に達し",
    ">": "超 超過 超え 超える を超える を超え を超えた を超過 を超過する を上回る を上回り を上回った "
    "より大きい より大きく より多い より多く より高い より高く より上 より良い より長い より後",
    "<=": "以下 以内 まで 以前 を超えない を超えず を上回らない を上回らず",
    "<": "未満 を下回る を下回り を下回った に満たない に満たず に達しない に達せず に届かない に届かず "
    "より小さい より小さく より少ない より少なく より低い より低く より下 より悪い より短い より前",
}
"""Words behind an end, by what they mean."""
SIDE_OF = {word: side for side, words in SIDES.items() for word in words.split()}
SIDE_WORDS = "|".join(sorted(SIDE_OF, key=len, reverse=True))

_UNIT_WORDS = """
回 回数 回分 度 件 件数 人 人数 人日 人月 人年 人泊 人回 人時 延べ人 名 者 社 店 店舗 所 か所 カ所
ヵ所 ヶ所 ケ所 箇所 個所 個 団体 法人 組 組織 組合 校 学校 園 館 病院 病床 床 室 棟 戸 軒 世帯 施設
機関 事業 事業所 事業者 企業 台 両 隻 機 基 本 枚 冊 部 種 種類 品目 項目 科目 分野 計画 事例 議題
課題 制度 条約 協定 提案 案件 契約 都道府県 都府県 道府県 府県 県 市町村 市区町村 区市町村 市 区 町 村
町村 自治体 地区 地域 地点 圏域 路線 区間 河川 港 駅 空港 国 か国 カ国 ヵ国 ヶ国 ケ国 箇国 言語 日 日間
週 週間 月 か月 カ月 ヵ月 ヶ月 ケ月 箇月 か月間 カ月間 ヵ月間 ヶ月間 年 年間 か年 カ年 ヵ年 ヶ年 箇年 期
四半期 泊 時間 分 分間 秒 秒間 点 位 級 段階 ポイント 票 問 題 頭 羽 匹 尾 本数 歳 才 代 便 通 行
席 講座 コース クラス チーム グループ サイト ページ アクセス ダウンロード トン キロ キログラム グラム メートル
キロメートル ヘクタール リットル キロワット メガワット ワット ドル ユーロ
pt km km2 m m2 m3 cm mm kg g mg t ha L kL mL l kl ml W kW MW
GW Wh kWh MWh GWh kJ MJ GJ Hz dB ppm ppb bps kbps Mbps Gbps KB
MB GB TB t-CO2 tCO2 kt Mt °C
"""
"""Counters and units. Whichever it is, the number is the same."""
RATIOS = {"%": 100, "パーセント": 100, "percent": 100, "割": 10, "倍": 1}
"""What a ratio is divided by."""


def fold(text: str) -> str:
    """The text in half width, with one dash and one tilde; what stands between double quotes is kept."""
    return "".join(part if place % 2 else _fold(part) for place, part in enumerate(re.split(r'("[^"]*")', text)))


def _fold(text: str) -> str:
    def one(character: str) -> str:
        if character in _SAME:
            return _SAME[character]
        wide = "！" <= character <= "～" or "｡" <= character <= "ﾟ"
        return unicodedata.normalize("NFKC", character) if wide else character

    # A long-vowel mark behind no kana is meant as a dash.
    return re.sub(r"(?<![ぁ-んァ-ヶー])ー", "-", "".join(map(one, text)))


_DIGITS = {True: re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"), False: re.compile(r"\d+(?:\.\d+)?|\.\d+")}
_ERA = "令和|平成|昭和|大正|明治|FY"
_YEAR = {
    True: re.compile(rf"({_ERA}|[RHSTM])(\d+|元)(?:年度?)?"),
    False: re.compile(rf"({_ERA})(\d+|元)(?:年度?)?(?!\w)"),
}
"""Numbers and fiscal years, in a cell and in an expression."""

_UNIT = "|".join(sorted((*_UNIT_WORDS.split(), *RATIOS, "円", "年度"), key=len, reverse=True))
_END = rf"(?=$|[^\w%]|{SIDE_WORDS}|以外|または|かつ|で)"
_AFTER = re.compile(rf" ?({_UNIT}){_END}| ?(割)(?=\d)")
_PARTS = re.compile(r"(?: ?(\d+) ?分)?(?: ?(\d+) ?厘)?")


def number_at(text: str, place: int, *, in_cell: bool) -> tuple[Fraction, str, int] | None:
    """The number that begins at a place of a folded text: its value, its unit, and where it ends; None where there is none.

    In a cell thousands may be set apart by commas, and years may be short (`H24`).
    """
    if year := _YEAR[in_cell].match(text, place):
        return Fraction(ERAS[year[1]] + (1 if year[2] == "元" else int(year[2]))), "年度", year.end()
    digits = _DIGITS[in_cell]
    match: re.Match[str] | None = digits.match(text, place)
    if match is None:
        return None
    total = section = Fraction(0)
    while match is not None:
        current, place = Fraction(match[0].replace(",", "")), match.end()
        scaled = False
        while power := re.compile(rf" ?([{''.join(SMALL)}{''.join(LARGE)}])").match(text, place):
            scaled, place = True, power.end()
            if power[1] in SMALL:
                current *= SMALL[power[1]]
            else:
                total += (section + current) * LARGE[power[1]]
                section = current = Fraction(0)
        section += current
        match = digits.match(text, place + (text[place : place + 1] == " ")) if scaled else None
    value = total + section
    unit = _AFTER.match(text, place)
    if unit is None:
        return value, "", place
    name, place = unit[1] or unit[2], unit.end()
    if name == "割" and (parts := _PARTS.match(text, place)):
        value += Fraction(int(parts[1] or 0), 10) + Fraction(int(parts[2] or 0), 100)
        place = parts.end()
    return value / RATIOS.get(name, 1), name, place


def number(text: str, era: str = "") -> tuple[Fraction, str] | None:
    """A whole text as a number as in a cell, with its unit; a sign may stand before it. None where it is no number.

    Behind a year of an era a year without one (`25年度`, `25`) is of that era.
    """
    sign = re.match(r"\s*(-|△|▲|マイナス)?\s*", text)
    assert sign
    found = number_at(text, sign.end(), in_cell=True)
    if found is None or text[found[2] :].strip():
        return None
    value, unit, _ = found
    if unit in ("年度", "") and value < 100 and era not in ("", "FY"):
        value += ERAS[era]
    return (-value if sign[1] else value), unit


def era_of(text: str) -> str:
    """The era of a year; "" where it has none."""
    match = re.match(rf"\s*({'|'.join(ERAS)})(\d|元)", text)
    return match[1] if match else ""


def in_unit(value: Fraction, unit: str) -> Fraction:
    """A bare number in the unit of the number it stands before, as the 80 in `80~100%`."""
    return value / RATIOS.get(unit, 1)
