"""What the REST interface takes and answers of the figures, facts, states and files of a sheet. It needs no Django."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from hyotei.workbench.api.schemas import TEXT, Given


class FigureOut(BaseModel):
    """A figure of a sheet, with what is printed where it was read."""

    path: str = Field(description="By which it is corrected.")
    name: str
    group: Literal["unsure", "read", "blank"] = Field(
        description="`unsure`: somebody has to look at it, or did (`confirmed`)."
    )
    text: str = Field(description="As one writes it; empty where there is none.")
    printed: str
    place: str = Field(description="Where it is printed.")
    reading: str
    note: str = Field(description="Why it was read so.")
    before: str = Field(description="What was read before somebody corrected it.")
    confirmed: str = Field(description="Who found the reading right.")


class CorrectionIn(Given):
    """A figure in place of one that was read; the unit is not guessed."""

    path: str = Field(max_length=400, pattern=TEXT)
    text: str = Field(max_length=400, pattern=TEXT, description="The figure as one writes it; ― for none.")


class ConfirmationIn(Given):
    """A figure whose reading is right."""

    path: str = Field(max_length=400, pattern=TEXT)


class StatedFact(BaseModel):
    """A fact as it is stated."""

    text: str
    reason: str | None
    by: str | None


class FactOut(BaseModel):
    """A fact that the rulebook asks for."""

    unit: str = Field(description="The key of the unit that it is of; empty for the sheet.")
    subject: str = Field(description="The name of that unit.")
    fact: str
    title: str
    judged: bool = Field(description="Whether it is a judgment, which needs a reason.")
    choices: list[str] = Field(description="What can be stated, best first; empty where it is no choice of few.")
    stated: StatedFact | None
    waits: bool = Field(description="Whether somebody has still to give it.")


class FactIn(Given):
    """A fact, such as a judgment with its reason; with an empty text it is taken away."""

    unit: str = Field("", max_length=400, pattern=TEXT)
    fact: str = Field(max_length=400, pattern=TEXT)
    text: str = Field(max_length=10_000, pattern=TEXT)
    reason: str = Field("", max_length=10_000, pattern=TEXT)
    by: str = Field("", max_length=60, pattern=TEXT, description="Whose judgment it is.")


class RulebookChoiceIn(Given):
    """The rulebook that a sheet is rated by."""

    rulebook: str = Field("", max_length=200, pattern=TEXT, description="Its id; empty for the one in force.")
    carry_over: bool = Field(False, description="Whether the one in force may be one whose last year is over.")


class RevisionOut(BaseModel):
    """A state of a sheet, and what made it."""

    number: int
    kind: str = Field(description="read, corrected, confirmed, judged or rulebook")
    subject: str = Field(description="The place of what changed.")
    before: str
    after: str
    reason: str
    account: str
    at: datetime


class PieceOut(BaseModel):
    """A line or cell that the file of a sheet prints, in the order of the file."""

    text: str
    page: int | None
    line: int | None
    cell: str | None
    part: str | None = Field(description="The worksheet or part of the file.")
    figures: list[str] = Field(description="The paths of the figures that were read in it.")


class OtherResults(BaseModel):
    """Answers as `hyotei rate --json` with `--reach`, `--keep` and `--certain` has them."""

    reach: list[dict[str, Any]] = Field(description="What would reach each result that is asked for.")
    keep: list[dict[str, Any]] = Field(description="What would lose the present results.")
    certain: dict[str, Any] | None = Field(description="Whether unknown figures could change the results.")


class OtherResultsOut(BaseModel):
    """The ways to another result of a state of a sheet, as far as they are."""

    sheet: UUID
    revision: int
    ended: bool = Field(description="Whether they are no longer looked for.")
    answers: OtherResults | None
    problems: list[str] = Field(description="Why there are none.")
