"""The sentences of a comparison of two rulebooks, shared by the terminal and the page."""

import re
from collections.abc import Callable
from typing import Final

from hyotei.compare.edit_words import told_words
from hyotei.compare.model import (
    Answers,
    ChangedRegion,
    DecisionChange,
    Difference,
    Edit,
    RegionColumn,
    ResultChange,
    RulebookDiff,
    Structural,
)
from hyotei.messages import Language
from hyotei.report.law_words import unit_words
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.types import TEXT, ScaleType, Type
from hyotei.rulebook.value_words import value_text

_WORD: Final = re.compile("[a-z_]{2,}")
WHY: Final = {
    "": ("", ""),
    "timeout": ("時間切れ", "ran out of time"),
    "bounded": ("一般には証明できない", "cannot be proved in general"),
    "nonlinear": ("入力どうしの積などがあり、解けない", "inputs are multiplied with each other"),
    "gave_up": ("ソルバーが答えを出さない", "the solver gave up"),
    "not_replayable": ("疑いはあるが、評価書で示せない", "suspected, but no sheet shows it"),
    "too_large": ("大きすぎて範囲に分けられない", "too large to be cut into regions"),
    "unsupported": ("一つに合わせて扱えない変更がある", "the two cannot be read together"),
}
_EFFECT: Final = {
    "changes": ("答えを変える", "changes answers"),
    "together": (
        "単独では変えない（ほかの変更と合わせて変える）",
        "alone changes nothing; together with others it does",
    ),
    "none": ("影響なし（証明済み）", "no effect (proved)"),
    "open": ("影響は未確定", "effect not settled"),
}
_NOTE: Final = {
    "decision_added": ("判断 {name} が加わった", "decision {name} was added"),
    "decision_removed": ("判断 {name} がなくなった", "decision {name} was removed"),
    "decision_renamed": (
        "判断の名前だけが変わった（{before} → {after}）",
        "a decision has another name ({before} → {after})",
    ),
    "output_renamed": (
        "判断 {decision} の出力の名前だけが変わった（{before} → {after}）",
        "an output of decision {decision} has another name ({before} → {after})",
    ),
    "parameter_renamed": (
        "パラメーターの名前だけが変わった（{before} → {after}）",
        "a parameter has another name ({before} → {after})",
    ),
    "scale_renamed": (
        "尺度の名前だけが変わった（{before} → {after}）",
        "a scale has another name ({before} → {after})",
    ),
    "scale_value_renamed": (
        "尺度 {decision} の値の名前が変わった（{before} → {after}）。この名前の違いのほかを比べる",
        "a value of scale {decision} has another name ({before} → {after}); what differs apart from that is told",
    ),
    "scope": (
        "判断 {name} の単位が変わった（{before} → {after}）。比べられない",
        "decision {name} is made for another unit ({before} → {after}) and cannot be compared",
    ),
    "output_added": ("判断 {decision} に出力 {name} が加わった", "decision {decision} has a new output {name}"),
    "output_removed": ("判断 {decision} の出力 {name} がなくなった", "decision {decision} lost its output {name}"),
    "scale_added": ("尺度 {name} が加わった", "scale {name} was added"),
    "scale_removed": ("尺度 {name} がなくなった", "scale {name} was removed"),
    "scale_value_added": (
        "尺度 {decision} に値 {name} が加わった。共通の値だけを比べる",
        "scale {decision} has a new value {name}; what both have is compared",
    ),
    "scale_value_removed": (
        "尺度 {decision} の値 {name} がなくなった。共通の値だけを比べる",
        "scale {decision} lost its value {name}; what both have is compared",
    ),
    "scale_order": (
        "尺度 {name} の順序が変わった（{before} → {after}）",
        "the order of scale {name} changed ({before} → {after})",
    ),
    "figure_added": ("評価書の項目 {name} を新たに読む", "the figure {name} is read now"),
    "figure_removed": ("評価書の項目 {name} を読まなくなった", "the figure {name} is no longer read"),
    "parameter_added": ("パラメーター {name} が加わった", "parameter {name} was added"),
    "parameter_removed": ("パラメーター {name} がなくなった", "parameter {name} was removed"),
    "years": (
        "対象年度が変わった（{before} → {after}）。共通の年度を比べる",
        "the fiscal years changed ({before} → {after}); common years are compared",
    ),
    "no_common_year": (
        "共通の年度がなく、答えを比べられない",
        "there is no common year, so answers cannot be compared",
    ),
    "law_added": ("法則が加わった：{name}", "law added: {name}"),
    "law_removed": ("法則がなくなった：{name}", "law removed: {name}"),
    "wording": (
        "文言だけの変更：{decision}{name}「{before}」→「{after}」",
        "wording only: {decision}{name}: {before} → {after}",
    ),
}


