"""Changes to lines and code of a document. Each returns a new document in which all other lines are as they were.

A block belongs to the document it was read from: after an edit, take the blocks from the new document. A text whose
last line has no end keeps it so, wherever rows are put in or taken out.
"""

import re
from collections.abc import Sequence

from hyotei.rulebook.blocks import CodeBlock
from hyotei.rulebook.markdown_lines import closes_fence, line_end, without_end
from hyotei.rulebook.rulebook_text import RulebookText


def set_code(document: RulebookText, block: CodeBlock, text: str) -> RulebookText:
    """Replace the lines of a code block; fenced or indented, it stays what it is.

    Code without a fence cannot begin or end with blank lines, so these are dropped, and where nothing else is left the
    block gets a fence. A fence that the new text would close is made longer.

    Raises:
        ValueError: the block is not one of the document.
    """
    if block not in document.blocks:
        raise ValueError("the code block is not one of this document")
    lines = re.split(r"\r\n|\r|\n", text) if text else []
    if not block.fenced:
        kept = [number for number, line in enumerate(lines) if line.strip(" \t")]
        if kept:
            first = block.lines[0]
            indent = document.line(first.line)[: first.start - 1]
            body = [indent + line if line else "" for line in lines[kept[0] : kept[-1] + 1]]
            return replace_lines(document, block.first_line, block.last_line, body)
        return replace_lines(document, block.first_line, block.last_line, ["```", *lines, "```"])
    opening = document.line(block.first_line)
    indent = opening[: len(opening) - len(opening.lstrip(" "))]
    run = block.fence
    while any(closes_fence(line.expandtabs(4).strip(" "), run) for line in lines):
        run += run[0]
    closing = document.line(block.last_line) if block.closed else indent + run
    if run != block.fence:
        opening, closing = indent + run + opening[len(indent + block.fence) :], indent + run
    body = [indent + line if line else "" for line in lines]
    return replace_lines(document, block.first_line, block.last_line, [opening, *body, closing])


def replace_lines(document: RulebookText, first: int, last: int, contents: Sequence[str]) -> RulebookText:
    """The document with other contents in the lines `first` to `last` (`last` = `first` - 1: put in before `first`).

    Ends of lines stay in their order: an added line takes the end of its neighbour, and the last line of a text that
    lacks an end still lacks it.
    """
    texts = [without_end(line) for line in document.lines]
    ends = [line_end(line) for line in document.lines]
    open_end = bool(ends) and not ends[-1]
    if open_end:
        ends[-1] = ends[-2] if len(ends) > 1 else "\n"
    kept = ends[first - 1 : last]
    added = len(contents) - len(kept)
    usual = kept[-1] if kept else ends[first - 2]
    texts[first - 1 : last] = contents
    ends[first - 1 : last] = kept[: len(contents)] + [usual] * max(0, added)
    for place in range(max(1, first - 1), min(len(texts), first + len(contents) + 1)):
        if not texts[place] and ends[place] == "\n" and ends[place - 1] == "\r":
            ends[place - 1] = "\r\n"  # else the two would become one end
    if open_end and ends:
        ends[-1] = ""
    text = "".join(text + end for text, end in zip(texts, ends, strict=True))
    return RulebookText.parse(document.mark + text, document.file)
