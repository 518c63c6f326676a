"""How a row of a table is written: cells padded by East Asian width between pipes."""

from collections.abc import Sequence

from hyotei.base.display_width import centre, display_width, pad, pad_left
from hyotei.rulebook.table_text import Alignment, cell_spans, escape_cell


def aligned(raw: str, width: int, alignment: Alignment | None) -> str:
    """The written cell with blanks up to `width` columns, on the side its alignment says."""
    if alignment == "centre":
        return centre(raw, width)
    return pad_left(raw, width) if alignment == "right" else pad(raw, width)


def segments(line: str) -> tuple[str, list[str]]:
    """The blank before the row, and what stands between its pipes; a pipe missing at either end counts as written."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    spans = cell_spans(line)
    found = [line[start:end] for start, end in spans]
    if spans and not line.lstrip().startswith("|"):
        found[0] = " " + found[0].lstrip()
    if spans and spans[-1][1] == len(line.rstrip()):
        found[-1] = found[-1].rstrip() + " "
    return indent, found


def join(indent: str, cells: Sequence[str]) -> str:
    """The row with its outer pipes."""
    return f"{indent}|{'|'.join(cells)}|" if cells else f"{indent}|"


def refit(segment: str, text: str, alignment: Alignment | None) -> str:
    """The segment between two pipes with `text` in place of what it says, as wide as before if the text fits.

    A segment without blanks around its text stays so; a longer text keeps one blank on each side that had any.
    """
    raw, body = escape_cell(text), segment.strip()
    if body:
        lead, trail = len(segment) - len(segment.lstrip()), len(segment) - len(segment.rstrip())
    else:
        lead = trail = len(segment)
    width = lead + display_width(body) + (trail if body else 0)
    least_lead = min(lead, 1)
    least_trail = 1 if raw.endswith("\\") else min(trail, 1)  # a backslash must not touch the pipe
    spare = max(width - display_width(raw), least_lead + least_trail)
    if alignment == "right":
        right = max(least_trail, min(trail if body else 1, spare - least_lead))
    elif alignment == "centre":
        right = max(least_trail, spare - max(least_lead, spare // 2))
    else:
        right = max(least_trail, spare - max(least_lead, min(lead if body else 1, spare - least_trail)))
    return " " * (spare - right) + raw + " " * right
