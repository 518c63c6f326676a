"""The format of sheets written by hand in YAML or JSON, and of sheets that Hyotei wrote, one a file."""

import re
from collections.abc import Iterator
from typing import Final

from hyotei.base.text_file import decoded
from hyotei.intake.input_file import InputFile, Sample
from hyotei.readers.reader import Found
from hyotei.readers.sheet_of_file import parse_sheet

_FIGURES: Final = "fiscal_year|objectives|indicators|budget|budget_years|amounts_in|measures|recorded"
_NAMES: Final = "id|title|authority|number"
_KEY: Final = re.compile(rf"^\"?({_FIGURES}|{_NAMES})\"?\s*:", re.MULTILINE)
_JSON_KEY: Final = re.compile(rf"[{{,]\s*\"({_FIGURES}|{_NAMES})\"\s*:")
_OF_FIGURES: Final = frozenset(_FIGURES.split("|"))
# A rulebook has a title and an authority as well, and figures of its own.
_OF_RULEBOOKS: Final = re.compile(r"^(?:rulebook|scales|parameters|laws)\s*:", re.MULTILINE)
LIST: Final = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:---\s*\n\s*)?(?:\[\s*\{|-\s+\"?\w)")
"""How a list in YAML or JSON begins."""
_BY_HAND: Final = (".yaml", ".yml", ".json")


class SheetReader:
    """Reads one sheet a document."""

    name = "sheet"

    def sniff(self, sample: Sample) -> float:
        text = sample.text
        by_hand = sample.name.lower().endswith(_BY_HAND)
        if "\0" in text:
            return 0.1 if by_hand else 0.0  # to say that it is no text
        if LIST.match(text) is not None:
            return 0.1 if by_hand else 0.0  # to say that it is no sheet, where it is no list of sheets either
        json = text.lstrip()[:1] == "{"
        if "hyotei.sheet/" in text[:2_000]:
            return 0.9 if json else 1.0
        keys = set((_JSON_KEY if json else _KEY).findall(text))
        if keys & _OF_FIGURES and keys - _OF_FIGURES:
            return 1.0 if by_hand and not json else 0.8
        # A key may be misspelt; who keeps sheets by hand wants to know which is broken.
        if len(keys) > 1 and not _OF_RULEBOOKS.search(text):
            return 0.6
        return 0.1 if by_hand or keys else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
        read = decoded(document.content(), document.name)
        sheet, problems = parse_sheet(read.text, file=document.name, given=document.given)
        yield Found(sheet, (*read.problems, *problems))
