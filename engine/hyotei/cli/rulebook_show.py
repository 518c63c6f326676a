"""`hyotei rulebook show`: a rulebook as its author wrote it, or its decisions in the order in which they are taken."""

from typing import TYPE_CHECKING

import click

from hyotei.cli.output import json_option, lang_option, print_line, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.rulebook_show.command")
@click.argument("rulebook")
@json_option
@lang_option
def show(rulebook: str, as_json: bool, lang: "Language") -> None:
    """Show a rulebook: what it is and its decisions in order."""
    from hyotei.report.law_words import law_words
    from hyotei.report.rulebook_names import rulebook_named
    from hyotei.rulebook.canonical import HASH_FORMAT, shown_hash
    from hyotei.rulebook.library import load_rulebook
    from hyotei.rulebook.model import Table

    book = load_rulebook(rulebook)
    decisions = [
        {
            "name": decision.name,
            "title": decision.title,
            "scope": decision.scope,
            "kind": "table" if isinstance(decision.body, Table) else "formula",
            "hit_policy": decision.body.policy if isinstance(decision.body, Table) else None,
            "rows": len(decision.body.rows) if isinstance(decision.body, Table) else None,
            "inputs": [each.text for each in decision.body.inputs]
            if isinstance(decision.body, Table)
            else [decision.body.text.strip()],
            "outputs": [output.name for output in decision.outputs],
            "needs": list(decision.needs),
            "standing": decision.standing or book.standing,
        }
        for decision in book.decisions
    ]
    if as_json:
        write_json(
            {
                "schema": "hyotei.rulebook/1",
                "id": book.id,
                "hash": book.hash,
                "hash_format": HASH_FORMAT,
                "title": book.title,
                "authority": book.authority,
                "standing": book.standing,
                "fiscal_years": [book.first_year, book.last_year],
                "version": book.version,
                "effective": [day or None for day in book.effective],
                "supersedes": list(book.supersedes),
                "derived_from": book.derived_from,
                "known_gaps": book.known_gaps,
                "forms": list(book.forms),
                "scales": {name: scale.labels for name, scale in book.scales.items()},
                "decisions": decisions,
                "laws": [law.text for law in book.laws],
                "sources": list(book.sources),
            }
        )
        return
    say = wording(lang)
    print_line(f"{rulebook_named(book.id, book.version, book.derived_from, say)}  {book.title}")
    years = f"{book.first_year or ''}..{book.last_year or ''}"
    standing = say.one_of("common.standing", book.standing)
    print_line(f"  {book.authority}  {years}  {standing}  {shown_hash(book.hash, None)}")
    days = "..".join(book.effective) if any(book.effective) else ""
    history = {"effective": days, "supersedes": say.listed(book.supersedes), "forms": say.listed(book.forms)}
    history |= {"gaps": say.listed(book.known_gaps.values(), "common.list.semicolon")}
    for name, text in history.items():
        if text:
            print_line(f"  {say.one_of('rulebook.gallery.fact', name)}{say('common.list.colon')}{text}")
    print_line()
    print_line(say("rulebook.show.decisions"))
    for number, decision in enumerate(book.decisions, 1):
        body = decision.body
        if isinstance(body, Table):
            kind = say("rulebook.show.table", policy=body.policy, rows=len(body.rows))
        else:
            kind = "= " + " ".join(body.text.split())
        scope = say.one_of("rulebook.scope", decision.scope)
        print_line(f"  {number:2}. {decision.name}  {decision.title}  [{scope}]  {kind}")
    if not book.laws:
        return
    print_line()
    print_line(say("rulebook.show.laws"))
    for law in book.laws:
        told = law_words(law.text, book, lang)
        # As it stands in the document, for who looks for it there.
        print_line(f"  - {told if told == law.text else say('rulebook.show.law', told=told, written=law.text)}")
