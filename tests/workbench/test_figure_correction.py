"""Figures that a person types: what was read stays beside them, and nothing is guessed."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from hyotei.messages import HyoteiError
from hyotei.report.figure_places import FigurePlace, figure_places
from hyotei.sheet.models import Quantity, Sheet
from hyotei.sheet.quantity import print_quantity
from hyotei.workbench.figure_correction import path_text, place_of, with_figure
from tests.strategies_sheets import sheets

ACTUAL = "objectives/0/indicators/0/measures/0/actual"


def at(sheet: Sheet, path: str) -> Quantity:
    place = place_of(sheet, path)
    assert place is not None
    return place.quantity


def typed(sheet: Sheet, path: str, text: str) -> Sheet:
    place = place_of(sheet, path)
    assert place is not None
    changed = with_figure(sheet, place, text)
    assert changed is not None
    return changed


def test_what_was_read_stays_beside_the_correction(seed: Sheet) -> None:
    before = at(seed, ACTUAL)
    once = typed(seed, ACTUAL, "4回")
    now = at(once, ACTUAL)
    assert (now.value, now.unit, now.fiscal_year) == (Decimal(4), "回", before.fiscal_year)
    assert now.source is not None
    assert before.source is not None
    assert (now.source.reading, now.source.text) == ("corrected", before.source.text)
    assert now.source.candidates[0] == print_quantity(before)
    # Corrected again, what was first read stays; taken back, it is no correction.
    twice = at(typed(once, ACTUAL, "５回"), ACTUAL)
    assert twice.source == now.source
    back = at(typed(once, ACTUAL, print_quantity(before)), ACTUAL)
    assert back.source is not None
    assert (back.value, back.source.reading) == (before.value, "stated")


def test_one_figure_changes_and_nothing_else(seed: Sheet) -> None:
    changed = typed(seed, ACTUAL, "4回")
    moved = [
        path_text(one)
        for one, other in zip(figure_places(seed, "ja"), figure_places(changed, "ja"), strict=True)
        if one.quantity != other.quantity
    ]
    assert moved == [ACTUAL]


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        (ACTUAL, "4", "HY011"),
        (ACTUAL, "　", "HY048"),
        (ACTUAL, "1回か2回か3", "HY010"),
        (ACTUAL, "lO回", "HY038"),
        (ACTUAL, "たくさん", "HY038"),
        ("budget_years/0/total", "不明", "HY038"),
        ("budget_years/0/total", "500", "HY011"),
        ("budget_years/0/total", "500人", "HY011"),
        ("budget_years/0/stated_rate", "0.9", "HY011"),
    ],
)
def test_a_unit_is_not_guessed_and_what_is_no_figure_is_refused(seed: Sheet, path: str, text: str, code: str) -> None:
    place = place_of(seed, path)
    assert place is not None
    with pytest.raises(HyoteiError) as told:
        with_figure(seed, place, text)
    assert [each.code for each in told.value.diagnostics] == [code]


def test_unknown_is_a_value_to_type_and_never_zero(seed: Sheet) -> None:
    assert at(typed(seed, ACTUAL, "集計中"), ACTUAL).unknown == "unsettled"
    assert at(typed(seed, ACTUAL, "定性的"), ACTUAL).unknown == "qualitative"
    missing = typed(seed, ACTUAL, "―")
    assert (at(missing, ACTUAL).value, at(missing, ACTUAL).unknown) == (None, "missing")
    place = place_of(missing, ACTUAL)
    assert place is not None
    assert with_figure(missing, place, "") is None


def test_a_figure_that_was_not_read_is_not_missing_because_its_field_is_empty(seed: Sheet) -> None:
    place = place_of(seed, ACTUAL)
    assert place is not None
    unread = replace(place, quantity=Quantity(unknown="unread"))
    with pytest.raises(HyoteiError) as told:
        with_figure(seed, unread, "")
    assert [each.code for each in told.value.diagnostics] == ["HY048"]


def test_what_is_not_known_yet_is_offered_in_the_word_of_its_source(seed: Sheet, database: Path) -> None:
    from hyotei.workbench.read_figures import read_figures

    listed = [each for group in read_figures(seed, [], "ja").values() for each in group]
    waits = [each for each in listed if each.printed == "未確定"]
    assert [each.text for each in waits] == ["未確定", "未確定"]
    for each in waits:
        place = place_of(seed, each.path)
        assert place is not None
        assert with_figure(seed, place, each.text) is None


@given(sheets())
def test_every_figure_has_a_place_of_its_own_and_typing_what_stands_there_changes_nothing(sheet: Sheet) -> None:
    places = list(figure_places(sheet, "ja"))
    assert len({path_text(each) for each in places}) == len(places)
    assert [path_text(each) for each in figure_places(sheet, "en")] == [path_text(each) for each in places]
    for place in places:
        assert at(sheet, path_text(place)) == place.quantity
        if place.quantity.unknown not in ("unread", "missing"):
            if _in_a_foreign_unit(place):
                with pytest.raises(HyoteiError):
                    with_figure(sheet, place, print_quantity(place.quantity))
            else:
                assert with_figure(sheet, place, print_quantity(place.quantity)) is None


def _in_a_foreign_unit(place: FigurePlace) -> bool:
    """Whether an amount is in another unit than yen, or a share in another than percent, which nobody can type."""
    kind = place.row.kind
    figure = place.quantity.value is not None or place.quantity.low is not None
    return figure and kind in ("money", "ratio") and place.quantity.unit != {"money": "円", "ratio": "%"}[kind]
