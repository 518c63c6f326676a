"""Words and amounts of reports."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyotei.report.amount_words import hundred_millions

MONEY = st.integers(0, 10**16).map(Decimal)


@given(MONEY, MONEY)
def test_sums_of_a_table_are_in_one_unit(one: Decimal, other: Decimal) -> None:
    """Whatever their size, so that they compare at a glance; cut, and a sum that there is never shown as none."""
    shown = [hundred_millions(each, "ja") for each in (one, other)]
    assert all("億円" in text for text in shown)
    for money, text in zip((one, other), shown, strict=True):
        figure = Decimal(text.partition("億円")[0].replace(",", "")) * 10**8
        if text.endswith("未満"):
            assert 0 < money < figure
        else:
            assert figure <= money < figure + 10**7
