"""Building: the hash says what is in the corpus and not how it came there; appending reads what has changed and nothing else."""

import shutil
from pathlib import Path

import pytest

import hyotei
import hyotei.corpus.build as build_module
import hyotei.corpus.check_corpus as check_corpus_module
from hyotei.corpus import part, part_writing
from hyotei.corpus.build import build
from hyotei.corpus.check_corpus import check_corpus
from hyotei.corpus.content_hash import sheet_hash
from hyotei.messages import HyoteiError
from hyotei.readers.reader import Found
from tests.corpus.sources import sheet, write


def codes(built: object) -> list[str]:
    return [problem.code for problem in built.problems]  # type: ignore[attr-defined]  # a Built


def contents(folder: Path) -> dict[str, hyotei.Sheet]:
    with hyotei.Corpus.open(folder) as corpus:
        assert list(check_corpus(corpus)) == []
        return dict(corpus.sheets())


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three files; two hold different sheets called x, two the very same sheet y."""
    return [
        write(tmp_path / "in" / "a.ndjson", [sheet("x", 1), sheet("y"), sheet("a")]),
        write(tmp_path / "in" / "b.ndjson", [sheet("x", 2), sheet("y"), sheet("b"), sheet("b")]),
        write(tmp_path / "in" / "c.ndjson", [sheet("c"), sheet("x", 3)]),
    ]


def test_neither_order_nor_parts_nor_steps_change_hash_or_keys(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every order, parts of any size, at once or one after the other: the same keys, the same sheets, the same hash."""
    first = build(files, tmp_path / "0")
    wanted = contents(tmp_path / "0")
    assert codes(first) == ["HY963", "HY964"]
    assert len([key for key in wanted if key.startswith("x#")]) == 3
    assert {"y", "a", "b", "c"} <= set(wanted)
    for number, order in enumerate([files[::-1], [files[1], files[0], files[2]]], 1):
        monkeypatch.setattr(part_writing, "MOST_SHEETS", 1 + number)
        monkeypatch.setattr(part, "_GROUP", number)
        place = tmp_path / str(number)
        if number % 2:
            built = build(order, place)
        else:
            for file in order:
                built = build([file], place, append=True)
        assert built.manifest.hash == first.manifest.hash
        assert contents(place) == wanted


def test_an_unchanged_source_is_not_read_again(files: list[Path], tmp_path: Path) -> None:
    """Named again, under another name, or in a folder."""
    place = tmp_path / "c"
    first = build(files, place)
    again = build([tmp_path / "in"], place, append=True)
    assert (again.read, again.kept, again.manifest) == (0, 3, first.manifest)
    shutil.copy(files[0], tmp_path / "other.ndjson")
    assert build([tmp_path / "other.ndjson"], place, append=True).read == 0


def test_a_changed_source_replaces_its_sheets(files: list[Path], tmp_path: Path) -> None:
    """What only it told is gone, what another source told as well stays, and a name that is free again is plain again."""
    place = tmp_path / "c"
    build(files[:2], place)
    assert {key.split("#")[0] for key in contents(place)} == {"x", "y", "a", "b"}
    write(files[0], [sheet("new", 7)])
    built = build(files[:2], place, append=True)
    assert (built.read, built.kept) == (1, 1)
    found = contents(place)
    assert set(found) == {"x", "y", "b", "new"}
    assert found["x"] == sheet("x", 2)
    with hyotei.Corpus.open(place) as corpus:
        table = corpus.arrow("sheets", ["sheet", "source"])
        assert dict(zip(*(column.to_pylist() for column in table.columns), strict=True))["y"] == str(files[1])
        assert corpus.arrow("copies").num_rows == 0
        assert corpus.hash == build(files[:2], tmp_path / "anew").manifest.hash


def test_a_source_that_fails_costs_only_itself(files: list[Path], tmp_path: Path) -> None:
    """The problems are in the corpus, and go with their source."""
    place = tmp_path / "c"
    write(files[0], [sheet("a")], extra="{broken\n")
    built = build([files[0], tmp_path / "nothing.yaml"], place)
    assert (built.sheets, built.failed) == (1, 2)
    with hyotei.Corpus.open(place) as corpus:
        assert sorted(corpus.arrow("problems")["code"].to_pylist()) == ["HY101", "HY110"]
    write(files[0], [sheet("a", 9)])
    build([files[0]], place, append=True)
    with hyotei.Corpus.open(place) as corpus:
        assert corpus.arrow("problems")["code"].to_pylist() == ["HY101"]


def test_nothing_read_leaves_what_was_there(files: list[Path], tmp_path: Path) -> None:
    place = tmp_path / "c"
    build(files, place)
    before = contents(place)
    with pytest.raises(HyoteiError) as raised:
        build([write(tmp_path / "bad.ndjson", [], extra="{}\n")], place)
    assert raised.value.diagnostics[0].code == "HY967"
    assert contents(place) == before
    assert [each.name for each in place.glob("g-*")] == ["g-000001"]


@pytest.mark.slow
def test_files_that_belong_together_are_one_source(shared: Path, tmp_path: Path) -> None:
    """The tables of the RS system; the whole is read again if one of them changes."""
    folder = tmp_path / "rs"
    folder.mkdir()
    for file in (shared / "data" / "rs2024").glob("[12]-*.zip"):
        if file.name.startswith(("1-1", "2-1")):
            shutil.copy(file, folder)
    built = build([folder], tmp_path / "c")
    assert [source.path for source in built.manifest.sources] == [str(folder)]
    assert build([folder], tmp_path / "c", append=True).kept == 1


def test_many_shared_identifiers_are_told_once(tmp_path: Path) -> None:
    """Twenty by name, and how many in all."""
    file = write(tmp_path / "a.ndjson", [sheet(f"s{number}", value) for number in range(25) for value in (1, 2)])
    built = build([file], tmp_path / "c")
    assert codes(built) == ["HY963"] * 20
    assert "25" in built.problems[-1].message("en")


def test_a_source_that_changes_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    file = write(tmp_path / "a.ndjson", [sheet("a"), sheet("b")])

    def changed(_: Found) -> None:
        write(file, [sheet("a", 9)])

    built = build([file], tmp_path / "c", told=changed)
    assert codes(built) == ["HY969"]
    assert build([file], tmp_path / "c", append=True).read == 1
    assert contents(tmp_path / "c") == {"a": sheet("a", 9)}


def test_several_processes_check_as_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets whose hash is wrong are told in the order of the corpus, whoever makes them again."""
    file = write(tmp_path / "a.ndjson", [sheet(name) for name in "abcdefg"])
    monkeypatch.setattr(part_writing, "MOST_SHEETS", 2)
    monkeypatch.setattr(check_corpus_module, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(build_module, "sheet_hash", lambda each: "0" * 64 if each.id in "beg" else sheet_hash(each))
    build([file], tmp_path / "c")
    with hyotei.Corpus.open(tmp_path / "c") as corpus:
        counted: list[int] = []
        found = list(check_corpus(corpus, processes=3, watch=counted.append))
        assert [problem.params for problem in found] == [problem.params for problem in check_corpus(corpus)]
        assert len(found) == 3
        assert sum(counted) == 7
