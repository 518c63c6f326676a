"""Quantities as printed: every form, exactly, with nothing dropped."""

import decimal
import time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hyotei.base.text_folding import folded
from hyotei.messages import Location
from hyotei.sheet import Quantity
from hyotei.sheet.quantity import print_quantity, read_quantity
from tests.strategies_sheets import AWKWARD, figures, printed_quantities, quantities

SIGNS = (
    "0123456789０５９.,，、・万億千百十兆〇一三%％割分厘円回件人カ国つ倍位第約計全"
    "以上以下未満超程度等など前年比増減-－―△▲~～〜【】()（）年度平成R 24H　²①eE^+m\n"
)
NOISE = st.one_of(st.text(st.sampled_from(SIGNS), max_size=15), st.text(max_size=15), printed_quantities())


def bare(quantity: Quantity) -> Quantity:
    return quantity.model_copy(update={"source": None})


def read(text: str) -> Quantity:
    return read_quantity(text, year_hint=2012)[0]


@given(quantities)
def test_what_is_printed_is_read(quantity: Quantity) -> None:
    """Every quantity comes back from its print, and without a word about it that matters."""
    again, problems = read_quantity(print_quantity(quantity))
    assert bare(again) == quantity
    assert problems == ()


@given(NOISE)
@example("5 e2")
@example("5  千人")
@example("約5回超え程度【24年度】")
@example("三つ")
@example("5件未満等程度")
@example("(10)5回")
def test_what_is_read_is_printed_and_read_again(text: str) -> None:
    """Whatever came out of any text comes out of its print, too."""
    quantity = read(text)
    assert bare(read(print_quantity(quantity))) == bare(quantity)


@given(NOISE, st.sampled_from([None, "千円", "%", "回"]))
def test_no_text_is_lost(text: str, unit: str | None) -> None:
    """The source keeps the text to the letter, and an uncertain reading says why."""
    quantity, problems = read_quantity(
        text, year_hint=2012, default_unit=unit, location=Location("f.yaml", 3, 5), place="表"
    )
    source = quantity.source
    assert source is not None
    assert (source.text, source.file, source.line, source.place) == (text, "f.yaml", 3, "表")
    assert (source.reading == "stated") == (source.notes == ())
    for problem in problems:
        assert problem.location == Location("f.yaml", 3, 5)
        assert problem.text("ja")
        assert problem.text("en")


@given(printed_quantities())
def test_width_does_not_matter(text: str) -> None:
    """Full and half width read alike."""
    narrow = text.translate(str.maketrans("０１２３４５６７８９％，．－～", "0123456789%,.-~"))
    assert bare(read(text)) == bare(read(narrow))


@given(figures(whole=40, decimals=20), st.sampled_from(["円", "千円", "百万円", "万円", "億円", "兆円"]))
def test_money_is_converted_exactly(value: Decimal, unit: str) -> None:
    """Amounts in any unit are the same number of yen, under any context."""
    factor = {"円": 1, "千円": 10**3, "百万円": 10**6, "万円": 10**4, "億円": 10**8, "兆円": 10**12}[unit]
    with decimal.localcontext(decimal.Context(prec=1)):
        written, _ = read_quantity(f"{value:f}{unit}")
        from_table, _ = read_quantity(f"{value:,f}", default_unit=unit)
    assert written.unit == from_table.unit == "円"
    with decimal.localcontext(decimal.Context(prec=200)):
        assert written.value == from_table.value == value * factor


LEVELS = [
    ("７回【23年度】", "7", "回", None, 2011),
    ("10カ国以上【24年度】", "10", "カ国", "以上", 2012),
    ("４回程度", "4", "回", "程度", None),
    ("10回程度", "10", "回", "程度", None),
    ("約1,200人", "1200", "人", "約", None),
    ("△33,660", "-33660", None, None, None),
    ("▲5.2％", "-0.052", "%", None, None),
    ("-33,660", "-33660", None, None, None),
    ("－33,660", "-33660", None, None, None),
    ("80％以下", "0.8", "%", "以下", None),
    ("5％未満", "0.05", "%", "未満", None),
    ("100件超", "100", "件", "超", None),
    ("２割", "0.2", "%", None, None),
    ("2割5分3厘", "0.253", "%", None, None),
    ("1.5倍", "1.5", "倍", None, None),
    ("３億２千万円", "320000000", "円", None, None),
    ("三億二千万円", "320000000", "円", None, None),
    ("1.5億円", "150000000", "円", None, None),
    ("12,345千円", "12345000", "円", None, None),
    ("百万円", "1000000", "円", None, None),
    ("300百万円", "300000000", "円", None, None),
    ("0.001円", "0.001", "円", None, None),
    ("¥1,200", "1200", "円", None, None),
    ("ゼロ", "0", None, None, None),
    ("ゼロ件", "0", "件", None, None),
    ("第３位", "3", "位", None, None),
    ("計43回", "43", "回", None, None),
    ("5万2,000人", "52000", "人", None, None),
    ("二十四人", "24", "人", None, None),
    ("3つ", "3", "つ", None, None),
    ("10か国・地域", "10", "か国・地域", None, None),
    ("5%ポイント", "5", "%ポイント", None, None),
    ("10㎡", "10", "m2", None, None),
    ("10m²", "10", "m2", None, None),
    ("≧80%", "0.8", "%", "以上", None),
    ("5以内", "5", None, "以下", None),
    ("10件を超える", "10", "件", "超", None),
    ("+5", "5", None, None, None),
    ("43", "43", None, None, None),
    ("平成24年度 43回", "43", "回", None, 2012),
    ("24年度：43回", "43", "回", None, 2012),
    ("43回（H24）", "43", "回", None, 2012),
    ("10回 【 平成24年度 】", "10", "回", None, 2012),
    ("\u200b１０\u3000回", "10", "回", None, None),
]


