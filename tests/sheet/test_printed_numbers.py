"""Numbers as documents print them: each form has its one right value or is unread, and no text gives a part of its number."""

import re
import time
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.exact import plain
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.text_figures import figures_in

FORMS: Final = [
    line.split("|")
    for line in Path(__file__).with_name("printed_numbers.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
]


def test_there_are_five_hundred_forms() -> None:
    """The list is the ground for what the scanner reads, and nothing stands in it twice."""
    texts = [form[0] for form in FORMS]
    assert len(set(texts)) >= 500
    assert len(set(texts)) >= len(texts) - 1


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0])
def test_each_printed_form(form: list[str]) -> None:
    """Value or ends, unit, qualifier and year; an unread one has a warning, and keeps its text."""
    text, answer, unit, qualifier, year = (*form, "", "", "")[:5]
    quantity, problems = read_quantity(text, year_hint=2012)
    assert quantity.source is not None
    assert quantity.source.text == text
    if quantity.low is not None and quantity.high is not None:
        found = f"{plain(quantity.low)}~{plain(quantity.high)}"
    else:
        found = quantity.unknown or plain(quantity.value or Decimal(0))
    assert (found, str(quantity.fiscal_year or "")) == (answer, year)
    if quantity.value is not None or quantity.low is not None:
        assert (quantity.unit or "", quantity.qualifier or "") == (unit, qualifier)
    if answer == "unread":
        assert {each.code for each in problems} & {"HY210", "HY213", "HY217"}


NUMBERS: Final = st.one_of(
    st.integers(1, 99).map(lambda number: (str(number), Decimal(number))),
    st.integers(1000, 9_999_999).map(lambda number: (f"{number:,}", Decimal(number))),
    st.integers(11, 9_999).map(lambda number: (f"{number / 10:.1f}", Decimal(number) / 10)),
    st.integers(1, 99).map(lambda number: (f"{number}万", Decimal(number) * 10_000)),
    st.tuples(st.integers(1, 99), st.integers(1, 9)).map(
        lambda n: (f"{n[0]}万{n[1]}千", Decimal(n[0] * 10_000 + n[1] * 1_000))
    ),
)
WIDE: Final = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
BESIDE: Final = ("", "計", "約", "延べ", "セミナー：", "参加者数 ", "・", "満足度", "年間", "累計約")
BEHIND: Final = ("", "。", "（セミナー等）", "実施", " 等", "以上", "程度", "※")
BEFORE_IT: Final = (
    "三", "万", "億", "\ufffd", "3\ufffd", "1O", "l", "A", "No.", "▼", "±", "$", "#", "/", "3/", "1:", "5～", "5件～", "5件以上",
    "5件から", "12フ", "数", "何", "壱", "²", "①", "٣", "3、", "3・", "3と", "5-3-", "’3", "2時間", "×", "3×",
    "△-", "--", "(", "〈", "v",
)  # fmt: skip
"""What no figure has before it, if it is all of the number."""
AFTER_IT: Final = (
    "弱", "強", "余", "余り", "台", "目", "前", "後", "\ufffd", "\ufffd3", "フ3", "3", "～5件", "～50,000,000",
    "以上10件未満", "→5", "分の1", "×2", "/3",
    "の増", "増", "減", "ずつ", "ごと", "毎", "半", "①", "²",
    "、3件", "・3件", "と3件", "（うち3件）", "3分", "+α", "万", "億", "-3", "：3", "^2", "号",
)  # fmt: skip
"""What makes a figure another number, or a part of one."""
UNITS: Final = ("件", "人", "回", "社", "人泊", "tCO2")


@given(NUMBERS, st.sampled_from(BESIDE), st.sampled_from(UNITS), st.sampled_from(BEHIND), st.booleans())
def test_a_number_among_words_is_that_number_or_unread(
    number: tuple[str, Decimal], before: str, unit: str, after: str, wide: bool
) -> None:
    """Words that belong to no number leave it what it is, in a cell and in a sentence."""
    printed, value = number
    text = before + (printed.translate(WIDE) if wide else printed) + unit + after
    quantity, _ = read_quantity(text)
    assert (quantity.value, quantity.unit) == (value, unit)
    for each in figures_in(f"研修を行い、{before}{printed}{unit}{after}"):
        assert each.level is None or (each.level.value, each.level.unit) == (value, unit)


