"""A proof as text for a terminal: first whether all is proved, then what is not, each defect with the sheet that shows it."""

from collections.abc import Iterator
from typing import Final

from hyotei.base.display_width import display_width, pad
from hyotei.compare.boxes import Region
from hyotei.messages import Language
from hyotei.proof.counterexample_sheets import derived
from hyotei.proof.results import Check, Counterexample, LawResult, ProofReport, Shown
from hyotei.report.derivation_lines import derivation_lines, row_words
from hyotei.report.law_words import law_words, name_words, unit_words
from hyotei.report.sheet_lines import sheet_lines
from hyotei.report.styled_lines import Line, Style, wrapped
from hyotei.rulebook import terms as t
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.law_meaning import PAIRS
from hyotei.rulebook.model import Input, Rulebook, Table
from hyotei.rulebook.reference import Reading, evaluate
from hyotei.rulebook.term_words import term_title
from hyotei.rulebook.types import ANY, Type
from hyotei.rulebook.value_words import Evaluate, check_text, value_text
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.vocabulary import BY_NAME
from hyotei.sheet import Sheet

_WIDEST_LAW: Final = 66
_STATUS: Final[dict[str, tuple[Style, str, str]]] = {
    "proved": ("good", "証明済み", "proved"),
    "refuted": ("bad", "反例あり", "refuted"),
    "open": ("bad", "未確定", "open"),
    "not_run": ("faint", "未実施", "not run"),
}
_METHOD: Final = {
    "table": ("表のすべての入力について", "for every input of the table"),
    "chain": ("すべての評価書について", "for every sheet"),
    "any_number": ("すべての評価書について（測定値がいくつでも）", "for every sheet, with any number of measures"),
    "induction": (
        "測定値がいくつでも、いくつ変わっても（一つずつの帰納法）",
        "for any number of measures and of changes, by induction",
    ),
    "bounded": ("", ""),
    "example": ("", ""),
}
_WHY: Final = {
    "": ("", ""),
    "timeout": ("時間切れ", "ran out of time"),
    "bounded": ("一般には証明できない", "cannot be proved in general"),
    "nonlinear": ("入力どうしの積などがあり、解けない", "inputs are multiplied with each other"),
    "gave_up": ("ソルバーが答えを出さない", "the solver gave up"),
    "not_replayable": ("疑いはあるが、評価書で示せない", "suspected, but no sheet shows it"),
    "too_large": ("大きすぎる", "too large"),
    "one_by_one": (
        "一つずつの変化については証明したが、途中で不明になり得るため、いくつもの変化については分からない",
        "proved for one change at a time, but several could pass through unknown",
    ),
    "unsupported": ("扱えない形の式がある", "an expression of a form that is not covered"),
    "differs": ("二つの方法の答えが食い違う（Hyotei の不具合）", "two methods differ, a defect of Hyotei"),
}
_CHECKS: Final = {
    "gap": ("穴（どの行も答えない入力）", "gap (no row answers)"),
    "overlap": ("矛盾する行", "contradicting rows"),
    "masked": ("隠れた行", "masked row"),
    "never": ("決して当たらない行", "row that never matches"),
    "redundant": ("なくても同じ行", "redundant row"),
    "unreachable_output": ("どの評価書でも出ない値", "value that no sheet brings about"),
    "no_influence": ("影響のない入力", "input without influence"),
    "second_method": ("区間の走査との照合", "agreement with the sweep of bands"),
}


def proof_text(report: ProofReport, rulebook: Rulebook, language: Language) -> Iterator[Line]:
    """The lines of a report."""
    yield from _View(report, rulebook, language).lines()


