"""What several sheets of one programme say together."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyotei.audit.year_changes import Years, changes
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet, YearPoint


def figure(value: int | None, year: int, unit: str = "件") -> Quantity:
    if value is None:
        return Quantity(unknown="missing", fiscal_year=year)
    return Quantity(value=Decimal(value), unit=unit, fiscal_year=year)


def sheet(
    year: int,
    told: Mapping[int, tuple[int | None, int | None]],
    title: str = "相談事業",
    budget: int = 100,
    direction: str = "increase",
) -> Sheet:
    target, actual = told.get(year, (None, None))
    series = tuple(
        YearPoint(fiscal_year=each, target=figure(pair[0], each), actual=figure(pair[1], each))
        for each, pair in sorted(told.items())
        if each != year
    )
    measure = Measure.model_validate(
        {"target": figure(target, year), "actual": figure(actual, year), "series": series, "direction": direction}
    )
    return Sheet(
        schema="hyotei.sheet/3",
        id=f"{year + 1}/例示省/{title}",
        title=title,
        authority="例示省",
        fiscal_year=year,
        objectives=(Objective(name="相談", indicators=(Indicator(name="相談件数", measures=(measure,)),)),),
        budget_years=(BudgetYear(fiscal_year=year, initial=Quantity(value=Decimal(budget))),),
    )


def codes(*sheets: Sheet) -> list[str]:
    return [finding.code for finding in changes(sheets)]


TOLD = st.dictionaries(
    st.integers(2015, 2018), st.tuples(st.one_of(st.none(), st.integers(1, 5)), st.one_of(st.none(), st.integers(1, 5)))
)


@given(TOLD, TOLD)
def test_every_change_of_a_figure_is_told_once(
    before: dict[int, tuple[int | None, int | None]], after: dict[int, tuple[int | None, int | None]]
) -> None:
    """For each fiscal year that both tell: another target, easier or not, and another actual."""
    expected = []
    for year in range(2015, 2019):
        target, actual = before.get(year, (None, None))
        new_target, new_actual = after.get(year, (None, None))
        if target is not None and new_target is None and year >= 2018:
            expected.append("MY-target_removed")
        if target is not None and new_target is not None and target != new_target:
            expected.append("MY-target_lowered" if new_target < target else "MY-target_replaced")
        if actual is not None and new_actual is not None and actual != new_actual:
            expected.append("MY-actual_rewritten")
    assert sorted(codes(sheet(2017, before), sheet(2018, after))) == sorted(expected)


@given(TOLD)
def test_sheets_that_say_the_same_give_nothing(told: Mapping[int, tuple[int | None, int | None]]) -> None:
    """Nor does a programme of another name, or one whose name two sheets of a year have."""
    assert codes(sheet(2017, told), sheet(2018, told)) == []
    changed = dict.fromkeys(told, (9, 9))
    assert codes(sheet(2017, told), sheet(2018, changed, title="別の事業")) == []
    twice = sheet(2018, changed).model_copy(update={"id": "2019/例示省/2"})
    assert codes(sheet(2017, told), sheet(2018, changed), twice) == []


def test_an_easier_target_depends_on_the_direction() -> None:
    """Of accidents a higher target is the easier one."""
    lower, higher = {2017: (5, None)}, {2017: (8, None)}
    assert codes(sheet(2016, lower, direction="decrease"), sheet(2017, higher, direction="decrease")) == [
        "MY-target_lowered"
    ]
    assert codes(sheet(2016, lower), sheet(2017, higher)) == ["MY-target_replaced"]


def test_a_target_missed_three_years_running_with_the_same_budget() -> None:
    """Two years are not enough, and neither is it with another budget or another target."""
    years = [sheet(year, {year: (10, 8)}) for year in (2015, 2016, 2017)]
    assert codes(*years) == ["MY-missed_running"]
    assert codes(*years[:2]) == []
    assert codes(*years[:2], sheet(2017, {2017: (10, 8)}, budget=106)) == []
    assert codes(*years[:2], sheet(2017, {2017: (10, 8)}, budget=105)) == ["MY-missed_running"]
    assert codes(*years[:2], sheet(2017, {2017: (9, 8)})) == []
    assert codes(*years[:2], sheet(2018, {2018: (10, 8)})) == []


def test_a_finding_names_both_sheets() -> None:
    """The earlier figure and the later one, each with the sheet that tells it."""
    (found,) = changes([sheet(2016, {2016: (5, 4)}), sheet(2017, {2016: (5, 6)})])
    assert [(each.text, each.place) for each in found.figures] == [
        ("4件", "2017/例示省/相談事業"),
        ("6件", "2018/例示省/相談事業"),
    ]
    assert found.sheet == "2018/例示省/相談事業"


FINAL = st.none() | st.tuples(st.integers(1, 5), st.none() | st.integers(2015, 2020))


def with_final(one: Sheet, target: tuple[int, int | None] | None) -> Sheet:
    """The sheet with a final target: value and fiscal year."""
    final = Quantity(unknown="missing")
    if target is not None:
        final = Quantity(value=Decimal(target[0]), unit="件", fiscal_year=target[1])
    (objective,) = one.objectives
    (indicator,) = objective.indicators
    measure = indicator.measures[0].model_copy(update={"final_target": final})
    indicator = indicator.model_copy(update={"measures": (measure,)})
    return one.model_copy(update={"objectives": (objective.model_copy(update={"indicators": (indicator,)}),)})


@given(FINAL, FINAL)
def test_every_change_of_a_final_target_is_told_once(
    before: tuple[int, int | None] | None, after: tuple[int, int | None] | None
) -> None:
    """One that is not past: gone, easier or put off, or otherwise changed; a year that is newly left out is no change."""
    told = {2016: (3, 3)}
    found = codes(with_final(sheet(2016, told), before), with_final(sheet(2017, told), after))
    expected = []
    if before is not None and (before[1] is None or before[1] >= 2017):
        moved = 0 if after is None or None in (before[1], after[1]) else (after[1] or 0) - (before[1] or 0)
        if after is None:
            expected = ["MY-final_target_removed"]
        elif after[0] != before[0] or moved:
            easier = after[0] <= before[0] and moved >= 0
            expected = ["MY-final_target_lowered" if easier else "MY-final_target_replaced"]
    assert found == expected


def test_measures_of_one_name_are_told_with_their_objectives() -> None:
    """Where a sheet has the same indicator under several objectives, a finding says which one is meant; else it does not."""
    before, after = sheet(2017, {2017: (9, 9), 2018: (9, None)}), sheet(2018, {2017: (9, 9), 2018: (5, 5)})

    def of_two(one: Sheet) -> Sheet:
        (objective,) = one.objectives
        return one.model_copy(update={"objectives": (objective, objective.model_copy(update={"name": "二つ目"}))})

    (alone,) = changes([before, after])
    assert "施策目標" not in [each.title for each in alone.figures]
    both = [
        {each.title: each.text for each in found.figures}["施策目標"] for found in changes(map(of_two, (before, after)))
    ]
    assert sorted(both) == ["二つ目", "相談"]


@given(st.text(" \n　\t", max_size=3), st.text(" \n　\t", max_size=3))
def test_white_space_keeps_no_names_apart(first: str, second: str) -> None:
    """Of programmes and of measures; and a finding tells names in one line."""
    later = sheet(2017, {2016: (5, 6)}, title=f"相談{first}事業{second}")
    (objective,) = later.objectives
    (indicator,) = objective.indicators
    indicator = indicator.model_copy(update={"name": f"{second}相談{first}件数"})
    later = later.model_copy(update={"objectives": (objective.model_copy(update={"indicators": (indicator,)}),)})
    (found,) = changes([sheet(2016, {2016: (5, 4)}), later])
    assert found.code == "MY-actual_rewritten"
    assert not {"\n", "\t"} & set(found.title + found.subject)


@given(st.integers(0, 1), TOLD, TOLD)
def test_measures_of_one_name_are_left_out_and_counted(
    twice: int, before: dict[int, tuple[int | None, int | None]], after: dict[int, tuple[int | None, int | None]]
) -> None:
    """In the earlier or the later sheet: nothing is found of them, and a note says how many they are."""
    sheets = [sheet(2017, before), sheet(2018, after)]
    (objective,) = sheets[twice].objectives
    doubled = objective.model_copy(update={"indicators": objective.indicators * 2})
    sheets[twice] = sheets[twice].model_copy(update={"objectives": (doubled,)})
    years = Years("en")
    for each in sheets:
        years.add(each)
    assert list(years.findings()) == []
    (note,) = years.notes()
    assert (note.code, note.params["count"], note.params["sheets"]) == ("HY985", 2, 1)


@given(st.decimals(0, 2, places=4), st.decimals(0, 2, places=4))
def test_percentages_are_told_as_percentages(before: Decimal, after: Decimal) -> None:
    """The text read back is the exact value, a hundred times smaller."""

    def share(value: Decimal, year: int) -> Sheet:
        measure = Measure.model_validate(
            {"actual": Quantity(value=value, unit="%", fiscal_year=2016), "direction": "increase"}
        )
        indicator = Indicator(name="割合", measures=(measure,))
        return sheet(year, {}).model_copy(update={"objectives": (Objective(name="相談", indicators=(indicator,)),)})

    found = list(changes([share(before, 2016), share(after, 2017)]))
    assert len(found) == (before != after)
    for each in found:
        for shown, value in zip(each.figures, (before, after), strict=True):
            assert Decimal(shown.text.removesuffix("%")) == value * 100
            assert Decimal(shown.value or "") == value
