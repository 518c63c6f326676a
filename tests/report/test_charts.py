"""Charts of ratios: what lies beyond the scale is never taken for a value on it."""

from collections import Counter
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hyotei.audit.distributions import HIGHEST, STEPS, Distribution
from hyotei.document import Chart, Table
from hyotei.messages import wording
from hyotei.report.audit_charts import _histogram
from hyotei.report.chart_tables import distribution_table
from hyotei.writers.charts import svg


@settings(max_examples=8)
@example([Decimal(0)])
@example([Decimal("-0.01")])
@example([Decimal(HIGHEST)])
@example([HIGHEST - Decimal("0.01"), Decimal("0.5"), Decimal("0.49")])
@example([Decimal(-1), Decimal(0), Decimal(0), Decimal(HIGHEST) + 1])
@given(st.lists(st.decimals(-3, 5, places=2), min_size=1, max_size=20))
def test_values_beyond_the_scale_have_bars_of_their_own(values: list[Decimal]) -> None:
    """Apart from those on the scale, named below, and as high as there are values."""
    found = Distribution("book", "ratio", "率", boundaries=(Decimal("0.5"),))
    for value in values:
        found.add(value)
    spec = _histogram(found, wording("ja"))
    rows = spec["layer"][0]["data"]["values"]
    bars = sorted((row["from"], row["to"], row["count"]) for row in rows)
    below = [each for each in bars if each[1] < 0]
    above = [each for each in bars if each[0] > HIGHEST]
    assert sum(each[2] for each in below) == sum(value < 0 for value in values)
    assert sum(each[2] for each in above) == sum(value >= HIGHEST for value in values)
    on_scale = Counter(int(value * STEPS) for value in values if 0 <= value < HIGHEST)
    assert {round(start * STEPS): count for start, _, count in bars if 0 <= start < HIGHEST} == on_scale
    # The table below says the same: every value once, in a part of the scale that has it.
    (told,) = distribution_table(found, wording("ja")).blocks
    assert isinstance(told, Table)
    counted = {str(each.cells[0].value): each.cells[1].value for each in told.rows}
    assert sum(int(str(each)) for each in counted.values()) == len(values)
    expected = Counter(
        "0%未満" if value < 0 else f"{HIGHEST}00%以上" if value >= HIGHEST
        else f"{int(value * STEPS) * 5}%以上{int(value * STEPS) * 5 + 5}%未満" for value in values
    )  # fmt: skip
    assert counted == expected
    drawn = svg(Chart("題", "説明", spec), 1)
    assert ("0%未満" in drawn) is bool(below)
    assert (f"{HIGHEST}00%以上" in drawn) is bool(above)
