"""The certainty of a verdict as text for a terminal: certain or not, what else it could be, what decides, and the margins."""

from collections.abc import Collection, Iterator
from typing import Final

from hyotei.messages import Language, wording
from hyotei.proof.certainty.model import Certainty, FigureMargin, Move, Open, OpenPoint, PossibleVerdict, Sets, Value
from hyotei.report.result_words import BOTH, result_words
from hyotei.report.styled_lines import Line, wrapped

WHY_OPEN: Final[dict[Open, tuple[str, str]]] = {
    "timeout": ("時間内に調べ終わらなかった", "the time was up"),
    "nonlinear": ("不明な値どうしの積や商があり、解き切れない", "unknowns are multiplied or divided with each other"),
    "gave_up": ("ソルバーが答えを出せなかった", "the solver gave up"),
    "not_replayable": ("例を導き直して確かめられなかった", "an example could not be confirmed by deriving it again"),
    "unsupported": ("式にできない規則がある", "a rule cannot be told as formulas"),
    "too_many": ("数が多く、すべては挙げていない", "there are too many to list them all"),
    "bounded": ("限られた範囲しか調べていない", "only part was looked at"),
    "too_large": ("大きすぎて調べられない", "it is too large"),
}


def certain_text(found: Certainty, language: Language, decided: Collection[str] = BOTH) -> Iterator[Line]:
    """The lines of a certainty; the verdict itself is told elsewhere."""
    view = _View(found, language, decided)
    yield from view.head()
    yield from view.verdicts()
    yield from view.decides()
    yield from view.unknowns()
    yield from view.margins()


def named(of: "OpenPoint | Value | FigureMargin | Move", english: bool) -> str:
    """`平成24年度の執行額`, `「1. 会議の開催」の実績値`: measures with their number, because names may be the same."""
    if not of.subject:
        return of.title
    subject = " ".join(of.subject.split())
    if of.unit.startswith("measures["):
        subject = f"{of.unit[9:-1]}. {subject}"
    if english:
        return f"{of.title} of {subject}"
    return f"{subject}の{of.title}" if of.unit.startswith("budget_years") else f"「{subject}」の{of.title}"


