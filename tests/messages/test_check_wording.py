"""The check that `make lint` runs finds wording outside the catalogue, and leaves words of documents alone."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def check(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_wording", root / "tools" / "check_wording.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def faults(check: ModuleType, tmp_path: Path, code: str, name: str) -> int:
    file = tmp_path / "module.py"
    file.write_text(code, encoding="utf-8")
    return len(list(check.faults(file, name)))


@pytest.mark.parametrize(
    "code",
    [
        'said = "評価区分"',
        'said = f"{count}件を読んだ"',
        'said = "表" if language == "ja" else "table"',
        'english = lang == "en"',
        'english = self.language != "ja"',
        "class Words:\n    def say(self, ja, en):\n        return ja",
    ],
)
def test_wording_is_refused(check: ModuleType, tmp_path: Path, code: str) -> None:
    assert faults(check, tmp_path, code, "cli/rate.py")


@pytest.mark.parametrize(
    "code", ['"""評価書を読む。"""', 'key = "common.yes"', 'def f():\n    """測定値。"""', 'unit = part == "ja"']
)
def test_docstrings_and_keys_are_none(check: ModuleType, tmp_path: Path, code: str) -> None:
    assert not faults(check, tmp_path, code, "cli/rate.py")


def test_readers_hold_words_but_no_sentences(check: ModuleType, tmp_path: Path) -> None:
    assert not faults(check, tmp_path, 'LABEL = "予算の状況"\nFORM = r"(?:目標値|実績値)がない$"', "readers/x.py")
    assert faults(check, tmp_path, 'NOTE = "行の見出しと別の行に印字されている"', "readers/x.py")
    assert faults(check, tmp_path, 'NOTE = f"「半」を{unit}に直した"', "sheet/x.py")


def test_what_is_excepted_is_there(check: ModuleType) -> None:
    """Files that have gone are no exceptions any more."""
    assert [name for name in (*check.SENTENCES, *check.LANGUAGES) if not (check.ENGINE / name).exists()] == []
