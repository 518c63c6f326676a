"""All that was edited between two rulebooks, and the new one with any of the edits undone.

Rows are aligned as `hyotei diff` does it. Undoing follows the edits and not the documents: what is left of a table is the new one,
with the rows, cells and columns of the undone edits as they were.
"""

from collections.abc import Callable, Iterator
from dataclasses import field, replace

from hyotei.compare.editable_table import EditableTable, sources
from hyotei.compare.edits import division_changed, parameters_changed, table_edits
from hyotei.compare.model import Edit
from hyotei.impact.affected_decisions import ordered, results_of
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.term_parts import mentioned
from hyotei.sheet.figures import RECORDED_SCALES


@dataclass(slots=True)
class Draft:
    """A rulebook in the making: tables whose edits are being undone, and all else as it is so far."""

    rulebook: Rulebook
    tables: dict[str, EditableTable]

    def rulebook_of(self) -> Rulebook | None:
        """The rulebook; None where something in it reads what is not there."""
        decisions = [
            replace(each, body=self.tables[each.name].table()) if each.name in self.tables else each
            for each in self.rulebook.decisions
        ]
        found = ordered(decisions)
        return None if found is None else replace(self.rulebook, decisions=found)


@dataclass(frozen=True, slots=True)
class _Undoable:
    edit: Edit
    undo: Callable[[Draft], None]
    order: tuple[int, int] = (0, 0)
    """Rows are put back first, from the last to the first, so that each finds the place it had."""


