"""One door: formats are found by content, folders and zips are opened, readers of others take part, nothing stops the rest."""

import importlib.metadata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import hyotei
from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.readers.reader import Found
from hyotei.readers.registry import Registry, registry
from hyotei.sheet import Sheet
from tests.readers.judgit_records import record

YAML = "id: x\ntitle: 題\nauthority: 総務省\nfiscal_year: 2012年度\n"


class LineReader:
    """A reader of another package: the first line is a sign, each further line a title."""

    name = "lines"

    def sniff(self, sample: Sample) -> float:
        return 1.0 if sample.head.startswith(b"#lines\n") else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
        with document.open() as stream:
            next(stream)
            for number, line in enumerate(stream, 1):
                if line.strip() == b"boom":
                    raise ValueError("boom")
                yield Found(Sheet(id=str(number), title=line.decode().strip(), authority="市", fiscal_year=2020))


class Entry:
    """An entry point as `importlib.metadata` gives it."""

    def __init__(self, name: str, value: object) -> None:
        self.name, self._value = name, value

    def load(self) -> object:
        if isinstance(self._value, Exception):
            raise self._value
        return self._value


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """The registry with a good reader of another package and three useless ones."""
    entries = [
        Entry("lines", LineReader),
        Entry("gone", ImportError("no module")),
        Entry("none", object()),
        Entry("twin", LineReader),
    ]
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: entries if group == "hyotei.readers" else [])
    registry.cache_clear()
    yield registry()
    registry.cache_clear()


def sheets(*paths: Path, as_: str | None = None) -> list[str]:
    return [found.sheet.id for found in hyotei.read_sheets(paths, as_) if found.sheet is not None]


def codes(*paths: Path) -> list[str]:
    return [problem.code for found in hyotei.read_sheets(paths) for problem in found.problems]


def test_formats_are_found_by_content(tmp_path: Path) -> None:
    """Names say nothing: YAML, canonical lines and data sets are told apart under any of them."""
    (tmp_path / "a.csv").write_text(YAML, encoding="utf-8")
    (tmp_path / "b.txt").write_text(record(), encoding="utf-8")
    sheet = Sheet(id="c1", title="題", authority="省", fiscal_year=2012)
    line = sheet.model_dump_json(by_alias=True)
    (tmp_path / "c.yaml").write_text(f"{line}\n{line.replace('c1', 'c2')}\n", encoding="utf-8")
    (tmp_path / "d").write_text("ただの文章です。\n", encoding="utf-8")
    assert sheets(tmp_path) == ["x", "2018/総務省/0001", "c1", "c2"]
    assert codes(tmp_path / "d") == ["HY805"]
    assert "HY806" in codes(tmp_path)


def test_zips_are_opened_and_written_nowhere(tmp_path: Path) -> None:
    """Members are read whatever their names, and no name leads out of the zip."""
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("../../outside.yaml", YAML)
        archive.writestr("folder/b.json", record())
    assert sheets(tmp_path / "all.zip") == ["x", "2018/総務省/0001"]
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]


def test_a_zip_bomb_is_left(tmp_path: Path) -> None:
    """A member that unfolds without end stops at a limit, and the other files are read."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.json", record() + "\n" + " " * 30_000_000)
    (tmp_path / "b.yaml").write_text(YAML, encoding="utf-8")
    found = list(hyotei.read_sheets(tmp_path))
    assert [each.sheet.id for each in found if each.sheet] == ["2018/総務省/0001", "x"]
    assert [problem.code for each in found for problem in each.problems if problem.severity == "error"] == ["HY107"]


def test_broken_containers_are_told(tmp_path: Path) -> None:
    """A missing file, a broken zip and a broken gz are a message each."""
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 no zip")
    (tmp_path / "y.gz").write_bytes(b"\x1f\x8b no gz")
    assert codes(tmp_path / "none", tmp_path / "x.zip", tmp_path / "y.gz") == ["HY101", "HY801", "HY801"]


def test_links_in_circles_end(tmp_path: Path) -> None:
    """A folder that links to itself is read once."""
    (tmp_path / "a.yaml").write_text(YAML, encoding="utf-8")
    try:
        (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("no links on this file system")
    assert sheets(tmp_path) == ["x"]


def test_zst_is_read(tmp_path: Path) -> None:
    """Through the optional library."""
    zstandard = pytest.importorskip("zstandard")
    (tmp_path / "x.zst").write_bytes(zstandard.compress(record().encode()))
    assert sheets(tmp_path / "x.zst") == ["2018/総務省/0001"]


def test_a_reader_of_another_package(tmp_path: Path, plugins: Registry) -> None:
    """It is found by its entry point, recognises its files, and what it does wrong is told without loss."""
    (tmp_path / "a").write_text("#lines\n一\n二\nboom\n", encoding="utf-8")
    (tmp_path / "b").write_text(YAML, encoding="utf-8")
    assert plugins.names == (
        "sheet",
        "sheets",
        "csv",
        "evaluation-text",
        "pdf",
        "xlsx",
        "ods",
        "html",
        "docx",
        "ndjson",
        "judgit",
        "rs",
        "lines",
    )
    assert [problem.code for problem in plugins.problems] == ["HY808", "HY808", "HY808"]
    found = list(hyotei.read_sheets(tmp_path))
    assert [each.sheet.title for each in found if each.sheet] == ["一", "二", "題"]
    assert [problem.code for each in found[1:] for problem in each.problems] == ["HY809"]


def test_the_format_can_be_said(tmp_path: Path) -> None:
    """`as_` overrides what the content looks like; a name that is no format is refused at once."""
    (tmp_path / "a").write_text(YAML, encoding="utf-8")
    assert sheets(tmp_path / "a", as_="judgit") == []
    with pytest.raises(HyoteiError) as refused:
        hyotei.read_sheets(tmp_path / "a", as_="excel")
    assert [problem.code for problem in refused.value.diagnostics] == ["HY807"]


def test_reading_is_lazy(tmp_path: Path) -> None:
    """The first sheet comes before the second is read."""
    (tmp_path / "x").write_text(record(number="1") + "\n" + record(number="2"), encoding="utf-8")
    found = iter(hyotei.read_sheets(tmp_path / "x"))
    first = next(found)
    assert isinstance(first, Found)
    assert all(isinstance(problem, Diagnostic) for problem in first.problems)
    assert next(found).sheet is not None
