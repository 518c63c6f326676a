"""What one cell holds where its width breaks what belongs together."""

import pytest

from hyotei.readers.evaluation_text.text_lines import TextLine
from hyotei.readers.printed.form_cells import cells_of


def lines(text: str) -> tuple[TextLine, ...]:
    return tuple(TextLine(number, each, " ".join(each.split())) for number, each in enumerate(text.split("\n"), 1))


@pytest.mark.parametrize(
    ("text", "figure", "year"),
    [
        ("392団体\n【22\n年度】", "392団体", 2010),
        ("946件【8年度\n】", "946件", 1996),
        ("392団\n体\n【22年度】", "392団体", 2010),
        ("集計中\n【29年\n度】", "集計中", 2017),
        ("23件以\n上【29年度】", "23件以上", 2017),
    ],
)
def test_what_the_width_breaks_is_one(text: str, figure: str, year: int) -> None:
    """A year broken within its brackets, and a unit broken between its characters."""
    (cell,) = cells_of(lines(text), 2017 if year > 2000 else 1996)
    assert ([item.text for item in cell.items], cell.year) == ([figure], year)


def test_labels_broken_within_their_brackets_stay_with_their_figures() -> None:
    """Several measures of a narrow cell keep their labels."""
    (cell,) = cells_of(lines("・436回（新\n規分）\n・307回（国\n外）\n【7年度】"), 2025)
    assert [(item.text, item.label) for item in cell.items] == [("436回", "新規分"), ("307回", "国外")]
    assert cell.year == 2025


def test_two_figures_below_each_other_are_two() -> None:
    """Digits are never joined: 12 above 34 may be two figures as well as one."""
    assert len(cells_of(lines("12件\n34件"), 2017)) == 2
