"""Documents of no known form: no figure is wrong in silence, nearly all are read, and the others are listed."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.readers.drawn_documents import blocks_of
from hyotei.readers.form_cases import FormCase, named_figures, read_form_cases
from hyotei.readers.printed import read_form
from hyotei.sheet.models import Quantity, Sheet
from hyotei.sheet.quantity import read_quantity

NEEDS_A_FORM: Final = "様式が要る"
"""Cases whose figures no words of all forms can read; they must be listed."""
UNREAD: Final = frozenset(("HY252", "HY257", "HY267", "HY271", "HY842", "HY843", "HY845"))
FIGURE: Final = re.compile(r"(?<![0-9.,])[0-9][0-9,]*(?:\.[0-9]+)?(?![0-9.,])")
CELL: Final = re.compile(
    r"\| (?:[(（]暫定値[)）])?(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>％|%|回|件)?(?:（見込）)? (?=\|)"
)


@cache
def cases() -> tuple[FormCase, ...]:
    found, problems = read_form_cases(Path(__file__).with_name("unknown_forms.yaml"))
    assert problems == []
    return tuple(found)


def read(drawn: str) -> tuple[list[Sheet], list[Diagnostic]]:
    found = list(read_form(blocks_of(drawn), "document"))
    return [each.sheet for each in found if each.sheet is not None], [each for one in found for each in one.problems]


def meaning(quantity: Quantity) -> tuple[object, ...]:
    """A figure whatever it is counted in: 3,188 in 万人 is 31,880,000 in 人."""
    unit, value = quantity.unit, quantity.value
    for prefix, factor in (("万", 10_000), ("千", 1_000)):
        if unit is not None and value is not None and unit.startswith(prefix):
            unit, value = unit.removeprefix(prefix), value * factor
    return value, unit, quantity.unknown, quantity.low, quantity.high


def value_of(text: str) -> Decimal | None:
    return read_quantity(text)[0].value


def compared(
    case: FormCase, drawn: str, changed: Callable[[str], str] = str
) -> tuple[int, list[str], list[str], list[Diagnostic]]:
    """How many figures are right, which are read otherwise than they are printed, which are not read, and what was told."""
    sheets, told = read(drawn)
    right, wrong, unread = 0, [], []
    for position, expected in enumerate(case.expected):
        figures = dict(named_figures(sheets[position])) if position < len(sheets) else {}
        for name, (text, _) in expected.figures.items():
            wanted, got = read_quantity(changed(text))[0], figures.pop(name, None)
            if got is None or (got.source is not None and got.source.reading == "ambiguous"):
                unread.append(name)
            elif meaning(got) == meaning(wanted):
                right += 1
            else:
                wrong.append(name)
        wrong += [name for name, got in figures.items() if got.value is not None]
    return right, wrong, unread, told


def test_nothing_is_wrong_and_nearly_all_is_read() -> None:
    whole = found = 0
    for case in cases():
        assert case.drawn is not None
        right, wrong, unread, told = compared(case, case.drawn)
        assert wrong == [], case.name
        assert not unread or UNREAD & {problem.code for problem in told}, case.name
        if not case.name.startswith(NEEDS_A_FORM):
            whole += right + len(unread)
            found += right
    assert found >= 0.95 * whole, (found, whole)


@pytest.mark.parametrize("name", ["title", "fiscal_year", "number"])
def test_sheets_are_told_apart_and_named(name: str) -> None:
    for case in cases():
        if case.drawn is None or case.name.startswith(NEEDS_A_FORM):
            continue
        sheets, _ = read(case.drawn)
        assert len(sheets) == len(case.expected), case.name
        for sheet, expected in zip(sheets, case.expected, strict=True):
            if name in expected.texts:
                assert str(getattr(sheet, name)) == expected.texts[name][0], case.name


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_other_figures_in_the_same_places_are_read_from_there(data: st.DataObject) -> None:
    """What is read depends on where a figure stands, and never on which figure it is."""
    case = data.draw(st.sampled_from([each for each in cases() if not each.name.startswith(NEEDS_A_FORM)]))
    assert case.drawn is not None
    values = list(dict.fromkeys(value_of(match["figure"]) for match in CELL.finditer(case.drawn)))
    others = data.draw(st.lists(st.integers(2, 999), min_size=len(values), max_size=len(values), unique=True))
    new = dict(zip(values, map(str, others), strict=True))
    drawn = CELL.sub(
        lambda match: match.group().replace(match["figure"], new[value_of(match["figure"])], 1), case.drawn
    )

    def changed(text: str) -> str:
        return FIGURE.sub(lambda match: new.get(value_of(match.group()), match.group()), text, count=1)

    before, _, unread_before, _ = compared(case, case.drawn)
    after, wrong, unread, _ = compared(case, drawn, changed)
    assert (after, wrong, unread) == (before, [], unread_before)


def test_a_label_with_words_over_all_columns_of_figures_is_no_indicator() -> None:
    """総合評価 and its reason below the table became indicators without values, and no rulebook could rate the sheet."""
    case = next(each for each in cases() if "総合評価と理由が指標の表の続き" in each.name)
    assert case.drawn is not None
    sheets, told = read(case.drawn)
    assert [each.name for each in sheets[0].indicators] == ["利用児童数"]
    assert {"総合評価", "評価の理由"} <= {str(each.params["text"]) for each in told if each.code == "HY842"}
