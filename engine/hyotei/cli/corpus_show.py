"""`hyotei corpus show`: one sheet of a corpus."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import json_option, lang_option, styled

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command("show", help="help.corpus_show.command")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("key")
@json_option
@lang_option
def show(folder: Path, key: str, as_json: bool, lang: "Language") -> None:
    """One sheet, as hyotei read --report shows it."""
    from hyotei.corpus.corpus import Corpus
    from hyotei.messages import Diagnostic, HyoteiError, phrase
    from hyotei.report.reading_text import reading_text

    with Corpus.open(folder) as corpus:
        try:
            sheet = corpus.sheet(key)
        except KeyError:
            near = corpus.near(key)
            listed = ", ".join(near[:5])
            hint = phrase("corpus.near_keys", keys=listed) if near else ""
            raise HyoteiError(Diagnostic("HY957", params={"key": key[:80], "hint": hint})) from None
    if as_json:
        click.echo(sheet.model_dump_json(by_alias=True, indent=2))
        return
    styled(reading_text(sheet, (), lang))
