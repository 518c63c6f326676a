"""Findings as parts of documents: in a list, and one explained by its figures and its rule."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hyotei.audit.earlier_report import Earlier
from hyotei.audit.model import Finding
from hyotei.document import (
    Block,
    Definition,
    Definitions,
    Document,
    Item,
    Items,
    Note,
    Paragraph,
    Section,
    Tone,
    joined,
    toned,
)
from hyotei.messages import Language, Wording, wording
from hyotei.report.rule_text import rule_key, rule_texts
from hyotei.rulebook.model import Rulebook
from hyotei.sheet.fiscal_year_print import print_fiscal_year

SEVERITIES: Final = ("serious", "notice")
"""The severities of shipped rulebooks, the graver first."""
STATES: Final = ("new", "continuing", "resolved", "not_audited")
"""How a finding stands to those of an earlier report."""


def severity_said(severity: str, say: Wording) -> str:
    """How grave a finding is; a severity of an analyst's own scale as it is."""
    return say.one_of("common.finding_severity", severity) if severity in SEVERITIES else severity


def by_severity(found: "Iterable[Finding | Earlier]") -> "list[Finding | Earlier]":
    """The serious ones first, else in their order."""
    order = {severity: place for place, severity in enumerate(SEVERITIES)}
    return sorted(found, key=lambda each: order.get(each.severity, len(order)))


def where_said(each: "Finding | Earlier", say: Wording) -> str:
    """Of which sheet a finding was made."""
    year = print_fiscal_year(each.fiscal_year, say.language)
    return say("finding.where", authority=each.authority, year=year, sheet=each.sheet)


def finding_note(each: Finding, say: Wording, with_sheet: bool = True) -> Note:
    """A finding in a list: what it says of what, its figures with their places, and what to ask; with its sheet or without."""
    blocks: list[Block] = []
    if with_sheet:
        blocks.append(Paragraph(where_said(each, say), "faint"))
    blocks.append(Paragraph(each.message))
    rows = [*_figures(each, say), *_said_of(each, say)]
    if each.question:
        rows.append(Definition(say("finding.question"), each.question))
    rows.append(Definition(say("finding.rule"), rule_key(each), "faint"))
    blocks.append(Definitions(tuple(rows)))
    title = joined(each.code, " ", each.title if with_sheet else each.subject)
    if with_sheet and each.subject:
        blocks.insert(1, Paragraph(each.subject, "strong"))
    return Note(severity_said(each.severity, say), title, _tone(each), tuple(blocks))


def earlier_note(each: "Finding | Earlier", say: Wording) -> Note:
    """A finding of an earlier report, of which only what it says is known."""
    said = " ".join(part for part in (each.subject, each.message) if part)
    blocks = (Paragraph(where_said(each, say), "faint"), Paragraph(said))
    return Note(severity_said(each.severity, say), joined(each.code, " ", each.title), _tone(each), blocks)


def findings_document(found: Iterable[Finding], rulebooks: Mapping[str, Rulebook], language: Language) -> Document:
    """Findings of one kind on one sheet explained: the figures that decided, and what the rule asks; rulebooks by hash."""
    say = wording(language)
    shown = list(found)
    first = shown[0]
    title = f"{first.code}  {first.title}"
    return Document(title, language, tuple(_explained(each, rulebooks, say) for each in shown), where_said(first, say))


def _explained(each: Finding, rulebooks: Mapping[str, Rulebook], say: Wording) -> Section:
    blocks: list[Block] = [Paragraph(each.message, _tone(each), lead=True)]
    blocks.append(Section(say("finding.decided"), (Definitions(tuple(_figures(each, say))),)))
    for rule in rule_texts([each], rulebooks, say.language):
        asks: list[Block] = [Paragraph(rule.title if rule.asks else rule.says)]
        if rule.asks:
            asks.append(Items(tuple(Item(ask) for ask in rule.asks)))
        heading = say("finding.asks", rule=rule.key, standing=say.one_of("common.standing", rule.standing))
        blocks.append(Section(heading, tuple(asks)))
    rows = list(_said_of(each, say))
    if each.question:
        rows.append(Definition(say("finding.question"), each.question))
    if rows:
        blocks.append(Definitions(tuple(rows)))
    heading = each.subject or each.code
    return Section(f"[{severity_said(each.severity, say)}] {heading}", tuple(blocks))


def _figures(each: Finding, say: Wording) -> Iterator[Definition]:
    for figure in each.figures:
        place = say("finding.place", place=figure.place) if figure.place else ""
        yield Definition(figure.title, joined(figure.text, toned(place, "faint")))


def _said_of(each: Finding, say: Wording) -> Iterator[Definition]:
    for doubt in each.doubts:
        yield Definition(say("finding.doubt"), doubt.text)
    if each.also:
        yield Definition(say("finding.also"), say.listed(each.also), "faint")


def _tone(each: "Finding | Earlier") -> Tone:
    return "bad" if each.severity == "serious" else "plain"
