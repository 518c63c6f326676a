"""Steps read back from the tables of a run: those of the reference, of whichever sheet, and how often each value occurs."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from hyotei.columnar.engines import engine
from hyotei.columnar.rated_sheets import Rater
from hyotei.corpus.corpus import Corpus
from hyotei.corpus.stored_rows import StoredRows
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet
from tests.interpreters import exactly
from tests.rulebook.small import SHEET, formula, rulebook, table

BOOK = rulebook(
    formula("actual / target", "q", "measure"),
    table("| F | `q` | **r** |\n| 1 | 50%以上 | 1 |\n| 2 | unknown | 0 |\n| 3 | - | 2 |", "r", "measure"),
    formula("min(measures.q)", "least"),
)
"""A quotient that no column tells exactly, so that its steps are read from the sheet."""


def of_measures(key: str, *figures: tuple[int, int]) -> Sheet:
    measures = tuple(
        Measure(target=Quantity(value=Decimal(target)), actual=Quantity(value=Decimal(actual)), direction="increase")
        for actual, target in figures
    )
    objective = Objective(name="目標", indicators=(Indicator(name="指標", measures=measures),))
    return SHEET.model_copy(update={"id": key, "objectives": (objective,)})


SHEETS = [of_measures("a", (1, 3), (2, 3)), of_measures("b", (1, 7)), of_measures("c", (4, 3), (1, 3), (5, 0))]


@pytest.mark.parametrize("apart", [set(), {1}])
def test_steps_and_counts_are_those_of_the_reference(tmp_path: Path, apart: set[int]) -> None:
    """Sheet after sheet and back again; the counts leave out what is rated apart."""
    with Corpus.from_sheets(SHEETS, tmp_path / "corpus") as corpus:
        rated = Rater(BOOK, engine("duckdb")).rate(StoredRows(corpus, corpus.parts))
        expected = [evaluate(BOOK, sheet) for sheet in SHEETS]
        for number in (0, 1, 2, 0):
            found = rated.derivation(number)
            told = {key: found.steps[key] for key in expected[number].steps}
            assert exactly(Derivation(told)) == exactly(expected[number])
        counted = Counter(dict(rated.counts("r", apart)))
        steps = [step for number, each in enumerate(expected) if number not in apart for step in each.steps.values()]
        assert counted == Counter(step.outputs[0] for step in steps if step.decision == "r")
