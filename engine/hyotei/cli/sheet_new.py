"""`hyotei sheet new`: an empty sheet in YAML, with a comment beside each key."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import OutputPath, lang_option
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.sheet_new.command")
@click.option(
    "-o",
    "--output",
    "out",
    type=OutputPath(),
    metavar="FILE.yaml",
    help="help.sheet_new.output",
)
@click.option("--force", is_flag=True, help="help.sheet_new.force")
@lang_option
def new(out: Path | None, force: bool, lang: "Language") -> None:
    """Write an empty sheet in YAML with comments."""
    from hyotei.base.text_file import write_text
    from hyotei.messages import Diagnostic, HyoteiError
    from hyotei.sheet_writers.blank_sheet import blank_sheet

    text = blank_sheet(lang)
    if out is None:
        click.echo(text, nl=False)
        return
    if out.exists() and not force:
        raise HyoteiError(Diagnostic("HY847", params={"path": str(out)}))
    write_text(out, text)
    click.echo(wording(lang)("cli.written", file=out), err=True)
