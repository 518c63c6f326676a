"""What the user says of the sheets that are read, in place of what they print: authority, evaluated year, title, identifier.

A format that finds the identity of a sheet in its text asks for it while it reads (`Document.given`), because figures are read by
the evaluated year. In the sheets of any other format it is put afterwards. Whatever differs from what was printed is told.
"""

from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location, Param
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import Sheet, Source
from hyotei.sheet.notes import reading_note

OPTIONS: Final = {"id": "--id", "title": "--title", "authority": "--authority", "fiscal_year": "--fiscal-year"}
"""The option of a command by the field of a sheet that it gives."""


@dataclass(frozen=True, slots=True)
class GivenIdentity:
    """The identity that the user gave; None for what is to be read.

    Attributes:
        id: identifier of the sheet.
        title: title of the policy.
        authority: evaluating authority.
        fiscal_year: evaluated fiscal year, as a Western year.
        form: id or path of the form by which documents are read.
    """

    id: str | None = None
    title: str | None = None
    authority: str | None = None
    fiscal_year: int | None = None
    form: str | None = None

    @property
    def values(self) -> dict[str, str]:
        """What was given, as a person writes it, by the field of the sheet."""
        year = None if self.fiscal_year is None else print_fiscal_year(self.fiscal_year)
        every = {"id": self.id, "title": self.title, "authority": self.authority, "fiscal_year": year}
        return {name: value for name, value in every.items() if value is not None}

    def put(self, sheet: Sheet, file: str | None) -> tuple[Sheet, tuple[Diagnostic, ...]]:
        """The sheet under what was given, and what is to be said of it.

        The evaluated year of a sheet that was read already stays: its figures are those of that year. A different one is told.
        """
        problems: list[Diagnostic] = []
        fields: dict[str, object] = {}
        sources: dict[str, Source] = {}
        for name in ("id", "title", "authority"):
            value, read = getattr(self, name), getattr(sheet, name)
            if value is not None and value != read:
                fields[name] = value
                sources[name] = given_source(name, value, file)
                problems.append(self.instead(name, read, file))
        if self.fiscal_year is not None and self.fiscal_year != sheet.fiscal_year:
            params: dict[str, Param] = {
                "given": print_fiscal_year(self.fiscal_year), "read": print_fiscal_year(sheet.fiscal_year),
            }  # fmt: skip
            problems.append(Diagnostic("HY822", Location(file, heading=sheet.id), params))
        if not fields:
            return sheet, tuple(problems)
        return sheet.model_copy(update={**fields, "identity": sheet.identity.model_copy(update=sources)}), tuple(
            problems
        )

    def instead(self, name: str, read: str, file: str | None) -> Diagnostic:
        """That a given value is used in place of the one that was read."""
        params: dict[str, Param] = {
            "option": OPTIONS[name], "value": self.values[name][:60], "read": read[:60],
        }  # fmt: skip
        return Diagnostic("HY821", Location(file), params)


def given_source(field: str, value: str, file: str | None) -> Source:
    """Where a value comes from that the user gave."""
    return Source(text=value, file=file, place=OPTIONS[field], notes=reading_note("reading_notes.given"))


NOTHING: Final = GivenIdentity()
"""Everything is read from the sheets."""
