"""`hyotei corpus check`: whether a corpus is whole."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_line, problems_data, tell, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command("check", help="help.corpus_check.command")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--quick",
    is_flag=True,
    help="help.corpus_check.quick",
)
@json_option
@lang_option
def check_corpus(folder: Path, quick: bool, as_json: bool, lang: "Language") -> None:
    """Whether a corpus is whole."""
    import os

    from hyotei.corpus.check_corpus import check_corpus
    from hyotei.corpus.corpus import Corpus

    with Corpus.open(folder) as corpus:
        problems = []
        for problem in check_corpus(corpus, quick=quick, processes=os.cpu_count() or 1):
            problems.append(problem)
            tell([problem], lang)
        sheets, digest = len(corpus), corpus.hash
    if as_json:
        write_json(
            {
                "schema": "hyotei.corpus-check/1",
                "corpus": str(folder),
                "hash": digest,
                "sheets": sheets,
                "content": not quick,
                "whole": not problems,
                "problems": problems_data(problems, lang),
            }
        )
    elif not problems:
        key = "corpus.check.files_sound" if quick else "corpus.check.all_sound"
        print_line(wording(lang)(key, folder=folder, sheets=sheets))
    if problems:
        raise click.exceptions.Exit(INPUT_WRONG)
