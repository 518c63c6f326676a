"""The sheets that are rated here: the 2013 sheet of MIC policy 15, and random ones from a seed."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Final

import hyotei
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Recorded, Sheet
from hyotei.sheet.models import Qualifier, UnknownReason

YEAR = 2012
UNKNOWN: Final[tuple[UnknownReason, ...]] = ("unsettled", "unmeasured", "missing", "undefined", "qualitative", "unread")
# Parts of a target at which, and beside which, the rulebook changes its mind.
PARTS = ("0", "0.2", "0.499999", "0.5", "0.8", "0.9", "0.999", "1", "1", "1.1", "1.5", "2", "2.1", "4.3")


def seed_sheet() -> Sheet:
    """The sheet that `make demo` rates."""
    return hyotei.read_sheet(hyotei.cases_folder() / "mic-24-15" / "sheet.yaml")


def random_sheets(count: int, seed: int) -> Iterator[Sheet]:
    """Sheets of the size of the MIC's, with every kind of figure and unknown; the same for the same seed."""
    random = Random(seed)
    for number in range(count):
        yield Sheet(
            schema="hyotei.sheet/3",
            id=f"random-{seed}-{number}",
            title="random",
            authority="総務省",
            fiscal_year=YEAR,
            objectives=tuple(_objective(random, position) for position in range(random.randint(1, 3))),
            budget_years=tuple(_budget_year(random, year) for year in range(random.choice((2010, 2011, 2012)), 2014)),
            recorded=Recorded(
                rating=random.choice((None, "A", "B", "C", "S")), budget=random.choice((None, "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"))
            ),
        )


def _objective(random: Random, position: int) -> Objective:
    return Objective(
        name=f"objective {position}",
        claim=random.choice((None, "achieved", "partly_achieved", "not_achieved")),
        indicators=tuple(
            Indicator(
                name=f"indicator {position}.{number}",
                measures=tuple(_measure(random) for _ in range(random.randint(1, 2))),
            )
            for number in range(random.randint(1, 3))
        ),
    )


def _measure(random: Random) -> Measure:
    goal = Decimal(random.choice((0, 3, 4, 10, 80, 1200, 33660)))
    actual = goal * Decimal(random.choice(PARTS)) if goal else Decimal(random.choice((0, 1, 5)))
    before = goal + random.choice((-2, 0, 1))
    return Measure(
        baseline=_quantity(random, before),
        target=_quantity(random, goal, random.choice((None, None, "以上", "以下", "程度", "約", "超", "未満"))),
        actual=_quantity(random, actual),
        direction=random.choice((None, None, None, "increase", "decrease", "maintain")),
    )


def _quantity(random: Random, value: Decimal, qualifier: Qualifier | None = None) -> Quantity:
    if random.random() < 0.1:
        return Quantity(unknown=random.choice(UNKNOWN), qualifier=qualifier)
    return Quantity(value=value, unit=random.choice(("回", "回", "回", "件", None)), qualifier=qualifier)


def _budget_year(random: Random, year: int) -> BudgetYear:
    initial, supplementary, carried = random.randint(0, 9_999) * 1000, random.randint(-500, 500) * 1000, 0
    total = initial + supplementary + carried + random.choice((0, 0, 0, 1000))
    executed = int(total * Decimal(random.choice(("0.2", "0.3", "0.5", "0.94", "0.95", "1", "1.01"))))
    return BudgetYear(
        fiscal_year=year,
        initial=_yen(random, initial),
        supplementary=_yen(random, supplementary),
        carried_over=_yen(random, carried),
        total=_yen(random, total),
        executed=Quantity(unknown="unsettled", unit="円") if year > YEAR else _yen(random, executed),
    )


def _yen(random: Random, amount: int) -> Quantity:
    if random.random() < 0.08:
        return Quantity(unknown=random.choice(("unsettled", "missing")), unit="円")
    return Quantity(value=Decimal(amount), unit="円")
