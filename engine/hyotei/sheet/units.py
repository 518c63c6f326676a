"""Units of figures: money becomes yen, ratios become ratios, all other units stay as printed."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hyotei.base.fold import folded
from hyotei.sheet.numerals import read_numeral

YEN: Final = "円"
PERCENT: Final = "%"
_HUNDREDTH: Final = Decimal("0.01")

_COUNTERS: Final = """
回 件 人 名 社 者 校 園 団体 国 か国 カ国 ヶ国 ヵ国 ケ国 箇国 個国 国・地域 カ国・地域 か国・地域
箇所 か所 カ所 ヶ所 ヵ所 ケ所 地域 地区 都市 市町村 自治体 都道府県 都府県 市 町 村 区 県 施設
機関 事業 事業者 事業所 企業 プロジェクト 案件 項目 種 種類 類型 本 冊 部 台 個 点 組 組織 枚 通
戸 棟 世帯 か月 ヶ月 カ月 ヵ月 箇月 月 週 週間 日 日間 時間 時 分 秒 年 年間 歳 倍 位 ドル
米ドル ユーロ ポイント %ポイント 度 段階 単位 ページ アクセス ユーザー 論文 報 言語 分野 人日 人月
人年 人/年 回/年 件/年 件/日 ヘクタール バレル トン キロ メートル 便 航路 路線 席 床 頭 羽 匹
隻 機 両 基 局 駅 港 空港 講座 コース 科目 級 期 次 番 店 店舗 組合 法人 会場 会合 テーマ 課題
つ km m cm mm kg t g ha m2 m3 km2 L kL kW kWh MW MWh GW GWh
W Wh GB TB Mbps Gbps bps Hz MHz GHz dB ppm ppb pt °C
"""

COUNTERS: Final = frozenset(_COUNTERS.split())
"""Units that are certain to be units where they follow a numeral."""

_USUAL: Final = """
% 件 回 人 名 社 者 団体 機関 組織 カ国 か国 国 地域 市町村 自治体 都道府県 箇所 か所 施設 事業 案件 項目 種類 本 台 点 戸 世帯
日 時間 か月 年 歳 倍 位 ポイント 円 千円 百万円 億円
"""
USUAL: Final = tuple(_USUAL.split())
"""Those that a form offers; any other can be written."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with what one of it is worth in the canonical unit `name`: 千円 is 1,000 円, % is 0.01."""

    name: str
    factor: Decimal = Decimal(1)


_RATIOS: Final = {
    "%": Unit(PERCENT, _HUNDREDTH),
    "パーセント": Unit(PERCENT, _HUNDREDTH),
    "割": Unit(PERCENT, Decimal("0.1")),
}
_NAME: Final = re.compile(r"[^\s0-9,.()\[\]【】〔〕~+]{1,12}[23]?")


def read_unit(text: str) -> Unit | None:
    """The unit that a heading such as 「単位：千円」 names (`千円`, `百万円`, `%`, `回`); None where it is not a unit."""
    plain = canonical_name(folded(text).strip()) if len(text) <= 40 else ""
    if plain in _RATIOS:
        return _RATIOS[plain]
    if plain.endswith(YEN):
        if plain == YEN:
            return Unit(YEN)
        multiplier = read_numeral(plain)
        if multiplier is not None and multiplier.value and plain[multiplier.end :].strip() == YEN:
            return Unit(YEN, multiplier.value)
        return None
    return Unit(plain) if _NAME.fullmatch(plain) else None


def canonical_name(unit: str) -> str:
    """The one spelling of a unit: 「m²」 and 「㎡」 are `m2`."""
    return unit.replace("²", "2").replace("³", "3")


def ratio(unit: str) -> Unit | None:
    """The ratio that `unit` is, if it is one."""
    return _RATIOS.get(unit)
