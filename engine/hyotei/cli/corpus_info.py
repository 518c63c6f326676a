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


@click.command("info")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@json_option
@lang_option
def info(folder: Path, as_json: bool, lang: "Language") -> None:
    """コーパスの内容を、府省庁と年度ごとの件数、資料、読み取りの記録で示す。 / What a corpus holds."""
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
    ja = language == "ja"
    count = f"{found.rows['sheets']:,}"
    size = f"{found.bytes / 1e6:,.1f}"
    yield "title", f"{folder}：評価書 {count}件、{size}MB" if ja else f"{folder}: {count} sheets, {size} MB"
    yield "plain", f"  {'版' if ja else 'version'} {found.version}   {'ハッシュ' if ja else 'hash'} {found.hash}"
    if found.shared:
        number = f"{found.shared:,}"
        yield (
            "bad",
            f"  識別子が重なる評価書 {number}件（鍵は「識別子#…」）"
            if ja
            else f"  {number} sheets share an identifier",
        )
    yield "plain", ""
    years = sorted({year for counts in found.counts.values() for year in counts})
    header = ["府省庁" if ja else "authority", *map(str, years), "計" if ja else "total"]
    rows = [[name, *_cells(counts, years)] for name, counts in found.counts.items()]
    if len(rows) > 1:
        total = {year: sum(counts.get(year, 0) for counts in found.counts.values()) for year in years}
        rows.append(["計" if ja else "total", *_cells(total, years)])
    yield from _table(header, rows)
    yield "plain", ""
    yield "strong", "表" if ja else "tables"
    yield from _table(None, [[name, f"{rows:,}"] for name, rows in found.rows.items()])
    yield "plain", ""
    if found.unread:
        from hyotei.report.audit_words import Say
        from hyotei.report.unread_words import UNREAD, unread_parts

        say = Say(language)
        yield "strong", say.pair(UNREAD)
        yield from _table(None, [[name, f"{count:,}"] for name, count in unread_parts(found.unread, say)])
        yield "plain", ""
    yield "strong", "資料" if ja else "sources"
    for source in found.sources:
        failed = f"、失敗 {source.failed:,}件" if ja else f", failed {source.failed:,}"
        sheets = f"{source.sheets:,}件" if ja else f"{source.sheets:,} sheets"
        yield "plain", f"  {source.path}"
        yield "faint", f"    {sheets}{failed if source.failed else ''}   sha256 {source.sha256[:16] or '-'}"
    if found.said:
        yield "plain", ""
        yield "strong", "読み取りの記録（表 problems）" if ja else "said while reading (table problems)"
        for each in found.said:
            yield "plain", f"  {each.code} × {each.count:,}  {each.ja if ja else each.en}"


def _cells(counts: dict[int, int], years: list[int]) -> list[str]:
    return [*(f"{counts[year]:,}" if year in counts else "-" for year in years), f"{sum(counts.values()):,}"]


def _table(header: list[str] | None, rows: list[list[str]]) -> "Iterator[Line]":
    """The first column to the left, figures to the right."""
    every = [*([header] if header else []), *rows]
    widths = [max(display_width(row[column]) for row in every) for column in range(len(every[0]))]
    for row in every:
        figures = (" " * (width - display_width(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "faint" if row is header else "plain", "  ".join(["", pad(row[0], widths[0]), *figures])
