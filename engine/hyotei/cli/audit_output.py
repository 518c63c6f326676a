"""Where the audits of sheets go, one by one: to standard output as JSON or in words, or to the file of the one sheet."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hyotei.cli.output import print_document, print_line, print_rule
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.audit.model import SheetAudit
    from hyotei.messages import Language

IN_FULL: Final = 3
"""Up to how many sheets each is shown in full."""


def not_read(count: int, language: "Language") -> str:
    """How many files were not read, in words."""
    return wording(language)("cli.not_read", count=count)


class JsonOutput:
    """One document, written as it comes."""

    def __init__(self) -> None:
        self.first = True

    def sheet(self, found: "SheetAudit") -> None:
        from hyotei.base.result_json import result_data

        click.echo('{"schema": "hyotei.audit/1", "sheets": [' if self.first else ",")
        click.echo(json.dumps(result_data(found), ensure_ascii=False), nl=False)
        self.first = False

    def end(self, summary: object, failed: int) -> None:
        if self.first:
            click.echo('{"schema": "hyotei.audit/1", "sheets": [', nl=False)
        click.echo(f'\n], "failed": {failed}}}')


class TextOutput:
    """A few sheets in full; many in numbers."""

    def __init__(self, language: "Language") -> None:
        self.language = language
        self.kept: list[SheetAudit] = []

    def sheet(self, found: "SheetAudit") -> None:
        if len(self.kept) <= IN_FULL:
            self.kept.append(found)

    def end(self, summary: object, failed: int) -> None:
        from hyotei.audit.summary import Summary
        from hyotei.report.audit_document import audit_document
        from hyotei.report.audit_summary_document import summary_document

        assert isinstance(summary, Summary)
        if len(self.kept) > IN_FULL:
            print_document(summary_document(summary, self.language))
        else:
            for index, each in enumerate(self.kept):
                if index:
                    print_rule()
                print_document(audit_document(each, self.language))
        if failed:
            print_line(not_read(failed, self.language), err=True)


class OneSheetOutput:
    """A file with the audit of the one sheet that there is."""

    def __init__(self, out: Path, language: "Language") -> None:
        from hyotei.base.text_file import must_have_folder
        from hyotei.writers.files import format_of

        self.out, self.language = out, language
        self.found: SheetAudit | None = None
        format_of(out)  # refused before anything is audited
        must_have_folder(out)

    def sheet(self, found: "SheetAudit") -> None:
        if self.found is not None:
            raise click.UsageError(wording(self.language)("cli.audit.one_sheet_only"))
        self.found = found

    def end(self, summary: object, failed: int) -> None:
        from hyotei.report.audit_document import audit_document
        from hyotei.writers.files import write

        if self.found is not None:
            write(audit_document(self.found, self.language), self.out)
            print_line(wording(self.language)("cli.written", file=self.out), err=True)
