"""What has become of the findings of an earlier report, for a terminal and as data."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from hyotei.audit.earlier_report import Against, Earlier
from hyotei.audit.model import Finding
from hyotei.messages import Language
from hyotei.report.audit_words import SEVERITIES, Say
from hyotei.report.findings_ndjson import finding_data
from hyotei.report.styled_lines import Line, wrapped
from hyotei.sheet.fiscal_year import print_fiscal_year

_F = TypeVar("_F", Finding, Earlier, Finding | Earlier)
_LISTED = 20
"""Findings of one kind of change that are listed at most."""


def against_text(against: Against, language: Language, new: Sequence[Finding] = ()) -> Iterator[Line]:
    """The numbers, and of the new and the resolved findings the first ones."""
    say = Say(language)
    yield "plain", ""
    yield "title", say(f"■ 前の報告（{against.path}）と比べて", f"Against the earlier report ({against.path})")
    for _, name, count in counts(against, say):
        yield "plain", f"  {count:>7,}  {name}"
    yield from _listed(say("新しい指摘", "New findings"), new, say)
    yield from _listed(say("解消した指摘", "Resolved findings"), against.resolved(), say)


def against_data(against: Against, new: Iterable[Finding]) -> dict[str, object]:
    """The same as JSON data, with every new and every resolved finding."""
    return {
        "schema": "hyotei.audit-against/1",
        "earlier": str(against.path),
        **counts_data(against),
        "new_findings": [finding_data(each) for each in new],
        "resolved_findings": [_earlier(each) for each in against.resolved()],
        "not_audited_findings": [_earlier(each) for each in against.unaudited()],
    }


def counts(against: Against, say: Say) -> Iterator[tuple[str, str, int]]:
    """Each state of a finding, what it is called, and of how many findings it is the state."""
    names = {
        "new": say("新しい指摘", "new"),
        "continuing": say("続いている指摘", "continuing"),
        "resolved": say("解消した指摘", "resolved"),
        "not_audited": say(
            "今回その事業の評価書がなく、分からないもの", "not known, for want of a sheet of the programme"
        ),
    }
    for state, count in counts_data(against).items():
        yield state, names[state], count


def by_severity(found: Sequence[_F]) -> list[_F]:
    """The serious ones first, else in their order."""
    order = {severity: place for place, severity in enumerate(SEVERITIES)}
    return sorted(found, key=lambda each: order.get(each.severity, len(order)))


def earlier_data(against: Against) -> Iterator[dict[str, object]]:
    """The findings of the earlier report that are not made now: resolved, and not audited, as `state` tells."""
    for state, each in against.not_made():
        yield {**each._asdict(), "state": state}


def counts_data(against: Against) -> dict[str, int]:
    """How many findings are new, continuing, resolved, and of programmes without a sheet now."""
    return {
        "new": against.states["new"],
        "continuing": against.states["continuing"],
        "resolved": len(against.resolved()),
        "not_audited": len(against.unaudited()),
    }


def _earlier(each: Earlier) -> dict[str, object]:
    return dict(each._asdict())


def _listed(heading: str, found: Sequence[Finding | Earlier], say: Say) -> Iterator[Line]:
    if not found:
        return
    yield "plain", ""
    more = "" if len(found) <= _LISTED else say(f"（うち{_LISTED}件）", f" ({_LISTED} of them)")
    yield "title", f"{heading}{more}"
    for each in by_severity(found)[:_LISTED]:
        year = print_fiscal_year(each.fiscal_year, say.language)
        where = say(f"（{each.authority}、{year}）", f" ({each.authority}, {year})")
        severity = say.of(SEVERITIES, each.severity)
        yield from wrapped("  ", f"[{severity}] {each.code} {each.title}{where} {each.subject} {each.message}", "    ")
