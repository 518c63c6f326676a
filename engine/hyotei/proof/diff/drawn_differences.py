"""Nothing is called the same before drawn sheets tried to show that it differs: under both rulebooks as they were written."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Final

from hyotei.compare.boxes import Region
from hyotei.compare.common_years import common_years
from hyotei.compare.model import (
    ChangedRegion,
    DecisionChange,
    Difference,
    Outcome,
    RulebookDiff,
    result_values,
)
from hyotei.compare.renaming import Renaming
from hyotei.drawing.choices import seeded
from hyotei.drawing.sheets import SheetShape, SheetWriter
from hyotei.drawing.shrinking import simpler
from hyotei.drawing.value_pools import pool_of, years_of
from hyotei.messages import Diagnostic
from hyotei.proof.replay import Replay
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.types import Type
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet

TRIED: Final = 300
"""How many drawn sheets try to show a difference, half of them at the boundaries of each rulebook."""
_LEAST: Final = 30
"""So many are tried however little time there is."""
_MOST_YEARS: Final = 4
"""So many evaluated years are drawn of each rulebook; each has engines of its own."""
_MOST_SMALLER: Final = 200
"""So many sheets are tried to make a breach smaller."""

_Outputs = tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]
_Said = dict[str, tuple[tuple[Scalar, ...], ...]]


def tried(diff: RulebookDiff, old: Rulebook, new: Rulebook, renaming: Renaming, timeout: float) -> RulebookDiff:
    """The comparison after the trial. What was called the same and is not is told as different, and as a defect of Hyotei.

    Args:
        diff: the comparison.
        old: the old rulebook as it was written, not under the new names.
        new: the new rulebook.
        renaming: which of the old names is which of the new ones.
        timeout: seconds for all sheets together, after the first few.
    """
    if common_years(old, new) is None:
        return diff
    return _Trial(diff, old, new, renaming).result(monotonic() + timeout)


@dataclass
class _Trial:
    diff: RulebookDiff
    old: Rulebook
    new: Rulebook
    renaming: Renaming
    broken: "dict[tuple[str, bool], Sheet]" = field(default_factory=dict)
    """For a decision, and for rating and budget (true), the sheet that differs."""

    def result(self, end: float) -> RulebookDiff:
        self.engines = Replay(self.old), Replay(self.new)
        self.old_of = {self.renaming.decisions.get(each.name, each.name): each for each in self.old.decisions}
        self.claims: dict[str, Outcome] = {each.name: each.outcome for each in self.diff.decisions}
        self.everywhere = {each.name for each in self.diff.decisions if each.outcome == "same" and each.dropped}
        tried = 0
        try:
            for sheet in self.sheets():
                if tried >= _LEAST and monotonic() > end:
                    break
                tried += 1
                for key in self.breaches(sheet):
                    if key not in self.broken:
                        self.broken[key] = self.smallest(sheet, key)
            return self.told(tried)
        finally:
            for each in self.engines:
                each.close()

    # -- sheets

    def sheets(self) -> Iterator[Sheet]:
        """Drawn sheets of common years, the same ones each time, in turn for either rulebook."""
        years = common_years(self.old, self.new)
        assert years is not None, "rulebooks without a common year are not tried"
        writers = []
        for book in (self.old, self.new):
            common = [year for year in years_of(book) if years[0] <= year <= years[1]] or [years[1]]
            told = [
                year
                for parameter in book.parameters.values()
                for dated in parameter.dated
                for year in (dated.first, dated.last)
                if year in common
            ]
            chosen = tuple(dict.fromkeys((common[0], common[-1], *told, *common)))[:_MOST_YEARS]
            writers.append(SheetWriter(seeded(book.hash), pool_of(book, chosen), SheetShape()))
        for at in range(TRIED):
            yield writers[at % 2].sheet()

    def smallest(self, sheet: Sheet, key: "tuple[str, bool]") -> Sheet:
        """The sheet without what the breach does not need."""
        left = _MOST_SMALLER
        found = True
        while found and left > 0:
            found = False
            for other in simpler(sheet):
                left -= 1
                if left <= 0:
                    break
                if self.common(other) and key in self.breaches(other):
                    sheet, found = other, True
                    break
        return sheet

    def common(self, sheet: Sheet) -> bool:
        return self.old.in_force(sheet.fiscal_year) and self.new.in_force(sheet.fiscal_year)

    # -- what is at odds

    def breaches(self, sheet: Sheet) -> "list[tuple[str, bool]]":
        """What was called the same and differs on this sheet."""
        before, after = (each.derive(sheet) for each in self.engines)
        found: list[tuple[str, bool]] = []
        differing: set[str] = set()
        for decision in self.new.decisions:
            earlier = self.old_of.get(decision.name)
            if earlier is None or earlier.scope != decision.scope:
                differing.add(decision.name)
                continue
            if self.said(before, earlier, decision, new=False) == self.said(after, earlier, decision, new=True):
                continue
            differing.add(decision.name)
            claim = self.claims.get(decision.name, "same")
            needs = {*decision.needs, *(self.renaming.decisions.get(each, each) for each in earlier.needs)}
            removed = needs - self.new.by_name.keys()
            by_inputs = bool(needs & differing or removed) and decision.name not in self.everywhere
            if claim == "same" and not by_inputs:
                found.append((decision.name, False))
        found += [(each.name, True) for each in self.diff.results if each.outcome == "same" and each.name in differing]
        return found

    def said(self, derivation: Derivation, earlier: Decision, decision: Decision, new: bool) -> _Said:
        """What a decision says of each unit in its common outputs, in the new words; findings in an order of their own."""
        places, of = self.places(earlier, decision)[new], decision if new else earlier
        found: _Said = {}
        for (name, unit), step in derivation.steps.items():
            if name == of.name:
                rows = []
                for row in _rows(step.outputs):
                    told = tuple(row[at] for at in places)
                    rows.append(told if new else tuple(map(self.renaming.value, told)))
                found[unit] = tuple(sorted(rows, key=repr))
        return found

    def places(self, earlier: Decision, decision: Decision) -> "tuple[list[int], list[int]]":
        """The places of the common outputs in the old and in the new decision, in the order of the old one."""
        names = [self.renaming.outputs.get((earlier.name, each.name), each.name) for each in earlier.outputs]
        after = [each.name for each in decision.outputs]
        common = [name for name in names if name in after]
        return [names.index(name) for name in common], [after.index(name) for name in common]

    # -- what is told

    def told(self, tried: int) -> RulebookDiff:
        changes = {each.name: each for each in self.diff.decisions}
        defects: dict[str, Diagnostic] = {}
        for (name, is_result), sheet in self.broken.items():
            defects[name] = Diagnostic("HY938", params={"what": name})
            if not is_result:
                changes[name] = self.different(changes.get(name), self.new.by_name[name], sheet)
        results = tuple(
            replace(each, outcome="differs", why="", example=self.difference(each.name, self.broken[each.name, True]))
            if (each.name, True) in self.broken
            else each
            for each in self.diff.results
        )
        names = {name for name, is_result in self.broken if not is_result}
        edits = tuple(
            replace(edit, effect="open") if names and edit.effect == "none" and edit.decision in (*names, "") else edit
            for edit in self.diff.edits
        )
        order = {decision.name: at for at, decision in enumerate(self.new.decisions)}
        decisions = tuple(sorted(changes.values(), key=lambda each: order[each.name]))
        return replace(
            self.diff,
            edits=edits,
            decisions=decisions,
            results=results,
            tried=tried,
            defects=tuple(defects.values()),
        )

    def different(self, change: DecisionChange | None, decision: Decision, sheet: Sheet) -> DecisionChange:
        """The decision as one that differs, shown by the sheet."""
        earlier = self.old_of[decision.name]
        outputs: tuple[tuple[str, Type], ...] = tuple(
            (decision.outputs[at].name, decision.outputs[at].type) for at in self.places(earlier, decision)[1]
        )
        example = self.difference(decision.name, sheet)
        # Which of its edits is behind it is not known: what was said of them may be as wrong.
        together = tuple(at for at, edit in enumerate(self.diff.edits) if edit.decision in ("", decision.name))
        region = ChangedRegion(Region((), ()), (), (), (), (), (), (), together, reach="shown", example=example)
        plain = change or DecisionChange(decision.name, decision.title, decision.scope, "same")
        return replace(
            plain, outcome="differs", why="", outputs=outputs, columns=(), regions=(region,), fewest=1, dropped=0,
            symbolic=True, policies=None,
        )  # fmt: skip

    def difference(self, name: str, sheet: Sheet) -> Difference:
        """The sheet with what both rulebooks say of it."""
        before, after = (each.derive(sheet) for each in self.engines)
        earlier, decision = self.old_of[name], self.new.by_name[name]
        told = self.said(before, earlier, decision, new=False), self.said(after, earlier, decision, new=True)
        unit = next(each for each in told[0] if told[0][each] != told[1][each])
        flat = [tuple(value for row in each[unit] for value in row) for each in told]
        return Difference(sheet, unit, flat[0], flat[1], result_values(before, after))


def _rows(outputs: _Outputs) -> "list[tuple[Scalar, ...]]":
    """The outputs as rows: one, or of a list of findings any number."""
    rows = [each for each in outputs if isinstance(each, tuple)]
    return rows if rows or not outputs else [tuple(each for each in outputs if not isinstance(each, tuple))]
