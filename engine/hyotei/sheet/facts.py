"""What a fact states whatever its type: its words in one spelling, and the fiscal year that they name."""

from collections.abc import Iterable

from hyotei.base.text_folding import folded
from hyotei.messages import Location
from hyotei.sheet.fiscal_year import NOWHERE, read_fiscal_year
from hyotei.sheet.models import MISSING, Fact, Quantity
from hyotei.sheet.quantity import read_quantity


def word_of(text: str) -> str:
    """The words of a fact in one spelling, half or full width: what is held against the values of a scale.

    >>> word_of("　Ａ ") == word_of("A")
    True
    """
    return " ".join(folded(text).split())


def year_of(text: str) -> int | None:
    """The fiscal year that a text names by itself, as a Western year; None where it names none or leaves the era open."""
    found, _ = read_fiscal_year(text)
    return None if found is None else found.year


def figure_in(
    text: str,
    *,
    year_hint: int | None = None,
    default_unit: str | None = None,
    location: Location = NOWHERE,
    place: str | None = None,
) -> Quantity:
    """The figure in the text of a fact, with where it was read; see `read_quantity` for the arguments.

    Whether the text had to be a figure is known where its type is, so that a text is none is no doubt about its reading.
    """
    if not text:
        return MISSING
    found, _ = read_quantity(
        text, year_hint=year_hint, default_unit=default_unit, location=location, place=place
    )  # fmt: skip
    if found.value is not None or found.low is not None or found.source is None:
        return found
    plain = found.source.model_copy(update={"reading": "stated", "note": None, "notes": (), "candidates": ()})
    return found.model_copy(update={"source": plain})


def fact_of(facts: Iterable[Fact], name: str) -> Fact | None:
    """The fact of a name, if it is stated."""
    return next((fact for fact in facts if fact.name == name), None)
