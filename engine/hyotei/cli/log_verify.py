"""`hyotei log verify`: whether the chain of the log of a workbench is whole."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import ANSWER_IS_NO, json_option, lang_option, print_line, problems_data, tell, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.log_verify.command")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--expect", default="", metavar="HASH", help="help.log_verify.expect")
@json_option
@lang_option
def verify(file: Path, expect: str, as_json: bool, lang: "Language") -> None:
    """Verifies an exported log; it needs no workbench."""
    from hyotei.base.text_file import read_text
    from hyotei.messages import Diagnostic
    from hyotei.workbench.log_chain import FIRST, breaks, exported

    entries = exported(read_text(file))
    last = entries[-1].hash if entries else FIRST
    problems = []
    broken = list(breaks(entries))
    if broken:
        problems.append(Diagnostic("HY024", params={"numbers": ", ".join(map(str, broken))}))
    if expect and expect not in (FIRST, *(each.hash for each in entries)):
        problems.append(Diagnostic("HY025", params={"expected": expect, "found": last}))
    if as_json:
        told = problems_data(problems, lang)
        write_json(
            {"schema": "hyotei.log/1", "entries": len(entries), "last": last, "whole": not problems, "problems": told}
        )
    else:
        tell(problems, lang)
        if not problems:
            print_line(wording(lang)("workbench.log.sound", count=len(entries), hash=last))
    if problems:
        raise click.exceptions.Exit(ANSWER_IS_NO)
