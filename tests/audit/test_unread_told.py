"""What sources did not carry is told by its parts and counts: of a corpus, of an audit in numbers, and in a report."""

import json
import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

import hyotei
from hyotei.audit.corpus_audit import CorpusAudit
from hyotei.corpus.overview import overview
from hyotei.messages import wording
from hyotei.report.audit_content import Problems
from hyotei.report.audit_document import audit_document
from hyotei.report.audit_report import write_report
from hyotei.report.audit_summary_document import summary_document
from hyotei.report.unread_words import part_name
from hyotei.sheet import Sheet
from hyotei.sheet.unread_parts import PARTS, Part, in_order
from hyotei.writers import terminal
from tests.report.audited import rows

NAMED = (*PARTS, "facts.opinion", "facts.無名")
LACKING = st.lists(st.sets(st.sampled_from(NAMED)), min_size=1, max_size=5)


def sheets(lacking: list[set[Part]]) -> list[Sheet]:
    """One for each, with nothing but a name."""
    return [
        Sheet(
            schema="hyotei.sheet/3", id=str(number), title=f"事業{number}", authority="総務省", fiscal_year=2018,
            unread=in_order(parts),
        )
        for number, parts in enumerate(lacking)
    ]  # fmt: skip


@settings(max_examples=3)
@given(LACKING)
def test_every_part_is_told_with_its_count(lacking: list[set[Part]]) -> None:
    """By files and by the corpus alike, in every place that tells it; a part that all sheets carry is not named."""
    counts = Counter(part for parts in lacking for part in parts)
    named = {part_name(part, wording("ja")): count for part, count in counts.items()}
    with TemporaryDirectory() as work:
        with hyotei.Corpus.from_sheets(sheets(lacking), Path(work) / "corpus") as corpus:
            assert overview(corpus).unread == dict(counts)
            assert list(overview(corpus).unread) == list(in_order(counts))
            assert {each.sheet.id: set(each.unread) for each in CorpusAudit().sheets(corpus)} == {
                str(number): parts for number, parts in enumerate(lacking)
            }
        whole = CorpusAudit()
        out = Path(work) / "report"
        write_report(out, whole, whole.sheets(sheets(lacking)), ("drawn",), Problems(), pictures=False)
        assert whole.summary.unread == counts
        assert json.loads((out / "summary.json").read_text("utf-8"))["unread"] == counts
        page = (out / "index.html").read_text("utf-8")
        assert ('id="unread"' in page) == bool(counts)
        markdown = (out / "report.md").read_text("utf-8")
        text = terminal.write(summary_document(whole.summary, "ja")).decode()
        told = {row[0]: row[1] for row in rows(out, "概要")}
        for name, count in named.items():
            assert f'<th scope="row" class="text">{name}</th><td class="number">{count}</td>' in page
            assert f"| {name} | {count} | {len(lacking)} |" in markdown
            assert re.search(rf"^  {name} +{count} +{len(lacking)}$", text, re.MULTILINE)
            assert told[f"読んだ資料にない部分：{name}"] == count
        for audit in CorpusAudit().sheets(sheets(lacking)):
            said = "".join(terminal.write(audit_document(audit, "ja")).decode().split())
            assert [
                part for part in in_order(NAMED) if part_name(part, wording("ja")) in said.partition("■")[0]
            ] == list(audit.unread)
