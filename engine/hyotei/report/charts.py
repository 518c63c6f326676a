"""Charts of an audit as SVG that stands in a page: drawn by Vega-Lite without a browser, with texts as texts.

Colours of texts and lines are those of the page around, so that charts follow its dark style. Without Altair or vl-convert
there are no charts; whoever needs them says so beforehand.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hyotei.audit.distributions import BELOW, HIGHEST, STEPS, Distribution
from hyotei.audit.summary import Grouping, Summary
from hyotei.base.printable import printable
from hyotei.document import Chart
from hyotei.messages import Wording
from hyotei.report.audit_content import Content
from hyotei.report.chart_colours import GREY, PALETTE
from hyotei.report.result_words import result_name
from hyotei.rulebook.value_words import percent

if TYPE_CHECKING:
    import altair as alt

_GROUPS_SHOWN: Final = 25
"""Ministries or years in a chart at most; the smallest stand together."""
_DISTRIBUTIONS: Final = 4
_APART: Final = 0.22
_AFTER: Final = 0.32
_BAR: Final = 0.05
"""How far the bars of values below and above the scale stand from it, with room for their labels, and how wide they are."""
_FEW: Final = 4
"""Counts up to which every whole number has its tick."""


def charts(content: Content, say: Wording) -> Iterator[Chart]:
    """The charts that there is something to draw for."""
    for title, says, chart in _drawings(content, say):
        yield Chart(title, says, chart.to_dict())


def _drawings(content: Content, say: Wording) -> "Iterator[tuple[str, str, alt.Chart | alt.LayerChart]]":
    summary = content.summary
    for output in summary.whole.results:
        for name in ("authority", "fiscal_year"):
            rows = list(_results(summary, output, "authority" if name == "authority" else "fiscal_year", say))
            if rows and len({row["group"] for row in rows}) > 1:
                of, by = result_name(output, say), say.one_of("audit_page.group", name)
                title = say("audit_charts.result_by_group", by=by, of=of)
                says = say("audit_charts.numbers_sheets_recorded")
                yield title, says, _stacked(rows, summary.scale(output), say)
    with_findings = list(_shares(summary, say))
    if len(with_findings) > 1:
        title = say("audit_charts.share_sheets_findings")
        says = say("audit_charts.ministries_most_sheets", with_findings=len(with_findings))
        yield title, says, _bars(with_findings, say)
    for each in _telling(content.distributions):
        name = {"ja": each.title}.get(say.language, each.decision)
        title = say("audit_charts.distribution", name=name, rulebook=each.rulebook)
        cuts = say.listed(percent(cut).replace(".0%", "%") for cut in each.boundaries)
        says = say("audit_charts.known_values_unknown", known=each.known, unknown=each.unknown, cuts=cuts)
        yield title, says, _histogram(each, say)


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


def _stacked(rows: list[dict[str, object]], scale: Sequence[str], say: Wording) -> "alt.Chart":
    import altair as alt

    present = {str(row["value"]) for row in rows}
    known = [value for value in scale if value in present]
    others = sorted(present - set(known))
    domain = known + others
    colours = [PALETTE[index % len(PALETTE)] for index in range(len(known))] + [GREY] * len(others)
    order = list(dict.fromkeys(str(row["group"]) for row in rows))
    lengths = Counter[tuple[str, str]]()
    for row in rows:
        row["place"] = domain.index(str(row["value"]))
        lengths[str(row["group"]), str(row["what"])] += int(str(row["count"]))
    shades = alt.Scale(domain=domain, range=colours)
    whats = [say("audit_page.recorded"), say("findings_workbook.derived")]
    found = alt.Chart(alt.InlineData(values=rows), width=220, height=alt.Step(18)).mark_bar()
    found = found.encode(
        x=alt.X(
            "count:Q", title=say("audit_report.compared.sheets"), axis=_whole_numbers(max(lengths.values(), default=0))
        ),
        y=alt.Y("group:N", title=None, sort=order),
        color=alt.Color("value:N", title=None, scale=shades, legend=alt.Legend(orient="bottom", columns=6)),
        order=alt.Order("place:Q"),
        column=alt.Column("what:N", title=None, sort=whats, header=alt.Header(labelFontSize=13)),
    )
    assert isinstance(found, alt.Chart)
    return found


def _shares(summary: Summary, say: Wording) -> Iterator[dict[str, object]]:
    groups = summary.groups["authority"]
    for key in sorted(groups, key=lambda key: (-groups[key].sheets, key))[:_GROUPS_SHOWN]:
        group = groups[key]
        # A length on paper: a float is as good as the exact share, which the text beside it rests on.
        share = group.found / group.sheets
        text = f"{group.found * 100 // group.sheets}%  {group.found:,}/{group.sheets:,}"
        yield {"group": _named(key, say), "share": share, "text": text}


def _bars(rows: list[dict[str, object]], say: Wording) -> "alt.LayerChart":
    import altair as alt

    length = alt.X(
        "share:Q",
        title=say("audit_charts.share_axis"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )
    base = alt.Chart(alt.InlineData(values=rows), width=380, height=alt.Step(18))
    base = base.encode(x=length, y=alt.Y("group:N", title=None, sort=None))
    found = base.mark_bar(color=PALETTE[0]) + base.mark_text(align="left", dx=4, fill="currentColor").encode(
        text="text:N"
    )
    assert isinstance(found, alt.LayerChart)
    return found


def _histogram(each: Distribution, say: Wording) -> "alt.LayerChart":
    import altair as alt

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
    ticks = alt.Axis(
        values=[beyond[0], *(part / 4 for part in range(9)), beyond[1]], labelExpr=named, labelOverlap=False
    )
    x = alt.X("from:Q", title=None, scale=alt.Scale(domain=[lowest, highest], nice=False), axis=ticks)
    shades = {
        _where(0, top, say): PALETTE[0],
        _where(BELOW, top, say): PALETTE[4],
        _where(top, top, say): PALETTE[3],
    }
    present = [where for where in shades if any(row["where"] == where for row in rows)]
    place = alt.Color(
        "where:N",
        title=None,
        scale=alt.Scale(domain=present, range=[shades[where] for where in present]),
        legend=alt.Legend(orient="bottom") if len(present) > 1 else None,
    )
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(binSpacing=1).encode(
        x=x,
        x2="to:Q",
        y2=alt.Y2Datum(0),
        y=alt.Y("count:Q", title=say("audit_charts.values"), axis=_whole_numbers(most)),
        color=place,
    )  # fmt: skip
    rules = (
        alt.Chart(alt.InlineData(values=cuts))
        .mark_rule(strokeDash=[4, 3], strokeWidth=1.5, stroke="currentColor")
        .encode(x="at:Q")
    )
    found = (bars + rules).properties(width=520, height=170)
    assert isinstance(found, alt.LayerChart)
    return found


def _whole_numbers(most: int) -> "alt.Axis":
    """An axis of counts. Of few the ticks are named, because half a count would be told as the next whole one."""
    import altair as alt

    if most <= _FEW:
        return alt.Axis(format=",d", values=list(range(most + 1)))
    return alt.Axis(format=",d", tickMinStep=1, tickCount=4)


def _where(bin_: int, top: int, say: Wording) -> str:
    if bin_ == BELOW:
        return say("audit_charts.below")
    return say("audit_charts.or_more", highest=HIGHEST * 100) if bin_ >= top else say("audit_charts.steps")
