"""Which sheets and findings an audit tells: `--authority`, `--fiscal-year`, `--code`, `--severity`."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from hyotei.audit.auditor import Auditor
    from hyotei.audit.selection import Selection
    from hyotei.messages import HyoteiError

Command = Callable[..., object]
_OPTIONS: Final = (
    (
        "authority",
        "NAME",
        "help.audit_options.authority",
    ),
    (
        "fiscal-year",
        "YEAR",
        "help.audit_options.fiscal_year",
    ),
    (
        "code",
        "CODE",
        "help.audit_options.code",
    ),
    (
        "severity",
        "SEVERITY",
        "help.audit_options.severity",
    ),
)

_SEVERITIES: Final = ("serious", "notice")

_MOST_NAMED: Final = 10
"""Authorities that are named where none of them was asked for."""


def selection_options(command: Command) -> Command:
    """The four options, which reach the command as one `selection`."""

    @wraps(command)
    def called(
        *arguments: object,
        authority: tuple[str, ...],
        fiscal_year: tuple[str, ...],
        code: tuple[str, ...],
        severity: tuple[str, ...],
        **options: object,
    ) -> object:
        return command(*arguments, selection=_selection(authority, fiscal_year, code, severity), **options)

    decorated: Command = called
    for name, metavar, help_text in reversed(_OPTIONS):
        decorated = click.option(f"--{name}", multiple=True, metavar=metavar, help=help_text)(decorated)
    return decorated


def _selection(
    authorities: tuple[str, ...], years: tuple[str, ...], codes: tuple[str, ...], severities: tuple[str, ...]
) -> "Selection":
    """What is asked for.

    Raises:
        HyoteiError: a year cannot be read (HY201 to HY204), or there is no such severity (HY713).
    """
    from hyotei.audit.selection import Selection
    from hyotei.messages import LANGUAGES, Diagnostic, HyoteiError, Listed, Location, phrase_of, wording
    from hyotei.sheet.fiscal_year import read_fiscal_year

    wanted: set[int] = set()
    for year in years:
        read, problems = read_fiscal_year(year, location=Location("--fiscal-year"))
        if read is None:
            raise HyoteiError(*problems)
        wanted.add(read.year)
    by_word = {
        wording(language).one_of("common.finding_severity", key): key for language in LANGUAGES for key in _SEVERITIES
    }
    if not {*severities} <= {*by_word, *_SEVERITIES}:
        values = Listed(tuple(phrase_of("common.finding_severity", key) for key in _SEVERITIES))
        raise HyoteiError(Diagnostic("HY713", params={"option": "--severity", "values": values}))
    return Selection(
        frozenset(authorities),
        frozenset(wanted),
        frozenset(codes),
        frozenset(by_word.get(severity, severity) for severity in severities),
    )


def no_such_kinds(selection: "Selection", auditor: "Auditor", met: set[tuple[str, int]]) -> "HyoteiError | None":
    """That a kind of findings is asked for which cannot be made: that none is found would seem to be a good answer (HY980)."""
    if not selection.codes or not met:
        return None
    from hyotei.audit.finding_kinds import kinds
    from hyotei.audit.selection import Selection
    from hyotei.messages import Diagnostic, HyoteiError, Listed, phrase

    known = kinds(auditor, met)
    if known is None:
        return None
    wrong = [code for code in sorted(selection.codes) if not any(map(Selection(codes=frozenset([code])).kind, known))]
    if not wrong:
        return None
    wanted = " ".join(f"--code {code}" for code in wrong)
    there = phrase("cli.audit.kinds", codes=Listed(known))
    return HyoteiError(Diagnostic("HY980", params={"wanted": wanted, "known": there}))


def nothing_selected(selection: "Selection", met: set[tuple[str, int]]) -> "HyoteiError":
    """That no sheet is of the authorities and years asked for, with those that there are."""
    from hyotei.messages import Diagnostic, HyoteiError, Listed, phrase

    authorities, years = sorted({name for name, _ in met}), sorted({year for _, year in met})
    named = Listed((*authorities[:_MOST_NAMED], *(["…"] if len(authorities) > _MOST_NAMED else [])))
    span = f"{years[0]}～{years[-1]}" if len(years) > 1 else f"{years[0]}"
    known = phrase("cli.audit.known", authorities=named, years=span)
    return HyoteiError(Diagnostic("HY980", params={"wanted": selection.words, "known": known}))
