"""The official CSV of the RS system with all its traps: BOM, mixed dashes, total rows beside account rows, empty rates."""

import csv
import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyotei
from hyotei.readers import review_facts
from hyotei.readers.reader import Found
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.sheet import Sheet
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml

COMMON = ("シート種別", "事業年度", "予算事業ID", "事業名", "府省庁の建制順", "政策所管府省庁", "府省庁")
BUDGET = (
    *COMMON, "予算年度", "当初予算（合計）", "補正予算（合計）", "前年度からの繰越し（合計）", "予備費等（合計）",
    "計（歳出予算現額合計）", "執行額（合計）", "執行率", "翌年度への繰越し(合計）", "翌年度要求額（合計）",
    "会計区分", "歳出予算現額", "執行額",
)  # fmt: skip
VERDICT = (
    *COMMON, "事業所管部局による点検・改善ー点検結果", "行政事業レビュー推進チームの所見",
    "行政事業レビュー推進チームの所見の詳細",
    "所見を踏まえた改善点／概算要求における反映状況", "反映額（一般会計）", "反映額（特別会計）－会計",
    "反映額（特別会計）－勘定",
    "反映額（特別会計）－反映額", "過去に受けた指摘事項－区分", "過去に受けた指摘事項－取りまとめ年度",
)  # fmt: skip
OUTLINE = (
    *COMMON, "事業の目的", "事業区分", "事業開始年度", "終了予定なし", "主要経費", "実施方法ー直接実施",
    "実施方法ー補助", "旧事業番号",
)  # fmt: skip
LOGIC = (
    *COMMON, "アクティビティ・アウトプット・アウトカムの番号", "種別（アクティビティ・アウトプット・アウトカム）",
    "アウトカムの期間",
    "アクティビティ／活動目標／成果目標", "活動指標／成果指標", "単位", "改善の上向き／下向き",
    "目標年度／目標値／実績値／達成率", "2022", "2023", "2024", "2025",
)  # fmt: skip


def common(number: int, year: str = "2024") -> tuple[str, ...]:
    return ("レビューシート", year, str(number), f"事業{number}", "1", "総務省", "消防庁")


def table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def total(number: int, year: int, *amounts: str) -> tuple[str, ...]:
    return (*common(number), str(year), *amounts)


def read(folder: Path, **tables: bytes) -> list[Found]:
    for name, content in tables.items():
        (folder / f"{name}.csv").write_bytes(content)
    return list(hyotei.read_sheets(folder))


def one(found: list[Found]) -> Sheet:
    (only,) = found
    assert only.sheet is not None
    return only.sheet


def test_totals_are_taken_and_accounts_checked(tmp_path: Path) -> None:
    """Account rows are not added to the totals; `.0` is yen; the request belongs to the next year; the rate is computed."""
    rows = [
        total(1, 2023, "10", "0", "5", "0", "15", "6", "0.4", "9", "20.0"),
        total(1, 2023, "", "", "", "", "", "", "", "", "", "一般会計", "15", "6"),
    ]
    sheet = one(read(tmp_path, b=table(BUDGET, rows)))
    year, following = sheet.budget_years
    assert (year.fiscal_year, year.total.value, year.executed.value, year.carried_forward.value, year.basis) == (
        2023,
        15,
        6,
        9,
        "gross",
    )
    assert (following.fiscal_year, following.request.value) == (2024, 20)
    assert sheet.id == "2024/総務省/1"
    assert (sheet.fiscal_year, sheet.outline.accounts) == (2023, ("一般会計",))
    assert year.total.source is not None
    assert (year.total.source.line, year.total.source.file) == (2, "b.csv")


def test_an_empty_rate_is_no_rate(tmp_path: Path) -> None:
    """Where nothing was executed the rate cell is empty, and the amounts still say zero."""
    (year, _) = one(
        read(tmp_path, b=table(BUDGET, [total(1, 2023, "1", "0", "0", "0", "1", "0", "", "0", "0")]))
    ).budget_years
    assert (year.executed.value, year.stated_rate.unknown) == (0, "missing")


