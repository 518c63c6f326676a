"""A rulebook as a document: every byte of the text, and the headings, tables and code found in it."""

from collections.abc import Iterator
from functools import cached_property

from hyotei.lazy_dataclass import dataclass
from hyotei.messages.diagnostic import Diagnostic, Location
from hyotei.rulebook.block_builder import BlockBuilder
from hyotei.rulebook.blocks import Block, CodeBlock, FrontMatterBlock, HeadingBlock, ProseBlock, TableBlock
from hyotei.rulebook.heading_text import HeadingParts, heading_parts
from hyotei.rulebook.markdown_lines import split_lines, without_end
from hyotei.rulebook.scanner import scan

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks up to the next heading. What stands before the first heading is a section of level 0.

    `heading_text` is written as in the line, without the number signs; it begins at character `heading_start` (from 1)
    of line `heading_line`; an underlined heading goes on to `heading_last_line`. The preamble has line 0 and no text.
    """

    level: int
    heading_line: int
    heading_last_line: int
    heading_text: str
    heading_start: int
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> HeadingParts:
        """Title, code name and tail of the heading, with their characters in the line."""
        return heading_parts(self.heading_text, self.heading_start)

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, TableBlock))

    @property
    def code(self) -> tuple[CodeBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, CodeBlock))

    @property
    def prose(self) -> tuple[ProseBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, ProseBlock))


@dataclass(frozen=True)
class RulebookText:
    """A parsed text. `str(document)` is the text, byte for byte.

    `lines` keep their ends and do not include the byte order mark, which is `mark` (empty if there is none), so that
    characters of the first line count as an editor counts them. The preamble is always the first of `sections`.
    `diagnostics` tell what is broken in the layout: nothing is left out because of them.
    """

    lines: tuple[str, ...]
    front: FrontMatterBlock | None
    sections: tuple[Section, ...]
    diagnostics: tuple[Diagnostic, ...]
    file: str | None = None
    mark: str = ""

    @classmethod
    def parse(cls, text: str, file: str | None = None) -> "RulebookText":
        """Read `text`; never fails. `file` is the name that diagnostics give."""
        mark = _MARK if text.startswith(_MARK) else ""
        lines = tuple(split_lines(text[len(mark) :]))
        bare = [without_end(line) for line in lines]
        front, problems = _front(lines, bare, file)
        builder = BlockBuilder(bare, file)
        scan(bare, front.last_line + 1 if front else 1, builder)
        sections = tuple(_sections(builder.parts))
        return cls(lines, front, sections, (*problems, *builder.diagnostics), file, mark)

    @property
    def text(self) -> str:
        """The whole text, as it was parsed."""
        return self.mark + "".join(self.lines)

    def __str__(self) -> str:
        return self.text

    def line(self, number: int) -> str:
        """The line with this number (from 1), without its end."""
        return without_end(self.lines[number - 1])

    @cached_property
    def tables(self) -> tuple[TableBlock, ...]:
        """All tables, in order."""
        return tuple(table for section in self.sections for table in section.tables)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, in order, whatever their section."""
        return tuple(block for section in self.sections for block in section.blocks)

    def table_at(self, line: int) -> TableBlock | None:
        """The table that begins in this line."""
        return next((table for table in self.tables if table.first_line == line), None)

    def section_of(self, line: int) -> Section:
        """The section to which the line belongs."""
        return next(found for found in reversed(self.sections) if found.heading_line <= line)


def _front(
    lines: tuple[str, ...], bare: list[str], file: str | None
) -> tuple[FrontMatterBlock | None, tuple[Diagnostic, ...]]:
    """The front matter between `---` in the first line and the next `---` (or `...`)."""
    if not bare or bare[0].rstrip(" \t") != "---":
        return None, ()
    for number in range(2, len(bare) + 1):
        if bare[number - 1].rstrip(" \t") in ("---", "..."):
            return FrontMatterBlock(1, number, "".join(lines[1 : number - 1])), ()
    return None, (Diagnostic("HY301", Location(file, 1, 1, 4)),)


def _sections(parts: list[Block | HeadingBlock]) -> Iterator[Section]:
    opening = HeadingBlock(0, 0, 0, "", 1)
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, HeadingBlock):
            yield Section(
                opening.level, opening.first_line, opening.last_line, opening.text, opening.start, tuple(blocks)
            )
            opening, blocks = part, []
        else:
            blocks.append(part)
    yield Section(opening.level, opening.first_line, opening.last_line, opening.text, opening.start, tuple(blocks))


def problem_order(problem: Diagnostic) -> tuple[int, int, str]:
    """The key by which the problems of a document are told in the order of their places."""
    return problem.location.line or 0, problem.location.start or 0, problem.code
