"""The findings of an audit held against those of an earlier report: new, continuing, and resolved ones."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal, NamedTuple

from hyotei.audit.model import Finding
from hyotei.audit.programme_year import programme_of, same_name
from hyotei.audit.selection import ALL, Selection
from hyotei.messages import Diagnostic, HyoteiError, Location

LINES: Final = "findings.ndjson"


class Earlier(NamedTuple):
    """A finding of an earlier report, as far as it is compared and shown."""

    code: str
    sheet: str
    title: str
    authority: str
    fiscal_year: int
    severity: str
    unit: str
    subject: str
    message: str

    @property
    def key(self) -> tuple[str, ...]:
        """What it has in common with the same finding of another year: kind, programme and subject."""
        return _key(self)


def _key(each: "Earlier | Finding") -> tuple[str, ...]:
    # A budget year is named by its unit, because its subject is in the language of the report.
    subject = each.unit if each.unit.startswith("budget_years[") else same_name(each.subject)
    return (each.code, *programme_of(each.authority, each.title), subject)


class Against:
    """An earlier report, and what has become of its findings.

    A finding is the same where its kind, its programme (ministry and title) and its subject are, white space aside. One of a
    fiscal year that the earlier report has findings of is continuing if it was made of that year then; one of any other year, such
    as the next, is continuing if it was made of some year then. Give every sheet to `sheet` and every finding to `marked`;
    `resolved` and `unaudited` are whole after that.

    Args:
        path: the folder of a report, or its findings.ndjson.
        selection: which findings are compared.

    Raises:
        HyoteiError: there is no report, or a line of it is none of a finding (HY989).
    """

    def __init__(self, path: Path, selection: Selection = ALL) -> None:
        self.path = path
        self.states: Counter[str] = Counter()
        self._earlier = [each for each in _read(path) if _told(each, selection)]
        self._before: dict[tuple[str, ...], set[int]] = {}
        for each in self._earlier:
            self._before.setdefault(each.key, set()).add(each.fiscal_year)
        self._covered = {each.fiscal_year for each in self._earlier}
        self._now: dict[tuple[str, ...], set[int]] = {}
        self._audited: dict[tuple[str, str], set[int]] = {}

    def sheet(self, authority: str, title: str, fiscal_year: int) -> None:
        """A sheet is audited now."""
        self._audited.setdefault(programme_of(authority, title), set()).add(fiscal_year)

    def marked(self, finding: Finding) -> Finding:
        """The finding, said to be new or continuing."""
        key = _key(finding)
        year = finding.fiscal_year
        self._now.setdefault(key, set()).add(year)
        before = self._before.get(key, set())
        found = replace(
            finding, state="continuing" if before and (year in before or year not in self._covered) else "new"
        )
        self.states[found.state] += 1
        return found

    def resolved(self) -> list[Earlier]:
        """The findings of the earlier report that are not made any more, although a sheet was audited that could tell."""
        return [each for each in self._earlier if self._years(each) and self._gone(each)]

    def unaudited(self) -> list[Earlier]:
        """Those of programmes of which no sheet of that year or a later one was audited now: nothing can be said of them."""
        return [each for each in self._earlier if not self._years(each)]

    def not_made(self) -> Iterator[tuple[Literal["resolved", "not_audited"], Earlier]]:
        """Both kinds, each with its state."""
        for each in self.resolved():
            yield "resolved", each
        for each in self.unaudited():
            yield "not_audited", each

    def _years(self, each: Earlier) -> set[int]:
        """The fiscal years of the programme that are audited now and can tell what became of a finding."""
        years = self._audited.get(programme_of(each.authority, each.title), set())
        return {year for year in years if year >= each.fiscal_year}

    def _gone(self, each: Earlier) -> bool:
        now = self._now.get(each.key, set())
        if each.fiscal_year in now or each.fiscal_year in self._years(each):
            return each.fiscal_year not in now
        return not now - self._covered


def _told(each: Earlier, selection: Selection) -> bool:
    # The fiscal year of an earlier report is another one.
    codes = not selection.codes or any(
        each.code == code or each.code.startswith(f"{code}-") for code in selection.codes
    )
    severities = not selection.severities or each.severity in selection.severities
    return replace(selection, fiscal_years=frozenset()).holds(each.authority, each.fiscal_year) and codes and severities


def _read(path: Path) -> Iterator[Earlier]:
    file = path / LINES if path.is_dir() else path
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield _earlier(line, file, number)
    except (OSError, UnicodeDecodeError) as error:
        raise HyoteiError(Diagnostic("HY989", Location(file.name), {"path": str(path)})) from error


def _earlier(line: str, file: Path, number: int) -> Earlier:
    try:
        data = json.loads(line)
        found = Earlier(*(data[name] for name in Earlier._fields))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise HyoteiError(Diagnostic("HY989", Location(file.name, number), {"path": str(file)})) from error
    if not all(isinstance(value, int if name == "fiscal_year" else str) for name, value in found._asdict().items()):
        raise HyoteiError(Diagnostic("HY989", Location(file.name, number), {"path": str(file)}))
    return found
