"""The verdict as a document: for a terminal, or as what an official hands on.

`FULL` begins with one page that says it all: which sheet, which results by which rules, what is unsure, and lines to sign on.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from hyotei.base.display_width import pad
from hyotei.base.printable import one_line as in_one_line
from hyotei.document import (
    Block,
    Definition,
    Definitions,
    Document,
    Item,
    Items,
    Paragraph,
    Section,
    Signatures,
    Span,
    Tree,
    joined,
    row,
    strong,
    table,
    toned,
)
from hyotei.messages import Language, wording
from hyotei.report.derivation_tree import NOT_STATED, answered, derivation_tree
from hyotei.report.result_words import BOTH
from hyotei.report.rulebook_names import rulebook_named
from hyotei.report.verdict_cautions import assumptions, corrections, findings, unknowns, unread, unsure
from hyotei.report.verdict_facts import facts
from hyotei.report.verdict_figures import budget, measures, sources
from hyotei.report.verdict_nearness import margins, why_not
from hyotei.report.verdict_words import VerdictWords
from hyotei.rulebook.canonical import shown_hash
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.verdict.verdict import Verdict

Part = Literal[
    "identity", "rules", "unsure", "signatures", "measures", "budget", "facts", "why", "why_not", "margins", "findings", "unknowns",
    "assumptions", "corrections", "unread", "sources",
]  # fmt: skip
SHORT: Final[tuple[Part, ...]] = ("measures", "budget", "facts", "findings", "unknowns", "assumptions")
"""What a terminal shows."""
WITH_REASONS: Final[tuple[Part, ...]] = (
    "measures", "budget", "facts", "why", "why_not", "margins", "findings", "unknowns", "assumptions",
)  # fmt: skip
"""What a terminal shows with `--why`."""
FULL: Final[tuple[Part, ...]] = (
    "identity", "rules", "unsure", "signatures", "measures", "budget", "facts", "findings", "unknowns", "assumptions",
    "corrections", "unread", "why", "why_not", "margins", "sources",
)  # fmt: skip
"""What is handed on."""


def verdict_document(
    verdict: Verdict,
    language: Language = "ja",
    parts: Sequence[Part] = FULL,
    values: tuple[str, ...] = (),
    added: tuple[Section, ...] = (),
    decided: tuple[Section, ...] = (),
) -> Document:
    """A verdict as a document.

    Args:
        verdict: the verdict.
        language: of what Hyotei says; names and texts of the sheet and of the rulebook stay as they are.
        parts: what of it is told, in this order.
        values: of the scales, for which alone it is told what stood in their way; none for all.
        added: further sections, such as how certain the verdict is.
        decided: sections that stand right below the results, such as which results were adopted.
    """
    words = VerdictWords(verdict, language)
    say, sheet, book = words.say, words.data.sheet, words.data.rulebook
    named = in_one_line(f"{sheet.number} {sheet.title}" if sheet.number else sheet.title)
    year = print_fiscal_year(sheet.fiscal_year, language)
    standing = say.one_of("verdict_document.standing", book.standing)
    if "identity" in parts:
        title, subtitle = named, say("verdict_document.subtitle")
        footer = say("verdict_document.footer", id=_named(words), hash=book.hash)
    else:
        title = say("verdict_document.title", title=named, authority=sheet.authority, year=year)
        subtitle = say(
            "verdict_document.rulebook_line", id=_named(words), standing=standing, hash=shown_hash(book.hash)
        )
        footer = ""
    blocks: list[Block] = []
    if "identity" in parts:
        blocks.append(_identity(words, year, rulebook_told(verdict, language)))
    blocks += [*_results(words), *decided]
    for part in parts:
        blocks += _part(words, part, values)
    return Document(title, language, (*blocks, *added), subtitle, footer)


def rulebook_told(verdict: Verdict, language: Language) -> str:
    """The rulebook of a verdict by its title, id, version and standing."""
    words = VerdictWords(verdict, language)
    book = words.data.rulebook
    standing = words.say.one_of("verdict_document.standing", book.standing)
    title = words.in_english(book.title)
    return words.say("verdict_document.rulebook_named", title=title, id=_named(words), standing=standing)


def one_line(identity: str, rating: str | None, budget: str | None, status: str, title: str, language: Language) -> str:
    """A verdict on one line, for many sheets."""
    said = wording(language).one_of("verdict_document.status", status)
    return f"{pad(identity, 16)}  {pad(rating or '-', 3)} {pad(budget or '-', 3)} {pad(said, 12)}  {in_one_line(title)}"


def _part(words: VerdictWords, part: Part, values: tuple[str, ...]) -> Iterator[Block]:
    """A part under its heading; nothing where there is nothing to tell."""
    if part == "identity":
        return
    if part == "signatures":
        yield Signatures(tuple(words.say.one_of("verdict_document.signature", name) for name in _SIGNED))
        return
    match part:
        case "rules":
            found = _rules(words)
        case "unsure":
            found = unsure(words)
        case "measures":
            found = measures(words)
        case "budget":
            found = budget(words)
        case "facts":
            found = facts(words)
        case "why":
            found = _why(words)
        case "why_not":
            found = why_not(words, values)
        case "margins":
            found = margins(words)
        case "findings":
            found = findings(words)
        case "unknowns":
            found = unknowns(words)
        case "assumptions":
            found = assumptions(words)
        case "corrections":
            found = corrections(words)
        case "unread":
            found = unread(words)
        case "sources":
            found = sources(words)
    blocks = tuple(found)
    if blocks:
        heading = words.say.one_of("verdict_document.heading", part, count=len(words.data.findings))
        yield Section(heading, blocks, anchor=part, new_page=part == "measures")


_SIGNED: Final = ("written_by", "checked_by", "date")


def _named(words: VerdictWords) -> str:
    book = words.data.rulebook
    return rulebook_named(book.id, book.version, book.derived_from, words.say)


# -- the first page


def _identity(words: VerdictWords, year: str, named: str) -> Block:
    say, sheet = words.say, words.data.sheet
    told = {"authority": sheet.authority, "year": year, "sheet": sheet.id, "rulebook": named}
    return Definitions(
        tuple(Definition(say.one_of("verdict_document.identity", name), text) for name, text in told.items())
    )


def _results(words: VerdictWords) -> Iterator[Block]:
    """The rating and the recommendation, each beside what the sheet records; and what they wait for."""
    verdict, say = words.data, words.say
    if verdict.status == "not_rated":
        yield Paragraph(say("verdict_document.not_rated"))
        return
    told = {"rating": (verdict.rating, verdict.rating_label), "budget": (verdict.budget, verdict.budget_label)}
    rows = []
    for name in BOTH:
        title = say.one_of("common.result", name)
        if name not in words.decided:
            rows.append(Definition(title, say("common.not_decided"), "faint"))
            continue
        value, label = told[name]
        said = [strong(value) if value else toned(say("common.undetermined"), "bad")]
        if label:
            said.append(Span(f"  {label}"))
        recorded = verdict.recorded.get(name)
        if recorded is not None:
            same = recorded == value
            key = "verdict_document.recorded.same" if same else "verdict_document.recorded.other"
            said.append(toned("  " + say(key, value=recorded), "faint" if same else "bad"))
        rows.append(Definition(title, joined(*said)))
    yield Definitions(tuple(rows), large=True)
    if verdict.waits_for:
        yield Paragraph(say("verdict_document.waits_for.lead"), "bad")
        yield Items(tuple(Item(words.waiting(each), "bad") for each in verdict.waits_for))


def _rules(words: VerdictWords) -> Iterator[Block]:
    """For each result the row that answered, and the values that it looked at beside what it asks of them."""
    say = words.say
    for name in BOTH:
        step = words.steps.get(f"{name}@sheet")
        if step is None:
            continue
        yield Paragraph(joined(strong(f"{step.title} {step.text}"), answered(step, words.language)))
        looked = [given for given in step.inputs if given.asked and given.asked != "-"]
        if looked:
            columns = [say.one_of("verdict_document.column", column) for column in ("item", "value", "asked")]
            yield table(columns, [row(given.title, given.text, given.asked) for given in looked])


def _why(words: VerdictWords) -> Iterator[Block]:
    nodes = derivation_tree(words.data, words.language)
    if not nodes:
        return
    yield Tree(nodes)
    if any(NOT_STATED in str(node) for node in nodes):
        yield Paragraph(words.say("verdict_document.tree.mark", mark=NOT_STATED), "faint")
