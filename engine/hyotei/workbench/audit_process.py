"""The child process that audits a corpus: `python -m hyotei.workbench.audit_process`.

The request has `corpus`, the folder of the corpus, its `title`, and `out`, the folder that what is made goes to: for each language
a report (`hyotei.report.audit_report`) and its parts for the page of the workbench, and `made.json`. It may have `against`, the
folder of an earlier audit, with its name as `against_title`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from hyotei.audit.corpus_audit import CorpusAudit
from hyotei.audit.earlier_report import Against
from hyotei.audit.model import SheetAudit
from hyotei.corpus.corpus import Corpus
from hyotei.messages import LANGUAGES, Language, wording
from hyotei.report.audit_content import Content, Problems
from hyotei.report.audit_page_sections import (
    about,
    sections_after_findings,
    sections_before_findings,
    sections_of_reading,
)
from hyotei.report.audit_report import write_report
from hyotei.rulebook.load import parse_rulebook
from hyotei.workbench.job_process import MADE, job, tell
from hyotei.workbench.library_entries import document_of_hash
from hyotei.writers.html import markup

OVERVIEW: Final = "overview.html"
_LEFT_OUT: Final = ("against", "resolved", "sample")
"""Sections that the list of findings has in place of the page."""
_TOLD_EVERY: Final = 200


def main() -> None:
    """Makes the audit."""
    with job() as request, Corpus.open(request["corpus"]) as corpus:
        out = Path(request["out"])
        rulebooks: dict[str, dict[str, str]] = {}
        for place, language in enumerate(LANGUAGES):
            rulebooks |= _audited(corpus, out, language, request, place)
        # The number of sheets, the hash of the corpus, and the documents of the rulebooks that findings name.
        made = {"sheets": len(corpus), "hash": corpus.hash, "rulebooks": list(rulebooks.values())}
        (out / MADE).write_text(json.dumps(made), encoding="utf-8")


def _audited(
    corpus: Corpus, out: Path, language: Language, request: dict[str, Any], before: int
) -> dict[str, dict[str, str]]:
    earlier = None
    if "against" in request:
        earlier = Against(Path(request["against"]) / language)
        earlier.path = Path(
            request["against_title"]
        )  # what the report calls it: nobody knows a folder of the workbench
    whole = CorpusAudit(language=language, against=earlier)
    audits = _counted(whole.sheets(corpus), before * len(corpus), len(corpus) * len(LANGUAGES))
    content = write_report(out / language, whole, audits, (request["title"],), Problems())
    (out / language / OVERVIEW).write_text(_overview(content, language), encoding="utf-8", errors="backslashreplace")
    return {digest: found for digest, book in content.rulebooks.items() if (found := _document(book.id, digest))}


def _counted(audits: Iterator[SheetAudit], before: int, count: int) -> Iterator[SheetAudit]:
    for number, each in enumerate(audits, before):
        if number % _TOLD_EVERY == 0:
            tell(done=number, count=count)
        yield each


def _overview(content: Content, language: Language) -> str:
    """The parts of the report without its list of findings; the kinds lead to the page of findings."""
    words = wording(language)
    sections = [
        *sections_before_findings(content, words, pictures=True, files=False),
        *sections_after_findings(content, words),
        *sections_of_reading(content, words),
    ]
    shown = [each for each in sections if each.blocks and each.anchor not in _LEFT_OUT]
    return markup([*about(content, words), *shown]).replace('href="#code=', 'href="findings/?code=')


def _document(identity: str, digest: str) -> dict[str, str] | None:
    """The document of a rulebook of the library."""
    text = document_of_hash(identity, digest)
    if text is None or parse_rulebook(text).hash != digest:  # one that is carried over has no document of its own
        return None
    return {"hash": digest, "identity": identity, "text": text}


if __name__ == "__main__":
    main()
