"""`hyotei rulebook hash`: the content hash, which prose and layout do not change."""

from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, problems_data, tell, write_json

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command("hash", help="help.rulebook_hash.command")
@click.argument("rulebooks", nargs=-1, required=True)
@click.option("--text", is_flag=True, help="help.rulebook_hash.text")
@json_option
@lang_option
def show_hash(rulebooks: tuple[str, ...], text: bool, as_json: bool, lang: "Language") -> None:
    """Show the content hash of rulebooks."""
    from hyotei.messages import HyoteiError
    from hyotei.rulebook.canonical import HASH_FORMAT, canonical_text
    from hyotei.rulebook.library import load_rulebook

    hashes: list[dict[str, object]] = []
    failures: list[dict[str, object]] = []
    for name in rulebooks:
        try:
            book = load_rulebook(name)
        except HyoteiError as error:
            tell(error.diagnostics, lang)
            failures.append({"rulebook": name, "problems": problems_data(error.diagnostics, lang)})
            continue
        entry: dict[str, object] = {"id": book.id, "hash": book.hash, "hash_format": HASH_FORMAT}
        hashes.append({**entry, "text": canonical_text(book)} if text else entry)
        if not as_json:
            click.echo(canonical_text(book) if text else f"{book.hash}  {book.id}")
    if as_json:
        write_json({"schema": "hyotei.hash/1", "rulebooks": hashes, "failures": failures})
    if failures:
        raise click.exceptions.Exit(INPUT_WRONG)
