"""What a rulebook document is made of: headings, tables, code, and prose, each with its lines (counted from 1)."""

from typing import Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.table_text import Alignment, TextRow

ProseKind = Literal["paragraph", "item", "quote", "rule", "html"]


@dataclass(frozen=True, slots=True)
class FrontMatterBlock:
    """The YAML at the head of a document. The lines include both fences; line n of `text` is line `first_line + n`."""

    first_line: int
    last_line: int
    text: str


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading: its first and last line (an underlined one has several), its text and where it begins in the line."""

    level: int
    first_line: int
    last_line: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A pipe table. `alignments` has one entry per column; rows with too few or too many cells are kept as they are."""

    first_line: int
    header: TextRow
    delimiter_line: int
    alignments: tuple[Alignment | None, ...]
    rows: tuple[TextRow, ...]

    @property
    def last_line(self) -> int:
        return self.delimiter_line + len(self.rows)


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of code without the indent of its block; it begins at character `start` (from 1) of its line."""

    text: str
    line: int
    start: int


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code by its indent (`fence` is empty), or between fences: `fence` is the run of backticks or tildes, `info` the
    words after it, and `closed` says that the closing fence is there.
    """

    first_line: int
    last_line: int
    lines: tuple[CodeLine, ...]
    fence: str = ""
    info: str = ""
    closed: bool = True

    @property
    def fenced(self) -> bool:
        return self.fence != ""

    @property
    def text(self) -> str:
        """The lines of the code, joined by line feeds."""
        return "\n".join(line.text for line in self.lines)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the character in it, both from 1, where `text[offset]` stands; past the end, the end."""
        for line in self.lines:
            if offset <= len(line.text):
                return line.line, line.start + offset
            offset -= len(line.text) + 1
        if not self.lines:
            return self.first_line, 1
        return self.lines[-1].line, self.lines[-1].start + len(self.lines[-1].text)


@dataclass(frozen=True, slots=True)
class ProseBlock:
    """What carries no rule: a paragraph, one list item, a quotation, a thematic break, HTML. `text` is as written."""

    first_line: int
    last_line: int
    text: str
    kind: ProseKind = "paragraph"


Block = TableBlock | CodeBlock | ProseBlock
