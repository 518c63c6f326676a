"""Lists of sheets: those that Hyotei writes (`hyotei.sheets/1`), read line by line, and lists in YAML or JSON of any layout."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from hyotei.base.text_file import decoded
from hyotei.base.yaml import YamlList, YamlMap, YamlValue, parse_yaml
from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import phrase
from hyotei.readers.ndjson_reader import sheet_of_line
from hyotei.readers.reader import Found
from hyotei.readers.sheet_of_file import sheet_of_tree
from hyotei.readers.sheet_reader import LIST

SCHEMA: Final = "hyotei.sheets/1"
_HEAD: Final = b'{"schema": "hyotei.sheets/1", "sheets": ['
_SHEETS: Final = re.compile(r"^\"?sheets\"?\s*:|[{,]\s*\"sheets\"\s*:", re.MULTILINE)
_KEY: Final = re.compile(r"(?:^-?\s+|[{,]\s*)\"?(?:id|title|authority|fiscal_year)\"?\s*:", re.MULTILINE)
_MOST_KEYS: Final = 2
"""Keys of sheets by which a list is one of sheets."""


class SheetListReader:
    """Reads all sheets of a list."""

    name = "sheets"

    def sniff(self, sample: Sample) -> float:
        text = sample.text
        if SCHEMA in text[:200]:
            return 1.0
        if _SHEETS.search(text[:2_000]) is None and LIST.match(text) is None:
            return 0.0
        return 0.7 if len(_KEY.findall(text)) >= _MOST_KEYS else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
        with document.open_utf8() as stream:
            own = stream.readline().rstrip() == _HEAD
            if own:
                yield from _lines(document, stream)
        if not own:
            yield from _whole(document)


def _lines(document: InputFile, stream: BinaryIO) -> Iterator[Found]:
    """The sheets of a list that Hyotei wrote, which stand one a line."""
    notes = document.notes()
    for number, line in enumerate(stream, 2):
        content = line.strip()
        if content == b"]}":
            return
        sheet, problems = sheet_of_line(document, content.removesuffix(b",").decode("utf-8", "replace"), number)
        yield Found(sheet, problems or notes)
        notes = ()
    raise document.problem("HY801", reason=phrase("files.damage.list_not_closed"))


def _whole(document: InputFile) -> Iterator[Found]:
    """The sheets of a list in any other layout of YAML or JSON, each in that of the models or of people."""
    read = decoded(document.content(), document.name)
    tree, problems = parse_yaml(read.text, file=document.name)
    yield from ([Found(None, (*read.problems, *problems))] if read.problems or problems else [])
    for item in _items(tree):
        yield Found(*sheet_of_tree(item, document.name, document.given))


def _items(tree: YamlValue | None) -> tuple[YamlValue, ...]:
    """What stands in the list; of something that is no list, itself, so that it is told what a sheet looks like."""
    if isinstance(tree, YamlMap) and (sheets := tree.get("sheets")) is not None:
        tree = sheets
    if isinstance(tree, YamlList):
        return tree.items
    return () if tree is None else (tree,)
