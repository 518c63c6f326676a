"""The reading that shares no code with the program gives what the program gives: on drawn rulebooks, and on all there are.

Of interpreters that run the same terms agreement says nothing of how a document becomes terms. This one reads the document
itself, by docs/rulebook.md; on drawn rulebooks it stands beside the interpreters in tests/test_interpreters.py. The examples of
the docs are held against it in tests/test_docs.py.
"""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hyotei.readers import read_sheet
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate
from tests.constructs import CONSTRUCTS, constructs
from tests.interpreters import exact, outside, steps
from tests.language_cases import CELLS, EXPRESSIONS, TABLES
from tests.quotient_cases import quotient_sheets, quotient_texts
from tests.rulebook.small import HEAD, SHEET, formula, table, value
from tests.strategies import rulebook_texts, sheets

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = ROOT / "tests" / "outside"


def test_it_imports_nothing_of_the_program() -> None:
    """Only the standard library, what parses YAML, and its own modules."""
    files = sorted(OUTSIDE.rglob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert not node.level, f"{file.name} imports by a relative name"
                names = [f"{node.module}"]
            for name in names:
                assert name.split(".")[0] in {*sys.stdlib_module_names, "yaml"} or name.split(".")[:2] == [
                    "tests",
                    "outside",
                ], f"{file.name} imports {name}"
            assert not (isinstance(node, ast.Name) and node.id in ("__import__", "import_module", "exec", "eval")), (
                file.name
            )


@given(data=st.data())
def test_quotients_mean_the_same(data: st.DataObject) -> None:
    """The same of quotients at and just beside what they are compared with."""
    text, sheet = data.draw(quotient_texts()), data.draw(quotient_sheets())
    assert outside(text, sheet) == steps(evaluate(parse_rulebook(text), sheet))


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_expression_has_its_value(text: str, expected: str) -> None:
    """Every expression worked out by hand has its value by the docs too."""
    _, _, _, (found,) = outside(f"{HEAD}\n{formula(text)}", SHEET)["x", "sheet"]
    assert found == _value(expected)


@pytest.mark.parametrize(("column", "cell", "expected"), CELLS)
def test_cell_holds_or_not(column: str, cell: str, expected: str) -> None:
    """Every cell worked out by hand holds, fails or stays open by the docs too."""
    rows = f"| F | `{column}` | **x** |\n| 1 | {cell} | true |\n| 2 | - | false |"
    _, _, _, (found,) = outside(f"{HEAD}\n{table(rows)}", SHEET)["x", "sheet"]
    assert found == _value(expected)


@pytest.mark.parametrize(("rows", "outcome", "fired", "expected"), TABLES)
def test_table_comes_out(rows: str, outcome: str, fired: str, expected: str) -> None:
    """Every table worked out by hand comes out so by the docs too."""
    found = outside(f"{HEAD}\n{table(rows)}", SHEET)["x", "sheet"]
    assert (found[0], found[1], found[3][0]) == (outcome, tuple(map(int, fired.split())), _value(expected))


def _value(text: str) -> object:
    return exact(value(text))


SHIPPED = sorted(path.parent.name for path in (ROOT / "rules").glob("*/rulebook.md"))


@cache
def shipped(name: str) -> str:
    return (ROOT / "rules" / name / "rulebook.md").read_text("utf-8")


@pytest.mark.parametrize("name", SHIPPED)
@given(data=st.data())
def test_shipped_rulebooks_mean_the_same(name: str, data: st.DataObject) -> None:
    """The rulebooks that come with the program, on sheets made for their boundaries."""
    rulebook = parse_rulebook(shipped(name))
    sheet = data.draw(sheets(rulebook))
    assert outside(shipped(name), sheet) == steps(evaluate(rulebook, sheet))


def test_rulebooks_of_other_authorities_mean_the_same(shared: Path) -> None:
    """Rulebooks that analysts wrote, on the sheet beside each."""
    found = sorted((shared / "rubrics").glob("*/rulebook.md"))
    if not found:
        pytest.skip("no rubrics in the folder `shared`")
    for path in found:
        text, sheet = path.read_text("utf-8"), read_sheet(path.with_name("sheet.yaml"))
        assert outside(text, sheet) == steps(evaluate(parse_rulebook(text), sheet)), path.parent.name


@pytest.mark.slow
def test_drawn_documents_have_every_construct() -> None:
    """What is never drawn is never held against anything: each construct of the docs is in some of 2,000 documents."""
    found: set[str] = set()

    @settings(max_examples=2000, phases=[Phase.generate], database=None)
    @given(rulebook_texts())
    def draw(text: str) -> None:
        found.update(constructs(text))

    draw()
    assert sorted(set(CONSTRUCTS) - found) == []
