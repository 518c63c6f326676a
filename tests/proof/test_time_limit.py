"""One time limit for the whole: what was not reached is open and says so, and more time never proves less."""

from decimal import Decimal
from itertools import count
from time import monotonic, sleep

import pytest

from hyotei.base import deadline
from hyotei.proof.certainty.certain import certain
from hyotei.proof.prove import prove
from hyotei.proof.solver import Solver
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Indicator, Measure, Objective, Quantity, Sheet
from tests.cli.command import inside

SLACK = 2.0
"""Seconds for a machine that is busy with other tests; without a limit each run here takes many times as long."""
LAWS = "".join(f"  - if share >= {at / 10}% then rating = A\n" for at in range(400))
TEXT = f"""---
rulebook: lawful
title: 法則の多い基準
authority: 総務省
standing: draft
fiscal_years: 2000..2030
scales:
  rating: {{A: 良, B: 可}}
laws:
{LAWS}---
# 割合 `share` — for the sheet

    count(measures[actual >= target]) / count(measures)

# 評価 `rating` — for the sheet

| F | `share` | **rating** |
|---|---------|------------|
| 1 | unknown | unknown    |
| 2 | 20%以上 | A          |
| 3 | -       | B          |
"""


def test_a_proof_ends_in_time_and_gives_what_it_has() -> None:
    """Far more laws than there is time for: each is told, and those not reached are open for want of time."""
    book = parse_rulebook(TEXT)
    told: list[tuple[int, int, str]] = []
    start = monotonic()
    report = prove(book, timeout=1.0, watch=lambda *each: told.append(each))
    assert monotonic() - start < 1.2 + SLACK
    assert [law.text for law in report.laws] == [law.text for law in book.laws]
    late = [law for law in report.laws if law.status == "open"]
    assert late
    assert {law.why for law in late} == {"timeout"}
    assert {(check.name, check.status) for check in report.checks if not check.note} >= {("gap", "proved")}
    first = [done for done, _, _ in told][: len(report.laws)]
    assert first == sorted(first)
    assert told[-1][:2] == (told[0][1],) * 2


CLOCKS = (
    "hyotei.base.deadline",
    "hyotei.proof.solver",
    "hyotei.proof.prove",
    "hyotei.proof.random_tests.drawn_sheets",
    "hyotei.proof.random_tests.table_checks",
    "hyotei.proof.random_tests.laws",
)


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on by a millisecond whenever it is read, so that the same work takes the same time however busy it is."""
    now = count()
    for name in CLOCKS:
        monkeypatch.setattr(f"{name}.monotonic", lambda: next(now) / 1000)


@pytest.mark.usefixtures("ticking")
def test_more_time_never_proves_less() -> None:
    """What is settled in a short time is settled in a longer one, and comes out the same."""
    book = parse_rulebook(TEXT)
    before: dict[str, str] = {}
    grown = 0
    for seconds in (0.2, 0.8, 2):
        report = prove(book, timeout=seconds)
        now: dict[str, str] = {law.text: law.status for law in report.laws if law.status != "open"}
        checks = [check for check in report.checks if check.status != "open"]
        now |= {f"{check.name} {check.decision} {check.rows}": check.status for check in checks if not check.note}
        assert before.items() <= now.items(), seconds
        grown += now != before
        before = now
    assert grown == 3


def test_certainty_ends_in_time() -> None:
    """A sheet of eighty measures, a quarter of them unknown."""

    def quantity(value: int | None) -> Quantity:
        return Quantity.model_validate(
            {
                "value": None if value is None else Decimal(value),
                "unknown": "unmeasured" if value is None else None,
                "unit": "回",
            }
        )

    measures = tuple(
        Measure(label=str(at), baseline=quantity(1), target=quantity(100), actual=quantity(60 + at if at % 4 else None))
        for at in range(80)
    )
    indicators = (Indicator(name="指標", measures=measures),)
    objectives = (Objective(name="目標", indicators=indicators),)
    sheet = Sheet(id="many", title="題", authority="総務省", fiscal_year=2012, objectives=objectives)
    start = monotonic()
    found = certain(sheet, "mic-2013", timeout=1.0)
    assert monotonic() - start < 1.2 + SLACK
    assert any("timeout" in (each.below.why, each.above.why) for each in found.margins)


def test_shares_end_with_what_is_around_them() -> None:
    """No part has more time than the whole, and what is over stays over."""
    assert deadline.left() == float("inf")
    with deadline.within(0.2):
        with deadline.within(100):
            assert deadline.left() <= 0.2
        with deadline.share(2):
            assert deadline.left() <= 0.1
        assert 0.1 < deadline.left() <= 0.2
        sleep(0.25)
        with pytest.raises(deadline.OutOfTimeError):
            deadline.check_deadline()
        assert Solver().possible().why == "timeout"
    deadline.check_deadline()


def test_the_command_is_silent_where_nobody_watches() -> None:
    """Progress goes to a terminal only."""
    done = inside("prove", "mic-2013", "--law", "every rating is reachable", "--json")
    assert done.err == ""
