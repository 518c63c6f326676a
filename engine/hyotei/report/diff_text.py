"""A comparison of two rulebooks for a terminal: what differs first, then what each edit does."""

from collections.abc import Iterator

from hyotei.compare.model import ChangedRegion, DecisionChange, Difference, RulebookDiff
from hyotei.messages import Language
from hyotei.report.diff_words import DiffWords
from hyotei.report.sheet_lines import sheet_lines
from hyotei.report.styled_lines import Line, wrapped


def diff_text(diff: RulebookDiff, language: Language) -> Iterator[Line]:
    """The lines of a comparison."""
    yield from _View(diff, language).lines()


class _View:
    def __init__(self, diff: RulebookDiff, language: Language) -> None:
        self.diff, self.language = diff, language
        self.words = DiffWords(diff, language)

    def lines(self) -> Iterator[Line]:
        diff, words = self.diff, self.words
        yield "title", words.title()
        yield "good" if diff.status == "same" else "bad", words.conclusion()
        if diff.results and diff.status != "same":
            yield from self.heading("評価区分と予算", "Rating and budget")
            for result in diff.results:
                yield "plain" if result.outcome == "same" else "bad", f"  {words.result(result)}"
        if diff.decisions:
            yield from self.heading("判断", "Decisions")
            for change in diff.decisions:
                yield from self.decision(change)
        if diff.edits:
            yield from self.heading("変更とその影響", "Edits and what each does")
            for edit in diff.edits:
                yield from wrapped("  ", f"{words.edit(edit)}  … {words.effect(edit)}", "    ")
        if diff.notes:
            yield from self.heading("そのほか", "Apart from that")
            for note in diff.notes:
                yield from wrapped("  ", words.note(note), "  ")
        yield "plain", ""
        yield "faint", words.solver()

    def heading(self, ja: str, en: str) -> Iterator[Line]:
        yield "plain", ""
        yield "title", self.words.say(f"■ {ja}", en)

    def decision(self, change: DecisionChange) -> Iterator[Line]:
        words = self.words
        title = words.say(f"{change.title}（{change.name}）", f"{change.name} ({change.title})")
        yield "good" if change.outcome == "same" else "bad", f"  {title}: {words.outcome(change)}"
        for number, region in enumerate(change.regions, 1):
            yield from self.region(change, region, number)
        for result in change.results if change.outcome != "same" else ():
            yield "plain", f"    {words.alone(change, result)}"
            if result.example is not None and words.fresh(change, result):
                yield from self.sheet(result.example)

    def region(self, change: DecisionChange, region: ChangedRegion, number: int) -> Iterator[Line]:
        words = self.words
        yield from wrapped(f"    {number}. ", words.where(change, region), "       ")
        for name, before, after in words.answers(change, region):
            yield "strong", f"       {name + ': ' if name else ''}{before} → {after}"
        rows = words.rows(region)
        if rows:
            yield "faint", f"       {rows}"
        for cause in words.causes(region):
            yield from wrapped(f"       {words.say('原因', 'because of')}: ", cause, "         ")
        if region.example is not None:
            yield from self.sheet(region.example)
        else:
            yield "faint", f"       {words.reach(region)}"

    def sheet(self, example: Difference) -> Iterator[Line]:
        yield "plain", f"       {self.words.sheet_lead(example)}:"
        for line in sheet_lines(example.sheet, self.language):
            yield "plain", f"         {line}"
        for name, before, after in self.words.results_of(example):
            yield "plain", f"         {name}: {before} → {after}"
