"""What follows from the proof of a whole rulebook: its state is kept, its certificate written, and declared gaps are told."""

from pathlib import Path

from hyotei.base.text_file import write_text
from hyotei.messages import Diagnostic
from hyotei.proof.certificate import certificate, certificate_text
from hyotei.proof.proof_state import ProofState, declared_and_found, items_of, keep_state, state_of
from hyotei.proof.results import ProofReport
from hyotei.rulebook.model import Rulebook


def settle_proof(book: Rulebook, report: ProofReport, record: Path | None) -> tuple[ProofState, list[Diagnostic]]:
    """The state that the proof of everything comes to, and what is to be told of it.

    With defects of Hyotei (they are told) nothing is kept and nothing written, and the state is `open` at best.

    Args:
        book: the rulebook.
        report: the proof of all its laws and tables.
        record: where its certificate is to be written; None to write none.
    """
    items = items_of(report)
    state = state_of(items, book.known_gaps)
    if report.defects:
        return "refuted" if state == "refuted" else "open", list(report.defects)
    keep_state(book, state)
    if record is not None:
        write_text(record, certificate_text(certificate(report)))
    found, missing = declared_and_found(items, book.known_gaps)
    told = [Diagnostic("HY925", params={"name": name, "says": book.known_gaps[name]}) for name in found]
    return state, [*told, *(Diagnostic("HY926", params={"name": name}) for name in missing)]
