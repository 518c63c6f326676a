"""Tables as CSV read like the same tables of a workbook, whatever encoding and quotation they are written in."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyotei.intake.input_file import Sample
from hyotei.readers.csv_table_reader import CsvTableReader
from hyotei.readers.form_cases import named_figures
from hyotei.readers.registry import registry
from hyotei.readers.sheets_of_paths import read_sheets
from hyotei.sheet.models import Sheet

HEADER = ["番号", "事業名", "指標名", "単位", "目標値", "実績値", "決算額（千円）"]


def written(rows: list[list[str]], encoding: str, separator: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def sheets(path: Path, content: bytes) -> list[Sheet]:
    path.write_bytes(content)
    return [each.sheet for each in read_sheets([path]) if each.sheet is not None]


def figures(sheet: Sheet) -> dict[str, object]:
    return {name: (each.value, each.unit, each.source and each.source.cell) for name, each in named_figures(sheet)}


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(*[st.integers(0, 99_999)] * 3), min_size=2, max_size=5),
    st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]),
    st.sampled_from([",", "\t"]),
)
def test_each_line_of_a_list_is_a_sheet(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[int, int, int]], encoding: str, separator: str
) -> None:
    rows = [HEADER]
    rows += [
        [str(n), f"事業{n}", f"指標\n{n}", "人", f"{a:,}", f"{b}", f"{c:,}"] for n, (a, b, c) in enumerate(lines, 1)
    ]
    found = sheets(tmp_path_factory.mktemp("x") / "list.csv", written(rows, encoding, separator))
    assert [sheet.title for sheet in found] == [f"事業{n}" for n in range(1, len(lines) + 1)]
    for row, (sheet, (target, actual, spent)) in enumerate(zip(found, lines, strict=True), 2):
        read = figures(sheet)
        name = f"指標 {row - 1}"
        assert read[f"{name} target"] == (target, "人", f"E{row}")
        assert read[f"{name} actual"] == (actual, "人", f"F{row}")
        assert (spent * 1000, "円", f"G{row}") in read.values()


def test_labels_beside_values_are_read(tmp_path: Path) -> None:
    rows = [
        ["令和5年度 事務事業評価シート", "", ""],
        ["事務事業名", "公園管理", ""],
        ["指標名", "目標値", "実績値"],
        ["苦情件数", "50件", "42件"],
        ["（千円）", "令和4年度", "令和5年度"],
        ["当初予算額", "1,000", "1,100"],
        ["決算額", "980", "1,090"],
    ]
    (sheet,) = sheets(tmp_path / "one.csv", written(rows, "cp932"))
    read = {name: each[:2] for name, each in figures(sheet).items() if isinstance(each, tuple)}
    assert (sheet.title, sheet.fiscal_year) == ("公園管理", 2023)
    assert read["苦情件数 actual"] == (42, "件")
    assert read["budget 2023 executed"] == (1_090_000, "円")


@pytest.mark.parametrize(
    "text",
    [
        "事業名\n",
        '{"事業名": 1, "a": 2}\n' * 4,
        "事業名：公園、目標\n実績, 目標\n",
        "令和5年度の評価, 実績は、\n三行目\n四行目\n",
    ],
)
def test_what_is_no_table_is_left_to_others(text: str) -> None:
    assert CsvTableReader().sniff(Sample("x.csv", text.encode())) == 0


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(1_000, 99_999), min_size=3, max_size=3), st.integers(1, 3), st.sampled_from([",", "\t"]))
def test_numbers_that_their_own_commas_took_apart_are_told(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], at: int, separator: str
) -> None:
    """A row without quotation marks around 1,200 is not read; with tabs between its cells it is."""
    whole = ["1", "図書館", "貸出", "冊", "5", "6", "7"]
    row = [*whole[:3], "冊", *(f"{each:,}" for each in numbers)]
    lines = [separator.join(HEADER), *[separator.join(whole)] * at]
    lines.insert(1, separator.join(["2", *row[1:]]))
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    path.write_bytes("\n".join([*lines, ""]).encode())
    found = list(read_sheets([path]))
    values = [figure.value for each in found if each.sheet is not None for _, figure in named_figures(each.sheet)]
    told = [problem.location.line for each in found for problem in each.problems if problem.code == "HY888"]
    if separator == ",":
        assert told == [2]
        assert {5, 6} <= set(values) <= {5, 6, 7000}
    else:
        assert told == []
        assert set(numbers[:2]) <= set(values)


def test_an_open_quotation_is_told_with_its_line(tmp_path: Path) -> None:
    content = (
        written([HEADER, ["1", "図書館", "冊数", "冊", "1", "2", "3"]], "utf-8") + '2,"公園,苦情,件,5,6,8\n'.encode()
    )
    (tmp_path / "x.csv").write_bytes(content)
    problems = [problem for found in read_sheets([tmp_path / "x.csv"]) for problem in found.problems]
    assert [problem.code for problem in problems] == ["HY887"]


def test_the_table_of_the_rs_system_stays_with_its_reader() -> None:
    text = "事業年度,予算事業ID,事業名,計（歳出予算現額合計）\n2024,1,評価,3\n2024,2,評価,3\n"
    found = registry().recognise(Sample("x.csv", text.encode()))
    assert found is not None
    assert found.reader.name == "rs"
