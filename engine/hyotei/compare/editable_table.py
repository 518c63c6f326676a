"""A table as its analyst edits it: columns in slots that both versions share, rows in which single edits can be undone."""

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, HitPolicy, Input, Row, Rulebook, Table
from hyotei.rulebook.values import Unknown


@dataclass(frozen=True, slots=True)
class EditableRow:
    """A row: its numbers in the old and in the new document, 0 where it has none, its cells by slot, its outputs by name."""

    old: int
    new: int
    cells: dict[int, t.Check]
    outputs: dict[str, t.Term]

    def cell(self, slot: int) -> t.Check:
        return self.cells.get(slot, t.ANYTHING)


@dataclass(frozen=True, slots=True)
class EditableTable:
    """A decision table, under a rulebook with whose parameters and rounding it is read."""

    decision: Decision
    rulebook: Rulebook
    policy: HitPolicy
    columns: dict[int, Input]
    rows: tuple[EditableRow, ...]

    def table(self) -> Table:
        """The table as the model has it."""
        missing = t.Constant(Unknown("undefined"))
        rows = tuple(
            Row(
                number,
                tuple(row.cell(slot) for slot in self.columns),
                tuple(row.outputs.get(each.name, missing) for each in self.decision.outputs),
            )
            for number, row in enumerate(self.rows, 1)
        )
        return Table(self.policy, tuple(self.columns.values()), rows)


def sources(old: Rulebook, new: Rulebook, name: str) -> tuple[EditableTable, EditableTable]:
    """The two versions of a table. A column that is the same in both has one slot, and so has one rewritten in its place."""
    before, after = old.by_name[name], new.by_name[name]
    assert isinstance(before.body, Table)
    assert isinstance(after.body, Table)
    # A parameter with another value does not make another column of it: the parameter is what was edited.
    slots = _slots([repr(each.term) for each in before.body.inputs], [repr(each.term) for each in after.body.inputs])
    return (
        _source(before, before.body, old, range(len(before.body.inputs)), old=True),
        _source(after, after.body, new, slots, old=False),
    )


def _source(
    decision: Decision, table: Table, rulebook: Rulebook, slots: "range | list[int]", old: bool
) -> EditableTable:
    names = [output.name for output in decision.outputs]
    rows = tuple(
        EditableRow(
            row.number if old else 0,
            0 if old else row.number,
            {slot: check for slot, check in zip(slots, row.checks, strict=True) if not check.anything},
            dict(zip(names, row.outputs, strict=True)),
        )
        for row in table.rows
    )
    return EditableTable(decision, rulebook, table.policy, dict(zip(slots, table.inputs, strict=True)), rows)


def _slots(before: list[str], after: list[str]) -> list[int]:
    """For each new column its slot: that of the equal old column, or of the one it stands in the place of, or a new one."""
    slots: list[int | None] = []
    free = list(range(len(before)))
    for text in after:
        same = next((at for at in free if before[at] == text), None)
        if same is not None:
            free.remove(same)
        slots.append(same)
    # What is left stands between the same neighbours on both sides, or it is new.
    for at, slot in enumerate(slots):
        if slot is not None:
            continue
        left = slots[at - 1] if at else -1
        place = left + 1 if left is not None else None
        if place in free:
            slots[at] = place
            free.remove(place)
    fresh = len(before)
    found = []
    for slot in slots:
        found.append(fresh if slot is None else slot)
        fresh += slot is None
    return found
