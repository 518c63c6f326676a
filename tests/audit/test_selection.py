"""What an audit tells of what it found: selections, and what has become of the findings of an earlier report."""

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from hyotei.audit.earlier_report import Against
from hyotei.audit.model import Finding
from hyotei.audit.selection import ALL, Selection
from hyotei.report.findings_ndjson import finding_data

FINDINGS = st.builds(
    lambda code, authority, title, year, severity, subject: Finding(
        code, severity, f"{year}/{authority}/{title}", title, authority, year, "sheet", subject, "m", "", (), None, None
    ),
    st.sampled_from(["A", "A-x", "B"]),
    st.sampled_from(["甲省", "乙省"]),
    st.sampled_from(["事業", "対策"]),
    st.integers(2020, 2022),
    st.sampled_from(["serious", "notice"]),
    st.sampled_from(["", "件数"]),
)
MANY = st.lists(FINDINGS, max_size=12, unique_by=lambda each: (each.code, each.sheet, each.subject))


@given(FINDINGS, st.frozensets(st.sampled_from(["A", "B"])), st.frozensets(st.sampled_from(["甲省", "乙 省"])))
def test_a_selection_holds_what_every_part_of_it_holds(
    found: Finding, codes: frozenset[str], authorities: frozenset[str]
) -> None:
    """An empty part asks for all; a code asks for its kinds, and a code shown with another for itself."""
    selection = Selection(authorities, frozenset(), codes, frozenset())
    named = not authorities or found.authority in {each.replace(" ", "") for each in authorities}
    kind = not codes or found.code.partition("-")[0] in codes
    assert selection.finding(found) == (named and kind)
    assert selection.finding(replace(found, also=("B",))) == (named and (kind or "B" in codes))


def compared(earlier: list[Finding], now: list[Finding], audited: set[tuple[str, str, int]]) -> Against:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "findings.ndjson"
        file.write_text("".join(json.dumps(finding_data(each)) + "\n" for each in earlier), encoding="utf-8")
        against = Against(file.parent, ALL)
    for authority, title, year in audited:
        against.sheet(authority, title, year)
    for each in now:
        against.marked(each)
    return against


@given(MANY, MANY)
def test_nothing_of_an_earlier_report_is_lost(earlier: list[Finding], now: list[Finding]) -> None:
    """Each earlier finding goes on, is resolved, or is of a programme of which nothing can be said; each new one has a state."""
    audited = {(each.authority, each.title, each.fiscal_year) for each in now}
    against = compared(earlier, now, audited)
    assert against.states.total() == len(now)
    resolved, unaudited = against.resolved(), against.unaudited()
    assert not {*resolved} & {*unaudited}
    same = {(each.code, each.authority, each.title, each.subject, each.fiscal_year) for each in now}
    for each in earlier:
        if (each.code, each.authority, each.title, each.subject, each.fiscal_year) in same:
            assert all(other.sheet != each.sheet or other.key != _key(each) for other in (*resolved, *unaudited))
    for other in unaudited:
        assert not any(a == other.authority and t == other.title and y >= other.fiscal_year for a, t, y in audited)


@given(MANY)
def test_the_same_again_is_all_continuing(found: list[Finding]) -> None:
    """And in the next year too; of an audit without findings all is resolved."""
    audited = {(each.authority, each.title, each.fiscal_year) for each in found}
    assert compared(found, found, audited).states["new"] == 0
    assert compared(found, found, audited).resolved() == []
    later = [replace(each, fiscal_year=each.fiscal_year + 10, sheet=f"later {each.sheet}") for each in found]
    next_year = {(authority, title, year + 10) for authority, title, year in audited}
    assert compared(found, later, next_year).states["new"] == 0
    assert compared(found, later, next_year).resolved() == []
    assert len(compared(found, [], audited).resolved()) == len(found)
    assert len(compared(found, [], set()).unaudited()) == len(found)


def _key(each: Finding) -> tuple[str, ...]:
    return each.code, each.authority, each.title, each.subject
