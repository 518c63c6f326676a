"""What is told of many sheets: problems as they are found, what is the same on many lines once, and how many there were of each."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from hyotei.cli.output import tell

if TYPE_CHECKING:
    from pathlib import Path

    from hyotei.messages import Diagnostic, Language
    from hyotei.readers.reader import Found

_LINES: Final = 3
"""How many lines of a sentence that many have are named."""
_PATHS: Final = 5
"""How many of the places without a sheet are named."""
LEFT_OUT: Final = frozenset(("HY806", "HY834", "HY878"))
"""What is said of a file that holds no sheets at all."""


@dataclass
class _Repeated:
    """A sentence that lines of a file have in common: the first of them, and how many there are."""

    first: "Diagnostic"
    lines: list[int] = field(default_factory=list)
    count: int = 0


class Telling:
    """Tells the problems of one run on stderr.

    A note or warning that says the same of every line, such as HY816, or HY815 of one field, waits for the end and is told once a
    file, with the number of lines and the first ones. Everything else is told at once.
    """

    def __init__(self, language: "Language") -> None:
        self._language = language
        self._repeated: dict[tuple[str, str | None, tuple[tuple[str, object], ...]], _Repeated] = {}

    def tell(self, problems: "Iterable[Diagnostic]") -> None:
        tell((each for each in problems if not self._held(each)), self._language)

    def _held(self, problem: "Diagnostic") -> bool:
        line = problem.location.line
        if problem.severity == "error" or line is None:
            return False
        key = problem.code, problem.location.file, tuple(sorted(problem.params.items()))
        same = self._repeated.setdefault(key, _Repeated(problem))
        same.count += 1
        if line not in same.lines and len(same.lines) < _LINES:
            same.lines.append(line)
        return True

    def end(self) -> None:
        """Tells what was held back."""
        for same in self._repeated.values():
            if same.count == 1:
                tell([same.first], self._language)
                continue
            from hyotei.messages import Location

            tell([replace(same.first, location=Location(same.first.location.file))], self._language, self._where(same))
        self._repeated.clear()

    def _where(self, same: _Repeated) -> str:
        from hyotei.messages import wording

        say = wording(self._language)
        lines = say.listed(f"{line:,}" for line in same.lines)
        key = "cli.repeated.more" if same.count > len(same.lines) else "cli.repeated.all"
        return say(key, count=same.count, lines=lines)


def no_sheets(paths: "Iterable[Path]") -> "Diagnostic":
    """That there is no sheet at the paths, with all that could be read there."""
    from hyotei.intake.file_names import shown_name
    from hyotei.messages import Diagnostic, Listed, phrase
    from hyotei.readers.registry import registry

    shown = [shown_name(str(path)) for path in paths]
    named = Listed((*shown[:_PATHS], *([phrase("common.list.more")] if len(shown) > _PATHS else ())))
    return Diagnostic("HY701", params={"paths": named, "formats": registry().in_words})


class Counts:
    """How many sheets were read, of these with warnings and with notes, how many failed, and how many files were left out."""

    def __init__(self) -> None:
        self.read = self.warned = self.noted = self.failed = self.left = 0

    def add(self, found: "Found") -> None:
        severities = {problem.severity for problem in found.problems}
        if found.sheet is not None:
            self.read += 1
            self.warned += bool(severities & {"error", "warning"})
            self.noted += "note" in severities
        elif "error" in severities:
            self.failed += 1
        elif any(problem.code in LEFT_OUT for problem in found.problems):
            self.left += 1

    def text(self, language: "Language", interrupted: bool) -> str:
        from hyotei.messages import wording

        say = wording(language)
        said = say(
            "cli.counts", read=self.read, warned=self.warned, noted=self.noted, failed=self.failed, left=self.left
        )
        return say("cli.interrupted", said=said) if interrupted else said
