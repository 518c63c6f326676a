"""`hyotei corpus check`: whether a corpus is whole."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_line, problems_data, tell, write_json

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command("check")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--quick",
    is_flag=True,
    help="ファイルと鍵だけを確かめ、内容は読み直さない。 / Files and keys only, not the content.",
)
@json_option
@lang_option
def check_corpus(folder: Path, quick: bool, as_json: bool, lang: "Language") -> None:
    """コーパスのファイル、行数、ハッシュ、鍵、すべての評価書の内容を確かめる。 / Whether a corpus is whole."""
    from hyotei.corpus.check_corpus import check_corpus
    from hyotei.corpus.corpus import Corpus

    with Corpus.open(folder) as corpus:
        problems = []
        for problem in check_corpus(corpus, quick=quick):
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
        ja = f"{folder}：評価書 {sheets:,}件。ファイルと鍵{'' if quick else 'と内容'}に誤りはありません。"
        en = f"{folder}: {sheets:,} sheets; files{' and keys' if quick else ', keys and content'} are in order."
        print_line(ja if lang == "ja" else en)
    if problems:
        raise click.exceptions.Exit(INPUT_WRONG)
