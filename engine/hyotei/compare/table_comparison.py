"""Two versions of a table compared as functions of their inputs, and which edit is behind which difference."""

from collections.abc import Sequence
from dataclasses import field
from decimal import Decimal
from typing import Final

from hyotei.compare.box_cover import few, fewest
from hyotei.compare.boxes import Box, ColumnValues, Element, intersect
from hyotei.compare.common_years import spans
from hyotei.compare.differing_boxes import BoxComparison, Leaf
from hyotei.compare.editable_table import EditableTable, sources
from hyotei.compare.edits import book_edits, table_edits
from hyotei.compare.joint_columns import Joint, joint_columns
from hyotei.compare.model import Answers, Computed, Edit, Effect
from hyotei.compare.table_meaning import Key, TableMeaning, side
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.hit_policies import answer
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.types import YEAR
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet
from hyotei.verdict.thresholds import Band

MOST_TOGETHER: Final = 12
"""So many edits are looked at together; of more, each is held against the regions that were found."""
YEAR_KEY: Final = Key("#fiscal_year")


@dataclass(slots=True)
class Piece:
    """Inputs with one difference and one cause, as a box of the joint columns."""

    box: Box
    before: Answers
    after: Answers
    causes: tuple[int, ...]
    together: tuple[int, ...]
    old_rows: tuple[int, ...]
    new_rows: tuple[int, ...]
    point: tuple[Scalar, ...]

    @property
    def computed(self) -> bool:
        """Whether it rests on expressions, so that the two answers may be the same after all."""
        return any(isinstance(told, Computed) for each in (self.before, self.after) for row in each for told in row)


@dataclass(slots=True)
class TableDiff:
    """How two tables differ: what the boxes are told in, the boxes, and the edits with what each does."""

    columns: tuple[Joint, ...]
    outputs: tuple[str, ...]
    pieces: list[Piece] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    @property
    def fewest(self) -> int:
        """A number of boxes below which none can do for these pieces, one answer and one cause a box."""
        groups: dict[tuple[Answers, Answers, tuple[int, ...], tuple[int, ...]], list[Box]] = {}
        for piece in self.pieces:
            groups.setdefault((piece.before, piece.after, piece.causes, piece.together), []).append(piece.box)
        return sum(map(fewest, groups.values()))


def compare_tables(old: Rulebook, new: Rulebook, name: str) -> TableDiff:
    """Everything about two versions of a table that can be said without a solver.

    Raises:
        TooManyBoxes: the tables are too large to be told apart.
    """
    return _Tables(old, new, name).compared()


