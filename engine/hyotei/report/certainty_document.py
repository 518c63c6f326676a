"""The certainty of a verdict as parts of a document: certain or not, what else it could be, what decides, and the margins."""

from collections.abc import Collection, Iterator

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
from hyotei.messages import Language, wording
from hyotei.proof.certainty.model import Certainty, End, FigureMargin, OpenPoint, PossibleVerdict, Sets
from hyotei.report.figure_names import figure_name
from hyotei.report.result_words import BOTH, result_words
from hyotei.rulebook.canonical import shown_hash


def certainty_document(found: Certainty, language: Language = "ja") -> Document:
    """The certainty by itself."""
    say = wording(language)
    return Document(
        say("certainty_document.title", sheet=found.sheet),
        language,
        certainty_sections(found, language),
        footer=say("certainty_document.made_with", rulebook=found.rulebook, hash=shown_hash(found.hash)),
    )


def certainty_sections(found: Certainty, language: Language, decided: Collection[str] = BOTH) -> tuple[Section, ...]:
    """The certainty as parts of the document of its verdict; only results that the rulebook decides are spoken of."""
    return tuple(_Certainty(found, language, decided).sections())


class _Certainty:
    def __init__(self, found: Certainty, language: Language, decided: Collection[str]) -> None:
        self.found, self.language, self.decided, self.say = found, language, decided, wording(language)
        self.names = {point.id: figure_name(point, language) for point in found.unknowns}

    def sections(self) -> Iterator[Section]:
        found, say = self.found, self.say
        yield Section(say("certainty_document.heading.certainty"), tuple(self.status()))
        if len(found.verdicts) > 1:
            columns = [
                Column(say("certainty_document.verdict.column")),
                Column(say("certainty_document.verdict.example")),
            ]
            rows = [
                row(self.verdict(each.rating, each.budget), self.example(each, at == 0))
                for at, each in enumerate(found.verdicts)
            ]
            yield Section(say("certainty_document.heading.verdicts"), (table(columns, rows),))
        if found.status != "certain":
            yield Section(say("certainty_document.heading.changing"), self.sets(found.changing))
            settling = self.sets(found.settling)
            if settling:
                yield Section(say("certainty_document.heading.settling"), settling)
        if found.unknowns:
            columns = [
                Column(say("certainty_document.unknown.figure")),
                Column(say("certainty_document.unknown.reason"), "grade"),
                Column(say("certainty_document.unknown.range")),
            ]
            yield Section(
                say("certainty_document.heading.unknowns"), (table(columns, map(self.unknown, found.unknowns)),)
            )
        if found.margins:
            yield Section(say("certainty_document.heading.margins"), tuple(self.margins()))

    def verdict(self, rating: str | None, budget: str | None) -> str:
        return result_words(rating, budget, self.language, self.decided)

    # -- the answer

    def status(self) -> Iterator[Block]:
        found, say = self.found, self.say
        why = say.one_of("certainty_document.why", found.why) if found.why else ""
        match found.status:
            case "certain" if not found.unknowns:
                yield Paragraph(say("certainty_document.status.nothing_unknown"), "good")
            case "certain":
                yield Paragraph(say("certainty_document.status.certain", count=len(found.unknowns)), "good")
            case "uncertain":
                yield Paragraph(say("certainty_document.status.uncertain", count=len(found.verdicts)), "bad")
                if not found.complete:
                    yield Paragraph(say("certainty_document.status.perhaps_others", why=why), "bad")
            case _:
                yield Paragraph(say("certainty_document.status.open", why=why), "bad")
        if any(each.reason is None for each in found.unknowns):
            yield Paragraph(say("certainty_document.status.judgments"))
        yield from (Paragraph(say("certainty_document.status.told_in_words", figure=each)) for each in found.words)

    def example(self, each: PossibleVerdict, now: bool) -> str:
        say = self.say
        if now:
            return say("certainty_document.verdict.now")
        if not each.replayed:
            return say("certainty_document.verdict.not_confirmed")
        values = (
            say("certainty_document.verdict.value", figure=figure_name(value, self.language), value=value.text)
            for value in each.example
        )
        return say("certainty_document.verdict.shown", values=say.listed(values))

    def sets(self, sets: Sets) -> tuple[Block, ...]:
        """Sets of unknowns that decide."""
        say = self.say
        named = (
            say.listed((self.names[one] for one in each), "certainty_document.verdict.between") for each in sets.sets
        )
        items = Items(tuple(map(Item, named)))
        more = () if sets.complete else (Paragraph(say("certainty_document.verdict.perhaps_more"), "faint"),)
        return (items, *more) if sets.sets else more

    def unknown(self, point: OpenPoint) -> Row:
        """An unknown, what it could be, and what would follow."""
        given = point.reason is None
        reason = (
            self.say("certainty_document.unknown.given")
            if given
            else self.say.one_of("common.reason", point.reason or "")
        )
        return row(self.names[point.id], reason, point.range, below=tuple(self.influence(point)))

    def influence(self, point: OpenPoint) -> Iterator[Block]:
        say = self.say
        if point.could_matter is False:
            yield Paragraph(say("certainty_document.unknown.never_matters"), "faint")
            return
        if point.could_matter is None:
            yield Paragraph(say("certainty_document.unknown.perhaps_matters"), "faint")
        if len(point.alone) < 2 and point.reason is not None:
            if point.could_matter:
                yield Paragraph(say("certainty_document.unknown.matters_with_others"))
            return
        for each in point.alone:
            bands = say.listed(each.bands, "certainty_document.unknown.or")
            verdict = self.verdict(each.rating, each.budget)
            yield Paragraph(say("certainty_document.unknown.band", bands=bands, verdict=verdict))

    # -- margins

    def margins(self) -> Iterator[Block]:
        say = self.say
        moving = [each for each in self.found.margins if any(end.changes is not None or end.why for end in _ends(each))]
        if moving:
            columns = [Column(say("certainty_document.margin.figure")), Column(say("certainty_document.margin.now"))]
            yield table(columns, map(self.margin, moving))
        still = [figure_name(each, self.language) for each in self.found.margins if each not in moving]
        if still:
            figures = say.listed(still, "certainty_document.way.and")
            yield Paragraph(say("certainty_document.margin.never", figures=figures))

    def margin(self, each: FigureMargin) -> Row:
        told = [
            *(Definition(self.say("certainty_document.margin.falls"), text) for text in self.end(each.below, False)),
            *(Definition(self.say("certainty_document.margin.rises"), text) for text in self.end(each.above, True)),
        ]
        return row(figure_name(each, self.language), each.text, below=(Definitions(tuple(told)),))

    def end(self, end: End, rises: bool) -> Iterator[str]:
        """Where the verdict changes in one direction, and what stays open there."""
        say = self.say
        if end.changes is not None:
            yield say(
                "certainty_document.margin.rise" if rises else "certainty_document.margin.fall",
                keeps=end.keeps_text,
                changes=end.changes_text,
                moved=end.moved_text,
                verdict=self.verdict(end.rating, end.budget),
            )
        if end.why:
            yield say("certainty_document.margin.open", why=say.one_of("certainty_document.why", end.why))


def _ends(margin: FigureMargin) -> tuple[End, End]:
    return margin.below, margin.above