@dataclass
class Edits:
    """The edits on which a result rests. `others` is the number of decisions that were edited and on which none rests."""

    old: Rulebook
    new: Rulebook
    year: int
    edits: tuple[Edit, ...] = ()
    others: int = 0
    _undoable: list[_Undoable] = field(default_factory=list)
    _known: dict[frozenset[int], Rulebook | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        common = [name for name in results_of(self.new) if name in self.old.by_name]
        sides = self.old.toward(*common).by_name, self.new.toward(*common).by_name
        self.read = sides[0].keys() | sides[1].keys()
        self._sources: dict[str, tuple[EditableTable, EditableTable]] = {}
        self._undoable = [*self._of_the_book(), *self._of_decisions()]
        self.edits = tuple(each.edit for each in self._undoable)

    def without(self, undone: frozenset[int]) -> Rulebook | None:
        """The new rulebook without some edits, by their places in `edits`; None where what is left reads what is not there."""
        if undone not in self._known:
            self._known[undone] = self._without(undone)
        return self._known[undone]

    def _without(self, undone: frozenset[int]) -> Rulebook | None:
        if len(undone) == len(self._undoable):
            return self.old
        # What only the old rulebook had may be read again; nothing else reads it.
        gone = tuple(each for each in self.old.decisions if each.name not in self.new.by_name)
        book = replace(
            self.new,
            decisions=(*self.new.decisions, *gone),
            parameters={**self.old.parameters, **self.new.parameters},
            scales={**self.old.scales, **self.new.scales},
        )
        draft = Draft(book, {})
        whole = {
            name
            for name in self._sources
            if all(at in undone for at, each in enumerate(self._undoable) if each.edit.decision == name)
        }
        for at in sorted(undone, key=lambda at: self._undoable[at].order):
            if self._undoable[at].edit.decision not in whole:
                self._undoable[at].undo(draft)
        for name in whole:
            _put(draft, self.old.by_name[name])
        return draft.rulebook_of()

    # -- what there is

    def _of_the_book(self) -> Iterator[_Undoable]:
        """Parameters, the rounding of divisions, and scales, as far as something reads them."""
        read = [
            part
            for book in (self.old, self.new)
            for decision in book.decisions
            if decision.name in self.read
            for part in mentioned(decision)
        ]
        names = {part.name for part in read if isinstance(part, t.Parameter)}
        for name, edit in parameters_changed(self.old, self.new).items():
            if name in names:
                yield _Undoable(edit, lambda draft, name=name: _parameter_back(draft, self.old, name))  # type: ignore[misc]  # one name a turn
        division = division_changed(self.old, self.new)
        if division is not None and any(_divides(part) for part in read):
            yield _Undoable(division, lambda draft: _division_back(draft, self.old))
        recorded = {RECORDED_SCALES.get(part.name) for part in read if isinstance(part, t.Figure)}
        for name in sorted(each for each in recorded if each is not None):
            before, after = (book.scales.get(name) for book in (self.old, self.new))
            if before is not None and after is not None and before.values != after.values:
                told = [", ".join(scale.values) for scale in (before, after)]
                edit = Edit("scale", "", column=name, before=(told[0],) * 2, after=(told[1],) * 2)
                yield _Undoable(edit, lambda draft, name=name: _scale_back(draft, self.old, name))  # type: ignore[misc]  # one name a turn

    def _of_decisions(self) -> Iterator[_Undoable]:
        for decision in self.new.decisions:
            before = self.old.by_name.get(decision.name)
            if before is None or _body(before) == _body(decision):
                # What was added is read through other edits, or not at all.
                continue
            if decision.name not in self.read:
                self.others += 1
            elif _comparable(before, decision):
                yield from self._of_table(decision.name)
            else:
                yield self._of_body(before, decision)

    def _of_table(self, name: str) -> Iterator[_Undoable]:
        self._sources[name] = before, after = sources(self.old, self.new, name)
        found = table_edits(before, after, self.year)
        for each in found:
            put_back = each.edit.kind in ("row_moved", "row_removed")

            def undo(draft: Draft, back: Callable[[EditableTable], EditableTable] = each.undo) -> None:
                draft.tables[name] = back(draft.tables.get(name, after))

            yield _Undoable(each.edit, undo, (0, -each.edit.old_row) if put_back else (1, 0))

    def _of_body(self, before: Decision, after: Decision) -> _Undoable:
        """A formula, or a decision that is another kind of thing now."""
        formulas = isinstance(before.body, Formula) and isinstance(after.body, Formula)
        texts = [each.body.text if isinstance(each.body, Formula) else each.body.policy for each in (before, after)]
        edit = Edit("formula" if formulas else "body", after.name, before=(texts[0],) * 2, after=(texts[1],) * 2)
        return _Undoable(edit, lambda draft: _put(draft, before))


def _comparable(before: Decision, after: Decision) -> bool:
    """Whether both are tables of one kind, whose rows and columns can be told apart."""
    tables = isinstance(before.body, Table) and isinstance(after.body, Table)
    return tables and before.scope == after.scope and before.outputs == after.outputs


def _body(decision: Decision) -> str:
    """What a decision says, parameters by name."""
    body = decision.body
    if isinstance(body, Formula):
        return repr((decision.scope, decision.outputs, body.term))
    rows = [(row.checks, row.outputs) for row in body.rows]
    return repr((decision.scope, decision.outputs, body.policy, [column.term for column in body.inputs], rows))


def _divides(part: object) -> bool:
    match part:
        case t.Calculation("/", _, _) | t.Aggregate("mean", _):
            return True
        case _:
            return False


def _parameter_back(draft: Draft, old: Rulebook, name: str) -> None:
    draft.rulebook = replace(draft.rulebook, parameters={**draft.rulebook.parameters, name: old.parameters[name]})


def _division_back(draft: Draft, old: Rulebook) -> None:
    draft.rulebook = replace(draft.rulebook, digits=old.digits, rounding=old.rounding)


def _scale_back(draft: Draft, old: Rulebook, name: str) -> None:
    draft.rulebook = replace(draft.rulebook, scales={**draft.rulebook.scales, name: old.scales[name]})


def _put(draft: Draft, decision: Decision) -> None:
    decisions = tuple(decision if each.name == decision.name else each for each in draft.rulebook.decisions)
    draft.rulebook = replace(draft.rulebook, decisions=decisions)
    draft.tables.pop(decision.name, None)