class _View:
    def __init__(self, found: Certainty, language: Language, decided: Collection[str]) -> None:
        self.found, self.english = found, language == "en"
        self.language, self.decided = language, decided
        self.names = {point.id: self.name(point) for point in found.unknowns}

    def say(self, ja: str, en: str) -> str:
        return en if self.english else ja

    def heading(self, ja: str, en: str) -> Iterator[Line]:
        yield "plain", ""
        yield "title", self.say(f"■ {ja}", en)

    def name(self, of: "OpenPoint | Value | FigureMargin") -> str:
        """`平成24年度の執行額`"""
        return named(of, self.english)

    def verdict(self, rating: str | None, budget: str | None) -> str:
        return result_words(rating, budget, self.language, self.decided)

    # -- the answer

    def head(self) -> Iterator[Line]:
        found = self.found
        yield from self.heading("確実さ", "Certainty")
        why = self.say(*WHY_OPEN[found.why]) if found.why else ""
        match found.status:
            case "certain" if not found.unknowns:
                yield (
                    "good",
                    self.say("  結論が拠る値に不明なものはない", "  nothing that the verdict rests on is unknown"),
                )
            case "certain":
                yield (
                    "good",
                    self.say(
                        f"  不明な値（{len(found.unknowns)}件）がどうであっても、結論は変わらない",
                        f"  whatever the unknown values ({len(found.unknowns)}) are, the verdict stays the same",
                    ),
                )
            case "uncertain":
                count = len(found.verdicts)
                yield (
                    "bad",
                    self.say(
                        f"  不明な値によっては結論が変わる（ありうる結論は、いまのものを含め{count}通り）",
                        f"  unknown values could change the verdict ({count} verdicts are possible, this one included)",
                    ),
                )
                if not found.complete:
                    yield "bad", self.say(f"  ほかにもありうる：{why}", f"  there may be others: {why}")
            case _:
                yield "bad", self.say(f"  確実かどうかは分からない：{why}", f"  whether it is certain is open: {why}")
        for each in found.words:
            text = self.say(
                f"{each}は文章で述べられ、判定する規則もないので、不明のままとした",
                f"{each} is told in words and no rule judges it, so it stays unknown",
            )
            yield from wrapped("  ", text, "    ")

    def verdicts(self) -> Iterator[Line]:
        if len(self.found.verdicts) < 2:
            return
        yield from self.heading("ありうる結論", "Possible verdicts")
        for at, each in enumerate(self.found.verdicts):
            yield from wrapped(f"  {self.verdict(each.rating, each.budget)}  ", self.example(each, at == 0), "      ")

    def example(self, each: PossibleVerdict, now: bool) -> str:
        if now:
            return self.say("いまの結論", "as it stands")
        shown = self.say("、", ", ").join(
            self.say(f"{self.name(value)}が {value.text}", f"{self.name(value)} is {value.text}")
            for value in each.example
        )
        if not each.replayed:
            return self.say("（例を確かめられなかった）", "(no example could be confirmed)")
        return self.say(f"例：{shown}", f"for example: {shown}")

    # -- what decides

    def decides(self) -> Iterator[Line]:
        if self.found.status == "certain":
            return
        yield from self.sets(
            self.found.changing,
            self.say(
                "これだけで結論を変えうるもの（小さい組から）", "What alone can change the verdict, smallest sets first"
            ),
        )
        yield from self.sets(
            self.found.settling,
            self.say(
                "これが分かれば、ほかが不明でも結論が定まるもの（小さい組から）",
                "What settles the verdict once it is known, whatever it is, smallest sets first",
            ),
        )

    def sets(self, sets: Sets, heading: str) -> Iterator[Line]:
        yield "plain", ""
        yield "title", self.say(f"■ {heading}", heading)
        for each in sets.sets:
            yield from wrapped(
                self.say("  ・", "  - "), self.say(" と ", " and ").join(self.names[one] for one in each), "    "
            )
        if not sets.complete:
            more = self.say("ほかにもあるかもしれない", "there may be others")
            yield "faint", f"  {self.say(f'（{more}）', f'({more})')}"

    def unknowns(self) -> Iterator[Line]:
        if not self.found.unknowns:
            return
        yield from self.heading("不明な値と、ありうる範囲", "Unknown values and what they could be")
        for point in self.found.unknowns:
            reason = wording("en" if self.english else "ja").one_of("common.reason", point.reason)
            lead = self.say(f"  {self.names[point.id]}（{reason}）：", f"  {self.names[point.id]} ({reason}): ")
            yield from wrapped(lead, point.range, "      ")
            yield from self.influence(point)

    def influence(self, point: OpenPoint) -> Iterator[Line]:
        if point.could_matter is False:
            text = self.say("どの値であっても結論は変わらない", "whatever it is, the verdict stays the same")
            yield "faint", f"      {text}"
            return
        if point.could_matter is None:
            yield "faint", self.say("      結論への影響は分からない", "      whether it matters is open")
        if len(point.alone) < 2:
            if point.could_matter:
                text = self.say("ほかの不明な値しだいで結論に響く", "matters together with other unknowns")
                yield "plain", f"      {text}"
            return
        for each in point.alone:
            bands = self.say("、", " or ").join(each.bands)
            outcome = self.verdict(each.rating, each.budget)
            yield from wrapped("      ", self.say(f"{bands} なら {outcome}", f"if {bands}: {outcome}"), "        ")

    # -- margins

    def margins(self) -> Iterator[Line]:
        if not self.found.margins:
            return
        yield from self.heading(
            "結論が変わるまでの余裕（値を一つだけ動かすとき）", "Margins of the verdict, one figure at a time"
        )
        still = []
        for each in self.found.margins:
            ends = [end for end in (each.below, each.above) if end.changes is not None or end.why]
            if not ends:
                still.append(self.name(each))
                continue
            yield "plain", f"  {self.name(each)} {each.text}"
            for end, ja, en in ((each.below, "減る", "falls"), (each.above, "増える", "rises")):
                if end.changes is not None:
                    turn = self.verdict(end.rating, end.budget)
                    same = self.say(
                        f"{end.keeps_text}までは変わらず、{end.changes_text}（{end.moved_text}）で {turn}",
                        f"stays down to {end.keeps_text}; at {end.changes_text} ({end.moved_text}): {turn}"
                        if en == "falls"
                        else f"stays up to {end.keeps_text}; at {end.changes_text} ({end.moved_text}): {turn}",
                    )
                    yield from wrapped(self.say(f"    {ja}と ", f"    if it {en}: "), same, "      ")
                if end.why:
                    open_why = self.say(*WHY_OPEN[end.why])
                    yield (
                        "faint",
                        self.say(f"    {ja}ときは分からない：{open_why}", f"    if it {en}: open, {open_why}"),
                    )
        if still:
            lead = self.say("  ひとつだけではどう動いても結論が変わらないもの：", "  alone never change the verdict: ")
            yield from wrapped(lead, self.say("、", "; ").join(still), "    ")
