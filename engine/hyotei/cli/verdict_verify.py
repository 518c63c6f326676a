"""`hyotei verdict verify`: derives the verdicts that a workbench keeps anew, and compares them byte for byte."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import ANSWER_IS_NO, json_option, lang_option, print_line, problems_data, tell, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.verdict_verify.command")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("hyotei-data"),
    show_default=True,
    metavar="DIR",
    help="help.serve.data",
)
@click.option("--db", "database", default="", envvar="HYOTEI_DB", metavar="URL", help="help.serve.db")
@json_option
@lang_option
def verify(data: Path, database: str, as_json: bool, lang: "Language") -> None:
    """Derives every stored verdict again."""
    from hyotei.base.extras import need
    from hyotei.messages import Diagnostic

    need("workbench")
    from hyotei.workbench.options import Options
    from hyotei.workbench.serve import prepare

    options = Options(data, database=database)
    options.require_database()
    prepare(options)
    from hyotei.workbench.verdicts import unsound

    count, found = unsound()
    problems = [Diagnostic("HY027", params={"key": str(each.key), "version": each.version}) for each in found]
    if as_json:
        told = problems_data(problems, lang)
        write_json({"schema": "hyotei.verification/1", "verdicts": count, "sound": not problems, "problems": told})
    else:
        tell(problems, lang)
        if not problems:
            print_line(wording(lang)("workbench.log.verdicts_sound", count=count))
    if problems:
        raise click.exceptions.Exit(ANSWER_IS_NO)
