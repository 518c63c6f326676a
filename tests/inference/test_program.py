"""Which tables share a fact, and that nobody can tell from the answers."""

from decimal import Decimal

from hyotei.inference.engine import Engine
from hyotei.inference.program import TableGroup, program
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet

HEAD = """---
rulebook: small
title: small
authority: 総務省
standing: draft
fiscal_years: 2012
scales:
  grade: {A: good, B: bad}
---
# small
"""


def table(name: str, scope: str, column: str, cell: str) -> str:
    """A table with a row for the cell and one for all else."""
    lines = [f"### {name} `{name}` — for each {scope}", "", f"| F | `{column}` | **grade** |", "|:-:|---|---|"]
    return "\n".join([*lines, f"| 1 | {cell} | A |", "| 2 | unknown | B |", "| 3 | - | B |", "", ""])


def groups(text: str) -> list[tuple[str, ...]]:
    """The tables that share facts."""
    stages = program(parse_rulebook(HEAD + text), 2012).stages
    return [stage.decisions for stage in stages if isinstance(stage, TableGroup)]


def test_neighbours_of_one_scope_share_a_fact() -> None:
    """Two tables of a measure, of which none reads the other, meet the same fact."""
    assert groups(table("one", "measure", "actual", "10以上") + table("two", "measure", "target", "10以上")) == [
        ("one", "two")
    ]


def test_a_table_that_reads_its_neighbour_has_a_fact_of_its_own() -> None:
    """Its inputs are known only when the neighbour has answered."""
    assert groups(table("one", "measure", "actual", "10以上") + table("two", "measure", "one", "A")) == [
        ("one",),
        ("two",),
    ]


def test_tables_of_different_scopes_do_not_share() -> None:
    """A measure and a budget year are different facts."""
    assert groups(table("one", "measure", "actual", "1以上") + table("two", "budget year", "total", "1円以上")) == [
        ("one",),
        ("two",),
    ]


def test_a_fact_does_not_grow_without_limit() -> None:
    """Of very many tables in a row, only so many share a fact as it has room for."""
    found = groups("".join(table(f"t{number}", "measure", "actual", f"{number}以上") for number in range(120)))
    assert sum(map(len, found)) == 120
    assert len(found) > 1


def test_a_supposed_table_leaves_the_others_of_its_fact_alone() -> None:
    """One table of a group is taken as given; the others are decided as ever."""
    rulebook = parse_rulebook(
        HEAD + table("one", "measure", "actual", "10以上") + table("two", "measure", "target", "10以上")
    )
    measures = tuple(
        Measure(actual=Quantity(value=Decimal(value)), target=Quantity(value=Decimal(value))) for value in (5, 10)
    )
    indicator = Indicator(name="indicator", measures=measures)
    sheet = Sheet(
        schema="hyotei.sheet/3",
        id="sheet",
        title="sheet",
        authority="総務省",
        fiscal_year=2012,
        objectives=(Objective(name="objective", indicators=(indicator,)),),
    )
    supposed = {("one", "measures[1]"): "A"}
    engine = Engine(rulebook, 2012)
    found = engine.derive(sheet, supposed)
    engine.close()
    assert found == evaluate(rulebook, sheet, supposed)
    assert found.steps["one", "measures[1]"].outcome == "supposed"


def test_the_checks_of_the_mic_share_facts() -> None:
    """The four checks of a measure are one fact."""
    stages = program(load_rulebook("mic-2013"), 2012).stages
    names = [stage.decisions for stage in stages if isinstance(stage, TableGroup)]
    assert ("check_attainment", "check_target", "check_claim", "check_units") in names
