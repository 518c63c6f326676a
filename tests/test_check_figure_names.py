"""The check of `make lint` that figures are named in the table of figures only."""

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_figure_names", ROOT / "tools" / "check_figure_names.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = loaded()


def test_what_tells_a_figure_by_its_name_is_found() -> None:
    code = """
a = ("initial", "total"), ("direction", "main")
b = name == "direction"
c = name.startswith("recorded.")
d = figure("target")
"""
    assert sorted(CHECK.uses(ast.parse(code))) == [(2, "initial"), (2, "total"), (3, "direction"), (4, "recorded.")]


def test_a_name_elsewhere_and_an_exception_that_none_needs_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sheet").mkdir()
    (tmp_path / "sheet" / "figures.py").write_text("ROWS = ('initial', 'total')\n", encoding="utf-8")
    (tmp_path / "other.py").write_text("chosen = name == 'direction'\n", encoding="utf-8")
    monkeypatch.setattr(CHECK, "ENGINE", tmp_path)
    monkeypatch.setattr(CHECK, "EXCEPTIONS", {"sheet/figures.py": "the table", "readers/": "nothing any more"})
    assert CHECK.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "engine/hyotei/other.py:1: the figure direction is named outside the table",
        "tools/check_figure_names.py: readers/ names no figure; take it out",
    ]
