"""The problems among the texts: what is said when something is wrong, each under a stable code."""

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from typing import Literal, cast

from hyotei.lazy_dataclass import dataclass
from hyotei.messages.text_files import Language, entries, entry, subjects, written

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Message:
    """One problem: a stable code, how grave it is, and its sentence in two languages with `{placeholders}`.

    `page` has other sentences for pages, where those name what only a command has.
    """

    code: str
    severity: Severity
    ja: str
    en: str
    page: Mapping[Language, str] = field(default_factory=dict)

    def text(self, language: Language, on_page: bool = False) -> str:
        own = self.en if language == "en" else self.ja
        return self.page.get(language, own) if on_page else own


@cache
def problem(code: str) -> Message:
    """The problem with a code; only its part of the file that holds it is parsed."""
    heading = f"[{code}]\n"
    for subject in subjects():
        if heading in written(subject):
            found = entry(subject, code)
            return Message(code, cast(Severity, found.severity), found.ja, found.en, found.page)
    raise LookupError(f"there is no message {code}")


def catalogue() -> dict[str, Message]:
    """All problems by code; a code that stands twice is a defect of the package."""
    messages: dict[str, Message] = {}
    for subject in subjects():
        for code, each in entries(subject).items():
            if each.severity:
                if code in messages:
                    raise LookupError(f"message {code} stands twice in the catalogue")
                messages[code] = problem(code)
    return messages
