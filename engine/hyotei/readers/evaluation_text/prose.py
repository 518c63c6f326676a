"""Figures within the text of a cell: 「…等、計43回実施。」 and 「…の実施（10回程度）」."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hyotei.base.fold import folded
from hyotei.readers.evaluation_text.cells import figure_of
from hyotei.sheet.units import COUNTERS, canonical_name

_UNITS: Final = "|".join(sorted(map(re.escape, (*COUNTERS, "%", "円")), key=len, reverse=True))
_FIGURE: Final = re.compile(
    rf"(?P<sum>合計|計|延べ)?(?P<lead>約)?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?[千百万億]*)(?P<unit>{_UNITS})(?P<tail>程度|以上|以下|未満|超|以内)?"
)
_CLOSING: Final = re.compile(r"\(([^()]{1,20})\)[。]?$")
_SAME: Final = {"カ国": "国", "か国": "国", "ヶ国": "国", "ヵ国": "国", "ケ国": "国", "箇国": "国", "個国": "国", "名": "人",
                "か所": "箇所", "カ所": "箇所", "ヶ所": "箇所", "ヵ所": "箇所", "ケ所": "箇所"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A figure found in a text, its unit, and whether the text makes it the one that counts."""

    text: str
    unit: str
    chief: bool


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[ProseFigure, ...]:
    """All figures with a unit in a text. The one in brackets at its end, and a sum that is called one, are the chief ones."""
    plain = folded(text).replace(" ", "")
    closing = _CLOSING.search(plain)
    if closing is not None:
        quantity = figure_of(closing[1])
        if quantity is not None and quantity.unit is not None:
            return (ProseFigure(closing[1], one_unit(quantity.unit), True),)
    return tuple(
        ProseFigure(match.group(), one_unit(match["unit"]), match["sum"] is not None)
        for match in _FIGURE.finditer(plain)
        if match["unit"] not in ("年", "月", "日", "年度", "つ", "次", "期", "度", "番")
    )


def one_unit(unit: str) -> str:
    """One spelling for units that are the same: カ国 and か国."""
    name = canonical_name(unit)
    return _SAME.get(name, name)
