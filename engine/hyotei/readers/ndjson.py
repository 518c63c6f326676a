"""Sheets as Hyotei writes many of them: the canonical JSON of one sheet a line."""

from collections.abc import Iterator
from typing import Final

from pydantic import ValidationError

from hyotei.messages import Diagnostic, Location
from hyotei.readers.document import Document, Sample
from hyotei.readers.json_lines import records
from hyotei.readers.reader import Found
from hyotei.sheet.models import Sheet

_LONGEST: Final = 120
"""Characters of the path of a key in a message."""


class NdjsonReader:
    """Reads canonical sheets."""

    name = "ndjson"

    def sniff(self, sample: Sample) -> float:
        first, _, rest = sample.text.partition("\n")
        line = first.strip()
        if not line.startswith("{") or '"hyotei.sheet/' not in line[:200]:
            return 0.0
        # One sheet alone on its line is JSON as well and reads the same either way.
        return 1.0 if rest.lstrip().startswith("{") or not line.endswith("}") else 0.85

    def read(self, document: Document) -> Iterator[Found]:
        notes = document.notes()
        for record in records(document):
            if record.problem is not None:
                yield Found(None, (record.problem,))
                continue
            try:
                yield Found(Sheet.model_validate_json(record.text), notes)
                notes = ()
            except ValidationError as error:
                yield Found(
                    None,
                    tuple(problem_of_line(each["loc"], each["msg"], document, record.line) for each in error.errors()),
                )


def problem_of_line(steps: tuple[int | str, ...], message: str, document: Document, line: int | None) -> Diagnostic:
    """What the models say of a sheet in canonical JSON that stands on one line."""
    path = ".".join(str(step) for step in steps)[:_LONGEST] or "/"
    problem = message.removeprefix("Value error, ")
    params: dict[str, str | tuple[str, str]] = {"key": path, "problem": (f"型か範囲が違います: {problem}", problem)}
    return Diagnostic("HY250", Location(document.name, line), params)
