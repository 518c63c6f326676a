"""What the REST interface takes and answers of the states, files and trials of drafts. It needs no Django."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from hyotei.workbench.api.schemas import TEXT, DraftDetail, Given


class DraftRevisionOut(BaseModel):
    """A state of a draft, and what made it."""

    number: int
    kind: str = Field(description="What made it, such as begun, cells, text, cases, uploaded, undone.")
    place: str = Field(description="Where the change was.")
    back: int | None = Field(description="The number of the state that undo leads to.")
    forward: int | None = Field(description="The number of the state that redo leads to.")
    account: str
    at: datetime


class TakenIn(DraftDetail):
    """A draft into which a file was taken."""

    cases: str = Field(description="The file of cases, in the layout of cases.yaml.")


class CaseIn(Given):
    """A sheet that is to be a case: one that was read in, or one of a corpus of the workbench by its own id."""

    sheet: UUID | None = Field(None, strict=False, description="The key of a sheet that was read in.")
    corpus: str | None = Field(None, max_length=255, pattern=TEXT, description="The title of a corpus.")
    id: str = Field("", max_length=400, pattern=TEXT, description="The id of a sheet of the corpus.")


class ValueSeen(BaseModel):
    """A value, and how often it came up."""

    value: str
    count: int


class RowTried(BaseModel):
    """A row that answered, by its line in the document, and how often."""

    line: int
    count: int


class ColumnTried(BaseModel):
    """What a column of a table read or gave: the first line of the table, and the number of the column, from 0."""

    line: int
    column: int
    values: list[ValueSeen]


class FormulaTried(BaseModel):
    """What a formula gave, by the line of its heading."""

    line: int
    values: list[ValueSeen]


class TrialOut(BaseModel):
    """What a state of a draft makes of a sheet."""

    revision: int
    results: dict[str, str] = Field(description="The rating and the budget recommendation, where they are derived.")
    rows: list[RowTried]
    columns: list[ColumnTried]
    formulas: list[FormulaTried]
