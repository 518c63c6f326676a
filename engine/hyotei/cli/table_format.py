"""What the commands that align tables share: rulebooks and forms are documents of the same kind."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, print_line, problems_data, tell, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


def format_documents(files: Iterable[Path], name: str, only_check: bool, as_json: bool, lang: "Language") -> None:
    """Aligns the tables of documents, which stand under `name` where a folder is given, and tells which ones changed."""
    from hyotei.base.text_file import byte_order_mark, read_text, write_text
    from hyotei.messages import HyoteiError
    from hyotei.rulebook.document_formats import other_format
    from hyotei.rulebook.format import format_document

    changed: list[str] = []
    failures: list[dict[str, object]] = []
    for path in files:
        file = path / name if path.is_dir() else path
        if other_format(file):
            continue  # a workbook, which has no tables to align
        try:
            text = read_text(file)
            formatted = format_document(text)
            if formatted != text:
                if not only_check:
                    write_text(file, byte_order_mark(file) + formatted)
                changed.append(str(path))
        except HyoteiError as error:
            tell(error.diagnostics, lang)
            failures.append({"file": str(path), "problems": problems_data(error.diagnostics, lang)})
    if as_json:
        write_json({"schema": "hyotei.format/1", "changed": changed, "failures": failures})
    else:
        for each in changed:
            key = "rulebook.format.would_change" if only_check else "rulebook.format.formatted"
            print_line(wording(lang)(key, rulebook=each))
    if failures:
        raise click.exceptions.Exit(INPUT_WRONG)
    if only_check and changed:
        raise click.exceptions.Exit(ANSWER_IS_NO)
