"""Budgets of plain texts that are told account by account: the printed sum is read, and nothing is added up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.readers.evaluation_text import read_evaluation_text
from hyotei.sheet import BudgetYear

KINDS = ("当初予算", "補正予算", "執行額")
FIELDS = ("initial", "supplementary", "executed")
Row = tuple[int, int, int]
rows = st.tuples(*[st.integers(0, 99_999)] * 3)
tables = st.lists(st.tuples(rows, rows), min_size=3, max_size=3)


def told(lines: list[str]) -> tuple[tuple[BudgetYear, ...], tuple[Diagnostic, ...]]:
    text = "\n".join(
        (
            "総務省24-⑮", "政策評価調書", "施策名 国際戦略の推進", "評価対象年度 平成24年度", "", "予算の状況（千円）",
            "区分 22年度 23年度 24年度", *lines, "", "測定指標 基準値 目標値 実績値",
            "会議の開催回数 5回【22年度】 10回【24年度】 12回【24年度】",
        )
    )  # fmt: skip
    sheet, problems = read_evaluation_text(text, "x")
    assert sheet is not None
    return sheet.budget_years, problems


def line(label: str, row: Row) -> str:
    return " ".join((label, *(f"{each:,}" for each in row)))


def unused(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [str(each.params["text"]) for each in problems if each.code == "HY267"]


def together(general: Row, special: Row) -> Row:
    return (general[0] + special[0], general[1] + special[1], general[2] + special[2])


@settings(max_examples=30, deadline=None)
@given(tables, st.sampled_from(("計", "小計", "合計")), st.booleans())
def test_the_printed_sum_of_every_kind_is_read(table: list[tuple[Row, Row]], word: str, beside: bool) -> None:
    """The label of the kind alone on its line or before its first account; each row of an account is told."""
    lines: list[str] = []
    for kind, (general, special) in zip(KINDS, table, strict=True):
        lines += [line(f"{kind} 一般会計", general)] if beside else [kind, line("一般会計", general)]
        lines += [line("○○特別会計", special), line(word, together(general, special))]
    years, problems = told(lines)
    for field, (general, special) in zip(FIELDS, table, strict=True):
        read = [getattr(each, field).value for each in years]
        assert read == [1000 * each for each in together(general, special)]
    assert all(each.total.value is None for each in years)
    assert len(unused(problems)) == 6


@settings(max_examples=30, deadline=None)
@given(tables)
def test_without_a_sum_the_amounts_of_accounts_are_candidates(table: list[tuple[Row, Row]]) -> None:
    lines: list[str] = []
    for kind, (general, special) in zip(KINDS, table, strict=True):
        lines += [kind, line("一般会計", general), line("特別会計", special)]
    years, problems = told(lines)
    for field, (general, special) in zip(FIELDS, table, strict=True):
        for column, year in enumerate(years):
            figure = getattr(year, field)
            assert (figure.value, figure.unknown) == (None, "unread")
            assert figure.source.candidates == (f"{general[column]:,}", f"{special[column]:,}")
    assert len(unused(problems)) == 6


def test_a_total_behind_the_last_kind_is_no_sum_of_its_accounts() -> None:
    """合計 once in a table is that of all kinds, unless it adds up."""
    lines = [
        "当初予算", "一般会計 100 200 300", "特別会計 10 20 30", "補正予算", "一般会計 0 5 0", "特別会計 0 1 0",
        "合計 110 226 330",
    ]  # fmt: skip
    years, _ = told(lines)
    assert [each.total.value for each in years] == [110_000, 226_000, 330_000]
    assert {each.supplementary.unknown for each in years} == {"unread"}


@given(st.sampled_from(("予算額", "事業費の推移")), st.lists(rows, min_size=2, max_size=3))
def test_accounts_of_a_table_without_a_heading_are_told(heading: str, table: list[Row]) -> None:
    """Nothing says there where the budget begins: what is not read is told all the same."""
    lines = [line(label, row) for label, row in zip(("一般会計", "○○特別会計", "うち雇用勘定"), table, strict=False)]
    text = "\n".join(
        ("令和5年度 評価シート", f"{heading}（千円）", "区分 令和3年度 令和4年度 令和5年度", *lines, "執行額 1 2 3")
    )
    sheet, problems = read_evaluation_text(text, "x")
    assert sheet is not None
    assert [each.executed.value for each in sheet.budget_years] == [1, 2, 3]
    assert unused(problems) == lines


@settings(max_examples=30, deadline=None)
@given(tables, st.sampled_from(("", "計", "合計")))
def test_blocks_of_accounts(table: list[tuple[Row, Row]], word: str) -> None:
    """Each account heads a block of all kinds: the block of their sum is read, and without one no account stands for all."""
    lines: list[str] = []
    blocks = [("一般会計", [general for general, _ in table]), ("○○特別会計", [special for _, special in table])]
    blocks += [(word, [together(*each) for each in table])] if word else []
    for name, block in blocks:
        lines += [name, *(line(kind, row) for kind, row in zip(KINDS, block, strict=True))]
    years, problems = told(lines)
    for field, each in zip(FIELDS, table, strict=True):
        read = [getattr(year, field).value for year in years]
        assert read == ([1000 * amount for amount in together(*each)] if word else [None] * 3)
    assert len(unused(problems)) == 6


@settings(max_examples=30, deadline=None)
@given(rows, rows, st.booleans(), st.integers(1, 2))
def test_a_row_of_the_kind_itself_is_that_of_all(whole: Row, part: Row, first: bool, accounts: int) -> None:
    """However many accounts stand beside it, and on either side."""
    own = [line("執行額", whole)]
    of_accounts = [line("執行額 一般会計", part), line("特別会計", part)][:accounts]
    years, problems = told([*own, *of_accounts] if first else [*of_accounts, *own])
    assert [each.executed.value for each in years] == [1000 * amount for amount in whole]
    assert unused(problems) == of_accounts


@settings(max_examples=30, deadline=None)
@given(rows, st.sampled_from(KINDS), st.booleans())
def test_one_account_alone_is_a_candidate(row: Row, kind: str, beside: bool) -> None:
    """That there is no other account is not said."""
    years, problems = told([line(f"{kind} 一般会計", row)] if beside else [kind, line("一般会計", row)])
    field = FIELDS[KINDS.index(kind)]
    assert [getattr(each, field).source.candidates for each in years] == [(f"{amount:,}",) for amount in row]
    assert [getattr(each, field).unknown for each in years] == ["unread"] * 3
    assert len(unused(problems)) == 1
