"""What a rulebook says, as its workbook shows it: plain texts by their places, without anything of Markdown."""

import re
from dataclasses import field
from typing import Literal, TypeAlias

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.types import Scope
from hyotei.rulebook_workbook.yaml_edit import Tree

ColumnKind = Literal["input", "output", "annotation"]
_SPACE = re.compile(r"\s*[\r\n]+\s*")


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column of a table beside its numbers: an expression, the name of an output, or what a note is about."""

    kind: ColumnKind
    text: str


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table of rules: its hit policy, its columns, and rows of a number and one text for each column."""

    policy: str
    columns: tuple[ColumnShown, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision: a table, or the text of a formula. `before` and `after` are the paragraphs around it."""

    name: str
    title: str
    scope: Scope
    standing: str
    source: str
    before: tuple[str, ...]
    body: TableShown | str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextShown:
    """A heading that decides nothing, with its paragraphs; level 0 is what stands before the first heading."""

    level: int
    heading: str
    paragraphs: tuple[str, ...]


SectionShown: TypeAlias = DecisionShown | TextShown


@dataclass(frozen=True, slots=True)
class BookShown:
    """A rulebook: its front matter, its sections in their order, and its cases, where it has any."""

    front: dict[str, Tree]
    sections: tuple[SectionShown, ...]
    cases: list[Tree] = field(default_factory=list)


def one_line(text: str) -> str:
    """A text as it can stand in a cell of a table or in a heading."""
    return _SPACE.sub(" ", text).strip()
