"""The report of a corpus: byte by byte that of its sheets."""

import pytest
from hypothesis import assume, given, settings

from hyotei.audit.columnar_audit import keyed
from hyotei.audit.corpus_audit import CorpusAudit
from hyotei.corpus.corpus import Corpus
from hyotei.report.audit_content import Problems
from hyotei.report.audit_report import write_report
from hyotei.sheet import Sheet
from tests.examples import one_in
from tests.report.audited import MIC, NO_SHRINKING, hostile_sheets

FILES = ("findings.ndjson", "findings.xlsx", "index.html", "report.md", "summary.json")


@settings(max_examples=one_in(20), phases=NO_SHRINKING)
@given(drawn=hostile_sheets(most=6))
def test_the_same_report(tmp_path_factory: pytest.TempPathFactory, drawn: list[Sheet]) -> None:
    """As long as no more disagree than are shown, which have their reasons."""
    root = tmp_path_factory.mktemp("reports")
    # Half of a character stands in no column of text.
    kept = [sheet for sheet in drawn if "\\ud83d" not in repr(sheet)]
    assume(kept)
    with Corpus.from_sheets(kept, root / "corpus") as corpus:
        for name, sources in (("slow", [sheet for _, sheet in keyed(corpus)]), ("fast", corpus)):
            whole = CorpusAudit(MIC, None, "ja", sample=3)
            write_report(root / name, whole, whole.sheets(sources), ("drawn",), Problems(), pictures=False)
        for file in FILES:
            assert (root / "slow" / file).read_bytes() == (root / "fast" / file).read_bytes(), file
