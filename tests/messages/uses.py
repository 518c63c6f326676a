"""Where the code says something: calls with a key of the catalogue, and keys that stand in tables.

A key is written in full wherever it is used, so that a search for it finds both the text and its uses.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, nodes

SAYING = {"say", "phrase", "reading_note"}
"""What a text is said by: `say("subject.name", value=...)`, `phrase("subject.name", value=...)`."""
GROUPS = {"one_of", "phrase_of"}
"""The same with a group and one of its entries: `say.one_of("subject.group", name)`."""


@dataclass
class Use:
    """One call: the key, the values given by name, and whether others come with `**`."""

    key: str
    values: frozenset[str]
    open: bool
    where: str


@dataclass
class Uses:
    """What the files of a folder use."""

    said: list[Use] = field(default_factory=list)
    groups: list[Use] = field(default_factory=list)
    literals: dict[str, str] = field(default_factory=dict)
    made_up: list[str] = field(default_factory=list)
    """Calls whose key is put together, so that nobody can look it up."""


def uses(folder: Path) -> Uses:
    """Every use of the catalogue below a folder."""
    found = Uses()
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            where = f"{file.relative_to(folder)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.literals.setdefault(node.value, where)
            if isinstance(node, ast.Call) and node.args:
                name = _name(node.func)
                if name in GROUPS or (name in SAYING and len(node.args) == 1):
                    into = found.said if name in SAYING else found.groups
                    into += _uses(node, where)
                    if isinstance(node.args[0], ast.JoinedStr):
                        found.made_up.append(where)
    for file in sorted(folder.rglob("*.html")):
        for call in Environment().parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            _use_in_template(call, f"{file.relative_to(folder)}:{call.lineno}", found)
    return found


def _use_in_template(call: nodes.Call, where: str, found: Uses) -> None:
    """The same of a template, where only `say` says something."""
    match call.node:
        case nodes.Name(name="say"):
            into = found.said
        case nodes.Getattr(node=nodes.Name(name="say"), attr="one_of"):
            into = found.groups
        case _:
            return
    values = frozenset(each.key for each in call.kwargs)
    given = call.args[0]
    choices = [given.expr1, given.expr2] if isinstance(given, nodes.CondExpr) else [given]
    for choice in choices:
        if isinstance(choice, nodes.Const):
            into.append(Use(choice.value, values, call.dyn_kwargs is not None, where))
            found.literals.setdefault(choice.value, where)
        else:
            found.made_up.append(where)


def _uses(call: ast.Call, where: str) -> Iterator[Use]:
    values = frozenset(each.arg for each in call.keywords if each.arg is not None)
    spread = any(each.arg is None for each in call.keywords)
    for key in _keys(call.args[0]):
        yield Use(key, values, spread, where)


def _keys(node: ast.expr) -> Iterator[str]:
    """The keys that the first argument can be: one, or the two of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Call(ast.Name("wording")):
            return "say"
        case ast.Name("say" | "phrase" | "phrase_of" | "reading_note"):
            return function.id
        case ast.Attribute(attr="say"):
            return "say"
        case ast.Attribute(inner, "one_of") if _name(inner) == "say":
            return "one_of"
        case _:
            return ""
