"""What is added to a figure because of where and how it stands in a file."""

from hyotei.messages.notes import joined_notes
from hyotei.sheet.models import Quantity, Source


def noted(quantity: Quantity, note: str | None) -> Quantity:
    """The figure with a reason why it is not simply stated."""
    if note is None:
        return quantity
    source = quantity.source or Source(text="")
    notes = joined_notes(source.note, note)
    reading = "inferred" if source.reading == "stated" else source.reading
    return quantity.model_copy(update={"source": source.model_copy(update={"reading": reading, "note": notes})})
