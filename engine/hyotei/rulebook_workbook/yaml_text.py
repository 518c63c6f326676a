"""YAML as Hyotei writes it anew: a key a line, short lists and flat mappings on one line, quotes only where they are needed."""

from collections.abc import Mapping
from json import dumps
from typing import Final

from hyotei.base.display_width import display_width
from hyotei.base.yaml import YamlList, YamlMap, YamlText, parse_yaml

_WIDEST: Final = 110
"""Columns of a line that holds a list or mapping at most."""


def scalar(value: str | None, style: str | None = None, flow: bool = False, key: bool = False) -> str:
    """A text as it can stand on one line, in quotes of the given style where it had any; None is a blank.

    `flow`: it may stand between brackets too; `key`: as the key of a mapping too.

    Raises:
        ValueError: the text cannot be stored: it has half of a surrogate pair.
    """
    if value is None:
        return "null" if flow else ""
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError("half of a surrogate pair")
    single = "'" + value.replace("'", "''") + "'"
    double = "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in dumps(value, ensure_ascii=False))
    candidates = [single, double] if style == "'" else [double, single]
    if style not in ("'", '"'):
        candidates.insert(0, value)
    for each in candidates:
        if "\n" not in each and all(_reads(text, value) for text in _tried(each, flow, key)):
            return each
    return double


def _tried(written: str, flow: bool, key: bool) -> list[str]:
    """Texts in which a scalar must be read as it is meant, in every place where it may come to stand."""
    texts = [f"- {written}"]
    if flow:
        texts.append(f"[{written}]")
    if key:
        texts.append(f"- {written}: x")
    if key and flow:
        texts.append(f"[{{{written}: x}}]")
    return texts


def _reads(text: str, value: str) -> bool:
    tree, problems = parse_yaml(text)
    if problems or not isinstance(tree, YamlList) or len(tree.items) != 1:
        return False
    item = tree.items[0]
    if isinstance(item, YamlMap):
        return [name.text for name, _ in item.entries] == [value]
    return isinstance(item, YamlText) and not item.blank and item.text == value


def inline(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{scalar(str(key), flow=True, key=True)}: {inline(each)}" for key, each in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(inline(each) for each in value) + "]"
    return scalar(None if value is None else str(value), flow=True)


def entry_lines(key: str, value: object, indent: int) -> list[str]:
    """The lines of an entry of a mapping."""
    head = " " * indent + scalar(key, key=True) + ":"
    if not isinstance(value, Mapping | list):
        written = scalar(None if value is None else str(value))
        return [f"{head} {written}" if written else head]
    if isinstance(value, list) and indent > 0:
        short = f"{head} {inline(value)}"
        if not any(isinstance(each, Mapping | list) for each in value) and display_width(short) <= _WIDEST:
            return [short]
    if not value:
        return [f"{head} {inline(value)}"]
    return [head, *_body(value, indent + 2)]


def _body(value: object, indent: int) -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in entry_lines(str(key), each, indent)]
    assert isinstance(value, list)
    return [line for each in value for line in item_lines(each, indent)]


def item_lines(value: object, indent: int) -> list[str]:
    """The lines of an item of a list; mappings of texts only stand on one line where it holds them."""
    head = " " * indent + "- "
    short = head + inline(value)
    if not isinstance(value, Mapping | list):
        written = scalar(None if value is None else str(value))
        return [(head + written).rstrip(" ") if not written else head + written]
    flat = isinstance(value, list) or (len(value) > 1 and not any(isinstance(each, list) for each in value.values()))
    if not value or (flat and display_width(short) <= _WIDEST and indent > 2):
        return [short]
    lines = _body(value, indent + 2)
    return [head + lines[0].lstrip(" "), *lines[1:]]
