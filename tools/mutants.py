"""Small faults in the engine (tools/mutation.py): which there are, and the tree of a module with one of them in it."""

import ast
import copy
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
ENGINE: Final = ROOT / "engine"
PACKAGES: Final = ("rulebook", "inference", "verdict", "sheet", "proof", "columnar")
Edit = Callable[[ast.AST], ast.AST]
_SWAPPED: Final[dict[type, type]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAMES: Final = {"any": "all", "all": "any", "min": "max", "max": "min", "True": "False", "False": "True"}


@dataclass(frozen=True)
class Mutant:
    """One fault: the place of its node among all nodes of the file, and what is done to it."""

    id: str
    file: str
    function: str
    line: int
    operator: str
    node: int
    option: int = 0


def faults(node: ast.AST) -> Iterator[tuple[str, int]]:
    """The faults that can be put into a node: an operator and, where a node has several places, which."""
    match node:
        case ast.Compare(ops=operators):
            yield from (("comparison", at) for at, each in enumerate(operators) if type(each) in _SWAPPED)
        case ast.BoolOp():
            yield "junction", 0
        case ast.UnaryOp(op=ast.Not()):
            yield "negation", 0
        case ast.BinOp(op=operator) if type(operator) in _SWAPPED and not _textual(node):
            yield "arithmetic", 0
        case ast.Constant(value=bool()):
            yield "truth", 0
        case ast.Constant(value=int()):
            yield "number", 0
        case ast.Name(id=name, ctx=ast.Load()) if name in _NAMES:
            yield "name", 0
        case ast.If() | ast.IfExp():
            yield "condition", 0
        case ast.comprehension(ifs=[_, *_]):
            yield "filter", 0
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Continue() | ast.Break():
            yield "statement", 0


def _textual(node: ast.BinOp) -> bool:
    return any(isinstance(side, (ast.JoinedStr, ast.Constant)) and isinstance(getattr(side, "value", ""), str)
               for side in (node.left, node.right))  # fmt: skip


def changed(node: ast.AST, operator: str, option: int) -> ast.AST:
    """The node with the fault in it."""
    found = copy.deepcopy(node)
    match found:
        case ast.Compare():
            found.ops[option] = _SWAPPED[type(found.ops[option])]()
        case ast.BoolOp() | ast.BinOp():
            found.op = _SWAPPED[type(found.op)]()
        case ast.UnaryOp():
            return found.operand
        case ast.Constant(value=bool()):
            found.value = not found.value
        case ast.Constant(value=int() as number):
            found.value = number + 1
        case ast.Name():
            found.id = _NAMES[found.id]
        case ast.If() | ast.IfExp():
            found.test = ast.copy_location(ast.UnaryOp(ast.Not(), found.test), found.test)
        case ast.comprehension():
            found.ifs = []
        case _:
            return ast.copy_location(ast.Pass(), node)
    return found


def walk(tree: ast.AST) -> Iterator[tuple[int, ast.AST, str]]:
    """Every node of a file that runs, with its number and the function it lies in; annotations and docstrings are left out."""
    number = 0

    def inside(node: ast.AST, function: str) -> Iterator[tuple[int, ast.AST, str]]:
        nonlocal number
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if not isinstance(child, ast.AST) or _documents(child) or _for_types(child):
                    continue
                here = function
                if isinstance(child, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
                    here = f"{function}.{child.name}" if function else child.name
                number += 1
                yield number, child, here
                yield from inside(child, here)

    yield from inside(tree, "")


def _documents(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _for_types(node: ast.AST) -> bool:
    """Parts that only a type checker reads, and assertions, which stand for what cannot be."""
    if isinstance(node, (ast.Assert, ast.AnnAssign)):
        return isinstance(node, ast.Assert) or "TypeAlias" in ast.unparse(node.annotation)
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def mutants() -> list[Mutant]:
    """All mutants, smallest hash first."""
    found = []
    for package in PACKAGES:
        for path in sorted((ENGINE / "hyotei" / package).rglob("*.py")):
            file = path.relative_to(ENGINE).as_posix()
            seen: dict[str, int] = {}
            for number, node, function in walk(ast.parse(path.read_text())):
                for operator, option in faults(node):
                    text = f"{file}:{function}:{operator}"
                    seen[text] = seen.get(text, 0) + 1
                    key = hashlib.sha256(f"{text}:{seen[text]}".encode()).hexdigest()[:10]
                    line = getattr(node, "lineno", None) or getattr(getattr(node, "target", None), "lineno", 0)
                    found.append(Mutant(key, file, function, int(line or 0), operator, number, option))
    return sorted(found, key=lambda each: each.id)


def with_fault(tree: ast.Module, mutant: Mutant) -> ast.Module:
    """The tree with the fault in it."""
    target = next(node for number, node, _ in walk(tree) if number == mutant.node)
    new = changed(target, mutant.operator, mutant.option)

    class Replace(ast.NodeTransformer):
        def generic_visit(self, node: ast.AST) -> ast.AST:
            return new if node is target else super().generic_visit(node)

        visit = generic_visit

    Replace().visit(tree)
    return ast.fix_missing_locations(tree)


def with_probes(tree: ast.Module, file: str) -> ast.Module:
    """The tree in which each function says that it was entered."""
    for _, node, function in list(walk(tree)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            probe = ast.parse(f"__import__('sys').entered.add({f'{file}:{function}'!r})").body
            node.body[int(_documents(node.body[0])) : 0] = probe
    return ast.fix_missing_locations(tree)
