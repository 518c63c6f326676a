"""The colours of charts."""

from typing import Final

PALETTE: Final = ("#1b6ca8", "#6fb1de", "#f2b134", "#d9672c", "#a12a5e", "#5b4b8a", "#3f7f5f")
GREY: Final = "#9aa0a6"
"""For what is unknown or none."""


def colour(place: int) -> str:
    """The colour of the value at a place of its scale."""
    return PALETTE[place % len(PALETTE)]
