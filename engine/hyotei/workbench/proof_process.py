"""The child process that proves a draft: `python -m hyotei.workbench.proof_process`.

The document comes by the standard input. On the standard output stand lines of JSON: `done`, `count` and `name` of what is worked
at, and last either `made`, the proof (`made_proofs`), with `status`, what it comes to, `defects`, the part of it that is not
proved, as markup, and `items`, what can be done about it (`proof_items`), or `told`, why nothing could be proved, in each
language.
"""

import sys
from typing import Final

from hyotei.messages import LANGUAGES, HyoteiError
from hyotei.report.proof_document import ProofBlocks
from hyotei.rulebook.load import parse_rulebook
from hyotei.workbench.job_process import in_words, tell
from hyotei.workbench.made_proofs import make_proof
from hyotei.workbench.proof_items import proof_items
from hyotei.workbench.reading_process import bound
from hyotei.writers.html import markup

SECONDS: Final = 60.0
"""How long a proof may take; what that does not suffice for is told as open."""


def main() -> None:
    """Proves the draft."""
    bound()
    text = sys.stdin.buffer.read().decode("utf-8")
    try:
        made, report = make_proof(parse_rulebook(text), SECONDS, _watch)
    except HyoteiError as error:
        tell(told=[in_words(each) for each in error.diagnostics])
        return
    defects = {language: markup(list(ProofBlocks(report, language).sections(proved=False))) for language in LANGUAGES}
    tell(made=made, status=report.status, defects=defects, items=list(proof_items(report, text)))


def _watch(done: int, count: int, name: str) -> None:
    tell(done=done, count=count, name=name)


if __name__ == "__main__":
    main()
