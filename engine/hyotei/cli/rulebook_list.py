"""`hyotei rulebook list`: the rulebooks at hand, and where each comes from."""

from typing import TYPE_CHECKING, Final

import click

from hyotei.base.display_width import display_width, pad
from hyotei.cli.output import json_option, lang_option, print_line, tell, write_json

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command("list")
@json_option
@lang_option
def list_rulebooks(as_json: bool, lang: "Language") -> None:
    """符号で使える評価基準書を、出所とともに一覧する。 / List the rulebooks known by id, and where they come from.

    同梱のもののほか、./rules、環境変数 HYOTEI_RULES のフォルダー、利用者のフォルダーにある 符号/rulebook.md を探す。

    Besides those shipped with Hyotei, ID/rulebook.md is looked for in ./rules, in the folders of HYOTEI_RULES, and in the user's
    folder.
    """
    from hyotei.messages import Diagnostic
    from hyotei.rulebook.library import clashes, library
    from hyotei.rulebook.rule_folders import user_folder

    entries = library()
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
                        "folder": None if entry.origin == "shipped" else str(entry.folder),
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
            _ORIGINS[entry.origin][0 if lang == "ja" else 1],
            entry.head.title + ("" if entry.origin == "shipped" else f"  {entry.folder}"),
        )
        for entry in entries
    ]
    widths = [max((display_width(row[index]) for row in rows), default=0) for index in range(5)]
    for row in rows:
        print_line("  ".join([*(pad(cell, width) for cell, width in zip(row[:5], widths, strict=True)), row[5]]))
    folder = user_folder()
    print_line(
        f"利用者のフォルダー：{folder}（./rules と HYOTEI_RULES も探す）"
        if lang == "ja"
        else f"user's folder: {folder} (./rules and HYOTEI_RULES are looked through too)",
        err=True,
    )


_ORIGINS: Final = {
    "shipped": ("同梱", "shipped"),
    "here": ("./rules", "./rules"),
    "setting": ("HYOTEI_RULES", "HYOTEI_RULES"),
    "user": ("利用者", "user"),
}
