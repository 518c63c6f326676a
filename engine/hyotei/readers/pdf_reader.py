"""The format of evaluation sheets (評価書) in PDF, one or several a file."""

from collections.abc import Iterator
from importlib.util import find_spec

from hyotei.messages import Diagnostic
from hyotei.readers.document import Document, Sample
from hyotei.readers.reader import Found

_MARK = b"%PDF-"
_NEAR = 1024
"""Bytes at the beginning within which the mark may stand, by the rule that viewers follow."""


class PdfReader:
    """Reads the printed forms of a PDF."""

    name = "pdf"

    def sniff(self, sample: Sample) -> float:
        return 1.0 if sample.head.startswith(_MARK) else 0.9 if _MARK in sample.head[:_NEAR] else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        from hyotei.readers.pdf import limits
        from hyotei.readers.pdf.client import blocks_of
        from hyotei.readers.printed import read_form

        with document.open() as stream:
            content = stream.read(limits.LARGEST + 1)
        if len(content) > limits.LARGEST:
            raise document.problem("HY107", limit=str(limits.LARGEST // (1024 * 1024)))
        if not content.strip():
            raise document.problem("HY104")
        if _MARK not in content[:_NEAR]:
            raise document.problem("HY862", reason=("「%PDF-」で始まっていません", 'it does not begin with "%PDF-"'))
        if find_spec("pdfplumber") is None:
            raise document.problem("HY860")
        problems: list[Diagnostic] = []
        if b"%%EOF" not in content[-2048:]:
            problems.append(document.problem("HY801", reason="%%EOF").diagnostics[0])
        printed = blocks_of(content, document.name, problems)
        for found in read_form(printed, document.name):
            # All that is to be said of the file stands with its first sheet.
            yield Found(found.sheet, (*problems, *found.problems))
            problems.clear()
        if problems:
            yield Found(None, tuple(problems))
