"""What is added to a figure because of where and how it stands in a file."""

from hyotei.sheet.models import Quantity, Source
from hyotei.sheet.notes import Notes, joined_notes


def noted(quantity: Quantity, notes: Notes) -> Quantity:
    """The figure with the reasons why it is not simply stated."""
    if not notes:
        return quantity
    source = quantity.source or Source(text="")
    notes = joined_notes(source.notes, notes)
    reading = "inferred" if source.reading == "stated" else source.reading
    return quantity.model_copy(update={"source": source.model_copy(update={"reading": reading, "notes": notes})})
