"""Units of figures: money becomes yen, ratios become ratios, all other units stay as printed."""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.sheet.numerals import LARGE, read_numeral

YEN: Final = "円"
AMOUNT_UNITS: Final = ("千円", "円", "百万円", "億円")
"""The units that budgets are told in, the usual one first."""
PERCENT: Final = "%"
HUNDREDTH: Final = Decimal("0.01")

_COUNTERS: Final = """
回 件 人 名 社 者 校 園 団体 国 か国 カ国 ヶ国 ヵ国 ケ国 箇国 個国 国・地域 カ国・地域 か国・地域 箇所 か所 カ所 ヶ所 ヵ所
ケ所 地域 地区 都市 市町村 自治体 都道府県 都府県 市 町 村 区 県 施設 機関 事業 事業者 事業所 企業 プロジェクト 案件 項目 種
種類 類型 本 冊 部 台 個 点 組 組織 枚 通 戸 棟 世帯 か月 ヶ月 カ月 ヵ月 箇月 月 週 週間 日 日間 時間 時 分 秒 年 年間 歳 倍
位 ドル 米ドル ユーロ ポイント %ポイント 度 段階 単位 ページ アクセス ユーザー 論文 報 言語 分野 人日 人月 人年 人/年 回/年
件/年 件/日 ヘクタール バレル トン キロ メートル 便 航路 路線 席 床 頭 羽 匹 隻 機 両 基 局 駅 港 空港 講座 コース 科目 級
期 次 番 店 店舗 組合 法人 会場 会合 テーマ 課題 つ km m cm mm kg t g ha m2 m3 km2 L kL kW kWh MW MWh GW GWh W Wh GB TB Mbps
Gbps bps Hz MHz GHz dB ppm ppb pt °C kJ MJ GJ TJ PJ kcal Bq μSv mSv 人泊 人回 人時 団 曲 話 品 品目 品種 銘柄 隊 班 列 筆
区画 か年 カ年 ヶ年 箇年 四半期 箱 袋 束 杯 滴 株 口 票 議席 試合 勝 敗 得点 セット ペア ロット ケース サイト チャンネル
ダウンロード フォロワー カロリー リットル グラム キログラム キロメートル メガワット キロワット キロワット時 平方メートル
平方キロメートル 立方メートル ノット 例 症例 病床 学級 学校 大学 研究科 研究室 研究機関 教室 園児 児童 回線 車両 編 巻 画素
画面 頁 文字 語 字 か月分 日分 食 膳 皿 缶 瓶 社団 工区 橋 トンネル
"""
_PERIODS: Final = """
年 月 日 週 時 時間 分 秒 四半期 期 回 人 世帯 件 社 者 校 か所 箇所 団体 台 戸 施設 h s m2 m3 km2 L l kg m km ha 10a g
"""

COUNTERS: Final = frozenset(_COUNTERS.split())
"""Units that are certain to be units where they follow a numeral."""
SIGNED: Final = frozenset(("ポイント", "%ポイント", "度", "°C", "dB", "位", "ドル", "米ドル", "ユーロ", "倍"))
"""Those of which there can be fewer than none."""

_PER: Final = frozenset(_PERIODS.split())
_CARBON: Final = lazy_pattern(r"(?:[kKMG]?t|[kg]?g)-?(?:CO2|C)(?:eq|e)?|トン-?CO2")
_CONTENT: Final = lazy_pattern(
    r"(?:[nμμmk]?g|[mμμ]?[Ll]|[kM]?Bq|[mμμ]?Sv|個|本|CFU|MPN|pg(?:-TEQ)?)"
    "/(?:[mdk]?[Ll]|100m[Ll]|m3|m2|kg|g|h|日|年)"
)


_COMPARED: Final = (PERCENT, "倍", "ポイント", "%ポイント")
_COMPARISON: Final = lazy_pattern(r"(?P<unit>[^()]+)\([^()]{2,8}比(?:の増減)?\)")