class _Tables:
    def __init__(self, old: Rulebook, new: Rulebook, name: str) -> None:
        self.old, self.new, self.name = old, new, name
        self.years = spans(old, new, name)
        self.first, self.second = sources(old, new, name)
        names = [each.name for each in new.by_name[name].outputs]
        self.outputs = tuple(each.name for each in old.by_name[name].outputs if each.name in names)
        year = self.years[-1][0]
        undoable = table_edits(self.first, self.second, year)
        self.edits = [each.edit for each in undoable]
        self.variants = [each.undo(self.second) for each in undoable]
        for edit, book in book_edits(old, new, name, year):
            self.edits.append(edit)
            self.variants.append(_under(self.second, book))

    def sides(self, source: EditableTable) -> list[TableMeaning]:
        return [side(source, first, self.outputs) for first, _ in self.years]

    def compared(self) -> TableDiff:
        old, new = self.sides(self.first), self.sides(self.second)
        variants = [self.sides(variant) for variant in self.variants]
        columns = joint_columns(old, new, [each for variant in variants for each in variant])
        together = len(variants) <= MOST_TOGETHER
        found: list[tuple[Box, Leaf]] = []
        comparisons = []
        for at in range(len(self.years)):
            beside = [variant[at] for variant in variants] if together else []
            comparison = BoxComparison(columns, [old[at], new[at], *beside])
            comparisons.append(comparison)
            found += [((1 << at, *box), leaf) for box, leaf in comparison.differences()]
        result = TableDiff((self.year_column(), *columns), self.outputs, edits=list(self.edits))
        alone = None if together or not found else self.held_against(columns, old, variants)
        self.group(result, found, comparisons, alone)
        result.effects = self.effects(result, columns, new, variants)
        self.confirm(result, old, new)
        if len(self.years) == 1:
            _drop_first(result)
        return result

    def year_column(self) -> Joint:
        elements = tuple(
            Element(Decimal(first), Band(Decimal(first), Decimal(last), Decimal(first))) for first, last in self.years
        )
        return Joint(YEAR_KEY, ColumnValues(YEAR, elements), None, None)

    def held_against(
        self, columns: tuple[Joint, ...], old: list[TableMeaning], variants: "list[list[TableMeaning]]"
    ) -> "list[list[Box]]":
        """For each variant the boxes in which it does not give the old answer."""
        found: list[list[Box]] = []
        for variant in variants:
            boxes: list[Box] = []
            for at in range(len(self.years)):
                differences = BoxComparison(columns, [old[at], variant[at]]).differences()
                boxes += [(1 << at, *box) for box, _ in differences]
            found.append(boxes)
        return found

    # -- grouping

    def group(
        self,
        result: TableDiff,
        found: "list[tuple[Box, Leaf]]",
        comparisons: list[BoxComparison],
        alone: "list[list[Box]] | None",
    ) -> None:
        groups: dict[tuple[Answers, Answers, tuple[int, ...], tuple[int, ...]], list[Box]] = {}
        for box, leaf in found:
            if alone is None:
                causes = tuple(at for at, each in enumerate(leaf[2:]) if each == leaf[0])
                others = tuple(at for at, each in enumerate(leaf[2:]) if each != leaf[1])
            else:
                causes = tuple(
                    at
                    for at, boxes in enumerate(alone)
                    if not any(intersect(box, other) is not None for other in boxes)
                )
                others = ()
            together = () if causes else others or tuple(range(len(self.edits)))
            groups.setdefault((leaf[0], leaf[1], causes, together), []).append(box)
        for (before, after, causes, together), boxes in groups.items():
            for box in few(boxes):
                point = _point(box, result.columns)
                rows: tuple[set[int], set[int]] = (set(), set())
                for piece in boxes:
                    if intersect(piece, box) is not None:
                        year, *here = [(mask & -mask).bit_length() - 1 for mask in piece]
                        for number in (0, 1):
                            rows[number].update(comparisons[year].rows(number, here))
                old_rows, new_rows = tuple(sorted(rows[0])), tuple(sorted(rows[1]))
                result.pieces.append(Piece(box, before, after, causes, together, old_rows, new_rows, point))
        result.pieces.sort(key=lambda piece: (piece.new_rows, piece.old_rows, piece.box))

    # -- edits

    def effects(
        self,
        result: TableDiff,
        columns: tuple[Joint, ...],
        new: list[TableMeaning],
        variants: "list[list[TableMeaning]]",
    ) -> list[Effect]:
        """What undoing each edit alone does to the new table."""
        effects: list[Effect] = []
        needed = {at for piece in result.pieces for at in piece.together}
        for number, variant in enumerate(variants):
            sure = possible = False
            for at in range(len(self.years)):
                for _, leaf in BoxComparison(columns, [variant[at], new[at]]).differences():
                    computed = any(isinstance(told, Computed) for each in leaf for row in each for told in row)
                    sure, possible = sure or not computed, possible or computed
            effects.append("changes" if sure else "open" if possible else "together" if number in needed else "none")
        return effects

    # -- the second method

    def confirm(self, result: TableDiff, old: list[TableMeaning], new: list[TableMeaning]) -> None:
        """Every region once more, by the reference at one of its points.

        Raises:
            HyoteiError: HY930, it does not say so there, which is a defect of Hyotei.
        """
        keys = [column.key for column in result.columns]
        if any(key.check for key in keys):
            return
        for piece in result.pieces:
            at = (piece.box[0] & -piece.box[0]).bit_length() - 1
            values = dict(zip(keys, piece.point, strict=True))
            for here, expected in ((old[at], piece.before), (new[at], piece.after)):
                if _by_reference(here, values, self.years[at][0]) not in (expected, None):
                    raise HyoteiError(Diagnostic("HY930", params={"decision": self.name}))


def _by_reference(here: TableMeaning, values: "dict[Key, Scalar]", year: int) -> Answers | None:
    """The answer of the reference for one input; None where it rests on expressions."""
    source = here.source
    book = source.rulebook
    reading = Reading(book, Sheet(id="diff", title="diff", authority=book.authority, fiscal_year=year))
    inputs = tuple(values[key] for key in here.keys)
    found = answer(source.decision, here.table, reading.standings(here.table, inputs, reading.root))
    if any(isinstance(told, Computed) and told.meaning != "unknown" for row in here.says for told in row):
        return None
    outputs = reading.outputs(source.decision, here.table, found, inputs, reading.root)
    if here.table.policy == "C" and found.outcome == "fired":
        rows = [row for row in outputs if isinstance(row, tuple)]
    else:
        rows = [outputs]  # type: ignore[list-item]  # only C gives a list of rows
    names = [each.name for each in source.decision.outputs]
    picked = [tuple(row[names.index(name)] for name in here.outputs) for row in rows]
    return tuple(sorted(picked, key=repr) if here.table.policy == "C" else picked)


def _point(box: Sequence[int], columns: Sequence[Joint]) -> tuple[Scalar, ...]:
    """One input of a box, of each column the first value."""
    return tuple(
        column.values.elements[(mask & -mask).bit_length() - 1].sample
        for mask, column in zip(box, columns, strict=True)
    )


def _under(source: EditableTable, book: Rulebook) -> EditableTable:
    return EditableTable(source.decision, book, source.policy, source.columns, source.rows)


def _drop_first(result: TableDiff) -> None:
    result.columns = result.columns[1:]
    for piece in result.pieces:
        piece.box, piece.point = piece.box[1:], piece.point[1:]
