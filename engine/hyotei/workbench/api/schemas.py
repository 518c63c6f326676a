"""What the REST interface takes and answers. The server and the client (hyotei.client) rest on it; it needs no Django."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

TEXT: Final = r"^[^\x00]*$"
"""Databases take no text with the character NUL."""


class Given(BaseModel):
    """What a program sends: nothing is turned into another type, and what the interface does not know is refused."""

    model_config = ConfigDict(strict=True, extra="forbid")


class RulebookOut(BaseModel):
    """A rulebook of the library."""

    id: str
    title: str
    authority: str
    standing: str = Field(description="published, inferred or draft")
    first_year: int | None
    last_year: int | None
    origin: str


class RulebookUse(BaseModel):
    """Where a rulebook is used in the workbench, whatever its version."""

    sheets: int = Field(description="How many sheets that were read in are rated by it.")
    adopted: int = Field(description="How many adoptions are of verdicts by it.")
    audits: list[UUID] = Field(description="The latest audits that applied it.")
    drafts: int = Field(description="How many drafts began as it.")
    replaced_by: list[str] = Field(description="The ids of rulebooks that take its place.")


class RulebookDetail(RulebookOut):
    """A rulebook with its hash, its decisions, its document, what is proved of it, and its use."""

    hash: str
    hash_format: str
    decisions: list[str]
    document: str = Field(description="The document as its author wrote it, in Markdown.")
    proof: str = Field(description="proved, gaps_as_declared, refuted, open or not_proved")
    use: RulebookUse


class ReadingProblem(BaseModel):
    """What is said of something that was read."""

    severity: str
    text: str


class SheetOut(BaseModel):
    """A sheet that was read in."""

    key: UUID
    id: str
    title: str
    authority: str
    fiscal_year: int
    file: str
    at: datetime
    revision: int = Field(description="The number of its present state.")


class SheetDetail(SheetOut):
    """A sheet with its present state and what was said of its reading."""

    problems: list[ReadingProblem]
    rulebook: str = Field(description="The id of the rulebook that was chosen for it; empty for the one in force.")
    carry_over: bool = Field(description="Whether the one in force may be one whose last year is over.")
    source_pages: list[int] | None = Field(
        description="The pages of its file of which there are pictures; null where nothing of the file is kept."
    )
    sheet: dict[str, Any] = Field(description="The sheet in the layout of `hyotei sheet schema`.")


class UploadOut(BaseModel):
    """What was read of the files of one request, and what could not be read."""

    key: UUID
    sheets: list[SheetOut]
    failures: list[ReadingProblem]


class VerdictOut(BaseModel):
    """A verdict that is kept with all that it takes to derive it again."""

    key: UUID
    sheet: UUID
    revision: int
    rulebook: str
    rulebook_hash: str
    sha256: str = Field(description="Of the canonical JSON of the verdict in Japanese.")
    verdict: dict[str, Any] = Field(description="The verdict as `hyotei verdict schema` describes it.")


class Verification(BaseModel):
    """Whether a verdict is what was stored, and what is derived anew, byte for byte."""

    key: UUID
    sound: bool


class AdoptionIn(Given):
    """Results to adopt; with a reason where they are not the derived ones."""

    rating: str | None = None
    budget: str | None = None
    reason: str = Field("", max_length=10_000, pattern=TEXT)


class AdoptionOut(BaseModel):
    """What was adopted of a verdict."""

    verdict: UUID
    rating: str | None
    budget: str | None
    derived_rating: str | None
    derived_budget: str | None
    reason: str
    account: str
    at: datetime


class CheckIn(Given):
    """The document of a rulebook."""

    document: str = Field(max_length=2_000_000, pattern=TEXT)


class ReplacementOut(BaseModel):
    """A text in place of the characters `start` up to but not including `end`, counted from 0 in the whole document."""

    start: int
    end: int
    text: str


class MendOut(BaseModel):
    """An edit that mends a problem, and what it does in words. Its replacements are in the order of the document."""

    label: str
    replacements: list[ReplacementOut]


class Finding(BaseModel):
    """Something that is wrong with a document, with its place: lines and characters from 1.

    Each of `mends` alone mends it; where there are several, a person knows which is meant. They are looked for of the first 200
    problems.
    """

    code: str
    severity: str
    message: str
    line: int | None
    start: int | None
    end: int | None
    mends: list[MendOut]


class Checked(BaseModel):
    """Whether a document is a rulebook, its hash, and everything that is to be said of it."""

    sound: bool
    hash: str | None
    problems: list[Finding]


class DraftOut(BaseModel):
    """A rulebook that is being written."""

    key: UUID
    title: str
    base: str = Field(description="The id of the rulebook that it began as; empty where it began as a document.")
    base_hash: str
    revision: int = Field(description="The number of its present state, which its ETag names.")
    account: str = Field(description="Who made that state.")
    at: datetime


class DraftDetail(DraftOut):
    """A draft with its document."""

    document: str
    merged: bool = Field(description="Whether the change is one with changes that others made since.")


class DraftIn(Given):
    """What a draft begins with: a rulebook by its id, or a document."""

    rulebook: str | None = Field(None, max_length=200)
    document: str | None = Field(None, max_length=2_000_000, pattern=TEXT)
    file: str = Field("", max_length=255, pattern=TEXT, description="The name of the file of the document.")


class DocumentIn(Given):
    """The document of a draft."""

    document: str = Field(max_length=2_000_000, pattern=TEXT)


class CasesIn(Given):
    """The file of cases of a draft."""

    cases: str = Field(max_length=2_000_000, pattern=TEXT, description="In the layout of cases.yaml.")


class CasesOut(BaseModel):
    """The file of cases of a state of a draft."""

    revision: int
    cases: str = Field(description="In the layout of cases.yaml; empty where there are none.")
    merged: bool = Field(description="Whether the change is one with changes that others made since.")


class Problem(BaseModel):
    """Why something was not done, or does not hold."""

    code: str = Field(description="In the catalogue of Hyotei.")
    severity: str
    message: str
    place: str


class CaseTried(BaseModel):
    """How a case came out; it holds where nothing is wrong with it."""

    name: str
    line: int | None = Field(description="Where it stands in the file of cases, from 1.")
    unconfirmed: bool = Field(description="Whether nobody has said yet that it should come out so.")
    problems: list[Problem]


class RowUnreached(BaseModel):
    """A row of a table that answers in no case."""

    decision: str
    row: int = Field(description="Its number, from 1.")
    line: int = Field(description="Where it stands in the document, from 1.")


class CasesChecked(BaseModel):
    """How the cases of a draft came out."""

    errors: bool = Field(description="Whether the document has errors, so that no case was tried.")
    cases: list[CaseTried]
    problems: list[Problem] = Field(
        description="What is wrong with the file of cases; a case that is wrong is not among `cases`."
    )
    rows: int = Field(description="How many rows the tables have, where cases were tried.")
    unreached: list[RowUnreached] = Field(description="Those that answer in no case.")


class ImpactOut(BaseModel):
    """What a state of a draft moves."""

    revision: int
    impact: dict[str, Any] = Field(description="As `hyotei impact --json` writes it.")


class ProofOut(BaseModel):
    """The proof of a state of a draft, as far as it is."""

    revision: int
    ended: bool
    done: int = Field(description="How many steps of `count` are done.")
    count: int
    name: str = Field(description="What is worked at.")
    result: dict[str, Any] | None = Field(description="As `hyotei prove --json` writes it; null until there is one.")
    problems: list[str] = Field(description="Why nothing could be proved.")


class FormOut(BaseModel):
    """A form by which printed sheets are read."""

    id: str
    title: str
    authority: str
    standing: str
    first_year: int | None
    last_year: int | None
    origin: str


class FormDetail(FormOut):
    """A form with its hash, the forms that it extends, and its document."""

    hash: str
    hash_format: str
    extends: list[str]
    document: str = Field(description="The document as its author wrote it, in Markdown.")


class LogOut(BaseModel):
    """An entry of the log; see docs/security.md for its chain."""

    number: int
    at: str
    account: str
    role: str
    action: str
    subject: str
    details: str
    before: str
    hash: str


class LogVerification(BaseModel):
    """Whether the log is whole."""

    entries: int
    sound: bool
    breaks: list[int] = Field(description="The numbers of the entries at which the chain is broken.")
    hash: str | None = Field(description="Of the last entry; null of an empty log.")


class Problems(BaseModel):
    """The answer to what was not done (RFC 9457)."""

    type: str
    title: str
    status: int
    problems: list[Problem]
