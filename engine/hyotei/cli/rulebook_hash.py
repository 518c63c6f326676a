"""`hyotei rulebook hash`: the content hash, which prose and layout do not change."""

from pathlib import Path

import click

from hyotei.cli.output import json_option, write_json


@click.command("hash")
@click.argument("rulebooks", nargs=-1, required=True)
@json_option
def show_hash(rulebooks: tuple[str, ...], as_json: bool) -> None:
    """評価基準書の内容のハッシュを示す。 / Show the content hash of rulebooks."""
    from hyotei.rulebook.library import load_rulebook

    books = [load_rulebook(Path(name) if Path(name).exists() else name) for name in rulebooks]
    if as_json:
        write_json({"schema": "hyotei.hash/1", "rulebooks": [{"id": book.id, "hash": book.hash} for book in books]})
        return
    for book in books:
        click.echo(f"{book.hash}  {book.id}")
