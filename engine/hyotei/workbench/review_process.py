"""The child process that looks at a submission: `python -m hyotei.workbench.review_process`.

It proves the document, and compares it with the one that it takes the place of. The request has `document`, `before` (a document,
or null), and `out`, the folder that `made.json` goes to.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hyotei.base.extras import need
from hyotei.document import Item, Items
from hyotei.messages import LANGUAGES, HyoteiError, Language
from hyotei.rulebook.load import parse_rulebook
from hyotei.workbench.job_process import MADE, job, tell
from hyotei.workbench.proof_process import SECONDS
from hyotei.workbench.reading_process import bound
from hyotei.writers.html import markup

if TYPE_CHECKING:
    from hyotei.proof.results import ProofReport
    from hyotei.rulebook.model import Rulebook


def main() -> None:
    """Proves and compares."""
    bound()
    with job() as request:
        need("proof")
        out = Path(request["out"])
        out.mkdir(parents=True, exist_ok=True)
        (out / MADE).write_text(json.dumps(_found(request)), encoding="utf-8")


def _found(request: Any) -> dict[str, str]:
    from hyotei.proof.prove import prove
    from hyotei.proof.settle_proof import settle_proof
    from hyotei.report.proof_document import proof_document

    book = parse_rulebook(request["document"])
    report = prove(book, timeout=SECONDS, watch=lambda done, count, _: tell(done=done, count=count + 1))
    certified = _certificate(report)
    state = settle_proof(book, report, None)[0] if certified else "not_proved"
    found = {language: markup(proof_document(report, language).blocks) for language in LANGUAGES}
    return {**found, "state": state, "certificate": certified, **_changes(book, request["before"])}


def _certificate(report: "ProofReport") -> str:
    """The certificate; empty where there was nothing to prove."""
    from hyotei.proof.certificate import certificate, certificate_text

    try:
        return certificate_text(certificate(report))
    except HyoteiError:
        return ""


def _changes(book: "Rulebook", before: str | None) -> dict[str, str]:
    """What changes by meaning, as markup by language; where that cannot be told, why not."""
    from hyotei.proof.diff.diff import diff
    from hyotei.report.diff_document import diff_document

    def named(shown: dict[Language, str]) -> dict[str, str]:
        return {f"changes_{language}": text for language, text in shown.items()}

    if before is None:
        return named(dict.fromkeys(LANGUAGES, ""))
    try:
        found = diff(parse_rulebook(before), book)
    except HyoteiError as error:
        told = error.diagnostics
        return named(
            {
                language: markup([Items(tuple(Item(each.text(language), "bad") for each in told))])
                for language in LANGUAGES
            }
        )
    return named({language: markup(diff_document(found, language).blocks) for language in LANGUAGES})


if __name__ == "__main__":
    main()
