"""`hyotei certificate verify`: everything a certificate states is proved again, and each item says how it came out."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import ANSWER_IS_NO, INPUT_WRONG, json_option, lang_option, print_document, tell, write_json

if TYPE_CHECKING:
    from hyotei.messages import Language
    from hyotei.proof.verify import VerifiedCertificate


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
@json_option
@lang_option
def verify(file: Path, rulebook: str | None, timeout: float, as_json: bool, lang: "Language") -> None:
    """Proves again what a certificate states, of the rulebook given or of the one it names. The exit code is 0 if everything came
    out as recorded, good or bad, and 1 if not.
    """
    from hyotei.base.extras import need
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
    if as_json:
        write_json(_data(result))
    else:
        print_document(verification_document(result, lang))
    if result.again.defects:
        tell(result.again.defects, lang)
        raise click.exceptions.Exit(INPUT_WRONG)
    if not result.as_recorded:
        raise click.exceptions.Exit(ANSWER_IS_NO)


def _data(found: "VerifiedCertificate") -> dict[str, object]:
    certificate = found.certificate
    return {
        "schema": "hyotei.certificate-verification/2",
        "rulebook": certificate.rulebook,
        "hash": certificate.hash,
        "hash_format": certificate.hash_format,
        "of": certificate.of,
        "status": certificate.status,
        "verified": found.as_recorded,
        "counts": found.counts,
        "made_with": list(found.made_with),
        "verified_with": list(found.verified_with),
        "items": [
            {
                "same": each.same,
                "certified": None if each.certified is None else asdict(each.certified),
                "now": None if each.now is None else asdict(each.now),
            }
            for each in found.items
        ],
    }
