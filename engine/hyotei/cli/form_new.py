"""`hyotei form new`: a draft of a form from one document and, where there is one, its right reading."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import lang_option, print_line
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.form_new.command")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), required=True, metavar="FILE", help="help.form_new.source"
)
@click.option("--like", type=click.Path(path_type=Path), metavar="FILE", help="help.form_new.like")
@click.option("--id", "form_id", metavar="ID", help="help.form_new.id")
@click.option("--authority", metavar="NAME", help="help.form_new.authority")
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), metavar="FOLDER", help="help.form_new.output")
@lang_option
def new(
    source: Path, like: Path | None, form_id: str | None, authority: str | None, out: Path | None, lang: "Language"
) -> None:
    """Propose a form."""
    from hyotei.base.text_file import write_text
    from hyotei.forms.model import FILE
    from hyotei.messages import Diagnostic, HyoteiError
    from hyotei.readers.document_blocks import document_blocks
    from hyotei.readers.form_proposal.propose import propose
    from hyotei.readers.sheet_of_file import sheets_of_file
    from hyotei.rulebook.format import format_document

    name = form_id or re.sub(r"[^a-z0-9._-]+", "-", source.stem.lower()).strip("-._") or "new"
    file = (out or Path("forms")) / name / FILE
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name) or file.exists():
        raise HyoteiError(Diagnostic("HY693", params={"id": name, "file": str(file)}))
    found = sheets_of_file(like) if like is not None else []
    sheets = [each.sheet for each in found if each.sheet is not None]
    if like is not None and not sheets:
        raise HyoteiError(*(problem for each in found for problem in each.problems))
    proposal = propose(document_blocks(source), name, sheets, authority)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_text(file, format_document(proposal.text))
    say = wording(lang)
    print_line(say("forms.new.written", file=file, form=name))
    if sheets:
        counts = {"right": proposal.right, "whole": proposal.whole, "besides": proposal.besides}
        print_line(say("forms.new.tried", **counts))
    print_line(say("forms.new.check"))
