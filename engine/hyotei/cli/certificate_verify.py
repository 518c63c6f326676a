"""`hyotei certificate verify`: everything a certificate states is proved again, and each item says how it came out."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.document_options import document_options, write_documents
from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, json_option, lang_option, print_document, tell, write_json

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command(help="help.certificate_verify.command")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("rulebook", required=False)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="help.certificate_verify.timeout",
)
@document_options
@json_option
@lang_option
def verify(
    file: Path, rulebook: str | None, timeout: float, files: list[tuple[Path, str]], as_json: bool, lang: "Language"
) -> None:
    """Proves again what a certificate states, of the rulebook given or of the one it names. The exit code is 0 if everything came
    out as recorded, good or bad, and 1 if not.
    """
    from hyotei.base.extras import need
    from hyotei.base.result_json import result_data
    from hyotei.cli.proof_progress import proof_progress

    need("proof")
    from hyotei.proof.certificate import read_certificate
    from hyotei.proof.verify import verify as verify_certificate
    from hyotei.report.verification_document import verification_document
    from hyotei.rulebook.library import load_rulebook

    found = read_certificate(file)
    book = load_rulebook(rulebook or found.rulebook)
    with proof_progress(not as_json, lang) as watch:
        result = verify_certificate(found, book, timeout, watch)
    write_documents(files, lambda _: verification_document(result, lang))
    if as_json:
        write_json(result_data(result))
    elif not files:
        print_document(verification_document(result, lang))
    if result.again.defects:
        tell(result.again.defects, lang)
        raise click.exceptions.Exit(INPUT_WRONG)
    if not result.verified:
        raise click.exceptions.Exit(ANSWER_IS_NO)
