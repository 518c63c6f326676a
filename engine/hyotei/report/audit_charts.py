"""The charts of an audit: results by ministry and year, shares of sheets with findings, distributions of ratios."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from hyotei.audit.distributions import BELOW, HIGHEST, STEPS, Distribution
from hyotei.audit.summary import Group, Grouping, Summary
from hyotei.base.printable import printable
from hyotei.document import Chart, Section
from hyotei.messages import InEach, Wording
from hyotei.report.audit_content import Content
from hyotei.report.chart_parts import GREY, PALETTE, colour, count_axis
from hyotei.report.chart_tables import distribution_table, results_table, shares_table
from hyotei.report.result_words import result_name
from hyotei.rulebook.value_words import percent

_GROUPS_SHOWN: Final = 25
"""Ministries or years in a chart at most; the smallest stand together."""
_DISTRIBUTIONS: Final = 4
_APART: Final = 0.22
_AFTER: Final = 0.32
_BAR: Final = 0.05
"""How far the bars of values below and above the scale stand from it, with room for their labels, and how wide they are."""


def audit_charts(content: Content, say: Wording) -> Iterator[Chart | Section]:
    """The charts that there is something to draw for, each with its table."""
    summary = content.summary
    for output, compared in summary.whole.results.items():
        for name in ("authority", "fiscal_year"):
            rows = list(_results(summary, output, "authority" if name == "authority" else "fiscal_year", say))
            if rows and len({row["group"] for row in rows}) > 1:
                of, by = result_name(output, say, compared.title), say.one_of("audit_page.group", name)
                title = say("audit_charts.result_by_group", by=by, of=of)
                says = say("audit_charts.numbers_sheets_recorded")
                yield Chart(title, says, _stacked(rows, summary.scale(output), say))
                yield results_table(rows, _values(rows, summary.scale(output)), by, say)
    with_findings = list(_shares(summary, say))
    if len(with_findings) > 1:
        title = say("audit_charts.share_sheets_findings")
        says = say("audit_charts.authorities_most_sheets", with_findings=len(with_findings))
        yield Chart(title, says, _bars(with_findings, say))
        groups = [(_named(key, say), group.found, group.sheets) for key, group in _shown(summary.groups["authority"])]
        yield shares_table(groups, say.one_of("audit_page.group", "authority"), say)
    english = {(book.id, ja): en for book in content.rulebooks.values() for ja, en in book.english.items()}
    for each in _telling(content.distributions):
        name = InEach(each.title, english.get((each.rulebook, each.title), each.decision)).text(say.language)
        title = say("audit_charts.distribution", name=name, rulebook=each.rulebook)
        cuts = say.listed(percent(cut).replace(".0%", "%") for cut in each.boundaries)
        says = say("audit_charts.known_values_unknown", known=each.known, unknown=each.unknown, cuts=cuts)
        yield Chart(title, says, _histogram(each, say))
        yield distribution_table(each, say)


def _telling(distributions: Sequence[Distribution]) -> list[Distribution]:
    """Those of the most values, in their order; what two rulebooks compute alike is shown once."""
    different: dict[tuple[str, tuple[tuple[int, int], ...]], Distribution] = {}
    for each in distributions:
        different.setdefault((each.decision, tuple(sorted(each.bins.items()))), each)
    most = sorted(different.values(), key=lambda each: -each.known)[:_DISTRIBUTIONS]
    return [each for each in different.values() if each in most]


def _results(summary: Summary, output: str, by: Grouping, say: Wording) -> Iterator[dict[str, object]]:
    """Rows group, what (recorded or derived), value, count."""
    groups = summary.groups[by]
    shown = sorted(groups, key=lambda key: (-groups[key].sheets, key))[:_GROUPS_SHOWN]
    if by == "fiscal_year":
        shown = sorted(shown)
    for key in shown:
        compared = groups[key].results.get(output)
        if compared is None:
            continue
        total = sum(compared.agreements.values())
        for what, counts in (
            (say("audit_page.recorded"), compared.recorded),
            (say("findings_workbook.derived"), compared.derived),
        ):
            for value, count in sorted(counts.items()):
                yield {"group": _named(key, say), "what": what, "value": printable(value), "count": count}
            if total > sum(counts.values()):
                none = say("audit_charts.none_or_unknown")
                yield {"group": _named(key, say), "what": what, "value": none, "count": total - sum(counts.values())}


def _named(key: str, say: Wording) -> str:
    # A control character would end the program that draws.
    return printable(key) or say("audit_page.none")


def _stacked(rows: list[dict[str, object]], scale: Sequence[str], say: Wording) -> dict[str, Any]:
    domain = _values(rows, scale)
    colours = [colour(place) if value in scale else GREY for place, value in enumerate(domain)]
    lengths = Counter[tuple[str, str]]()
    for row in rows:
        row["place"] = domain.index(str(row["value"]))
        lengths[str(row["group"]), str(row["what"])] += int(str(row["count"]))
    return {
        "data": {"values": rows},
        "width": 220,
        "height": {"step": 18},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {
                "field": "count",
                "type": "quantitative",
                "title": say("audit_report.compared.sheets"),
                "axis": count_axis(max(lengths.values(), default=0)),
            },
            "y": {
                "field": "group",
                "type": "nominal",
                "title": None,
                "sort": list(dict.fromkeys(str(row["group"]) for row in rows)),
            },
            "color": {
                "field": "value",
                "type": "nominal",
                "title": None,
                "scale": {"domain": domain, "range": colours},
                "legend": {"orient": "bottom", "columns": 6},
            },
            "order": {"field": "place", "type": "quantitative"},
            "column": {
                "field": "what",
                "type": "nominal",
                "title": None,
                "sort": [say("audit_page.recorded"), say("findings_workbook.derived")],
                "header": {"labelFontSize": 13},
            },
        },
    }


def _values(rows: list[dict[str, object]], scale: Sequence[str]) -> list[str]:
    """The results that there are: those of the scale in its order, then the others."""
    present = {str(row["value"]) for row in rows}
    known = [value for value in scale if value in present]
    return known + sorted(present - set(known))


def _shown(groups: Mapping[str, Group]) -> list[tuple[str, Group]]:
    """The groups of the most sheets, these first."""
    return sorted(groups.items(), key=lambda each: (-each[1].sheets, each[0]))[:_GROUPS_SHOWN]


def _shares(summary: Summary, say: Wording) -> Iterator[dict[str, object]]:
    for key, group in _shown(summary.groups["authority"]):
        # A length on paper: a float is as good as the exact share, which the text beside it rests on.
        share = group.found / group.sheets
        text = f"{group.found * 100 // group.sheets}%  {group.found:,}/{group.sheets:,}"
        yield {"group": _named(key, say), "share": share, "text": text}


def _bars(rows: list[dict[str, object]], say: Wording) -> dict[str, Any]:
    length = {
        "field": "share",
        "type": "quantitative",
        "title": say("audit_charts.share_axis"),
        "scale": {"domain": [0, 1]},
        "axis": {"format": "%", "tickCount": 5},
    }
    said = {"type": "text", "align": "left", "dx": 4, "fill": "currentColor"}
    return {
        "data": {"values": rows},
        "width": 380,
        "height": {"step": 18},
        "encoding": {"x": length, "y": {"field": "group", "type": "nominal", "title": None, "sort": None}},
        "layer": [
            {"mark": {"type": "bar", "color": PALETTE[0]}},
            {"mark": said, "encoding": {"text": {"field": "text", "type": "nominal"}}},
        ],
    }


def _histogram(each: Distribution, say: Wording) -> dict[str, Any]:
    top = HIGHEST * STEPS
    most = max(each.bins.values(), default=0)
    rows: list[dict[str, object]] = []
    for bin_, count in sorted(each.bins.items()):
        start = -_APART - _BAR if bin_ == BELOW else HIGHEST + _AFTER if bin_ >= top else bin_ / STEPS
        end = start + _BAR if bin_ == BELOW or bin_ >= top else (bin_ + 1) / STEPS
        rows.append({"from": start, "to": end, "count": count, "where": _where(bin_, top, say)})
    # Floats from here on are places in a drawing; what lies where was decided by exact figures.
    cuts = [{"at": float(cut)} for cut in each.boundaries if Decimal(BELOW) / STEPS <= cut <= HIGHEST]
    lowest = -2 * _APART if BELOW in each.bins else 0
    ends = [1.0, *(float(str(row["to"])) for row in rows), *(cut["at"] for cut in cuts)]
    highest = HIGHEST + 2 * _AFTER if top in each.bins else max(ends)
    # What lies beyond the scale has bars of its own, set apart from it and named below.
    beyond = [-_APART - _BAR / 2, HIGHEST + _AFTER + _BAR / 2]
    named = (
        f"datum.value < 0 ? '{_where(BELOW, top, say)}' : "
        f"datum.value > {HIGHEST} ? '{_where(top, top, say)}' : format(datum.value, '.0%')"
    )
    ticks = [beyond[0], *(part / 4 for part in range(9)), beyond[1]]
    place = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [lowest, highest], "nice": False},
        "axis": {"values": ticks, "labelExpr": named, "labelOverlap": False},
    }
    shades = {
        _where(0, top, say): PALETTE[0],
        _where(BELOW, top, say): PALETTE[4],
        _where(top, top, say): PALETTE[3],
    }
    present = [where for where in shades if any(row["where"] == where for row in rows)]
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "binSpacing": 1},
        "encoding": {
            "x": {"field": "from", **place},
            "x2": {"field": "to"},
            "y": {
                "field": "count",
                "type": "quantitative",
                "title": say("audit_charts.values"),
                "axis": count_axis(most),
            },
            "y2": {"datum": 0},
            "color": {
                "field": "where",
                "type": "nominal",
                "title": None,
                "scale": {"domain": present, "range": [shades[where] for where in present]},
                "legend": {"orient": "bottom"} if len(present) > 1 else None,
            },
        },
    }
    rules = {
        "data": {"values": cuts},
        "mark": {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 1.5, "stroke": "currentColor"},
        "encoding": {"x": {"field": "at", "type": "quantitative"}},
    }
    return {"width": 520, "height": 170, "layer": [bars, rules]}


def _where(bin_: int, top: int, say: Wording) -> str:
    if bin_ == BELOW:
        return say("audit_charts.below")
    return say("audit_charts.or_more", highest=HIGHEST * 100) if bin_ >= top else say("audit_charts.steps")
