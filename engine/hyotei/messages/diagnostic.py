"""A problem as data: code, place and parameters; sentences and layouts are views of it."""

from dataclasses import dataclass, field

from hyotei.messages.catalogue import Language, Severity, catalogue


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where a problem is.

    Lines count from 1; `start` and `end` are characters of the line, from 1, `end` exclusive.
    """

    file: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    heading: str | None = None
    row: str | None = None
    column: str | None = None

    def text(self, language: Language = "ja") -> str:
        """The place in words: `rulebook.md:12:5 （測定指標の判定、行 3、列 attainment）`."""
        position = ":".join(str(part) for part in (self.file, self.line, self.start) if part is not None)
        labels = ("行 {}", "列 {}") if language == "ja" else ("row {}", "column {}")
        inside = [self.heading] if self.heading else []
        inside += [labels[0].format(self.row)] if self.row else []
        inside += [labels[1].format(self.column)] if self.column else []
        if not inside:
            return position
        joined = "、".join(inside) if language == "ja" else ", ".join(inside)
        return f"{position} （{joined}）" if language == "ja" else f"{position} ({joined})"


NOWHERE = Location()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    `code` is a key of the catalogue; `params` fill the placeholders of its sentence and are already text. A parameter
    that differs by language is given as a pair (Japanese, English).
    """

    code: str
    location: Location = NOWHERE
    params: dict[str, str | tuple[str, str]] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return catalogue()[self.code].severity

    def message(self, language: Language = "ja") -> str:
        """The sentence: what is wrong and how to mend it."""
        chosen = {
            name: value if isinstance(value, str) else value[0 if language == "ja" else 1]
            for name, value in self.params.items()
        }
        return catalogue()[self.code].text(language).format(**chosen)

    def text(self, language: Language = "ja") -> str:
        """One line for a person: place, code, sentence."""
        place = self.location.text(language)
        sentence = f"{self.code} {self.message(language)}"
        return f"{place}: {sentence}" if place else sentence


class HyoteiError(Exception):
    """A request that cannot be answered, with every problem that stands in its way.

    `diagnostics` is never empty and is ordered as found. `str(error)` is Japanese; use `Diagnostic.text("en")` for English.
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics: tuple[Diagnostic, ...] = diagnostics

    def __str__(self) -> str:
        return "\n".join(diagnostic.text("ja") for diagnostic in self.diagnostics)
