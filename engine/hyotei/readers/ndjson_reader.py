"""Sheets as Hyotei writes many of them: the canonical JSON of one sheet a line."""

from collections.abc import Iterator

from hyotei.base.yaml import parse_yaml
from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import Diagnostic
from hyotei.readers.corrected_notes import corrected_notes
from hyotei.readers.json_lines import records
from hyotei.readers.reader import Found
from hyotei.readers.sheet_json import read_canonical
from hyotei.readers.sheet_yaml import sheet_of
from hyotei.sheet.models import Sheet


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

    def read(self, document: InputFile) -> Iterator[Found]:
        notes = document.notes()
        for record in records(document):
            if record.problem is not None:
                yield Found(None, (record.problem,))
                continue
            sheet, problems = sheet_of_line(document, record.text, record.line)
            corrections = () if sheet is None else corrected_notes(sheet)
            yield Found(sheet, (*(problems or notes), *corrections))
            notes = () if sheet is not None and not problems else notes


def sheet_of_line(document: InputFile, text: str, line: int | None) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The sheet in canonical JSON that stands on one line of a document, and what is wrong with it."""
    sheet = read_canonical(text)
    if sheet is not None:
        return sheet, ()
    tree, problems = parse_yaml(text, file=document.name, first_line=line or 1)
    if tree is None:
        return None, tuple(problems)
    sheet, told = sheet_of(tree, file=document.name, given=document.given)
    return sheet, (*problems, *told)
