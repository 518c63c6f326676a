"""The inputs of one table: on and beside each boundary, unknown, and answered by the real engine as in its rulebook."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.inference.engine import derive
from hyotei.messages import HyoteiError
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.hit_policies import answer
from hyotei.rulebook.model import Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.values import Unknown
from hyotei.testing import decide, inputs
from hyotei.testing.input_columns import columns, one_unit, the_table
from tests.conftest import ROOT
from tests.strategies import HALF, rulebooks, sheets
from tests.testing.books import GRID, book

MIC = read_rulebook(ROOT / "rules" / "mic-2013")
TABLES = [decision.name for decision in MIC.decisions if isinstance(decision.body, Table)]


def test_columns_know_their_boundaries() -> None:
    """Each boundary with the rows that name it; the values on and beside it, between them, and far from all."""
    share, size = columns(book(GRID), "rating")
    assert [(end.value, end.rows) for end in share.ends] == [(Decimal("0.5"), (2, 3))]
    assert {Decimal("0.5"), Decimal("0.499999"), Decimal("0.500001")} <= set(share.values)
    assert Unknown("undefined") in share.values
    assert [(end.value, end.rows) for end in size.ends] == [(Decimal(3), (2,))]
    assert {Decimal(2), Decimal(3), Decimal(4)} <= set(size.values)
    assert not size.unknown
    assert not any(isinstance(value, Unknown) for value in size.values)
    assert (size.whole, share.whole, size.moving) == (True, False, False)


@given(st.sampled_from(TABLES), st.data())
def test_the_engine_answers_as_the_table_says(decision: str, data: st.DataObject) -> None:
    """What durable-rules answers to given inputs is what the rows say that hold for them."""
    values = data.draw(inputs(MIC, decision))
    step = decide(MIC, decision, values)
    owner, table = the_table(MIC, decision)
    assert step.inputs == tuple(values[column.text] for column in table.inputs)
    sheet, key = one_unit(MIC, owner.scope)
    reading = Reading(MIC, sheet)
    unit = next(each for each in reading.root.all() if each.key == key)
    found = answer(owner, table, reading.standings(table, step.inputs, unit))
    assert (step.outcome, step.rows) == (found.outcome, found.rows)


@HALF
@given(st.data())
def test_any_table_answers_as_within_its_rulebook(data: st.DataObject) -> None:
    """The inputs that a table had on a sheet, given to it alone, give the answer it had there, where its cells read no more."""
    rulebook = data.draw(rulebooks())
    sheet = data.draw(sheets(rulebook))
    for step in derive(rulebook, sheet).steps.values():
        decision = rulebook.by_name[step.decision]
        table = decision.body
        if not isinstance(table, Table) or len({column.text for column in table.inputs}) < len(table.inputs):
            continue
        if any(column.moving for column in columns(rulebook, step.decision, sheet.fiscal_year)):
            continue
        values = {column.text: value for column, value in zip(table.inputs, step.inputs, strict=True)}
        alone = decide(rulebook, step.decision, values, fiscal_year=sheet.fiscal_year)
        assert (alone.outcome, alone.rows) == (step.outcome, step.rows)
        return


@pytest.mark.parametrize("name", ["attainment", "nothing"])
def test_only_tables_have_inputs(name: str) -> None:
    """A formula, or a name that is none, is told with the tables there are."""
    with pytest.raises(HyoteiError) as caught:
        inputs(MIC, name)
    assert caught.value.diagnostics[0].code == "HY951"
