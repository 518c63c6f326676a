"""Coverage of a table whose numbers are known by hand, and cases that close what lacks."""

from decimal import Decimal
from pathlib import Path

from hyotei.inference.case_runs import run_case
from hyotei.inference.cases import read_cases
from hyotei.rulebook.values import Scalar
from hyotei.testing.coverage_text import coverage_data, coverage_lines
from hyotei.testing.generated_cases import WANTED, cases_yaml, new_cases, point_text
from hyotei.testing.input_columns import one_unit
from hyotei.testing.rulebook_coverage import Coverage, CoveragePoint, coverage, exercised
from hyotei.testing.seeded_sheets import some_sheets
from tests.testing.books import GRID, book

BOOK = book(GRID)
HALF = Decimal("0.5")


def measured(*given: tuple[str, int]) -> Coverage:
    """Coverage of the sheet table by these shares and sizes."""
    sheet, _ = one_unit(BOOK, "sheet")
    values: list[dict[tuple[str, str], Scalar]] = [
        {("share", "sheet"): Decimal(share), ("size", "sheet"): Decimal(size)} for share, size in given
    ]
    return coverage(BOOK, [exercised(BOOK, sheet, each) for each in values])


def numbers(found: Coverage) -> dict[str, tuple[int, int]]:
    counts = {}
    for kind in ("row", "cell", "side", "unknown"):
        shown, lacking = found.of(kind, "rating")
        counts[kind] = len(shown), len(shown) + len(lacking)
    return counts


def test_nothing_is_exercised_by_nothing() -> None:
    """Four rows, four cells, three sides of two boundaries, six reasons at the one input that can be unknown."""
    assert numbers(measured()) == {"row": (0, 4), "cell": (0, 4), "side": (0, 6), "unknown": (0, 6)}


def test_two_steps_that_differ_in_one_input() -> None:
    """They show that the size decides in row 2, stand on one boundary, and on and under the other."""
    found = measured(("0.5", 3), ("0.5", 2))
    assert numbers(found) == {"row": (2, 4), "cell": (1, 4), "side": (3, 6), "unknown": (0, 6)}
    assert found.shown(CoveragePoint("cell", "rating", 2, 1))
    assert not found.shown(CoveragePoint("cell", "rating", 2, 0))
    assert found.seen[CoveragePoint("side", "rating", 0, 0, HALF, "on")] == 2
    assert found.steps["rating", "fired"] == 2


def test_a_cell_that_failed_alone_decides_only_if_its_row_answers() -> None:
    """The first row's cell fails alone in every step, but the row never answered."""
    found = measured(("0.5", 3))
    assert found.seen[CoveragePoint("cell", "rating", 1, 0)] == 1
    assert not found.shown(CoveragePoint("cell", "rating", 1, 0))


def test_generated_cases_close_every_gap(tmp_path: Path) -> None:
    """Written, read back and run, they hold, are marked as not confirmed, and leave no row, cell or side."""
    found = measured(("0.5", 3))
    cases, rest = new_cases(BOOK, found, some_sheets, 60)
    assert not [point for point in rest if point.decision == "rating"]
    file = tmp_path / "cases.yaml"
    file.write_text(cases_yaml([case.data for case in cases], "# x\n"), encoding="utf-8")
    again, problems = read_cases(file, BOOK)
    assert not problems
    assert len(again) == len(cases)
    assert all(case.unconfirmed and not run_case(case, BOOK).problems for case in again)
    sheet, _ = one_unit(BOOK, "sheet")
    first = exercised(BOOK, sheet, {("share", "sheet"): HALF, ("size", "sheet"): Decimal(3)})
    closed = coverage(BOOK, [first, *(exercised(BOOK, case.sheet, case.given) for case in again)])
    assert not [point for point in closed.gaps if point.kind in WANTED and point not in rest]


def test_a_row_that_is_masked_gets_no_case() -> None:
    """Where no input lets a row answer, that is told, and nothing is made up."""
    masked = book(GRID.replace("| 3 | 50%以上 | - | B |", "| 3 | 60%以上 | 4以上 | B |"))
    sheet, _ = one_unit(masked, "sheet")
    _, rest = new_cases(masked, coverage(masked, [exercised(masked, sheet)]), some_sheets, 20)
    assert CoveragePoint("row", "rating", 3) in rest
    assert "行3" in point_text(CoveragePoint("row", "rating", 3), masked, "ja")


def test_coverage_is_told_as_a_table_and_as_data() -> None:
    """The table has a line for each decision and the total; the data the same numbers."""
    found = measured(("0.5", 3), ("0.5", 2))
    lines = [text for _, text in coverage_lines(found, "ja")]
    (line,) = (text for text in lines if text.strip().startswith("rating "))
    assert line.split()[-5:] == ["2/4", "1/4", "3/6", "0/6", "2"]
    data = coverage_data(found)
    tables = data["tables"]
    assert isinstance(tables, list)
    (table,) = (each for each in tables if each["decision"] == "rating")
    assert table["totals"]["cell"] == {"exercised": 1, "all": 4}
    assert {"column": 2, "at": "3", "under": 1, "on": 1, "over": 0} in table["boundaries"]
    assert any("boundary" in text for _, text in coverage_lines(found, "en"))
