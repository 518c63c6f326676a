"""Figures that were told in the unit of their measure agree with their print; others are corrections."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.value_against_text import against_print
from hyotei.sheet import Quantity, Source


@given(
    st.integers(1, 10_000),
    st.sampled_from((("時間", "分", 60), ("分", "秒", 60), ("km", "m", 1000), ("年間", "か月", 12))),
)
def test_a_converted_figure_is_no_correction(number: int, units: tuple[str, str, int]) -> None:
    """3時間 is 180分, and 181分 is another figure."""
    larger, smaller, ratio = units
    source = Source(text=f"{number}{larger}", reading="inferred", note="同じ指標のほかの数値に合わせた")
    same = Quantity(value=Decimal(number * ratio), unit=smaller, source=source)
    assert against_print(same) == same
    other = against_print(Quantity(value=Decimal(number * ratio + 1), unit=smaller, source=source))
    assert other.source is not None
    assert other.source.reading == "corrected"
