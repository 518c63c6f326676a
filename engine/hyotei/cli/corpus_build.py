"""`hyotei corpus build`: sheets of any format into a corpus."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import (
    INPUT_WRONG,
    INTERRUPTED,
    json_option,
    lang_option,
    print_line,
    problems_data,
    tell,
    write_json,
)
from hyotei.cli.reading_options import reading_options

if TYPE_CHECKING:
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.corpus.build import Built
    from hyotei.messages import Language
    from hyotei.readers.reader import Found


@click.command("build", help="help.corpus_build.command")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="help.corpus_build.output",
)
@click.option(
    "--append",
    is_flag=True,
    help="help.corpus_build.append",
)
@reading_options
@json_option
@lang_option
def build_corpus(
    sources: tuple[Path, ...], folder: Path, append: bool, how: "ReadingOptions", as_json: bool, lang: "Language"
) -> None:
    """Reads sheets into a corpus. Whatever happens on the way, a corpus that was there stands."""
    from hyotei.base.extras import need
    from hyotei.cli.reading_progress import progress
    from hyotei.cli.sheet_problems import Telling
    from hyotei.messages import wording

    need("columnar", "pyarrow")
    from hyotei.corpus.build import build

    telling = Telling(lang)
    try:
        with progress(sources, lang) as watch:

            def told(found: "Found") -> None:
                watch.sheet()
                telling.tell(each for each in found.problems if each.severity != "note")

            built = build(sources, folder, append=append, as_=how.as_, given=how.given, watch=watch.bytes, told=told)
    except KeyboardInterrupt:
        print_line(wording(lang)("corpus.build.interrupted"), err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    telling.end()
    tell(built.problems, lang)
    if as_json:
        write_json(_data(folder, built, lang))
    else:
        for each in _text(folder, built, lang):
            print_line(each)
    if built.failed:
        raise click.exceptions.Exit(INPUT_WRONG)


def _text(folder: Path, built: "Built", language: "Language") -> list[str]:
    from hyotei.messages import wording

    say = wording(language)
    manifest = built.manifest
    return [
        say("corpus.build.size", folder=folder, sheets=manifest.sheets, megabytes=manifest.bytes / 1e6),
        say("corpus.build.sources", read=built.read, kept=built.kept),
        say("corpus.build.sheets", read=built.sheets, failed=built.failed),
        say("corpus.build.hash", hash=manifest.hash),
    ]


def _data(folder: Path, built: "Built", language: "Language") -> dict[str, object]:
    return {
        "schema": "hyotei.corpus-built/1",
        "corpus": str(folder),
        "hash": built.manifest.hash,
        "sheets": built.manifest.sheets,
        "bytes": built.manifest.bytes,
        "sources_read": built.read,
        "sources_unchanged": built.kept,
        "sheets_read": built.sheets,
        "failed": built.failed,
        "problems": problems_data(built.problems, language),
    }
