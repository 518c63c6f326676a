"""Budget tables that tell amounts account by account: the printed sum is read, one account is never taken for all."""

from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.readers.evaluation_text import read_evaluation_text
from hyotei.readers.printed import read_form
from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine, FormPlace, FormTable
from hyotei.sheet import Quantity, Sheet

Layout = Literal["beside", "around", "together", "in brackets"]
YEARS = ("22年度", "23年度", "24年度")
AMOUNTS = st.lists(st.integers(1, 9_999), min_size=3, max_size=3)
SPECIAL = ("特別会計", "エネルギー対策特別会計", "労働保険特別会計", "雇用勘定")


def written(layout: Layout, accounts: list[str], rows: list[tuple[str, list[list[int]]]]) -> list[FormCell]:
    """A table of kinds of amounts, each with a row of amounts for every account."""
    cells = [FormCell("区分", 0, 0, FormPlace(), 1, 2), *_amounts(0, YEARS)]
    at = 1
    if layout == "around":
        for number, account in enumerate(accounts):
            cells.append(FormCell(account, at, 0, FormPlace(), len(rows), 1))
            for kind, amounts in rows:
                cells += [FormCell(f"{kind}（千円）", at, 1, FormPlace()), *_amounts(at, amounts[number])]
                at += 1
        return cells
    for kind, amounts in rows:
        if layout == "beside":
            cells.append(FormCell(f"{kind}（千円）", at, 0, FormPlace(), len(accounts), 1))
        for number, account in enumerate(accounts):
            label = {"beside": account, "together": f"{kind} {account}"}.get(layout, f"{kind}（{account}）")
            cells += [FormCell(label, at, 1, FormPlace()), *_amounts(at, amounts[number])]
            at += 1
    return cells


def _amounts(row: int, values: "tuple[str, ...] | list[int]") -> list[FormCell]:
    return [FormCell(str(each), row, 2 + column, FormPlace()) for column, each in enumerate(values)]


def sheet_of(cells: list[FormCell]) -> Sheet:
    lines = [
        "平成25年度主要な政策に係る評価書", "（総務省24－３）", "政策名　政策３：地域振興", "政策の予算額・執行額等（単位：千円）",
    ]  # fmt: skip
    ((sheet, _),) = read_form(
        [*(FormLine(each, FormPlace()) for each in lines), FormTable(tuple(cells), FormPlace())], "form"
    )
    assert sheet is not None
    return sheet


@settings(max_examples=60)
@given(
    st.sampled_from(("beside", "around", "together", "in brackets")),
    st.sampled_from(SPECIAL),
    st.lists(AMOUNTS, min_size=4, max_size=4),
    st.booleans(),
)
def test_the_printed_sum_is_read_and_no_account_is_taken_for_all(
    layout: Layout, special: str, drawn: list[list[int]], summed: bool
) -> None:
    """Without a printed sum the amounts are candidates."""
    accounts = ["一般会計", special, *(["計"] if summed else [])]
    kinds = [(kind, drawn[at : at + 2]) for kind, at in (("当初予算", 0), ("執行額", 2))]
    told = [
        (kind, [*parts, *([[a + b for a, b in zip(*parts, strict=True)]] if summed else [])]) for kind, parts in kinds
    ]
    years = sheet_of(written(layout, accounts, told)).budget_years
    for at, year in enumerate(years):
        for quantity, (_, amounts) in zip((year.initial, year.executed), told, strict=True):
            known: Quantity = quantity
            if summed:
                assert known.value == amounts[-1][at] * 1000
            elif amounts[0][at] != amounts[1][at]:
                assert known.value is None
                assert known.source is not None
                assert known.source.candidates == (str(amounts[0][at]), str(amounts[1][at]))


@pytest.mark.parametrize("several", [True, False])
def test_lines_of_accounts_in_a_text(several: bool) -> None:
    """Of two accounts both lines are told and none is the amount; a table of one account is of that."""
    rows = ["当初予算（一般会計） 100 110 120", *(["当初予算（特別会計） 10 20 30"] if several else [])]
    head = ["（総務省24－３）", "政策名 政策３：地域振興", "政策の予算額・執行額等", "区分 22年度 23年度 24年度"]
    lines = [*head, "予算の状況（千円）", *rows, "執行額 90 100 110"]
    sheet, problems = read_evaluation_text("\n".join(lines), "x")
    assert sheet is not None
    assert [year.initial.value for year in sheet.budget_years] == (
        [None] * 3 if several else [100_000, 110_000, 120_000]
    )
    assert [year.executed.value for year in sheet.budget_years] == [90_000, 100_000, 110_000]
    assert sum(each.code == "HY267" for each in problems) == 2 * several


