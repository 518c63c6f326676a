"""Folders of reports: whole or not at all, and nothing else is ever replaced."""

import json
from pathlib import Path

import pytest

from hyotei.messages import HyoteiError
from hyotei.report.report_folder import MARK, SCHEMA, report_folder


def write(target: Path, word: str) -> None:
    with report_folder(target) as work:
        (work / MARK).write_text(json.dumps({"schema": SCHEMA, "word": word}))


def word(target: Path) -> str:
    return str(json.loads((target / MARK).read_text())["word"])


def test_a_report_replaces_a_report(tmp_path: Path) -> None:
    """Also an empty folder, and where the folders above do not exist yet."""
    target = tmp_path / "a" / "b"
    write(target, "one")
    (target / "extra").write_text("")
    write(target, "two")
    assert word(target) == "two"
    assert [each.name for each in target.iterdir()] == [MARK]
    empty = tmp_path / "empty"
    empty.mkdir()
    write(empty, "three")
    assert word(empty) == "three"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "empty"]


@pytest.mark.parametrize("content", ["{}", "[]", "not json", '{"schema": "hyotei.audit/1"}', "[" * 100_000])
def test_what_is_no_report_stays(tmp_path: Path, content: str) -> None:
    """A folder with other things, even with a summary of another kind."""
    target = tmp_path / "work"
    target.mkdir()
    (target / MARK).write_text(content)
    with pytest.raises(HyoteiError) as refused, report_folder(target):
        pytest.fail("nothing is written")
    assert [each.code for each in refused.value.diagnostics] == ["HY999"]
    assert (target / MARK).read_text() == content


def test_files_and_links_stay(tmp_path: Path) -> None:
    """A link is not followed, whatever it leads to."""
    file = tmp_path / "file"
    file.write_text("mine")
    write(tmp_path / "report", "one")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "report")
    for target in (file, link):
        with pytest.raises(HyoteiError), report_folder(target):
            pytest.fail("nothing is written")
    assert file.read_text() == "mine"
    assert word(tmp_path / "report") == "one"


def test_a_failure_leaves_the_old_report(tmp_path: Path) -> None:
    """And nothing beside it."""
    target = tmp_path / "report"
    write(target, "one")

    def broken() -> None:
        with report_folder(target) as work:
            (work / MARK).write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert word(target) == "one"
    assert [each.name for each in tmp_path.iterdir()] == ["report"]
