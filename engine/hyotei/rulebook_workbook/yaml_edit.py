"""Changes a YAML text so that it says something else, and leaves everything that is still said as it was written.

Comments, blank lines, quotes and the order of keys stay with the entries that stay. What cannot be changed in its place is written
anew, the smallest part that holds it.
"""

from collections.abc import Iterator
from typing import TypeAlias

import yaml

from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue, parse_yaml
from hyotei.rulebook_workbook.weaving import matched
from hyotei.rulebook_workbook.yaml_text import entry_lines, inline, item_lines, scalar

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
"""What a YAML text says: texts as typed, None for a blank, lists, and mappings in their order."""


def tree_of(value: YamlValue | None) -> Tree:
    """What a parsed value says."""
    match value:
        case YamlText():
            return None if value.blank else value.text
        case YamlList():
            return [tree_of(item) for item in value.items]
        case YamlMap():
            return {key.text: tree_of(each) for key, each in value.entries}
    return None


def parsed(text: str) -> Tree:
    """What a YAML text says; None where it cannot be read."""
    value, problems = parse_yaml(text)
    return None if problems else tree_of(value)


def same(one: Tree, other: Tree) -> bool:
    """Whether two trees say the same, the order of keys included, which is an order of grades in a scale."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return one == other and type(one) is type(other)


def edited(text: str, wanted: Tree) -> str:
    """The YAML text that says `wanted`, as near to `text` as can be.

    Raises:
        ValueError: YAML cannot hold a text of it, such as half of a surrogate pair.
    """
    if same(parsed(text), wanted) and (wanted is not None or not text.strip()):
        return text
    if isinstance(wanted, dict):
        node = _composed(text)
        if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
            changed = _Editor(text).whole(node, wanted)
            if changed is not None and same(parsed(changed), wanted):
                return changed
    if isinstance(wanted, list):
        node = _composed(text)
        if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
            changed = _Editor(text).whole(node, wanted)
            if changed is not None and same(parsed(changed), wanted):
                return changed
    written = "\n".join(_fresh(wanted)) + "\n"
    if not same(parsed(written), wanted):
        raise ValueError("YAML cannot hold this")
    return written


def _fresh(wanted: Tree) -> list[str]:
    if isinstance(wanted, dict):
        return [line for key, value in wanted.items() for line in entry_lines(key, value, 0)]
    if isinstance(wanted, list):
        return [line for value in wanted for line in item_lines(value, 0)]
    return [scalar(wanted)]


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None


def _said(node: yaml.Node) -> Tree:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _said(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_said(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    return None if not node.style and node.value in ("", "~", "null", "Null", "NULL") else str(node.value)


class _Editor:
    """Edits of one text. A part is a range of characters; a changed part is given back as its new text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def whole(self, node: yaml.CollectionNode, wanted: Tree) -> str | None:
        start, end = node.start_mark.index, self.content_end(node)
        body = self.value(node, wanted)
        return None if body is None else self.text[:start] + body + self.text[end:]

    def value(self, node: yaml.Node, wanted: Tree) -> str | None:
        """The text of a value from its first character on; None where it has to be written anew."""
        if same(_said(node), wanted):
            return self.text[node.start_mark.index : self.content_end(node)]
        if isinstance(node, yaml.ScalarNode):
            one_line = node.start_mark.line == node.end_mark.line and node.style not in ("|", ">")
            if isinstance(wanted, str) and one_line:
                return scalar(wanted, node.style, flow=True)
            return None
        if isinstance(node, yaml.MappingNode) and isinstance(wanted, dict) and wanted:
            return self.flow_mapping(node, wanted) if node.flow_style else self.block_mapping(node, wanted)
        if isinstance(node, yaml.SequenceNode) and isinstance(wanted, list) and wanted:
            return self.flow_sequence(node, wanted) if node.flow_style else self.block_sequence(node, wanted)
        return None

    # -- on one line

    def flow_mapping(self, node: yaml.MappingNode, wanted: dict[str, Tree]) -> str:
        was = {key.value: (key, value) for key, value in node.value}
        parts = []
        for name, each in wanted.items():
            key, old = was.get(name, (None, None))
            body = self.value(old, each) if old is not None else None
            head = (
                self.text[key.start_mark.index : key.end_mark.index]
                if key is not None
                else scalar(name, flow=True, key=True)
            )
            parts.append(f"{head}: {inline(each) if body is None else body}")
        return "{" + ", ".join(parts) + "}"

    def flow_sequence(self, node: yaml.SequenceNode, wanted: list[Tree]) -> str:
        parts = []
        for old, each in self.paired(node, wanted):
            body = self.value(old, each) if old is not None else None
            parts.append(inline(each) if body is None else body)
        return "[" + ", ".join(parts) + "]"

    # -- on lines of their own

    def block_mapping(self, node: yaml.MappingNode, wanted: dict[str, Tree]) -> str | None:
        column = node.start_mark.column
        entries = list(node.value)
        leads = self.leads([key.start_mark.index for key, _ in entries], [value for _, value in entries])
        was = {key.value: (key, value, lead) for (key, value), lead in zip(entries, leads, strict=True)}

        def written() -> Iterator[tuple[str, str]]:
            for name, each in wanted.items():
                if name not in was:
                    yield "", "\n".join(entry_lines(name, each, column))[column:]
                    continue
                key, old, lead = was[name]
                yield lead, self.entry(key, old, name, each, column)

        return self.laid(written(), column)

    def entry(self, key: yaml.Node, old: yaml.Node, name: str, wanted: Tree, column: int) -> str:
        start = key.start_mark.index
        body = self.value(old, wanted)
        blank = isinstance(old, yaml.ScalarNode) and old.start_mark.index == old.end_mark.index
        if body is not None and blank and wanted is not None:
            body = " " + body.lstrip()
        if body is None:
            return "\n".join(entry_lines(name, wanted, column))[column:]
        return self.text[start : old.start_mark.index] + body + self.rest_of_line(self.content_end(old))

    def block_sequence(self, node: yaml.SequenceNode, wanted: list[Tree]) -> str | None:
        column = node.start_mark.column
        dashes = [self.text.rindex("-", 0, item.start_mark.index + (self.blank(item))) for item in node.value]
        leads = self.leads(dashes, node.value)
        places = {id(item): (dash, lead) for item, dash, lead in zip(node.value, dashes, leads, strict=True)}

        def written() -> Iterator[tuple[str, str]]:
            for old, each in self.paired(node, wanted):
                body = self.value(old, each) if old is not None else None
                if old is None or body is None:
                    yield places[id(old)][1] if old is not None else "", "\n".join(item_lines(each, column))[column:]
                    continue
                dash, lead = places[id(old)]
                yield lead, self.text[dash : old.start_mark.index] + body + self.rest_of_line(self.content_end(old))

        return self.laid(written(), column)

    def paired(self, node: yaml.SequenceNode, wanted: list[Tree]) -> list[tuple[yaml.Node | None, Tree]]:
        old = [_said(item) for item in node.value]
        found = matched(old, wanted, _key)
        return [
            (None if index is None else node.value[index], each) for (index, _), each in zip(found, wanted, strict=True)
        ]

    def laid(self, written: Iterator[tuple[str, str]], column: int) -> str:
        """Entries under each other, each with the comments and blank lines that stood before it."""
        lines = []
        for number, (lead, body) in enumerate(written):
            lines.append(body if not number else f"{lead}{' ' * column}{body}")
        return "\n".join(lines)

    def leads(self, starts: list[int], values: list[yaml.Node]) -> list[str]:
        """The whole lines between an entry and the one before it."""
        found = [""]
        for value, start in zip(values, starts[1:], strict=False):
            after = self.text.find("\n", self.content_end(value)) + 1
            found.append(self.text[after : self.text.rindex("\n", 0, start) + 1])
        return found

    # -- places

    def rest_of_line(self, index: int) -> str:
        """What follows on the line, such as a comment, without the line end."""
        end = self.text.find("\n", index)
        return self.text[index : len(self.text) if end < 0 else end]

    def content_end(self, node: yaml.Node) -> int:
        """The place after the last character of a value; blank lines and comments after it do not belong to it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            end = self.content_end(last[1] if isinstance(last, tuple) else last)
            return end + len(self.rest_of_line(end))  # a comment beside its last line belongs to that line
        end = int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return len(self.text[:end].rstrip("\n \t"))
        return end

    @staticmethod
    def blank(node: yaml.Node) -> int:
        return int(node.start_mark.index == node.end_mark.index)


def _key(tree: Tree) -> tuple[object, ...]:
    """What two items must share to be the same; a mapping begins with its first entry, by which an edited one is known."""
    if isinstance(tree, dict):
        entries = [(key, _key(value)) for key, value in tree.items()]
        return (entries[0] if entries else "", tuple(entries[1:]))
    if isinstance(tree, list):
        return (None, tuple(_key(each) for each in tree))
    return (None, tree, tree is None)
