"""One engine for many sheets and threads: edits go live, nothing leaks, and nothing that ran before shows."""

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.compiler.kept_by_rulebook import KEPT
from hyotei.inference import column_encoding, program
from hyotei.inference.engine import Engine, derive, engine_for
from hyotei.messages import HyoteiError
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Dated, Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Sheet
from tests.interpreters import exactly
from tests.rulebook.small import SHEET, formula, rulebook, table
from tests.strategies import HALF, rulebooks, sheets

RATE = formula("actual / target", "rate", "measure")
RESULT = "| F | `rate` | **x** |\n| 1 | {}%以上 | 1 |\n| 2 | unknown | unknown |\n| 3 | - | 2 |"


def edited(percent: int) -> Rulebook:
    """A rulebook whose one threshold is edited."""
    return rulebook(RATE, table(RESULT.format(percent), "x", "measure"))


def rows(derivation: Derivation) -> list[tuple[int, ...]]:
    return [step.rows for key, step in derivation.steps.items() if key[0] == "x"]


def test_edited_rulebook_goes_live_at_once() -> None:
    """Each edit answers by itself, and an older one still gives its own answer."""
    for percent, expected in ((75, (1,)), (76, (3,)), (75, (1,)), (10, (1,))):
        assert rows(derive(edited(percent), SHEET))[1] == expected


def test_edits_do_not_leak() -> None:
    """Hundreds of edits, each registered, used and replaced, leave memory where it was."""
    process = psutil.Process()

    def edit(first: int, last: int) -> int:
        for percent in range(first, last):
            derive(edited(percent), SHEET)
        gc.collect()
        return int(process.memory_info().rss)

    settled = edit(1, 60)
    assert edit(60, 360) - settled < 6 * 2**20


def test_engine_is_kept_for_the_same_meaning() -> None:
    """One engine serves all readings of one meaning; of many rulebooks the latest few are kept."""
    first = engine_for(edited(50), 2012)
    assert engine_for(edited(50), 2012) is first
    assert engine_for(edited(50), 2011) is not first
    for percent in range(100, 101 + KEPT):
        engine_for(edited(percent), 2012)
    assert engine_for(edited(50), 2012) is not first
    assert rows(first.derive(SHEET)) == rows(derive(edited(50), SHEET))


def test_part_of_a_rulebook_has_its_own_engine() -> None:
    """It has the hash of the whole; whichever comes first, the whole decides everything."""
    whole = edited(50)
    part = whole.toward("rate")
    assert part.hash == whole.hash
    assert {name for name, _ in derive(part, SHEET).steps} == {"rate"}
    assert {name for name, _ in derive(whole, SHEET).steps} == {"rate", "x"}
    assert {name for name, _ in derive(part, SHEET).steps} == {"rate"}


def test_a_rulebook_in_the_making_has_its_own_engine() -> None:
    """A copy with other decisions or parameters keeps the hash of the document it was made from."""
    document = rulebook(RATE, table("| F | `rate` | **x** |\n| 1 | about以上 | 1 |\n| 2 | - | 2 |", "x", "measure"))
    about = replace(document.parameters["about"], dated=(Dated(None, None, Decimal(9)),))
    wider = replace(document, parameters={**document.parameters, "about": about})
    other = replace(document, decisions=edited(76).decisions)
    assert document.hash == wider.hash == other.hash
    for _ in range(2):
        for book in (document, wider, other):
            assert exactly(derive(book, SHEET)) == exactly(evaluate(book, SHEET))


def test_closed_engine_says_so() -> None:
    """A closed engine refuses with a sentence; closing again is harmless."""
    engine = Engine(edited(50), 2012)
    engine.close()
    engine.close()
    with pytest.raises(HyoteiError, match="HY638"):
        engine.derive(SHEET)


def test_threads_share_engines() -> None:
    """Many threads over a few rulebooks, more than are kept ready, all get the answer of the reference."""
    books = [edited(percent) for percent in range(40, 40 + KEPT + 4)]
    years = [SHEET, SHEET.model_copy(update={"fiscal_year": 2011})]
    expected = {
        (number, year): exactly(evaluate(book, years[year])) for number, book in enumerate(books) for year in (0, 1)
    }
    start = threading.Barrier(4)

    def work(offset: int) -> bool:
        start.wait()
        found = []
        for turn in range(60):
            number, year = (turn * 7 + offset * 3) % len(books), (turn + offset) % 2
            found.append(exactly(derive(books[number], years[year])) == expected[number, year])
        return all(found)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(4)))


