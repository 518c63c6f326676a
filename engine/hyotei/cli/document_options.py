"""`-o FILE`, `--html FILE`, `--xlsx FILE`: the files that a command writes its result to as documents."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hyotei.cli.output import OutputPath, print_line

if TYPE_CHECKING:
    from hyotei.document import Document

Command = Callable[..., object]

ON_A_TERMINAL: Final = 20
"""Rows of a long list on a terminal at most."""
_ROWS: Final = {".html": 1_000, ".xlsx": None}
_ROWS_OF_A_TEXT: Final = 200
"""Rows of a long list at most: a workbook has all, a page many, a text that goes on paper some."""


def document_options(command: Command) -> Command:
    """The three options, which reach the command as one `files`."""

    @wraps(command)
    def called(
        *arguments: object, out: tuple[Path, ...], html_file: Path | None, xlsx_file: Path | None, **options: object
    ) -> object:
        from hyotei.writers.files import format_of

        files = [(path, format_of(path)) for path in out]
        files += [(path, suffix) for path, suffix in ((html_file, ".html"), (xlsx_file, ".xlsx")) if path is not None]
        return command(*arguments, files=files, **options)

    file = OutputPath(dir_okay=False)
    decorated = click.option("--xlsx", "xlsx_file", type=file, metavar="FILE", help="help.document.xlsx")(called)
    decorated = click.option("--html", "html_file", type=file, metavar="FILE", help="help.document.html")(decorated)
    return click.option(
        "-o",
        "--out",
        multiple=True,
        type=file,
        metavar="FILE",
        help="help.document.out",
    )(decorated)


def write_documents(files: list[tuple[Path, str]], build: "Callable[[int | None], Document]") -> None:
    """Writes the files and tells each; `build` makes the document with at most so many rows in a long list.

    Raises:
        HyoteiError: what writes a file is not installed (HY902), or it cannot be written (HY108, HY886).
    """
    from hyotei.messages import wording
    from hyotei.writers.files import write

    for path, suffix in files:
        document = build(_ROWS.get(suffix, _ROWS_OF_A_TEXT))
        write(document, path, suffix)
        print_line(wording(document.language)("cli.written", file=path), err=True)
