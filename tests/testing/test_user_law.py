"""Three lines of a user make a test; what breaks it is shown small, kept, and tried again. pytest stays as it is for others."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.testing.books import GRID, text

pytestmark = pytest.mark.slow  # each test runs pytest in processes of its own

THREE_LINES = """
from hyotei.testing import law

@law("rulebook.md", examples=60)
def test_two_measures_never_get_the_best(sheet, verdict):
    assert verdict.rating != "A" or len(sheet.measures) < 2
"""
CASES = """cases:
  - {name: holds, given: {share: 50%, size: 3}, expect: {rating: A}}
  - {name: fails, given: {share: 50%, size: 3}, expect: {rating: B}}
"""


def run(folder: Path, *options: str) -> tuple[int, str]:
    """Pytest in a process of its own, as users run it; the plugin comes by its entry point."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a rulebook and its cases."""
    (tmp_path / "rulebook.md").write_text(text(GRID), encoding="utf-8")
    (tmp_path / "cases.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path


def test_three_lines_are_a_test(project: Path) -> None:
    """The law is broken; the sheet is shown with its verdict, kept, and is the first tried in the next run."""
    (project / "test_law.py").write_text(THREE_LINES, encoding="utf-8")
    code, shown = run(project, "--hyotei-keep", "kept")
    assert code == 1
    assert "法則を破る評価書" in shown
    assert "measures[3]" in shown
    assert "measures[4]" not in shown
    assert "評価区分 A" in shown
    assert "user_law.py" not in shown
    (kept,) = (project / "kept").iterdir()
    assert kept.name == "test_law.test_two_measures_never_get_the_best.yaml"
    (project / "test_law.py").write_text(THREE_LINES.replace("examples=60", "examples=1"), encoding="utf-8")
    assert run(project, "--hyotei-keep", "kept")[0] == 1


def test_a_law_that_holds_passes_beside_fixtures(project: Path) -> None:
    """Other arguments are fixtures; what holds passes."""
    source = THREE_LINES.replace("(sheet, verdict)", "(tmp_path, rulebook, sheet)").replace(
        'verdict.rating != "A" or len(sheet.measures) < 2', "tmp_path.exists() and rulebook.in_force(sheet.fiscal_year)"
    )
    (project / "test_law.py").write_text(source.replace("examples=60", "examples=5"), encoding="utf-8")
    code, shown = run(project)
    assert code == 0, shown
    assert "1 passed" in shown


def test_cases_are_tests_only_if_asked(project: Path) -> None:
    """Without the option nothing is collected; with it each case is a test, and a failure is a sentence."""
    assert run(project)[0] == 5
    code, shown = run(project, "--hyotei-cases")
    assert code == 1
    assert "1 failed, 1 passed" in shown
    assert "HY374" in shown
    assert "Traceback" not in shown
    (project / "rulebook.md").write_text("x", encoding="utf-8")
    code, shown = run(project, "--hyotei-cases")
    assert code == 1
    assert "Traceback" not in shown


def test_the_plugin_imports_nothing_of_hyotei() -> None:
    """Who does not use it pays for one small module."""
    code = (
        "import sys, hyotei.testing.plugin; "
        "print(sorted(n for n in sys.modules if n.startswith('hyotei') or n in ('hypothesis', 'pydantic', 'yaml')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['hyotei', 'hyotei.testing', 'hyotei.testing.plugin']"
