"""What all commands share: languages, exit codes, messages on stderr, one JSON document on stdout."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hyotei.base.printable import visible
from hyotei.cli.live_bar import above_the_bar

if TYPE_CHECKING:
    from hyotei.document import Document, Span, Tone
    from hyotei.messages import Diagnostic, Language
    from hyotei.writers.terminal_lines import Line

DONE: Final = 0
ANSWER_IS_NO: Final = 1
INPUT_WRONG: Final = 2
INTERRUPTED: Final = 130

_COLOURS: Final = {"error": "red", "warning": "yellow", "note": "cyan"}
_STYLES: Final[dict[str, dict[str, object]]] = {
    "plain": {},
    "title": {"bold": True},
    "strong": {"bold": True, "fg": "green"},
    "good": {"fg": "green"},
    "bad": {"fg": "red"},
    "faint": {"dim": True},
}

_TONES: Final[dict["Tone", dict[str, object]]] = {
    "plain": {},
    "strong": {"bold": True},
    "good": {"fg": "green"},
    "bad": {"fg": "red"},
    "faint": {"dim": True},
}

_RULE: Final = 100
_NARROWEST: Final = 20
"""However far to the right a line begins, it has room for some words."""

Command = Callable[..., object]


LANGUAGES: Final = click.Choice(["ja", "en"])


def lang_option(command: Command) -> Command:
    """`--lang ja|en`, which may stand before the command as well."""
    option = click.option(
        "--lang",
        type=LANGUAGES,
        default="ja",
        envvar="HYOTEI_LANG",
        callback=_nearest,
        help="help.output.lang",
    )
    return option(command)


def _nearest(context: click.Context, option: click.Parameter, given: str) -> str:
    """The language that the command names, else the one that stands before it, else that of the environment."""
    before = context.find_root().params.get("lang")
    here = context.get_parameter_source(option.name or "") is click.core.ParameterSource.COMMANDLINE
    return given if here or before is None else str(before)


class OutputPath(click.Path):
    """A file to be written; that there is no folder for it is told before the work."""

    def __init__(self, dir_okay: bool = True) -> None:
        super().__init__(dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from hyotei.base.text_file import must_have_folder

        path = Path(super().convert(value, param, ctx))  # type: ignore[arg-type]  # a text, as `path_type` is a path
        must_have_folder(path)
        return path


def json_option(command: Command) -> Command:
    """`--json`"""
    option = click.option("--json", "as_json", is_flag=True, help="help.output.json")
    return option(command)


def tell(problems: "Iterable[Diagnostic]", language: "Language", where: str = "") -> None:
    """Writes problems to stderr, one line each; `where` follows the sentence."""
    from hyotei.messages import wording

    say = wording(language)
    for problem in problems:
        severity = problem.severity
        label = click.style(say.one_of("common.severity", severity), fg=_COLOURS[severity], bold=True)
        _write(f"{label}: {visible(problem.text(language) + where)}", err=True)


def fail(problems: "Iterable[Diagnostic]", arguments: Sequence[str]) -> int:
    """Tells why a command as a whole could not be done; where JSON was asked for, stdout gets a document too."""
    found = list(problems)
    language = asked_language(arguments)
    try:
        tell(found, language)
        if "--json" in arguments:
            write_json({"schema": "hyotei.failure/1", "problems": problems_data(found, language)})
    except OSError:
        pass  # Nobody is there to be told.
    return INPUT_WRONG


def asked_language(arguments: Sequence[str]) -> "Language":
    """The language asked for, as far as it can be seen without reading the command properly."""
    return "en" if _named_language(arguments) == "en" else "ja"


def help_language(arguments: Sequence[str]) -> "Language":
    """The language of help: as asked for, else that of the system (LC_ALL, LC_MESSAGES, LANG)."""
    named = _named_language(arguments)
    if not named:
        system = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        named = next(filter(None, system), "")[:2]
    return "en" if named == "en" else "ja"


def _named_language(arguments: Sequence[str]) -> str:
    """What `--lang` or the setting of Hyotei names; empty where neither does."""
    language = os.environ.get("HYOTEI_LANG", "")
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--lang":
            language = following
        elif argument.startswith("--lang="):
            language = argument.partition("=")[2]
    return language


def without_language(arguments: Sequence[str]) -> list[str]:
    """The arguments without `--lang` and its value."""
    found: list[str] = []
    skip = False
    for argument in arguments:
        if not skip and argument != "--lang" and not argument.startswith("--lang="):
            found.append(argument)
        skip = not skip and argument == "--lang"
    return found


def problems_data(problems: "Iterable[Diagnostic]", language: "Language") -> list[dict[str, object]]:
    """Problems as JSON data."""
    return [
        {
            "code": problem.code,
            "severity": problem.severity,
            "file": problem.location.file,
            "line": problem.location.line,
            "start": problem.location.start,
            "end": problem.location.end,
            "heading": problem.location.heading,
            "row": problem.location.row,
            "column": problem.location.column,
            # Of a workbook only: `評価区分!B7`.
            **({"cell": problem.location.cell} if problem.location.cell is not None else {}),
            "message": problem.message(language),
        }
        for problem in problems
    ]


def _write(text: str, *, err: bool = False) -> None:
    with above_the_bar():
        click.echo(text, err=err)


def columns() -> int | None:
    """How wide the terminal is that shows stdout; None where it is none, so that a pipe gets the same lines everywhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def write_json(data: object) -> None:
    """One JSON document on stdout."""
    _write(json.dumps(data, ensure_ascii=False, indent=2))


def _fitting(text: str) -> list[str]:
    """A line of stdout as the terminal has room for it: what does not fit stands below, further to the right."""
    from hyotei.base.display_width import display_width
    from hyotei.base.line_breaking import fold

    room = columns()
    if room is None or display_width(text) <= room:
        return [text]
    lead = text[: len(text) - len(text.lstrip(" "))]
    below = lead + " " * 4
    first, *others = fold(text.lstrip(" "), max(_NARROWEST, room - len(below)), max(_NARROWEST, room - len(lead)))
    return [lead + first, *(below + line for line in others)]


def print_line(text: str = "", *, err: bool = False) -> None:
    """One line on stdout, or on stderr; what in it came from outside can neither end it nor hide or move anything."""
    for line in [visible(text)] if err else _fitting(visible(text)):
        _write(line, err=err)


def styled(lines: "Iterable[tuple[str, str]]") -> None:
    """Lines with their styles; click leaves the colours out where stdout is no terminal."""
    for style, text in lines:
        options = _STYLES[style]
        for line in _fitting(visible(text)):
            _write(click.style(line, **options) if options and line else line)  # type: ignore[arg-type]  # the styles above


def print_document(document: "Document") -> None:
    """A document on stdout; click leaves the colours out where that is no terminal."""
    from hyotei.writers.terminal import document_lines

    print_runs(document_lines(document, columns()))


def print_rule() -> None:
    """A line across the terminal, between two documents."""
    print_line()
    print_line("─" * min(_RULE, columns() or _RULE))
    print_line()


def print_runs(lines: "Iterable[Line]") -> None:
    """Lines of a document on stdout, each run in its tone."""
    for line in lines:
        _write("".join(_run(span) for span in line))


def _run(span: "Span") -> str:
    options = _TONES[span.tone]
    return click.style(span.text, **options) if options else span.text  # type: ignore[arg-type]  # the tones above
