"""Small tables for a terminal: columns as wide as they need, Japanese characters counted as two."""

from collections.abc import Iterator, Sequence

from hyotei.base.display_width import display_width, pad, pad_left


def table(header: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """A header and rows; the columns in `right` stand at the right."""
    listed = [header, *rows]
    widths = [max(display_width(row[at]) for row in listed) for at in range(len(header))]
    for row in listed:
        cells = [
            pad_left(text, width) if at in right else pad(text, width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def filled(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """The same without the columns that are empty in every row."""
    kept = [at for at in range(len(header)) if any(row[at] for row in rows)]
    return [header[at] for at in kept], [[row[at] for at in kept] for row in rows]
