"""Changes one figure or word of the front matter, such as a parameter, and nothing else on its line."""

from collections.abc import Iterator, Sequence
from json import dumps

import yaml

from hyotei.messages.diagnostic import Diagnostic, HyoteiError, Location
from hyotei.rulebook.rulebook_text import RulebookText

Key = str | int


def set_front_value(document: RulebookText, path: Sequence[Key], value: str) -> RulebookText:
    """Write `value` at the key path, such as `("parameters", "about")`; an item of a list has its number, from 0.

    The comment and the kind of quotes stay where the value allows it. Without quotes the value is written as it is, so
    YAML reads `10` as a number.

    Raises:
        HyoteiError: the front matter is missing or no YAML, has no such key, or holds there something else than a word
            or figure on one line; or YAML cannot hold the value.
    """
    front = document.front
    key = ".".join(str(part) for part in path)
    if front is None:
        raise _problem("HY312", document, 1, key)
    node, after = _find(_compose(document, front.text), path)
    if node is None:
        raise _problem("HY312", document, front.first_line, key)
    start, end = node.start_mark.index, node.end_mark.index
    written = front.text[start:end]
    style = node.style if isinstance(node, yaml.ScalarNode) else "|"
    one_line = node.start_mark.line == node.end_mark.line
    if style in ("|", ">") or not one_line or start < after or written.startswith(("&", "!")):
        raise _problem("HY313", document, front.first_line + 1 + node.start_mark.line, key)
    if written and node.value == value:
        return document
    for candidate in _spellings(value, style) if _is_text(value) else ():
        text = front.text[:start] + (candidate if written else " " + candidate) + front.text[end:]
        if _reads(text, path, value):
            before, behind = document.lines[: front.first_line], document.lines[front.last_line - 1 :]
            return RulebookText.parse(document.mark + "".join((*before, text, *behind)), document.file)
    raise _problem("HY314", document, front.first_line + 1 + node.start_mark.line, key)


def _spellings(value: str, style: str | None) -> Iterator[str]:
    """The value as it can be written on one line, the best way first."""
    single = "'" + value.replace("'", "''") + "'"
    double = "".join(c if c.isprintable() else _escaped(c) for c in dumps(value, ensure_ascii=False))
    if style is None and value:
        yield value
    yield from (single, double) if style == "'" else (double, single)


def _is_text(value: str) -> bool:
    """Whether the value can be stored at all: half of a surrogate pair cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _escaped(character: str) -> str:
    return f"\\U{ord(character):08x}"


def _compose(document: RulebookText, text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = 2 + mark.line if mark else 1
        raise _problem("HY311", document, line, "") from error


def _find(node: yaml.Node | None, path: Sequence[Key]) -> tuple[yaml.Node | None, int]:
    """The node at the path, and the character before which it cannot stand unless it is an alias."""
    after = 0
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if pair is None:
                return None, 0
            after, node = max(after, pair[0].end_mark.index), pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and 0 <= part < len(node.value):
            after, node = max(after, node.start_mark.index), node.value[part]
        else:
            return None, 0
    return node, after


def _reads(text: str, path: Sequence[Key], value: str) -> bool:
    """Whether YAML reads `value` at the path of this text."""
    try:
        node, after = _find(yaml.compose(text, Loader=yaml.SafeLoader), path)
    except (yaml.YAMLError, RecursionError):
        return False
    return isinstance(node, yaml.ScalarNode) and node.value == value and node.start_mark.index >= after


def _problem(code: str, document: RulebookText, line: int, key: str) -> HyoteiError:
    return HyoteiError(Diagnostic(code, Location(document.file, line), {"key": key}))
