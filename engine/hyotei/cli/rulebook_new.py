"""`hyotei rulebook new`: a rulebook to begin with, from grades and lines or as a copy of another."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import lang_option, print_line
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language
    from hyotei.rulebook.model import Rulebook

_GRADES = "S,A,B,C,D"
_LINES = "120,100,80,60"


@click.command("new", help="help.rulebook_new.command")
@click.option("--from", "parent", metavar="ID|PATH", help="help.rulebook_new.parent")
@click.option("--grades", metavar="S,A,B", help="help.rulebook_new.grades")
@click.option("--thresholds", metavar="120,100", help="help.rulebook_new.thresholds")
@click.option("--budget", metavar="A=…,B=…", help="help.rulebook_new.budget")
@click.option("--id", "identity", metavar="ID", help="help.rulebook_new.id")
@click.option("--title", metavar="TEXT", help="help.rulebook_new.title")
@click.option("--authority", metavar="TEXT", help="help.rulebook_new.authority")
@click.option("--years", metavar="2025..", help="help.rulebook_new.years")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER|FILE.xlsx",
    help="help.rulebook_new.out",
)
@lang_option
def new(
    parent: str | None,
    grades: str | None,
    thresholds: str | None,
    budget: str | None,
    identity: str | None,
    title: str | None,
    authority: str | None,
    years: str | None,
    out: Path,
    lang: "Language",
) -> None:
    """Writes a complete rulebook with cases to the folder."""
    from hyotei.base.text_file import write_bytes, write_text
    from hyotei.messages import Diagnostic, HyoteiError
    from hyotei.rulebook.cached_rulebooks import FILE
    from hyotei.rulebook.document_formats import other_format
    from hyotei.rulebook.front_origin import IDENTITY
    from hyotei.rulebook.library import CASES
    from hyotei.rulebook.load import parse_rulebook
    from hyotei.rulebook_workbook.export_workbook import export_workbook

    say = wording(lang)
    if parent is not None and (grades or thresholds or budget):
        raise click.UsageError(say("cli.rulebook_new.copy_keeps_its_grades"))
    workbook = other_format(out)
    stem = out.resolve().stem if workbook else out.resolve().name
    name = identity or re.sub(r"[^a-z0-9._-]+", "-", stem.lower()).strip("-._")
    if not IDENTITY.fullmatch(name) or (out / FILE).exists() or (out / CASES).exists() or out.is_file():
        raise HyoteiError(Diagnostic("HY368", params={"file": str(out)}))
    given = {"title": title, "authority": authority, "fiscal_years": years}
    if workbook and not any((parent, grades, thresholds, budget, identity, *given.values())):
        _blank(out, lang)
        return
    if parent is not None:
        text, cases, told = _copy(parent, name, {key: value for key, value in given.items() if value}, lang)
    else:
        text, cases = _made(name, grades or _GRADES, thresholds or _LINES, budget, given, lang)
        told = ""
    if workbook:
        write_bytes(out, export_workbook(text, cases, name, lang))
        print_line(say("cli.written", file=out), err=True)
        return
    book = parse_rulebook(text, FILE)
    out.mkdir(parents=True, exist_ok=True)
    write_text(out / FILE, text)
    if cases:
        write_text(out / CASES, cases)
    if told:
        print_line(say("rulebook_new.told.copied", folder=out, rulebook=name, parent=told))
    else:
        print_line(say("rulebook_new.told.written", folder=out, rulebook=name, cases=cases.count("  - name:")))
    _prove(book, out, lang)
    print_line(say("rulebook_new.told.found"))


def _blank(out: Path, lang: "Language") -> None:
    """Writes a workbook to be filled in."""
    from hyotei.base.text_file import write_bytes
    from hyotei.rulebook_workbook.blank_workbook import blank_workbook

    write_bytes(out, blank_workbook(lang))
    print_line(wording(lang)("cli.written", file=out), err=True)


def _made(
    name: str, grades: str, thresholds: str, budget: str | None, given: dict[str, str | None], lang: "Language"
) -> tuple[str, str]:
    """The document and the cases of a rulebook that is made anew."""
    from datetime import UTC, datetime

    from hyotei.rulebook.format import format_document
    from hyotei.rulebook.new_rulebook import NewRulebook, budget_of, lines_of, listed

    say = wording(lang)
    words = tuple(listed(grades))
    made = NewRulebook(
        id=name,
        title=given["title"] or say("rulebook_new.title", id=name),
        authority=given["authority"] or say("rulebook_new.authority"),
        fiscal_years=given["fiscal_years"] or f"{datetime.now(UTC).year - 1}..",
        grades=words,
        lines=lines_of(thresholds, words),
        budget=() if budget is None else budget_of(budget, words),
        language=lang,
    )
    return format_document(made.document()), made.cases()


def _copy(parent: str, name: str, changes: dict[str, str], lang: "Language") -> tuple[str, str, str]:
    """The document and the cases of a copy, and how its parent is called."""
    from hyotei.report.rulebook_names import rulebook_named
    from hyotei.rulebook.copied_rulebook import copied_rulebook
    from hyotei.rulebook.library import cases_text, document_text, load_rulebook

    book = load_rulebook(parent)
    text = copied_rulebook(document_text(parent), book, {"rulebook": name, **changes})
    return text, cases_text(parent), rulebook_named(book.id, book.version, {}, wording(lang))


def _prove(book: "Rulebook", out: Path, lang: "Language") -> None:
    """Proves what was written and keeps the certificate, where what proves is installed."""
    from importlib.util import find_spec

    from hyotei.base.text_file import write_text

    say = wording(lang)
    if find_spec("z3") is None:
        print_line(say("rulebook_new.told.prove", folder=out))
        return
    from hyotei.proof.certificate import certificate, certificate_text
    from hyotei.proof.proof_state import CERTIFICATE, items_of, keep_state, state_of
    from hyotei.proof.prove import prove

    report = prove(book)
    items = items_of(report)
    state = state_of(items, book.known_gaps)
    keep_state(book, state)
    if items:
        write_text(out / CERTIFICATE, certificate_text(certificate(report)))
    print_line(say("rulebook_new.told.proof", state=say.one_of("rulebook.proof_state", state)))
