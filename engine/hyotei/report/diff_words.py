"""The sentences of a comparison of two rulebooks."""

import re
from typing import Final

from hyotei.compare.edit_words import told_words
from hyotei.compare.model import (
    Answers,
    AnswerValue,
    ChangedRegion,
    DecisionChange,
    Difference,
    Edit,
    RegionColumn,
    ResultChange,
    RulebookDiff,
    Structural,
    Why,
)
from hyotei.messages import InEach, Language, wording
from hyotei.report.edit_sentences import edit_sentence
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.types import TEXT, ScaleType, Type
from hyotei.rulebook.value_words import value_text
from hyotei.sheet.unit_words import unit_words

_WORD: Final = re.compile("[a-z_]{2,}")


class DiffWords:
    """Everything about one comparison that is said in words."""

    def __init__(self, diff: RulebookDiff, language: Language) -> None:
        self.diff, self.language, self.say = diff, language, wording(language)

    def named(self, name: str) -> str:
        """A decision, column or parameter as it is called; in English by its name."""
        return InEach(self.diff.titles.get(name, name), name).text(self.language)

    def value(self, text: str, of: Type) -> str:
        """A value; of one that is a word of the document only, such as `missed`, what it means."""
        if not isinstance(of, ScaleType) or not _WORD.fullmatch(text):
            return text
        return InEach(self.diff.titles.get(f"{of.name}.{text}") or text, text).text(self.language)

    def why(self, reason: Why) -> str:
        """Why something stays open; empty where nothing does."""
        return self.say.one_of("diff_document.why", reason) if reason else ""

    @property
    def apart(self) -> bool:
        """Whether the rulebooks have no year in common, so that nothing is compared."""
        return any(note.kind == "no_common_year" for note in self.diff.notes)

    # -- the whole

    def title(self) -> str:
        old, new = self.diff.old, self.diff.new
        if old == new:
            return self.say("diff_document.changes", rulebook=new)
        return self.say("diff_document.differences", old=old, new=new)

    def conclusion(self) -> str:
        diff, say = self.diff, self.say
        changed = sum(change.outcome in ("differs", "apart") for change in diff.decisions)
        still = [self.named(change.name) for change in diff.decisions if change.outcome == "open"]
        # As functions they differ, though nothing of it is left on any sheet.
        undone = sum(change.outcome == "same" and change.dropped > 0 for change in diff.decisions)
        if self.apart:
            return say("diff_document.conclusion.apart")
        if diff.status == "open":
            return say("diff_document.conclusion.nothing_found", names=say.listed(still))
        if diff.status == "same":
            told = [say("diff_document.conclusion.same")]
        elif changed:
            told = [say("diff_document.conclusion.differ", count=changed)]
        else:
            told = [say("diff_document.conclusion.only_notes")]
        told += self.alike(diff.compared - changed - len(still) - undone, undone)
        if still:
            told.append(say("diff_document.conclusion.still_open", names=say.listed(still)))
        return say.listed(told, "diff_document.sentences")

    def alike(self, rest: int, undone: int) -> list[str]:
        """What is proved of the decisions that do not differ: of some as functions, of the others only on sheets."""
        told = []
        if rest or not undone:
            if rest + undone != self.diff.compared:
                told.append(self.say("diff_document.conclusion.others_alike", count=rest))
            elif undone:
                told.append(self.say("diff_document.conclusion.some_alike", count=rest))
            else:
                told.append(self.say("diff_document.conclusion.all_alike", count=rest))
        if undone:
            told.append(self.say("diff_document.conclusion.alike_on_sheets", count=undone))
        return told

    def made_with(self) -> str:
        diff = self.diff
        old, new = shown_hash(diff.old_hash), shown_hash(diff.new_hash)
        if not diff.tried:
            return self.say("diff_document.made_with", solver=diff.solver, old=old, new=new)
        return self.say("diff_document.made_and_tried", solver=diff.solver, count=diff.tried, old=old, new=new)

    # -- edits

    def edit(self, edit: Edit) -> str:
        return edit_sentence(edit, self.language, self.named)

    def effect(self, edit: Edit) -> str:
        if self.apart:
            return self.say("diff_document.effect.not_compared")
        of = next((change for change in self.diff.decisions if change.name == edit.decision), None)
        if edit.effect == "changes" and of is not None and of.outcome == "same":
            return self.say("diff_document.effect.on_no_sheet" if of.dropped else "diff_document.effect.undone")
        return self.say.one_of("diff_document.effect", edit.effect)

    def note(self, note: Structural) -> str:
        kind, name, decision = str(note.kind), self.named(note.name), self.named(note.decision)
        if kind == "years" and self.apart:
            kind = "years_apart"
        elif kind == "wording" and decision:
            kind, name = ("wording_of_row" if note.name.isdigit() else "wording_of_decision"), note.name
        return self.say.one_of(
            "diff_document.note", kind, name=name, decision=decision, before=note.before, after=note.after
        )

    # -- decisions

    def decision(self, change: DecisionChange) -> str:
        return self.say("diff_document.titled", title=change.title, name=change.name)

    def outcome(self, change: DecisionChange) -> str:
        match change.outcome:
            case "same":
                return self.say(
                    "diff_document.outcome.same_on_sheets" if change.dropped else "diff_document.outcome.same"
                )
            case "differs":
                return self.count(change)
            case "apart":
                return self.say("diff_document.outcome.apart")
            case "open":
                return self.say("diff_document.outcome.open", why=self.why(change.why))

    def count(self, change: DecisionChange) -> str:
        """How many regions, whether that is the least number, and what was left out."""
        number = len(change.regions)
        if change.symbolic:
            return self.say("diff_document.outcome.differs")
        if number < 2:
            told = self.say("diff_document.outcome.regions", count=number)
        elif change.fewest >= number:
            told = self.say("diff_document.outcome.fewest", count=number)
        else:
            told = self.say("diff_document.outcome.at_least", count=number, least=change.fewest)
        return self.say("diff_document.outcome.dropped", told=told, count=change.dropped) if change.dropped else told

    def column(self, column: RegionColumn) -> str:
        text = self.named(column.text)
        if column.holds is not None:
            text = self.say("diff_document.column.holds", column=text, cell=InEach(*column.holds))
        if column.text == "fiscal_year":
            text = self.say("diff_document.evaluated_year")
        if not column.only:
            return text
        old = column.only == "old"
        return self.say("diff_document.column.old" if old else "diff_document.column.new", column=text)

    def where(self, change: DecisionChange) -> str:
        """What a region is where no input tells it from others."""
        return self.say("diff_document.region.symbolic" if change.symbolic else "diff_document.region.any_input")

    def answers(self, change: DecisionChange, region: ChangedRegion) -> list[tuple[str, str, str]]:
        """For each output that differs its name, its value before and after."""
        if change.symbolic or change.policies is None:
            assert region.example is not None, "a whole decision is only said to differ with a sheet"
            pairs = zip(change.outputs, region.example.before, region.example.after, strict=False)
            return [self.answer(output, (one, two)) for output, one, two in pairs if one != two]
        if "C" in change.policies:
            return [("", self.findings(change, region.before), self.findings(change, region.after))]
        answers = zip(change.outputs, region.before[0], region.after[0], strict=True)
        return [self.answer(output, (one, two)) for output, one, two in answers if one != two]

    def answer(self, output: tuple[str, Type], values: tuple[AnswerValue, AnswerValue]) -> tuple[str, str, str]:
        """The name of an output, its value before and after."""
        name, of = output
        before, after = (self.value(told_words(each, of, self.language), of) for each in values)
        return self.named(name), before, after

    def findings(self, change: DecisionChange, answers: Answers) -> str:
        """The rows of a table that collects."""
        rows = [
            " ".join(
                self.value(told_words(told, of, self.language), of)
                for told, (_, of) in zip(row, change.outputs, strict=True)
            )
            for row in answers
        ]
        return self.say.listed(rows) or self.say("diff_document.none")

    def change(self, name: str, before: str, after: str) -> str:
        """A value before and after, under its name where it has one."""
        change = self.say("diff_document.change", before=before, after=after)
        return self.say("diff_document.of_output", name=name, change=change) if name else change

    def rows(self, region: ChangedRegion) -> str:
        """Which rows answer, before and after."""
        if not region.old_rows and not region.new_rows:
            return ""
        before, after = (
            ", ".join(map(str, rows)) or self.say("common.none") for rows in (region.old_rows, region.new_rows)
        )
        return self.say("diff_document.region.rows", before=before, after=after)

    def causes(self, region: ChangedRegion) -> list[str]:
        """What is behind a region, one line each."""
        edits = self.diff.edits
        if region.causes:
            return [self.edit(edits[at]) for at in region.causes]
        if not region.together:
            return [self.say("diff_document.region.another_meaning")]
        told = self.say.listed((self.edit(edits[at]) for at in region.together), "common.list.semicolon")
        return [self.say("diff_document.region.together", edits=told)]

    def reach(self, region: ChangedRegion) -> str:
        """What is known of sheets in a region, where none is shown."""
        match region.reach:
            case "open" if region.why:
                return self.say("diff_document.region.no_sheet_because", why=self.why(region.why))
            case "open":
                return self.say("diff_document.region.no_sheet")
            case "not_asked":
                return self.say("diff_document.region.not_asked")
            case _:
                return ""

    # -- rating and budget

    def result(self, result: ResultChange) -> str:
        """Whether rating or budget differs."""
        name = self.named(result.name)
        match result.outcome:
            case "same":
                return self.say("diff_document.result.same", name=name)
            case "differs":
                values = dict(self.results_of(result.example)) if result.example is not None else {}
                if name not in values:
                    return self.say("diff_document.result.differs", name=name)
                return self.say("diff_document.result.differs_so", name=name, change=values[name])
            case _ if result.bound:
                why = self.why(result.why)
                return self.say("diff_document.result.open_up_to", name=name, why=why, bound=result.bound)
            case _:
                return self.say("diff_document.result.open", name=name, why=self.why(result.why))

    def fresh(self, change: DecisionChange, result: ResultChange) -> bool:
        """Whether the sheet of a result has not been shown above it, for a region or for another result."""
        assert result.example is not None
        before = change.results[: change.results.index(result)]
        shown = [region.example.sheet for region in change.regions if region.example is not None]
        shown += [each.example.sheet for each in before if each.example is not None]
        return result.example.sheet not in shown

    def alone(self, change: DecisionChange, result: ResultChange) -> str:
        """What a decision does to rating or budget; where others differ too, by itself."""
        told = self.result(result)
        several = sum(each.outcome in ("differs", "open") for each in self.diff.decisions) > 1
        return self.say("diff_document.result.alone", told=told) if several else told

    def sheet_lead(self, example: Difference) -> str:
        """What stands above a sheet: it is an example, and which part of it is meant."""
        if example.unit == "sheet":
            return self.say("diff_document.region.sheet")
        return self.say("diff_document.region.sheet_at", unit=unit_words(example.unit, self.language))

    def results_of(self, example: Difference) -> list[tuple[str, str]]:
        """Rating and budget of a sheet, where they differ: the name of each and its change."""
        return [
            (self.named(each.name), self.change("", *(value_text(value, TEXT, self.language) for value in values)))
            for each in example.results
            if (values := (each.before, each.after))[0] != values[1]
        ]
