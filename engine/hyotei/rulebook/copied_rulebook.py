"""A copy of a rulebook as one's own: it has its own id, names what it was made from, and is a draft of nobody but its author."""

from typing import Final

import yaml

from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.rulebook_text import RulebookText

_OF_THE_PARENT: Final = ("rulebook", "version", "effective", "supersedes", "derived_from", "standing")
"""Keys that say of the parent what is not so of a copy."""


def copied_rulebook(text: str, parent: Rulebook, changes: dict[str, str]) -> str:
    """The document of a copy; everything but these lines of the front matter stays as it is.

    Args:
        text: the document of the parent.
        parent: the same, checked.
        changes: what the front matter says of the copy: `rulebook` is its id; what else is given replaces what there is.

    Raises:
        HyoteiError: the front matter cannot be read (HY311).
    """
    document = RulebookText.parse(text)
    front = document.front
    assert front is not None, "the parent was checked"
    named = {"rulebook": parent.id, "version": parent.version, "hash": parent.hash}
    derived = ", ".join(f"{key}: {_quoted(value)}" for key, value in named.items() if value)
    first = [f"rulebook: {changes['rulebook']}", "version: 1", "standing: draft", f"derived_from: {{{derived}}}"]
    others = {key: _quoted(value) for key, value in changes.items() if key != "rulebook"}
    first += [f"{key}: {value}" for key, value in others.items()]
    kept = _without(front.text, {*_OF_THE_PARENT, *others})
    before, behind = document.lines[: front.first_line], document.lines[front.last_line - 1 :]
    return document.mark + "".join((*before, "\n".join(first) + "\n", kept, *behind))


def _without(front: str, keys: set[str]) -> str:
    """The front matter without the lines of some keys."""
    try:
        node = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise HyoteiError(Diagnostic("HY311", Location(None, 1))) from error
    assert isinstance(node, yaml.MappingNode), "the parent was checked"
    lines = front.splitlines(keepends=True)
    starts = [key.start_mark.line for key, _ in node.value]
    dropped: set[int] = set()
    for (key, _), start, end in zip(node.value, starts, [*starts[1:], len(lines)], strict=True):
        if key.value in keys:
            dropped |= set(range(start, end))
    return "".join(line for number, line in enumerate(lines) if number not in dropped)


def _quoted(value: str) -> str:
    """A value that YAML reads as this text."""
    plain = value.replace("..", "").replace("-", "").isalnum() and not value.isdecimal()
    return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
