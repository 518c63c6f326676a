"""A sheet from a file: hand-written YAML or JSON, the canonical JSON that Hyotei writes, or a printed form as text or in a file
with tables (XLSX, HTML, Word, PDF).
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hyotei.base.text_file import read_any_text
from hyotei.base.yaml import YamlValue, parse_yaml
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.readers.claimed import claimed
from hyotei.readers.sheet_json import is_canonical, read_canonical
from hyotei.readers.sheet_yaml import sheet_of
from hyotei.sheet.models import Sheet

if TYPE_CHECKING:
    from hyotei.readers.reader import Found

_FORM_WORDS: Final = ("測定指標", "評価区分", "当初予算")
_SURE: Final = 0.5
"""From which sureness on a text is read as a printed form; the reader is loaded only where its words are there at all."""


def read_sheet(path: str | os.PathLike[str]) -> Sheet:
    """The sheet of a file.

    Raises:
        HyoteiError: with everything that is wrong, if anything is. For what can be used all the same, and for warnings, see
            `read_sheet_file`.
    """
    sheet, problems = read_sheet_file(path)
    if sheet is None or any(problem.severity == "error" for problem in problems):
        raise HyoteiError(*problems)
    return sheet


def read_sheet_file(path: str | os.PathLike[str]) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The sheet of a file as far as it can be read, and all that is to be said of it.

    Returns:
        The sheet, or None where its identity or year is not known; and the diagnostics in the order of the file.

    Raises:
        HyoteiError: the file cannot be read at all, or holds several sheets (HY859).
    """
    found = sheets_of_file(path)
    if len(found) > 1:
        raise HyoteiError(Diagnostic("HY859", Location(Path(path).name), {"count": str(len(found))}))
    sheet, problems = found[0]
    return sheet, problems


def sheets_of_file(path: str | os.PathLike[str]) -> "list[Found]":
    """All sheets of a file, each with what is to be said of it: mostly one, several of a workbook with several forms.

    Raises:
        HyoteiError: as `read_sheet_file`.
    """
    from hyotei.readers.reader import Found

    if not _holds_tables(Path(path)):
        read = read_any_text(path)
        sheet, problems = parse_sheet(read.text, file=Path(path).name)
        return [Found(sheet, (*read.problems, *problems))]
    from hyotei.readers.door import read_sheets

    return list(read_sheets([path]))


def _holds_tables(path: Path) -> bool:
    """Whether a file is of a format with tables, which the registry knows, by how it begins or by what its name claims."""
    try:
        with path.open("rb") as file:
            head = file.read(256)
    except OSError:
        return False  # `read_any_text` says why
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"%PDF-" in head:
        return True
    if claimed(path.name) is not None:
        return True  # a damaged one is told as what it should be
    return head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b" \t\r\n\xff\xfe").startswith(b"<")


def parse_sheet(text: str, *, file: str | None = None) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The same of a text; `file` is its name in the places of figures and problems."""
    if is_canonical(text):
        canonical = read_canonical(text)
        if canonical is not None:
            return canonical, ()
    if any(word in text for word in _FORM_WORDS):
        from hyotei.readers.evaluation_text import read_evaluation_text, sniff

        if sniff(text) >= _SURE:
            return read_evaluation_text(text, file)
    tree: YamlValue | None
    tree, problems = parse_yaml(text, file=file)
    if tree is None:
        return None, tuple(problems)
    sheet, more = sheet_of(tree, file=file)
    return sheet, tuple(sorted(problems + more, key=_order))


def _order(problem: Diagnostic) -> tuple[int, int]:
    return problem.location.line or 0, problem.location.start or 0
