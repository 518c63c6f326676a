"""A proof of everything in a rulebook, as the workbench keeps it: of a draft, of a submission, and of one for the other."""

from collections.abc import Callable
from typing import TypedDict

from pydantic_core import to_jsonable_python

from hyotei.base.result_json import result_data
from hyotei.messages import LANGUAGES, HyoteiError
from hyotei.proof.certificate import certificate, certificate_text
from hyotei.proof.prove import prove
from hyotei.proof.results import ProofReport
from hyotei.proof.settle_proof import settle_proof
from hyotei.report.proof_document import proof_document
from hyotei.rulebook.model import Rulebook
from hyotei.writers.html import markup


class MadeProof(TypedDict):
    """A proof. All of it follows from what the hash is of, so that it is the proof of every document with that hash.

    Attributes:
        hash: of the rulebook.
        final: that more time would change nothing.
        state: what it comes to, `not_proved` where there was nothing to prove.
        certificate: its certificate; empty then.
        data: what `hyotei prove --json` writes, by language.
        markup: the same for pages, by language.
    """

    hash: str
    final: bool
    state: str
    certificate: str
    data: dict[str, object]
    markup: dict[str, str]


def make_proof(book: Rulebook, seconds: float, watch: Callable[[int, int, str], None]) -> tuple[MadeProof, ProofReport]:
    """Proves everything.

    Args:
        book: the rulebook.
        seconds: how long it may take; what that does not suffice for is told as open.
        watch: is told how much is done, of how much, and what is worked at.
    """
    report = prove(book, timeout=seconds, watch=watch)
    certified = _certificate(report)
    reasons = [*(law.why for law in report.laws), *(check.why for check in report.checks)]
    made: MadeProof = {
        "hash": book.hash,
        "final": not report.defects and "timeout" not in reasons,
        "state": settle_proof(book, report, None)[0] if certified else "not_proved",
        "certificate": certified,
        "data": {language: to_jsonable_python(result_data(report, language)) for language in LANGUAGES},
        "markup": {language: markup(proof_document(report, language).blocks) for language in LANGUAGES},
    }
    return made, report


def _certificate(report: ProofReport) -> str:
    try:
        return certificate_text(certificate(report))
    except HyoteiError:
        return ""
