"""Help in one language: texts of commands and options are written in both, and a person is shown theirs."""

import copy
import re
from collections.abc import Iterable
from typing import Final

import click

from hyotei.messages import Language

_KANA: Final = re.compile("[ぁ-んァ-ヶ]")
_BETWEEN: Final = " / "
_HEADINGS: Final = {"Options": "オプション", "Commands": "コマンド"}
_USAGE: Final = (("[OPTIONS]", "[オプション]"), ("COMMAND", "コマンド"), ("[ARGS]...", "[引数]..."))
_EXTRA: Final = (
    ("[default: ", "[省略時: "),
    ("required]", "必須]"),
    ("Show this message and exit.", "この説明を示して終わる。"),
)
"""What click itself says of options."""


def text_in(text: str, language: Language) -> str:
    """The part of a text that is in a language; all of it where it is in one only.

    Japanese comes first: before ` / ` within a line, or as paragraphs before those in English.
    """
    parts = text.split("\n\n")
    own = [part for part in parts if (_KANA.search(_first(part, "en")) is not None) is (language == "ja")]
    chosen = own if len(parts) > 1 and own else parts
    return "\n\n".join(_first(part, language) for part in chosen)


def _first(text: str, language: Language) -> str:
    """One line or paragraph: what stands before or after the stroke between the languages."""
    at = text.find(_BETWEEN)
    while at >= 0:
        ja, en = text[:at], text[at + len(_BETWEEN) :]
        if _KANA.search(ja) and not _KANA.search(en):
            return ja if language == "ja" else en
        at = text.find(_BETWEEN, at + 1)
    return text


class _JapaneseFormatter(click.HelpFormatter):
    """The frame of help in Japanese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, japanese in _USAGE:
            args = args.replace(english, japanese)
        super().write_usage(prog, args, prefix or "使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        shown = []
        for name, text in rows:
            for english, japanese in _EXTRA:
                text = text.replace(english, japanese)
            shown.append((name, text))
        super().write_dl(shown, col_max, col_spacing)


class _JapaneseContext(click.Context):
    formatter_class = _JapaneseFormatter


def in_language(command: click.Command, language: Language) -> click.Command:
    """A command whose help is in one language; the command itself stays as it is."""
    found = copy.copy(command)
    for name in ("help", "short_help"):
        text = getattr(found, name)
        if text:
            setattr(found, name, text_in(text, language))
    found.params = [copy.copy(each) for each in command.params]
    for each in found.params:
        if isinstance(each, click.Option) and each.help:
            each.help = text_in(each.help, language)
    if language == "ja":
        found.context_class = _JapaneseContext
    return found
