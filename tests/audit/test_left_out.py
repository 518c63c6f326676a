"""Whatever a source lacks, no finding is made of it that the whole source does not give."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyotei
from hyotei.readers.review_facts import AMOUNTS, LOGIC, WORDS
from tests.audit.left_out import (
    COLUMNS,
    Tables,
    keys,
    lacking,
    records,
    reviews,
    said,
    without,
    write_record,
    write_tables,
)

LACKING = [(table, column) for table, columns in COLUMNS.items() for column in (None, *columns)]


@given(records(), st.data())
def test_a_key_that_no_record_has_accuses_nobody(record: dict[str, Any], data: st.DataObject) -> None:
    """A key left out of a record, or out of every entry of one of its lists."""
    path = data.draw(st.sampled_from(list(keys(record))))
    with TemporaryDirectory() as folder:
        whole = said(write_record(Path(folder), record))
        left = said(write_record(Path(folder), without(record, path)))
    assert left <= whole, path


@given(reviews(), st.data())
def test_a_table_or_column_that_was_left_out_accuses_nobody(tables: Tables, data: st.DataObject) -> None:
    """A table of the RS system that was not among the files, or one of its columns."""
    table, column = data.draw(st.sampled_from(LACKING))
    with TemporaryDirectory() as folder:
        whole = said(write_tables(Path(folder) / "whole", tables))
        left = said(write_tables(Path(folder) / "left", lacking(tables, table, column)))
    assert left <= whole, (table, column)


@pytest.mark.parametrize(("published", "accused"), [(2015, True), (2016, False), (2018, True), (2023, False)])
def test_years_that_lost_their_outcomes(tmp_path: Path, published: int, accused: bool) -> None:
    """An empty list of outcomes accuses in the years whose lists were published whole, and only there."""
    record = {
        "公開年度": published, "事業名": "事業", "府省庁": "総務省", "事業番号": "0001", "予算": [], "アウトカム": [],
        "定量的な目標が設定できない理由": None,
    }  # fmt: skip
    assert ("SQ-D6" in {code for _, code, _ in said(write_record(tmp_path, record))}) is accused


@pytest.mark.parametrize(
    ("lacks", "parts"),
    [
        (("3-1", None), {"objectives", "measure.direction"}),
        (("3-1", "改善の上向き／下向き"), {"measure.direction"}),
        (("3-1", "2022"), {"objectives"}),
        (("3-2", None), {f"facts.{name}" for name in LOGIC.values()}),
        (("2-1", None), {"budget_years"}),
        (("4-1", "行政事業レビュー推進チームの所見"), None),
        (("1-2", "事業区分"), {"facts.programme_kind"}),
        (("2-1", "執行額（合計）"), set()),
    ],
)
def test_what_a_review_lacks_is_told_on_its_sheets(
    tmp_path: Path, lacks: tuple[str, str | None], parts: set[str] | None
) -> None:
    """The parts that the tables do not carry; without its sign a table is not known at all."""
    tables: Tables = {table: (columns, []) for table, columns in COLUMNS.items()}
    for columns, rows in tables.values():
        common = ("レビューシート", "2024", "1", "事業", "1", "総務省", "消防庁")
        cells = {"予算年度": "2023", "当初予算（合計）": "5"}
        rows.append((*common, *(cells.get(name, "") for name in columns[len(common) :])))
    never = {"recorded.rating", "recorded.budget", "facts.no_target_reason"}
    (found,) = [
        each.sheet for each in hyotei.read_sheets(write_tables(tmp_path / "t", lacking(tables, *lacks))) if each.sheet
    ]
    if parts is None:
        parts = {"recorded.inspection", "recorded.improvement", *(f"facts.{name}" for name in (*WORDS, *AMOUNTS))}
    assert set(found.unread) == never | parts
    if lacks[1] == "執行額（合計）":
        assert found.budget_years[0].executed.unknown == "unread"
