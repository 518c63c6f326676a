"""The format of sheets written by hand in YAML or JSON, and of sheets that Hyotei wrote, one a file."""

import re
from collections.abc import Iterator
from typing import Final

from hyotei.base.text_file import decoded
from hyotei.readers.document import Document, Sample
from hyotei.readers.reader import Found
from hyotei.readers.sheet_file import parse_sheet

# A rulebook has a title and an authority as well, but no evaluated year of its own.
_KEY: Final = re.compile(r"^\"?(?:fiscal_year|objectives|budget|budget_years|amounts_in|measures)\"?\s*:", re.MULTILINE)
_IDENTITY: Final = re.compile(r"^\"?(?:id|title|authority)\"?\s*:", re.MULTILINE)
_INNER_KEY: Final = re.compile(r"[{,]\s*\"(?:fiscal_year|objectives|budget|budget_years|measures)\"\s*:")
_ANY_KEY: Final = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:---\s*\n)?\s*[\w-]+:(?:\s|$)")


class SheetReader:
    """Reads one sheet a document."""

    name = "sheet"

    def sniff(self, sample: Sample) -> float:
        text = sample.text
        if "\0" in text:
            return 0.0
        if "hyotei.sheet/" in text[:2_000]:
            return 0.9
        if text.lstrip()[:1] == "{":
            sure = _INNER_KEY.search(text) is not None and '"authority"' in text
        else:
            sure = _KEY.search(text) is not None and _IDENTITY.search(text) is not None
        if sure:
            return 0.8
        named = sample.name.lower().endswith((".yaml", ".yml"))
        return 0.1 if named or _ANY_KEY.match(text) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        read = decoded(document.content(), document.name)
        sheet, problems = parse_sheet(read.text, file=document.name)
        yield Found(sheet, (*read.problems, *problems))