def test_the_year_of_the_review_is_not_settled(tmp_path: Path) -> None:
    """Its execution of 0 is no execution yet."""
    (year, _) = one(
        read(tmp_path, b=table(BUDGET, [total(1, 2024, "1", "0", "0", "0", "1", "0", "", "0", "0")]))
    ).budget_years
    assert (year.executed.value, year.executed.unknown) == (None, "unsettled")


def test_accounts_that_do_not_add_up_are_told(tmp_path: Path) -> None:
    """The total row is used all the same."""
    rows = [
        total(1, 2023, "15", "0", "0", "0", "15", "6", "0.4", "9", "0"),
        total(1, 2023, "", "", "", "", "", "", "", "", "", "一般会計", "14", "6"),
    ]
    (found,) = read(tmp_path, b=table(BUDGET, rows))
    assert [problem.code for problem in found.problems] == ["HY832"]


def test_all_tables_make_one_sheet(tmp_path: Path) -> None:
    """Outline, budget and verdict of a programme are put together, also from zips, and several rows are one programme."""
    verdict = [
        (*common(2), "よい", "現状通り", "ー", "縮減", "-5", "労働保険", "雇用勘定", "-7.0", "公開プロセス", "2022"),
        (*common(2), "よい", "現状通り", "ー", "縮減", "-5", "年金", "", "-1", "", ""),
    ]
    outline = [
        (*common(2), "目的", "前年度事業", "2014", "TRUE", "経費1", "1", "", "2023-総務-22-0001"),
        (*common(2), "目的", "前年度事業", "2014", "TRUE", "経費2", "1", "", "2023-総務-22-0001"),
    ]
    for name, content in (("v", table(VERDICT, verdict)), ("o", table(OUTLINE, outline))):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr(f"{name}.csv", content)
    (tmp_path / "b.csv").write_bytes(table(BUDGET, [total(2, 2023, "1", "0", "0", "0", "1", "0", "", "0", "0")]))
    sheet = one(list(hyotei.read_sheets(tmp_path)))
    recorded, about = sheet.recorded, sheet.outline
    facts = {fact.name: fact for fact in sheet.facts}
    assert {name: fact.text for name, fact in facts.items()} == {
        "programme_kind": "前年度事業",
        "opinion": "現状通り",
        "reflection": "縮減",
        "reflection_amount": "一般会計 -5円、労働保険雇用勘定 -7円、年金 -1円",
        "greatest_reflection_amount": "-1円",
    }
    assert [facts[name].figure.value for name in review_facts.AMOUNTS] == [-13, -1]
    assert [each.kind for each in recorded.earlier_findings] == ["公開プロセス"]
    assert (about.start_year, about.open_ended, about.expenses) == (2014, True, ("経費1", "経費2"))
    assert (about.methods, about.ministry, sheet.goal) == (("直接実施",), "消防庁", "目的")
    assert len(sheet.budget_years) == 2


@given(st.sets(st.integers(1, 99_999), min_size=1, max_size=5), st.integers(2024, 2040))
def test_each_name_has_its_place(tmp_path_factory: pytest.TempPathFactory, numbers: set[int], year: int) -> None:
    """Of the identity each name tells its file, line and column; a name that a person changes in the YAML is a correction."""
    rows = [(*common(number, str(year)), str(year - 1), "10", "0", "0", "0", "10") for number in sorted(numbers)]
    found = read(tmp_path_factory.mktemp("rs"), b=table(BUDGET[:13], rows))
    assert len(found) == len(numbers)
    for line, (number, each) in enumerate(zip(sorted(numbers), found, strict=True), 2):
        sheet = each.sheet
        assert sheet is not None
        sources = [getattr(sheet.identity, name) for name in type(sheet.identity).model_fields]
        assert {(source.file, source.line) for source in sources} == {("b.csv", line)}
        assert [(source.text, source.place, source.reading) for source in sources] == [
            (f"{year}/総務省/{number}", "事業年度、政策所管府省庁、予算事業ID", "inferred"),
            (f"事業{number}", "事業名", "stated"),
            ("総務省", "政策所管府省庁", "stated"),
            (str(number), "予算事業ID", "stated"),
            (str(year), "事業年度", "inferred"),
        ]
        assert all(source.notes_text("en").isascii() for source in sources)
        written = sheet_to_yaml(sheet)
        assert parse_sheet(written) == (sheet, ())
        changed, problems = parse_sheet(written.replace("authority: 総務省", "authority: 消防庁", 1))
        assert problems == ()
        assert changed is not None
        assert changed.identity.authority is not None
        assert (changed.authority, changed.identity.authority.reading) == ("消防庁", "corrected")
        assert changed.identity.model_copy(update={"authority": None}) == sheet.identity.model_copy(
            update={"authority": None}
        )