@pytest.mark.parametrize(("text", "value", "unit", "qualifier", "year"), LEVELS)
def test_each_level_is_read(text: str, value: str, unit: str | None, qualifier: str | None, year: int | None) -> None:
    """Value, unit, qualifier and year of every form, without a remark."""
    quantity, problems = read_quantity(text, year_hint=2012)
    assert (quantity.value, quantity.unit, quantity.qualifier, quantity.fiscal_year) == (
        Decimal(value),
        unit,
        qualifier,
        year,
    )
    assert problems == ()


INFERRED = [
    ("全て", "1", "%", None),
    ("過半数", "0.5", "%", "超"),
    ("６件 等", "6", "件", None),
    ("５回（セミナー等）", "5", "回", None),
    ("5回実施", "5", "回", None),
    ("セミナー：5回", "5", "回", None),
    ("約10回以上", "10", "回", "以上"),
    ("およそ10回", "10", "回", "約"),
    ("10回前後", "10", "回", "程度"),
    ("5e3", "5000", None, None),
    ("~80%", "0.8", "%", "以下"),
    ("80%~", "0.8", "%", "以上"),
    ("5部門", "5", "部門", None),
    ("年間10回", "10", "回", None),
]


@pytest.mark.parametrize(("text", "value", "unit", "qualifier"), INFERRED)
def test_what_is_inferred_says_so(text: str, value: str, unit: str | None, qualifier: str | None) -> None:
    """The figure is used, and the source says what was made of the rest."""
    quantity = read(text)
    assert (quantity.value, quantity.unit, quantity.qualifier) == (Decimal(value), unit, qualifier)
    assert quantity.source is not None
    assert quantity.source.reading == "inferred"
    assert quantity.source.notes


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("80～90％", "0.8", "0.9", "%"),
        ("80%〜90%", "0.8", "0.9", "%"),
        ("10回から12回", "10", "12", "回"),
        ("10-12回", "10", "12", "回"),
        ("2～3億円", "200000000", "300000000", "円"),
        ("5,000万～1億円", "50000000", "100000000", "円"),
        ("-5～-3%", "-0.05", "-0.03", "%"),
        ("5件以上10件以下", "5", "10", "件"),
    ],
)
def test_a_range_keeps_both_ends(text: str, low: str, high: str, unit: str) -> None:
    """A printed range has no single value, and keeps its ends."""
    quantity = read(text)
    assert (quantity.value, quantity.unknown) == (None, "undefined")
    assert (quantity.low, quantity.high, quantity.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *[(text, "missing") for text in ("―", "－", "-", "—", "ー", "", "　", "…", "該当なし", "N/A")],
        *[(text, "unsettled") for text in ("集計中", "未定", "未確定", "決算前", "集計中（8月公表）", "未定。")],
        *[(text, "unmeasured") for text in ("未測定", "測定不能")],
        *[
            (text, "qualitative")
            for text in ("前年度比増", "国際展開を推進", "十分な成果", "一部", "一", "〇", "定性的")
        ],
        *[(text, "unread") for text in ("未読取", "読取不能", "判読不能")],
        *[(text, "undefined") for text in ("算定不能", "#DIV/0!")],
        ("平成25年度までに第3次計画を策定", "qualitative"),
        ("モデルシステムの構築・運営を６件実施したほか、調査を実施", "unread"),
    ],
)
def test_what_has_no_figure_says_why(text: str, reason: str) -> None:
    """The reason is one of five, and never a zero."""
    quantity = read(text)
    assert (quantity.value, quantity.unknown) == (None, reason)


