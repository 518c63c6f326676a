"""Rows of the lists and texts of the cover as a front matter; what says the same as before stays as it was written."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from hyotei.base.yaml import parse_yaml
from hyotei.messages import Diagnostic, Location
from hyotei.rulebook.front_matter import KEYS
from hyotei.rulebook_workbook.front_rows import front_rows
from hyotei.rulebook_workbook.layout import COVER, FRONT_LISTS
from hyotei.rulebook_workbook.read_rows import Findings, Path, ReadRow
from hyotei.rulebook_workbook.weaving import matched
from hyotei.rulebook_workbook.yaml_edit import Tree, tree_of

_COMMA: Final = re.compile(r"\s*[,，、]\s*")


class FrontReader:
    """Reads the front matter of a workbook; `before` is what it was when the workbook was written."""

    def __init__(self, before: dict[str, Tree], found: Findings) -> None:
        self.before, self.found = before, found
        self.shown = front_rows(before)

    def read(self, cover: Mapping[str, tuple[str, str]], lists: Mapping[str, Sequence[ReadRow]]) -> dict[str, Tree]:
        """The front matter from the texts of the cover with their cells, and from the rows of each list."""
        front: dict[str, Tree] = {}
        for key, (text, ref) in cover.items():
            self.found.places[(key,)] = ref
            was = self.before.get(key)
            if text == self.shown.cover.get(key) and key in self.before:
                front[key] = was
            elif text:
                front[key] = text
        for key in FRONT_LISTS:
            tree = self.of_list(key, [row for row in lists.get(key, ()) if any(row.cells)])
            if tree or (tree is not None and key in self.before and not self.shown.lists[key] and not self.before[key]):
                front[key] = tree
        self.others(lists.get("others", ()), front)
        order = [*self.before, *sorted((key for key in front if key not in self.before), key=_place)]
        return {key: front[key] for key in order if key in front}

    def of_list(self, key: str, rows: list[ReadRow]) -> Tree:
        built = _BUILT[key](self, rows)
        before = self.before.get(key)
        unchanged = tuple(row.cells for row in rows) == self.shown.lists[key]
        return before if unchanged and key in self.before else built

    def others(self, rows: Sequence[ReadRow], front: dict[str, Tree]) -> None:
        shown = {row[0]: row[1] for row in self.shown.lists["others"]}
        for row in rows:
            key, text = row.cells
            if not key and not text:
                continue
            self.found.places[(key,)] = row.refs[1]
            if not key:
                self.found.tell("HY462", row.refs[0])
            elif key in front:
                self.found.tell("HY463", row.refs[0], name=key)
            elif shown.get(key) == text:
                front[key] = self.before[key]
            else:
                tree, problems = parse_yaml(text)
                self.found.problems += (
                    Diagnostic(each.code, Location(self.found.file, cell=row.refs[1]), each.params) for each in problems
                )
                front[key] = tree_of(tree)

    # -- lists

    def entry(self, into: dict[str, Tree], path: Path, key: str, value: Tree, ref: str) -> None:
        """Puts an entry into a mapping; a key that is missing or stands there already is told."""
        if not key:
            self.found.tell("HY462", ref)
        elif key in into:
            self.found.tell("HY463", ref, name=key)
        else:
            into[key] = value
            self.found.places[(*path, key)] = ref

    def grouped(self, rows: Sequence[ReadRow], key: str) -> dict[str, list[ReadRow]]:
        """Rows by the name in their first cell, which a blank takes from the row above."""
        groups: dict[str, list[ReadRow]] = {}
        for row in self.found.inherited(rows):
            if row.cells[0]:
                groups.setdefault(row.cells[0], []).append(row)
                self.found.places.setdefault((key, row.cells[0]), row.refs[0])
            else:
                self.found.tell("HY462", row.refs[0])
        return groups

    def was(self, *path: str) -> Tree:
        tree: Tree = self.before
        for key in path:
            tree = tree.get(key) if isinstance(tree, dict) else None
        return tree

    def kept(self, tree: Tree, *path: str) -> Tree:
        """The part as it was written if it shows the same, such as a list of grades without meanings for a mapping of blanks."""
        before = self.was(*path)
        if before is None:
            return tree
        shown = front_rows(_nested(path, before)).lists[path[0]]
        return before if shown and shown == front_rows(_nested(path, tree)).lists[path[0]] else tree

    def scales(self, rows: list[ReadRow]) -> Tree:
        found: dict[str, Tree] = {}
        for name, group in self.grouped(rows, "scales").items():
            body: dict[str, Tree] = {}
            for row in group:
                self.entry(body, ("scales", name), row.cells[1], row.cells[2] or None, row.refs[1])
            bare = all(not meaning for meaning in body.values())
            found[name] = self.kept(
                list(body) if bare else {key: each or "" for key, each in body.items()}, "scales", name
            )
        return found

    def parameters(self, rows: list[ReadRow]) -> Tree:
        found: dict[str, Tree] = {}
        for name, group in self.grouped(rows, "parameters").items():
            path = ("parameters", name)
            body: dict[str, Tree] = {}
            for row in group:
                _, years, value, *rest = row.cells
                if years or value or row is group[0]:
                    self.entry(body, path, years or "value", value or None, row.refs[2])
                for key, text, ref in zip(("label", "source", "standing"), rest, row.refs[3:], strict=True):
                    if text:
                        self.entry(body, path, key, text, ref)
            short = list(body) == ["value"] and not isinstance(self.was(*path), dict)
            found[name] = self.kept(body["value"] if short else self.ordered(body, *path), *path)
        return found

    def facts(self, rows: list[ReadRow]) -> Tree:
        found: dict[str, Tree] = {}
        for scope, group in self.grouped(rows, "facts").items():
            facts: dict[str, Tree] = {}
            for row in group:
                _, name, *parts = row.cells
                body: dict[str, Tree] = {}
                path = ("facts", scope, name)
                for key, text, ref in zip(("type", "label", "judged", "default"), parts, row.refs[2:], strict=True):
                    if text:
                        self.entry(body, path, key, text, ref)
                short = list(body) == ["type"] and not isinstance(self.was(*path), dict)
                tree = body["type"] if short else self.ordered(body, *path)
                self.entry(facts, path[:-1], name, self.kept(tree, *path), row.refs[1])
            found[scope] = facts
        return found

    def ordered(self, body: dict[str, Tree], *path: str) -> dict[str, Tree]:
        """The entries in the order in which they were written, each as it was written if it shows the same."""
        before = self.was(*path)
        known = before if isinstance(before, dict) else {}
        keys = [*(key for key in known if key in body), *(key for key in body if key not in known)]
        return {key: body[key] for key in keys}

    def laws(self, rows: list[ReadRow]) -> Tree:
        return self.listed("laws", rows, lambda row: row.cells[0])

    def sources(self, rows: list[ReadRow]) -> Tree:
        def source(row: ReadRow) -> Tree:
            title, details = row.cells
            found: dict[str, Tree] = {"title": title}
            for line in filter(None, map(str.strip, details.split("\n"))):
                key, colon, text = line.replace("：", ":", 1).partition(":")
                self.entry(found, (), key.strip() if colon else "", text.strip(), row.refs[1])
            return found

        return self.listed("sources", rows, source)

    def same_findings(self, rows: list[ReadRow]) -> Tree:
        return self.listed("same_findings", rows, lambda row: list(filter(None, _COMMA.split(row.cells[0]))))

    def english(self, rows: list[ReadRow]) -> Tree:
        found: dict[str, Tree] = {}
        for row in rows:
            text, english = row.cells
            before = self.was("english", text)
            self.entry(found, ("english",), text, before if before is None and not english else english, row.refs[1])
        return found

    def listed(self, key: str, rows: list[ReadRow], built: Callable[[ReadRow], Tree]) -> Tree:
        """Items of a list, each as it was written if it shows the same."""
        before = self.was(key)
        items = before if isinstance(before, list) and self.shown.lists[key] else []
        origins = matched(self.shown.lists[key], [row.cells for row in rows], lambda cells: cells)
        found = []
        for number, (row, (was, unchanged)) in enumerate(zip(rows, origins, strict=True)):
            self.found.places[(key, number)] = row.refs[0]
            if not row.cells[0]:
                self.found.tell("HY462", row.refs[0])
            found.append(items[was] if unchanged and was is not None else built(row))
        return found


_BUILT: Final[dict[str, Callable[[FrontReader, list[ReadRow]], Tree]]] = {
    "scales": FrontReader.scales, "parameters": FrontReader.parameters, "facts": FrontReader.facts, "laws": FrontReader.laws,
    "sources": FrontReader.sources, "english": FrontReader.english, "same_findings": FrontReader.same_findings,
}  # fmt: skip


def _nested(path: Path, tree: Tree) -> dict[str, Tree]:
    for key in reversed(path):
        tree = {str(key): tree}
    assert isinstance(tree, dict)
    return tree


def _place(key: str) -> tuple[int, str]:
    known = (*COVER, *KEYS)
    return (known.index(key) if key in known else len(known), key)
