"""The one rule by which a direction is weighed: over every combination of what a sheet can say, and in every interpreter."""

from decimal import Decimal
from itertools import product

import pytest

from hyotei.corpus.flatten import flatten
from hyotei.corpus.schema import TABLES
from hyotei.inference.rate import rate
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.reference import Reading
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet
from hyotei.sheet.direction import direction_of

NAMES = {"待機児童数": "decrease", "研修受講者数": "increase", "会議の開催数": None, "": None}
QUALIFIERS = {None: None, "以上": "increase", "超": "increase", "以下": "decrease", "未満": "decrease", "程度": None}


def measure(qualifier: str | None, target: int | None, baseline: int | None) -> Measure:
    figures = {
        name: Quantity(unknown="missing") if value is None else Quantity(value=Decimal(value))
        for name, value in (("target", target), ("baseline", baseline))
    }
    figures["target"] = figures["target"].model_copy(update={"qualifier": qualifier})
    return Measure(target=figures["target"], baseline=figures["baseline"], actual=Quantity(value=Decimal(80)))


CASES = list(product(NAMES, QUALIFIERS, (None, 0, 50), (None, 0, 30, 50, 70)))


@pytest.mark.parametrize(("name", "qualifier", "target", "baseline"), CASES)
def test_qualifier_then_wording_then_position(
    name: str, qualifier: str | None, target: int | None, baseline: int | None
) -> None:
    """The first that tells decides, those that tell otherwise are named, and nothing that tells is passed over."""
    found = direction_of(measure(qualifier, target, baseline), name)
    position = None
    if target is not None and baseline is not None and target != baseline:
        position = "increase" if target > baseline else "decrease"
    worded = None if NAMES[name] == "increase" and target == 0 else NAMES[name]
    if target is None and QUALIFIERS[qualifier] is None:
        assert (found.direction, found.reason) == (None, "no_target")
        return
    told = {"qualifier": QUALIFIERS[qualifier], "wording": worded, "baseline": position}
    telling = {ground: way for ground, way in told.items() if way is not None}
    if telling:
        ground = next(iter(telling))
        assert (found.direction, found.reason) == (telling[ground], ground)
        assert set(found.against) == {other for other, way in telling.items() if way != telling[ground]}
    else:
        expected = (None, "zero_target") if target == 0 else ("increase", "assumed")
        assert (found.direction, found.reason) == expected
        assert found.against == ()


@pytest.mark.parametrize("name", NAMES)
def test_interpreters_and_columns_take_the_same(name: str) -> None:
    """What rules read as `direction` is what the tables of a corpus hold."""
    measures = tuple(measure(*case[1:]) for case in CASES if case[0] == name)
    sheet = Sheet(
        id="x", title="題", authority="総務省", fiscal_year=2012,
        objectives=(Objective(name="目標", indicators=(Indicator(name=name or "指標", measures=measures),)),),
    )  # fmt: skip
    rows = flatten(sheet, "x", "", "")["measures"]
    column = TABLES["measures"].names.index("direction_taken")
    units = Reading(load_rulebook("mic-2013"), sheet).root.below("measure")
    read = [unit.figure("direction") for unit in units]
    assert [row[column] for row in rows] == [value if isinstance(value, str) else None for value in read]


def sheet_of(name: str, target: str, baseline: int, actual: int) -> Sheet:
    one = Measure(
        baseline=Quantity(value=Decimal(baseline)),
        target=Quantity(value=Decimal(target)),
        actual=Quantity(value=Decimal(actual)),
    )
    return Sheet(
        id="x", title="題", authority="総務省", fiscal_year=2012,
        objectives=(Objective(name="目標", indicators=(Indicator(name=name, measures=(one,)),)),),
    )  # fmt: skip


def test_children_on_a_waiting_list_are_to_become_fewer() -> None:
    """80 of at most 50 is missed, whatever the order of the figures."""
    assert rate(sheet_of("待機児童数", "50", 60, 80), "mic-2013").rating != "A"


@pytest.mark.parametrize(("language", "first"), [("ja", "逆を示す"), ("en", "says otherwise")])
def test_what_speaks_against_comes_first_with_what_it_would_change(language: str, first: str) -> None:
    """A target below its baseline does not turn participants round; the verdict says what the other way would give."""
    verdict = rate(sheet_of("研修受講者数", "50", 60, 55), "mic-2013")
    told = verdict.data(language).assumptions  # type: ignore[arg-type]  # one of the two languages
    assert told[0].code == "direction_contested"
    assert first in told[0].text
    turned = sheet_of("研修受講者数", "50", 60, 55)
    (objective,) = turned.objectives
    (indicator,) = objective.indicators
    other = indicator.model_copy(
        update={"measures": (indicator.measures[0].model_copy(update={"direction": "decrease"}),)}
    )
    stated = turned.model_copy(update={"objectives": (objective.model_copy(update={"indicators": (other,)}),)})
    under = rate(stated, "mic-2013")
    changes = (under.rating, under.budget) != (verdict.rating, verdict.budget)
    assert changes == (("になる" if language == "ja" else "would be") in told[0].text)
    if changes:
        assert str(under.rating) in told[0].text
