"""The child process that looks at a submission: `python -m hyotei.workbench.review_process`.

It proves the document, and compares it with the one that it takes the place of. The request has `document`, `before` (a document,
or null), `proof` (the proof of the document, `made_proofs`, where it was made before, or null), and `out`, the folder that
`made.json` goes to.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import to_jsonable_python

from hyotei.base.extras import need
from hyotei.document import Item, Items
from hyotei.messages import LANGUAGES, Diagnostic, HyoteiError, Language
from hyotei.rulebook.load import parse_rulebook
from hyotei.workbench.job_process import MADE, job, tell
from hyotei.workbench.reading_process import bound
from hyotei.writers.html import markup

if TYPE_CHECKING:
    from hyotei.compare.model import RulebookDiff
    from hyotei.rulebook.model import Rulebook

_SECONDS: Final = 300.0
"""How long the proof may take; what that does not suffice for is told as open."""


def main() -> None:
    """Proves and compares."""
    bound()
    with job() as request:
        need("proof")
        out = Path(request["out"])
        out.mkdir(parents=True, exist_ok=True)
        (out / MADE).write_text(json.dumps(_found(request)), encoding="utf-8")


def _found(request: Any) -> dict[str, str]:
    from hyotei.workbench.made_proofs import make_proof

    book = parse_rulebook(request["document"])
    proof = request["proof"]
    if proof is None or proof["hash"] != book.hash:
        proof, _ = make_proof(book, _SECONDS, lambda done, count, _: tell(done=done, count=count + 1))
    changes = _changes(book, request["before"])
    told = None if isinstance(changes, tuple) else changes
    data = {
        language: {"proof": proof["data"][language], "changes": None if told is None else _data(told, language)}
        for language in LANGUAGES
    }
    return {
        "state": proof["state"],
        "certificate": proof["certificate"],
        "data": json.dumps(data, ensure_ascii=False),
        **proof["markup"],
        **{f"changes_{language}": _markup(changes, language) for language in LANGUAGES},
    }


def _changes(book: "Rulebook", before: str | None) -> "RulebookDiff | tuple[Diagnostic, ...] | None":
    """What changes by meaning, or why that cannot be told; None where nothing was before."""
    from hyotei.proof.diff.diff import diff

    try:
        return None if before is None else diff(parse_rulebook(before), book)
    except HyoteiError as error:
        return error.diagnostics


def _markup(changes: "RulebookDiff | tuple[Diagnostic, ...] | None", language: Language) -> str:
    from hyotei.report.diff_document import diff_document

    if changes is None:
        return ""
    if isinstance(changes, tuple):
        return markup([Items(tuple(Item(each.text(language), "bad") for each in changes))])
    return markup(diff_document(changes, language).blocks)


def _data(result: "RulebookDiff", language: Language) -> object:
    from hyotei.base.result_json import result_data

    return to_jsonable_python(result_data(result, language))


if __name__ == "__main__":
    main()