AMBIGUOUS = [
    "・４回程度（セミナー等）・３回程度（ミッション団）",
    "前年度比5%増",
    "1.2倍増",
    "5割引",
    "10²",
    "5①",
    "①5回",
    "第3回",
    "2015年度",
    "平成27年度",
    "1,2345",
    "5件以上10件未満",
    "43回【平成24年度】【23年度】",
    "4/5",
]


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_what_can_be_read_in_two_ways_is_not_read_in_one(text: str) -> None:
    """The figure is unread, and a warning is given."""
    quantity, problems = read_quantity(text, year_hint=2012)
    assert (quantity.value, quantity.unknown) == (None, "unread")
    assert quantity.source is not None
    assert quantity.source.reading == "ambiguous"
    assert "HY213" in [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("構築と運営を6件実施したほか、調査を実施【24年度】", ("6件",)),
        ("A社が10件、B社が20件を実施し、満足度は80%以上", ("10件", "20件", "80%以上")),
        ("1,2345", ()),
        ("あ" * 999 + "5件実施", ()),
        ("5件実施" + "あ" * 999, ("5件",)),
    ],
)
def test_figures_of_a_sentence_are_candidates_where_they_stand_whole(text: str, candidates: tuple[str, ...]) -> None:
    """With their unit and qualifier and nothing of the words behind; no part of a number, and none that is cut off."""
    source = read(text).source
    assert source is not None
    assert source.candidates == candidates


@given(st.lists(st.one_of(NOISE, st.sampled_from(["件実施したほか", "を", "6件", "80%以上"])), max_size=5).map("".join))
def test_a_candidate_is_a_figure_that_stands_in_the_text(text: str) -> None:
    """Each one alone is read as a figure."""
    source = read(text).source
    for candidate in source.candidates if source is not None else ():
        alone = read(candidate)
        assert alone.value is not None or alone.low is not None, candidate
        assert candidate in folded(text)


@pytest.mark.parametrize(
    ("text", "reason", "code"),
    [
        ("NaN", "missing", "HY211"),
        ("inf", "undefined", "HY212"),
        ("-Infinity", "undefined", "HY212"),
        ("10^400", "unread", "HY210"),
        ("1e400", "unread", "HY210"),
        ("1e-400", "unread", "HY210"),
        ("1e999999999999", "unread", "HY210"),
        ("9" * 61, "unread", "HY210"),
        ("9" * 60 + "京円", "unread", "HY210"),
        ("9" * 100_000, "unread", "HY210"),
        ("90～80%", "unread", "HY217"),
    ],
)
def test_impossible_figures_have_one_clear_message(text: str, reason: str, code: str) -> None:
    """What cannot be a figure is none, and is told in a sentence of bounded length."""
    quantity, problems = read_quantity(text)
    assert (quantity.value, quantity.unknown) == (None, reason)
    assert code in [problem.code for problem in problems]
    assert all(len(problem.text("ja")) < 300 for problem in problems)


def test_a_wrong_year_leaves_the_figure() -> None:
    """The figure is used though its year is impossible, and the source says that the year is not known."""
    quantity, problems = read_quantity("7回【9999年度】", year_hint=2012)
    assert (quantity.value, quantity.unit, quantity.fiscal_year) == (Decimal(7), "回", None)
    assert [problem.code for problem in problems] == ["HY202"]
    quantity, problems = read_quantity("7回【24年度】")
    assert (quantity.value, quantity.fiscal_year) == (Decimal(7), None)
    assert [problem.code for problem in problems] == ["HY203"]


def test_the_unit_of_a_table_is_for_bare_figures_only() -> None:
    """A figure with a unit of its own keeps it, and thousands are not multiplied twice."""

    def value(text: str) -> tuple[Decimal | None, str | None]:
        quantity, _ = read_quantity(text, default_unit="千円")
        return quantity.value, quantity.unit

    assert value("△33,660") == (Decimal(-33660000), "円")
    assert value("0") == (Decimal(0), "円")
    assert value("5百万円") == (Decimal(5000000), "円")
    assert value("12千") == (Decimal(12000), "円")
    assert value("5回") == (Decimal(5), "回")
    assert value("未確定") == (None, None)


def test_a_unit_that_is_none_is_refused() -> None:
    """The caller's mistake is no reading."""
    with pytest.raises(ValueError, match="not a unit"):
        read_quantity("5", default_unit="5")


@pytest.mark.parametrize(
    "piece", ["9", "あ", "1,", "(", "【24年度】", "-", "~1", "5回", "第", "約", "、5", "1.", "百", "\n", "【", "５"]
)
@pytest.mark.parametrize("size", [999, 100_000])
def test_long_texts_take_no_time(piece: str, size: int) -> None:
    """A hundred thousand characters are read or refused in a moment, and kept."""
    text = (piece * size)[:size]
    begun = time.process_time()
    quantity = read(text)
    assert time.process_time() - begun < 20
    assert quantity.source is not None
    assert quantity.source.text == text


@given(st.sampled_from(AWKWARD))
def test_awkward_values_are_exact(value: Decimal) -> None:
    """Zero, very small and very large values come through."""
    assert read(f"{value:f}回").value == value
