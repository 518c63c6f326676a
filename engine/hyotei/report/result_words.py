"""The two results of a verdict in a line of text, as far as its rulebook decides them."""

from collections.abc import Collection
from typing import Final

from hyotei.messages import Language

BOTH: Final = ("rating", "budget")
_NAMES: Final = {"rating": ("評価区分", "rating"), "budget": ("予算の方向", "budget")}
UNDETERMINED: Final = ("定まらない", "undetermined")
NOT_DECIDED: Final = ("この評価基準書は判断しない", "not decided by this rulebook")


def result_words(rating: str | None, budget: str | None, language: Language, decided: Collection[str] = BOTH) -> str:
    """`評価区分 A、予算の方向 定まらない`; a result that the rulebook does not decide is left out.

    Args:
        rating: the rating; None where it stays undetermined.
        budget: the recommendation, likewise.
        language: of the words.
        decided: which of the results `rating` and `budget` the rulebook decides.
    """
    at = 1 if language == "en" else 0
    values = {"rating": rating, "budget": budget}
    shown = [f"{_NAMES[name][at]} {values[name] or UNDETERMINED[at]}" for name in BOTH if name in decided]
    return ("、", ", ")[at].join(shown)
