"""All formats that Hyotei reads: its own, and those of other packages under the entry points `hyotei.readers`."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Final, NamedTuple

from hyotei.base.causes import fault
from hyotei.intake.input_file import Sample
from hyotei.messages import Diagnostic, HyoteiError, Listed, phrase_of
from hyotei.readers.reader import Reader

GROUP: Final = "hyotei.readers"

# Imported when a document is to be recognised, not before. In equal confidence the earlier one reads.
_OWN: Final = {
    "sheet": "hyotei.readers.sheet_reader:SheetReader",
    "sheets": "hyotei.readers.sheet_list_reader:SheetListReader",
    "csv": "hyotei.readers.csv_table_reader:CsvTableReader",
    "evaluation-text": "hyotei.readers.evaluation_text_reader:EvaluationTextReader",
    "pdf": "hyotei.readers.pdf_reader:PdfReader",
    "xlsx": "hyotei.readers.xlsx_reader:XlsxReader",
    "ods": "hyotei.readers.ods_reader:OdsReader",
    "html": "hyotei.readers.html_reader:HtmlReader",
    "docx": "hyotei.readers.docx_reader:DocxReader",
    "ndjson": "hyotei.readers.ndjson_reader:NdjsonReader",
    "judgit": "hyotei.readers.judgit_reader:JudgitReader",
    "rs": "hyotei.readers.rs_csv_reader:RsReader",
}
CERTAIN: Final = 1.0
"""How sure a reader must be for no other to be asked."""
SURE: Final = 0.5
"""How sure a reader must be for a file in a folder or zip to be taken for a sheet whatever becomes of it."""
POSSIBLE: Final = 0.05
"""How sure a reader must be to read a document at all."""


class Recognised(NamedTuple):
    """The reader of a document, and whether it is sure of it."""

    reader: Reader
    sure: bool


class Registry:
    """Readers by name, with what is to be said of those that could not be loaded.

    The formats of Hyotei are imported one by one when they are asked about a document, those of other packages after them.
    """

    def __init__(self) -> None:
        self._loaded: dict[str, Reader] = {}
        self._problems: list[Diagnostic] = []
        self._others = False

    def __iter__(self) -> Iterator[Reader]:
        for name in _OWN:
            yield self._own(name)
        yield from [reader for name, reader in self.readers.items() if name not in _OWN]

    @property
    def readers(self) -> dict[str, Reader]:
        """All readers by their names."""
        for name in _OWN:
            self._own(name)
        if not self._others:
            self._others = True
            self._load_others()
        return self._loaded

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What is to be said of readers of other packages, as far as these were needed yet."""
        return tuple(self._problems)

    @property
    def names(self) -> tuple[str, ...]:
        """What `--as` can be."""
        return tuple(self.readers)

    @property
    def in_words(self) -> Listed:
        """All formats for a person; those of other packages by their names."""
        return Listed(tuple(phrase_of("files.format", name) if name in _OWN else name for name in self.names))

    def named(self, name: str) -> Reader:
        """The reader of that name.

        Raises:
            HyoteiError: there is none (HY807).
        """
        if name in _OWN:
            return self._own(name)
        if name not in self.readers:
            raise HyoteiError(Diagnostic("HY807", params={"name": name[:40], "formats": ", ".join(self.names)}))
        return self.readers[name]

    def recognise(self, sample: Sample) -> Recognised | None:
        """The reader most sure of a document, the earlier of two; None where it is possible to none."""
        best, confidence = None, POSSIBLE
        for reader in self:
            sure = _confidence(reader, sample)
            if sure > confidence:
                best, confidence = reader, sure
            if confidence >= CERTAIN:
                break
        return None if best is None else Recognised(best, confidence > SURE)

    def _own(self, name: str) -> Reader:
        if name not in self._loaded:
            module, _, attribute = _OWN[name].partition(":")
            self._loaded[name] = getattr(import_module(module), attribute)()
        return self._loaded[name]

    def _load_others(self) -> None:
        """A reader of another package that cannot be loaded is a problem, and the others work."""
        from importlib.metadata import entry_points

        for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name):
            try:
                made = entry.load()
                reader = made() if isinstance(made, type) else made
            except Exception as error:  # whatever another package does wrong must not stop ours
                self._problems.append(_unusable(entry.name, fault(error)))
                continue
            if not isinstance(reader, Reader):
                self._problems.append(_unusable(entry.name, "name, sniff, read"))
            elif reader.name in self._loaded:
                self._problems.append(_unusable(entry.name, f"= {reader.name}"))
            else:
                self._loaded[reader.name] = reader


@cache
def registry() -> Registry:
    """The registry of this process."""
    return Registry()


def _confidence(reader: Reader, sample: Sample) -> float:
    try:
        return float(reader.sniff(sample))  # how sure a format is, never a figure
    except Exception:  # a reader of another package that stumbles over a document does not know it
        return 0.0


def _unusable(name: str, reason: str) -> Diagnostic:
    return Diagnostic("HY808", params={"name": name, "reason": reason[:80]})
