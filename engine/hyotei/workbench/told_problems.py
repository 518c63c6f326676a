"""Problems on their way between processes: as JSON, with what differs by language in both."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from hyotei.messages import LANGUAGES, Diagnostic, Language, Location, Param
from hyotei.messages.phrases import Text


class BilingualProblem(NamedTuple):
    """What is said of a file or sheet, in both languages; a child process writes it as an object of its fields."""

    severity: str
    ja: str
    en: str


def told(problem: Diagnostic) -> BilingualProblem:
    """A problem as a page says it."""
    return BilingualProblem(problem.severity, problem.text("ja", on_page=True), problem.text("en", on_page=True))


class _Both(Text):
    """Something that was told in both languages."""

    __slots__ = ("texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def text(self, language: Language) -> str:
        return self.texts[language]


def packed(problems: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Problems as JSON has them."""
    return [
        {
            "code": each.code,
            "location": asdict(each.location),
            "params": {name: _packed(value) for name, value in each.params.items()},
        }
        for each in problems
    ]


def _packed(value: Param) -> object:
    return {language: value.text(language) for language in LANGUAGES} if isinstance(value, Text) else value


def unpacked(data: Iterable[Mapping[str, Any]]) -> tuple[Diagnostic, ...]:
    """The same problems again."""
    return tuple(
        Diagnostic(
            each["code"],
            Location(**each["location"]),
            {name: _Both(value) if isinstance(value, dict) else value for name, value in each["params"].items()},
        )
        for each in data
    )
