"""What the REST interface takes and answers of corpora, audits and findings. It needs no Django."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from hyotei.workbench.api.schemas import TEXT, Given
from hyotei.workbench.audit_words import LONGEST_NOTE, LONGEST_VIEW_NAME, Order


class CorpusOut(BaseModel):
    """Many sheets that are audited together."""

    name: str = Field(description="By which it is audited.")
    title: str = Field(description="What people call it, and by which impacts ask for it.")
    sheets: int | None = Field(description="null where it cannot be opened.")
    hash: str | None = Field(description="Of its sheets; null where it cannot be opened.")


class JobOut(BaseModel):
    """A corpus that is built or an audit that is made, as far as it is."""

    key: UUID
    kind: Literal["corpus", "audit"]
    title: str
    state: str = Field(description="waiting, running, done, failed or cancelled")
    left: bool = Field(description="Whether its worker says nothing any more; it is begun again.")
    done: int = Field(description="How many sheets of `count` are done; `count` is 0 as long as it is not known.")
    count: int
    problems: list[str] = Field(description="Why it failed, or what was said of the sheets.")
    corpus: str | None = Field(description="The name of the corpus that was built, or that is audited.")
    audit: UUID | None = Field(description="The audit that was made.")
    account: str
    at: datetime


class AuditIn(Given):
    """A corpus to audit, and the earlier audit that it is held against."""

    corpus: str = Field(max_length=255, pattern=TEXT, description="Its name.")
    against: UUID | None = Field(None, strict=False, description="The key of the earlier audit.")


class AuditOut(BaseModel):
    """An audit that was made."""

    key: UUID
    title: str
    corpus: str = Field(description="The name of the corpus.")
    corpus_hash: str
    sheets: int
    version: str = Field(description="Of Hyotei.")
    against: UUID | None = Field(description="The earlier audit that it is held against.")
    account: str
    at: datetime


class AuditDetail(AuditOut):
    """An audit with the number of its findings."""

    findings: int
    states: dict[str, int] = Field(
        description="How many are new, continuing and so on; empty where it is held against none."
    )


class FindingFilters(BaseModel):
    """Which findings are asked for; what is empty leaves out none."""

    q: str = Field("", max_length=400, pattern=TEXT, description="Words, each of which is in its title, text or sheet.")
    sheet: str = Field("", max_length=400, pattern=TEXT, description="The id of its sheet.")
    state: str = Field("", max_length=40, pattern=TEXT, description="new, continuing, resolved or not_audited")
    severity: str = Field("", max_length=400, pattern=TEXT)
    code: str = Field("", max_length=400, pattern=TEXT)
    authority: str = Field("", max_length=400, pattern=TEXT)
    fiscal_year: str = Field("", pattern="^[0-9]{0,5}$")
    standing: str = Field("", max_length=40, pattern=TEXT, description="Of its rule: published, inferred or draft.")
    checked: Literal["", "yes", "no"] = ""


class FindingAsked(FindingFilters):
    """Which findings are asked for, and in which order."""

    order: Order = "weight"


class ViewIn(Given):
    """Filters and an order of findings, and the name that they are kept under."""

    name: str = Field(min_length=1, max_length=LONGEST_VIEW_NAME, pattern=TEXT)
    filters: FindingFilters = FindingFilters()
    order: Order = "weight"


class ViewOut(BaseModel):
    """A saved view: filters, by their names, and an order."""

    number: int = Field(description="By which it is removed.")
    name: str
    filters: dict[str, str]
    order: Order


class FindingOut(BaseModel):
    """A finding of an audit."""

    number: int
    checked: bool = Field(description="Whether somebody has checked it.")
    finding: dict[str, Any] = Field(description="As a line of findings.ndjson of `hyotei audit -o` has it.")


class CheckNoteIn(Given):
    """What was checked."""

    note: str = Field(min_length=1, max_length=LONGEST_NOTE, pattern=TEXT)


class CheckNoteOut(BaseModel):
    """That somebody has checked a finding."""

    note: str
    account: str
    role: str
    at: datetime


class FindingDetail(FindingOut):
    """A finding with what was noted of it, the latest first."""

    checks: list[CheckNoteOut]


class ChoiceOut(BaseModel):
    """A value of a filter, and how many findings it leaves under the other filters."""

    value: str
    findings: int


class FindingCounts(BaseModel):
    """How many findings there are under the filters, and by each filter that tells findings apart, what each value would leave."""

    findings: int
    filters: dict[str, list[ChoiceOut]]
