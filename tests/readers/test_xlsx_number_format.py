"""What a cell of a workbook shows, in the formats that forms are written in."""

from decimal import Decimal, localcontext
from math import copysign, inf, nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.xlsx_number_format import DIGITS, shown


@pytest.mark.parametrize(
    ("literal", "code", "text"),
    [
        ("0.75", "0%", "75%"),
        ("0.753", "0.0%", "75.3%"),
        ("1234567", "#,##0", "1,234,567"),
        ("-33660", '#,##0;"△ "#,##0', "△ 33,660"),
        ("-33660", "#,##0;[Red]-#,##0", "-33,660"),
        ("-12", "0;▲0", "▲12"),
        ("0", '#,##0;-#,##0;"－"', "－"),
        ("12", '0"回"', "12回"),
        ("25", '"平成"0"年度"', "平成25年度"),
        ("24", r"\【0\年\度\】", "【24年度】"),
        ("7", "General", "7"),
        ("1E-3", "General", "0.001"),
        ("1.5E+3", "General", "1500"),
        ("0.5", "0.0##%", "50.0%"),
        ("87.400000000000006", "General", "87.4"),
        ("41365", 'ggge"年度"', "平成25年度"),
        ("43586", "ge", "R1"),
        ("41365", "yyyy/m/d", "2013/4/1"),
        ("41365", '[$-411]ggge"年"m"月"d"日"', "平成25年4月1日"),
        ("3", "@", "3"),
        ("0.1", "[$¥-411]#,##0.0", "¥0.1"),
        ("12.5", "# ?/?", "12.5"),
        ("1234567.5", "0.00E+00", "1234567.5"),
        ("not a number", "0", "not a number"),
    ],
)
def test_a_number_is_shown_as_its_format_says(literal: str, code: str, text: str) -> None:
    assert shown(literal, code).text == text
    assert shown(literal, code).notes == ()


@pytest.mark.parametrize(
    ("literal", "code", "text"),
    [
        ("0.30000000000000004", "General", "0.3"),
        ("79.96", "0.0", "80.0"),
        ("1234567", "#,##0,", "1,235"),
        ("-5", "#,##0_);(#,##0)", "-5"),
        ("-5", "0;[Red]0", "-5"),
    ],
)
def test_what_the_text_alone_would_hide_is_noted(literal: str, code: str, text: str) -> None:
    """Digits rounded away and signs that only a colour or a bracket shows."""
    assert shown(literal, code).text == text
    assert shown(literal, code).notes


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=3), st.sampled_from(("0.000", "#,##0.000", "General")))
def test_a_format_with_all_digits_shows_the_number_itself(value: Decimal, code: str) -> None:
    """Nothing is lost and nothing is noted where the format has as many digits as the number."""
    result = shown(f"{value:f}", code)
    assert Decimal(result.text.replace(",", "")) == value
    assert result.notes == ()


@given(st.text(max_size=30), st.text(alphabet='0#?,.%;"[]()-_*\\@EegymdhsRed年度 ', max_size=20))
def test_any_literal_and_any_format_show_something(literal: str, code: str) -> None:
    assert isinstance(shown(literal, code).text, str)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet='0#?,.%;"[]()-_*\\@EegymdhsRed年度 ', max_size=20),
)
def test_any_number_in_any_format_shows_something(value: float, code: str) -> None:
    assert isinstance(shown(repr(value), code).text, str)


@given(
    st.decimals(-(10**59), 10**59, allow_nan=False, allow_infinity=False)
    .filter(lambda value: len(f"{value:E}") <= 40)
    .filter(lambda value: abs(value.adjusted()) < 60),
    st.integers(0, 30),
    st.integers(0, 3),
    st.integers(0, 4),
)
def test_any_size_of_number_is_rounded_as_its_format_says(
    value: Decimal, places: int, percents: int, thousands: int
) -> None:
    """What is shown is within half of its last digit of what the file holds, to the digits that a workbook reckons with."""
    literal = f"{value:E}"
    code = f"0{'.' if places else ''}{'0' * places}{',' * thousands}{'%' * percents}"
    text = shown(literal, code).text
    with localcontext(prec=400):
        factor = Decimal(10) ** (2 * percents - 3 * thousands)
        held = Decimal(text.rstrip("%")) / factor
        noise = Decimal(0) if not value else Decimal((0, (5,), value.adjusted() - DIGITS))
        assert abs(held - value) <= Decimal((0, (5,), -places - 1)) / factor + noise


@given(st.integers(1, 10**4), st.text(alphabet="0.#,%", min_size=256, max_size=600))
def test_a_format_longer_than_any_is_not_believed(value: int, code: str) -> None:
    assert shown(str(value), code).text == str(value)


def _neighbour(digits: int, power: int, steps: int) -> str:
    """A binary fraction so many steps beside one of 15 decimal digits, as it is written."""
    found = float(f"{digits}e{power}")
    for _ in range(abs(steps)):
        found = nextafter(found, copysign(inf, steps))
    return repr(found)


@given(
    st.one_of(
        st.builds(_neighbour, st.integers(1, 10**15 - 1), st.integers(-20, 5), st.integers(-3, 3)),
        st.floats(allow_nan=False, allow_infinity=False).map(repr),
        st.floats(allow_nan=False, allow_infinity=False).map("{:.17g}".format),
        st.floats(-1e6, 1e6).map("{:.25g}".format),
        st.decimals(-(10**6), 10**6, places=25, allow_nan=False).map(str),
        st.integers(2**52, 2**56).map(lambda number: f"{number}.5"),
    )
)
def test_digits_that_say_another_number_than_the_shown_one_are_told(literal: str) -> None:
    """A workbook holds binary fractions: Python's own tell whether both texts are the same one."""
    with localcontext(prec=DIGITS, rounding="ROUND_HALF_UP"):
        rounded = +Decimal(literal)
    cell = shown(literal, "@")
    read = cell.text != literal or rounded == Decimal(literal)
    assert bool(cell.notes) is (read and float(literal) != float(rounded))
