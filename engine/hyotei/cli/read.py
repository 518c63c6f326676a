"""`hyotei read`: sheets out of files, folders and zips of any known format, to be corrected, kept or handed on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, OutputPath, json_option, lang_option, print_line, styled, tell
from hyotei.cli.reading_options import reading_options
from hyotei.cli.reading_progress import progress

if TYPE_CHECKING:
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.messages import Language

INTERRUPTED = 130


@click.command(help="help.read.command")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@click.option(
    "-o",
    "--output",
    "out",
    type=OutputPath(),
    metavar="OUT",
    help="help.read.output",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="help.read.timeout",
)
@click.option("--report", is_flag=True, help="help.read.report")
@json_option
@lang_option
def read(
    paths: tuple[Path, ...],
    how: "ReadingOptions",
    out: Path | None,
    timeout: float,
    report: bool,
    as_json: bool,
    lang: "Language",
) -> None:
    """Reads sheets from files, folders and zips."""
    from hyotei.cli.read_output import writer_for
    from hyotei.cli.sheet_problems import Counts, Telling, no_sheets
    from hyotei.readers.sheets_of_paths import read_sheets
    from hyotei.report.reading_text import one_line, reading_text

    counts, telling = Counts(), Telling(lang)
    interrupted = False
    with writer_for(out, as_json) as write, progress(paths, lang) as watch:
        found = read_sheets(paths, how.as_, given=how.given, watch=watch.bytes, timeout=timeout)
        try:
            for each in found:
                counts.add(each)
                watch.sheet()
                telling.tell(each.problems)
                if each.sheet is None:
                    continue
                if write is not None:
                    write(each.sheet)
                if report:
                    styled(reading_text(each.sheet, each.problems, lang))
                elif write is None:
                    print_line(one_line(each.sheet, lang))
        except KeyboardInterrupt:
            # What was read so far is written and counted like any other result.
            interrupted = True
    telling.end()
    if not counts.read and not counts.failed and not interrupted:
        tell([no_sheets(paths)], lang)
    print_line(counts.text(lang, interrupted), err=True)
    if interrupted:
        raise click.exceptions.Exit(INTERRUPTED)
    if counts.failed or not counts.read:
        raise click.exceptions.Exit(INPUT_WRONG)
