"""`hyotei rulebook list`: the rulebooks at hand, and where each comes from."""

from typing import TYPE_CHECKING

import click

from hyotei.base.display_width import display_width, pad
from hyotei.cli.output import json_option, lang_option, print_line, tell, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


_OURS = ("shipped", "library")


@click.command("list", help="help.rulebook_list.command")
@json_option
@lang_option
def list_rulebooks(as_json: bool, lang: "Language") -> None:
    """List the rulebooks known by id, and where they come from.

    Besides those shipped with Hyotei, ID/rulebook.md is looked for in ./rules, in the folders of HYOTEI_RULES, and in the user's
    folder. The published rubrics of the library are for those who name or copy them; none is chosen for a sheet by itself.
    """
    from hyotei.messages import Diagnostic
    from hyotei.rulebook.library import clashes, library, rubrics
    from hyotei.rulebook.rule_folders import user_folder

    entries = library()
    listed = (*entries, *rubrics())
    for name, several in clashes(entries).items():
        places = ", ".join(str(entry.folder) for entry in several)
        tell([Diagnostic("HY723", params={"id": name, "places": places})], lang)
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
                        "origin": entry.origin,
                        "folder": None if entry.origin in _OURS else str(entry.folder),
                    }
                    for entry in listed
                ],
            }
        )
        return
    say = wording(lang)
    rows = [
        (
            entry.head.id,
            entry.head.authority,
            f"{entry.head.first_year or ''}..{entry.head.last_year or ''}",
            say.one_of("common.standing", entry.head.standing),
            say.one_of("rulebook.origin", entry.origin),
            entry.head.title + ("" if entry.origin in _OURS else f"  {entry.folder}"),
        )
        for entry in listed
    ]
    widths = [max((display_width(row[index]) for row in rows), default=0) for index in range(5)]
    for row in rows:
        print_line("  ".join([*(pad(cell, width) for cell, width in zip(row[:5], widths, strict=True)), row[5]]))
    folder = user_folder()
    print_line(say("rulebook.users_folder", folder=folder), err=True)
