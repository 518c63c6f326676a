"""Where the parts of the form begin: headings found in any order, broken over lines or spaced out."""

import re
from collections.abc import Iterable
from typing import cast

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text import form_words as words
from hyotei.readers.evaluation_text.form_words import Section
from hyotei.readers.evaluation_text.text_lines import SheetText, TextLine
from hyotei.readers.words_of_forms import part_patterns


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part of the form: its heading's first line, what stands on the heading's last line after it, and its lines."""

    section: Section
    line: int
    rest: str
    lines: tuple[TextLine, ...]


def parts_of(document: SheetText) -> list[FormPart]:
    """The parts in the order of the text; what stands before the first heading is a part `head`."""
    starts: list[tuple[int, int, Section, str]] = []
    index = 0
    lines = document.lines
    patterns = part_patterns(document.form)
    while index < len(lines):
        found = _heading(lines, index, patterns)
        if found is None:
            index += 1
            continue
        section, last, rest = found
        starts.append((index, last, section, rest))
        index = last + 1
    parts: list[FormPart] = []
    if not starts or starts[0][0] > 0:
        parts.append(FormPart("head", 1, "", lines[: starts[0][0]] if starts else lines))
    for position, (first, last, section, rest) in enumerate(starts):
        end = starts[position + 1][0] if position + 1 < len(starts) else len(lines)
        parts.append(FormPart(section, lines[first].number, rest, lines[last + 1 : end]))
    return parts


def _heading(
    lines: tuple[TextLine, ...], index: int, patterns: Iterable[tuple[str, re.Pattern[str]]]
) -> tuple[Section, int, str] | None:
    """The heading that begins on this line: its part, the index of its last line, and what follows it there."""
    if lines[index].blank:
        return None
    text = lines[index].plain
    for section, pattern in patterns:
        match = pattern.match(text)
        if match is not None:
            return cast(Section, section), index, text[match.end() :].lstrip(" )]】:")
    last = index
    # Only a heading that does not fit one line is looked for over several.
    for following in range(index + 1, min(index + words.HEADING_LINES, len(lines))):
        if lines[following].blank:
            break
        text = f"{text}\n{lines[following].plain}"
        last = following
        for section, pattern in patterns:
            match = pattern.match(text)
            if match is not None and match.end() > text.rfind("\n"):
                return cast(Section, section), last, text[match.end() :].lstrip(" )]】:")
    return None
