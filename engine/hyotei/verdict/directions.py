"""The words for a direction that was inferred: which way, from what, what speaks against it, and the reservation that follows."""

from typing import Final

from hyotei.messages import Language
from hyotei.sheet import Measure
from hyotei.sheet.direction import DirectionReading
from hyotei.sheet.models import Direction
from hyotei.verdict.steps import printed

DIRECTIONS: Final = {
    "increase": ("増加", "increase"),
    "decrease": ("減少", "decrease"),
    "maintain": ("維持", "maintenance"),
}
_GROUNDS: Final = {
    "qualifier": ("目標値に「{}」とある", "the target says {}"),
    "wording": ("指標の言葉による", "from the words of the indicator"),
    "baseline": ("基準値から目標値への向きによる", "from the way from baseline to target"),
    "assumed": ("ほかに手掛かりがない", "nothing else tells"),
}
_AGAINST: Final = {
    "qualifier": ("目標値の限定", "the qualifier of the target"),
    "wording": ("指標の言葉", "the wording of the indicator"),
    "baseline": ("基準値から目標値への向き", "the way from baseline to target"),
}
_ASSUMED: Final[dict[Direction, tuple[str, str]]] = {
    "increase": (
        "改善の向きは記載がなく、増加とみなした",
        "no direction is stated; more is taken to be better",
    ),
    "decrease": (
        "改善の向きは記載がなく、減少とみなした",
        "no direction is stated; less is taken to be better",
    ),
    "maintain": (
        "改善の向きは記載がなく、維持とみなした",
        "no direction is stated; staying the same is taken to be better",
    ),
}


def ground(reading: DirectionReading, measure: Measure, language: Language) -> str:
    """From what a direction that is not stated was inferred."""
    ja, en = _GROUNDS[reading.reason]
    return (ja if language == "ja" else en).format(measure.target.qualifier or "")


def speaks_against(reading: DirectionReading, language: Language) -> str:
    """That something on the sheet speaks for the other way; a sentence without its point."""
    grounds = [_AGAINST[each][0 if language == "ja" else 1] for each in reading.against]
    if language == "ja":
        return f"{'と'.join(grounds)}は逆を示す"
    return f"{' and '.join(grounds)} {'says' if len(grounds) == 1 else 'say'} otherwise"


def direction_doubt(reading: DirectionReading, measure: Measure, language: Language) -> str | None:
    """Why what rests on a direction may be no fault: it was assumed, or other signs contradict it. None where it is sure.

    The second names target and actual, because a person decides by them which way the measure is meant.
    """
    if reading.direction is None or reading.reading == "stated":
        return None
    taken = _ASSUMED[reading.direction][0 if language == "ja" else 1]
    if reading.reason == "assumed":
        return taken
    if not reading.against:
        return None
    why, against = ground(reading, measure, language), speaks_against(reading, language)
    target, actual = (printed(each, language) for each in (measure.target, measure.actual))
    if language == "ja":
        return f"{taken}（{why}）が、{against}（目標値 {target}、実績値 {actual}）"
    return f"{taken} ({why}), but {against} (target {target}, actual {actual})"