def edit_words(edit: Edit, language: Language, named: Callable[[str], str] = str) -> str:
    """What was edited; decisions and columns are called as `named` says."""

    def say(ja: str, en: str) -> str:
        return ja if language == "ja" else en

    before, after = say(*edit.before), say(*edit.after)
    change = f"{before} → {after}"
    row, decision, column = row_words(edit, language), named(edit.decision), named(edit.column)
    at = f"{decision} {row}".strip()
    match edit.kind:
        case "cell" | "output":
            return f"{at} {column}: {change}"
        case "row_added":
            return say(f"{at}を追加", f"{at} added")
        case "row_removed":
            return say(f"{at}を削除", f"{at} removed")
        case "row_moved":
            return say(
                f"{decision} 行{edit.old_row}を行{edit.new_row}へ移動",
                f"{decision} row {edit.old_row} moved to row {edit.new_row}",
            )
        case "column_added":
            return say(f"{decision} に列 {column} を追加", f"{decision}: column {column} added")
        case "column_removed":
            return say(f"{decision} の列 {column} を削除", f"{decision}: column {column} removed")
        case "column_changed":
            return say(f"{decision} の列: {change}", f"{decision}: column {change}")
        case "policy":
            return say(f"{decision} のヒットポリシー: {change}", f"{decision}: hit policy {change}")
        case "formula":
            return say(f"{decision} の式: {change}", f"{decision}: formula {change}")
        case "body":
            return say(f"{decision} の書き方（表と式）: {change}", f"{decision}: rewritten, {change}")
        case "parameter":
            return say(f"パラメーター「{column}」（{edit.column}）: {change}", f"parameter {column}: {change}")
        case "division":
            return say(f"割り算の丸め: {change}", f"rounding of divisions: {change}")
        case "scale":
            return say(f"尺度 {column}: {change}", f"scale {column}: {change}")


def row_words(edit: Edit, language: Language) -> str:
    """Its row, and which it was where it moved."""
    if not edit.old_row and not edit.new_row:
        return ""
    number = edit.new_row or edit.old_row
    moved = edit.old_row and edit.new_row and edit.old_row != edit.new_row
    told = f"行{number}" if language == "ja" else f"row {number}"
    return told + ((f"（旧行{edit.old_row}）" if language == "ja" else f" (was {edit.old_row})") if moved else "")