@HALF
@given(data=st.data())
def test_earlier_sheets_are_irrelevant(data: st.DataObject) -> None:
    """Whatever ran before on the same engine, in whatever order, a sheet gives the same derivation."""
    book = data.draw(rulebooks())
    drawn = data.draw(st.lists(sheets(book), min_size=2, max_size=4))
    same_year = [sheet.model_copy(update={"fiscal_year": 2012}) for sheet in drawn]
    engine = Engine(book, 2012)
    first = [exactly(engine.derive(sheet)) for sheet in same_year]
    again = [exactly(engine.derive(sheet)) for sheet in reversed(same_year)]
    engine.close()
    assert again[::-1] == first


@HALF
@given(data=st.data())
def test_cells_decided_outside_the_engine_mean_the_same(data: st.DataObject) -> None:
    """Where a row would become too many rules, its widest cells are decided as a whole, with the same answer."""
    book = data.draw(rulebooks())
    sheet = data.draw(sheets(book))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(column_encoding, "MOST_ALTERNATIVES", data.draw(st.integers(0, 2)))
        patch.setattr(program, "MOST_RULES", data.draw(st.integers(1, 4)))
        engine = Engine(book, sheet.fiscal_year)
    assert exactly(engine.derive(sheet)) == exactly(evaluate(book, sheet))
    engine.close()


def test_failure_within_a_run_leaves_the_engine_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a run that was broken off, the next one gives the right answer."""
    engine = Engine(edited(50), 2012)
    expected = exactly(engine.derive(SHEET))
    with monkeypatch.context() as patch:
        patch.setattr("hyotei.compiler.decision_functions.choose", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            engine.derive(SHEET)
    assert exactly(engine.derive(SHEET)) == expected


def _interrupt(*arguments: object) -> object:
    raise KeyboardInterrupt


@pytest.fixture(scope="module")
def large() -> Rulebook:
    """A table of 5,000 rows; reading it takes seconds, so only those who ask for it do."""
    rows = "\n".join(f"| {row} | {row}円以上{row + 1}円未満 | `about`以下 | {row} |" for row in range(5000))
    return rulebook(table("| U | `budget_years[1].initial` | `5%` | **x** |\n" + rows))


@pytest.mark.parametrize("initial", ["0", "0.999999", "1", "4999.5", "5000", "-1", "2500"])
def test_table_of_5000_rows(large: Rulebook, initial: str) -> None:
    """A table of 5,000 rows gives the row of the reference, on its ends and beyond them."""
    year = SHEET.budget_years[0]
    changed = year.model_copy(update={"initial": year.initial.model_copy(update={"value": Decimal(initial)})})
    sheet = SHEET.model_copy(update={"budget_years": (changed, *SHEET.budget_years[1:])})
    assert exactly(derive(large, sheet)) == exactly(evaluate(large, sheet))


def test_unknown_value_in_a_table_of_5000_rows(large: Rulebook) -> None:
    """An unknown value leaves each of the 5,000 rows undecided, and the answer says so."""
    year = SHEET.budget_years[0]
    changed = year.model_copy(
        update={"initial": year.initial.model_copy(update={"value": None, "unknown": "unsettled"})}
    )
    sheet = SHEET.model_copy(update={"budget_years": (changed,)})
    step = derive(large, sheet).steps["x", "sheet"]
    assert (step.outcome, len(step.rows)) == ("undecided", 5000)


@pytest.mark.parametrize("count", [1, 300])
def test_many_units_keep_their_order(count: int) -> None:
    """A sheet of hundreds of measures is derived in its order."""
    (objective, *_) = SHEET.objectives
    (indicator, *_) = objective.indicators
    many = indicator.model_copy(update={"measures": indicator.measures * count})
    sheet: Sheet = SHEET.model_copy(update={"objectives": (objective.model_copy(update={"indicators": (many,)}),)})
    book = edited(80)
    assert exactly(derive(book, sheet)) == exactly(evaluate(book, sheet))
