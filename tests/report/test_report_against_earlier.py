"""A report that is held against an earlier one tells in all its files what is new, what goes on, and what is made no more."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.audit.corpus_audit import CorpusAudit
from hyotei.audit.earlier_report import Against
from hyotei.audit.selection import ALL, Selection
from hyotei.messages import wording
from hyotei.report.audit_content import Problems
from hyotei.report.audit_report import write_report
from hyotei.report.finding_document import STATES
from hyotei.sheet import Sheet
from tests.report.audited import MIC, NO_SHRINKING, Page, hostile_sheets, lines, report, rows

SAY = wording("ja")
ONLY_EARLIER = "前の報告だけにある指摘"


def resolved(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "resolved.ndjson").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def against(folder: Path, earlier: Path, found: list[Sheet]) -> Against:
    """The report of an audit, held against an earlier one."""
    compared = Against(earlier, ALL)
    whole = CorpusAudit(MIC, None, "ja", against=compared)
    write_report(folder, whole, whole.sheets(found), ("drawn",), Problems(), pictures=False)
    return compared


@settings(max_examples=3, phases=NO_SHRINKING)
@given(hostile_sheets(4), st.lists(st.sampled_from(["kept", "emptied", "gone"]), min_size=4, max_size=4))
def test_every_file_tells_what_became_of_each_finding(found: list[Sheet], fates: list[str]) -> None:
    """Sheets that stay, that lose all that a finding could rest on, or that are not there: lines, tables, page and numbers."""
    now = [
        sheet.model_copy(update={"objectives": (), "budget_years": (), "recorded": type(sheet.recorded)()})
        if fate == "emptied"
        else sheet
        for sheet, fate in zip(found, fates, strict=False)
        if fate != "gone"
    ]
    with TemporaryDirectory() as work:
        earlier, folder = Path(work) / "earlier", Path(work) / "now"
        report(earlier, found)
        compared = against(folder, earlier, now)
        made, left = lines(folder), resolved(folder)
        numbers = json.loads((folder / "summary.json").read_text("utf-8"))["against"]
        states = [each["state"] for each in made]
        assert set(states) <= {"new", "continuing"}
        assert {each["state"] for each in left} <= {"resolved", "not_audited"}
        told = [*states, *(each["state"] for each in left)]
        assert numbers == {name: told.count(name) for name in STATES}
        assert [row[-1] for row in rows(folder)] == [SAY.one_of("finding.state", state) for state in states]
        sheet_rows = rows(folder, ONLY_EARLIER)
        assert [(row[0], row[1]) for row in sheet_rows] == [
            (SAY.one_of("finding.state", each["state"]), each["code"]) for each in left
        ]
        assert len(left) == len(compared.resolved()) + len(compared.unaudited())
        page = Page((folder / "index.html").read_text("utf-8"))
        assert any(each.get("id") == "resolved" for each in page.of("section")) == bool(left)
        assert any(each.get("id") == "against" for each in page.of("section"))
        assert "## 前の報告と比べて" in (folder / "report.md").read_text("utf-8")
        # The same again against this report: nothing is new or resolved.
        again = against(Path(work) / "again", folder, now)
        assert again.states["new"] == 0
        assert resolved(Path(work) / "again") == []


@settings(max_examples=2, phases=NO_SHRINKING)
@given(hostile_sheets(most=3))
def test_reports_in_two_languages_tell_the_same_findings(found: list[Sheet]) -> None:
    """What is held against a report in English is as if it were against one in Japanese: nothing new, nothing resolved."""
    with TemporaryDirectory() as work:
        report(Path(work) / "english", found, "en")
        compared = against(Path(work) / "now", Path(work) / "english", found)
        assert compared.states["new"] == 0
        assert list(compared.not_made()) == []


def test_sheets_that_are_not_told_resolve_nothing(tmp_path: Path, seed: Sheet) -> None:
    """Of a programme whose next sheet is not there, an audit of the next year alone cannot say that its findings are resolved."""
    report(tmp_path / "before", [seed])
    next_year = seed.model_copy(update={"id": "other", "title": "別の政策", "fiscal_year": 2013})
    compared = Against(tmp_path / "before", ALL)
    whole = CorpusAudit(MIC, None, "ja", selection=Selection(fiscal_years=frozenset({2013})), against=compared)
    write_report(tmp_path / "now", whole, whole.sheets([seed, next_year]), ("drawn",), Problems(), pictures=False)
    assert compared.resolved() == []
    assert {each.title for each in compared.unaudited()} == {seed.title}


def test_without_an_earlier_report_nothing_is_said_of_one(tmp_path: Path) -> None:
    """No file, no state, no section."""
    report(tmp_path / "report", [])
    assert not (tmp_path / "report" / "resolved.ndjson").exists()
    assert json.loads((tmp_path / "report" / "summary.json").read_text("utf-8"))["against"] is None
    assert 'id="against"' not in (tmp_path / "report" / "index.html").read_text("utf-8")
