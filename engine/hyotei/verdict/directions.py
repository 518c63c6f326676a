"""The words for a direction that was inferred: which way, from what, what speaks against it, and the reservation that follows."""

from hyotei.messages import Language, wording
from hyotei.sheet import Measure
from hyotei.sheet.direction import DirectionReading
from hyotei.verdict.steps import printed


def ground(reading: DirectionReading, measure: Measure, language: Language) -> str:
    """From what a direction that is not stated was inferred."""
    return wording(language).one_of("verdict.ground", reading.reason, qualifier=measure.target.qualifier or "")


def speaks_against(reading: DirectionReading, language: Language) -> str:
    """That something on the sheet speaks for the other way; a sentence without its point."""
    say = wording(language)
    signs = [say.one_of("verdict.sign", each) for each in reading.against]
    return say("verdict.speaks_otherwise", signs=say.listed(signs, "common.list.and"), count=len(signs))


def direction_doubt(reading: DirectionReading, measure: Measure, language: Language) -> str | None:
    """Why what rests on a direction may be no fault: it was assumed, or other signs contradict it. None where it is sure.

    The second names target and actual, because a person decides by them which way the measure is meant.
    """
    if reading.direction is None or reading.reading == "stated":
        return None
    say = wording(language)
    taken = say.one_of("verdict.doubt", reading.direction)
    if reading.reason == "assumed":
        return taken
    if not reading.against:
        return None
    return say(
        "verdict.doubtful.contested",
        taken=taken,
        ground=ground(reading, measure, language),
        against=speaks_against(reading, language),
        target=printed(measure.target, language),
        actual=printed(measure.actual, language),
    )
