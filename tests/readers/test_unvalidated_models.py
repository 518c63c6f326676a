"""Models made without validation are the same in every respect as those that validation makes."""

import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hyotei.readers import unvalidated_models
from hyotei.sheet.models import MISSING, Quantity, Source, YearPoint
from hyotei.sheet.notes import Notes
from tests.strategies_sheets import notes

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.decimals(-(10**9), 10**9, places=3)
units = st.none() | texts
years = st.none() | st.integers(1868, 2200)
lines = st.none() | st.integers(1, 9)


def assert_same(made: Quantity, checked: Quantity) -> None:
    assert made == checked
    assert hash(made) == hash(checked)
    assert repr(made) == repr(checked)
    assert made.model_dump() == checked.model_dump()
    assert made.model_dump_json() == checked.model_dump_json()
    for twin in (copy.copy(made), copy.deepcopy(made), made.model_copy(), pickle.loads(pickle.dumps(made))):
        assert type(twin) is Quantity
        assert twin == checked
        assert twin.model_dump_json() == checked.model_dump_json()
    assert Quantity.model_validate(made.model_dump()) == checked


@given(values, units, years, texts, units, lines, texts)
def test_a_stated_figure_is_as_validated(
    value: Decimal, unit: str | None, year: int | None, text: str, file: str | None, line: int | None, place: str
) -> None:
    """Equal, with the same hash and text, and alive after copying, pickling and dumping."""
    source = Source(text=text, file=file, line=line, place=place)
    checked = Quantity(value=value, unit=unit, fiscal_year=year, source=source)
    assert_same(unvalidated_models.stated(value, unit, year, text, file, line, place), checked)


@given(units, years, texts, texts, st.lists(notes, max_size=2).map(tuple), st.lists(texts, max_size=3).map(tuple))
def test_an_unknown_figure_is_as_validated(
    file: str | None, year: int | None, text: str, place: str, why: Notes, candidates: tuple[str, ...]
) -> None:
    """So is one with a reason instead of a value."""
    source = Source(text=text, file=file, place=place, reading="ambiguous", notes=why, candidates=candidates)
    checked = Quantity(unknown="missing", fiscal_year=year, source=source)
    made = unvalidated_models.figure(None, "missing", None, year, text, file, None, place, "ambiguous", why, candidates)
    assert_same(made, checked)


def test_figures_do_not_share_what_they_hold() -> None:
    """The pattern of which each is a copy stays as it was."""
    first = unvalidated_models.stated(Decimal(1), "円", 2015, "1", "a", 1, "p")
    second = unvalidated_models.stated(Decimal(2), None, None, "2", None, None, "q")
    assert (first.value, first.unit, first.fiscal_year) == (1, "円", 2015)
    assert second.source == Source(text="2", place="q")


def test_what_was_made_stays_as_it_is() -> None:
    """It is frozen like every model, and an attribute that does not exist is an error."""
    fields = {"fiscal_year": 2015, "target": MISSING, "actual": MISSING, "facts": (), "recorded": ()}
    made = unvalidated_models.make(YearPoint, fields)
    assert made == YearPoint(fiscal_year=2015)
    with pytest.raises(ValidationError):
        made.fiscal_year = 2016  # type: ignore[misc]  # that it cannot be set is what is tested
    with pytest.raises(AttributeError):
        made.absent  # type: ignore[attr-defined]  # noqa: B018  # that it is absent is what is tested