@pytest.mark.parametrize("dash", ["ー", "－", "―", "-", "‐"])
def test_dashes_of_headers_are_one(tmp_path: Path, dash: str) -> None:
    """A header is found whatever dash, width or bracket it is typed with."""
    columns = tuple(name.replace("ー点検結果", f"{dash}点検結果").replace("（", "(") for name in VERDICT)
    sheet = one(read(tmp_path, v=table(columns, [(*common(2), "よい", "現状通り", *[""] * 8)])))
    assert sheet.recorded.inspection == "よい"


def test_the_logic_model(tmp_path: Path) -> None:
    """Four rows make an indicator with its direction; outputs stand apart; activities are named."""
    head = (*common(3), "1-1", "アウトカム", "1.短期", "減らす", "事故件数", "件", "下がると良い指標")
    rows = [
        (*common(3), "1", "アクティビティ", "", "講習を開く", "", "", "", "", "", "", "", ""),
        (*head, "1.目標年度", "", "", "", "目標年度"), (*head, "2.目標値", "8", "7", "", "5"),
        (*head, "3.実績値", "9", "6", "", ""), (*head, "4.達成率", "x", "x", "", ""),
    ]  # fmt: skip
    sheet = one(read(tmp_path, logic=table(LOGIC, rows)))
    (measure,) = sheet.measures
    assert (measure.direction, measure.target.value, measure.actual.value) == ("decrease", 7, 6)
    assert (measure.final_target.value, measure.final_target.fiscal_year) == (5, 2025)
    # Half of the logic model, without the links of 3-2, is no count of it.
    names = set(review_facts.LOGIC.values())
    assert not any(fact.name in names for fact in sheet.facts)
    assert {f"facts.{name}" for name in names} <= set(sheet.unread)


def test_rows_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    """A table that does not ascend gives the same sheets."""
    rows = [total(number, 2023, "1", "0", "0", "0", "1", "1", "1", "0", "0") for number in (3, 1, 2)]
    found = read(tmp_path, b=table(BUDGET, rows))
    assert [each.sheet.number for each in found if each.sheet] == ["1", "2", "3"]


def test_bad_rows_are_told_and_the_rest_read(tmp_path: Path) -> None:
    """A number that is none, amounts in words, a year that is none; other tables of the system are left out."""
    rows = [
        total(1, 2023, "たくさん", "0", "0", "0", "1", "1", "1", "0", "0"),
        (*common(1)[:2], "x", *common(1)[3:], "2023", *["0"] * 9),
        (*common(2), "平成", *["0"] * 9),
    ]
    found = read(tmp_path, b=table(BUDGET, rows), z=table((*COMMON, "支出先"), [(*common(1), "会社")]))
    assert sorted(problem.code for each in found for problem in each.problems) == ["HY811", "HY813", "HY831", "HY834"]
    assert sum(each.sheet is not None for each in found) == 2


@given(st.binary(max_size=300), st.integers(0, 2**32))
def test_no_bytes_break_the_reader(tmp_path_factory: pytest.TempPathFactory, noise: bytes, seed: int) -> None:
    """Damage anywhere in a table is a diagnostic or an odd cell, and never a traceback."""
    drawn = random.Random(seed)
    content = table(BUDGET, [total(number, 2023, "1", "0", "0", "0", "1", "1", "1", "0", "0.0") for number in range(4)])
    at = drawn.randrange(len(content))
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "b.csv").write_bytes(content[:at] + noise + content[at + drawn.randrange(20) :])
    for found in hyotei.read_sheets(folder / "b.csv", as_="rs"):
        assert found.sheet is not None or found.problems
        if found.sheet is not None:
            assert Sheet.model_validate_json(found.sheet.model_dump_json(by_alias=True)) == found.sheet
