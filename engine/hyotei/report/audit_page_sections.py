"""The parts of the page of an audit that need no script, as parts of a document; the list of findings is a part of its own."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from hyotei.audit.earlier_report import Earlier
from hyotei.audit.rating_consistency import Consistency, Contradiction, JudgedSheet
from hyotei.audit.summary import GROUPINGS, Group
from hyotei.document import (
    Block,
    Cell,
    Column,
    Definition,
    Definitions,
    Item,
    Items,
    Paragraph,
    Row,
    Section,
    code,
    joined,
    row,
    strong,
    table,
    toned,
)
from hyotei.document.text import Span
from hyotei.messages import Wording
from hyotei.report.audit_charts import audit_charts
from hyotei.report.audit_content import Content, Disagreement
from hyotei.report.audit_summary_document import (
    compared_sections,
    kinds_table,
    severity_cell,
    states_table,
    unread_sections,
)
from hyotei.report.finding_document import by_severity
from hyotei.report.result_words import result_name
from hyotei.report.rulebook_names import rulebook_named
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.term_words import rulebook_title
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.verdict.model import SheetRef

_EARLIER_SHOWN: Final = 200
"""Findings of the earlier report that are listed at most, of each kind of change."""
_FIELDS_SHOWN: Final = 60
_REMOVED_SHOWN: Final = 50
"""Sheets whose removal would end all contradictions, on the page at most."""
_STATE_LINKS: Final = {
    "new": "#state=new",
    "continuing": "#state=continuing",
    "resolved": "#resolved",
    "not_audited": "#resolved",
}
"""New and continuing findings are in the list of findings, the others in a section of their own."""


def about(content: Content, say: Wording) -> Iterator[Block]:
    """What the page is, what was read, and by which rulebooks."""
    yield Paragraph(say("audit_page.recorded_evaluations_held"))
    yield Paragraph(joined(say("audit_page.sources"), say.listed(content.sources)), "faint")
    items = []
    for book in content.rulebooks.values():
        standing = say.one_of("common.standing", book.standing)
        named = rulebook_named(book.id, book.version, book.derived_from, say)
        name = say("audit_page.book", title=rulebook_title(book, say.language), id=named, standing=standing)
        items.append(Item(joined(name, code(shown_hash(book.hash, 16)))))
    yield Section(say("audit_page.rulebooks", books=len(items)), (Items(tuple(items)),), folded=True)


def sections_before_findings(content: Content, say: Wording, pictures: bool, files: bool = True) -> Iterator[Section]:
    """The numbers: of all sheets, against an earlier report, recorded beside derived results, and kinds of findings.

    Args:
        content: what the report tells.
        say: words of its language.
        pictures: whether it has charts.
        files: whether the other files of the report stand beside it, and are named.
    """
    summary = content.summary
    beside = (Paragraph(say("audit_page.findings_findings_xlsx"), "faint"),) if files else ()
    yield Section(say("audit_page.overview"), (*_overview(content, say), *beside), "overview")
    if content.against is not None:
        lead = Paragraph(say("audit_report.against.report", path=content.against.path))
        states = states_table(content.against, say, _STATE_LINKS)
        yield Section(say("audit_report.against.title"), (lead, states), "against")
    yield Section(say("audit_report.compared.title"), tuple(compared_sections(summary, say)), "agreement")
    if pictures:
        yield Section(say("audit_page.charts"), tuple(audit_charts(content, say)), "charts")
    if summary.findings:
        kinds = kinds_table(summary, say, linked=True)
        note = Paragraph(say("audit_page.budget_evaluated_year"), "faint")
        yield Section(say("audit_report.kinds.title"), (kinds, note), "kinds")


def sections_after_findings(content: Content, say: Wording) -> Iterator[Section]:
    """The sheets: whose findings are gone, that record something else, that contradict each other, by group, to check by hand."""
    yield Section(say("audit_page.findings_earlier_report"), tuple(_gone(content, say)), "resolved")
    yield Section(say("audit_page.disagreements"), tuple(_disagreements(content, say)), "disagreements")
    yield Section(say("audit_page.recorded_ratings_against"), tuple(_consistency(content, say)), "consistency")
    yield Section(say("audit_page.authority_year_field"), tuple(_groups(content, say)), "groups")
    yield Section(say("audit_page.sample_checking"), tuple(_sample(content, say)), "sample")


def sections_of_reading(content: Content, say: Wording) -> Iterator[Section]:
    """What the sources do not carry, and what was wrong with them."""
    yield from unread_sections(content.summary, say)
    problems = content.problems
    if problems.counts:
        total = sum(problems.counts.values())
        counts = say.listed(f"{code} {count:,}" for code, count in sorted(problems.counts.items()))
        head = Paragraph(f"{say('audit_page.shown', total=total, first=len(problems.first))} {counts}")
        listed = Items(tuple(Item(each.text(content.language)) for each in problems.first))
        details = Section(say("audit_page.details"), (listed,), folded=True)
        yield Section(say("audit_page.problems_reading"), (head, details), "problems")


def _overview(content: Content, say: Wording) -> Iterator[Block]:
    whole = content.summary.whole
    numbers: list[tuple[str, Sequence[str | Span]]] = [
        (say("audit_report.compared.sheets"), [strong(f"{whole.sheets:,}")]),
        (say("audit_page.sheets_findings"), [strong(f"{whole.found:,}")]),
        (say("audit_report.kinds.findings"), [strong(f"{whole.findings:,}")]),
    ]
    for output, compared in whole.results.items():
        if compared.pairs:
            share = strong(f"{compared.same * 100 // compared.pairs}%")
            counts = say("audit_page.agree_counts", same=compared.same, pairs=compared.pairs)
            numbers.append((say("audit_page.agree", name=result_name(output, say, compared.title)), [share, counts]))
    if content.problems.failed:
        numbers.append((say("audit_page.could_not_read"), [strong(f"{content.problems.failed:,}")]))
    yield Definitions(tuple(Definition(name, joined(*text)) for name, text in numbers), large=True)


# -- an earlier report


def _gone(content: Content, say: Wording) -> Iterator[Block]:
    """The findings of the earlier report that are resolved, and those of which nothing can be said now."""
    if content.against is not None:
        resolved, unaudited = content.against.resolved(), content.against.unaudited()
        yield from _earlier(say("audit_page.resolved_findings"), say("audit_page.resolved_says"), resolved, say)
        yield from _earlier(say("audit_page.not_known_want"), say("audit_page.not_audited_says"), unaudited, say)


def _earlier(caption: str, says: str, found: Sequence[Earlier], say: Wording) -> Iterator[Block]:
    if not found:
        return
    many = len(found) > _EARLIER_SHOWN
    more = (
        say("audit_page.weightiest_findings_xlsx", found=len(found), shown=_EARLIER_SHOWN)
        if many
        else say("audit_page.in_all", found=len(found))
    )
    yield Paragraph(says + say("audit_page.between_sentences") + more)
    columns = [
        Column(say("audit_report.kinds.code"), "code"),
        Column(say("audit_report.kinds.severity"), "grade"),
        Column(say("audit_page.authority"), "grade"),
        Column(say("audit_page.year"), "year"),
        Column(say("audit_page.title")),
        Column(say("audit_page.finding_said")),
    ]
    rows = [
        row(
            each.code,
            severity_cell(each.severity, say),
            each.authority,
            print_fiscal_year(each.fiscal_year, say.language),
            each.title,
            f"{each.subject} {each.message}".strip(),
        )
        for each in by_severity(found)[:_EARLIER_SHOWN]
    ]
    yield table(columns, rows, caption)


# -- sheets against their derived results and against each other


def _disagreements(content: Content, say: Wording) -> Iterator[Block]:
    """The sheets that record something else, the furthest apart first, with why and why not."""
    found = content.disagreements
    if not found:
        return
    if content.disagreeing > len(found):
        yield Paragraph(
            say("audit_page.furthest_apart_largest", rows=len(found), disagreeing=content.disagreeing), "faint"
        )
    columns = [
        Column(say("audit_page.sheet")),
        Column(say("audit_page.result"), "grade"),
        Column(say("audit_page.recorded"), "grade"),
        Column(say("audit_page.derived"), "grade"),
        Column(say("audit_report.compared.kind")),
        Column(say("audit_page.why_why_not")),
    ]
    yield table(columns, [_disagreement(each, say) for each in found], say("audit_page.sheets_record_something"))


def _disagreement(each: Disagreement, say: Wording) -> Row:
    comparison = each.comparison
    return row(
        _named(each.audit.sheet),
        result_name(comparison.output, say, comparison.title, comparison.subject),
        comparison.recorded or "",
        comparison.derived or "",
        say.one_of("audit_report.agreement", comparison.agreement),
        " ".join(part for part in (comparison.why, comparison.why_not) if part),
    )


def _named(sheet: SheetRef) -> Cell:
    place = f"{sheet.authority} {sheet.fiscal_year} {sheet.id}"
    return Cell(sheet.title, joined(sheet.title, "　", toned(place, "faint")))


def _consistency(content: Content, say: Wording) -> Iterator[Block]:
    """One part for each rulebook that says what is better, and why there is none for others."""
    for each in content.consistency:
        yield Section(each.rulebook, tuple(_contradictions(each, say)))
    yield from (Paragraph(note.message(content.language, on_page=True), "faint") for note in content.notes)


def _contradictions(each: Consistency, say: Wording) -> Iterator[Block]:
    inputs = say.listed(
        say("audit_page.value_is_best", input=of.title, value=of.best)
        if of.best
        else say("audit_page.more_is_better" if of.rises else "audit_page.less_is_better", input=of.title)
        for of in each.inputs
    )  # fmt: skip
    yield Paragraph(say("audit_page.compared_without_thresholds", inputs=inputs))
    yield Paragraph(
        say(
            "audit_page.sheets_compared_left",
            sheets=each.sheets,
            left_out=each.left_out,
            pairs=each.pairs,
            involved=each.involved,
            removed=len(each.removed),
        )
    )
    if each.strongest:
        recorded, values = Column(say("audit_page.recorded"), "grade"), Column(say("audit_page.values"))
        worse, better = Column(say("audit_page.recorded_worse")), Column(say("audit_page.recorded_better"))
        columns = [worse, recorded, values, better, recorded, values]
        yield table(columns, [_pair(pair, say) for pair in each.strongest], say("audit_page.strongest_contradictions"))
    if each.removed:
        names = [f"{of.sheet.id}　{of.sheet.title}　{of.recorded}" for of in each.removed[:_REMOVED_SHOWN]]
        more = len(each.removed) - len(names)
        if more:
            names.append(say("audit_page.more_summary_json", more=more))
        listed = Items(tuple(map(Item, names)))
        yield Section(say("audit_page.sheets_without_no"), (listed,), folded=True)


def _pair(pair: Contradiction, say: Wording) -> Row:
    def side(of: JudgedSheet) -> tuple[Cell | str, ...]:
        return _named(of.sheet), of.recorded, say.listed(of.inputs)

    return row(*side(pair.wronged), *side(pair.favoured))


# -- groups and samples


def _groups(content: Content, say: Wording) -> Iterator[Block]:
    outputs = content.summary.whole.results
    for name in GROUPINGS:
        groups = sorted(content.summary.groups[name].items())
        if not groups or (name == "field" and len(groups) == 1):
            continue
        if len(groups) > _FIELDS_SHOWN:
            groups = sorted(sorted(groups, key=lambda each: -each[1].sheets)[:_FIELDS_SHOWN])
        by = say.one_of("audit_page.group", name)
        columns = [
            Column(by),
            Column(say("audit_report.compared.sheets"), "number"),
            Column(say("audit_page.with_findings"), "number"),
            Column(say("audit_report.kinds.findings"), "number"),
            *(
                Column(say("audit_page.agree_with", result=result_name(output, say, compared.title)), "figure")
                for output, compared in outputs.items()
            ),
        ]
        rows = [
            row(key or say("audit_page.none"), group.sheets, group.found, group.findings, *_agreeing(group, outputs))
            for key, group in groups
        ]
        yield table(columns, rows, say("audit_page.by_group", by=by))


def _agreeing(group: Group, outputs: Iterable[str]) -> Iterator[str]:
    for output in outputs:
        compared = group.results.get(output)
        yield f"{compared.same:,}/{compared.pairs:,}" if compared is not None and compared.pairs else "–"


def _sample(content: Content, say: Wording) -> Iterator[Block]:
    if not content.sampled:
        return
    yield Paragraph(say("audit_page.sheets_check_hand", rows=len(content.sampled), seed=content.seed))
    columns = [
        Column(say("audit_page.sheet"), "code"),
        Column(say("audit_page.title")),
        Column(say("audit_page.authority")),
        Column(say("audit_page.recorded_to_derived")),
        Column(say("audit_report.kinds.findings")),
    ]
    rows = [
        (
            each.sheet.id,
            each.sheet.title,
            each.sheet.authority,
            " ".join(
                f"{result_name(of.output, say, of.title, of.subject)} {of.recorded or '-'}→{of.derived or '-'}"
                for of in each.comparisons
            ),
            say.listed(dict.fromkeys(finding.code for finding in each.findings)),
        )
        for each in content.sampled
    ]
    yield table(columns, rows, say("audit_page.sheets_drawn"))
