"""The numbers of the charts of an audit, for those who do not see them: a table below each."""

from collections.abc import Iterator, Sequence
from typing import Final

from hyotei.audit.distributions import BELOW, HIGHEST, STEPS, Distribution
from hyotei.document import Column, Row, Section, row, table
from hyotei.messages import Wording

_STEP: Final = 100 // STEPS
"""Per cent of a bin."""


def results_table(rows: Sequence[dict[str, object]], values: Sequence[str], by: str, say: Wording) -> Section:
    """How many sheets of each group have which result, recorded and derived.

    Args:
        rows: of the chart, each with `group`, `what`, `value` and `count`.
        values: the results, in the order of their scale.
        by: what the groups are.
        say: the words.
    """
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for each in rows:
        counts.setdefault((str(each["group"]), str(each["what"])), {})[str(each["value"])] = int(str(each["count"]))
    columns = [Column(by), Column(say("audit_charts.what")), *(Column(value, "number") for value in values)]
    return _section(
        columns, (row(*key, *(found.get(each, 0) for each in values)) for key, found in counts.items()), say
    )


def shares_table(groups: Sequence[tuple[str, int, int]], by: str, say: Wording) -> Section:
    """How many sheets of each group have findings; `groups` are names, sheets with findings, and all sheets."""
    columns = [
        Column(by), Column(say("audit_page.sheets_findings"), "number"), Column(say("audit_report.compared.sheets"), "number"),
    ]  # fmt: skip
    return _section(columns, (row(*each) for each in groups), say)


def distribution_table(each: Distribution, say: Wording) -> Section:
    """How many values lie in which part of the scale; parts without any are left out."""
    columns = [Column(say("audit_charts.part")), Column(say("audit_charts.values"), "number")]
    return _section(columns, (row(_part(bin_, say), count) for bin_, count in sorted(each.bins.items()) if count), say)


def _part(bin_: int, say: Wording) -> str:
    if bin_ == BELOW:
        return say("audit_charts.below")
    if bin_ >= HIGHEST * STEPS:
        return say("audit_charts.or_more", highest=HIGHEST * 100)
    return say("audit_charts.bin", low=bin_ * _STEP, high=(bin_ + 1) * _STEP)


def _section(columns: Sequence[Column], rows: Iterator[Row], say: Wording) -> Section:
    return Section(say("audit_charts.as_table"), (table(columns, rows),), folded=True)
