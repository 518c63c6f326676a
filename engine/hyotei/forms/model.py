"""A form as it was understood: what it is, how it is recognised, and its tables with the words they read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from hyotei.forms.items import NONE, TableKind
from hyotei.messages import Diagnostic
from hyotei.rulebook.vocabulary import DeclaredFact

Standing = Literal["published", "inferred", "draft"]
Position = Literal["any", "right", "below", "above", "same"]
"""Where the value of a label stands: beside it, below, above, in the same cell behind it, or whichever of these holds one."""
LineIs = Literal["sheet", "indicator", "year"]
"""What one line of a list is: a whole sheet, one indicator of one, or one year of one."""
FILE: Final = "form.md"
"""The name of the document in a form's folder."""
LEAST_PERCENT: Final = 50
"""The score, in percent, below which a form is not taken for that of a document."""
BASE: Final = "base"
"""The form that all others extend, with the words that all authorities use."""
COMMON_LIST: Final = "ichiran"
"""The id of the form by which a list of no known form is read. Like the base form it is known by no words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        printed: the words as written in the form.
        pattern: the same for the machine, over texts that are folded and without blanks.
        item: what they mean; of choices the name of the label they belong to.
        line: where it stands in the form.
        form: the form that says so.
        position: of a label, where its value stands.
        heading, heading_pattern: of a label, the words under or beside which it stands, as written and for the machine; empty
            where it may stand anywhere.
        value: of a choice, the value that it stands for.
        unit: of a column of a list, the unit or era of its values.
        occurrences: of a column of a list, which of several columns with these words, from 1; all where it is empty.
        years: of a column of a list, by how many years each occurrence is later than the evaluated year.
    """

    printed: str
    pattern: str
    item: str
    line: int = 0
    form: str = ""
    position: Position = "any"
    value: str = ""
    unit: str = ""
    occurrences: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    heading: str = ""
    heading_pattern: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """By which words a document is known: all of `every`, as many as possible of `some`, and none of `never`; as patterns."""

    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Form:
    """A form with everything that the forms it extends say as well.

    Attributes:
        first_year, last_year: the years in which the form is in use; None where that is open.
        lineage: the forms that it extends, the nearest first.
        values: what is said of every sheet of the form (authority, fiscal year), by the item of a label.
        facts: what its documents state under names of their own, by these names; nothing where the form does not say.
        line_is: what a line of its list is; None for a form that is no list.
        tables: the rows of each kind of table; those of the form itself come before those that it extends.
        hash: of its meaning (`canonical.py`).
    """

    id: str
    title: str
    authority: str
    standing: Standing
    first_year: int | None = None
    last_year: int | None = None
    lineage: tuple[str, ...] = ()
    recognition: Recognition = Recognition()
    values: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, DeclaredFact] = field(default_factory=dict)
    line_is: LineIs | None = None
    sources: tuple[str, ...] = ()
    tables: Mapping[TableKind, tuple[Row, ...]] = field(default_factory=dict)
    hash: str = ""
    file: str | None = None
    warnings: tuple[Diagnostic, ...] = ()

    def rows(self, kind: TableKind) -> tuple[Row, ...]:
        return self.tables.get(kind, ())

    @cached_property
    def _patterns(self) -> dict[TableKind, tuple[tuple[str, re.Pattern[str]], ...]]:
        return {
            kind: tuple((row.item, re.compile(row.pattern)) for row in rows)
            for kind, rows in self.tables.items()
            if kind not in ("words", "list", "choices")
        }

    def item(self, kind: TableKind, text: str) -> str | None:
        """What a whole text means in a kind of table; the first row counts. `text` is folded and without blanks."""
        found = next((item for item, pattern in self._patterns.get(kind, ()) if pattern.fullmatch(text)), None)
        return None if found == NONE else found

    def patterns(self, kind: TableKind) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The items of a kind of table with their patterns, in the order in which they count."""
        return self._patterns.get(kind, ())

    def in_use(self, year: int) -> bool:
        return (self.first_year is None or self.first_year <= year) and (
            self.last_year is None or year <= self.last_year
        )