class DiffWords:
    """Everything about one comparison that is said in words."""

    def __init__(self, diff: RulebookDiff, language: Language) -> None:
        self.diff, self.language = diff, language

    def say(self, ja: str, en: str) -> str:
        return ja if self.language == "ja" else en

    def named(self, name: str) -> str:
        """A decision, column or parameter as it is called; in English by its name."""
        return self.diff.titles.get(name, name) if self.language == "ja" else name

    def value(self, text: str, of: Type) -> str:
        """A value; of one that is a word of the document only, such as `missed`, what it means."""
        if self.language == "ja" and isinstance(of, ScaleType) and _WORD.fullmatch(text):
            return self.diff.titles.get(f"{of.name}.{text}") or text
        return text

    @property
    def apart(self) -> bool:
        """Whether the rulebooks have no year in common, so that nothing is compared."""
        return any(note.kind == "no_common_year" for note in self.diff.notes)

    def pick(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.language == "ja" else pair[1]

    # -- the whole

    def title(self) -> str:
        old, new = self.diff.old, self.diff.new
        if old == new:
            return self.say(f"{new} の変更", f"Changes of {new}")
        return self.say(f"{old} と {new} の違い", f"Differences between {old} and {new}")

    def conclusion(self) -> str:
        diff = self.diff
        changed = sum(change.outcome in ("differs", "apart") for change in diff.decisions)
        still = [self.named(change.name) for change in diff.decisions if change.outcome == "open"]
        # As functions they differ, though nothing of it is left on any sheet.
        undone = [change for change in diff.decisions if change.outcome == "same" and change.dropped]
        rest = diff.compared - changed - len(still) - len(undone)
        if self.apart:
            return self.say(
                "共通の対象年度がないため、答えは比べていない。書き方の違いだけを示す。",
                "There is no common fiscal year, so answers were not compared; only what was edited is shown.",
            )
        if diff.status == "same":
            said = self.say("違いはない。", "No difference: ")
        elif diff.status == "open":
            names = self.say("、", ", ").join(still)
            return self.say(
                f"違いは見つからないが、{names} は同じとも違うともいえない。",
                f"No difference was found, but it is open whether {names} differ.",
            )
        elif changed:
            said = self.say(
                f"{changed}の判断の答えが変わる。",
                f"{changed} decision{'s' * (changed != 1)} can answer differently; ",
            )
        else:
            said = self.say(
                "答えの違う判断は見つからないが、下に示す違いがある。",
                "No decision was found to answer differently, but there are the differences below; ",
            )
        said += self.alike(rest, len(undone), whole=rest + len(undone) == diff.compared)
        if still:
            names = self.say("、", ", ").join(still)
            said += self.say(f"{names} は未確定。", f" Open: {names}.")
        return said

    def alike(self, rest: int, undone: int, whole: bool) -> str:
        """What is proved of the decisions that do not differ: of some as functions, of the others only on sheets."""
        told = []
        if rest or not undone:
            which = self.say("判断のすべてが" if not undone else "判断は", "all " if not undone else "")
            number = self.say(f"{rest}の" if whole else f"残る{rest}の", f"{rest}" if whole else f"the other {rest}")
            if not whole:
                which = self.say("判断は", "")
            told.append(
                self.say(
                    f"{number}{which}、入力が同じなら必ず同じ答えを出す（証明済み）。",
                    f"{which}{number}{' decisions give' if whole else ' answer'} "
                    f"{'the same answer' if whole else 'alike'} for every input (proved)",
                )
            )
        if undone:
            told.append(
                self.say(
                    f"{undone}の判断は、入力によっては違うが、どの評価書でも同じ答えを出す（証明済み）。",
                    f"{undone} differ{'s' * (undone == 1)} for some inputs, but on no sheet (proved)",
                )
            )
        return "".join(told) if self.language == "ja" else "; ".join(told) + "."

    def solver(self) -> str:
        diff = self.diff
        tried = self.say(f"、引いた{diff.tried}枚の評価書でも試した", f", tried on {diff.tried} drawn sheets")
        hashes = f"{shown_hash(diff.old_hash)} → {shown_hash(diff.new_hash)}"
        return f"{diff.solver}{tried if diff.tried else ''}  {hashes}"

    # -- edits

    def edit(self, edit: Edit) -> str:
        return edit_words(edit, self.language, self.named)

    def row(self, edit: Edit) -> str:
        return row_words(edit, self.language)

    def effect(self, edit: Edit) -> str:
        if self.apart:
            return self.say("比べていない", "not compared")
        of = next((change for change in self.diff.decisions if change.name == edit.decision), None)
        if edit.effect == "changes" and of is not None and of.outcome == "same":
            if of.dropped:
                return self.say(
                    "入力によっては答えを変えるが、どの評価書でも同じ答えになる（証明済み）",
                    "changes answers for some inputs, but all sheets have the same answer (proved)",
                )
            return self.say(
                "単独では答えを変えるが、ほかの変更と打ち消し合う（証明済み）",
                "changes answers by itself, but other edits undo it (proved)",
            )
        return self.pick(_EFFECT[edit.effect])

    def note(self, note: Structural) -> str:
        decision = self.named(note.decision)
        if note.kind == "wording" and decision:
            row = self.say(f"行{note.name}の備考", f" row {note.name}") if note.name.isdigit() else f" {note.name}"
            return self.pick(_NOTE["wording"]).format(name=row, decision=decision, before=note.before, after=note.after)
        if note.kind == "years" and self.apart:
            return self.say(
                f"対象年度が変わった（{note.before} → {note.after}）",
                f"the fiscal years changed ({note.before} → {note.after})",
            )
        return self.pick(_NOTE[note.kind]).format(
            name=self.named(note.name), decision=decision, before=note.before, after=note.after
        )

    # -- decisions

    def outcome(self, change: DecisionChange) -> str:
        match change.outcome:
            case "same":
                if change.dropped:
                    return self.say(
                        "入力によっては違うが、どの評価書でも同じ（証明済み）",
                        "differs for some inputs, but the same on every sheet (proved)",
                    )
                return self.say("入力が同じなら同じ（証明済み）", "the same for the same inputs (proved)")
            case "differs":
                return self.count(change)
            case "apart":
                return self.say("比べられない", "cannot be compared")
            case "open":
                why = self.pick(WHY[change.why])
                return self.say(f"未確定（{why}）", f"open ({why})")

    def count(self, change: DecisionChange) -> str:
        """How many regions, whether that is the least number, and what was left out."""
        if change.symbolic:
            return self.say("答えが変わる", "answers differ")
        number = len(change.regions)
        told = self.say(f"{number}の範囲で答えが変わる", f"answers differ in {number} region{'s' * (number != 1)}")
        if number > 1:
            least = change.fewest
            told += (
                self.say("（これより少なくは表せない）", " (no fewer can do)")
                if least >= number
                else self.say(f"（少なくとも{least}は要る）", f" (at least {least} are needed)")
            )
        if change.dropped:
            told += self.say(
                f"。ほかに表だけなら違う{change.dropped}の範囲があるが、至る評価書はない（証明済み）",
                f"; {change.dropped} more in the table alone, which no sheet reaches (proved)",
            )
        return told

    def column(self, column: RegionColumn) -> str:
        text = self.named(column.text)
        if column.holds is not None:
            text = self.say(f"{text} は {self.pick(column.holds)}", f"{text} is {self.pick(column.holds)}")
        if column.text == "fiscal_year":
            text = self.say("評価対象年度", "evaluated year")
        side = {"": "", "old": self.say("（旧）", " (old)"), "new": self.say("（新）", " (new)")}[column.only]
        return text + side

    def where(self, change: DecisionChange, region: ChangedRegion) -> str:
        """The inputs of a region in one line."""
        if change.symbolic:
            return self.say("（範囲ではなく評価書で示す）", "(shown on a sheet rather than as a region)")
        cells = region.cells.ja if self.language == "ja" else region.cells.en
        parts = [self.part(column, cell) for column, cell in zip(change.columns, cells, strict=True) if cell != "-"]
        return self.say("、", "; ").join(parts) or self.say("どの入力でも", "any input")

    def part(self, column: RegionColumn, cell: str) -> str:
        """One input of a region: `attainment = 40%以上`; of whether a cell holds, that it does or not."""
        name = self.column(column)
        if column.holds is not None and cell in ("true", "false"):
            return name if cell == "true" else self.say(f"{name}でない", f"not: {name}")
        return f"{name} = {cell}"

    def answers(self, change: DecisionChange, region: ChangedRegion) -> list[tuple[str, str, str]]:
        """For each output that differs its name, its value before and after."""
        if change.symbolic or change.policies is None:
            example = region.example
            assert example is not None, "a whole decision is only said to differ with a sheet"
            pairs = zip(change.outputs, example.before, example.after, strict=False)
            return [
                (
                    self.named(name),
                    self.value(value_text(one, of, self.language), of),
                    self.value(value_text(two, of, self.language), of),
                )
                for (name, of), one, two in pairs
                if one != two
            ]
        if "C" in change.policies:
            return [("", self.list_of(change, region.before), self.list_of(change, region.after))]
        found = []
        for at, (name, of) in enumerate(change.outputs):
            one, two = region.before[0][at], region.after[0][at]
            if one != two:
                before, after = (self.value(self.pick(told_words(each, of)), of) for each in (one, two))
                found.append((self.named(name), before, after))
        return found

    def list_of(self, change: DecisionChange, answers: Answers) -> str:
        rows = [
            " ".join(
                self.value(self.pick(told_words(told, of)), of)
                for told, (_, of) in zip(row, change.outputs, strict=True)
            )
            for row in answers
        ]
        return self.say("、", ", ").join(rows) or self.say("（なし）", "(none)")

    def rows(self, region: ChangedRegion) -> str:
        """Which rows answer, before and after."""
        if not region.old_rows and not region.new_rows:
            return ""

        def told(rows: tuple[int, ...]) -> str:
            return ", ".join(map(str, rows)) or self.say("なし", "none")

        return self.say(
            f"行 {told(region.old_rows)} → 行 {told(region.new_rows)}",
            f"row {told(region.old_rows)} → row {told(region.new_rows)}",
        )

    def causes(self, region: ChangedRegion) -> list[str]:
        """What is behind a region, one line each."""
        edits = self.diff.edits
        if region.causes:
            return [self.edit(edits[at]) for at in region.causes]
        if not region.together:
            return [self.say("（名前の指すものが変わった）", "(a name means something else now)")]
        lead = self.say(
            "次の変更が合わさって（一つを戻しても元の答えにならない）：", "these together (undoing one is not enough): "
        )
        return [lead + self.say("；", "; ").join(self.edit(edits[at]) for at in region.together)]

    def reach(self, region: ChangedRegion) -> str:
        """What is known of sheets in a region, where none is shown."""
        match region.reach:
            case "open":
                why = self.pick(WHY[region.why])
                tail = f"（{why}）" if self.language == "ja" else f" ({why})"
                return self.say("評価書の例は見つからない", "no sheet was found that shows it") + (tail if why else "")
            case "not_asked":
                return self.say("評価書の例は探していない", "no sheet was sought")
            case _:
                return ""

    def result(self, result: ResultChange) -> str:
        """Whether rating or budget differs."""
        name = self.named(result.name)
        match result.outcome:
            case "same":
                return self.say(
                    f"{name}はどの評価書でも変わらない（証明済み）",
                    f"{name} is the same on every sheet (proved)",
                )
            case "differs":
                change = self.result_change(result.name, result.example)
                return self.say(f"{name}が変わる評価書がある{change}", f"{name} differs on some sheet{change}")
            case _:
                why = self.pick(WHY[result.why])
                bound = (
                    self.say(
                        f"、測定値{result.bound}個までは見つからない", f", nothing found up to {result.bound} measures"
                    )
                    if result.bound
                    else ""
                )
                return self.say(
                    f"{name}が変わるかは未確定（{why}{bound}）",
                    f"whether {name} differs is open ({why}{bound})",
                )

    def fresh(self, change: DecisionChange, result: ResultChange) -> bool:
        """Whether the sheet of a result has not been shown above it, for a region or for another result."""
        assert result.example is not None
        before = change.results[: change.results.index(result)]
        shown = [region.example.sheet for region in change.regions if region.example is not None]
        shown += [each.example.sheet for each in before if each.example is not None]
        return result.example.sheet not in shown

    def alone(self, change: DecisionChange, result: ResultChange) -> str:
        """What a decision does to rating or budget; where others differ too, by itself."""
        several = sum(each.outcome in ("differs", "open") for each in self.diff.decisions) > 1
        lead = self.say("この判断だけを変えた場合：", "with only this decision changed: ") if several else ""
        return lead + self.result(result)

    def result_change(self, name: str, example: Difference | None) -> str:
        name = self.named(name)
        for found, before, after in self.results_of(example) if example is not None else ():
            if found == name:
                return self.say(f"（{before} → {after}）", f" ({before} → {after})")
        return ""

    def sheet_lead(self, example: Difference) -> str:
        """What stands above a sheet: it is an example, and which part of it is meant."""
        unit = "" if example.unit == "sheet" else unit_words(example.unit, self.language)
        lead = self.say("評価書の例", "On this sheet")
        return lead + (self.say(f"（{unit}）", f" ({unit})") if unit else "")

    def results_of(self, example: Difference) -> list[tuple[str, str, str]]:
        """Rating and budget of a sheet, where they differ."""
        return [
            (
                self.named(each.name),
                value_text(each.before, TEXT, self.language),
                value_text(each.after, TEXT, self.language),
            )
            for each in example.results
            if each.before != each.after
        ]
