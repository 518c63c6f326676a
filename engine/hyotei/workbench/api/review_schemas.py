"""What the REST interface takes and answers of submissions, reviews and publications."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from hyotei.workbench.api.schemas import TEXT, Given


class SubmissionIn(Given):
    """What a document is to say of itself when it is submitted; what is empty stays as it is, or is the next version."""

    version: str = Field("", max_length=40, pattern=TEXT)
    fiscal_years: str = Field("", max_length=60, pattern=TEXT, description="Such as `2024..` or `2024..2026`.")
    effective: str = Field("", max_length=60, pattern=TEXT, description="Such as `2026-04-01..`.")
    note: str = Field("", max_length=5_000, pattern=TEXT, description="What was changed, and why.")


class SubmissionOut(BaseModel):
    """A state of a draft that somebody asks to have published."""

    key: UUID
    draft: UUID
    number: int = Field(description="Its place among those of the draft.")
    revision: int = Field(description="The state of the draft that was submitted.")
    rulebook: str
    title: str
    version: str
    hash: str
    hash_format: str
    first_year: int | None
    last_year: int | None
    before: str = Field(description="The id of the rulebook that it is compared with; empty where there is none.")
    before_version: str
    before_hash: str
    account: str
    at: datetime
    note: str
    state: str = Field(description="waiting, approved, sent_back, replaced, published or withdrawn")


class CommentOut(BaseModel):
    """A comment, or an answer to one."""

    number: int
    account: str
    role: str
    at: datetime
    table: str = Field(description="The table it is about; empty for all of the document.")
    row: int | None = Field(description="The row, from 1; null for the whole table.")
    text: str
    answers: int | None = Field(description="The number of the comment that it answers.")
    settles: bool


class CommentIn(Given):
    """A comment on a row, a table or all of it; with `answers` an answer, which can settle what it answers."""

    text: str = Field("", max_length=10_000, pattern=TEXT)
    table: str = Field("", max_length=400, pattern=TEXT)
    row: int | None = Field(None, ge=1, le=1_000_000)
    answers: int | None = Field(None, ge=1, le=2**31 - 1)
    settles: bool = False


class ApprovalIn(Given):
    """A decision; to send something back (`approved` false) needs a reason."""

    approved: bool
    reason: str = Field("", max_length=10_000, pattern=TEXT)
    despite_open: bool = Field(False, description="That it is approved knowing that the proof leaves something open.")


class ApprovalOut(BaseModel):
    """A decision; `four_eyes` tells whether nobody could approve then what they had written."""

    approved: bool
    reason: str
    despite_open: bool
    four_eyes: bool
    account: str
    role: str
    at: datetime


class ReportOut(BaseModel):
    """What the machine found of a submission."""

    at: datetime
    state: str = Field(description="proved, gaps_as_declared, open, not_proved or refuted")
    certificate: dict[str, Any] | None = Field(description="As `hyotei prove --certificate` writes it.")
    proof: dict[str, Any] = Field(description="As `hyotei prove --json` writes it.")
    changes: dict[str, Any] | None = Field(
        description="As `hyotei diff --json` writes it; null where there is nothing to compare with, or it cannot be compared."
    )


class RunningOut(BaseModel):
    """How far the proof of a submission is."""

    state: str = Field(description="waiting, running, done, failed or cancelled")
    done: int
    count: int
    problems: list[str]


class SubmissionDetail(SubmissionOut):
    """A submission with its document and its review; its ETag names all that happened to it."""

    seen: int = Field(description="The number that its ETag names.")
    authors: list[str] = Field(description="Everybody who made a state of it; none of them can approve it.")
    document: str
    before_document: str | None
    cases: str = Field(description="The file of cases, all of which came out as expected.")
    before_cases: str | None = Field(
        description="Those before; null where there are none, or they are not known any more."
    )
    running: RunningOut | None
    report: ReportOut | None
    comments: list[CommentOut]
    approval: ApprovalOut | None
    publication: UUID | None


class SubmissionImpact(BaseModel):
    """What a submission moves."""

    impact: dict[str, Any] = Field(description="As `hyotei impact --json` writes it.")


class WithdrawalIn(Given):
    """Why something is withdrawn."""

    reason: str = Field(min_length=1, max_length=10_000, pattern=TEXT)


class WithdrawalOut(BaseModel):
    """A withdrawal."""

    reason: str
    account: str
    role: str
    at: datetime


class PublicationOut(BaseModel):
    """A rulebook in a version that was published."""

    key: UUID
    submission: UUID
    rulebook: str
    title: str
    version: str
    hash: str
    hash_format: str
    first_year: int | None
    last_year: int | None
    proof: str = Field(description="The state of its proof.")
    approved_by: str
    account: str = Field(description="Who published it.")
    at: datetime
    withdrawal: WithdrawalOut | None


class PublicationDetail(PublicationOut):
    """A publication with its document and certificate."""

    document: str
    sha256: str = Field(description="Of the document in UTF-8.")
    cases: str
    certificate: dict[str, Any] | None


class FourEyesOut(Given):
    """Whether nobody may approve what they wrote themselves."""

    on: bool
