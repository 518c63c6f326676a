"""Figures within the text of a cell: 「…等、計43回実施。」 and 「…の実施（10回程度）」."""

import re
from functools import lru_cache
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.text_cells import figure_of
from hyotei.sheet.text_figures import TextFigure
from hyotei.sheet.text_figures import figures_in as all_in
from hyotei.sheet.units import canonical_name, known

_SUM: Final = re.compile("合計|計|延べ|のべ|総計")
_TIMES: Final = frozenset(("年", "月", "日", "年度", "つ", "次", "期", "度", "番"))
"""Units of numbers in a text that are dates and orders more often than levels."""
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
    plain = _close(text)
    closing = _CLOSING.search(plain)
    if closing is not None and closing.start():
        quantity = figure_of(closing[1])
        scale = figure_of(plain[: closing.start()]) is not None
        if quantity is not None and quantity.unit is not None and not scale:
            return (ProseFigure(closing[1], one_unit(quantity.unit), True),)
    return tuple(
        ProseFigure(each.text, one_unit(unit), _SUM.match(each.text) is not None)
        for each in all_in(plain)
        if (unit := _unit(each)) is not None and known(unit) and unit not in _TIMES
    )


def broken_in(text: str) -> bool:
    """Whether a number in a text does not stand there whole, so that it may be the one that counts."""
    return any(each.level is None for each in all_in(_close(text)))


def _close(text: str) -> str:
    return folded(text).replace(" ", "")


def _unit(figure: TextFigure) -> str | None:
    return figure.level.unit if figure.level is not None and figure.level.value is not None else None


def one_unit(unit: str) -> str:
    """One spelling for units that are the same: カ国 and か国."""
    name = canonical_name(unit)
    return _SAME.get(name, name)
