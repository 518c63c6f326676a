"""The way to another rating or recommendation, or to losing one, as a part of a document."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction

from hyotei.base import exact
from hyotei.document import Block, Document, Item, Items, Paragraph, Section, Tone
from hyotei.messages import Language, wording
from hyotei.proof.certainty.model import Move, Reach, Way
from hyotei.report.figure_names import figure_name
from hyotei.report.result_words import BOTH, result_words
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.value_words import percent


def reach_document(found: Reach, language: Language = "ja") -> Document:
    """The answer by itself."""
    say = wording(language)
    return Document(
        say("certainty_document.way_title", sheet=found.sheet),
        language,
        (reach_section(found, language),),
        footer=say("certainty_document.made_with", rulebook=found.rulebook, hash=shown_hash(found.hash)),
    )


def reach_section(found: Reach, language: Language, now: str | None = None, decided: Collection[str] = BOTH) -> Section:
    """The answer to one question.

    Args:
        found: the answer.
        language: of the words.
        now: the result as it stands, which may be better than what is to be kept.
        decided: which results the rulebook decides; others are not spoken of.
    """
    view = _Way(found, language, now, decided)
    return Section(view.heading(), tuple(view.answer()))


class _Way:
    def __init__(self, found: Reach, language: Language, now: str | None, decided: Collection[str]) -> None:
        self.found, self.language, self.now, self.decided = found, language, now, decided
        self.say = wording(language)

    def heading(self) -> str:
        found, say = self.found, self.say
        result = say.one_of("common.result", found.decision)
        if found.goal == "reach":
            return say("certainty_document.way.reach", result=result, value=found.value)
        if self.now is not None and self.now != found.value:
            return say("certainty_document.way.keep_above", result=result, value=found.value, now=self.now)
        return say("certainty_document.way.keep", result=result, value=found.value)

    def why(self, reason: str) -> str:
        return self.say.one_of("certainty_document.why", reason) if reason else ""

    def answer(self) -> Iterator[Block]:
        found, say = self.found, self.say
        match found.status:
            case "already":
                yield Paragraph(say("certainty_document.way.already", value=found.value), "good")
            case "open":
                yield Paragraph(say("certainty_document.way.open", why=self.why(found.why)), "bad")
            case "never":
                yield from self.never()
            case _:
                yield Items(tuple(Item(self.way(each)) for each in found.ways))
                if not found.complete:
                    yield Paragraph(say("certainty_document.way.perhaps_more", why=self.why(found.why)), "faint")

    def never(self) -> Iterator[Block]:
        found, say = self.found, self.say
        lost = found.goal == "keep"
        tone: Tone = "good" if lost else "bad"
        if not found.levers:
            yield Paragraph(say("certainty_document.way.no_levers"), tone)
        else:
            yield Paragraph(
                say("certainty_document.way.never_lost" if lost else "certainty_document.way.never_reached"), tone
            )
        if found.beyond is not None:
            yield Paragraph(
                say("certainty_document.way.others_lose" if lost else "certainty_document.way.others_reach")
            )
            yield Items((Item(self.way(found.beyond)),))
        elif found.beyond_why:
            yield Paragraph(say("certainty_document.way.others_open", why=self.why(found.beyond_why)), "faint")
        else:
            yield Paragraph(say("certainty_document.way.others_neither"))

    def way(self, way: Way) -> str:
        """The changes of a way, how much they are together, and what then comes out."""
        values = {
            "moves": self.say.listed(map(self.move, way.moves), "certainty_document.way.and"),
            "total": _about(way.relative),
            "verdict": result_words(way.rating, way.budget, self.language, self.decided),
        }
        if not any(move.change_text for move in way.moves):
            return self.say("certainty_document.way.judged_otherwise", **values)
        if len(way.moves) == 1:
            return self.say(
                "certainty_document.way.one" if way.smallest else "certainty_document.way.one_perhaps_not_least",
                **values,
            )
        return self.say(
            "certainty_document.way.several" if way.smallest else "certainty_document.way.several_perhaps_not_least",
            **values,
        )

    def move(self, move: Move) -> str:
        values = {
            "figure": figure_name(move, self.language),
            "before": move.before_text,
            "after": move.after_text,
            "change": move.change_text,
        }
        if not move.change_text:
            return self.say("certainty_document.way.judged", **values)
        if move.keeps is None:
            return self.say("certainty_document.way.move", **values)
        return self.say("certainty_document.way.kept", keeps=move.keeps_text, **values)


def _about(relative: str) -> str:
    """A fraction as a percentage with one decimal, upwards, so that no change is told as none."""
    share = Fraction(relative)
    return percent(exact.divide(Decimal(share.numerator), Decimal(share.denominator), 3, "up"))
