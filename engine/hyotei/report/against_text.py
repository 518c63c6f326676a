"""What has become of the findings of an earlier report, for a terminal and as data."""

from collections.abc import Iterable, Iterator, Sequence

from hyotei.audit.against import Against, Earlier
from hyotei.audit.model import Finding
from hyotei.messages import Language
from hyotei.report.findings_ndjson import finding_data
from hyotei.report.lines import Line, wrapped
from hyotei.report.say import SEVERITIES, Say
from hyotei.sheet.fiscal_year import print_fiscal_year

_LISTED = 20
"""Findings of one kind of change that are listed at most."""


def against_text(against: Against, language: Language, new: Sequence[Finding] = ()) -> Iterator[Line]:
    """The numbers, and of the new and the resolved findings the first ones."""
    say = Say(language)
    resolved, unaudited = against.resolved(), against.unaudited()
    yield "plain", ""
    yield "title", say(f"■ 前の報告（{against.path}）と比べて", f"Against the earlier report ({against.path})")
    counts = (
        (say("新しい指摘", "new"), against.states["new"]),
        (say("続いている指摘", "continuing"), against.states["continuing"]),
        (say("解消した指摘", "resolved"), len(resolved)),
        (
            say("今回その事業の評価書がなく、分からないもの", "not known, for want of a sheet of the programme"),
            len(unaudited),
        ),
    )
    for name, count in counts:
        yield "plain", f"  {count:>7,}  {name}"
    yield from _listed(say("新しい指摘", "New findings"), new, say)
    yield from _listed(say("解消した指摘", "Resolved findings"), resolved, say)


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
    order = {severity: place for place, severity in enumerate(SEVERITIES)}
    for each in sorted(found, key=lambda each: order.get(each.severity, len(order)))[:_LISTED]:
        year = print_fiscal_year(each.fiscal_year, say.language)
        where = say(f"（{each.authority}、{year}）", f" ({each.authority}, {year})")
        severity = say.of(SEVERITIES, each.severity)
        yield from wrapped("  ", f"[{severity}] {each.code} {each.title}{where} {each.subject} {each.message}", "    ")
