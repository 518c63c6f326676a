"""Cells looked up against their columns: every spelling of an interval, scales with and without order, what must not be mixed."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Row, Table
from hyotei.rulebook.reference import evaluate
from tests.rulebook.small import SHEET, rulebook, table
from tests.rulebook_writing.words import BOUNDARIES, widened
from tests.strategies import HALF, STEP, cells

ENDS = (Decimal(-3), Decimal("0.5"), Decimal(4), Decimal(43), Decimal("43.5"), Decimal(100))


def check_of(column: str, cell: str) -> t.Check:
    """The check that a cell becomes in a column of a sheet's table."""
    return row_of(column, cell).checks[0]


def row_of(column: str, cell: str) -> Row:
    body = rulebook(table(f"| F | `{column}` | **x** |\n| 1 | {cell} | 1 |")).by_name["x"].body
    assert isinstance(body, Table)
    return body.rows[0]


def holds(value: Decimal, cell: str) -> bool:
    """Whether the cell holds for the value, by the reference."""
    rows = f"| F | `0 + {value}` | **x** |\n| 1 | {cell} | true |\n| 2 | - | false |"
    return evaluate(rulebook(table(rows)), SHEET).value("x") is True


def spellings(low: Decimal | None, low_closed: bool, high: Decimal | None, high_closed: bool) -> list[str]:
    """Many ways to write one interval."""
    if low is None or high is None:
        end, comparator = (high, "<=" if high_closed else "<") if low is None else (low, ">=" if low_closed else ">")
        japanese = [f"{end}{word}" for word in BOUNDARIES[comparator]]
        return [f"{comparator} {end}", f"{comparator}{end}", *japanese, *(widened(each) for each in japanese)]
    brackets = [
        opening + f"{low}..{high}" + closing
        for opening, closing in product("[" if low_closed else "(]", "]" if high_closed else ")[")
    ]
    words = [
        f"{low}{first}{high}{second}"
        for first, second in product(BOUNDARIES[">=" if low_closed else ">"], BOUNDARIES["<=" if high_closed else "<"])
    ]
    tildes = [f"{low}{tilde}{high}" for tilde in "~～〜"] if low_closed and high_closed else []
    return [*brackets, *words, *tildes, *(widened(each) for each in (*brackets, *words))]


@given(data=st.data())
def test_every_spelling_of_an_interval_means_the_interval(data: st.DataObject) -> None:
    """On, just under and just over its ends, an interval holds exactly where it should, however it is written."""
    low, high = sorted(data.draw(st.lists(st.sampled_from(ENDS), min_size=2, max_size=2, unique=True)))
    closed = data.draw(st.tuples(st.booleans(), st.booleans()))
    ends = data.draw(st.sampled_from([(low, high), (None, high), (low, None)]))
    cell = data.draw(st.sampled_from(spellings(ends[0], closed[0], ends[1], closed[1])))
    value = data.draw(st.sampled_from([end + step for end in (low, high) for step in (-STEP, Decimal(0), STEP)]))
    above = ends[0] is None or value > ends[0] or (closed[0] and value == ends[0])
    below = ends[1] is None or value < ends[1] or (closed[1] and value == ends[1])
    assert holds(value, cell) == (above and below)
    assert holds(value, f"not({cell})") != (above and below)
    assert holds(value, f"{cell}以外") != (above and below)


