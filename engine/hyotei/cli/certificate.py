"""`hyotei certificate`: certificates of proofs."""

import click

from hyotei.cli import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={
        "verify": "hyotei.cli.certificate_verify:verify",
        "schema": "hyotei.cli.certificate_schema:schema",
    },
)
def certificate() -> None:
    """証明書を確かめる。 / Certificates of proofs."""
