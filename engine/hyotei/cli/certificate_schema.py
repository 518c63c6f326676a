"""`hyotei certificate schema`: the JSON Schemas of certificates and of proofs."""

import click

from hyotei.cli.output import json_option, lang_option, write_json


@click.command(help="help.certificate_schema.command")
@click.option("--proof", is_flag=True, help="help.certificate_schema.proof")
@json_option
@lang_option
def schema(proof: bool, as_json: bool, lang: str) -> None:
    """Write the JSON Schema of a certificate."""
    from hyotei.base.extras import need

    need("proof")
    from hyotei.base.result_json import result_schema
    from hyotei.proof import certificate, results

    if proof:
        write_json(result_schema(results.ProofReport, results.SCHEMA))
    else:
        write_json(certificate.schema())
