"""The tutorial on an authority of one's own is true: its files are written, its commands run, and what it says comes out."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.cli.command import Done
from tests.conftest import ROOT

PAGES = ("tutorial-own-authority.md", "tutorial-own-authority.en.md")
SAID = {
    "form new": "4個のうち4個",
    "form check": "誤りはありません",
    "corpus build": "評価書 60件",
    "imply": "記載と違う結果になるもの 2件",
    "rulebook test": "3件中 3件 合格",
    "prove": "すべて証明された",
    "audit": "一致                    58",
}
"""What each command says."""


def fences(page: str) -> list[tuple[str, str]]:
    """The kind and the text of each fenced block."""
    tokens = MarkdownIt("commonmark").parse((ROOT / "docs" / page).read_text("utf-8"))
    return [(token.info.strip(), token.content) for token in tokens if token.type == "fence"]


def run(line: str, folder: Path) -> Done:
    """A command of the page, in the folder of the tutorial. The charts of the report need more memory than other tests allow."""
    program, *arguments = shlex.split(line)
    if program == "hyotei":
        command = ["-m", "hyotei.cli", *arguments]
    else:
        assert program == "python", line
        command = [str(ROOT / arguments[0]), *arguments[1:]]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HYOTEI_")}
    done = subprocess.run(
        [sys.executable, *command],
        env={**inherited, "PYTHONPATH": str(ROOT / "engine")},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def test_both_pages_have_the_same_files_and_commands() -> None:
    """And ten steps, each with one command of Hyotei."""
    one, other = (fences(page) for page in PAGES)
    assert one == other
    commands = [text for kind, text in one if kind == "text run" and text.startswith("hyotei ")]
    assert len(commands) == 10
    for page in PAGES:
        text = (ROOT / "docs" / page).read_text("utf-8")
        assert [int(number) for number in re.findall(r"^## (\d+)\. ", text, re.MULTILINE)] == [*range(1, 11)]


@pytest.mark.slow
def test_the_commands_lead_to_the_report(tmp_path: Path) -> None:
    """Every command succeeds and says what the page tells; files of the page take the place of what was proposed."""
    for folder in ("準備", "rules/reiji-implied", "判定"):
        (tmp_path / folder).mkdir(parents=True)
    told = dict(SAID)
    for kind, text in fences(PAGES[0]):
        if kind == "text run":
            done = run(text.strip(), tmp_path)
            assert done.code == 0, (text, done.err)
            for command in [each for each in told if text.startswith(f"hyotei {each} ")]:
                assert told.pop(command) in done.out
        elif kind == "text shows":
            made = (tmp_path / "rules" / "reiji-implied" / "rulebook.md").read_text("utf-8")
            assert text in made
        else:
            file = tmp_path / kind.partition("file=")[2]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    assert told == {}
    assert len([*(tmp_path / "判定").iterdir()]) == 60
    for made in ("読み取り.html", "判定.parquet", "報告/index.html", "報告/findings.xlsx"):
        assert (tmp_path / made).is_file()


def test_the_quick_steps(tmp_path: Path) -> None:
    """The form and the rules without a corpus: what people try first."""
    for kind, text in fences(PAGES[0]):
        if "file=" in kind:
            file = tmp_path / kind.partition("file=")[2]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    run("python docs/tutorial/example_workbook.py 事業一覧.xlsx", tmp_path)
    assert SAID["form check"] in run("hyotei form check forms/reiji", tmp_path).out
    made = run("hyotei imply 事業一覧.xlsx --rulebook 準備 --inputs 必要の度合い+,やり方の良さ+ --json", tmp_path)
    assert (made.json["sheets"], made.json["disagree"]) == (60, 2)
