"""Drawn records of JUDGIT! and drawn tables of the RS system, whole and with a key, a column or a table left out."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import hyotei
from hyotei.audit.auditor import Auditor
from hyotei.readers.rs_verdict import WORDS

Said = set[tuple[str | None, str, str]]
"""What an audit accuses: number of the sheet, code, unit."""
_AUDITOR = Auditor(None, None, "ja")

AMOUNTS = st.sampled_from((0, 1, 40, 100, 100, 2_000))
FIGURES = st.sampled_from((None, 0, 40, 100, 100, 250))
PUBLISHED = st.sampled_from((2015, 2018, 2021))


def said(path: Path) -> Said:
    """The findings of all sheets that are read at a path."""
    found: Said = set()
    for sheet, _ in hyotei.read_sheets(path):
        if sheet is not None:
            audited = _AUDITOR.audit(sheet, with_reasons=False)
            found |= {(sheet.number, each.code, each.unit) for each in audited.findings}
    return found


# JUDGIT!

Step = str | int


@st.composite
def records(draw: st.DrawFn, published: int | None = None) -> dict[str, Any]:
    """A record as it is published, with every key."""
    year = published or draw(PUBLISHED)

    def executed(of: int) -> dict[str, object]:
        initial, added = draw(AMOUNTS), draw(AMOUNTS)
        parts = {"当初予算": initial, "補正予算": added, "前年度から繰越し": 0, "翌年度へ繰越し": 0, "予備費等": 0}
        total = {"予算計": initial + added} | ({"執行額": draw(AMOUNTS)} if of < year else {})
        return {"年度": of, **{key: float(value) for key, value in (parts | total).items()}}

    def outcome() -> dict[str, object]:
        points = [{"年度": of, "成果実績": draw(FIGURES), "目標値": draw(FIGURES)} for of in range(year - 3, year)]
        stated = {"成果目標": "目標", "成果指標": "指標", "単位": draw(st.sampled_from(("件", "％", "")))}
        return {**stated, "目標値": draw(st.sampled_from((None, "80"))), "目標最終年度": year + 2, "成果実績": points}

    return {
        "公開年度": year, "事業名": "事業", "開始年度": 2001, "終了年度": None, "府省庁": "総務省", "事業番号": "0001",
        "担当部局庁": "局", "担当課室": "課", "会計区分": ["一般会計"], "事業目的": "目的", "事業概要": "概要",
        "実施方法": ["補助"], "主要施策": [], "url": None, "関連する過去のレビューシート": [], "支出先": [],
        "予算": [*(executed(of) for of in range(year - 3, year + 1)), {"年度": year + 1, "要求額": float(draw(AMOUNTS))}],
        "アウトカム": [outcome() for _ in range(draw(st.integers(0, 2)))],
        "アウトプット": [],
        "定量的な目標が設定できない理由": draw(st.sampled_from((None, "件数で測れない"))),
    }  # fmt: skip


def keys(of: Any, at: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Where every key of a record stands; a key of a list stands for that key in all its entries."""
    if isinstance(of, dict):
        for key, value in of.items():
            yield (*at, key)
            yield from keys(value, (*at, key))
    elif isinstance(of, list):
        found = dict.fromkeys(each for entry in of for each in keys(entry, at))
        yield from found


def without(of: Any, path: tuple[Step, ...]) -> Any:
    """The record without a key, in every entry of the lists on the way."""
    if isinstance(of, list):
        return [without(each, path) for each in of]
    if not isinstance(of, dict) or path[0] not in of:
        return of
    if len(path) == 1:
        return {key: value for key, value in of.items() if key != path[0]}
    return {key: without(value, path[1:]) if key == path[0] else value for key, value in of.items()}


def write_record(folder: Path, record: dict[str, Any]) -> Path:
    """The record as a file."""
    path = folder / "record.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return path


# RS

