"""`hyotei corpus`: many sheets as a folder of Parquet tables."""

import click

from hyotei.cli import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={
        "build": "hyotei.cli.corpus_build:build_corpus",
        "info": "hyotei.cli.corpus_info:info",
        "check": "hyotei.cli.corpus_check:check_corpus",
        "show": "hyotei.cli.corpus_show:show",
    },
    help="help.corpus.command",
)
def corpus() -> None:
    """Many sheets as Parquet tables."""
