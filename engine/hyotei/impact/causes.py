"""Which edit moved a sheet: the new rulebook is tried with edits undone, and only what takes the sheet back is named.

First each edit alone. Where undoing none of them alone takes a sheet back, edits are in it together: from all of them, one after
the other is left out for as long as undoing the rest still takes the sheet back.
"""

from collections.abc import Callable, Iterable
from typing import Final

from hyotei.impact.affected_decisions import Result
from hyotei.impact.batch_results import BatchResults
from hyotei.impact.undone_edits import Edits
from hyotei.lazy_dataclass import dataclass

MOST_TOGETHER: Final = 12
"""Edits among which those that work together are sought; of more only all together are named."""
MOST_TRIALS: Final = 60
"""Rulebooks tried in that search over one batch; what is not settled by then is told as not narrowed down."""

Moved = tuple[str, int]
"""A result and the place of a sheet for which it differs."""
Watch = Callable[[], None]
"""Called while work goes on; what it raises ends it."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a result of a sheet moved.

    `alone` are edits each of which, undone by itself, takes the sheet back to the old result: with several, all of them were
    needed. Where it is empty, undoing those of `together` at once takes it back; `fewest`: and leaving out any of them does not.
    """

    alone: tuple[int, ...] = ()
    together: tuple[int, ...] = ()
    fewest: bool = True


def causes(ground: BatchResults, edits: Edits, moved: Iterable[Moved], watch: Watch) -> dict[Moved, Cause]:
    """The cause of each move, by undoing edits. The ground is the old rulebook; `watch` is called before each trial."""
    return _Trials(ground, edits, list(moved), watch).found()


class _Trials:
    def __init__(self, ground: BatchResults, edits: Edits, moved: list[Moved], watch: Watch) -> None:
        self.ground, self.edits, self.moved, self.watch = ground, edits, moved, watch
        self.all = frozenset(range(len(edits.edits)))
        self.trials = 0

    def found(self) -> dict[Moved, Cause]:
        if not self.moved:
            return {}
        if len(self.all) == 1:
            # Without it the rulebook is the old one.
            return dict.fromkeys(self.moved, Cause((0,)))
        alone: dict[Moved, list[int]] = {each: [] for each in self.moved}
        for at in sorted(self.all):
            for each in self.back(frozenset((at,)), self.moved):
                alone[each].append(at)
        found = {each: Cause(tuple(ats)) for each, ats in alone.items() if ats}
        return found | self.together([each for each in self.moved if not alone[each]])

    def together(self, moved: list[Moved]) -> dict[Moved, Cause]:
        if len(self.all) > MOST_TOGETHER:
            return dict.fromkeys(moved, Cause((), tuple(sorted(self.all)), False))
        self.trials = 0
        sets = dict.fromkeys(moved, self.all)
        settled: set[Moved] = set()
        while len(settled) < len(moved) and self.trials < MOST_TRIALS:
            before = dict(sets)
            for at in sorted(self.all):
                self.shrink(sets, [each for each in moved if each not in settled and at in sets[each]], at)
            if self.trials < MOST_TRIALS:
                settled |= {each for each in moved if sets[each] == before[each]}
        return {each: Cause((), tuple(sorted(sets[each])), each in settled) for each in moved}

    def shrink(self, sets: dict[Moved, frozenset[int]], moved: list[Moved], at: int) -> None:
        """Leaves an edit out wherever the others take the sheet back without it."""
        groups: dict[frozenset[int], list[Moved]] = {}
        for each in moved:
            groups.setdefault(sets[each] - {at}, []).append(each)
        for undone, members in groups.items():
            if undone and self.trials < MOST_TRIALS:
                self.trials += 1
                for each in self.back(undone, members):
                    sets[each] = undone

    def back(self, undone: frozenset[int], moved: list[Moved]) -> list[Moved]:
        """The moves that are no more when some edits are undone."""
        self.watch()
        rulebook = self.edits.without(undone)
        if rulebook is None:
            return []
        places = sorted({place for _name, place in moved})
        names = {name for name, _place in moved}
        found = self.ground.under(rulebook.toward(*names & rulebook.by_name.keys()), places)
        at = {place: index for index, place in enumerate(places)}
        return [
            (name, place)
            for name, place in moved
            if name in found and same(found[name][at[place]], self.ground.results[name][place])
        ]


def same(one: Result, other: Result) -> bool:
    """Whether two results are one; undetermined is a value of its own."""
    return one == other
