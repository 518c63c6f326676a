"""Sheets as Hyotei writes many of them: the canonical JSON of one sheet a line."""

from collections.abc import Iterator

from hyotei.base.yaml import parse_yaml
from hyotei.readers.document import Document, Sample
from hyotei.readers.json_lines import records
from hyotei.readers.reader import Found
from hyotei.readers.sheet_json import read_canonical
from hyotei.readers.sheet_yaml import sheet_of


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
            sheet = read_canonical(record.text)
            if sheet is not None:
                yield Found(sheet, notes)
                notes = ()
                continue
            tree, problems = parse_yaml(record.text, file=document.name, first_line=record.line or 1)
            sheet, told = (None, []) if tree is None else sheet_of(tree, file=document.name)
            yield Found(sheet, (*problems, *told))
