"""Lines of a terminal as runs of text with their tones, folded by the width of Japanese."""

from collections.abc import Iterable, Iterator
from typing import Final

from hyotei.base.display_width import display_width
from hyotei.base.line_breaking import fold
from hyotei.base.printable import visible
from hyotei.document import Span, Text, Tone, plain_text, spans

WIDTH: Final = 100
"""Columns that prose is folded to."""

Line = tuple[Span, ...]


def plain(lines: Iterable[Line]) -> str:
    """The lines without their tones."""
    return "\n".join(plain_text(line) for line in lines)


def folded(text: Text | Span, lead: str, indent: str, width: int = WIDTH) -> Iterator[Line]:
    """A text after a lead, folded to a width; after a lead that takes most of a line it begins on the next."""
    if display_width(lead) > width * 2 // 3:
        yield (Span(lead.rstrip()),)
        lead = indent
    lines = pieces(text, max(1, width - display_width(lead)), max(1, width - display_width(indent)))
    for number, line in enumerate(lines):
        yield trimmed((Span(indent if number else lead), *line))


def pieces(text: Text | Span, first: int, others: int) -> Iterator[Line]:
    """A text, made visible, in lines: the first of one width, the others of another."""
    runs = [Span(visible(span.text), span.tone) for span in spans(text)]
    whole = plain_text(tuple(runs))
    end = 0
    for line in fold(whole, others, first):
        start = whole.find(line, end)
        end = start + len(line)
        yield tuple(_cut(runs, start, end))


def _cut(runs: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    """The runs between two places of their text."""
    at = 0
    for span in runs:
        text = span.text[max(0, start - at) : max(0, end - at)]
        if text:
            yield Span(text, span.tone)
        at += len(span.text)


def trimmed(line: Line) -> Line:
    """The line without spaces at its end."""
    kept = list(line)
    while kept and not (text := kept[-1].text.rstrip()):
        kept.pop()
    if kept:
        kept[-1] = Span(text, kept[-1].tone)
    return tuple(kept)


def toned(text: Text, tone: Tone) -> tuple[Span, ...]:
    """The text in a tone, where its runs have none of their own."""
    return tuple(Span(span.text, tone if span.tone == "plain" else span.tone) for span in spans(text))
