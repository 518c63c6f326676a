"""Files and folders that are written whole or not at all."""

import os
from pathlib import Path

import pytest

from hyotei.base import file_lock
from hyotei.base.atomic_write import draft_file, draft_folder


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for the lock of a folder fails."""

    def waited(seconds: float) -> None:
        raise AssertionError(f"waited {seconds} s")

    monkeypatch.setattr("hyotei.base.atomic_write.time.sleep", waited)


def test_files_in_the_draft_of_a_folder_do_not_wait_for_its_own_lock(tmp_path: Path, no_waiting: None) -> None:
    through = tmp_path / "link"
    through.symlink_to(tmp_path, target_is_directory=True)
    for place in (tmp_path, through):
        with draft_folder(place / "report") as work, draft_file(work / "page.html") as draft:
            draft.write_text("内容", encoding="utf-8")
    assert (tmp_path / "report" / "page.html").read_text("utf-8") == "内容"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "report"]
    with draft_file(tmp_path / "report" / "another") as draft:
        draft.write_bytes(b"1")


def test_a_folder_that_another_holds_is_waited_for(tmp_path: Path, no_waiting: None) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    try:
        assert file_lock.exclusive(handle)
        with pytest.raises(AssertionError, match="waited"), draft_file(tmp_path / "page.html"):
            pass
    finally:
        os.close(handle)
