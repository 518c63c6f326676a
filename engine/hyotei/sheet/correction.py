"""A correction by a person: the figure or word has its new value, and its source keeps what is printed and what stood before.

A source is `corrected` where the value no longer agrees with what was read from the document. Its `text` stays as printed, and the
first of its `candidates` is the figure or word as it was read.
"""

from hyotei.sheet.models import Quantity, Source


def corrected_source(source: Source | None, before: str) -> Source:
    """The source of something that a person has changed; `before` is what stood there, as it is written on a sheet.

    What was first read stays, however often it is corrected.
    """
    if source is None:
        return Source(text="", reading="corrected", candidates=(before,))
    if source.reading == "corrected":
        return source
    others = tuple(each for each in source.candidates if each != before)
    return source.model_copy(update={"reading": "corrected", "candidates": (before, *others)})


def corrected(quantity: Quantity, source: Source | None, before: str) -> Quantity:
    """The figure of a person in place of one that was read from `source` as `before`."""
    return quantity.model_copy(update={"source": corrected_source(source, before)})


def before_correction(source: Source | None) -> str | None:
    """What stood there before a person corrected it; None where nobody has."""
    if source is None or source.reading != "corrected":
        return None
    return source.candidates[0] if source.candidates else source.text
