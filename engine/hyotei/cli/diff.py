"""`hyotei diff`: what an edit of a rulebook changes, by meaning."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, json_option, lang_option, styled, tell, write_json

if TYPE_CHECKING:
    from hyotei.messages import Language


def _schema(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from hyotei.base.extras import need

        need("proof")
        from hyotei.base.result_json import result_schema
        from hyotei.compare.model import SCHEMA, RulebookDiff

        write_json(result_schema(RulebookDiff, SCHEMA))
        context.exit()


@click.command(help="help.diff.command")
@click.argument("old")
@click.argument("new")
@click.option(
    "--html",
    "html_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="help.diff.html",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="help.diff.timeout",
)
@click.option(
    "--schema",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_schema,
    help="help.diff.schema",
)
@json_option
@lang_option
def diff(old: str, new: str, html_file: Path | None, timeout: float, as_json: bool, lang: "Language") -> None:
    """Compares two rulebooks by meaning.

    OLD and NEW are an id, a path, `git:REV` (the file of the other one in that revision) or `git:REV:PATH`.
    """
    from hyotei.base.extras import need
    from hyotei.base.result_json import result_data

    need("proof")
    from hyotei.compare.load_revision import load_revision
    from hyotei.proof.diff.diff import diff as compare

    before, after = load_revision(old, new), load_revision(new, old)
    tell(after.warnings, lang)
    found = compare(before, after, timeout)
    if html_file is not None:
        from hyotei.base.text_file import write_text
        from hyotei.report.diff_html import diff_html

        write_text(html_file, diff_html(found, lang))
    if as_json:
        write_json(result_data(found, lang))
    elif html_file is None:
        from hyotei.report.diff_text import diff_text

        styled(diff_text(found, lang))
    if found.defects:
        tell(found.defects, lang)
        raise click.exceptions.Exit(INPUT_WRONG)
    if found.status != "same":
        raise click.exceptions.Exit(ANSWER_IS_NO)
