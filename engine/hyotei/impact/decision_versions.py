"""What decisions give at the units of a batch, kept for whatever rulebook says the same: versions of decisions.

Rulebooks that differ by a few edits share most versions. Each version is decided once, and only for the sheets that are asked for.
Where it says what it said under the rulebook that edits begin with, only for those in which what it reads differs.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from hyotei.compiler.decision_functions import Lists, RulebookTerms, decision_functions
from hyotei.compiler.sheet_values import Layout, SlotLists
from hyotei.impact.affected_decisions import sense
from hyotei.impact.batch_values import BatchValues, Numbers
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet.figures import RECORDED_SCALES

MOST: Final = 2_000_000
"""Units of decisions that are kept, those of the rulebook that edits begin with not counted: 8 bytes each, and what they give."""

Sheets: TypeAlias = "npt.NDArray[np.bool_]"
"""Of each sheet of a batch whether something holds."""
Decide: TypeAlias = Callable[[Lists, int, str], Step]


@dataclass(slots=True, eq=False)
class Version:
    """A decision as some rulebooks have it.

    Attributes:
        number: no other has it.
        decision: as it stands in `rulebook`.
        said: what it says (`sense`).
        needs: the versions of the decisions that it reads.
        base: the decision of that name under the rulebook that edits begin with, which has none itself.
        outputs: at each unit what it gives; None where nobody asked yet.
        done: the sheets that were decided.
        differs: those of them in which something differs from `base`.
    """

    number: int
    decision: Decision
    rulebook: Rulebook
    said: str
    needs: "dict[str, Version]"
    base: "Version | None"
    outputs: list[Any]
    done: Sheets
    differs: Sheets
    decide: dict[tuple[Scalar, ...], tuple[Decide, Lists]] = field(default_factory=dict)

    def release(self) -> None:
        """Lets go of what it reads, which holds it in turn and would wait for the collector."""
        for _, lists in self.decide.values():
            lists.clear()
        self.decide.clear()


class Versions:
    """All versions over one batch.

    Args:
        values: the batch.
        rulebook: the rulebook that edits begin with.
    """

    def __init__(self, values: BatchValues, rulebook: Rulebook) -> None:
        self.values = values
        self._kept: OrderedDict[tuple[object, ...], Version] = OrderedDict()
        self._base: dict[str, Version] = {}
        self._last = 0
        self._base = self.of(rulebook)
        self._kept.clear()
        for each in self._base.values():
            self.decide(each, values.every)

    def of(self, rulebook: Rulebook) -> dict[str, Version]:
        """The versions of all decisions of a rulebook, each after those it reads."""
        found: dict[str, Version] = {}
        keys = []
        for decision in rulebook.decisions:
            said = sense(decision, rulebook)
            needs = {name: found[name] for name in decision.needs}
            base = self._base.get(decision.name)
            if base is not None and base.said == said and base.needs == needs:
                found[decision.name] = base
                continue
            key = decision.name, said, *(each.number for each in needs.values())
            if key not in self._kept:
                self._kept[key] = self._made(decision, rulebook, said, needs, base)
            keys.append(key)
            found[decision.name] = self._kept[key]
        for key in reversed(keys):
            # What reads a version goes before it.
            self._kept.move_to_end(key)
        while len(self._kept) > len(keys) and sum(len(each.outputs) for each in self._kept.values()) > MOST:
            self._kept.popitem(last=False)[1].release()
        return found

    def _made(
        self, decision: Decision, rulebook: Rulebook, said: str, needs: dict[str, Version], base: Version | None
    ) -> Version:
        self._last += 1
        outputs: list[Any] = [None] * self.values.count(decision.scope)
        done, differs = (np.zeros(len(self.values), bool) for _ in range(2))
        return Version(self._last, decision, rulebook, said, needs, base, outputs, done, differs)

    # -- deciding

    def decide(self, version: Version, sheets: Numbers) -> None:
        """Sees to it that a version is decided for some sheets; those that it reads are."""
        missing = sheets[~version.done[sheets]]
        if not len(missing):
            return
        version.done[missing] = True
        base = version.base
        if base is None:
            self._decided(version, missing)
            return
        again = missing
        if base.said == version.said:
            read = np.zeros(len(missing), bool)
            for each in version.needs.values():
                read |= each.differs[missing]
            again = missing[read]
            self._as_in(version, base, missing[~read])
        self._decided(version, again)
        if base.decision.outputs != version.decision.outputs:
            version.differs[again] = True
        else:
            spans, one, other = self.values.spans(version.decision.scope), version.outputs, base.outputs
            version.differs[again] = [
                one[units.start : units.stop] != other[units.start : units.stop]
                for units in map(spans.__getitem__, again.tolist())
            ]

    def _as_in(self, version: Version, base: Version, sheets: Numbers) -> None:
        spans, one, other = self.values.spans(version.decision.scope), version.outputs, base.outputs
        for units in map(spans.__getitem__, sheets.tolist()):
            one[units.start : units.stop] = other[units.start : units.stop]

    def _decided(self, version: Version, sheets: Numbers) -> None:
        spans, outputs = self.values.spans(version.decision.scope), version.outputs
        for year, some in self._by_year(sheets):
            decide, lists = self._function(version, year)
            for units in map(spans.__getitem__, some.tolist()):
                for unit in units:
                    outputs[unit] = decide(lists, unit, "").outputs

    def _by_year(self, sheets: Numbers) -> Iterator[tuple[int, Numbers]]:
        years = self.values.years[sheets]
        for year in np.unique(years).tolist():
            yield year, sheets[years == year]

    def _function(self, version: Version, year: int) -> tuple[Decide, Lists]:
        """The function of a year, with what it reads; it is the same for years in which all parameters are."""
        book = version.rulebook
        key = tuple(each.at(year) for each in book.parameters.values())
        if key not in version.decide:
            terms = RulebookTerms(book, year, one_sheet=False)
            made = decision_functions(terms, version.decision).decide
            slots = _Slots(terms.layout, self.values, version)
            slots.ready(made.needs)
            version.decide[key] = made.function, slots.lists
        return version.decide[key]


class _Slots(SlotLists):
    """What the functions of a version read."""

    def __init__(self, layout: Layout, values: BatchValues, version: Version) -> None:
        super().__init__(layout)
        self.values, self.version = values, version

    def _filled(self, number: int) -> list[Any]:
        slot = self.layout.slots[number]
        assert slot is not None
        if slot.kind == "decided":
            return self.version.needs[slot.name].outputs
        found = self.values.list_of(*slot)
        scale = self.version.rulebook.scales.get(RECORDED_SCALES.get(slot.name, ""))
        if slot.kind != "figure" or scale is None:
            return found
        # What the sheet records in words outside the scale cannot be compared.
        return [each if isinstance(each, Unknown) or each in scale.labels else _OUTSIDE for each in found]


_OUTSIDE: Final = Unknown("undefined")
