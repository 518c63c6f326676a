"""`hyotei rulebook export`: a rulebook as a workbook, to be edited in Excel or LibreOffice."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import OutputPath, lang_option, print_line
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command("export", help="help.rulebook_export.command")
@click.argument("rulebook")
@click.option(
    "-o", "--out", type=OutputPath(dir_okay=False), required=True, metavar="FILE.xlsx", help="help.rulebook_export.out"
)
@lang_option
def export(rulebook: str, out: Path, lang: "Language") -> None:
    """Write a rulebook as a workbook."""
    from hyotei.base.text_file import write_bytes
    from hyotei.messages import Diagnostic, HyoteiError
    from hyotei.rulebook.document_formats import other_format
    from hyotei.rulebook.library import cases_text, document_text
    from hyotei.rulebook_workbook.export_workbook import export_workbook

    if not other_format(out):
        # Excel opens no workbook that bears another name, and no command takes it for a rulebook.
        raise HyoteiError(Diagnostic("HY849", params={"path": str(out)}))
    write_bytes(out, export_workbook(document_text(rulebook), cases_text(rulebook), rulebook, lang))
    print_line(wording(lang)("cli.written", file=out), err=True)
