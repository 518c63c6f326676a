"""The document and the cases that a workbook was exported from, on its hidden worksheet."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from hyotei.rulebook_workbook.layout import FORMAT

_CHUNK: Final = 8_000


class Original(NamedTuple):
    """The text of a rulebook's document and of its file of cases, empty where there is none."""

    document: str
    cases: str


def original_rows(original: Original) -> Iterator[tuple[str, str]]:
    """The rows of the hidden worksheet. JSON keeps every character, and a sign before each piece keeps it a text."""
    text = json.dumps(list(original))
    yield FORMAT, sha256(text.encode()).hexdigest()
    for start in range(0, len(text), _CHUNK):
        yield "part", "|" + text[start : start + _CHUNK]


def original_of(rows: Sequence[Sequence[str]]) -> Original | None:
    """What the hidden worksheet holds; None where it is not whole."""
    if not rows or len(rows[0]) < 2 or rows[0][0] != FORMAT:
        return None
    text = "".join(row[1].removeprefix("|") for row in rows[1:] if row[0] == "part")
    if sha256(text.encode()).hexdigest() != rows[0][1]:
        return None
    document, cases = json.loads(text)
    return Original(document, cases)
