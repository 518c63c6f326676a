"""`hyotei corpus info`: what a corpus holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.base.display_width import display_width, pad
from hyotei.cli.output import json_option, lang_option, styled, write_json

if TYPE_CHECKING:
    from hyotei.corpus.overview import Overview
    from hyotei.messages import Language
    from hyotei.report.reading_text import Line


@click.command("info", help="help.corpus_info.command")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@json_option
@lang_option
def info(folder: Path, as_json: bool, lang: "Language") -> None:
    """What a corpus holds."""
    from dataclasses import asdict

    from hyotei.corpus.corpus import Corpus
    from hyotei.corpus.overview import overview

    with Corpus.open(folder) as corpus:
        found = overview(corpus)
    if as_json:
        write_json({"schema": "hyotei.corpus-info/1", "corpus": str(folder), **asdict(found)})
        return
    styled(_lines(folder, found, lang))


def _lines(folder: Path, found: "Overview", language: "Language") -> "Iterator[Line]":
    from hyotei.messages import InEach, wording

    say = wording(language)
    sheets = found.rows["sheets"]
    yield "title", say("corpus.info.title", folder=folder, sheets=sheets, megabytes=found.bytes / 1e6)
    yield "plain", say("corpus.info.version", version=found.version, hash=found.hash)
    if found.shared:
        yield "bad", say("corpus.info.shared", count=found.shared)
    yield "plain", ""
    years = sorted({year for counts in found.counts.values() for year in counts})
    header = [say("corpus.info.authority"), *map(str, years), say("corpus.info.total")]
    rows = [[name, *_cells(counts, years)] for name, counts in found.counts.items()]
    if len(rows) > 1:
        total = {year: sum(counts.get(year, 0) for counts in found.counts.values()) for year in years}
        rows.append([say("corpus.info.total"), *_cells(total, years)])
    yield from _table(header, rows)
    yield "plain", ""
    yield "strong", say("corpus.info.tables")
    yield from _table(None, [[name, f"{rows:,}"] for name, rows in found.rows.items()])
    yield "plain", ""
    if found.unread:
        from hyotei.report.unread_words import unread_parts

        yield "strong", say("audit_report.unread.title")
        yield from _table(None, [[name, f"{count:,}"] for name, count in unread_parts(found.unread, say)])
        yield "plain", ""
    yield "strong", say("corpus.info.sources")
    for source in found.sources:
        key = "corpus.info.source_failed" if source.failed else "corpus.info.source"
        counts = {"sheets": source.sheets} | ({"failed": source.failed} if source.failed else {})
        yield "plain", f"  {source.path}"
        yield "faint", f"    {say(key, **counts)}   sha256 {source.sha256[:16] or '-'}"
    if found.said:
        yield "plain", ""
        yield "strong", say("corpus.info.said")
        for each in found.said:
            yield "plain", f"  {each.code} × {each.count:,}  {InEach(each.ja, each.en).text(language)}"


def _cells(counts: dict[int, int], years: list[int]) -> list[str]:
    return [*(f"{counts[year]:,}" if year in counts else "-" for year in years), f"{sum(counts.values()):,}"]


def _table(header: list[str] | None, rows: list[list[str]]) -> "Iterator[Line]":
    """The first column to the left, figures to the right."""
    every = [*([header] if header else []), *rows]
    widths = [max(display_width(row[column]) for row in every) for column in range(len(every[0]))]
    for row in every:
        figures = (" " * (width - display_width(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "faint" if row is header else "plain", "  ".join(["", pad(row[0], widths[0]), *figures])
