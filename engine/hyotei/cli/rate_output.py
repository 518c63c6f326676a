"""What `hyotei rate` writes: verdicts in full, a line each, or as JSON; and how many there were of what."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hyotei.cli.output import print_document, print_line, print_rule, problems_data, styled, write_json
from hyotei.messages import Diagnostic, HyoteiError, wording

if TYPE_CHECKING:
    from hyotei.cli.rate_questions import Answers
    from hyotei.messages import Language
    from hyotei.sheet import Sheet
    from hyotei.verdict.verdict import Verdict

_ID: Final = "{id}"


@dataclass
class Rated:
    """How many sheets came, and what became of them."""

    total: int = 0
    failed: int = 0
    """Those that could not be read, or not answered."""
    without_rulebook: int = 0
    """Those that were read but have no rulebook, or not just one."""
    undetermined: int = 0
    warned: int = 0
    noted: int = 0

    def add(self, problems: "tuple[Diagnostic, ...]") -> None:
        """One more sheet, with what is to be said of it."""
        severities = {problem.severity for problem in problems}
        self.total += 1
        self.warned += "warning" in severities
        self.noted += "note" in severities

    def text(self, language: "Language") -> str:
        return wording(language)(
            "cli.rate.counts",
            total=self.total,
            failed=self.failed,
            undetermined=self.undetermined,
            without_rulebook=self.without_rulebook,
            warned=self.warned,
            noted=self.noted,
        )


class JsonOutput:
    """One JSON document: the verdict of one sheet, or a list of them written as they come."""

    def __init__(self, many: bool, language: "Language") -> None:
        self.many, self.language, self.first = many, language, True
        self.failures: list[dict[str, object]] = []
        self.without: list[dict[str, object]] = []
        self.files: list[str] = []
        if self.many:
            click.echo('{"schema": "hyotei.verdicts/1", "verdicts": [')

    def verdict(self, file: str, verdict: "Verdict", _: tuple[str, ...], answers: "Answers | None") -> None:
        indent = None if self.many else 2
        document = verdict.to_json(self.language, indent) if answers is None else answers.to_json(self.language, indent)
        if not self.many:
            click.echo(document)
            return
        click.echo(("" if self.first else ",") + document)
        self.first = False
        self.files.append(file)

    def failed(self, file: str, problems: "tuple[Diagnostic, ...]") -> None:
        failure: dict[str, object] = {"file": file, "problems": problems_data(problems, self.language)}
        if self.many:
            self.failures.append(failure)
        else:
            write_json({"schema": "hyotei.failure/1", **failure})

    def unrated(self, file: str, sheet: "Sheet", problems: "tuple[Diagnostic, ...]") -> None:
        found: dict[str, object] = {
            "file": file, "sheet": sheet.id, "problems": problems_data(problems, self.language),
        }  # fmt: skip
        if self.many:
            self.without.append(found)
        else:
            write_json({"schema": "hyotei.failure/1", **found})

    def end(self, counts: Rated) -> None:
        if self.many:
            told = {
                "files": self.files,
                "failed": counts.failed,
                "without_rulebook": counts.without_rulebook,
                "undetermined": counts.undetermined,
                "failures": self.failures,
                "unrated": self.without,
            }
            click.echo("], " + json.dumps(told, ensure_ascii=False).removeprefix("{"))


class TextOutput:
    """One sheet in full, several as a line each unless reasons are asked for."""

    def __init__(self, many: bool, language: "Language", full: bool, why: bool) -> None:
        self.many, self.full = many, not many or full
        self.language, self.why, self.first = language, why, True

    def verdict(self, file: str, verdict: "Verdict", wanted: tuple[str, ...], answers: "Answers | None") -> None:
        from hyotei.report.verdict_document import SHORT, WITH_REASONS, Part, one_line, verdict_document

        if not self.full:
            line = one_line(
                verdict.sheet.id, verdict.rating, verdict.budget, verdict.status, verdict.sheet.title, self.language
            )
            print_line(self._named(line, file))
            return
        if not self.first:
            print_rule()
        self.first = False
        if self.many:
            styled([("faint", file)])
        asked: tuple[Part, ...] = ("measures", "budget", "why_not", *SHORT[2:]) if wanted else SHORT
        parts = WITH_REASONS if self.why else asked
        added = () if answers is None else answers.sections(self.language)
        print_document(verdict_document(verdict, self.language, parts, wanted, added))

    def failed(self, file: str, problems: "tuple[Diagnostic, ...]") -> None:
        """Told on stderr already."""

    def unrated(self, file: str, sheet: "Sheet", problems: "tuple[Diagnostic, ...]") -> None:
        """A line in the list, as its verdict would have; of one sheet alone all is told on stderr."""
        from hyotei.report.verdict_document import one_line

        if self.many:
            print_line(self._named(one_line(sheet.id, None, None, "no_rulebook", sheet.title, self.language), file))

    def _named(self, line: str, file: str) -> str:
        """A line of the list with its file at the end."""
        return wording(self.language)("cli.rate.of_file", line=line, file=file)

    def end(self, counts: Rated) -> None:
        if counts.total > 1:
            print_line(counts.text(self.language), err=True)


class DocumentFiles:
    """Verdicts as documents to hand on, a file each; `{id}` in the name stands for the ID of the sheet.

    Raises:
        HyoteiError: there is more than one sheet, and the name does not tell them apart (HY705).
    """

    def __init__(self, out: Path, many: bool, language: "Language") -> None:
        if many and _ID not in out.name:
            named = out.with_name(f"{out.stem}-{_ID}{out.suffix}")
            raise HyoteiError(Diagnostic("HY705", params={"path": str(out), "example": str(named), "place": _ID}))
        self.out, self.language = out, language
        self.written: set[Path] = set()

    def write(self, verdict: "Verdict", answers: "Answers | None") -> Path:
        """Writes one verdict, and says where."""
        from hyotei.report.verdict_document import verdict_document
        from hyotei.writers.files import write

        path = self._free(re.sub(r'[\\/:*?"<>|#%\x00-\x1f]', "_", verdict.sheet.id))
        added = () if answers is None else answers.sections(self.language)
        write(verdict_document(verdict, self.language, added=added), path)
        return path

    def _free(self, identity: str) -> Path:
        """The name for a sheet; sheets of one ID are numbered."""
        number = 1
        while True:
            told = identity if number == 1 else f"{identity}-{number}"
            path = self.out.with_name(self.out.name.replace(_ID, told))
            if path not in self.written:
                self.written.add(path)
                return path
            number += 1
