"""The sheets of random tests: drawn from a seed that the rulebook gives, and derived by durable-rules."""

from collections.abc import Iterator
from time import monotonic
from typing import Final

from hyotei.drawing.choices import seeded
from hyotei.drawing.sheets import SheetShape, SheetWriter
from hyotei.drawing.value_pools import Pool, pool_of, years_of
from hyotei.inference.engine import Engine
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.unit_tree import Supposed
from hyotei.sheet import Sheet

TRIED: Final = 300
"""How many sheets, or pairs of them, try to break each thing."""
_MOST_YEARS: Final = 6
"""So many evaluated years are drawn; each has an engine of its own."""


class Engines:
    """One rulebook on durable-rules, with an engine for each fiscal year that is met. Close it after use."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._engines: dict[int, Engine] = {}

    def derive(self, rulebook: Rulebook, sheet: Sheet, supposed: Supposed) -> Derivation:
        """The derivation of a sheet, in the form in which laws ask for it."""
        assert rulebook is self.rulebook, "an engine is of one rulebook"
        engine = self._engines.get(sheet.fiscal_year)
        if engine is None:
            engine = self._engines[sheet.fiscal_year] = Engine(rulebook, sheet.fiscal_year)
        return engine.derive(sheet, supposed)

    def close(self) -> None:
        """Frees the engines."""
        for engine in self._engines.values():
            engine.close()
        self._engines.clear()


class DrawnSheets:
    """The drawn sheets of a rulebook with their derivations, the same ones each time; drawn as far as they are asked for."""

    def __init__(self, rulebook: Rulebook, engines: Engines, count: int) -> None:
        self.rulebook, self.engines, self.count = rulebook, engines, count
        self._writer = SheetWriter(seeded(rulebook.hash), trial_pool(rulebook), SheetShape())
        self._drawn: list[tuple[Sheet, Derivation]] = []

    def until(self, end: float) -> Iterator[tuple[Sheet, Derivation]]:
        """All of them, or those that there is time for."""
        for at in range(self.count):
            if at == len(self._drawn):
                if monotonic() > end:
                    return
                sheet = self._writer.sheet()
                self._drawn.append((sheet, self.engines.derive(self.rulebook, sheet, {})))
            yield self._drawn[at]


def trial_pool(rulebook: Rulebook) -> Pool:
    """What sheets are drawn from, with few evaluated years: the first and last, and those beside a change of a parameter."""
    years = years_of(rulebook)
    told = {
        year
        for parameter in rulebook.parameters.values()
        for dated in parameter.dated
        for year in (dated.first, dated.last)
        if year in years
    }
    chosen = dict.fromkeys((years[0], years[-1], *sorted(told, reverse=True), *years))
    return pool_of(rulebook, tuple(chosen)[:_MOST_YEARS])
