"""All formats that Hyotei reads: its own, and those of other packages under the entry points `hyotei.readers`."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Final

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.readers.document import Sample
from hyotei.readers.reader import Reader

GROUP: Final = "hyotei.readers"

# Imported when a document is to be recognised, not before. In equal confidence the earlier one reads.
_OWN: Final = {
    "sheet": "hyotei.readers.sheet_reader:SheetReader",
    "evaluation-text": "hyotei.readers.evaluation_text_reader:EvaluationTextReader",
    "pdf": "hyotei.readers.pdf_reader:PdfReader",
    "xlsx": "hyotei.readers.xlsx_reader:XlsxReader",
    "ods": "hyotei.readers.ods_reader:OdsReader",
    "html": "hyotei.readers.html_reader:HtmlReader",
    "docx": "hyotei.readers.docx_reader:DocxReader",
    "ndjson": "hyotei.readers.ndjson:NdjsonReader",
    "judgit": "hyotei.readers.judgit:JudgitReader",
    "rs": "hyotei.readers.rs_csv:RsReader",
}
_IN_WORDS: Final = {
    "sheet": ("YAML・JSON", "YAML or JSON"),
    "evaluation-text": ("評価書のテキスト", "text of a sheet"),
    "pdf": ("PDF", "PDF"),
    "xlsx": ("Excel", "Excel"),
    "ods": ("OpenDocument（.ods）", "OpenDocument (.ods)"),
    "html": ("HTML", "HTML"),
    "docx": ("Word", "Word"),
    "ndjson": ("NDJSON", "NDJSON"),
    "judgit": ("JUDGIT!", "JUDGIT!"),
    "rs": ("RSシステムのCSV", "CSV of the RS system"),
}
SURE: Final = 0.5
POSSIBLE: Final = 0.05
"""How sure a reader must be of a document that only lies in a folder or zip, and of one that the user named."""


class Registry:
    """Readers by name, with what is to be said of those that could not be loaded."""

    def __init__(self, readers: Mapping[str, Reader], problems: tuple[Diagnostic, ...] = ()) -> None:
        self.readers, self.problems = dict(readers), problems

    def __iter__(self) -> Iterator[Reader]:
        return iter(self.readers.values())

    @property
    def names(self) -> tuple[str, ...]:
        """What `--as` can be."""
        return tuple(self.readers)

    @property
    def in_words(self) -> tuple[str, str]:
        """All formats for a person, in both languages; those of other packages by their names."""
        both = [_IN_WORDS.get(name, (name, name)) for name in self.names]
        return "、".join(ja for ja, _ in both), ", ".join(en for _, en in both)

    def named(self, name: str) -> Reader:
        """The reader of that name.

        Raises:
            HyoteiError: there is none (HY807).
        """
        if name not in self.readers:
            raise HyoteiError(Diagnostic("HY807", params={"name": name[:40], "formats": ", ".join(self.names)}))
        return self.readers[name]

    def recognise(self, sample: Sample, least: float = POSSIBLE) -> Reader | None:
        """The reader most sure of a document; None where none is surer than `least`."""
        best, confidence = None, least
        for reader in self:
            sure = _confidence(reader, sample)
            if sure > confidence:
                best, confidence = reader, sure
        return best


@cache
def registry() -> Registry:
    """The registry of this process; a reader of another package that cannot be loaded is a problem and the others work."""
    from importlib.metadata import entry_points

    readers: dict[str, Reader] = {}
    problems: list[Diagnostic] = []
    for name, where in _OWN.items():
        module, _, attribute = where.partition(":")
        readers[name] = getattr(import_module(module), attribute)()
    for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        try:
            made = entry.load()
            reader = made() if isinstance(made, type) else made
        except Exception as error:  # whatever another package does wrong must not stop ours
            problems.append(_unusable(entry.name, f"{type(error).__name__}: {error}"))
            continue
        if not isinstance(reader, Reader):
            problems.append(_unusable(entry.name, "name, sniff, read"))
        elif reader.name in readers:
            problems.append(_unusable(entry.name, f"= {reader.name}"))
        else:
            readers[reader.name] = reader
    return Registry(readers, tuple(problems))


def _confidence(reader: Reader, sample: Sample) -> float:
    try:
        return float(reader.sniff(sample))  # how sure a format is, never a figure
    except Exception:  # a reader of another package that stumbles over a document does not know it
        return 0.0


def _unusable(name: str, reason: str) -> Diagnostic:
    return Diagnostic("HY808", params={"name": name, "reason": reason[:80]})
