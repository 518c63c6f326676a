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
)
def corpus() -> None:
    """多数の評価書を Parquet の表にまとめ、調べる。 / Many sheets as Parquet tables."""