def known(name: str) -> bool:
    """Whether a unit as printed is certain to be one: a counter, money, a ratio, a mass of gas, or one of these per another."""
    if name in COUNTERS or name in (YEN, PERCENT) or _CARBON.fullmatch(name) or _CONTENT.fullmatch(name):
        return True
    if (comparison := _COMPARISON.fullmatch(name)) is not None:
        return comparison["unit"] in _COMPARED
    unit, per, other = name.rpartition("/")
    return bool(per) and other in _PER and known(unit)


_USUAL: Final = """
% 件 回 人 名 社 者 団体 機関 組織 カ国 か国 国 地域 市町村 自治体 都道府県 箇所 か所 施設 事業 案件 項目 種類 本 台 点 戸 世帯
日 時間 か月 年 歳 倍 位 ポイント 円 千円 百万円 億円
"""
USUAL: Final = tuple(_USUAL.split())
"""Those that a form offers; any other can be written."""


@dataclass(frozen=True, slots=True)
class FigureUnit:
    """A unit with what one of it is worth in the canonical unit `name`: 千円 is 1,000 円, % is 0.01."""

    name: str
    factor: Decimal = Decimal(1)


_RATIOS: Final = {
    "%": FigureUnit(PERCENT, HUNDREDTH),
    "パーセント": FigureUnit(PERCENT, HUNDREDTH),
    "割": FigureUnit(PERCENT, Decimal("0.1")),
}
_LONGEST: Final = 40
"""Characters of a unit as printed at most."""
_RAISED: Final = str.maketrans("²³₂₃", "2323")
_NAME: Final = lazy_pattern(r"[^\s0-9,.()\[\]【】〔〕~+]{1,12}[23]?")
_NONE: Final = lazy_pattern(r"[-ー/・*.…]+|なし|無し?|単位なし|単位無し|該当なし|該当無し")


def read_unit(text: str) -> FigureUnit | None:
    """The unit that a heading such as 「単位：千円」 names (`千円`, `百万円`, `%`, `回`); None where it is not a unit."""
    return _unit(text) if len(text) <= _LONGEST else None


def no_unit(text: str) -> bool:
    """Whether what stands in the place of a unit says that there is none: a dash, なし."""
    return _NONE.fullmatch(folded(text).strip()) is not None


@lru_cache(1_000)
def _unit(text: str) -> FigureUnit | None:
    """The same for a short text: the units of a document are few, and each of its figures asks for its own."""
    plain = canonical_name(folded(text).strip())
    if no_unit(plain):
        return None
    if plain in _RATIOS:
        return _RATIOS[plain]
    if plain.endswith(YEN):
        if plain == YEN:
            return FigureUnit(YEN)
        written = f"1{plain}" if plain[0] in LARGE else plain
        multiplier = read_numeral(written)
        if multiplier is not None and multiplier.value and written[multiplier.end :].strip() == YEN:
            return FigureUnit(YEN, multiplier.value)
        return None
    return FigureUnit(plain) if _NAME.fullmatch(plain) else None


def canonical_name(unit: str) -> str:
    """The one spelling of a unit: 「m²」 and 「㎡」 are `m2`, 「CO₂」 is `CO2`."""
    return unit.translate(_RAISED)


_SAME_OVER_TIME: Final = (PERCENT, "倍", "ポイント", "%ポイント", "点", "位", "歳", "度", "°C")
"""Units whose mean over a time is in the same unit."""


def per(unit: str | None, other: str) -> str | None:
    """The unit of a figure counted for each `other`: 件 for each 月 is 件/月, a mean of ratios is a ratio; None for others."""
    if unit is None or unit in _SAME_OVER_TIME:
        return unit
    name = f"{unit}/{other}"
    return name if known(name) else None


def compared(unit: str | None, base: str, change: bool) -> str | None:
    """The unit of a ratio to a time before (%(前年比)), or of a change since then (%(前年比の増減)); None for other units.

    It is a unit of its own, so that such a figure is not compared with a share; its figure stays as printed (103.5).
    """
    return f"{unit}({base}比{'の増減' if change else ''})" if unit in _COMPARED else None


def ratio(unit: str) -> FigureUnit | None:
    """The ratio that `unit` is, if it is one."""
    return _RATIOS.get(unit)
