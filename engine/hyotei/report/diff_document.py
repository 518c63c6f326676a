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
    Row,
    Section,
    Span,
    Table,
    Text,
    Tone,
    joined,
    plain_text,
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

    def regions(self, change: DecisionChange) -> Table:
        """The inputs for which the answer differs: a row for each region, a column for each input that tells them apart."""
        words, say = self.words, self.say
        used = [at for at in range(len(change.columns)) if any(_cell(region, at) != "-" for region in change.regions)]
        columns = [
            *(Column(words.column(change.columns[at])) for at in used),
            Column(say("diff_document.column.answer")),
            Column(say("diff_document.column.causes")),
        ]
        if not used:
            columns = [Column(say("diff_document.column.where")), *columns]
        return table(
            columns, (self.region(change, region, used) for region in change.regions), row_heads=len(columns) - 2
        )

    def region(self, change: DecisionChange, region: ChangedRegion, used: list[int]) -> Row:
        words = self.words
        cells = region.cells.in_language(self.language)
        where = [cells[at] for at in used] or [words.where(change)]
        if region.example is not None:
            below = self.sheet(region.example)
        else:
            reach = words.reach(region)
            below = (Paragraph(reach, "faint"),) if reach else ()
        answer, causes = self.answer(change, region), self.say.listed(words.causes(region), "common.list.semicolon")
        return row(*where, Cell(plain_text(answer), answer), causes, below=below)

    def answer(self, change: DecisionChange, region: ChangedRegion) -> Text:
        """The answers before and after, and the rows that give them."""
        several = len(change.outputs) > 1
        parts: list[Text | Span] = []
        for name, before, after in self.words.answers(change, region):
            parts += [
                *(["; "] if parts else []),
                *([f"{name}: "] if name and several else []),
                before,
                " → ",
                strong(after),
            ]
        rows = self.words.rows(region)
        return joined(*parts, *([toned(rows, "faint")] if rows else []))

    def sheet(self, example: Difference) -> tuple[Block, ...]:
        """A sheet on which it shows, with what it does to rating and budget there."""
        results = tuple(Definition(name, change) for name, change in self.words.results_of(example))
        return (
            Paragraph(self.words.sheet_lead(example)),
            Preformatted(tuple(sheet_lines(example.sheet, self.language))),
            *([Definitions(results)] if results else ()),
        )


def _cell(region: ChangedRegion, at: int) -> str:
    return region.cells.ja[at] if region.cells.ja else "-"


def _tone(same: bool) -> Tone:
    return "good" if same else "bad"
