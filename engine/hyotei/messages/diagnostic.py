"""A problem as data: code, place and parameters; sentences and layouts are views of it."""

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.messages.catalogue import Severity, problem
from hyotei.messages.phrases import Text, filled, wording
from hyotei.messages.text_files import Language

_MOST_OF_VALUE: Final = 700
_MOST_OF_PLACE: Final = 100
"""Characters of a value, and of a part of a place, that a sentence shows: what comes out of a document may be as long as that."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where a problem is.

    Lines count from 1; `start` and `end` are characters of the line, from 1, `end` exclusive. `cell` is a cell of a workbook, such
    as `評価区分!B7`, and stands in place of all others but the file.
    """

    file: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    heading: str | None = None
    row: str | None = None
    column: str | None = None
    cell: str | None = None

    def text(self, language: Language = "ja") -> str:
        """The place in words: `rulebook.md:12:5 （測定指標の判定、行 3、列 attainment）`."""
        if self.cell is not None:
            return " ".join(part for part in (self.file, _cut(self.cell, _MOST_OF_PLACE)) if part)
        position = ":".join(str(part) for part in (self.file, self.line, self.start) if part is not None)
        say = wording(language)
        inside = [_cut(self.heading, _MOST_OF_PLACE)] if self.heading else []
        inside += [say("common.place.row", row=_cut(self.row, _MOST_OF_PLACE))] if self.row else []
        inside += [say("common.place.column", column=_cut(self.column, _MOST_OF_PLACE))] if self.column else []
        return say("common.place.inside", place=position, inside=say.listed(inside)) if inside else position


NOWHERE = Location()

Param = str | int | Text
"""What may stand in a place of the sentence of a problem."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    `code` is a key of the catalogue; `params` fill the placeholders of its sentence. One that differs by language is a `Text`.
    """

    code: str
    location: Location = NOWHERE
    params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return problem(self.code).severity

    def message(self, language: Language = "ja", *, on_page: bool = False) -> str:
        """The sentence: what is wrong and how to mend it, by a command or on a page of the workbench."""
        told = {
            name: value if isinstance(value, int) else _cut(value if isinstance(value, str) else value.text(language))
            for name, value in self.params.items()
        }
        return filled(problem(self.code).text(language, on_page), told, language)

    def text(self, language: Language = "ja", *, on_page: bool = False) -> str:
        """One line for a person: place, code, sentence."""
        place = self.location.text(language)
        sentence = f"{self.code} {self.message(language, on_page=on_page)}"
        return f"{place}: {sentence}" if place else sentence


def _cut(text: str, most: int = _MOST_OF_VALUE) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


class HyoteiError(Exception):
    """A request that cannot be answered, with every problem that stands in its way.

    `diagnostics` is never empty and is ordered as found. `str(error)` is Japanese; use `Diagnostic.text("en")` for English.
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics: tuple[Diagnostic, ...] = diagnostics

    def __str__(self) -> str:
        return "\n".join(diagnostic.text("ja") for diagnostic in self.diagnostics)
