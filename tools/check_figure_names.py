"""Refuses names of figures outside the table of figures (`engine/hyotei/sheet/figures.py`): `make lint` runs it.

No other module lists figures or tells them by their names, so that a new figure is one row of the table. Naming one figure to ask
for it is no fault.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hyotei.sheet.figures import FIGURES

ENGINE: Final = Path(__file__).resolve().parents[1] / "engine" / "hyotei"
NAMES: Final = frozenset(row.path for row in FIGURES if row.quantity or row.get is not None or "." in row.path)
"""Names that mean nothing but a figure; `title` or `label` are words for other things as well."""
BY_ENDS: Final = frozenset({"startswith", "endswith", "removeprefix", "removesuffix"})
ENDS: Final = frozenset(
    {
        "recorded.",
        "outline.",
        ".low",
        ".high",
        ".unit",
        ".qualifier",
        "fiscal_year",
    }
)
EXCEPTIONS: Final = {
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


def main() -> int:
    """Prints every name that stands elsewhere, and every exception that none needs any more; the exit code is 1 if there is any."""
    faults: list[str] = []
    needed: set[str] = set()
    for path in sorted(ENGINE.rglob("*.py")):
        name = path.relative_to(ENGINE).as_posix()
        found = list(uses(ast.parse(path.read_text(encoding="utf-8"))))
        excepted = [each for each in EXCEPTIONS if name == each or (each.endswith("/") and name.startswith(each))]
        if found:
            needed.update(excepted)
        if not excepted:
            faults += [
                f"engine/hyotei/{name}:{line}: the figure {each} is named outside the table" for line, each in found
            ]
    faults += [
        f"tools/check_figure_names.py: {each} names no figure; take it out" for each in EXCEPTIONS.keys() - needed
    ]
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
