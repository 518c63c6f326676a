"""`hyotei certificate`: certificates of proofs."""

import click

from hyotei.cli import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={
        "verify": "hyotei.cli.certificate_verify:verify",
        "schema": "hyotei.cli.certificate_schema:schema",
    },
    help="help.certificate.command",
)
def certificate() -> None:
    """Certificates of proofs."""
