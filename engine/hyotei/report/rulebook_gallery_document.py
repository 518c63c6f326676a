"""All rulebooks at hand on one page: what each is, its scales, the tables that give its grades, and its sources."""

from collections.abc import Iterator, Sequence

from hyotei.document import (
    Block,
    Column,
    Definition,
    Definitions,
    Document,
    Item,
    Items,
    Paragraph,
    Row,
    Section,
    row,
    table,
)
from hyotei.impact.several_rulebooks import grades
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import InEach, Language, wording
from hyotei.report.rule_text import cell_said
from hyotei.report.rulebook_list_document import years_said
from hyotei.report.rulebook_names import rulebook_named
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.head import Head
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.term_words import decision_title, rulebook_title, term_text, term_title
from hyotei.rulebook.terms import Constant
from hyotei.rulebook.types import ScaleType
from hyotei.rulebook.value_words import value_text
from hyotei.sheet import LAST_YEAR


@dataclass(frozen=True, slots=True)
class Shown:
    """A rulebook of the gallery and what is known to be proved of it (`ProofState`)."""

    rulebook: Rulebook
    state: str


def rulebook_gallery_document(shown: Sequence[Shown], language: Language) -> Document:
    """The gallery; the rulebooks are in the order given, those of one authority beside each other."""
    say = wording(language)
    by_authority: dict[str, list[Shown]] = {}
    for each in shown:
        by_authority.setdefault(each.rulebook.authority, []).append(each)
    sections = [
        Section(authority, tuple(_Book(each, language).section() for each in several))
        for authority, several in by_authority.items()
    ]
    lead = Paragraph(say("rulebook.gallery.lead", count=len(shown)), lead=True)
    return Document(say("rulebook.gallery.title"), language, (lead, *sections))


class _Book:
    """One rulebook in one language."""

    def __init__(self, shown: Shown, language: Language) -> None:
        self.book, self.state, self.language = shown.rulebook, shown.state, language
        self.say = wording(language)

    def section(self) -> Section:
        book, say = self.book, self.say
        blocks: list[Block] = [self.facts()]
        for decision in grades(book):
            if isinstance(decision.body, Table):
                blocks += self.decision(decision, decision.body)
        if book.scales:
            blocks.append(Section(say("rulebook.gallery.scales"), (self.scales(),)))
        if book.sources:
            blocks.append(Section(say("rulebook.gallery.sources"), (Items(tuple(map(Item, book.sources))),)))
        return Section(rulebook_title(book, self.language), tuple(blocks), anchor=book.id)

    def facts(self) -> Definitions:
        """Who, when, how it is known, what is proved, and where it comes from."""
        book, say = self.book, self.say
        head = Head(first_year=book.first_year, last_year=book.last_year)
        days = [day for day in book.effective if day]
        told = {
            "id": rulebook_named(book.id, book.version, book.derived_from, say),
            "years": years_said(head),
            "effective": "..".join(book.effective) if days else "",
            "standing": say.one_of("common.standing", book.standing),
            "proof": say.one_of("rulebook.proof_state", self.state),
            "forms": say.listed(book.forms),
            "supersedes": say.listed(book.supersedes),
            "gaps": say.listed(book.known_gaps.values(), "common.list.semicolon"),
            "hash": shown_hash(book.hash),
        }
        return Definitions(
            tuple(Definition(say.one_of("rulebook.gallery.fact", name), text) for name, text in told.items() if text)
        )

    def decision(self, decision: Decision, body: Table) -> Iterator[Block]:
        """The table that gives a grade, with what its cells ask as values."""
        book, language = self.book, self.language
        standing = self.say.one_of("common.standing", decision.standing or book.standing)
        scope = self.say.one_of("rulebook.scope", decision.scope)
        caption = self.say(
            "rulebook.gallery.decision", title=decision_title(decision, book, language), scope=scope, standing=standing
        )
        columns = [Column(self.say("rulebook.gallery.row"), "number")]
        columns += [Column(self.say("rulebook.gallery.condition"), width=48)]
        columns += [Column(decision_title(decision, book, language), "grade")]
        # What all rows have in common is told above, so that the table stays narrow.
        reasons = any(each.annotation for each in body.rows)
        standings = any(each.standing not in (None, decision.standing or book.standing) for each in body.rows)
        columns += [Column(self.say("rulebook.gallery.reason"), width=32)] if reasons else []
        columns += [Column(self.say("rulebook.list.standing"))] if standings else []
        rows = [self.row(each.number - 1, decision, body, reasons, standings) for each in body.rows]
        yield table(columns, rows, caption)

    def row(self, number: int, decision: Decision, body: Table, reasons: bool, standings: bool) -> Row:
        book, language, found = self.book, self.language, body.rows[number]
        year = book.last_year or LAST_YEAR
        asked = [
            self.say(
                "compared.why.value",
                name=term_title(column.term, book, language),
                value=cell_said(check, column.type, book, year, language),
            )
            for column, check in zip(body.inputs, found.checks, strict=True)
            if not check.anything
        ]
        output, of = found.outputs[0], decision.outputs[0].type
        fixed = isinstance(output, Constant) and isinstance(of, ScaleType) and isinstance(output.value, str)
        if fixed and isinstance(output, Constant):
            result = str(output.value)
        elif isinstance(output, Constant):
            result = value_text(output.value, of, language)
        else:
            result = term_text(output, book, language)
        reason = InEach(found.annotation, book.english.get(found.annotation, found.annotation)).text(language)
        standing = found.standing or decision.standing or book.standing
        last = [reason] * reasons + [self.say.one_of("common.standing", standing)] * standings
        return row(found.number, self.say.listed(asked) or "-", result, *last)

    def scales(self) -> Definitions:
        """Every scale with what its values mean."""
        english = {"en": self.book.english}.get(self.language, {})
        rows = []
        for scale in self.book.scales.values():
            told = [
                self.say("impact.value.label", value=value, label=english.get(label, label)) if label else value
                for value, label in scale.labels.items()
            ]
            rows.append(Definition(scale.name, self.say.listed(told, "common.list.semicolon")))
        return Definitions(tuple(rows))
