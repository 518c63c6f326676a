"""`hyotei audit`: recorded evaluations against derived ones, and findings, for one sheet or tens of thousands."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, styled, tell

if TYPE_CHECKING:
    from hyotei.audit.model import SheetAudit
    from hyotei.messages import Language
    from hyotei.sheet import Sheet

_IN_FULL: Final = 3
"""Up to how many sheets each is shown in full."""


@click.command()
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--rulebook",
    "rulebook_name",
    metavar="ID|PATH",
    help="評価区分を導く評価基準書（省略時は府省庁と年度から選ぶ）。 / Rulebook; by default chosen by authority and year.",
)
@click.option(
    "--checks",
    "checks",
    multiple=True,
    metavar="ID|PATH|none",
    help="点検の評価基準書（省略時は対象年度のものすべて、none でなし）。 / Rulebooks of checks; by default all in force.",
)
@click.option(
    "--as", "as_", metavar="FORMAT", help="形式（省略時は内容から判断）。 / Format; by default found from content."
)
@json_option
@lang_option
def audit(
    sheets: tuple[Path, ...],
    rulebook_name: str | None,
    checks: tuple[str, ...],
    as_: str | None,
    as_json: bool,
    lang: "Language",
) -> None:
    """評価書 SHEETS に記載された評価を、導いた評価と照らし合わせ、点検の指摘を挙げる。

    Holds recorded evaluations against derived ones and lists findings.
    """
    from hyotei.audit.audit import Auditor
    from hyotei.audit.summary import Summary

    auditor = Auditor(rulebook_name, None if not checks else [each for each in checks if each != "none"], lang)
    reading = _Reading(sheets, as_, lang)
    summary = Summary()
    writer = _Json() if as_json else _Text(lang)
    for sheet in reading:
        found = auditor.audit(sheet)
        summary.add(found)
        writer.sheet(found)
    writer.end(summary.of(auditor.rulebooks), reading.failed)
    if reading.failed or not summary.whole.sheets:
        raise click.exceptions.Exit(INPUT_WRONG)


class _Reading:
    """The sheets of the paths; what is wrong with them is told as it is found."""

    def __init__(self, paths: tuple[Path, ...], as_: str | None, language: "Language") -> None:
        self.paths, self.as_, self.language, self.failed = paths, as_, language, 0

    def __iter__(self) -> "Iterator[Sheet]":
        from hyotei.cli.read import progress
        from hyotei.readers.door import read_sheets

        with progress(self.paths, self.language) as watch:
            for found in read_sheets(self.paths, self.as_, watch=watch.bytes):
                tell(found.problems, self.language)
                watch.sheet()
                if found.sheet is not None:
                    yield found.sheet
                elif any(problem.severity == "error" for problem in found.problems):
                    self.failed += 1


class _Json:
    """One document, written as it comes."""

    def __init__(self) -> None:
        self.first = True

    def sheet(self, found: "SheetAudit") -> None:
        click.echo('{"schema": "hyotei.audit/1", "sheets": [' if self.first else ",")
        click.echo(json.dumps(asdict(found), ensure_ascii=False), nl=False)
        self.first = False

    def end(self, summary: object, failed: int) -> None:
        if self.first:
            click.echo('{"schema": "hyotei.audit/1", "sheets": [', nl=False)
        click.echo(f'\n], "failed": {failed}}}')


class _Text:
    """A few sheets in full; many in numbers."""

    def __init__(self, language: "Language") -> None:
        self.language = language
        self.kept: list[SheetAudit] = []

    def sheet(self, found: "SheetAudit") -> None:
        if len(self.kept) <= _IN_FULL:
            self.kept.append(found)

    def end(self, summary: object, failed: int) -> None:
        from hyotei.audit.summary import Summary
        from hyotei.report.audit_text import audit_text, summary_text

        assert isinstance(summary, Summary)
        if len(self.kept) > _IN_FULL:
            styled(summary_text(summary, self.language))
        else:
            for index, each in enumerate(self.kept):
                if index:
                    click.echo("\n" + "─" * 100 + "\n")
                styled(audit_text(each, self.language))
        if failed:
            said = f"読めなかったもの {failed}件" if self.language == "ja" else f"{failed} could not be read"
            click.echo(said, err=True)
