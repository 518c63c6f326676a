"""`hyotei form list`: the forms at hand, and where each comes from."""

from typing import TYPE_CHECKING

import click

from hyotei.base.display_width import display_width, pad
from hyotei.cli.output import json_option, lang_option, print_line, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command("list", help="help.form_list.command")
@json_option
@lang_option
def list_forms(as_json: bool, lang: "Language") -> None:
    """List the forms known by id, and where they come from."""
    from hyotei.forms.library import library

    entries = library()
    if as_json:
        forms = [
            {
                "id": entry.head.id,
                "title": entry.head.title,
                "authority": entry.head.authority,
                "standing": entry.head.standing,
                "fiscal_years": [entry.head.first_year, entry.head.last_year],
                "origin": entry.origin,
                "folder": None if entry.origin == "shipped" else str(entry.folder),
            }
            for entry in entries
        ]
        write_json({"schema": "hyotei.forms/1", "forms": forms})
        return
    say = wording(lang)
    rows = [
        (
            entry.head.id,
            entry.head.authority,
            f"{entry.head.first_year or ''}..{entry.head.last_year or ''}".strip(".") or "-",
            say.one_of("common.standing", entry.head.standing),
            say.one_of("rulebook.origin", entry.origin),
            entry.head.title + ("" if entry.origin == "shipped" else f"  {entry.folder}"),
        )
        for entry in entries
    ]
    widths = [max((display_width(row[index]) for row in rows), default=0) for index in range(5)]
    for row in rows:
        print_line("  ".join([*(pad(cell, width) for cell, width in zip(row[:5], widths, strict=True)), row[5]]))
