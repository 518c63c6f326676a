"""`hyotei prove`: what holds of a rulebook for every sheet."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.document_options import document_options, write_documents
from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, json_option, lang_option, print_document, tell, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.prove.command")
@click.argument("rulebook", required=False)
@click.option("--all", "every", is_flag=True, help="help.prove.all")
@click.option("--record", is_flag=True, help="help.prove.record")
@click.option(
    "--law",
    "laws",
    multiple=True,
    metavar="TEXT",
    help="help.prove.law",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="help.prove.timeout",
)
@click.option(
    "--certificate",
    "certificate_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="help.prove.certificate",
)
@click.option("--keep", is_flag=True, help="help.prove.keep")
@document_options
@json_option
@lang_option
def prove(
    rulebook: str | None,
    every: bool,
    record: bool,
    laws: tuple[str, ...],
    timeout: float,
    certificate_file: Path | None,
    keep: bool,
    files: list[tuple[Path, str]],
    as_json: bool,
    lang: "Language",
) -> None:
    """Proves the tables and laws of a rulebook for every sheet, or shows by a sheet where they fail."""
    from hyotei.base.extras import need

    if every == (rulebook is not None):
        raise click.UsageError(wording(lang)("cli.one_or_all"))
    if laws and record:
        raise click.UsageError(wording(lang)("cli.prove.record_everything"))
    if rulebook is None:
        if laws or files or certificate_file is not None or keep:
            raise click.UsageError(wording(lang)("cli.prove.of_one_only"))
        from hyotei.cli.prove_all import prove_all

        need("proof")
        prove_all(timeout, record, as_json, lang)
        return
    from hyotei.base.result_json import result_data
    from hyotei.base.text_file import write_text
    from hyotei.cli.proof_progress import proof_progress
    from hyotei.rulebook.library import folder_of, load_rulebook

    need("proof")
    from hyotei.proof.certificate import certificate, certificate_text
    from hyotei.proof.keep_counterexamples import keep_counterexamples
    from hyotei.proof.proof_state import CERTIFICATE
    from hyotei.proof.prove import prove as prove_rulebook
    from hyotei.proof.settle_proof import settle_proof
    from hyotei.report.proof_document import proof_document

    book = load_rulebook(rulebook)
    tell(book.warnings, lang)
    with proof_progress(not as_json, lang) as watch:
        report = prove_rulebook(book, list(laws) or None, timeout, watch)
    write_documents(files, lambda _: proof_document(report, lang))
    if as_json:
        write_json(result_data(report, lang))
    elif not files:
        print_document(proof_document(report, lang))
    if certificate_file is not None:
        write_text(certificate_file, certificate_text(certificate(report, "chosen_laws" if laws else "everything")))
    if keep:
        tell(keep_counterexamples(report, book, rulebook), lang)
    if laws:
        tell(report.defects, lang)
        sound = report.status == "proved"
    else:
        record_to = folder_of(rulebook) / CERTIFICATE if record else None
        state, told = settle_proof(book, report, record_to)
        tell(told, lang)
        sound = state in ("proved", "gaps_as_declared")
    if report.defects:
        raise click.exceptions.Exit(INPUT_WRONG)
    if not sound:
        raise click.exceptions.Exit(ANSWER_IS_NO)
