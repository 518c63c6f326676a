"""The parts of a document and what each shows. A part's lines reach up to the next part, so that all together are the document."""

import re
from itertools import pairwise
from typing import Final, Literal

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.blocks import Block, CodeBlock, ProseBlock, TableBlock
from hyotei.rulebook.outline import STANDINGS, fact_of, scope_of
from hyotei.rulebook.rulebook_text import RulebookText, Section
from hyotei.rulebook.table_text import header_kind
from hyotei.rulebook_workbook.shown import ColumnShown, DecisionShown, SectionShown, TableShown, TextShown

Role = Literal["heading", "standing", "source", "before", "body", "after"]
_WORD: Final = re.compile(r"[!-~]")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading or block: its own lines are `first` to `last` (from 1), and blank lines and the like follow up to `end`."""

    role: Role
    first: int
    last: int
    end: int
    shown: str
    block: Block | None


@dataclass(frozen=True, slots=True)
class SectionParts:
    """A section with its parts, the first of which is its heading, and what it shows."""

    section: Section
    parts: tuple[Part, ...]
    shown: SectionShown


def section_parts(document: RulebookText) -> list[SectionParts]:
    """The sections of a document without errors, in its order, with what stands before the first heading if it says something."""
    after_front = document.front.last_line if document.front else 0
    starts = [max(section.heading_line, after_front + 1) for section in document.sections]
    ends = [*(start - 1 for start in starts[1:]), len(document.lines)]
    return [
        _section(document, section, start, end)
        for section, start, end in zip(document.sections, starts, ends, strict=True)
        if section.level or section.blocks or end >= start
    ]


def _section(document: RulebookText, section: Section, start: int, end: int) -> SectionParts:
    decides = section.heading.code is not None
    body = (
        next((each for each in section.blocks if isinstance(each, TableBlock | CodeBlock)), None) if decides else None
    )
    seen = False
    roles: list[tuple[Role, int, int, str, Block | None]] = [
        ("heading", start, max(start - 1, section.heading_last_line), "", None)
    ]
    for block in section.blocks:
        role: Role = "after" if seen else "before"
        text = _paragraph(document, block)
        if block is body:
            role, seen = "body", True
        elif decides and isinstance(block, ProseBlock) and (fact := fact_of(block)) is not None:
            role, text = ("standing" if fact[0] == "standing" else "source"), fact[1]
        roles.append((role, block.first_line, block.last_line, text, block))
    firsts = [first for _, first, *_ in roles] + [end + 1]
    parts = tuple(
        Part(role, first, last, following - 1, text, block)
        for (role, first, last, text, block), (_, following) in zip(roles, pairwise(firsts), strict=True)
    )
    return SectionParts(section, parts, _shown(section, parts, body))


def _shown(section: Section, parts: tuple[Part, ...], body: TableBlock | CodeBlock | None) -> SectionShown:
    def of(role: Role) -> tuple[str, ...]:
        return tuple(part.shown for part in parts if part.role == role)

    heading = section.heading
    if body is None or heading.code is None:
        return TextShown(section.level, section.heading_text, of("before") + of("after"))
    standings = of("standing")
    return DecisionShown(
        heading.code.text,
        heading.title.text,
        scope_of(heading.tail.text if heading.tail else "") or "sheet",
        STANDINGS.get(folded(standings[-1]), standings[-1]) if standings else "",
        "、".join(of("source")),
        of("before"),
        body.text if isinstance(body, CodeBlock) else table_shown(body),
        of("after"),
    )


def table_shown(table: TableBlock) -> TableShown:
    """A table of rules without its markup."""
    corner, *others = table.header.cells
    columns = []
    for index, cell in enumerate(others, 1):
        kind = header_kind(cell.text, index)
        columns.append(ColumnShown(kind.kind if kind.kind in ("input", "output") else "annotation", kind.name))
    rows = tuple(tuple(cell.text for cell in row.cells) for row in table.rows)
    return TableShown(folded(corner.text).replace(" ", ""), tuple(columns), rows)


def _paragraph(document: RulebookText, block: Block) -> str:
    """A block as a person reads it: the lines of a paragraph run on, everything else stands as it was written."""
    lines = [document.line(number) for number in range(block.first_line, block.last_line + 1)]
    return joined(lines) if isinstance(block, ProseBlock) and block.kind == "paragraph" else "\n".join(lines)


def joined(lines: list[str]) -> str:
    """Lines as one: with a blank between them where both sides are of letters that are written with blanks."""
    first, *others = [line.strip() for line in lines]
    for line in others:
        blank = bool(first and line and _WORD.match(first[-1]) and _WORD.match(line[0]))
        first += (" " if blank else "") + line
    return first
