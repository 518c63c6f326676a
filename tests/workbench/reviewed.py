"""Submissions for tests: of a small rulebook of a ministry that no other is for, and what the machine found of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hyotei.messages import HyoteiError


def document(identity: str = "small", years: str = "2011..", lines: str = "100,70", **head: str) -> str:
    """A rulebook of three grades."""
    from hyotei.workbench.draft_files import new_document

    fields = {
        "id": identity,
        "authority": "例示省",
        "years": years,
        "grades": "A,B,C",
        "lines": lines,
        "title": "小さな基準",
    }
    made = new_document(fields, "ja").text
    assert made is not None
    said = "".join(f"{key}: {value}\n" for key, value in head.items())
    return made.replace("---\n", f"---\n{said}", 1)


def submitted(text: str, by: Any, version: str = "", of: Any = None, base: str = "") -> Any:
    """A submission of a new draft, or of one that was begun before with another text."""
    from hyotei.workbench.drafts import begin, change, state
    from hyotei.workbench.submissions import Stated, submit

    draft = of.draft if of is not None else begin(text, by, "rulebook" if base else "file", base=base)
    if of is not None:
        change(draft, state(draft).number, by, "text", "", lambda _: text)
    return submit(draft, state(draft).number, by, Stated(version), "")


def proved(submission: Any, state: str = "proved") -> Any:
    """The submission with what the machine is said to have found."""
    from hyotei.workbench.review_models import Submission
    from hyotei.workbench.submission_reports import keep_report

    names = ("certificate", "ja", "en", "changes_ja", "changes_en")
    data = json.dumps({language: {"proof": {}, "changes": None} for language in ("ja", "en")})
    keep_report(submission.pk, {"state": state, "data": data, **dict.fromkeys(names, "")})
    return Submission.objects.get(pk=submission.pk)


def published(text: str, author: Any, approver: Any, **more: Any) -> Any:
    """A publication of a document, submitted by one and approved and published by another."""
    from hyotei.workbench.publications import publish
    from hyotei.workbench.reviews import decide

    submission = proved(submitted(text, author, **more))
    decide(submission, approver, True, "")
    with committed():
        return publish(submission, approver)


@contextmanager
def committed() -> Iterator[None]:
    """Within it things are done that wait for the end of the transaction, which in a test never comes."""
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        yield


def told(error: HyoteiError) -> list[str]:
    """The codes of an error."""
    return [each.code for each in error.diagnostics]