@settings(max_examples=30)
@given(st.lists(AMOUNTS, min_size=4, max_size=4), st.booleans())
def test_two_tables_of_the_same_years_leave_doubt(drawn: list[list[int]], apart: bool) -> None:
    """Of tables that tell other amounts neither is simply that of the sheet; one that is printed twice is."""
    tables = [
        written("together", [""], [("当初予算", [drawn[at]]), ("執行額", [drawn[at + 1]])]) for at in (0, 2 * apart)
    ]
    head = ["平成25年度主要な政策に係る評価書", "（総務省24－３）", "政策名　政策３：地域振興"]
    blocks: list[Block] = [
        *(FormLine(each, FormPlace()) for each in head),
        *(FormTable(tuple(each), FormPlace()) for each in tables),
    ]
    ((sheet, problems),) = read_form(blocks, "form")
    assert sheet is not None
    figures = [each for year in sheet.budget_years for each in (year.initial, year.executed)]
    readings = {each.source.reading for each in figures if each.source is not None}
    differ = apart and (drawn[0] != drawn[2] or drawn[1] != drawn[3])
    assert readings == ({"inferred"} if differ else {"stated"})
    assert any(each.code == "HY267" for each in problems) == differ


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from(("円", "千円", "百万円", "億円")), min_size=2, max_size=2),
    st.lists(AMOUNTS, min_size=2, max_size=2),
)
def test_a_column_of_units_gives_each_row_its_own(units: list[str], drawn: list[list[int]]) -> None:
    """One row in 千円, the next in 円: the unit of the first was that of all."""
    factors = {"円": 1, "千円": 10**3, "百万円": 10**6, "億円": 10**8}
    cells = [FormCell("区分", 0, 0, FormPlace()), FormCell("単位", 0, 1, FormPlace()), *_amounts(0, YEARS)]
    for row, (kind, unit, amounts) in enumerate(zip(("当初予算額", "決算額"), units, drawn, strict=True), 1):
        cells += [FormCell(kind, row, 0, FormPlace()), FormCell(unit, row, 1, FormPlace()), *_amounts(row, amounts)]
    years = sheet_of(cells).budget_years
    assert [each.initial.value for each in years] == [each * factors[units[0]] for each in drawn[0]]
    assert [each.executed.value for each in years] == [each * factors[units[1]] for each in drawn[1]]


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from(("円", "千円", "百万円", "億円")), min_size=3, max_size=3),
    st.lists(AMOUNTS, min_size=2, max_size=2),
    st.sampled_from(("（{}）", "\n（{}）", "（単位：{}）")),
)
def test_a_unit_behind_a_year_is_that_of_its_column(units: list[str], drawn: list[list[int]], written_as: str) -> None:
    """令和３年度（円） beside 令和４年度（千円）: the unit of the first was that of all, wrong by a thousand."""
    factors = {"円": 1, "千円": 10**3, "百万円": 10**6, "億円": 10**8}
    headings = tuple(f"{year}{written_as.format(unit)}" for year, unit in zip(YEARS, units, strict=True))
    cells = [FormCell("区分", 0, 0, FormPlace(), 1, 2), *_amounts(0, headings)]
    for row, (kind, amounts) in enumerate(zip(("当初予算額", "決算額"), drawn, strict=True), 1):
        cells += [FormCell(kind, row, 1, FormPlace()), *_amounts(row, amounts)]
    years = sheet_of(cells).budget_years
    wanted = [[each * factors[unit] for each, unit in zip(amounts, units, strict=True)] for amounts in drawn]
    assert [[each.initial.value for each in years], [each.executed.value for each in years]] == wanted


def test_amounts_with_decimals_in_a_text() -> None:
    head = ["（総務省24－３）", "政策名 政策３：地域振興", "政策の予算額・執行額等", "区分 22年度 23年度 24年度"]
    lines = [*head, "予算の状況（億円）", "当初予算（a） 1.5 ▲2.25 3", "執行額（億円） 900.5 1,000 1,150.25"]
    sheet, _ = read_evaluation_text("\n".join(lines), "x")
    assert sheet is not None
    assert [year.initial.value for year in sheet.budget_years] == [150_000_000, -225_000_000, 300_000_000]
    assert [year.executed.value for year in sheet.budget_years] == [90_050_000_000, 10**11, 115_025_000_000]


@pytest.mark.parametrize("written_as", ["（千円）", "（千円、d）", "（千円，ｄ）"])
def test_the_unit_beside_the_letter_of_a_row_is_that_of_the_table(written_as: str) -> None:
    """執行額（千円、d） stands alone with the unit in some forms; without it the amounts have none."""
    head = ["平成25年度主要な政策に係る評価書", "（総務省24－３）", "政策名　政策３：地域振興"]
    cells = [FormCell("区分", 0, 0, FormPlace(), 1, 2), *_amounts(0, YEARS)]
    for row, kind in enumerate(("当初予算（a）", f"執行額{written_as}"), 1):
        cells += [FormCell(kind, row, 1, FormPlace()), *_amounts(row, [10 * row, 20 * row, 30 * row])]
    blocks: list[Block] = [*(FormLine(each, FormPlace()) for each in head), FormTable(tuple(cells), FormPlace())]
    ((sheet, _),) = read_form(blocks, "form")
    assert sheet is not None
    assert [each.initial.value for each in sheet.budget_years] == [10_000, 20_000, 30_000]
    assert [each.executed.value for each in sheet.budget_years] == [20_000, 40_000, 60_000]
