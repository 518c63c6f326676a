"""Help in one language: commands and options hold keys of the catalogue, and a person is shown the texts."""

import copy
import re
from collections.abc import Iterable
from typing import Final

import click

from hyotei.base.display_width import display_width, pad
from hyotei.base.line_breaking import fold
from hyotei.messages import Language, wording

_HELP: Final = "help."
_HEADINGS: Final = ("help.click.options", "help.click.commands")
_USAGE: Final = ("help.click.option_places", "help.click.command_place", "help.click.argument_places")
_EXTRA: Final = ("help.click.default", "help.click.required", "help.click.help")
"""What click itself says, in English."""


def text_in(text: str, language: Language) -> str:
    """The text of a key of the catalogue in a language; any other text as it is."""
    return wording(language)(text) if text.startswith(_HELP) else text


def _in_japanese(text: str, keys: Iterable[str]) -> str:
    for key in keys:
        text = text.replace(wording("en")(key), wording("ja")(key))
    return text


class _JapaneseFormatter(click.HelpFormatter):
    """The frame of help in Japanese, whose lines are folded by columns; click counts characters, and folds at spaces."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _in_japanese(args, _USAGE), prefix or wording("ja")("help.click.usage"))

    def write_heading(self, heading: str) -> None:
        super().write_heading(_in_japanese(heading, _HEADINGS))

    def write_text(self, text: str) -> None:
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write_paragraph()
            self._folded("", self.current_indent, _one_line(paragraph))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        told = [(name, _in_japanese(_one_line(text), _EXTRA)) for name, text in rows]
        widest = min(max((display_width(name) for name, _ in told), default=0), col_max)
        for name, text in told:
            lead = " " * self.current_indent + name
            if display_width(name) > widest:
                self.write(f"{lead}\n")
                lead = ""
            self._folded(lead, self.current_indent + widest + col_spacing, text)

    def _folded(self, lead: str, indent: int, text: str) -> None:
        """Writes a text from a column on, the first line after a lead."""
        for line in fold(text, self.width - indent):
            self.write(f"{pad(lead, indent)}{line}".rstrip() + "\n")
            lead = ""


class _JapaneseContext(click.Context):
    formatter_class = _JapaneseFormatter


_CONTEXTS: Final[dict[Language, type[click.Context]]] = {"ja": _JapaneseContext, "en": click.Context}


def _one_line(paragraph: str) -> str:
    """A paragraph without its line ends, which stand for a space between Latin letters only."""
    return re.sub(r"(?<=[!-~])\n(?=[!-~])", " ", paragraph.strip()).replace("\n", "")


def _first_sentence(text: str) -> str:
    paragraph = text.strip().partition("\n\n")[0]
    return re.split(r"(?<=。)|(?<=\.)\s", paragraph, maxsplit=1)[0]


def in_language(command: click.Command, language: Language) -> click.Command:
    """A command whose help is in one language; the command itself stays as it is."""
    found = copy.copy(command)
    for name in ("help", "short_help"):
        text = getattr(found, name)
        if text:
            setattr(found, name, text_in(text, language))
    if found.help and not found.short_help:
        # click cuts a sentence at a space, of which Japanese has few.
        found.short_help = _first_sentence(found.help)
    found.params = [copy.copy(each) for each in command.params]
    for each in found.params:
        if isinstance(each, click.Option) and each.help:
            each.help = text_in(each.help, language)
    found.context_class = _CONTEXTS[language]
    return found
