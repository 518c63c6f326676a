"""The two results of a verdict in a line of text, as far as its rulebook decides them."""

from collections.abc import Collection
from typing import Final

from hyotei.messages import Language, Wording, wording

BOTH: Final = ("rating", "budget")


def result_name(output: str, say: Wording, title: str = "", subject: str = "") -> str:
    """What a result is called, with its unit: as its rulebook calls it, else by the words for rating and recommendation."""
    name = title or (say.one_of("common.result", output) if output in BOTH else output)
    return f"{name} {subject}".strip()


def result_words(rating: str | None, budget: str | None, language: Language, decided: Collection[str] = BOTH) -> str:
    """`評価区分 A、予算の方向 定まらない`; a result that the rulebook does not decide is left out.

    Args:
        rating: the rating; None where it stays undetermined.
        budget: the recommendation, likewise.
        language: of the words.
        decided: which of the results `rating` and `budget` the rulebook decides.
    """
    say = wording(language)
    values = {"rating": rating, "budget": budget}
    shown = (
        f"{say.one_of('common.result', name)} {values[name] or say('common.undetermined')}"
        for name in BOTH
        if name in decided
    )
    return say.listed(shown)
