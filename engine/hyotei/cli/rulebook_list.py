"""`hyotei rulebook list`: the rulebooks at hand."""

import click

from hyotei.base.width import display_width, pad
from hyotei.cli.output import json_option, lang_option, print_line, write_json


@click.command("list")
@json_option
@lang_option
def list_rulebooks(as_json: bool, lang: str) -> None:
    """同梱の評価基準書を一覧する。 / List the rulebooks that ship with Hyotei."""
    from hyotei.rulebook.library import library

    entries = library()
    if as_json:
        write_json(
            {
                "schema": "hyotei.rulebooks/1",
                "rulebooks": [
                    {
                        "id": entry.head.id,
                        "title": entry.head.title,
                        "authority": entry.head.authority,
                        "standing": entry.head.standing,
                        "fiscal_years": [entry.head.first_year, entry.head.last_year],
                    }
                    for entry in entries
                ],
            }
        )
        return
    standings = {"published": "公表", "inferred": "推定", "draft": "案"}
    rows = [
        (
            entry.head.id,
            entry.head.authority,
            f"{entry.head.first_year or ''}..{entry.head.last_year or ''}",
            standings[entry.head.standing] if lang == "ja" else entry.head.standing,
            entry.head.title,
        )
        for entry in entries
    ]
    widths = [max((display_width(row[index]) for row in rows), default=0) for index in range(4)]
    for row in rows:
        print_line("  ".join([*(pad(cell, width) for cell, width in zip(row[:4], widths, strict=True)), row[4]]))
