"""What the machine found of a submission, between the process that finds it (review_process.py) and the store."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from hyotei.version import __version__
from hyotei.workbench.draft_proofs import final_proof
from hyotei.workbench.job_process import MADE
from hyotei.workbench.review_models import Submission, SubmissionReport


def request_of(key: UUID) -> dict[str, Any]:
    """What the process is asked for: the document, the one before it, and its proof where that of a draft is one."""
    submission = Submission.objects.select_related("revision__text", "before").get(pk=key)
    before = submission.before
    return {
        "document": submission.revision.text.text,
        "before": None if before is None else before.text,
        "proof": final_proof(submission.hash),
    }


def found_in(folder: Path) -> dict[str, str]:
    """What the process found, by the names of fields of `SubmissionReport`."""
    found: dict[str, str] = json.loads((folder / MADE).read_text(encoding="utf-8"))
    return found


def keep_report(key: UUID, found: dict[str, str]) -> None:
    """Stores it, in the transaction that tells that its job is done; what was found first stays."""
    SubmissionReport.objects.get_or_create(submission_id=key, defaults={**found, "version": __version__})
