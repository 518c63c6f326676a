"""A number of drawn sheets, the same ones every time: for the search of sheets, where nothing is to be shrunk."""

from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, seed, settings

from hyotei.drawing.sheets import SheetShape
from hyotei.drawing.value_pools import pool_of
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.testing.drawn_sheets import drawn


def some_sheets(rulebook: Rulebook, small: bool, count: int) -> Iterator[Sheet]:
    """So many sheets of a rulebook: with one measure and few budget years where they are to be small."""
    shape = SheetShape((1, 1), (1, 1), (1, 1), (0, 2)) if small else SheetShape()
    found: list[Sheet] = []

    @seed(0)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn(pool_of(rulebook), shape))
    def collect(sheet: Sheet) -> None:
        found.append(sheet)

    collect()
    return iter(found)
