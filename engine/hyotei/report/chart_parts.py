"""What the charts of reports share: colours, and axes of counts."""

from typing import Any, Final

PALETTE: Final = ("#1b6ca8", "#6fb1de", "#f2b134", "#d9672c", "#a12a5e", "#5b4b8a", "#3f7f5f")
GREY: Final = "#9aa0a6"
"""For what is unknown or none."""
_FEW: Final = 4
"""Counts up to which every whole number has its tick."""


def colour(place: int) -> str:
    """The colour of the value at a place of its scale."""
    return PALETTE[place % len(PALETTE)]


def count_axis(most: int) -> dict[str, Any]:
    """An axis of counts. Of few the ticks are named, because half a count would be told as the next whole one."""
    if most <= _FEW:
        return {"format": ",d", "values": list(range(most + 1))}
    return {"format": ",d", "tickMinStep": 1, "tickCount": 4}
