"""`hyotei sheet new`: an empty sheet in YAML, with a comment beside each key."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import lang_option

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command()
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    metavar="FILE.yaml",
    help="書き出す先（省略時は画面）。 / Where to write it; by default it is printed.",
)
@click.option("--force", is_flag=True, help="既にあるファイルに上書きする。 / Overwrite a file that is there.")
@lang_option
def new(out: Path | None, force: bool, lang: "Language") -> None:
    """説明の付いた空の評価書（YAML）を書く。 / Write an empty sheet in YAML with comments."""
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
    click.echo(f"{out}: 書きました" if lang == "ja" else f"{out}: written", err=True)
