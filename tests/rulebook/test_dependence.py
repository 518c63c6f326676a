"""What follows from what on a sheet is told by a table, and tried: nothing moves that the table does not name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.rulebook.changed_sheets import QUANTITIES, STATED, with_figures, with_parts
from hyotei.rulebook.dependence import FISCAL_YEAR, FOLLOWS_FROM, DependenceNode, follow, moving, reads
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.terms import Decided
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.rulebook.vocabulary import FIGURES
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet, YearPoint
from hyotei.testing import sheets

HEAD = """---
rulebook: depends
title: 依存
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可}
  result: {achieved: 達, missed: 未}
parameters:
  limit:
    ..2012: 50%
    2013..: 80%
---
"""
BOOK = parse_rulebook(
    HEAD
    + """# 判定 `result` — for each measure

| F | `years_missed` | **result** |
|:-:|---|---|
| 1 | 1以上 | missed |
| 2 | - | achieved |

# 数 `size` — for each indicator

    count(measures[result = missed])

# 割合 `share` — for the sheet

    count(measures[result = achieved]) / count(measures)

# 区分 `rating` — for the sheet

| F | `share` | **rating** |
|:-:|---|---|
| 1 | `limit` 以上 | A |
| 2 | - | B |

# 先頭 `first` — for each measure

    if sheet.measures[1].result = missed then 1 else objective.indicators[1].size
"""
)


@given(sheet=sheets(BOOK, objectives=1, indicators=1, measures=(1, 2), budget_years=(1, 2)), draw=st.data())
def test_only_what_the_table_names_follows(sheet: Sheet, draw: st.DataObject) -> None:
    """With another value for one thing that a sheet states, no figure is another one but itself and what the table names."""
    root = unit_tree(sheet, BOOK)
    unit = draw.draw(st.sampled_from([unit for unit in root.all() if unit.scope in STATED]))
    name = draw.draw(st.sampled_from(STATED[unit.scope]))
    values: list[Scalar] = [Decimal(2012), Decimal(2013), Decimal(0), Decimal(-1)]
    if name in QUANTITIES.get(unit.scope, ()):
        values += [Unknown(reason) for reason in REASONS]
    else:
        values = values[:2]
    after = unit_tree(with_figures(sheet, {(name, unit.key): draw.draw(st.sampled_from(values))}), BOOK)
    allowed = follow([DependenceNode("figure", unit.scope, name)])
    others = {each.key: each for each in after.all()}
    here = [each for each in root.all() if each.key in others]
    if len(here) < max(len(others), sum(1 for _ in root.all())):
        assert DependenceNode("list", "year") in allowed
    for one, two in ((each, others[each.key]) for each in here):
        for each in FIGURES:
            if each.scope == one.scope and one.figure(each.name) != two.figure(each.name):
                assert one.key == unit.key or one.scope != unit.scope
                assert DependenceNode("figure", each.scope, each.name) in allowed


@given(sheet=sheets(BOOK, objectives=1, indicators=1, measures=1), draw=st.data())
def test_units_and_qualifiers_move_what_the_table_names(sheet: Sheet, draw: st.DataObject) -> None:
    """The unit and the qualifier of a quantity move the direction and the agreement of units, and nothing else."""
    name = draw.draw(st.sampled_from(QUANTITIES["measure"]))
    part, value = draw.draw(
        st.sampled_from([("unit", "件"), ("unit", None), ("qualifier", "以下"), ("qualifier", None)])
    )
    if not sheet.measures:
        return
    quantity = getattr(sheet.measures[0], name).model_copy(update={part: value})
    other = with_parts(sheet, "measures[1]", **{name: quantity})
    (before,), (after,) = (unit_tree(each, BOOK).below("measure") for each in (sheet, other))
    allowed = follow([DependenceNode("figure", "measure", f"{name}.{part}")])
    for each in FIGURES:
        if each.scope == "measure" and before.figure(each.name) != after.figure(each.name):
            assert DependenceNode("figure", "measure", each.name) in allowed


def test_each_figure_follows_from_figures() -> None:
    """The table names figures only, and the years of a measure, which are those that some figures state."""
    known = {DependenceNode("figure", each.scope, each.name) for each in FIGURES} | {DependenceNode("list", "year")}
    for node, sources in FOLLOWS_FROM.items():
        assert {node, *sources} <= known


def test_years_missed_hang_on_the_evaluated_year() -> None:
    """Figures without a year are those of the evaluated one, so that a year missed before it counts or does not."""
    target, actual = Quantity(value=Decimal(10)), Quantity(value=Decimal(5))
    before = YearPoint(fiscal_year=2011, target=target, actual=actual)
    measure = Measure(target=target, actual=actual, series=(before,))
    objective = Objective(name="目標", indicators=(Indicator(name="指標", measures=(measure,)),))
    values = []
    for year in (2012, 2013):
        sheet = Sheet(id="x", title="x", authority="総務省", fiscal_year=year, objectives=(objective,))
        values.append(unit_tree(sheet, BOOK).below("measure")[0].figure("years_missed"))
    assert values == [Decimal(2), Decimal(1)]
    assert DependenceNode("figure", "measure", "years_missed") in follow([FISCAL_YEAR])
    assert (FISCAL_YEAR, "behind") in set(reads(BOOK, Decided("measure", "result", "result"), "measure", ("measure",)))


@pytest.mark.parametrize("name", ["target", "actual", "baseline", "actual.fiscal_year"])
def test_what_hangs_on_a_figure_moves(name: str) -> None:
    """Years missed hang on all of these, and so does everything behind them."""
    assert {node.name for node in moving(BOOK, follow([DependenceNode("figure", "measure", name)])) if node.kind == "decision"} == {
        "result", "size", "share", "rating", "first",
    }  # fmt: skip


def test_a_parameter_of_several_years_hangs_on_the_year() -> None:
    """Only the decision whose parameter differs by year moves with the year, where no measure counts the years missed."""
    found = moving(BOOK.toward("rating"), [FISCAL_YEAR])
    assert "rating" in {node.name for node in found if node.kind == "decision"}
    plain = parse_rulebook(
        f"{HEAD}# 線 `line` — for the sheet\n\n    limit * 2\n\n# 数 `size` — for the sheet\n\n    count(measures)\n"
    )
    assert {node.name for node in moving(plain, [FISCAL_YEAR]) if node.kind == "decision"} == {"line"}


def test_how_a_unit_reads() -> None:
    """A position is picked, what a unit lies in stands above, and what is counted is counted."""
    found = set(reads(BOOK, Decided("measure", "first", "first"), "measure", ("measure", "indicator", "objective")))
    assert (DependenceNode("decision", "measure", "result"), "picked") in found
    assert (DependenceNode("decision", "indicator", "size"), "picked") in found
    share = set(reads(BOOK, Decided("sheet", "rating", "rating"), "sheet", ("measure", "indicator", "objective")))
    assert (DependenceNode("list", "measure"), "counted") in share
    assert (DependenceNode("figure", "sheet", "fiscal_year"), "own") in share
