"""The names of figures stand in the table of figures only: no other module lists them or tells figures by their names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from hyotei.sheet.figures import FIGURES
from tests.conftest import ROOT

ENGINE = ROOT / "engine" / "hyotei"
NAMES = frozenset(row.path for row in FIGURES if row.quantity or row.get is not None or "." in row.path)
"""Names that mean nothing but a figure; `title` or `label` are words for other things as well."""
BY_ENDS = frozenset({"startswith", "endswith", "removeprefix", "removesuffix"})
ENDS = frozenset(
    {
        "recorded.",
        "outline.",
        "logic_model.",
        ".low",
        ".high",
        ".unit",
        ".qualifier",
        "fiscal_year",
        "reflection_amount",
    }
)
EXCEPTIONS = {
    "sheet/figures.py": "the table",
    "sheet/unread_parts.py": "the parts that a source may not carry; the table names the part of each figure",
    "audit/year_findings.py": "keys of the catalogue for what is compared between years",
    "forms/items.py": "what printed words of a form can mean",
    "readers/": "which printed word or column of a data set stands for which field of the models",
    "sheet_writers/": "which figures the printed form of one authority asks for, and a blank sheet",
}
"""Modules that may name figures, and why."""


def uses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines where figures are told by their names: in a list of several, in a comparison, or by how the name begins or ends."""
    for node in ast.walk(tree):
        found: list[ast.expr | None] = []
        least = 1
        match node:
            case ast.Tuple(elts) | ast.List(elts) | ast.Set(elts):
                found, least = list(elts), 2
            case ast.Dict(keys):
                found, least = list(keys), 2
            case ast.Compare(left, _, comparators):
                found = [left, *comparators]
            case ast.MatchValue(value):
                found = [value]
            case ast.Call(ast.Attribute(_, method), arguments) if method in BY_ENDS:
                for each in ast.walk(ast.Tuple(arguments, ast.Load())):
                    if isinstance(each, ast.Constant) and each.value in ENDS | NAMES:
                        yield node.lineno, str(each.value)
        named = [each for each in found if isinstance(each, ast.Constant) and each.value in NAMES]
        yield from ((each.lineno, str(each.value)) for each in named if len(named) >= least)


def excepted(file: str) -> bool:
    return any(file == each or (each.endswith("/") and file.startswith(each)) for each in EXCEPTIONS)


@pytest.mark.parametrize("file", sorted(ENGINE.rglob("*.py")), ids=lambda file: str(file.relative_to(ENGINE)))
def test_figures_are_named_in_the_table_only(file: Path) -> None:
    if not excepted(file.relative_to(ENGINE).as_posix()):
        assert list(uses(ast.parse(file.read_text("utf-8")))) == []


@pytest.mark.parametrize("each", EXCEPTIONS)
def test_an_exception_is_needed(each: str) -> None:
    """What names no figure any more leaves the list."""
    files = [ENGINE / each] if each.endswith(".py") else (ENGINE / each).rglob("*.py")
    assert any(list(uses(ast.parse(file.read_text("utf-8")))) for file in files)


def test_what_tells_a_figure_by_its_name_is_found() -> None:
    code = """
a = ("initial", "total"), ("direction", "main")
b = name == "direction"
c = name.startswith("recorded.")
d = figure("target")
"""
    assert sorted(uses(ast.parse(code))) == [(2, "initial"), (2, "total"), (3, "direction"), (4, "recorded.")]
