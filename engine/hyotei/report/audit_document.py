"""The audit of one sheet as a document: recorded results beside derived ones, and the findings with what to ask."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from hyotei.audit.model import Comparison, SheetAudit
from hyotei.document import Block, Definition, Definitions, Document, Paragraph, Section, Tone
from hyotei.messages import Language, Wording, wording
from hyotei.report.finding_document import finding_note
from hyotei.report.result_words import result_name
from hyotei.report.unread_words import unread_parts
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.value_words import amount
from hyotei.sheet.fiscal_year_print import print_fiscal_year


def audit_document(audit: SheetAudit, language: Language) -> Document:
    """The audit of one sheet."""
    say, sheet = wording(language), audit.sheet
    name = " ".join(part for part in (sheet.number, " ".join(sheet.title.split())) if part)
    year = print_fiscal_year(sheet.fiscal_year, language)
    return Document(
        say("audit_report.sheet.title", title=name),
        language,
        tuple(_blocks(audit, say)),
        say("audit_report.sheet.subtitle", authority=sheet.authority, year=year, id=sheet.id),
    )


def _blocks(audit: SheetAudit, say: Wording) -> Iterator[Block]:
    if audit.comparisons:
        yield Definitions(tuple(_compared(each, say) for each in audit.comparisons), large=True)
    book = say("audit_report.sheet.no_rulebook")
    if audit.rulebook is not None:
        book = f"{audit.rulebook} {shown_hash(audit.rulebook_hash or '')}"
    rows = [Definition(say("audit_report.sheet.rulebook"), book, "faint")]
    if audit.money is not None:
        rows.append(Definition(say("audit_report.sheet.money"), amount(Decimal(audit.money), say.language)))
    if audit.unread:
        parts = say.listed(name for name, _ in unread_parts(Counter(audit.unread), say))
        rows.append(Definition(say("audit_report.unread.title"), parts))
    yield Definitions(tuple(rows))
    reasons = [each for each in audit.comparisons if each.why or each.why_not]
    if reasons:
        yield Section(say("audit_report.compared.title"), tuple(_reasons(each, say) for each in reasons))
    notes: tuple[Block, ...] = tuple(finding_note(each, say, with_sheet=False) for each in audit.findings)
    heading = say("audit_report.findings.title", count=len(audit.findings))
    proof = (Paragraph(say("audit_report.no_proof"), "faint"),) if notes else ()
    yield Section(heading, (*proof, *notes) or (Paragraph(say("audit_report.findings.none")),))


def _compared(each: Comparison, say: Wording) -> Definition:
    tones: dict[str, Tone] = {"agrees": "good", "rules_differ": "bad"}
    told = say(
        "audit_report.sheet.compared",
        recorded=each.recorded or "-",
        derived=each.derived or say("common.undetermined"),
        agreement=say.one_of("audit_report.agreement", each.agreement),
    )
    return Definition(result_name(each.output, say, each.title, each.subject), told, tones.get(each.agreement, "plain"))


def _reasons(each: Comparison, say: Wording) -> Section:
    rows = []
    if each.why:
        rows.append(Definition(say("audit_report.compared.why"), each.why))
    if each.why_not:
        rows.append(Definition(say("audit_report.compared.why_not", recorded=each.recorded or "-"), each.why_not))
    return Section(result_name(each.output, say, each.title, each.subject), (Definitions(tuple(rows)),))
