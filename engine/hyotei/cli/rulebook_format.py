"""`hyotei rulebook format`: the tables of rulebooks aligned, nothing else touched."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import (
    ANSWER_IS_NO,
    INPUT_WRONG,
    json_option,
    lang_option,
    print_line,
    problems_data,
    tell,
    write_json,
)
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command("format", help="help.rulebook_format.command")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="help.rulebook_format.check",
)
@json_option
@lang_option
def format_files(files: tuple[Path, ...], only_check: bool, as_json: bool, lang: "Language") -> None:
    """Align the tables of rulebooks."""
    from hyotei.base.text_file import byte_order_mark, read_text, write_text
    from hyotei.messages import HyoteiError
    from hyotei.rulebook.cached_rulebooks import FILE
    from hyotei.rulebook.format import format_document

    changed: list[str] = []
    failures: list[dict[str, object]] = []
    for path in files:
        file = path / FILE if path.is_dir() else path
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
        for name in changed:
            key = "rulebook.format.would_change" if only_check else "rulebook.format.formatted"
            print_line(wording(lang)(key, rulebook=name))
    if failures:
        raise click.exceptions.Exit(INPUT_WRONG)
    if only_check and changed:
        raise click.exceptions.Exit(ANSWER_IS_NO)
