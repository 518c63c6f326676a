"""The way to another rating or recommendation, or to losing one, as text for a terminal."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction

from hyotei.base import exact
from hyotei.messages import Language
from hyotei.proof.certainty.model import Move, Reach, Way
from hyotei.report.certain_text import WHY_OPEN, named
from hyotei.report.result_words import BOTH, result_words
from hyotei.report.styled_lines import Line, wrapped
from hyotei.rulebook.value_words import percent


def reach_text(
    found: Reach, language: Language, now: str | None = None, decided: Collection[str] = BOTH
) -> Iterator[Line]:
    """The lines of one question.

    Args:
        found: the answer.
        language: of the words.
        now: the result as it stands, which may be better than what is to be kept.
        decided: which results the rulebook decides; others are not spoken of.
    """
    view = _View(found, language, now, decided)
    yield "plain", ""
    yield "title", view.heading()
    yield from view.answer()


class _View:
    def __init__(self, found: Reach, language: Language, now: str | None, decided: Collection[str]) -> None:
        self.found, self.english, self.now = found, language == "en", now
        self.language, self.decided = language, decided

    def say(self, ja: str, en: str) -> str:
        return en if self.english else ja

    def heading(self) -> str:
        found = self.found
        result = {"rating": ("評価区分", "rating"), "budget": ("予算の方向", "budget")}[found.decision]
        if found.goal == "reach":
            return self.say(f"■ {result[0]} {found.value} に届くには", f"To reach {result[1]} {found.value}")
        if self.now is not None and self.now != found.value:
            return self.say(
                f"■ {result[0]}が {found.value} を下回るまで（今は {self.now}）",
                f"Before {result[1]} falls below {found.value} (it is {self.now} now)",
            )
        return self.say(f"■ {result[0]} {found.value} を失うまで", f"Before {result[1]} {found.value} is lost")

    def answer(self) -> Iterator[Line]:
        found = self.found
        match found.status:
            case "already":
                yield "good", self.say(f"  すでに {found.value} である", f"  it is {found.value} already")
            case "open":
                why = self.say(*WHY_OPEN[found.why])
                yield "bad", self.say(f"  分からない：{why}", f"  open: {why}")
            case "never":
                yield from self.never()
            case _:
                yield from self.ways()

    def never(self) -> Iterator[Line]:
        found = self.found
        lost = found.goal == "keep"
        if not found.levers:
            text = self.say(
                "結論が拠る実績値・執行額で分かっているものがない", "no known actual or execution is rested on"
            )
        elif lost:
            text = self.say(
                "実績値と執行額がどう変わっても失われない（証明済み）",
                "proved: no change of actuals and executed amounts loses it",
            )
        else:
            text = self.say(
                "実績値と執行額をどう変えても届かない（証明済み）",
                "proved: no change of actuals and executed amounts reaches it",
            )
        yield ("good" if lost else "bad"), f"  {text}"
        if found.beyond is not None:
            does = (
                self.say("失われる変化", "what would lose it") if lost else self.say("届く変化", "what would reach it")
            )
            yield (
                "plain",
                self.say(f"  ほかの値まで動かすなら、{does}の例：", f"  with other figures, {does}, for example:"),
            )
            yield from self.way(found.beyond)
        elif found.beyond_why:
            why = self.say(*WHY_OPEN[found.beyond_why])
            yield (
                "faint",
                self.say(f"  ほかの値を動かした場合は分からない：{why}", f"  with other figures it is open: {why}"),
            )
        else:
            yield (
                "plain",
                self.say(
                    "  評価書で分かっている値をどう変えても同じ：不明な値か、評価基準書の規則による",
                    "  nor does any change of the known figures: it is the unknown ones, or the rulebook",
                ),
            )

    def ways(self) -> Iterator[Line]:
        found = self.found
        for way in found.ways:
            yield from self.way(way)
        if not found.complete:
            why = self.say(*WHY_OPEN[found.why])
            yield "faint", self.say(f"  （ほかにもありうる：{why}）", f"  (there may be other ways: {why})")

    def way(self, way: Way) -> Iterator[Line]:
        outcome = result_words(way.rating, way.budget, self.language, self.decided)
        total = _about(way.relative)
        least = "" if way.smallest else self.say("、最小とは限らない", ", perhaps not the smallest")
        single = len(way.moves) == 1
        for at, move in enumerate(way.moves):
            bullet = self.say("  ・", "  - ") if at == 0 else "    "
            end = ""
            if at == len(way.moves) - 1:
                much = self.say(f"変化 {total}{least}", f"change {total}{least}") if single else self.say(
                    f"変化の和 {total}{least}", f"changes together {total}{least}"
                )  # fmt: skip
                end = self.say(f"（{much}）→ {outcome}", f" ({much}) -> {outcome}")
            yield from wrapped(bullet, self.move(move) + end, "      ")

    def move(self, move: Move) -> str:
        name = named(move, self.english)
        change = self.say(f"（{move.change_text}）", f" ({move.change_text})")
        if move.keeps is None:
            return f"{name} {move.before_text} {self.say('→', '->')} {move.after_text}{change}"
        return self.say(
            f"{name} {move.before_text}：{move.keeps_text}までは保ち、{move.after_text}{change}で失う",
            f"{name} {move.before_text}: kept as far as {move.keeps_text}, lost at {move.after_text}{change}",
        )


def _about(relative: str) -> str:
    """A fraction as a percentage with one decimal, upwards, so that no change is told as none."""
    share = Fraction(relative)
    return percent(exact.divide(Decimal(share.numerator), Decimal(share.denominator), 3, "up"))
