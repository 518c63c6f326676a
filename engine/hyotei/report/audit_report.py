"""The report of an audit: a folder with a page to read, a workbook to sort, and data to go on with."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from hyotei.audit.auditor import Named
from hyotei.audit.corpus_audit import CorpusAudit
from hyotei.audit.earlier_report import Against
from hyotei.audit.model import Finding, SheetAudit
from hyotei.audit.rating_consistency import wishes
from hyotei.audit.summary import Summary
from hyotei.base.extras import need
from hyotei.messages import Language
from hyotei.report.against_data import earlier_data
from hyotei.report.audit_content import DISAGREEMENTS, SHOWN, Content, Disagreement, Problems, Weightiest
from hyotei.report.audit_page import audit_page
from hyotei.report.audit_report_document import report_document
from hyotei.report.audit_summary import summary_data
from hyotei.report.findings_ndjson import write_finding, write_line
from hyotei.report.findings_xlsx import FindingsWorkbook
from hyotei.report.kept_findings import KeptFindings
from hyotei.report.report_folder import MARK, report_folder
from hyotei.report.row_spool import Spool
from hyotei.sheet import Sheet
from hyotei.writers.files import write as write_document

if TYPE_CHECKING:
    from hyotei.corpus.corpus import Corpus

PAGE: Final = "index.html"
WORKBOOK: Final = "findings.xlsx"
LINES: Final = "findings.ndjson"
MARKDOWN: Final = "report.md"
RESOLVED: Final = "resolved.ndjson"
_SILENT: Final = ("agrees", "not_recorded")


def audit_report(
    sheets: "Iterable[Sheet] | Corpus",
    folder: str | os.PathLike[str],
    rulebook: Named | None = None,
    checks: Iterable[Named] | None = None,
    language: Language = "ja",
    inputs: Iterable[str] = (),
    sample: int = 0,
    seed: str = "0",
    sources: Iterable[str] = (),
    against: str | os.PathLike[str] | None = None,
    carry_over: bool = False,
) -> Summary:
    """Audits sheets and writes the report to a folder: `index.html`, `findings.xlsx`, `findings.ndjson`, `report.md` and
    `summary.json`.

    The folder is written whole or not at all; an earlier report there is replaced.

    Args:
        sheets: the sheets, read once; or a corpus, which is audited by the engine for tables.
        folder: where the report goes.
        rulebook, checks, language: as of `hyotei.audit`.
        inputs: what recorded ratings are held against, such as `["share_achieved+", "missed_measures-"]`; by default the
            columns of the rulebook's rating table whose direction can be told.
        sample: how many sheets to draw for people to check.
        seed: of that sample.
        sources: what the report says that was read.
        against: the folder of an earlier report, or its findings.ndjson, that the findings are held against.
        carry_over: as of `hyotei.audit`.

    Returns:
        The audit in numbers.

    Raises:
        HyoteiError: there is something in the folder that is no report (HY999), the extra `report` is not installed (HY902),
            a rulebook or an input does not exist, or there is no earlier report (HY989).
    """
    earlier = None if against is None else Against(Path(against))
    whole = CorpusAudit(
        rulebook, checks, language, wishes(tuple(inputs)), sample, seed, against=earlier, carry_over=carry_over
    )
    write_report(Path(folder), whole, whole.sheets(sheets), tuple(sources), Problems(), seed)
    return whole.summary


def write_report(
    folder: Path,
    whole: CorpusAudit,
    audits: Iterable[SheetAudit],
    sources: tuple[str, ...],
    problems: Problems,
    seed: str = "0",
    pictures: bool = True,
) -> Content:
    """Writes the report of audits as they come; `problems` may grow meanwhile. Without `pictures` the page has no charts.

    Where the audit is held against an earlier report, `resolved.ndjson` has the findings of that one that are not made any more.

    Raises:
        HyoteiError: as `audit_report`.
    """
    need("report")
    with report_folder(folder) as work:
        workbook = FindingsWorkbook(whole.language, whole.against is not None)
        try:
            content = _gathered(work, workbook, whole, audits, sources, problems, seed)
            workbook.save(work / WORKBOOK, content)
        except BaseException:
            workbook.abandon()
            raise
        if whole.against is not None:
            with _lines(work / RESOLVED) as lines:
                for data in earlier_data(whole.against):
                    write_line(lines, data)
        _write(work / PAGE, audit_page(content, pictures))
        write_document(report_document(content), work / MARKDOWN)
        _write(work / MARK, json.dumps(summary_data(content), ensure_ascii=False, indent=1) + "\n")
    return content


def _gathered(
    work: Path,
    workbook: FindingsWorkbook,
    whole: CorpusAudit,
    audits: Iterable[SheetAudit],
    sources: tuple[str, ...],
    problems: Problems,
    seed: str,
) -> Content:
    """Writes lines and rows as the audits come, and keeps what the pages show."""
    kept = KeptFindings()
    disagreements: Weightiest[Disagreement] = Weightiest(DISAGREEMENTS)
    with (
        _lines(work / LINES) as lines,
        Spool[Disagreement]() as spool,
    ):

        def finding(each: Finding) -> None:
            write_finding(lines, each)
            workbook.finding(each)
            kept.add(each)

        for audit in audits:
            for each in audit.findings:
                finding(each)
            for disagreement in _disagreements(audit):
                spool.add(disagreement)
                disagreements.add(disagreement, abs(disagreement.comparison.steps or 0), audit.money)
        for each in whole.findings():
            finding(each)
        problems.add(whole.notes())
        weightiest = _with_reasons(whole, disagreements.all())
        reasons = {(each.audit.sheet.id, each.comparison.key): each for each in weightiest}
        for disagreement in spool:
            key = disagreement.audit.sheet.id, disagreement.comparison.key
            workbook.disagreement(reasons.get(key, disagreement))
    consistency, notes = whole.consistency()
    return Content(
        language=whole.language,
        summary=whole.summary,
        rulebooks=whole.rulebooks,
        sources=sources,
        problems=problems,
        shown=kept.first(SHOWN),
        kept=kept,
        disagreements=weightiest,
        unexplained=whole.open and disagreements.seen > len(weightiest),
        disagreeing=disagreements.seen,
        distributions=list(whole.distributions.all()),
        consistency=consistency,
        sampled=whole.sampled(),
        seed=seed,
        notes=[*whole.lapses(), *notes],
        against=whole.against,
    )


def _with_reasons(whole: CorpusAudit, chosen: list[Disagreement]) -> list[Disagreement]:
    """The same with their reasons, where these were left open."""
    if not whole.open:
        return chosen
    found = whole.explained({each.audit.sheet.id for each in chosen})
    return [
        replace(each, comparison=found.get((each.audit.sheet.id, each.comparison.key), each.comparison))
        for each in chosen
    ]


def _disagreements(audit: SheetAudit) -> Iterator[Disagreement]:
    for comparison in audit.comparisons:
        if comparison.agreement not in _SILENT:
            yield Disagreement(replace(audit, findings=()), comparison)


def _lines(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")


def _write(path: Path, text: str) -> None:
    # Half of a surrogate pair, which JSON may bring, is written as its escape instead of failing.
    path.write_text(text, encoding="utf-8", newline="\n", errors="backslashreplace")