COMMON = ("シート種別", "事業年度", "予算事業ID", "事業名", "府省庁の建制順", "政策所管府省庁", "府省庁")
YEARS = tuple(map(str, range(2020, 2027)))
NUMBER, KIND = "アクティビティ・アウトプット・アウトカムの番号", "種別（アクティビティ・アウトプット・アウトカム）"
_INSPECTED = "事業所管部局による点検・改善ー"
_REFLECTION = "所見を踏まえた改善点／概算要求における反映状況"
Tables = dict[str, tuple[tuple[str, ...], list[tuple[str, ...]]]]
FURTHER = tuple(column for name, column in WORDS.items() if name not in ("opinion", "reflection"))
"""Columns of 4-1 that no check reads."""
BLANKS = ("",) * len(FURTHER)
COLUMNS: dict[str, tuple[str, ...]] = {
    "1-2": (*COMMON, "事業の目的", "事業区分", "事業開始年度", "終了予定なし"),
    "2-1": (
        *COMMON, "予算年度", "当初予算（合計）", "補正予算（合計）", "前年度からの繰越し（合計）", "予備費等（合計）",
        "計（歳出予算現額合計）", "執行額（合計）", "翌年度への繰越し(合計）", "翌年度要求額（合計）",
    ),
    "3-1": (
        *COMMON, NUMBER, KIND, "アウトカムの期間", "アクティビティ／活動目標／成果目標", "活動指標／成果指標", "単位",
        "改善の上向き／下向き", "目標年度／目標値／実績値／達成率", *YEARS,
    ),
    "3-2": (
        *COMMON, f"派生元ー{KIND}", "派生元ーアクティビティの内容/ 活動目標／成果目標", "派生元ー活動指標／成果指標",
        f"派生先ー{KIND}", "派生先ー活動目標／成果目標", "派生先ー活動指標／成果指標", "後続アウトカムへのつながり",
    ),
    "4-1": (
        *COMMON, f"{_INSPECTED}点検結果", f"{_INSPECTED}改善の方向性", "行政事業レビュー推進チームの所見", _REFLECTION,
        "反映額（一般会計）", "反映額（特別会計）－会計", "反映額（特別会計）－反映額", *FURTHER,
    ),
}  # fmt: skip
_OPINIONS = ("", "現状通り", "事業内容の一部改善", "事業全体の抜本的な改善", "終了予定", "廃止")
_REFLECTED = ("", "現状通り", "縮減", "廃止", "終了予定")


@st.composite
def reviews(draw: st.DrawFn) -> Tables:
    """The tables of a review of a few programmes, with every column that is read; an element of 3-1 stands in 3-2 too."""
    found: Tables = {table: (columns, []) for table, columns in COLUMNS.items()}

    def cell(strategy: st.SearchStrategy[int | None]) -> str:
        value = draw(strategy)
        return "" if value is None else str(value)

    for number in range(1, draw(st.integers(1, 2)) + 1):
        common = ("レビューシート", "2024", str(number), f"事業{number}", "1", "総務省", "消防庁")
        kind = draw(st.sampled_from(("前年度事業", "新規開始事業")))
        found["1-2"][1].append((*common, "目的", kind, "2001", "TRUE"))
        for year in range(2021, 2025):
            parts = [draw(AMOUNTS) * 10**7 for _ in range(4)]
            spent = "0" if year == 2024 else str(draw(AMOUNTS) * 10**7)
            amounts = (*map(str, parts), str(sum(parts)), spent, str(draw(AMOUNTS) * 10**7), str(draw(AMOUNTS) * 10**7))
            found["2-1"][1].append((*common, str(year), *amounts))
        if draw(st.booleans()):
            found["3-2"][1].append((*common, "アクティビティ", "講習を開く", "", "", "", "", ""))
        for outcome in range(1, draw(st.integers(0, 2)) + 1):
            way = draw(st.sampled_from(("上がると良い指標", "下がると良い指標")))
            head = (*common, f"1-{outcome}", "アウトカム", "1.短期", f"目標{outcome}", f"指標{outcome}", "件", way)
            ends = ("アクティビティ", "講習を開く", "", "アウトカム", f"目標{outcome}", f"指標{outcome}", "")
            found["3-2"][1].append((*common, *ends))
            for content in ("2.目標値", "3.実績値"):
                shown = tuple(cell(FIGURES) if "2021" <= year <= "2023" else "" for year in YEARS)
                found["3-1"][1].append((*head, content, *shown))
        if draw(st.booleans()):
            texts = (draw(st.sampled_from(("", "よい"))), draw(st.sampled_from(("", "改める"))))
            verdict = (draw(st.sampled_from(_OPINIONS)), draw(st.sampled_from(_REFLECTED)))
            amounts = draw(st.sampled_from((("", "", ""), ("-5", "", ""), ("", "年金特別会計", "-7"))))
            found["4-1"][1].append((*common, *texts, *verdict, *amounts, *BLANKS))
    return found


def lacking(tables: Tables, table: str, column: str | None) -> Tables:
    """The same without a table, or without one of its columns."""
    if column is None:
        return {name: content for name, content in tables.items() if name != table}
    columns, rows = tables[table]
    at = columns.index(column)
    cut = (*columns[:at], *columns[at + 1 :]), [(*row[:at], *row[at + 1 :]) for row in rows]
    return {**tables, table: cut}


def write_tables(folder: Path, tables: Tables) -> Path:
    """The tables as files in a folder."""
    folder.mkdir()
    for name, (columns, rows) in tables.items():
        text = io.StringIO()
        csv.writer(text).writerows([columns, *rows])
        (folder / f"{name}.csv").write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    return folder
