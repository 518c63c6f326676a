"""`hyotei rulebook list`: the rulebooks at hand by authority, with what is known of each, and where it comes from."""

from typing import TYPE_CHECKING

import click

from hyotei.cli.output import json_option, lang_option, print_document, print_line, tell, write_json

if TYPE_CHECKING:
    from hyotei.messages import Language
    from hyotei.rulebook.library import Entry


@click.command("list", help="help.rulebook_list.command")
@click.option("--authority", metavar="TEXT", help="help.rulebook_list.authority")
@click.option("--form", "form", metavar="ID", help="help.rulebook_list.form")
@click.option("--year", type=click.IntRange(1, 9999), metavar="YEAR", help="help.rulebook_list.year")
@click.option("--standing", type=click.Choice(["published", "inferred", "draft"]), help="help.rulebook_list.standing")
@json_option
@lang_option
def list_rulebooks(
    authority: str | None, form: str | None, year: int | None, standing: str | None, as_json: bool, lang: "Language"
) -> None:
    """List the rulebooks known by id, and where they come from.

    Besides those shipped with Hyotei, ID/rulebook.md is looked for in ./rules, in the folders of HYOTEI_RULES, and in the user's
    folder. The published rubrics of the library are for those who name or copy them; none is chosen for a sheet by itself.
    """
    from hyotei.base.text_folding import folded
    from hyotei.messages import Diagnostic, wording
    from hyotei.report.rulebook_list_document import Listed, rulebook_list_document
    from hyotei.rulebook.library import OURS, clashes, library, rubrics
    from hyotei.rulebook.rule_folders import user_folder

    entries = library()
    for name, several in clashes(entries).items():
        places = ", ".join(str(entry.folder) for entry in several)
        tell([Diagnostic("HY723", params={"id": name, "places": places})], lang)
    chosen = [
        entry
        for entry in (*entries, *rubrics())
        if (authority is None or folded(authority) in folded(entry.head.authority))
        and (form is None or form in entry.head.forms)
        and (year is None or entry.head.in_force(year))
        and (standing is None or entry.head.standing == standing)
    ]
    states = [_state(entry) for entry in chosen]
    if as_json:
        data = [
            {
                "id": entry.head.id,
                "title": entry.head.title,
                "authority": entry.head.authority,
                "standing": entry.head.standing,
                "fiscal_years": [entry.head.first_year, entry.head.last_year],
                "version": entry.head.version,
                "effective": [day or None for day in entry.head.effective],
                "supersedes": list(entry.head.supersedes),
                "forms": list(entry.head.forms),
                "proof": state,
                "origin": entry.origin,
                "folder": None if entry.origin in OURS else str(entry.folder),
            }
            for entry, state in zip(chosen, states, strict=True)
        ]
        write_json({"schema": "hyotei.rulebooks/1", "rulebooks": data})
        return
    listed = [
        Listed(entry.head, state, entry.origin, "" if entry.origin in OURS else str(entry.folder))
        for entry, state in zip(chosen, states, strict=True)
    ]
    listed.sort(key=lambda each: (folded(each.head.authority), each.head.id))
    print_document(rulebook_list_document(listed, lang))
    print_line(wording(lang)("rulebook.users_folder", folder=user_folder()), err=True)


def _state(entry: "Entry") -> str:
    """What is known to be proved; of a document with errors nothing is."""
    from hyotei.messages import HyoteiError
    from hyotei.proof.proof_state import known_state

    try:
        return known_state(entry.load(), entry.folder)
    except HyoteiError:
        return "with_errors"
