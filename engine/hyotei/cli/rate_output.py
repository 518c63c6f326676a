"""What `hyotei rate` writes: verdicts in full, a line each, or as JSON; and how many there were of what."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import print_line, print_runs, problems_data, styled, write_json

if TYPE_CHECKING:
    from hyotei.cli.rate_questions import Answers
    from hyotei.messages import Diagnostic, Language
    from hyotei.sheet import Sheet
    from hyotei.verdict.verdict import Verdict


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
        if language == "en":
            return (
                f"of {self.total:,}: {self.failed:,} could not be read, {self.undetermined:,} undetermined, "
                f"{self.without_rulebook:,} without a rulebook, {self.warned:,} with warnings, {self.noted:,} with notes"
            )
        return (
            f"{self.total:,}件中：読めないもの {self.failed:,}件、定まらないもの {self.undetermined:,}件、"
            f"合う評価基準書のないもの {self.without_rulebook:,}件、注意あり {self.warned:,}件、参考あり {self.noted:,}件"
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
        from hyotei.report.verdict_text import one_line, verdict_text

        if not self.full:
            line = one_line(
                verdict.sheet.id, verdict.rating, verdict.budget, verdict.status, verdict.sheet.title, self.language
            )
            print_line(self._named(line, file))
            return
        if not self.first:
            click.echo("\n" + "─" * 100 + "\n")
        self.first = False
        if self.many:
            styled([("faint", file)])
        labels = {
            value: label
            for name in ("result", "severity")
            if name in verdict.rulebook.scales
            for value, label in verdict.rulebook.scales[name].labels.items()
        }
        styled(verdict_text(verdict.data(self.language), labels, self.language, self.why, wanted))
        if answers is not None:
            from hyotei.writers.terminal import blocks_lines

            print_runs(blocks_lines(answers.sections(self.language), self.language == "ja", heading=""))

    def failed(self, file: str, problems: "tuple[Diagnostic, ...]") -> None:
        """Told on stderr already."""

    def unrated(self, file: str, sheet: "Sheet", problems: "tuple[Diagnostic, ...]") -> None:
        """A line in the list, as its verdict would have; of one sheet alone all is told on stderr."""
        from hyotei.report.verdict_text import one_line

        if self.many:
            print_line(self._named(one_line(sheet.id, None, None, "no_rulebook", sheet.title, self.language), file))

    def _named(self, line: str, file: str) -> str:
        """A line of the list with its file at the end."""
        return f"{line}  〔{file}〕" if self.language == "ja" else f"{line}  [{file}]"

    def end(self, counts: Rated) -> None:
        if counts.total > 1:
            print_line(counts.text(self.language), err=True)