class _View:
    def __init__(self, report: ProofReport, rulebook: Rulebook, language: Language) -> None:
        self.report, self.rulebook, self.language = report, rulebook, language
        self.laws = {law.text: law_words(law.text, rulebook, language) for law in report.laws}

    def say(self, ja: str, en: str) -> str:
        return ja if self.language == "ja" else en

    def pick(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.language == "ja" else pair[1]

    def lines(self) -> Iterator[Line]:
        report = self.report
        yield (
            "title",
            self.say(f"{report.rulebook} の証明：{report.title}", f"Proof of {report.rulebook}: {report.title}"),
        )
        yield self.conclusion()
        if report.laws:
            yield from self.heading("法則", "Laws")
            width = max(display_width(self.laws.get(law.text, law.text)) for law in report.laws)
            for law in report.laws:
                yield from self.law(law, min(width, _WIDEST_LAW))
        checks = [check for check in report.checks if not check.note]
        if checks:
            yield from self.heading("表", "Tables")
            yield from self.checks(checks)
        notes = [check for check in report.checks if check.note]
        if notes:
            yield from self.heading("参考（誤りとは限らない）", "Remarks (not necessarily mistakes)")
            for note in notes:
                yield "plain", f"  {self.note(note)}"
        yield "plain", ""
        yield (
            "faint",
            self.say(f"{report.solver}、{shown_hash(report.hash)}", f"{report.solver}, {shown_hash(report.hash)}"),
        )

    def heading(self, ja: str, en: str) -> Iterator[Line]:
        yield "plain", ""
        yield "title", self.say(f"■ {ja}", f"{en}")

    def conclusion(self) -> Line:
        match self.report.status:
            case "proved":
                return "good", self.say("すべて証明された。", "Everything is proved.")
            case "refuted":
                return "bad", self.say("成り立たないものがある。", "Something does not hold.")
            case _:
                return "bad", self.say(
                    "反例は見つからないが、証明できないものがある。", "Nothing is refuted, but something is not proved."
                )

    # -- laws

    def law(self, law: LawResult, width: int) -> Iterator[Line]:
        style, ja, en = _STATUS[law.status]
        how = self.how(law)
        status = pad(self.say(ja, en), 8)
        sentence = self.laws.get(law.text, law.text)
        yield style, f"  {status}  {pad(sentence, width)}  {how}".rstrip()
        if law.status != "proved" and sentence != law.text:
            # As it stands in the document, for who looks for it there.
            yield "faint", f"            {law.text}"
        for reached in law.reached:
            if reached.status != "proved":
                no = self.say("どの評価書でも出ない", "comes out for no sheet")
                open_end = self.say("出るかどうか分からない", "may or may not come out")
                yield "plain", f"      {reached.value}: {no if reached.status == 'refuted' else open_end}"
        if law.counterexample is not None and not self.shown_below(law):
            yield from self.example(law.counterexample)

    def shown_below(self, law: LawResult) -> bool:
        """Whether the table that breaks the law shows the same sheet."""
        return law.counterexample is not None and any(
            check.counterexample is law.counterexample for check in self.report.checks
        )

    def how(self, law: LawResult) -> str:
        if law.status == "proved":
            if law.kind == "reachable":
                return self.say("どの値にも例がある", "each value has an example")
            tables = law.kind in ("answers", "consistent")  # of tables of which none is asked there is nothing to try
            tried = "" if tables and not law.tried else self.tried(law.tried, law.kind in PAIRS)
            return self.pick(_METHOD[law.method]) + tried
        if law.status != "open":
            return self.say("下の表を見る", "see the table below") if self.shown_below(law) else ""
        why = self.pick(_WHY[law.why])
        if not law.bound:
            return why
        return self.say(
            f"{why}（測定値{law.bound}個までは反例なし）", f"{why} (nothing found up to {law.bound} measures)"
        )

    def tried(self, count: int, pairs: bool = False) -> str:
        """How many drawn sheets tried to break what is proved."""
        if not count:
            return self.say("。試せる評価書は引けなかった", "; no sheet to try it on was drawn")
        if pairs:
            return self.say(f"。引いた{count}組の評価書でも破れない", f"; {count} pairs of sheets tried")
        return self.say(f"。引いた{count}枚の評価書でも破れない", f"; {count} sheets tried")

    # -- tables

    def checks(self, checks: list[Check]) -> Iterator[Line]:
        by_decision: dict[str, list[Check]] = {}
        for check in checks:
            by_decision.setdefault(check.decision, []).append(check)
        width = max(display_width(self.name(decision)) for decision in by_decision)
        for decision, found in by_decision.items():
            bad = [check for check in found if check.status != "proved" or check.by_itself]
            if not bad:
                told = self.say("、", ", ").join(self.sound(check) for check in found)
                status = pad(self.say("証明済み", "proved"), 8)
                tried = [check.tried for check in found if check.tried]
                told += self.tried(min(tried)) if tried else ""
                yield "good", f"  {status}  {pad(self.name(decision), width)}  {told}"
            for check in bad:
                yield from self.check(check)

    def sound(self, check: Check) -> str:
        words = {
            "gap": ("穴がない", "no gap"),
            "overlap": ("行が矛盾しない", "no contradiction"),
            "masked": ("どの行も効く", "every row counts"),
        }
        return self.pick(words.get(check.name, _CHECKS[check.name]))

    def name(self, name: str) -> str:
        return name_words(name, self.rulebook, self.language)

    def check(self, check: Check) -> Iterator[Line]:
        style, ja, en = _STATUS[check.status]
        if check.by_itself:
            style, ja, en = "faint", "届かない", "no sheet"
        rows = self.rows_named(check)
        what = self.pick(_CHECKS[check.name])
        why = self.pick(_WHY[check.why])
        tail = self.say(f"（{why}）", f" ({why})") if why and check.status == "open" else ""
        title = self.rulebook.by_name[check.decision].title
        named = self.say(f"{title}（{check.decision}）：", f"{check.decision} ({title}): ")
        yield style, f"  {pad(self.say(ja, en), 8)}  {named}{what}{rows}{tail}"
        if check.by_itself:
            said = self.say(
                "表だけを見ればあるが、前の判断を通してここに至る評価書はない。",
                "The table by itself has it, but no sheet gets here through the decisions before.",
            )
            yield "faint", f"      {said}"
        yield from self.regions(check)
        if check.counterexample is not None:
            yield from self.example(check.counterexample)
        elif check.rows:
            yield from self.rows(check, None)

    def rows_named(self, check: Check) -> str:
        if not check.rows:
            return ""
        first, *others = check.rows
        if check.name == "overlap":
            return self.say(f" 行{first}と行{others[0]}", f" {first} and {others[0]}")
        if others:
            return self.say(f" 行{first}（行{others[0]}に隠れる）", f" {first}, behind row {others[0]}")
        return self.say(f" 行{first}", f" {first}")

    def regions(self, check: Check) -> Iterator[Line]:
        body = self.rulebook.by_name[check.decision].body
        assert isinstance(body, Table)
        shown = check.regions[:8]
        for region in shown:
            cells = self.cells(region)
            parts = [
                f"{self.column(column)} = {cell}"
                for column, cell in zip(body.inputs, cells, strict=True)
                if cell != "-"
            ]
            always = self.say("どの入力でも", "any input")
            yield "plain", f"      {self.say('範囲', 'where')}: {self.say('、', '; ').join(parts) or always}"
        if len(check.regions) > len(shown):
            more = len(check.regions) - len(shown)
            yield "faint", self.say(f"      ほかに{more}の範囲", f"      and {more} more")

    def column(self, column: Input) -> str:
        return column.text if self.language == "en" else term_title(column.term, self.rulebook)

    def cells(self, region: Region) -> tuple[str, ...]:
        return region.ja if self.language == "ja" else region.en

    def note(self, check: Check) -> str:
        what = self.pick(_CHECKS[check.name])
        value = f" {check.value}" if check.value else ""
        reach = ""
        if check.name == "masked":
            what = self.say("どの評価書も至らない行", "row that no sheet reaches")
        if check.name == "second_method":
            why = self.pick(_WHY[check.why])
            reach = self.say(f"は未実施（{why}）", f" not run ({why})")
        return f"{self.name(check.decision)}{self.say('：', ': ')}{what}{self.rows_named(check)}{value}{reach}"

    # -- counterexamples

    def example(self, example: Counterexample) -> Iterator[Line]:
        yield "plain", f"      {self.say('評価書', 'sheet')}:"
        for line in sheet_lines(example.sheet, self.language):
            yield "plain", f"        {line}"
        for change in example.changed:
            of = self.type_of(change.name)
            after = "-" if change.after is None else value_text(change.after, of, self.language)
            before = (
                self.say("（なし）", "(none)")
                if change.before is None
                else value_text(change.before, of, self.language)
            )
            label = self.say("変更", "change")
            where = unit_words(change.unit, self.language)
            what = self.say(
                f"{self.name(change.name)}{'' if change.unit == 'sheet' else f'（{where}）'}", f"{change.name}@{where}"
            )
            yield "plain", f"      {label}: {what}  {before} → {after}"
        label = self.say("途中", "on the way")
        derivations = derived(example, self.rulebook)
        for line in self.on_the_way(example, derivations):
            yield from wrapped(f"      {label}: ", line, "        ")
        for shown in example.shown:
            yield "plain", f"      {self.outcome(example, shown, derivations)}"
        if example.rows:
            yield from self.rows(None, example)

    def on_the_way(self, example: Counterexample, derivations: tuple[Derivation, ...]) -> Iterator[str]:
        """The decisions between the figures of the sheet and what is shown."""
        shown: list[str] = []
        if example.decision:
            # What the table reads itself is shown as its input.
            body = self.rulebook.by_name[example.decision].body
            assert isinstance(body, Table)
            shown = [each.term.decision for each in body.inputs if isinstance(each.term, t.Decided)]
        names = [example.decision] if example.decision else [each.decision for each in example.shown]
        names = [name for name in names if name in self.rulebook.by_name]
        yield from derivation_lines(self.rulebook, derivations, names, shown, self.language)

    def outcome(self, example: Counterexample, shown: Shown, derivations: tuple[Derivation, ...]) -> str:
        label = self.say("入力", "input") if example.decision else self.say("結果", "result")
        of, name = self.type_of(shown.decision), self.name(shown.decision)
        if example.decision:
            body = self.rulebook.by_name[example.decision].body
            assert isinstance(body, Table)
            column = next((column for column in body.inputs if column.text == shown.decision), None)
            if column is not None:
                of, name = column.type, self.column(column)
        rows = ["", ""]
        if not example.decision:
            steps = [each.steps.get((shown.decision, shown.unit)) for each in derivations]
            rows = [*("" if step is None else row_words(step, self.language) for step in steps), ""]
        value = value_text(shown.before, of, self.language) + rows[0]
        after = "" if shown.after is None else f" → {value_text(shown.after, of, self.language)}{rows[1]}"
        if not example.decision and shown.unit != "sheet":
            where = unit_words(shown.unit, self.language)
            name = self.say(f"{name}（{where}）", f"{name}@{where}")
        return f"{label}: {name} = {value}{after}"

    def type_of(self, name: str) -> Type:
        decision = self.rulebook.by_name.get(name)
        if decision is not None:
            return decision.outputs[0].type
        return next((figure.type for (_, each), figure in BY_NAME.items() if each == name), ANY)

    def rows(self, check: Check | None, example: Counterexample | None) -> Iterator[Line]:
        """The rows that clash, or the one that is hidden and the one before it, one below the other."""
        name = example.decision if example is not None else check.decision if check is not None else ""
        numbers = example.rows if example is not None else check.rows if check is not None else ()
        decision = self.rulebook.by_name[name]
        body = decision.body
        assert isinstance(body, Table)
        evaluate_term = self.evaluator(example)
        table: list[list[str]] = []
        for number in sorted(numbers):
            row = body.rows[number - 1]
            cells = [
                check_text(each, column.type, evaluate_term, self.language)
                for each, column in zip(row.checks, body.inputs, strict=True)
            ]
            outputs = [
                self.output(term, output.type, evaluate_term)
                for term, output in zip(row.outputs, decision.outputs, strict=True)
            ]
            table.append([str(number), *cells, "→", *outputs])
        widths = [max(display_width(row[at]) for row in table) for at in range(len(table[0]))]
        for cells in table:
            line = "  ".join(pad(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()
            yield "plain", f"      {self.say('行', 'row')} {line}"

    def output(self, term: t.Term, of: Type, evaluate_term: Evaluate) -> str:
        if isinstance(term, t.InputUnknown):
            return self.say("不明", "unknown")
        return value_text(evaluate_term(term), of, self.language)

    def evaluator(self, example: Counterexample | None) -> Evaluate:
        book = self.rulebook
        year = book.last_year or book.first_year or 2012
        sheet = example.sheet if example is not None else Sheet(id="-", title="-", authority="-", fiscal_year=year)
        reading = Reading(book, sheet)
        reading.steps = dict(evaluate(book, sheet).steps)
        units = {unit.key: unit for unit in reading.root.all()}
        unit = units.get(example.unit, reading.root) if example is not None else reading.root

        def value(term: t.Term) -> Scalar:
            try:
                return reading.value(term, unit)
            except LookupError:
                return "…"

        return value
