"""The catalogue of messages: read once, when the first sentence is needed."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

Severity = Literal["error", "warning", "note"]
Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Message:
    """One entry: a stable code, how grave it is, and its sentence in two languages with `{placeholders}`."""

    code: str
    severity: Severity
    ja: str
    en: str

    def text(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en


@cache
def catalogue() -> dict[str, Message]:
    """All messages by code, from every file of `texts/`; a code that stands twice is a defect of the package."""
    # Most runs have nothing to say: what reads the texts is imported with the first sentence.
    import tomllib
    from importlib.resources import files

    messages: dict[str, Message] = {}
    texts = files("hyotei.messages") / "texts"
    for file in sorted(texts.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if code in messages:
                raise LookupError(f"message {code} stands twice in the catalogue")
            messages[code] = Message(code, entry["severity"], entry["ja"], entry["en"])
    return messages
