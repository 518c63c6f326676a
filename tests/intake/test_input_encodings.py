"""Every kind of text file gives the same sheets whatever encoding it is in, and says which it was."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hyotei
from hyotei.sheet import Sheet
from tests.base.test_encodings import WIDE
from tests.readers.evaluation_generator import Facts, facts
from tests.readers.evaluation_render import Style, render, styles
from tests.readers.judgit_records import executed, outcome, point, record
from tests.readers.test_rs_csv_reader import BUDGET, table, total

CODECS = {
    "utf-8-sig": None,
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "utf-16": "UTF-16LE",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
}
YAML = """# 評価書のひな形に書いたもの
id: x
title: 政策の評価～題名
authority: 総務省
fiscal_year: 平成24年度
measures:
  - {target: ５回以上, actual: －3回}
"""
JSON = '{"id": "x", "title": "政策の評価～題名", "authority": "総務省", "fiscal_year": "平成24年度", "measures": []}\n'
LINES = "\n".join(
    record(
        executed(2017, *["1.0"] * 5, "5.0", "4.0"), outcome(point(2016, "80.0", "70.0"), unit="％"), number=str(number)
    )
    for number in range(50)
)
CSV = table(BUDGET, [total(n, 2023, "10", "0", "5", "0", "15", "6", "0.4", "9", "20.0") for n in range(1, 9)]).decode(
    "utf-8-sig"
)


def sheets(folder: Path, content: bytes) -> tuple[list[Sheet], list[str]]:
    """What is read, and what is told of the encoding."""
    (folder / "file").write_bytes(content)
    found = list(hyotei.read_sheets(folder / "file"))
    codes = [
        str(p.params.get("encoding", p.code))
        for each in found
        for p in each.problems
        if p.severity == "note" or p.code < "HY2"
    ]
    return [each.sheet for each in found if each.sheet is not None], codes


def encoded(text: str, codec: str) -> bytes:
    """The bytes of a text; the signs that the standards map differently are put back where they must be."""
    if codec in ("euc_jp", "iso2022_jp"):
        text = text.translate(WIDE).replace("①", "1")
    return text.encode(codec)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("text", [YAML, JSON, LINES, CSV], ids=["yaml", "json", "json-lines", "csv"])
def test_the_sheets_are_the_same(tmp_path: Path, text: str, codec: str) -> None:
    """And the encoding is a note, once, unless it is UTF-8."""
    wanted, told = sheets(tmp_path, text.encode())
    assert wanted
    assert told == []
    found, told = sheets(tmp_path, encoded(text, codec))
    assert found == wanted
    assert told == ([CODECS[codec]] if CODECS[codec] else [])


@pytest.mark.parametrize("codec", ["cp932", "utf-16"])
def test_compressed_too(tmp_path: Path, codec: str) -> None:
    """What is in a gz is recognised like anything else."""
    wanted, _ = sheets(tmp_path, LINES.encode())
    found, told = sheets(tmp_path, gzip.compress(encoded(LINES, codec)))
    assert (found, told) == (wanted, [CODECS[codec]])


@settings(max_examples=10)
@given(facts(), styles, st.data(), st.sampled_from(sorted(CODECS)))
def test_printed_forms_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, known: Facts, style: Style, draw: st.DataObject, codec: str
) -> None:
    """Texts of sheets that the generator draws, in any encoding that can hold them."""
    text = render(known, style, draw.draw)
    try:
        content = text.translate(WIDE if codec in ("euc_jp", "iso2022_jp") else {}).encode(codec)
    except UnicodeEncodeError:
        return
    folder = tmp_path_factory.mktemp("encoded")
    wanted, _ = sheets(folder, text.encode())
    found, _ = sheets(folder, content)
    assert [_plain(each) for each in found] == [_plain(each) for each in wanted]


def _plain(sheet: Sheet) -> str:
    return sheet.model_dump_json().translate(WIDE)


def test_broken_lines_of_data_are_told_and_the_rest_read(tmp_path: Path) -> None:
    """In JSON lines and in CSV a broken line costs itself."""
    lines = LINES.encode().split(b"\n")
    lines[3] = lines[3].decode().encode("cp932")
    found, codes = sheets(tmp_path, b"\n".join(lines))
    assert len(found) == 49
    assert codes == ["UTF-8"]
    rows = CSV.encode("cp932").split(b"\r\n")
    rows[2] = rows[2].replace("総務省".encode("cp932"), b"\x91\x8d\xff")
    found, codes = sheets(tmp_path, b"\r\n".join(rows))
    assert [sheet.number for sheet in found] == ["1", "3", "4", "5", "6", "7", "8"]
    assert codes == ["Shift_JIS", "Shift_JIS"]


def test_nuls_in_a_csv_are_removed_and_told(tmp_path: Path) -> None:
    """Once, with how many lines have them."""
    rows = CSV.encode().split(b"\r\n")
    rows[2] = rows[2].replace(b",10,", b",1\x000,")
    rows[5] += b"\0\0"
    (tmp_path / "file").write_bytes(b"\r\n".join(rows))
    found = list(hyotei.read_sheets(tmp_path / "file"))
    assert sum(each.sheet is not None for each in found) == 8
    (problem,) = [problem for each in found for problem in each.problems]
    assert (problem.code, problem.location.line, problem.params["count"]) == ("HY126", 3, "2")
    wanted, _ = sheets(tmp_path, CSV.encode())
    assert [each.sheet for each in found if each.sheet] == wanted


def test_a_line_without_end_is_no_slurping(tmp_path: Path) -> None:
    """A CSV whose line goes on for ever stops at a limit."""
    (tmp_path / "file").write_bytes(CSV.encode() + b"," * 6_000_000)
    found = list(hyotei.read_sheets(tmp_path / "file"))
    assert sum(each.sheet is not None for each in found) == 8
    assert [problem.code for each in found for problem in each.problems] == ["HY127"]


def test_a_data_set_that_begins_in_ascii(tmp_path: Path) -> None:
    """The encoding is that of the first part that shows one, however far down."""
    ascii_only = "\n".join([record().encode("ascii", "backslashreplace").decode()] * 2000)
    found, told = sheets(tmp_path, (ascii_only + "\n" + LINES).encode("euc_jp"))
    assert len(found) == 2050
    assert told == ["EUC-JP"]