@HALF
@given(data=st.data())
def test_one_of_a_list_is_enough(data: st.DataObject) -> None:
    """A list holds where one of its tests does, and its negation where none does."""
    parts = data.draw(
        st.lists(st.sampled_from(["0.5件", "4以上43未満", "< -3件", "(43..100]", "4回"]), min_size=2, max_size=3)
    )
    value = data.draw(st.sampled_from([end + step for end in ENDS for step in (-STEP, Decimal(0), STEP)]))
    expected = any(holds(value, part) for part in parts)
    for comma in (", ", "、", "・", "または", " or ", "、又は"):
        assert holds(value, comma.join(parts)) == expected
    assert holds(value, f"not({', '.join(parts)})") != expected


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("recorded.rating", "B以上", "A, B"),
        ("recorded.rating", "B超", "A"),
        ("recorded.rating", "< A", "B, C"),
        ("recorded.rating", "[C..B]", "B, C"),
        ("recorded.rating", "Ａ", "A"),
        ("recorded.rating", "!= A", "not(A)"),
        ("recorded.rating", "A、B以外", "not(A, B)"),
        ("count(measures)", "5回", "5"),
        ("count(measures)", "= 5", "5"),
        ("count(measures)", "1,000件以上", ">= 1000"),
        ("1 / 2 * 100%", "8割以上", "80%以上"),
        ("1 / 2 * 100%", "1.5倍", "150%"),
        ("budget_years[1].total", "12千円", "12,000円"),
        ("budget_years[1].total", "1億2千万円以下", "<= 120百万円"),
        ("fiscal_year", "平成24年度", "2012"),
        ("fiscal_year", "H24", "FY2012"),
        ("title", '"a"', '= "a"'),
        ("1 < 2", "true", "not(false)"),
    ],
)
def test_two_cells_of_one_meaning(column: str, one: str, other: str) -> None:
    """Cells of one meaning accept the same values of their column."""
    first, second = (check_of(column, cell) for cell in (one, other))
    assert first == second or accepted(first) == accepted(second)


def accepted(check: t.Check) -> set[object]:
    """The values that a cell of a scale or of truths lets through."""
    named = {value for test in check.tests if isinstance(test, t.OneOf) for value in test.values}
    assert named, "a column of numbers is compared by its tests"
    everything: set[object] = {True, False} if named <= {True, False} else {"A", "B", "C"}
    return everything - named if check.negated else set(named)


def test_text_in_backticks_is_kept_as_written() -> None:
    """Within an expression of a cell, as beside it, a text keeps its width."""
    assert check_of("title", '"Ａ型"') == t.Check((t.OneOf(("Ａ型",)),))
    assert check_of("title", '`"Ａ型"`') == t.Check((t.OneOf(("Ａ型",)),))


@pytest.mark.parametrize("value", ["S+", "A'", "5", "R6", "達成", "以下", "上位10%", "1-2", "H"])
def test_any_value_of_a_scale_can_be_written(value: str) -> None:
    """Values with signs, digits or words of the language in them are written in cells, outputs and expressions as they are."""
    head = f"""---
rulebook: odd
title: 尺度
authority: 総務省
standing: draft
fiscal_years: 2012
scales:
  rating: ["{value}", "ほか"]
---
"""
    rows = f"| F | `recorded.rating` | **rating** |\n| 1 | {value} | {value} |\n| 2 | not({value}) | ほか |"
    number = "| F | `50% + 5%` | **y** |\n| 1 | 10%以上 | 1 |\n| 2 | 5%以下 | 15 |"
    book = rulebook(table(rows), table(number, "y"), f"# z `z` — for the sheet\n\n    x = {value}\n", head=head)
    sheet = SHEET.model_copy(update={"recorded": SHEET.recorded.model_copy(update={"rating": value})})
    found = evaluate(book, sheet)
    assert (found.value("x"), found.value("y"), found.value("z")) == (value, Decimal(1), True)


@pytest.mark.parametrize("cell", ["--5", "--5以上", "1~--5"])
def test_two_signs_are_no_number(cell: str) -> None:
    """A doubled minus is a slip, not the opposite of the opposite."""
    with pytest.raises(HyoteiError, match="HY417"):
        check_of("count(measures)", cell)


@given(cells())
def test_cell_of_the_wrong_column_is_told_and_no_more(cell: str) -> None:
    """Any cell in any column is looked up or told; nothing else happens."""
    for column in ("title", "recorded.rating", "count(measures)", "1 / 2 * 100%", "1 < 2", "fiscal_year"):
        told: tuple[Diagnostic, ...] = ()
        try:
            check_of(column, cell.replace("|", "\\|"))
        except HyoteiError as error:
            told = error.diagnostics
        assert all(problem.code[:3] in ("HY4", "HY5") for problem in told)
