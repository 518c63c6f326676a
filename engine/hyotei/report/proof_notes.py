"""What a proof found, one thing at a time with what it is about, for those who write it where the rule stands."""

from collections.abc import Iterator

from hyotei.document import Document
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language
from hyotei.proof.results import ProofReport
from hyotei.report.proof_document import ProofBlocks


@dataclass(frozen=True, slots=True)
class ProofNote:
    """A defect of a decision or a law that does not hold, as a document of its own.

    `rows` are the rows of the decision that it is about. `holds` is None where neither was proved.
    """

    decision: str
    rows: tuple[int, ...]
    law: str
    holds: bool | None
    document: Document


def proof_notes(report: ProofReport, language: Language) -> Iterator[ProofNote]:
    """The defects of tables, then the laws that are broken or open, in the order of the report."""
    blocks = ProofBlocks(report, language)
    for check in report.checks:
        if not check.note and check.status != "proved" and not check.by_itself:
            holds = False if check.status == "refuted" else None
            document = Document(blocks.check_title(check), language, tuple(blocks.below(check)))
            yield ProofNote(check.decision, check.rows, "", holds, document)
    for law in report.laws:
        if law.status in ("refuted", "open"):
            holds = False if law.status == "refuted" else None
            document = Document(blocks.law_title(law), language, tuple(blocks.law_below(law)))
            yield ProofNote("", (), law.text, holds, document)
