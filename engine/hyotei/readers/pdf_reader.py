"""The format of evaluation sheets (評価書) in PDF, one or several a file."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Final

from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import Diagnostic, phrase
from hyotei.readers.printed.form_blocks import Block, FormLine
from hyotei.readers.reader import Found

_MARK: Final = b"%PDF-"
_NEAR: Final = 1024
"""Bytes at the beginning within which the mark may stand, by the rule that viewers follow."""
_END: Final = 2048
_ENOUGH: Final = 100_000
_SOME: Final = 0.4
"""How much of the words of a form a PDF has at least that is one."""


class PdfReader:
    """Reads the printed forms of a PDF."""

    name = "pdf"

    def sniff(self, sample: Sample) -> float:
        return 1.0 if sample.head.startswith(_MARK) else 0.9 if _MARK in sample.head[:_NEAR] else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
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
            raise document.problem("HY862", reason=phrase("pdf.reason.no_mark"))
        if find_spec("pdfplumber") is None:
            raise document.problem("HY860")
        problems: list[Diagnostic] = []
        if b"%%EOF" not in content[-_END:]:
            problems.append(document.problem("HY801", reason="%%EOF").diagnostics[0])
        words: list[str] = []
        printed = _heard(blocks_of(content, document.name, problems), words)
        for found in read_form(printed, document.name, document.given):
            if found.sheet is None and not document.explicit and not problems and _is_other("".join(words)):
                # One of the many PDFs of a folder; a word about each of them would bury those about sheets.
                yield Found(None, document.problem("HY806", path=document.path).diagnostics)
                continue
            # All that is to be said of the file stands with its first sheet.
            yield Found(found.sheet, (*problems, *found.problems))
            problems.clear()
        if any(problem.code == "HY862" for problem in problems):
            # Its end is missing because all of it is broken, which is said once.
            problems = [problem for problem in problems if problem.code != "HY801"]
        if problems:
            yield Found(None, tuple(problems))


def _heard(blocks: Iterable[Block], words: list[str]) -> Iterator[Block]:
    """The blocks, with the beginning of their text kept in `words`."""
    length = 0
    for block in blocks:
        if length < _ENOUGH:
            texts = [block.text] if isinstance(block, FormLine) else [cell.text for cell in block.cells]
            words += texts
            length += sum(map(len, texts))
        yield block


def _is_other(text: str) -> bool:
    """Whether a text has hardly any of the words of the forms."""
    from hyotei.readers.evaluation_text import sniff

    return sniff(text) < _SOME
