"""What the REST interface takes and answers of forms that are made of an uploaded file. It needs no Django."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from hyotei.workbench.api.schemas import TEXT, Given, ReadingProblem, SheetOut

_ID = "The id of the form: lower-case letters, digits, points, hyphens and underscores."


class SourceOut(BaseModel):
    """A file of an upload of which a form can be made."""

    number: int
    name: str


class UploadDetail(BaseModel):
    """What was read of the files of one upload, what could not be read, and of which files a form can be made."""

    key: UUID
    sheets: list[SheetOut]
    failures: list[ReadingProblem]
    sources: list[SourceOut]


class FormTrialIn(Given):
    """A form to try: proposed of the right reading of the file, or its document. With neither, what was read counts as right."""

    id: str = Field(max_length=60, pattern=TEXT, description=_ID)
    reading: str | None = Field(
        None,
        max_length=2_000_000,
        pattern=TEXT,
        description="The right reading, as the YAML of a sheet (docs/sheet.en.md).",
    )
    authority: str = Field(
        "", max_length=400, pattern=TEXT, description="In place of that of the sheets that were read."
    )
    document: str | None = Field(None, max_length=2_000_000, pattern=TEXT, description="The form, in Markdown.")


class TriedFileOut(BaseModel):
    """What a form reads of a file."""

    name: str
    percent: int = Field(description="How surely the file is of the form.")
    known: bool = Field(description="Whether the form would be chosen for it.")
    sheets: list[dict[str, Any]] = Field(description="In the layout of `hyotei sheet schema`.")
    problems: list[ReadingProblem]


class FormTrialOut(BaseModel):
    """A form with what it reads of the file, first, and of other uploads. It can be kept where nothing is told in `problems`."""

    document: str
    right: int = Field(
        description="How many of the `whole` figures of the right reading it reads; 0 of 0 for a document."
    )
    whole: int
    besides: int = Field(description="How many figures it reads besides.")
    problems: list[ReadingProblem]
    files: list[TriedFileOut]


class FormKeepIn(Given):
    """A form to keep."""

    id: str = Field(max_length=60, pattern=TEXT, description=_ID)
    document: str = Field(max_length=2_000_000, pattern=TEXT, description="The form, in Markdown.")
