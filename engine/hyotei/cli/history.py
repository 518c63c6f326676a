"""`hyotei history KEY SOURCES`: a programme over the years."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_document, print_rule, write_json
from hyotei.cli.sheet_sources import SheetReading

if TYPE_CHECKING:
    from hyotei.messages import Language
    from hyotei.sheet import Sheet


@click.command(help="help.history.command")
@click.argument("key", metavar="KEY")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "as_", metavar="FORMAT", help="help.history.as")
@json_option
@lang_option
def history(key: str, sources: tuple[Path, ...], as_: str | None, as_json: bool, lang: "Language") -> None:
    """Shows the programme KEY (identifier or number of one of its sheets, or its title) over the years."""
    from hyotei.audit.programme_history import history as history_of
    from hyotei.audit.programme_history import meant, programmes
    from hyotei.audit.programme_year import programme_of
    from hyotei.base.result_json import result_data
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.intake.given_identity import NOTHING
    from hyotei.messages import Diagnostic, HyoteiError, phrase
    from hyotei.report.history_document import history_document

    how = ReadingOptions(as_, NOTHING)
    reading = SheetReading(sources, how, lang)
    wanted = {programme_of(sheet.authority, sheet.title) for sheet in reading if meant(sheet, key)}
    if not wanted:
        if not reading.failed:
            raise HyoteiError(Diagnostic("HY980", params={"wanted": key, "known": phrase("cli.audit.no_programme")}))
        raise click.exceptions.Exit(INPUT_WRONG)
    # Read again, so that no sheet of other programmes is held.
    again = SheetReading(sources, how, lang, again=True)
    held: list[Sheet] = [sheet for sheet in again if programme_of(sheet.authority, sheet.title) in wanted]
    found = [history_of(sheets, lang) for sheets in programmes(held).values()]
    if as_json:
        write_json({"schema": "hyotei.history/1", "programmes": [result_data(each) for each in found]})
        return
    for number, each in enumerate(found):
        if number:
            print_rule()
        print_document(history_document(each, lang))
