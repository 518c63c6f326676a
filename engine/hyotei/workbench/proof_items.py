"""What can be done about what a proof found: rows that fill a gap or take a dead row out, and cases of its counterexamples."""

from collections.abc import Iterator, Sequence
from typing import Final

from hyotei.messages import LANGUAGES, Language, wording
from hyotei.proof.results import Check, Counterexample, ProofReport
from hyotei.report.law_words import law_words
from hyotei.report.proof_document import ProofBlocks
from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.mends.model import Mend
from hyotei.rulebook.mends.spot import Lines
from hyotei.rulebook.mends.tables import added_row, deleted_row
from hyotei.rulebook.model import Decision, Table
from hyotei.rulebook.parser import parse_cell
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.table_text import header_kind
from hyotei.rulebook_workbook.yaml_edit import Tree
from hyotei.testing.generated_cases import cases_yaml
from hyotei.workbench.case_making import cases_of_counterexample
from hyotei.workbench.draft_mends import mend_value

_MOST_ROWS: Final = 4
"""Regions of a gap for which a row is offered."""
_DEAD: Final = ("masked", "never")


def proof_items(report: ProofReport, text: str) -> Iterator[dict[str, object]]:
    """Each defect and each broken law that something can be done about, in the order of the report.

    `title` says in each language what it is; `mends` have a `label` in each language and the `value` that a button sends, `adds` is
    whether they add rows; `cases` are files with one case each.
    """
    document = RulebookText.parse(text)
    blocks = {language: ProofBlocks(report, language) for language in LANGUAGES}
    for check in report.checks:
        if check.note or check.by_itself or check.status == "proved":
            continue
        decision = report.book.by_name[check.decision]
        title = {
            language: _titled(language, decision.title or decision.name, each.check_title(check))
            for language, each in blocks.items()
        }
        yield from _item(report, title, _mends(document, decision, check), check.counterexample, check.name == "gap")
    shown = [check.counterexample for check in report.checks]
    for law in report.laws:
        if law.status == "refuted" and not any(law.counterexample is each for each in shown):
            said = {language: law_words(law.text, report.book, language) for language in LANGUAGES}
            yield from _item(report, said, [], law.counterexample)


def _titled(language: Language, decision: str, what: str) -> str:
    return wording(language)("workbench.draft.proof_item", decision=decision, what=what)


def _item(
    report: ProofReport,
    title: dict[Language, str],
    mends: Sequence[Mend],
    example: Counterexample | None,
    adds: bool = False,
) -> Iterator[dict[str, object]]:
    cases = cases_of_counterexample(report.book, example, title["ja"]) if example is not None else []
    if mends or cases:
        yield {
            "title": title,
            "adds": bool(mends) and adds,
            "mends": [
                {
                    "label": {language: each.label.text(language) for language in LANGUAGES},
                    "value": mend_value(each.replacements),
                }
                for each in mends
            ],
            "cases": [cases_yaml([_data(each)], "") for each in cases],
        }


def _data(case: Tree) -> dict[str, object]:
    return dict(case) if isinstance(case, dict) else {}


def _mends(document: RulebookText, decision: Decision, check: Check) -> list[Mend]:
    table = next(iter(document.section_of(decision.line).tables), None)
    if table is None or not isinstance(decision.body, Table):
        return []
    lines = Lines(document)
    if check.name in _DEAD and check.status == "refuted":
        line = next(row.line for row in decision.body.rows if row.number == check.rows[0])
        return [deleted_row(lines, line)]
    if check.name != "gap":
        return []
    rows = (_row(table, each.in_language("ja")) for each in check.regions[:_MOST_ROWS])
    return [added_row(lines, table, row) for row in rows if row is not None]


def _row(table: TableBlock, cells: Sequence[str]) -> list[str] | None:
    """A row that answers a region with `unknown`; None where a cell cannot say it."""
    waiting = iter(cells)
    texts = []
    for column, header in enumerate(table.header.cells):
        kind = header_kind(header.text, column).kind
        text = next(waiting, "") if kind == "input" else "unknown" if kind == "output" else ""
        if kind == "input" and not _readable(text):
            return None
        texts.append(text)
    return ["", *texts[1:]]


def _readable(text: str) -> bool:
    try:
        parse_cell(text)
    except SyntaxProblem:
        return False
    return True
