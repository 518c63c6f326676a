"""`hyotei imply`: the decision table that recorded evaluations imply, as a draft rulebook."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hyotei.cli.output import (
    INPUT_WRONG,
    OutputPath,
    json_option,
    lang_option,
    print_line,
    problems_data,
    tell,
    write_json,
)
from hyotei.cli.reading_options import reading_options
from hyotei.cli.sheet_problems import no_sheets
from hyotei.cli.sheet_sources import SheetReading
from hyotei.messages import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyotei.audit.draft_rulebook import DraftRulebook
    from hyotei.cli.reading_options import ReadingOptions
    from hyotei.messages import Language
    from hyotei.sheet import Sheet

_FEW: Final = 30
"""Fewer sheets than these say little about a rule."""


@click.command(help="help.imply.command")
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--rulebook",
    "rulebook_name",
    metavar="ID|PATH",
    help="help.imply.rulebook",
)
@click.option(
    "--inputs",
    multiple=True,
    metavar="NAME+,NAME-",
    help="help.imply.inputs",
)
@click.option(
    "--limits",
    multiple=True,
    metavar="NAME=V,V...",
    help="help.imply.limits",
)
@click.option(
    "--output",
    default="rating",
    metavar="NAME",
    help="help.imply.output",
)
@reading_options
@click.option("-o", "--out", metavar="FILE", type=OutputPath(), help="help.imply.out")
@json_option
@lang_option
def imply(
    sheets: tuple[Path, ...],
    rulebook_name: str | None,
    inputs: tuple[str, ...],
    limits: tuple[str, ...],
    output: str,
    how: "ReadingOptions",
    out: Path | None,
    as_json: bool,
    lang: "Language",
) -> None:
    """Drafts the rulebook whose monotone table explains the recorded evaluations best."""
    from hyotei.audit.draft_rulebook import draft_rulebook
    from hyotei.audit.rating_consistency import wishes
    from hyotei.base.text_file import write_text
    from hyotei.messages import Diagnostic, HyoteiError
    from hyotei.rulebook.library import document_text, load_rulebook, rulebook_for
    from hyotei.rulebook.rulebook_text import RulebookText

    if out is not None and out.exists():
        raise HyoteiError(Diagnostic("HY984", params={"path": str(out)}))
    wished, cuts = wishes(inputs), _limits(limits)
    reading = SheetReading(sheets, how, lang)
    every = iter(reading)
    first = next(every, None) if rulebook_name is None else None
    if rulebook_name is None:
        if first is None:
            # The reading has told why.
            if as_json:
                write_json({"schema": "hyotei.failure/1", "problems": problems_data([no_sheets(sheets)], lang)})
            raise click.exceptions.Exit(INPUT_WRONG)
        rulebook_name = rulebook_for(first.authority, first.fiscal_year).id
    rulebook = load_rulebook(rulebook_name)
    document = RulebookText.parse(document_text(rulebook_name))
    draft = draft_rulebook(_from(first, every), rulebook, document, wished, cuts, output, lang)
    if out is not None:
        write_text(out, draft.text)
    _show(draft, out, as_json, lang)
    if draft.table.sheets < _FEW:
        tell([Diagnostic("HY897", params={"count": draft.table.sheets, "least": _FEW})], lang)
    if reading.failed:
        print_line(wording(lang)("cli.not_read", count=reading.failed), err=True)
        raise click.exceptions.Exit(INPUT_WRONG)


def _from(first: "Sheet | None", rest: "Iterator[Sheet]") -> "Iterator[Sheet]":
    if first is not None:
        yield first
    yield from rest


def _limits(texts: tuple[str, ...]) -> dict[str, list[Decimal]]:
    """`NAME=50%,70%` as written in rulebooks."""
    from hyotei.rulebook.parser import parse_output
    from hyotei.rulebook.syntax import Number
    from hyotei.rulebook.syntax_problem import SyntaxProblem

    found: dict[str, list[Decimal]] = {}
    for text in texts:
        name, _, values = text.partition("=")
        for value in values.split(","):
            try:
                node = parse_output(value.strip())
            except SyntaxProblem:
                node = None
            if not name.strip() or not isinstance(node, Number):
                raise click.BadParameter(f"--limits {text}: NAME=50%,70%")
            found.setdefault(name.strip(), []).append(node.value)
    return found


def _show(draft: "DraftRulebook", out: Path | None, as_json: bool, lang: "Language") -> None:
    table = draft.table
    if as_json:
        write_json(
            {
                "schema": "hyotei.implied/1",
                "sheets": table.sheets,
                "disagree": table.disagree,
                "left_out": draft.left_out,
                "not_recorded": draft.other,
                "rulebook": draft.text,
            }
        )
        return
    if out is None:
        click.echo(draft.text, nl=False)
    said = wording(lang)(
        "audit.implied",
        sheets=table.sheets,
        disagree=table.disagree,
        left_out=draft.left_out,
        other=draft.other,
    )
    print_line(said, err=out is None)
