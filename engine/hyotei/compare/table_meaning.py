"""A table as of one year, in terms of meaning: what each row asks of each input, and what each row says.

Inputs go by their meaning, so that two tables can be held side by side whatever their columns are called. A cell whose end point
is computed from the sheet cannot be cut into bands; whether it holds is an input of its own then.
"""

from collections.abc import Hashable
from dataclasses import field
from decimal import Decimal

from hyotei.compare.editable_table import EditableTable
from hyotei.compare.model import Answers, AnswerValue, Computed
from hyotei.compare.term_rewriting import meaning, settled
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.hit_policies import choose, priority
from hyotei.rulebook.model import Decision, Input, Rulebook, Table
from hyotei.rulebook.reference import Reading, extreme, stated_reasons, total
from hyotei.rulebook.values import Unknown
from hyotei.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Key:
    """An input by its meaning; with `check`, whether that cell holds for it."""

    of: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a row asks of an input: a cell, and the reasons of unknown that its column says something about."""

    key: Key
    check: t.Check
    stated: frozenset[str]


@dataclass(slots=True)
class MeaningColumn:
    """An input of a side: the column it comes from, and the cell whose holding it is."""

    input: Input
    check: t.Check | None = None
    stated: frozenset[str] = frozenset()


@dataclass(slots=True)
class TableMeaning:
    """One table for one year."""

    source: EditableTable
    table: Table
    columns: dict[Key, MeaningColumn]
    asks: tuple[tuple[Ask, ...], ...]
    says: tuple[tuple[AnswerValue, ...], ...]
    outputs: tuple[str, ...]
    contents: tuple[Hashable, ...] = ()
    needs_reasons: bool = False
    keys: tuple[Key, ...] = ()
    """The inputs of the document's columns, in their order."""
    own: frozenset[Key] = field(default_factory=frozenset)
    """The same as a set, for `unknown` as an output."""

    def answers(self, held: "tuple[int, ...]", undecided: "dict[int, Unknown]", longest: Unknown | None) -> Answers:
        """What the table says where these rows hold and those cannot be decided; `longest` is the most lasting unknown input."""
        decision, table = self.source.decision, self.table
        found = choose(decision, table, held, undecided)
        if found.outcome != "fired":
            return ((found.unknown,) * len(self.outputs),)
        rows = [tuple(self._said(told, longest) for told in self.says[number - 1]) for number in found.rows]
        match table.policy:
            case "C":
                return tuple(sorted(rows, key=repr))
            case "C#":
                return ((Decimal(len(rows)),),)
            case "C+" | "C<" | "C>":
                return ((self._collected([row[0] for row in rows]),),)
            case _:
                return (rows[0],)

    def _collected(self, values: list[AnswerValue]) -> AnswerValue:
        plain = [value for value in values if not isinstance(value, Computed)]
        if len(plain) < len(values):
            return Computed(f"{self.table.policy}{sorted(map(repr, values))}")
        return total(plain) if self.table.policy == "C+" else extreme(plain, greatest=self.table.policy == "C>")

    def _said(self, told: AnswerValue, longest: Unknown | None) -> AnswerValue:
        if isinstance(told, Computed) and told.meaning == INPUT_UNKNOWN:
            return longest or Unknown("undefined")
        return told

    def rows_that_answer(self, held: "tuple[int, ...]", undecided: "dict[int, Unknown]") -> tuple[int, ...]:
        return choose(self.source.decision, self.table, held, undecided).rows


INPUT_UNKNOWN = "unknown"


def side(source: EditableTable, year: int, outputs: tuple[str, ...]) -> TableMeaning:
    """The table of a source as of a year; `outputs` are those that both versions have."""
    book = source.rulebook
    reading = Reading(book, Sheet(id="diff", title="diff", authority=book.authority, fiscal_year=year))
    table = source.table()
    keys = [Key(meaning(column.term, book, year)) for column in table.inputs]
    stated = [stated_reasons(table, at) for at in range(len(keys))]
    columns = {key: MeaningColumn(column) for key, column in zip(keys, table.inputs, strict=True)}
    kept: dict[tuple[int, t.Check], Ask] = {}
    asks = []
    for row in table.rows:
        here = []
        for at, check in enumerate(row.checks):
            if check.anything:
                continue
            ask = kept.get((at, check))
            if ask is None:
                ask = kept[at, check] = _ask(check, keys[at], stated[at], book, year, reading)
                if ask.key.check:
                    columns.setdefault(ask.key, MeaningColumn(table.inputs[at], check, stated[at]))
            here.append(ask)
        asks.append(tuple(here))
    said = [each.name for each in source.decision.outputs]
    says = tuple(tuple(_told(row.outputs[said.index(name)], book, year) for name in outputs) for row in table.rows)
    found = TableMeaning(source, table, columns, tuple(asks), says, outputs, keys=tuple(keys), own=frozenset(keys))
    found.needs_reasons = any(Computed(INPUT_UNKNOWN) in row for row in says)
    found.contents = tuple(
        (frozenset(ask), say, _rank(source.decision, table, number), row.outputs if table.policy == "A" else ())
        for number, (ask, say, row) in enumerate(zip(asks, says, table.rows, strict=True), 1)
    )
    return found


def _rank(decision: Decision, table: Table, number: int) -> tuple[int, ...]:
    return priority(decision, table, number) if table.policy == "P" else ()


def _told(term: t.Term, book: Rulebook, year: int) -> AnswerValue:
    if isinstance(term, t.InputUnknown):
        return Computed(INPUT_UNKNOWN)
    found = settled(term, book, year)
    return found.value if isinstance(found, t.Constant) else Computed(meaning(term, book, year))


def _ask(check: t.Check, key: Key, stated: frozenset[str], book: Rulebook, year: int, reading: Reading) -> Ask:
    """A cell with its end points as values, or the question whether it holds where they are computed from the sheet."""
    tests: list[t.Test] = []
    for test in check.tests:
        match test:
            case t.Range(low, low_closed, high, high_closed):
                ends = [None if end is None else _constant(end, reading) for end in (low, high)]
                if (low is not None and ends[0] is None) or (high is not None and ends[1] is None):
                    return Ask(Key(key.of, f"{meaning(check, book, year)}{sorted(stated)}"), check, stated)
                tests.append(t.Range(ends[0], low_closed, ends[1], high_closed))
            case t.HasText():
                # What a text contains is no value of the column: the cell is a question of its own.
                return Ask(Key(key.of, f"{meaning(check, book, year)}{sorted(stated)}"), check, stated)
            case t.Same(term):
                value = _constant(term, reading)
                if value is None:
                    return Ask(Key(key.of, f"{meaning(check, book, year)}{sorted(stated)}"), check, stated)
                tests.append(t.Same(value))
            case _:
                tests.append(test)
    return Ask(key, t.Check(tuple(tests), check.negated), stated)


def _constant(term: t.Term, reading: Reading) -> t.Constant | None:
    """The value of a term that rests on no figure of a sheet; None of any other."""
    match term:
        case t.Constant() | t.Parameter():
            pass
        case t.Calculation(_, left, right):
            if _constant(left, reading) is None or _constant(right, reading) is None:
                return None
        case t.Negation(operand) | t.Absolute(operand) | t.Rounded(_, operand, _):
            if _constant(operand, reading) is None:
                return None
        case _:
            return None
    return t.Constant(reading.value(term, reading.root))
