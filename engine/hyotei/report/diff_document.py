"""A comparison of two rulebooks as a document: what differs first, then what each edit does."""

from collections.abc import Iterator
from typing import Final

from hyotei.compare.model import ChangedRegion, DecisionChange, Difference, Effect, RulebookDiff
from hyotei.document import (
    Block,
    Cell,
    Column,
    Definition,
    Definitions,
    Document,
    Item,
    Items,
    Paragraph,
    Preformatted,
    Section,
    Tone,
    joined,
    row,
    strong,
    table,
    toned,
)
from hyotei.messages import Language, wording
from hyotei.report.diff_words import DiffWords
from hyotei.report.sheet_lines import sheet_lines

_EFFECTS: Final[dict[Effect, Tone]] = {"changes": "bad", "none": "good", "together": "plain", "open": "plain"}


def diff_document(diff: RulebookDiff, language: Language = "ja") -> Document:
    """The document of a comparison."""
    return _Diff(diff, language).document()


class _Diff:
    def __init__(self, diff: RulebookDiff, language: Language) -> None:
        self.diff, self.language, self.say = diff, language, wording(language)
        self.words = DiffWords(diff, language)

    def document(self) -> Document:
        words = self.words
        lead = Paragraph(words.conclusion(), "good" if self.diff.status == "same" else "bad", lead=True)
        return Document(words.title(), self.language, (lead, *self.sections()), footer=words.made_with())

    def sections(self) -> Iterator[Section]:
        diff, words, say = self.diff, self.words, self.say
        if diff.results and diff.status != "same":
            results = (Item(words.result(each), _tone(each.outcome == "same")) for each in diff.results)
            yield Section(say("diff_document.results"), (Items(tuple(results)),))
        if diff.decisions:
            yield Section(say("diff_document.decisions"), tuple(map(self.decision, diff.decisions)))
        if diff.edits:
            columns = [Column(say("diff_document.column.edit")), Column(say("diff_document.column.effect"))]
            edits = [row(words.edit(each), Cell(words.effect(each), tone=_EFFECTS[each.effect])) for each in diff.edits]
            yield Section(say("diff_document.edits"), (table(columns, edits),))
        if diff.notes:
            yield Section(say("diff_document.notes"), (Items(tuple(Item(words.note(note)) for note in diff.notes)),))

    def decision(self, change: DecisionChange) -> Section:
        same = change.outcome == "same"
        blocks: list[Block] = [Paragraph(self.words.outcome(change), _tone(same))]
        if change.regions:
            blocks.append(self.regions(change))
        if change.results and not same:
            blocks.append(Items(tuple(self.results(change))))
        return Section(self.words.decision(change), tuple(blocks))

    def results(self, change: DecisionChange) -> Iterator[Item]:
        """What the decision does to rating and budget, each with a sheet that was not shown yet."""
        for result in change.results:
            fresh = result.example is not None and self.words.fresh(change, result)
            below = self.sheet(result.example) if fresh and result.example is not None else ()
            yield Item(self.words.alone(change, result), blocks=below)

    def regions(self, change: DecisionChange) -> Items:
        """The inputs for which the answer differs, one point for each region."""
        return Items(tuple(self.region(change, region) for region in change.regions), numbered=True)

    def region(self, change: DecisionChange, region: ChangedRegion) -> Item:
        words, say = self.words, self.say
        rows = words.rows(region)
        answers = [
            joined(
                *([f"{name}: "] if name else ()),
                before,
                " → ",
                strong(after),
                *([toned(f"  {rows}", "faint")] if rows else ()),
            )
            for name, before, after in words.answers(change, region)
        ]
        told = [Definition(say("diff_document.column.answer"), each) for each in answers]
        told += [Definition(say("diff_document.column.causes"), each) for each in words.causes(region)]
        if region.example is not None:
            below = self.sheet(region.example)
        else:
            reach = words.reach(region)
            below = (Paragraph(reach, "faint"),) if reach else ()
        return Item(words.where(change, region), blocks=(Definitions(tuple(told)), *below))

    def sheet(self, example: Difference) -> tuple[Block, ...]:
        """A sheet on which it shows, with what it does to rating and budget there."""
        results = tuple(Definition(name, change) for name, change in self.words.results_of(example))
        return (
            Paragraph(self.words.sheet_lead(example)),
            Preformatted(tuple(sheet_lines(example.sheet, self.language))),
            *([Definitions(results)] if results else ()),
        )


def _tone(same: bool) -> Tone:
    return "good" if same else "bad"
