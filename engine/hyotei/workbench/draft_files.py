"""What a draft is begun with: a file that was uploaded, Markdown or a workbook, or grades and lines."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Final, NamedTuple

from hyotei.base.text_file import text_of
from hyotei.messages import Diagnostic, HyoteiError, Language, wording
from hyotei.rulebook.format import format_document
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.new_rulebook import NewRulebook, lines_of, listed
from hyotei.rulebook_workbook.original import Original
from hyotei.workbench.reading import child_environment
from hyotei.workbench.reading_turns import turn
from hyotei.workbench.told_problems import unpacked

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a file."""
SECONDS: Final = 60.0
"""How long reading a workbook may take."""
NEW: Final = ("id", "title", "authority", "years", "grades", "lines")
"""The fields of the form that makes a rulebook of grades and lines."""
_ZIP: Final = b"PK\x03\x04"


class Document(NamedTuple):
    """What a file holds of a rulebook.

    Attributes:
        text: the document; None where there is none.
        told: what is wrong then.
        cases: the file of cases; None where the file has no place for cases.
        original: what a workbook was exported from.
    """

    text: str | None
    told: tuple[Diagnostic, ...] = ()
    cases: str | None = None
    original: Original | None = None


def document_of_file(name: str, content: bytes) -> Document:
    """The document that an uploaded file holds, by its content."""
    if len(content) > LARGEST:
        return _failed(Diagnostic("HY107", params={"limit": str(LARGEST // 1024**2)}))
    if content.startswith(_ZIP):
        return _of_workbook(name, content)
    try:
        return Document(text_of(content, name))
    except HyoteiError as error:
        return _failed(*error.diagnostics)


def _of_workbook(name: str, content: bytes) -> Document:
    command = [sys.executable, "-m", "hyotei.workbench.workbook_process", name]
    try:
        with turn():
            done = subprocess.run(
                command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS,
                env=child_environment(), check=False,
            )  # fmt: skip
    except HyoteiError as error:
        return _failed(*error.diagnostics)
    except subprocess.TimeoutExpired:
        return _failed(Diagnostic("HY008", params={"seconds": f"{SECONDS:g}"}))
    if done.returncode != 0:
        return _failed(Diagnostic("HY009"))
    found = json.loads(done.stdout)
    original = None if found["original"] is None else Original(*found["original"])
    return Document(found["text"], unpacked(found["problems"]), found["cases"], original)


def new_document(fields: Mapping[str, str], language: Language) -> Document:
    """A document and its cases, made of grades, best first, and the line of attainment of each but the last, in percent.

    Args:
        fields: the texts by the names in NEW.
        language: the language in which it is written.
    """
    said = {name: " ".join(fields.get(name, "").split()) for name in NEW}
    say = wording(language)
    words = tuple(listed(said["grades"]))
    try:
        made = NewRulebook(
            id=said["id"],
            title=said["title"] or say("rulebook_new.title", id=said["id"]),
            authority=said["authority"] or say("rulebook_new.authority"),
            fiscal_years=said["years"],
            grades=words,
            lines=lines_of(said["lines"], words),
            budget=(),
            language=language,
        )
        text = format_document(made.document())
        # A draft that begins with an error has nothing to be compared with, however it is mended.
        parse_rulebook(text)
        return Document(text, cases=made.cases())
    except HyoteiError as error:
        return _failed(*error.diagnostics)


def _failed(*problems: Diagnostic) -> Document:
    return Document(None, problems)
