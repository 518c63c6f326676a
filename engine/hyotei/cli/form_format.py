"""`hyotei form format`: the tables of forms aligned, nothing else touched."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import json_option, lang_option

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command("format", help="help.form_format.command")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="help.rulebook_format.check")
@json_option
@lang_option
def format_files(files: tuple[Path, ...], only_check: bool, as_json: bool, lang: "Language") -> None:
    """Align the tables of forms."""
    from hyotei.cli.table_format import format_documents
    from hyotei.forms.model import FILE

    format_documents(files, FILE, only_check, as_json, lang)
