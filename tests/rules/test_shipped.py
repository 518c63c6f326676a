"""Every rulebook that is shipped: it loads without a remark, passes its cases on both engines, and says what it is."""

import pytest

from hyotei.inference.case_runs import run_case
from hyotei.inference.cases import read_cases
from hyotei.rulebook.format import format_document
from hyotei.rulebook.library import CASES, library
from hyotei.rulebook.model import Table
from hyotei.rulebook.terms import Constant
from tests.conftest import ROOT

ENTRIES = library(ROOT / "rules")
IDS = [entry.head.id for entry in ENTRIES]


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_it_is_whole(entry: object) -> None:
    """It has no warning, is formatted, is named like its folder, and passes its cases."""
    from hyotei.rulebook.library import Entry

    assert isinstance(entry, Entry)
    book = entry.load()
    assert [problem.text() for problem in book.warnings] == []
    assert book.id == entry.folder.name
    text = (entry.folder / "rulebook.md").read_text(encoding="utf-8")
    assert format_document(text) == text
    cases, problems = read_cases(entry.folder / CASES, book)
    assert problems == []
    assert cases
    assert [problem.text() for case in cases for problem in run_case(case, book).problems] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_every_finding_has_a_case(entry: object) -> None:
    """Each code of a finding comes out of some case, and every finding of the checks says what to ask."""
    from hyotei.rulebook.library import Entry

    assert isinstance(entry, Entry)
    book = entry.load()
    cases, _ = read_cases(entry.folder / CASES, book)
    codes: set[str] = set()
    for decision in book.decisions:
        if decision.audit and isinstance(decision.body, Table):
            for row in decision.body.rows:
                assert isinstance(row.outputs[0], Constant)
                codes.add(str(row.outputs[0].value))
                assert row.annotation
    told = {code for case in cases for code in case.findings or ()}
    if book.id != "mic-2013":  # its findings have their tests in test_mic_2013
        assert codes <= told
