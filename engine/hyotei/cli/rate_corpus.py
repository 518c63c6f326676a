"""`hyotei rate CORPUS -o verdicts.parquet`: a corpus at once, on an engine for tables."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hyotei.columnar.rate_corpus import Outcome, Progress
    from hyotei.messages import Language
    from hyotei.rulebook.model import Rulebook


def rate_into_tables(
    paths: tuple[Path, ...],
    rulebook: "Rulebook | None",
    out: Path,
    engine: str,
    master: str | None,
    memory: str | None,
    steps: bool,
    at_once: int,
    as_json: bool,
    lang: "Language",
) -> None:
    """Rates one corpus into Parquet files and tells what was written."""
    from hyotei.base.extras import need
    from hyotei.messages import Diagnostic, HyoteiError

    if len(paths) != 1:
        raise HyoteiError(Diagnostic("HY970", params={"paths": ", ".join(str(path) for path in paths)}))
    if rulebook is None:
        raise HyoteiError(Diagnostic("HY974"))
    need("columnar")
    from hyotei.columnar.engines import check_engine_name
    from hyotei.columnar.engines import engine as engine_of
    from hyotei.columnar.rate_corpus import rate_corpus
    from hyotei.corpus.corpus import Corpus

    check_engine_name(engine)
    with Corpus.open(paths[0]) as corpus:
        outcome = rate_corpus(
            corpus,
            rulebook,
            out,
            lambda: engine_of(engine, master=master, memory=memory),
            with_steps=steps,
            at_once=at_once,
            progress=_progress(lang),
        )
    _tell(outcome, as_json, lang)


def _progress(language: "Language") -> "Progress":
    """Tells on stderr how far the work is, where a person is watching."""
    from hyotei.messages import wording

    say, started = wording(language), time.monotonic()
    watching = sys.stderr.isatty()

    def progress(done: int, count: int) -> None:
        if not watching:
            return
        seconds = time.monotonic() - started
        left = seconds / done * (count - done) if done else 0
        said = say("cli.rate.at", done=done, count=count, seconds=left)
        click.echo(f"\r\x1b[K{said}", err=True, nl=done >= count)

    return progress


def _tell(outcome: "Outcome", as_json: bool, language: "Language") -> None:
    from hyotei.cli.output import print_line, write_json
    from hyotei.messages import wording

    if as_json:
        files = {kind: str(path) for kind, path in outcome.paths.items()}
        write_json(
            {
                "schema": "hyotei.rated/1",
                "sheets": outcome.sheets,
                "singly": outcome.singly,
                "resumed": outcome.resumed,
                "files": files,
            }
        )
        return
    say = wording(language)
    print_line(say("cli.rate.rated", count=outcome.sheets))
    if outcome.singly:
        print_line(say("cli.rate.singly", count=outcome.singly))
    if outcome.resumed:
        print_line(say("cli.rate.resumed", count=outcome.resumed))
    for kind in ("verdicts", "findings", "steps"):
        if kind in outcome.paths:
            print_line(say.one_of("cli.rate.tables", kind, path=outcome.paths[kind]))
