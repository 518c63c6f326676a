"""`hyotei diff`: what an edit of a rulebook changes, by meaning."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.document_options import document_options, write_documents
from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, json_option, lang_option, print_document, tell, write_json

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
@document_options
@json_option
@lang_option
def diff(old: str, new: str, timeout: float, files: list[tuple[Path, str]], as_json: bool, lang: "Language") -> None:
    """Compares two rulebooks by meaning.

    OLD and NEW are an id, a path, `git:REV` (the file of the other one in that revision) or `git:REV:PATH`.
    """
    from hyotei.base.extras import need
    from hyotei.base.result_json import result_data

    need("proof")
    from hyotei.compare.load_revision import load_revision
    from hyotei.proof.diff.diff import diff as compare
    from hyotei.report.diff_document import diff_document

    before, after = load_revision(old, new), load_revision(new, old)
    tell(after.warnings, lang)
    found = compare(before, after, timeout)
    write_documents(files, lambda _: diff_document(found, lang))
    if as_json:
        write_json(result_data(found, lang))
    elif not files:
        print_document(diff_document(found, lang))
    if found.defects:
        tell(found.defects, lang)
        raise click.exceptions.Exit(INPUT_WRONG)
    if found.status != "same":
        raise click.exceptions.Exit(ANSWER_IS_NO)
