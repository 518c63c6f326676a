"""`hyotei rulebook import`: a workbook back to the document of its rulebook."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hyotei.base.line_breaking import shortened
from hyotei.cli.output import json_option, lang_option, print_line, problems_data, tell, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language
    from hyotei.rulebook_workbook.import_workbook import Imported

_WIDEST: Final = 60
"""Columns of what a cell said or says at most."""
_MOST: Final = 40
"""Changes that are told on a terminal at most."""


@click.command("import", help="help.rulebook_import.command")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--onto", metavar="RULEBOOK", help="help.rulebook_import.onto")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER", help="help.rulebook_import.out"
)
@json_option
@lang_option
def import_file(file: Path, onto: str | None, out: Path | None, as_json: bool, lang: "Language") -> None:
    """Take a workbook back as a document with its cases."""
    from hyotei.messages import Diagnostic
    from hyotei.rulebook.cached_rulebooks import FILE
    from hyotei.rulebook.library import CASES, cases_text, document_text
    from hyotei.rulebook_workbook.import_workbook import import_workbook, must_not_replace
    from hyotei.rulebook_workbook.original import Original

    base = Original(document_text(onto), cases_text(onto)) if onto is not None else None
    imported = import_workbook(file, base)
    folder = out if out is not None else _folder(onto, imported)
    must_not_replace(folder / FILE, imported, file, base)
    tell(imported.rulebook.warnings, lang)
    if imported.fresh:
        tell([Diagnostic("HY484")], lang)
    written = _write(folder, {FILE: imported.text, CASES: imported.cases})
    if as_json:
        write_json(
            {
                "schema": "hyotei.rulebook-import/1",
                "rulebook": imported.rulebook.id,
                "hash": imported.rulebook.hash,
                "folder": str(folder),
                "changes": [each._asdict() for each in imported.changes],
                "problems": problems_data(imported.rulebook.warnings, lang),
            }
        )
        return
    say = wording(lang)
    for each in imported.changes[:_MOST]:
        texts = (" ".join(text.split()) or say("common.none") for text in (each.before, each.after))
        before, after = (shortened(text, _WIDEST) for text in texts)
        print_line(say("rulebook_workbook.imported.change", place=each.place, before=before, after=after))
    if len(imported.changes) > _MOST:
        print_line(say("rulebook_workbook.imported.more", count=len(imported.changes) - _MOST))
    if not imported.changes and not imported.fresh:
        print_line(say("rulebook_workbook.imported.unchanged"))
    for path in written:
        print_line(say("cli.written", file=path), err=True)


def _folder(onto: str | None, imported: "Imported") -> Path:
    """Where the rulebook goes: back to the one that is named, if it is one's own, else into the folder of rulebooks at hand."""
    from hyotei.base.shipped_files import rules_folder
    from hyotei.rulebook.library import folder_of
    from hyotei.rulebook.rule_folders import HERE

    if onto is not None:
        folder = folder_of(onto)
        if not folder.resolve().is_relative_to(rules_folder().resolve()):
            return folder
    return Path(HERE) / imported.rulebook.id


def _write(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Writes the texts that differ from what stands there, and no empty ones."""
    from hyotei.base.text_file import unwritable, write_text

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from None
    written = []
    for name, text in texts.items():
        if text or (folder / name).exists():
            write_text(folder / name, text)
            written.append(folder / name)
    return written
