"""The report of an audit as a document without a script: what is written to `report.md`."""

from collections.abc import Iterator
from typing import Final

from hyotei.document import Block, Document, Item, Items, Paragraph, Section, code, joined
from hyotei.messages import Wording, wording
from hyotei.report.audit_content import Content
from hyotei.report.audit_summary_document import (
    against_blocks,
    compared_sections,
    counts_said,
    kinds_table,
    unread_sections,
)
from hyotei.report.finding_document import finding_note
from hyotei.report.rulebook_names import rulebook_named
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.term_words import rulebook_title

_SHOWN: Final = 100
"""Findings in the document at most."""


def report_document(content: Content) -> Document:
    """The report: agreement, kinds of findings, the weightiest findings, what became of earlier ones, contradictions."""
    say = wording(content.language)
    return Document(say("audit_report.title"), content.language, tuple(_blocks(content, say)))


def _blocks(content: Content, say: Wording) -> Iterator[Block]:
    summary = content.summary
    yield Paragraph(counts_said(summary, say), lead=True)
    yield Paragraph(say("audit_report.no_proof"), "faint")
    books = []
    for book in content.rulebooks.values():
        standing = f" ({say.one_of('common.standing', book.standing)}) "
        title = rulebook_title(book, say.language)
        named = rulebook_named(book.id, book.version, book.derived_from, say)
        books.append(Item(joined(title, " ", code(named), standing, code(shown_hash(book.hash, 16)))))
    yield Section(say("audit_report.rulebooks"), (Items(tuple(books)),))
    yield from compared_sections(summary, say)
    yield from unread_sections(summary, say)
    kinds: Block = kinds_table(summary, say) if summary.findings else Paragraph(say("audit_report.findings.none"))
    yield Section(say("audit_report.kinds.title"), (kinds,))
    yield Section(say("audit_report.findings.title", count=summary.whole.findings), tuple(_findings(content, say)))
    if content.against is not None:
        yield Section(say("audit_report.against.title"), tuple(against_blocks(content.against, say, _SHOWN)))
    for each in content.consistency:
        says = say("audit_report.consistency.says", sheets=each.sheets, pairs=each.pairs, removed=len(each.removed))
        yield Section(say("audit_report.consistency.title", rulebook=each.rulebook), (Paragraph(says),))


def _findings(content: Content, say: Wording) -> Iterator[Block]:
    shown = content.shown[:_SHOWN]
    if content.summary.whole.findings > len(shown):
        yield Paragraph(
            say("audit_report.findings.some", all=content.summary.whole.findings, shown=len(shown)), "faint"
        )
    yield from (finding_note(each, say) for each in shown)
