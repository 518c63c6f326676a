"""The single edits between two versions of a decision, and the new version with one of them undone."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from hyotei.compare.edit_words import EditWords, parameter_words
from hyotei.compare.editable_table import EditableRow, EditableTable
from hyotei.compare.model import Edit
from hyotei.compare.row_alignment import Alignment, aligned
from hyotei.compare.term_rewriting import meaning, parameters_of
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Rulebook, Table

Undo: TypeAlias = "Callable[[EditableTable], EditableTable]"


@dataclass(frozen=True, slots=True)
class Undoable:
    """An edit of a table and how to take it back."""

    edit: Edit
    undo: Undo


def terms_of(decision: Decision) -> "tuple[object, ...]":
    """All terms of a decision."""
    if not isinstance(decision.body, Table):
        return (decision.body.term,)
    rows = tuple((row.checks, row.outputs) for row in decision.body.rows)
    return (tuple(column.term for column in decision.body.inputs), rows)


def parameters_changed(old: Rulebook, new: Rulebook) -> dict[str, Edit]:
    """The parameters that both have, with other values."""
    found = {}
    for name, before in old.parameters.items():
        after = new.parameters.get(name)
        if after is not None and (before.dated, before.type) != (after.dated, after.type):
            words = parameter_words(before), parameter_words(after)
            found[name] = Edit("parameter", "", column=name, before=words[0], after=words[1])
    return found


def division_changed(old: Rulebook, new: Rulebook) -> Edit | None:
    """What divisions give, where it changed."""
    if (old.digits, old.rounding) == (new.digits, new.rounding):
        return None
    told = ["exact" if book.rounding == "exact" else f"{book.rounding} {book.digits}" for book in (old, new)]
    return Edit("division", "", before=(told[0], told[0]), after=(told[1], told[1]))


def with_old_parameter(old: Rulebook, new: Rulebook, name: str) -> Rulebook:
    """The new rulebook without the edit of one parameter."""
    return replace(new, parameters={**new.parameters, name: old.parameters[name]})


def with_old_division(old: Rulebook, new: Rulebook) -> Rulebook:
    """The new rulebook with the old rounding of divisions."""
    return replace(new, digits=old.digits, rounding=old.rounding)


def book_edits(old: Rulebook, new: Rulebook, name: str, year: int) -> "list[tuple[Edit, Rulebook]]":
    """The edits outside a decision that it reads, each with the new rulebook without it."""
    found: list[tuple[Edit, Rulebook]] = []
    terms = terms_of(old.by_name[name]), terms_of(new.by_name[name])
    mentioned = parameters_of(terms[0]) | parameters_of(terms[1])
    for parameter, edit in parameters_changed(old, new).items():
        if parameter in mentioned:
            found.append((edit, with_old_parameter(old, new, parameter)))
    division = division_changed(old, new)
    if division is not None and any("|/" in f"|{meaning(term, new, year)}" for term in terms):
        found.append((division, with_old_division(old, new)))
    return found


def table_edits(before: EditableTable, after: EditableTable, year: int) -> list[Undoable]:
    """All edits of a table, of its rows and cells, its columns and its hit policy."""
    return _TableEdits(before, after, year).found()


class _TableEdits:
    def __init__(self, before: EditableTable, after: EditableTable, year: int) -> None:
        self.before, self.after, self.year = before, after, year
        self.name = after.decision.name
        self.rows: Alignment = aligned(before.rows, after.rows)
        self.words = EditWords(before.rulebook, year), EditWords(after.rulebook, year)
        # The new row of each old one, wherever it is now.
        self.new_of = {**self.rows.kept, **self.rows.moved}

    def found(self) -> list[Undoable]:
        return [*self.policies(), *self.columns(), *self.moves(), *self.cells(), *self.removals(), *self.additions()]

    def policies(self) -> Iterable[Undoable]:
        if self.before.policy != self.after.policy:
            old, new = self.before.policy, self.after.policy
            edit = Edit("policy", self.name, before=(old, old), after=(new, new))
            yield Undoable(edit, lambda source: replace(source, policy=old))

    # -- columns

    def columns(self) -> Iterable[Undoable]:
        for slot, column in self.before.columns.items():
            other = self.after.columns.get(slot)
            if other is None:
                edit = Edit("column_removed", self.name, column=column.text, before=(column.text,) * 2)
                yield Undoable(edit, self.with_column(slot))
            elif other.term != column.term:
                told = (column.text,) * 2, (other.text,) * 2
                edit = Edit("column_changed", self.name, column=other.text, before=told[0], after=told[1])
                yield Undoable(edit, self.with_term(slot))
        for slot, column in self.after.columns.items():
            if slot not in self.before.columns:
                edit = Edit("column_added", self.name, column=column.text, after=(column.text,) * 2)
                yield Undoable(edit, self.without_column(slot))

    def with_column(self, slot: int) -> Undo:
        cells = {row.old: row.cells.get(slot) for row in self.before.rows}
        old_of = {new: self.before.rows[old].old for old, new in self.new_of.items()}

        def undo(source: EditableTable) -> EditableTable:
            rows = []
            for row in source.rows:
                check = cells.get(old_of.get(row.new - 1, row.old))
                rows.append(row if check is None else replace(row, cells={**row.cells, slot: check}))
            return replace(source, columns={**source.columns, slot: self.before.columns[slot]}, rows=tuple(rows))

        return undo

    def with_term(self, slot: int) -> Undo:
        return lambda source: replace(source, columns={**source.columns, slot: self.before.columns[slot]})

    def without_column(self, slot: int) -> Undo:
        def undo(source: EditableTable) -> EditableTable:
            columns = {each: column for each, column in source.columns.items() if each != slot}
            rows = tuple(
                replace(row, cells={each: check for each, check in row.cells.items() if each != slot})
                for row in source.rows
            )
            return replace(source, columns=columns, rows=rows)

        return undo

    # -- rows

    def moves(self) -> Iterable[Undoable]:
        for old, new in self.rows.moved.items():
            edit = Edit("row_moved", self.name, self.before.rows[old].old, self.after.rows[new].new)
            yield Undoable(edit, self.moved_back(old, new))

    def moved_back(self, old: int, new: int) -> Undo:
        row = self.after.rows[new]

        def undo(source: EditableTable) -> EditableTable:
            rows = tuple(each for each in source.rows if each.new != row.new)
            return self.inserted(replace(source, rows=rows), old, row)

        return undo

    def removals(self) -> Iterable[Undoable]:
        for old in self.rows.removed:
            row = self.before.rows[old]
            edit = Edit("row_removed", self.name, old_row=row.old)
            yield Undoable(edit, lambda source, old=old, row=row: self.inserted(source, old, row))  # type: ignore[misc]  # one row a turn

    def inserted(self, source: EditableTable, old: int, row: EditableRow) -> EditableTable:
        """A row put behind the nearest one before it that stands in both tables."""
        places = {each.new: at for at, each in enumerate(source.rows) if each.new}
        at = 0
        for before in range(old - 1, -1, -1):
            new = self.rows.kept.get(before)
            if new is not None and self.after.rows[new].new in places:
                at = places[self.after.rows[new].new] + 1
                break
        return replace(source, rows=(*source.rows[:at], row, *source.rows[at:]))

    def additions(self) -> Iterable[Undoable]:
        for new in self.rows.added:
            number = self.after.rows[new].new
            edit = Edit("row_added", self.name, new_row=number)
            yield Undoable(
                edit,
                lambda source, number=number: replace(  # type: ignore[misc]  # one number a turn
                    source, rows=tuple(row for row in source.rows if row.new != number)
                ),
            )

    # -- cells

    def cells(self) -> Iterable[Undoable]:
        for old, new in sorted(self.rows.kept.items()):
            one, other = self.before.rows[old], self.after.rows[new]
            for slot, column in self.after.columns.items():
                earlier = self.before.columns.get(slot)
                if earlier is None or one.cell(slot) == other.cell(slot):
                    continue
                edit = Edit(
                    "cell",
                    self.name,
                    one.old,
                    other.new,
                    column.text,
                    self.words[0].cell(one.cell(slot), earlier.type),
                    self.words[1].cell(other.cell(slot), column.type),
                )
                yield Undoable(edit, self.cell_back(other.new, slot, one.cell(slot)))
            yield from self.outputs(one, other)

    def outputs(self, one: EditableRow, other: EditableRow) -> Iterable[Undoable]:
        types = {each.name: each.type for each in (*self.before.decision.outputs, *self.after.decision.outputs)}
        for name, before in one.outputs.items():
            # In the order of the table: a set of names has another one in each process.
            after = other.outputs.get(name, before)
            if before == after:
                continue
            edit = Edit(
                "output",
                self.name,
                one.old,
                other.new,
                name,
                self.words[0].output(before, types[name]),
                self.words[1].output(after, types[name]),
            )
            yield Undoable(edit, self.output_back(other.new, name, before))

    @staticmethod
    def cell_back(number: int, slot: int, check: t.Check) -> Undo:
        def undo(source: EditableTable) -> EditableTable:
            rows = tuple(
                replace(row, cells={**row.cells, slot: check}) if row.new == number else row for row in source.rows
            )
            return replace(source, rows=rows)

        return undo

    @staticmethod
    def output_back(number: int, name: str, term: t.Term) -> Undo:
        def undo(source: EditableTable) -> EditableTable:
            rows = tuple(
                replace(row, outputs={**row.outputs, name: term}) if row.new == number else row for row in source.rows
            )
            return replace(source, rows=rows)

        return undo