@given(NUMBERS, st.sampled_from(BEFORE_IT), st.sampled_from(UNITS), st.sampled_from(BEHIND))
def test_what_touches_a_number_before_it_makes_it_unread(
    number: tuple[str, Decimal], before: str, unit: str, after: str
) -> None:
    """A digit, a sign, a letter of a code or another number: the part behind it is no figure."""
    printed, value = number
    text = f"{before}{printed}{unit}{after}"
    quantity, problems = read_quantity(text)
    assert quantity.value != value, text
    assert quantity.value is None, text
    if quantity.low is None:
        assert quantity.unknown == "unread"
        assert problems
    for sentence in (text, f"研修を行い{text}") if before != "(" else ():
        for each in figures_in(sentence):
            assert each.level is None or each.level.value != value, sentence


@given(NUMBERS, st.sampled_from(BESIDE), st.sampled_from(UNITS), st.sampled_from(AFTER_IT))
def test_what_touches_a_number_behind_it_makes_it_unread(
    number: tuple[str, Decimal], before: str, unit: str, after: str
) -> None:
    """Another number, another unit, or a word that makes it another: the part before it is no figure."""
    printed, value = number
    text = f"{before}{printed}{unit}{after}"
    quantity, _ = read_quantity(text)
    assert quantity.value is None, text
    assert quantity.unknown == "unread" or quantity.low is not None
    figures = figures_in(f"研修を行い、{text}")
    # Two whole figures beside each other are both told, and the reader of the row takes neither.
    assert len(figures) > 1 or all(each.level is None or each.level.value != value for each in figures), text


@given(
    st.text(
        st.sampled_from(
            "0123456789,.、・万億千百十一二三〇件人回年月日時間分～-－△▲%％約計以上（）�フA/数台弱の増 　①²"
        ),
        max_size=14,
    )
)
def test_no_value_leaves_a_digit_of_its_text_aside(text: str) -> None:
    """Whatever is read, each of the printed digits is in the value: the digits of all figures of a text are those of the text."""
    quantity, _ = read_quantity(text)
    if quantity.value is None or "分" in text or "の" in text:
        return  # minutes of hours are converted
    runs = "".join(sign for sign in text if sign in "0123456789").strip("0")
    shown = plain(quantity.value * (100 if quantity.unit == "%" else 1)).replace(".", "").replace("-", "")
    if quantity.unit in ("月", "日", "時間") or "年" in text or "日" in text or "月" in text:
        return
    for digit in set(runs) - {"0"}:
        assert digit in shown, (text, quantity.value)


SENTENCE: Final = "00123456789,.、・万千十三件人回年月日時間分～-△▲%約計以上以下（）�フA/数台弱の増①²目延平均が研修を"


@given(st.text(st.sampled_from(SENTENCE), min_size=3, max_size=16))
def test_no_figure_of_a_text_is_cut_out_of_a_longer_one(text: str) -> None:
    """No digit, separator, power of ten, sign or lost character touches what is taken as a figure, and its digits are its value."""
    for each in figures_in(text):
        if each.level is None or each.level.value is None:
            continue
        before, after = text[max(each.start - 1, 0) : each.start], text[each.end : each.end + 1]
        assert before not in tuple("0123456789,.万千十�-/～△▲数²①"), (text, each)
        assert after not in tuple("0123456789,万千十�-/～弱台目²①"), (text, each)
        if not any(sign in each.text for sign in "万千十三時分年月"):
            shown = plain(each.level.value * (100 if each.level.unit == "%" else 1))
            assert re.sub("[^1-9]", "", shown) == re.sub("[^1-9]", "", each.text)


@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, "9" * 100_000 + "人", "約" + "9" * 100_000 + "件", "1," * 50_000 + "1", "三" * 100_000 + "人", "1万" * 50_000,
     "9" * 300 + "人", "1." * 50_000, "▲" + "1" * 100_000,
     "1e" + "9" * 100_000, "5件" * 50_000, "十" * 900, "百" * 999, "数" * 100_000],
    ids=lambda text: f"{text[:4]}x{len(text)}",
)  # fmt: skip
def test_numbers_without_end_are_unread_at_once(text: str) -> None:
    """A hundred thousand digits are no figure and no words, and are told within a second."""
    begun = time.process_time()
    quantity, problems = read_quantity(text)
    figures_in(text[:5_000])
    assert time.process_time() - begun < 5
    assert quantity.value is None
    if any(sign.isdigit() for sign in text):
        assert quantity.unknown == "unread"
        assert problems
        assert all(len(each.text("ja")) < 300 for each in problems)
