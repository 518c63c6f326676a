"""An audit of many sheets in numbers, as parts of a document: agreement, kinds of findings, what was not read."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, get_args
from urllib.parse import quote

from hyotei.audit.earlier_report import Against
from hyotei.audit.model import Agreement, Finding
from hyotei.audit.summary import Compared, Summary
from hyotei.document import Block, Cell, Column, Document, Paragraph, Section, Table, joined, link, row, table
from hyotei.document.cells import FULL
from hyotei.messages import Language, Wording, wording
from hyotei.report.against_data import counts_data
from hyotei.report.amount_words import hundred_millions
from hyotei.report.audit_content import severity_rank
from hyotei.report.finding_document import by_severity, earlier_note, finding_note, severity_said
from hyotei.report.result_words import result_name
from hyotei.report.unread_words import unread_parts

AGREEMENTS: Final[tuple[Agreement, ...]] = get_args(Agreement)
_LISTED: Final = 20
"""New and resolved findings that are listed at most."""


def summary_document(
    summary: Summary, language: Language, against: Against | None = None, new: Sequence[Finding] = ()
) -> Document:
    """Many sheets in numbers; held against an earlier report with the first of the `new` findings."""
    say = wording(language)
    return Document(say("audit_report.title"), language, tuple(_blocks(summary, say, against, new)))


def _blocks(summary: Summary, say: Wording, against: Against | None, new: Sequence[Finding]) -> Iterator[Block]:
    yield Paragraph(counts_said(summary, say), lead=True)
    yield from compared_sections(summary, say)
    yield from unread_sections(summary, say)
    if summary.findings:
        yield Section(say("audit_report.kinds.title"), (kinds_table(summary, say),))
    if against is not None:
        yield Section(say("audit_report.against.title"), tuple(against_blocks(against, say, _LISTED, new)))


def counts_said(summary: Summary, say: Wording) -> str:
    """How many sheets and findings there are."""
    whole = summary.whole
    return say("audit_report.counts", sheets=whole.sheets, found=whole.found, findings=whole.findings)


# -- recorded and derived


def compared_sections(summary: Summary, say: Wording) -> Iterator[Section]:
    """For each result how recorded and derived values stand to each other, the matrix, and the agreement beyond chance."""
    for output, compared in summary.whole.results.items():
        name = result_name(output, say, compared.title)
        blocks = tuple(_compared(compared, summary.scale(output), say))
        yield Section(say("audit_report.compared.of", result=name), blocks)


def _compared(compared: Compared, scale: tuple[str, ...], say: Wording) -> Iterator[Block]:
    rows = [
        (say.one_of("audit_report.agreement", each), compared.agreements[each])
        for each in AGREEMENTS
        if compared.agreements[each]
    ]
    yield table([say("audit_report.compared.kind"), Column(say("audit_report.compared.sheets"), "number")], rows)
    if compared.matrix:
        yield _matrix(compared, scale, say)
    kappa = compared.kappa(scale)
    if kappa is not None:
        yield Paragraph(
            say("audit_report.compared.kappa", value=kappa.value, low=kappa.low, high=kappa.high, pairs=kappa.pairs)
        )
    if compared.better or compared.worse:
        yield Paragraph(say("audit_report.compared.better", better=compared.better, worse=compared.worse))


def _matrix(compared: Compared, scale: tuple[str, ...], say: Wording) -> Table:
    """The diagonal is where both are the same."""
    columns = [Column(say("audit_report.compared.corner"), "grade"), *(Column(value, "number") for value in scale)]
    rows = []
    most = max(compared.matrix.values())
    for one in scale:
        counts = [(other, compared.matrix[one, other]) for other in scale]
        cells = (
            Cell(count, "" if count else "·", "good" if one == other else "plain", -(-count * FULL // most))
            for other, count in counts
        )
        rows.append(row(one, *cells))
    return table(columns, rows, say("audit_report.compared.matrix"))


# -- findings


def kinds_table(summary: Summary, say: Wording, linked: bool = False) -> Table:
    """How often each finding was made, and how much money its sheets stand for; the grave ones first.

    Args:
        summary: the audit in numbers.
        say: the wording.
        linked: whether the codes lead to the list of findings on the page of a report, filtered by them.
    """
    columns = [
        Column(say("audit_report.kinds.code"), "code"),
        Column(say("audit_report.kinds.severity"), "grade"),
        Column(say("audit_report.compared.sheets"), "number"),
        Column(say("audit_report.kinds.findings"), "number"),
        Column(say("audit_report.kinds.money"), "money", say("impact.unit.yen")),
        Column(say("audit_report.kinds.message"), width=48),
    ]
    rows = [
        row(
            Cell(each.code, joined(link(each.code, f"#code={quote(each.code)}")) if linked else ""),
            severity_cell(each.severity, say),
            each.sheets,
            each.findings,
            Cell(each.money, hundred_millions(each.money, say.language)),
            each.message,
        )
        for each in sorted(summary.findings.values(), key=lambda each: (-severity_rank(each.severity), each.code))
    ]
    return table(columns, rows)


def severity_cell(severity: str, say: Wording) -> Cell:
    """How grave a finding is, in a table."""
    return Cell(severity_said(severity, say), tone="bad" if severity == "serious" else "plain")


def unread_sections(summary: Summary, say: Wording) -> Iterator[Section]:
    """The parts that sources do not carry, if there are any."""
    if summary.unread:
        columns = [
            Column(say("audit_report.unread.part")),
            Column(say("audit_report.unread.without"), "number"),
            Column(say("audit_report.compared.sheets"), "number"),
        ]
        rows = [(name, count, summary.whole.sheets) for name, count in unread_parts(summary.unread, say)]
        says = Paragraph(say("audit_report.unread.says"), "faint")
        yield Section(say("audit_report.unread.title"), (says, table(columns, rows)), anchor="unread")


# -- an earlier report


def states_table(against: Against, say: Wording, links: Mapping[str, str] = MappingProxyType({})) -> Table:
    """How many findings are new, continuing and gone; a state of which there are any leads to its link."""
    columns = [Column(say("audit_report.against.title")), Column(say("audit_report.kinds.findings"), "number")]
    rows = []
    for state, count in counts_data(against).items():
        name = say.one_of("audit_report.state_count", state)
        rows.append(row(Cell(name, joined(link(name, links[state])) if count and state in links else ""), count))
    return table(columns, rows)


def against_blocks(against: Against, say: Wording, most: int, new: Sequence[Finding] = ()) -> Iterator[Block]:
    """What has become of the findings of an earlier report, with the first of the new and the resolved ones."""
    yield Paragraph(say("audit_report.against.report", path=against.path), "faint")
    yield states_table(against, say)
    if new:
        listed = [finding_note(each, say) for each in by_severity(new)[:most] if isinstance(each, Finding)]
        yield Section(say("audit_report.against.new", all=len(new), shown=len(listed)), tuple(listed))
    resolved = against.resolved()
    if resolved:
        notes = tuple(earlier_note(each, say) for each in by_severity(resolved)[:most])
        yield Section(say("audit_report.against.resolved", all=len(resolved), shown=len(notes)), notes)
