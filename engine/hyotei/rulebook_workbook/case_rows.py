"""Cases as rows: a column for each input and each expected result, so that a case is added by adding a row.

A path says where a value stands in a case: `sheet.measures[1].target`, `expect.rating`. Values that few cases state have no column
of their own; they stand in the last one, a line each.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Final

from hyotei.rulebook_workbook.read_rows import Findings, Path, ReadRow
from hyotei.rulebook_workbook.weaving import matched
from hyotei.rulebook_workbook.yaml_edit import Tree

REST: Final = "rest"
"""The code of the column of all that has no column of its own."""
MOST_COLUMNS: Final = 48
"""Columns of values at most."""
FIRST: Final = ("name", "unconfirmed", "file")
_LISTED: Final = "、"
_SEGMENT: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\[[1-9][0-9]{0,5}\]|[^.\["\s=][^.\["=]*')
_PLAIN: Final = re.compile(r"[^.\[\"\s=]+")
_ORDER: Final = ("given", "sheet", "expect", "findings")


def case_columns(cases: Sequence[Tree]) -> tuple[str, ...]:
    """The paths that get a column, in the order in which people look for them, and the one of the rest where there is one."""
    counts = Counter(path for case in cases for path in leaves(case))
    usual = {path for path, _ in counts.most_common(MOST_COLUMNS)}
    order: dict[str, None] = {}
    for case in cases:
        order.update(dict.fromkeys(path for path in leaves(case) if path in usual))
    given = sorted((path for path in order if path not in FIRST), key=_by_part)
    first = [path for path in FIRST if path == "name" or path in usual]
    return (*first, *given, *([REST] if len(counts) > len(usual) else []))


def _by_part(path: str) -> tuple[int, tuple[tuple[str, int], ...]]:
    """First what is given, then the sheet unit by unit, then what is expected; the keys of a unit stay as they came."""
    part = next(
        (number for number, each in enumerate(_ORDER) if path == each or path.startswith(f"{each}.")), len(_ORDER)
    )
    units = tuple((segment, 0) for segment in re.findall(r"[^.\[]+\[0*[0-9]+\]", path)) if part == 1 else ()
    return part, tuple((segment.partition("[")[0], int(segment.partition("[")[2][:-1])) for segment, _ in units)


def case_row(case: Tree, columns: Sequence[str]) -> tuple[str, ...]:
    """The texts of a case under its columns."""
    values = leaves(case)
    rest = [f"{path} = {text}" for path, text in values.items() if path not in columns]
    return tuple("\n".join(rest) if column == REST else values.get(column, "") for column in columns)


def leaves(tree: Tree, path: str = "") -> dict[str, str]:
    """The values of a case by their paths, as cells show them; several values of one key stand in one cell."""
    return dict(_leaves(tree, path))


def _leaves(tree: Tree, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict) and tree:
        for key, value in tree.items():
            name = key if _PLAIN.fullmatch(key) else json.dumps(key, ensure_ascii=False)
            yield from _leaves(value, f"{path}.{name}" if path else name)
    elif isinstance(tree, list) and any(isinstance(each, dict | list) for each in tree):
        for number, value in enumerate(tree, 1):
            yield from _leaves(value, f"{path}[{number}]")
    elif isinstance(tree, list):
        texts = _LISTED.join(_value(each) for each in tree)
        yield path, texts + _LISTED if len(tree) == 1 else texts or "[]"
    else:
        yield path, "{}" if isinstance(tree, dict) else _value(tree)


def _value(tree: Tree) -> str:
    """A single value; in quotes where it might be taken for something else."""
    if tree is None:
        return "null"
    text = str(tree)
    special = text in ("", "null", "[]", "{}") or text != text.strip() or text.startswith('"')
    return json.dumps(text, ensure_ascii=False) if special or _LISTED in text or "\n" in text else text


def value_of(text: str) -> Tree:
    """What a cell says: a text, several parted by `、`, or nothing at all."""
    if text in ("[]", "{}"):
        return [] if text == "[]" else {}
    parts = _parts(text)
    values = [_single(part) for part in parts]
    return values if len(parts) > 1 or text.endswith(_LISTED) else values[0]


def _parts(text: str) -> list[str]:
    found = re.findall(rf'\s*("(?:[^"\\]|\\.)*"(?=\s*(?:{_LISTED}|$))|[^{_LISTED}]*)\s*(?:{_LISTED}|$)', text)
    return found[:-1] if len(found) > 1 and not found[-1] else found


def _single(part: str) -> Tree:
    if part == "null":
        return None
    if part.startswith('"') and part.endswith('"'):
        try:
            return str(json.loads(part))
        except ValueError:
            return part
    return part.strip()


class CaseReader:
    """Reads the cases of a workbook; `before` are those that it was written with."""

    def __init__(self, before: Sequence[Tree], found: Findings) -> None:
        self.before, self.found = list(before), found

    def read(self, columns: Sequence[str], rows: Sequence[ReadRow], heads: Sequence[str]) -> list[Tree]:
        """The cases of the rows under their paths; `heads` are the cells of these."""
        paths = {
            column: path for column, ref in zip(columns, heads, strict=True)
            if column != REST and (path := self.path(column, ref)) is not None
        }  # fmt: skip
        shown = [case_row(case, columns) for case in self.before]
        whole = [set(leaves(case)) <= {*columns} or REST in columns for case in self.before]
        cases = []
        for number, (row, (was, same)) in enumerate(
            zip(rows, matched(shown, [row.cells for row in rows], lambda each: each), strict=True)
        ):
            self.places(number, columns, paths, row)
            if same and was is not None and whole[was]:
                cases.append(self.before[was])
            else:
                cases.append(self.case({} if was is None else self.before[was], columns, paths, row))
        return cases

    def places(self, number: int, columns: Sequence[str], paths: dict[str, Path], row: ReadRow) -> None:
        self.found.places[("cases", number)] = row.refs[0]
        for column, ref in zip(columns, row.refs, strict=True):
            if column in paths:
                self.found.places[("cases", number, *paths[column])] = ref

    def path(self, written: str, ref: str) -> Path | None:
        """The keys and numbers of a path; None, told, where it is none."""
        text = written.strip()
        found: list[str | int] = []
        at = 0
        while at < len(text):
            segment = _SEGMENT.match(text, at)
            if segment is None or (text[at] == "[" and not found):
                self.found.tell("HY465", ref, path=written)
                return None
            part = segment[0]
            found.append(
                int(part[1:-1]) - 1 if part[0] == "[" else json.loads(part) if part[0] == '"' else part.strip()
            )
            at = segment.end()
            if text[at : at + 1] == ".":
                at += 1
        return tuple(found)

    def case(self, before: Tree, columns: Sequence[str], paths: dict[str, Path], row: ReadRow) -> Tree:
        """A case that has changed: the one it was, with the values that differ."""
        was = leaves(before)
        now: dict[str, tuple[Path, str, str]] = {}
        for column, text, ref in zip(columns, row.cells, row.refs, strict=True):
            if column == REST:
                for line in filter(None, map(str.strip, text.split("\n"))):
                    name, sign, value = (part.strip() for part in line.partition("="))
                    path = self.path(name, ref) if sign else None
                    if path is not None and value:
                        now[name] = (path, value, ref)
                    elif not sign:
                        self.found.tell("HY466", ref, line=line)
            elif text and column in paths:
                now[column] = (paths[column], text, ref)
        tree: Tree = deepcopy(before) if isinstance(before, dict) else {}
        assert isinstance(tree, dict)
        for name in was:
            if name not in now:
                gone = self.path(name, row.refs[0])
                _remove(tree, gone or ())
        for name, (path, text, ref) in now.items():
            if was.get(name) != text and not _put(tree, path, value_of(text)):
                self.found.tell("HY467", ref, path=name)
        return tree


def _put(tree: Tree, path: Path, value: Tree) -> bool:
    """Puts a value in its place; False where what stands around it is something else, or an item before it is missing."""
    here = tree
    for key, following in zip(path, [*path[1:], None], strict=True):
        fresh: Tree = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(key, int) and isinstance(here, list) and key <= len(here):
            if key == len(here):
                here.append(fresh)
            elif following is None:
                here[key] = fresh
            here = here[key]
        elif isinstance(key, str) and isinstance(here, dict):
            if following is None:
                here[key] = fresh
            here = here.setdefault(key, fresh)
        else:
            return False
    return True


def _remove(tree: Tree, path: Path) -> None:
    """Takes a value out, and whatever holds nothing any more without it."""
    if not path:
        return
    key, *rest = path
    inner = tree.get(key) if isinstance(tree, dict) and isinstance(key, str) else (
        tree[key] if isinstance(tree, list) and isinstance(key, int) and key < len(tree) else None
    )  # fmt: skip
    if rest and isinstance(inner, dict | list):
        _remove(inner, tuple(rest))
        if inner:
            return
    if isinstance(tree, dict) and isinstance(key, str):
        tree.pop(key, None)
    elif isinstance(tree, list) and isinstance(key, int) and key == len(tree) - 1:
        tree.pop()
