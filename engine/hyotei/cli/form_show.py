"""`hyotei form show`: what a form is, how it is recognised, and which words it reads as what."""

from typing import TYPE_CHECKING

import click

from hyotei.cli.output import json_option, lang_option, print_line, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.form_show.command")
@click.argument("form")
@json_option
@lang_option
def show(form: str, as_json: bool, lang: "Language") -> None:
    """Show a form with all that it extends."""
    from hyotei.forms.canonical import HASH_FORMAT
    from hyotei.forms.declared import names_of
    from hyotei.forms.library import load_form
    from hyotei.rulebook.declared_facts import type_name

    found = load_form(form)
    if as_json:
        tables = {
            kind: [
                {"printed": row.printed, "heading": row.heading, "item": row.item, "value": row.value} for row in rows
            ]
            for kind, rows in found.tables.items()
            if rows
        }
        write_json(
            {
                "schema": "hyotei.form/1",
                "id": found.id,
                "hash": found.hash,
                "hash_format": HASH_FORMAT,
                "title": found.title,
                "authority": found.authority,
                "standing": found.standing,
                "fiscal_years": [found.first_year, found.last_year],
                "extends": list(found.lineage),
                "line_is": found.line_is,
                "facts": {
                    name: {"scope": fact.scope, "type": type_name(fact.type), "label": fact.label}
                    for name, fact in found.facts.items()
                },
                "tables": tables,
                "sources": list(found.sources),
            }
        )
        return
    say = wording(lang)
    years = f"{found.first_year or ''}..{found.last_year or ''}".strip(".") or "-"
    standing = say.one_of("common.standing", found.standing)
    print_line(f"{found.id}  {found.title}")
    print_line(f"  {found.authority}  {years}  {standing}  {found.hash}")
    if found.lineage:
        print_line(say("forms.show.extends", forms=" → ".join(found.lineage)))
    if found.facts:
        print_line()
        print_line(say("forms.show.facts"))
        for name, fact in found.facts.items():
            shipped = names_of(name)
            label = shipped.text(lang) if shipped.ja == fact.label else fact.label
            print_line(f"  {name}  {label}  {fact.scope} {type_name(fact.type)}")
    for kind, rows in found.tables.items():
        if not rows:
            continue
        print_line()
        print_line(f"{say.one_of('forms.table', kind)} `{kind}`")
        for row in rows:
            value = f" = {row.value}" if row.value else ""
            under = say("forms.show.under", heading=row.heading) if row.heading else ""
            print_line(f"  {row.item}{value}  ←  {row.printed}{under}")
