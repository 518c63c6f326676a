"""A verdict as text for a terminal: the answer first, then the figures, the reasons, and what to be careful about.

Lines are pairs of style and text, so that colours stay out of the words; `plain` joins them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hyotei.base.display_width import display_width, pad, pad_left
from hyotei.base.line_breaking import fold, shortened
from hyotei.messages import Language, wording
from hyotei.report.audit_words import DOUBT
from hyotei.report.derivation_tree import NOT_STATED, tree
from hyotei.report.result_words import BOTH, NOT_DECIDED, UNDETERMINED, result_words
from hyotei.report.styled_lines import Line, Style, wrapped
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.value_words import amount, percent
from hyotei.rulebook.values import Reason
from hyotei.sheet.fiscal_year import print_fiscal_year
from hyotei.verdict.model import Alternative, MeasureRef, UnknownRef, VerdictData

WIDEST_TREE: Final = 116
"""The same of the derivation, which is indented."""

_NAME: Final = 36
_FIGURE: Final = 12
"""Columns of a name and of a figure in the table of measures; both stand in full in the derivation."""
_YEAR: Final = re.compile(r"【[^【】]*】$")

_STATUSES: Final = {
    "determined": ("確定", "determined"),
    "undetermined": ("未確定", "undetermined"),
    "not_rated": ("点検のみ", "checks only"),
    "no_rulebook": ("基準書なし", "no rulebook"),
}
_STANDINGS: Final = {
    "published": ("公表された規則", "published rules"),
    "inferred": ("推定による規則", "inferred rules"),
    "draft": ("案の段階の規則", "draft rules"),
}


def verdict_text(
    verdict: VerdictData, labels: dict[str, str], language: Language, why: bool = False, why_not: tuple[str, ...] = ()
) -> Iterator[Line]:
    """The lines of a verdict.

    Args:
        verdict: the verdict, in the same language.
        labels: what the values of the scale `result` and `severity` mean, by value.
        language: of the headings.
        why: whether the derivation and the margins are shown.
        why_not: the values of the scales for which to tell what stood in their way.
    """
    view = _View(verdict, labels, language)
    yield from view.head()
    yield from view.measures()
    yield from view.budget()
    if why:
        yield from view.why()
    if why or why_not:
        yield from view.why_not(why_not)
    if why:
        yield from view.margins()
    yield from view.findings()
    yield from view.unknowns()
    yield from view.assumptions()


class _View:
    def __init__(self, verdict: VerdictData, labels: dict[str, str], language: Language) -> None:
        self.verdict, self.labels, self.english = verdict, labels, language == "en"
        self.language = language
        self.decided = {step.decision for step in verdict.derivation}

    def say(self, ja: str, en: str) -> str:
        return en if self.english else ja

    def reason(self, reason: Reason) -> str:
        return self.say(
            f"（{wording('ja').one_of('common.reason', reason)}）",
            f" ({wording('en').one_of('common.reason', reason)})",
        )

    def heading(self, ja: str, en: str) -> Iterator[Line]:
        yield "plain", ""
        yield "title", self.say(f"■ {ja}", f"{en}")

    # -- the answer

    def head(self) -> Iterator[Line]:
        verdict = self.verdict
        sheet = verdict.sheet
        number = f"{sheet.number} " if sheet.number else ""
        yield (
            "title",
            f"{number}{sheet.title}（{sheet.authority}、{print_fiscal_year(sheet.fiscal_year)}）"
            if not self.english
            else (f"{number}{sheet.title} ({sheet.authority}, {print_fiscal_year(sheet.fiscal_year, 'en')})"),
        )
        book = verdict.rulebook
        standing = _STANDINGS[book.standing][1 if self.english else 0]
        yield (
            "faint",
            self.say(
                f"評価基準書 {book.id}（{standing}、{shown_hash(book.hash)}）",
                f"rulebook {book.id} ({standing}, {shown_hash(book.hash)})",
            ),
        )
        yield "plain", ""
        if verdict.status == "not_rated":
            yield (
                "plain",
                self.say(
                    "  この評価基準書は評価区分も予算の方向も導かない（点検の指摘だけを述べる）",
                    "  this rulebook derives no rating and no recommendation; it states findings only",
                ),
            )
            return
        rows = [
            (self.say("評価区分", "rating"), verdict.rating, verdict.rating_label, verdict.recorded.get("rating")),
            (self.say("予算の方向", "budget"), verdict.budget, verdict.budget_label, verdict.recorded.get("budget")),
        ]
        width = max(display_width(name) for name, *_ in rows)
        for result, (name, value, label, recorded) in zip(BOTH, rows, strict=True):
            if result not in self.decided:
                yield "faint", f"  {pad(name, width)}  {self.say(*NOT_DECIDED)}"
                continue
            shown = value or self.say(*UNDETERMINED)
            beside = ""
            if recorded is not None:
                same = self.say("一致", "agrees") if recorded == value else self.say("相違", "differs")
                beside = self.say(f"  〔評価書の記載 {recorded}：{same}〕", f"  [recorded {recorded}: {same}]")
            style: Style = "strong" if value else "bad"
            yield style, f"  {pad(name, width)}  {shown}  {label}{beside}".rstrip()
        if verdict.waits_for:
            yield "bad", self.say("  次のものが分かるまで定まらない：", "  waits for:")
            for each in verdict.waits_for:
                subject = self.say(f"「{each.subject}」の", f"{each.subject}: ") if each.subject else ""
                yield (
                    "bad",
                    self.say(f"  ・{subject}{each.title}", f"  - {subject}{each.title}") + self.reason(each.reason),
                )

    # -- the figures

    def measures(self) -> Iterator[Line]:
        verdict = self.verdict
        if not verdict.measures:
            return
        yield from self.heading("測定指標", "Measures")
        header = [
            self.say(*pair)
            for pair in (
                ("", ""),
                ("基準", "baseline"),
                ("目標", "target"),
                ("実績", "actual"),
                ("達成率", "attainment"),
                ("判定", "result"),
            )
        ]
        if not any(step.decision == "result" for step in verdict.derivation):
            header[-1] = ""  # the rulebook judges no measure
        rows: list[tuple[Style, list[str]]] = []
        for measure in verdict.measures:
            figures = [_in_a_column(text) for text in (measure.baseline, measure.target, measure.actual)]
            rows.append(
                (
                    self.result_style(measure),
                    [self.name(measure), *figures, self.attainment(measure), self.result(measure)],
                )
            )
        names = [_name_lines(cells[0]) for _, cells in rows]
        widths = [max((display_width(line) for lines in names for line in lines), default=0)]
        widths += [
            max([display_width(header[i]), *(display_width(cells[i]) for _, cells in rows)]) for i in range(1, 6)
        ]
        yield "faint", ("  " + pad(header[0], widths[0]) + "  " + _columns(header[1:], widths[1:])).rstrip()
        for (style, cells), lines in zip(rows, names, strict=True):
            yield style, ("  " + pad(lines[0], widths[0]) + "  " + _columns(cells[1:], widths[1:])).rstrip()
            for line in lines[1:]:
                yield style, f"  {line}"

    def name(self, measure: MeasureRef) -> str:
        number = measure.unit.removeprefix("measures[").removesuffix("]")
        label = self.say(f"（{measure.label}）", f" ({measure.label})") if measure.label else ""
        return f"{number}. {measure.indicator}{label}"

    def attainment(self, measure: MeasureRef) -> str:
        return "-" if measure.attainment is None else measure.text

    def result(self, measure: MeasureRef) -> str:
        if not any(step.decision == "result" for step in self.verdict.derivation):
            return ""
        if measure.result is None:
            return self.say("判定なし", "not judged") + self.reason(measure.unknown or "missing")
        return measure.result if self.english else self.labels.get(measure.result) or measure.result

    def result_style(self, measure: MeasureRef) -> Style:
        if measure.result is None:
            return "faint"
        return "plain" if measure.result == "achieved" else "bad"

    def budget(self) -> Iterator[Line]:
        years = self.verdict.budget_years
        if not years:
            return
        yield from self.heading("予算", "Budget")
        header = [
            self.say(*pair)
            for pair in (
                ("年度", "year"),
                ("当初予算", "initial"),
                ("合計", "total"),
                ("執行額", "executed"),
                ("執行率", "executed %"),
            )
        ]
        rows = []
        for year in years:
            rate = "-" if year.execution_rate is None else percent(Decimal(year.execution_rate))
            why = "" if year.unknown is None else wording(self.language).one_of("common.reason", year.unknown)
            money = [
                "-" if text is None else amount(Decimal(text), self.language)
                for text in (year.initial, year.total, year.executed)
            ]
            rows.append([print_fiscal_year(year.fiscal_year, self.language), *money, rate, why])
        widths = [max(display_width(row[i]) for row in [header, *rows]) for i in range(5)]
        yield "faint", "  " + pad(header[0], widths[0]) + "  " + _right(header[1:], widths[1:])
        for row in rows:
            figures = _right(row[1:5], widths[1:])
            yield "plain", f"  {pad(row[0], widths[0])}  {figures}  {row[5]}".rstrip()

    # -- the reasons

    def why(self) -> Iterator[Line]:
        yield from self.heading("理由", "Why")
        marked = False
        for line in tree(self.verdict, self.language, WIDEST_TREE - 2):
            marked = marked or NOT_STATED in line
            yield "plain", f"  {line}"
        if marked:
            note = self.say(
                "は読み取りに推定のある値（「前提としたこと」を参照）", " an inferred reading (see Assumptions)"
            )
            yield "faint", f"  {NOT_STATED}{note}"

    def why_not(self, wanted: tuple[str, ...]) -> Iterator[Line]:
        found = [
            (name, each)
            for name, alternatives in self.verdict.why_not.items()
            for each in alternatives
            if not wanted or each.value in wanted
        ]
        reasons = {each.value for _, each in found}
        unsaid = [value for value in wanted if value not in reasons]
        if not found and not unsaid:
            return
        yield from self.heading("ほかにならない理由", "Why not otherwise")
        for name, each in found:
            yield from self.alternative(name, each)
        for value in unsaid:
            yield "plain", f"  {self.no_reason(value)}"

    def no_reason(self, value: str) -> str:
        """Why there is nothing to say of why it is not a value: it is that one, or no measure could have been better."""
        verdict = self.verdict
        for name, result in (("rating", verdict.rating), ("budget", verdict.budget)):
            if value == result:
                title = next((step.title for step in verdict.derivation if step.decision == name), name)
                return self.say(
                    f"{title}は {value} である（その理由は --why で示す）",
                    f"{title} is {value} (--why shows the reasons)",
                )
        shown = value if self.english else self.labels.get(value) or value
        return self.say(
            f"{shown}：示す理由はない（測定値については、最も良い判定に届かない理由だけを示す）",
            f"{shown}: nothing to tell (of measures only why they fell short of the best is told)",
        )

    def alternative(self, name: str, each: Alternative) -> Iterator[Line]:
        decision, _, unit = name.partition("@")
        step = next((step for step in self.verdict.derivation if step.decision == decision), None)
        title = step.title if step is not None else decision
        value = (
            each.value
            if self.english
            else (self.labels.get(each.value) if decision == "result" else None) or each.value
        )
        subject = ""
        if unit:
            measure = next(measure for measure in self.verdict.measures if measure.unit == unit)
            subject = self.say(f"「{self.name(measure)}」", f" of “{self.name(measure)}”")
            title = self.say(f"の{title}", title)
        row = "" if each.row is None else self.say(f"（行{each.row}）", f" (row {each.row})")
        lead = self.say(f"  {subject}{title}が {value} でない{row}：", f"  {title}{subject} is not {value}{row}: ")
        yield from wrapped(lead, each.sentence, "    ")

    def margins(self) -> Iterator[Line]:
        if not self.verdict.margins:
            return
        yield from self.heading("境までの余裕", "Margins")
        for margin in self.verdict.margins:
            measure = next((each for each in self.verdict.measures if each.unit == margin.unit), None)
            subject = "" if measure is None else self.say(f"「{self.name(measure)}」", f"“{self.name(measure)}” ")
            yield from wrapped("  ", f"{subject}{margin.sentence}", "    ")

    # -- what to be careful about

    def findings(self) -> Iterator[Line]:
        if not self.verdict.findings:
            return
        yield from self.heading(f"指摘（{len(self.verdict.findings)}件）", f"Findings ({len(self.verdict.findings)})")
        for finding in self.verdict.findings:
            figures = self.say("、", ", ").join(f"{name} {value}" for name, value in finding.figures.items())
            severity = finding.severity if self.english else self.labels.get(finding.severity) or finding.severity
            style: Style = "bad" if finding.severity == "serious" else "plain"
            subject = "" if finding.unit == "sheet" else f"  {finding.subject}"
            yield style, f"  [{severity}] {finding.code}{subject}"
            yield from wrapped(
                "      ",
                f"{finding.message}（{figures}）" if not self.english else f"{finding.message} ({figures})",
                "      ",
            )
            for doubt in finding.doubts:
                yield from wrapped(self.say(f"      {DOUBT[0]}：", f"      {DOUBT[1]}: "), doubt, "      ")
            if finding.question:
                yield from wrapped(self.say("      尋ねること：", "      ask: "), finding.question, "      ")

    def unknowns(self) -> Iterator[Line]:
        if not self.verdict.unknowns:
            return
        yield from self.heading("分からなかったもの", "Unknown")
        for each in self.verdict.unknowns:
            subject = self.say(f"{each.subject}：", f"{each.subject}: ") if each.subject else ""
            yield "plain", f"  {subject}{each.title}{self.reason(each.reason)}"
            yield from self.influence(each)

    def influence(self, each: UnknownRef) -> Iterator[Line]:
        if each.could_matter is None:
            yield (
                "faint",
                self.say(
                    "      すべての値は試せず、結論への影響は分からない",
                    "      not every value could be tried; whether it matters is open",
                ),
            )
        elif not each.could_matter:
            yield (
                "faint",
                self.say("      どの値であっても結論は変わらない", "      whatever it is, the verdict stays the same"),
            )
        else:
            for possibility in each.possibilities:
                bands = self.say("、", " or ").join(possibility.bands)
                tried = "" if each.exhaustive else self.say("たとえば ", "for example, ")
                outcome = result_words(possibility.rating, possibility.budget, self.language, self.decided)
                text = self.say(f"{tried}{bands} なら {outcome}", f"{tried}if {bands}: {outcome}")
                yield from wrapped("      ", text, "        ")
        if not each.exhaustive and each.could_matter:
            yield "faint", self.say("      （ほかの値は試せていない）", "      (other values could not be tried)")

    def assumptions(self) -> Iterator[Line]:
        if not self.verdict.assumptions:
            return
        yield from self.heading("前提としたこと", "Assumptions")
        for each in self.verdict.assumptions:
            yield from wrapped("  ・" if not self.english else "  - ", each.text, "    ")


def one_line(identity: str, rating: str | None, budget: str | None, status: str, title: str, language: Language) -> str:
    """A verdict on one line, for many sheets."""
    said = _STATUSES[status][1 if language == "en" else 0]
    return f"{pad(identity, 16)}  {pad(rating or '-', 3)} {pad(budget or '-', 3)} {pad(said, 12)}  {' '.join(title.split())}"


def _name_lines(name: str) -> list[str]:
    """A name in its column, folded below its text and not below its number."""
    hanging = " " * display_width(name.partition(" ")[0] + " ")
    first, *rest = fold(name, _NAME - len(hanging), _NAME)
    return [first, *(hanging + line for line in rest)]


def _in_a_column(figure: str) -> str:
    """A figure as printed without its year, cut to its column."""
    return shortened(_YEAR.sub("", figure), _FIGURE)


def _columns(cells: list[str], widths: list[int]) -> str:
    """Figures to the right, the result at the end to the left."""
    figures = "  ".join(pad_left(cell, width) for cell, width in zip(cells[:-1], widths[:-1], strict=True))
    return f"{figures}  {pad(cells[-1], widths[-1])}"


def _right(cells: list[str], widths: list[int]) -> str:
    return "  ".join(pad_left(cell, width) for cell, width in zip(cells, widths, strict=True))
