"""A rulebook as it stood in a git revision, and a message for everything that can be wrong with one."""

import subprocess
from pathlib import Path

import pytest

from hyotei.compare.load_revision import load_revision
from hyotei.messages import HyoteiError
from tests.conftest import ROOT

MIC = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")


def git(folder: Path, *arguments: str) -> None:
    named = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *named, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two versions of a rulebook, in a folder whose name is Japanese."""
    folder = tmp_path / "規則 1"
    folder.mkdir()
    git(tmp_path, "init", "-q")
    for at, text in enumerate((MIC, MIC.replace("70%以上", "60%以上"))):
        (folder / "rulebook.md").write_text(text, encoding="utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "-m", str(at))
    return folder


def failure(name: str, other: "str | Path") -> str:
    with pytest.raises(HyoteiError) as caught:
        load_revision(name, other)
    return caught.value.diagnostics[0].code


def test_revision_of_the_same_file(repository: Path) -> None:
    """`git:HEAD~1` is the file of the other rulebook, named by its folder or its document; with a path it is that one."""
    now = load_revision(repository, "git:HEAD~1")
    for other in (repository, repository / "rulebook.md"):
        before = load_revision("git:HEAD~1", other)
        assert before.hash != now.hash
        assert load_revision("git:HEAD", other).hash == now.hash
    assert load_revision(f"git:HEAD~1:{repository / 'rulebook.md'}", "mic-2013").hash == before.hash
    assert load_revision(f"git:HEAD~1:{repository}", "mic-2013").hash == before.hash


def test_everything_wrong_has_its_message(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No revision, no such revision, no such file, not text, no path, no repository."""
    assert failure("git:", repository) == "HY935"
    assert failure("git:--output=x", repository) == "HY935"
    assert failure("git:nowhere", repository) == "HY933"
    assert failure(f"git:HEAD:{repository / 'other.md'}", repository) == "HY936"
    assert failure("git:HEAD", "git:HEAD~1") == "HY934"
    outside = tmp_path_factory.mktemp("outside")
    (outside / "rulebook.md").write_text(MIC, encoding="utf-8")
    assert failure("git:HEAD", outside) == "HY932"
    (repository / "rulebook.md").write_bytes(b"\xff\xfe\x00")
    git(repository, "commit", "-q", "-a", "-m", "bytes")
    assert failure("git:HEAD", repository) == "HY937"


def test_no_git_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed, the message says so."""
    monkeypatch.setenv("PATH", "")
    assert failure("git:HEAD~1", repository) == "HY931"
