"""The words for a direction that was inferred: which way, from what, what speaks against it, and the reservation that follows."""

from hyotei.messages import InEach, Listed, Phrase, phrase, phrase_of
from hyotei.sheet import Measure, Quantity
from hyotei.sheet.direction import DirectionReading
from hyotei.verdict.doubt import Doubt
from hyotei.verdict.steps import printed


def ground(reading: DirectionReading, measure: Measure) -> Phrase:
    """From what a direction that is not stated was inferred."""
    return phrase_of("verdict.ground", reading.reason, qualifier=measure.target.qualifier or "")


def speaks_against(reading: DirectionReading) -> Phrase:
    """That something on the sheet speaks for the other way; a sentence without its point."""
    signs = tuple(phrase_of("verdict.sign", each) for each in reading.against)
    return phrase("verdict.speaks_otherwise", signs=Listed(signs, "common.list.and"), count=len(signs))


def direction_doubt(reading: DirectionReading, measure: Measure) -> Doubt | None:
    """Why what rests on a direction may be no fault: it was assumed, or other signs contradict it. None where it is sure.

    The second names target and actual, because a person decides by them which way the measure is meant.
    """
    if reading.direction is None or reading.reading == "stated":
        return None
    taken = phrase_of("verdict.doubt", reading.direction)
    values = {"direction": str(reading.direction), "reason": str(reading.reason)}
    if reading.reason == "assumed":
        return Doubt("direction_assumed", values, taken)
    if not reading.against:
        return None
    said = phrase(
        "verdict.doubtful.contested",
        taken=taken,
        ground=ground(reading, measure),
        against=speaks_against(reading),
        target=_figure(measure.target),
        actual=_figure(measure.actual),
    )
    return Doubt("direction_contested", {**values, "against": " ".join(reading.against)}, said)


def _figure(quantity: Quantity) -> InEach:
    return InEach(printed(quantity, "ja"), printed(quantity, "en"))
