"""Units and numerals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.sheet import Measure, Quantity, Source
from hyotei.sheet.numerals import read_numeral
from hyotei.sheet.same_unit import in_one_unit
from hyotei.sheet.units import FigureUnit, read_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("円", FigureUnit("円")),
        ("千円", FigureUnit("円", Decimal(1000))),
        ("百万円", FigureUnit("円", Decimal(10**6))),
        ("億円", FigureUnit("円", Decimal(10**8))),
        ("１０億円", FigureUnit("円", Decimal(10**9))),
        ("％", FigureUnit("%", Decimal("0.01"))),
        ("回", FigureUnit("回")),
        ("㎡", FigureUnit("m2")),
    ],
)
def test_a_unit_is_read_from_a_heading(text: str, unit: FigureUnit) -> None:
    """Money and ratios are converted, all else stays."""
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    "text", ["", "5", "円円", "abc円", "千 円 円", "あ" * 100, "5回", "(千円)", "－", "―", "ー", "-", "／", "なし", "…"]
)
def test_what_is_no_unit_is_none(text: str) -> None:
    """A figure or a sentence is no unit, and what stands in its place where there is none is not either."""
    assert read_unit(text) is None


KANJI = "〇一二三四五六七八九"


def in_kanji(number: int) -> str:
    """A number below ten thousand in kanji with multipliers."""
    text = ""
    for power, sign in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            text += ("" if digit == 1 and sign else KANJI[digit]) + sign
    return text


@given(st.integers(1, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_kanji_and_mixed_numerals_are_read(high: int, middle: int, low: int) -> None:
    """億 and 万 with digits or kanji between them."""
    value = high * 10**8 + middle * 10**4 + low
    kanji = in_kanji(high) + "億" + (in_kanji(middle) + "万" if middle else "") + in_kanji(low)
    mixed = f"{high:,}億" + (f"{middle:,}万" if middle else "") + (str(low) if low else "")
    for text in (kanji, mixed):
        found = read_numeral(text + "円")
        assert found is not None
        assert (found.value, found.end) == (value, len(text))


@pytest.mark.parametrize("text", ["", "円", "回5", "あ"])
def test_what_is_no_numeral_is_none(text: str) -> None:
    """Other text is no numeral."""
    assert read_numeral(text) is None


@pytest.mark.parametrize(
    "text",
    ["十百", "億億", "1万12千345", "1億12345万", "2千12百", "万", "億", "1.5億200万", "1,2345", "12345,678", "1.234.5", ",5",
     "125,47", "1,2\ufffd4", "5.5.5", "1万2億", "十2十", "3千5千", "一,二"],
)  # fmt: skip
def test_a_numeral_that_cannot_be_read_whole_has_no_value(text: str) -> None:
    """All of it is taken, so that no part of it is read elsewhere, and its value is unknown."""
    found = read_numeral(text + "人")
    assert found is not None
    assert (found.value, found.end, found.fault) == (None, len(text), "broken")


@given(st.text(st.sampled_from("0123456789,.十百千万億兆京〇一二九"), min_size=1, max_size=12))
def test_a_numeral_has_a_value_whole_or_none(text: str) -> None:
    """A numeral with a value reads to where no sign of a numeral is left."""
    found = read_numeral(text)
    if found is not None and found.value is not None:
        assert not text[found.end :] or text[found.end :][0] in ",."


@given(st.text(st.sampled_from("0123456789,.十百千万億兆京〇一二九ゼロe+- 円"), max_size=30))
def test_any_text_has_a_numeral_or_none(text: str) -> None:
    """Nothing fails, and a numeral ends within the text."""
    found = read_numeral(text)
    assert found is None or 0 < found.end <= len(text)


@given(st.permutations(("baseline", "target", "actual")), st.integers(1, 500), st.integers(1, 500), st.integers(1, 500))
def test_the_figures_of_a_measure_are_in_one_unit(roles: list[str], hours: int, minutes: int, seconds: int) -> None:
    """Hours beside minutes are minutes, exactly, whichever figure they are; what cannot be told in one unit stays."""
    given_figures = {
        roles[0]: Quantity(value=Decimal(hours), unit="時間", source=Source(text=f"{hours}時間")),
        roles[1]: Quantity(value=Decimal(minutes), unit="分", source=Source(text=f"{minutes}分")),
    }
    measure = in_one_unit(Measure.model_validate(given_figures))
    assert (getattr(measure, roles[0]).value, getattr(measure, roles[0]).unit) == (hours * 60, "分")
    assert getattr(measure, roles[0]).source.reading == "inferred"
    assert getattr(measure, roles[1]) == given_figures[roles[1]]
    third = roles[2]
    with_seconds = in_one_unit(
        Measure.model_validate({**given_figures, third: Quantity(value=Decimal(seconds), unit="秒")})
    )
    assert getattr(with_seconds, roles[0]).value == hours * 3600
    assert getattr(with_seconds, roles[1]).value == minutes * 60
    other = Measure.model_validate({**given_figures, third: Quantity(value=Decimal(seconds), unit="件")})
    assert in_one_unit(other) == other
