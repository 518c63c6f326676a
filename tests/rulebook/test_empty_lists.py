"""`all` of nothing is true: a row or formula that answers for that reason alone is told, and no other."""

from itertools import product

import pytest

from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Unknown
from tests.rulebook.small import SHEET, formula, rulebook, table

MET = formula("actual >= target", "met", "measure")
NOTHING = SHEET.model_copy(update={"objectives": ()})
COLUMNS = {
    "count(measures)": ("0", "1以上", "-"),
    "any(measures.met)": ("true", "false", "-"),
    "count(measures[met]) / count(measures)": ("unknown", "50%以上", "-"),
    "measures[1].met": ("unknown(missing)", "true", "-"),
    "count(measures) = 0 or all(measures.met)": ("true", "false", "-"),
}


def told(book: Rulebook) -> list[str]:
    """The rows, or formulas by their heading, that are told."""
    places = [each.location for each in book.warnings if each.code == "HY575"]
    return [place.row or str(place.heading) for place in places]


@pytest.mark.parametrize("other", COLUMNS)
def test_what_is_told_is_what_a_sheet_without_units_brings_about(other: str) -> None:
    """The row that answers such a sheet is told just where it asks whether all are met, and says something."""
    cells = COLUMNS[other]
    for first, second, mets in product(cells, cells, product(("true", "false", "-"), repeat=2)):
        for says in ("A", "unknown"):
            book = rulebook(
                MET,
                table(
                    f"""
                    | F | `all(measures.met)` | `{other}` | **rating** |
                    | 1 | {mets[0]} | {first}  | {says} |
                    | 2 | {mets[1]} | {second} | B |
                    | 3 | - | - | C |
                    """,
                    "rating",
                ),
            )
            step = evaluate(book, NOTHING).steps["rating", "sheet"]
            (fired,) = step.rows if step.outcome == "fired" else (3,)
            asks = {1: mets[0], 2: mets[1], 3: "-"}[fired] != "-"
            expected = [str(fired)] if asks and not isinstance(step.outputs[0], Unknown) else []
            assert told(book) == expected, book.by_name["rating"].body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all(measures.met)", True),
        ("all(measures[met != unknown].met)", True),
        ("all(objectives.measures.met)", True),
        ("all(objectives.claim = achieved)", True),
        ("not(all(measures.met))", False),
        ("count(measures) > 0 and all(measures.met)", False),
        ("all(measures.met) and count(measures) >= 1", False),
        ("count(objectives) > 0 and all(measures.met)", False),
        ("any(measures.met) and all(measures.met)", False),
        ("if count(measures) = 0 then unknown else all(measures.met)", False),
        ("if all(measures.met) then 5 else 0", True),
        ("if all(measures.met) then 5 else 5", False),
        ("all(1 = 1, fiscal_year > 2000)", False),
        ("count(measures[met]) / count(measures) > 50% and all(measures.met)", False),
        ("measures[1].met and all(measures.met)", False),
    ],
)
def test_formulas(text: str, expected: bool) -> None:
    """A formula is told where it is true, or another value, only because there is nothing."""
    assert bool(told(rulebook(MET, formula(text)))) is expected


def test_a_formula_is_told_where_it_decides() -> None:
    """A formula that a table reads is told at the row that it lets answer, or not at all where the table guards it."""
    every = formula("all(measures.met)", "every")
    row = "| F | `every` | **rating** |\n| 1 | true | A |\n| 2 | - | B |"
    guarded = (
        "| F | `count(measures)` | `every` | **rating** |\n| 1 | 0 | - | C |\n| 2 | - | true | A |\n| 3 | - | - | B |"
    )
    assert told(rulebook(MET, every, table(row, "rating"))) == ["1"]
    assert told(rulebook(MET, every, table(guarded, "rating"))) == []


def test_an_indicator_always_has_measures() -> None:
    """A list that cannot be empty is no trap; that of an objective can be."""
    assert told(rulebook(MET, formula("all(measures.met)", "x", "indicator"))) == []
    assert told(rulebook(MET, formula("all(measures.met)", "x", "objective"))) == ["x"]


def test_a_long_chain_is_no_difficulty() -> None:
    """Formulas that rest on each other are worked out one after the other."""
    chain = [formula("all(measures.met)", "d0"), *(formula(f"d{n - 1} and true", f"d{n}") for n in range(1, 400))]
    assert told(rulebook(MET, *chain)) == ["d399"]
