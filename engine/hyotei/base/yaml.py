"""Strict reading of YAML (and so of JSON): a tree of texts that knows its lines, and every problem told at once.

Scalars are always text, so a figure keeps the digits it was typed with and `no` stays a word. What can hide, repeat or
multiply content (aliases, tags, duplicate keys, several documents) is refused; time and memory are bounded.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from hyotei.base.causes import cause
from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_file import read_text
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Location, Phrase, phrase

DEEPEST: Final = 50
"""Levels of nesting at most."""
MOST_VALUES: Final = 500_000
"""Values in one file at most, which bounds the memory a file can ask for."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class YamlText:
    """A scalar as typed. `line` and `column` count from 1; `end` is the column after it, if it ends on its line."""

    text: str
    line: int
    column: int
    end: int | None = None
    quoted: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands there: empty or an unquoted null."""
        return not self.quoted and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class YamlList:
    """A sequence in the order typed."""

    items: tuple["YamlValue", ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlMap:
    """A mapping in the order typed; no key stands twice."""

    entries: tuple[tuple[YamlText, "YamlValue"], ...]
    line: int
    column: int

    def get(self, key: str) -> "YamlValue | None":
        """The value of `key`, or None where the key does not stand."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> YamlText | None:
        """The key itself, with its place."""
        return next((name for name, _ in self.entries if name.text == key), None)


YamlValue = YamlText | YamlList | YamlMap


def place(value: YamlValue, file: str | None = None) -> Location:
    """The location of a value."""
    return Location(file, value.line, value.column, value.end if isinstance(value, YamlText) else None)


def read_yaml(path: str | os.PathLike[str]) -> tuple[YamlValue | None, list[Diagnostic]]:
    """The tree of a file and its problems; None where nothing of it can be used.

    Raises:
        HyoteiError: the file cannot be read as text at all (see `read_text`).
    """
    return parse_yaml(read_text(path), file=Path(path).name)


def parse_yaml(text: str, *, file: str | None = None, first_line: int = 1) -> tuple[YamlValue | None, list[Diagnostic]]:
    """The tree of a text and its problems, in the order of the text; None where nothing of it can be used.

    Args:
        text: the whole of one YAML document.
        file: name for the locations.
        first_line: line of the file at which `text` begins, for YAML within another document.
    """
    reader = _Reader(text, file, first_line)
    try:
        tree = reader.document()
    except HyoteiError as stop:
        reader.problems.extend(stop.diagnostics)
        tree = None
    return tree, reader.problems


_PAIR: Final = lazy_pattern(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def paired(text: str) -> str:
    """A JSON text with each character beyond U+FFFF, which JSON may write as two escapes, as itself; other texts as they are."""
    if text.lstrip()[:1] not in ("{", "[") or _PAIR.search(text) is None:
        return text
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text  # YAML that begins likewise, in which a backslash may be just that
    return _PAIR.sub(lambda match: match[1] + _character(int(match[2], 16), int(match[3], 16)), text)


def _character(high: int, low: int) -> str:
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _events(text: str) -> Iterator[Event]:
    """The events of PyYAML's C parser, or of its Python parser where PyYAML was built without the C library."""
    parser: yaml.CLoader | yaml.Loader = yaml.CLoader(text) if yaml.__with_libyaml__ else yaml.Loader(text)
    while True:
        event = parser.get_event()
        assert event is not None, "the stream ends with its own event"
        yield event
        if isinstance(event, StreamEndEvent):
            return


class _Reader:
    """One pass over the events. Depth is bounded, so plain recursion is safe."""

    def __init__(self, text: str, file: str | None, first_line: int) -> None:
        text = paired(text)
        self.text, self.file, self.first_line = text, file, first_line
        self.problems: list[Diagnostic] = []
        self.values = 0
        self.events = _events(text)

    def document(self) -> YamlValue | None:
        tree: YamlValue | None = None
        documents = 0
        try:
            for event in self.events:
                if isinstance(event, DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.problem("HY115", event)
                        break
                elif isinstance(event, NodeEvent):
                    tree = self.value(event, 1)
        except ReaderError as error:
            raise HyoteiError(self.unreadable_character(error)) from None
        except MarkedYAMLError as error:
            raise HyoteiError(self.syntax(error)) from None
        except (YAMLError, RecursionError) as error:
            raise HyoteiError(Diagnostic("HY110", Location(self.file), {"problem": cause(error)})) from None
        if documents == 0:
            self.problems.append(Diagnostic("HY104", Location(self.file)))
        return tree

    def value(self, event: NodeEvent, depth: int) -> YamlValue:
        self.values += 1
        if self.values > MOST_VALUES:
            raise HyoteiError(Diagnostic("HY116", self.at(event), {"limit": f"{MOST_VALUES:,}"}))
        line, column = self.position(event)
        if isinstance(event, AliasEvent):
            self.problem("HY113", event, name=f"*{event.anchor}")
            return YamlText("", line, column)
        assert isinstance(event, ScalarEvent | CollectionStartEvent)
        if event.anchor is not None:
            self.problem("HY113", event, name=f"&{event.anchor}")
        if event.tag is not None:
            self.problem("HY112", event, tag=event.tag)
        if isinstance(event, ScalarEvent):
            after = event.end_mark
            end = after.column + 1 if after is not None and self.first_line + after.line == line else None
            return YamlText(event.value, line, column, end, bool(event.style))
        if depth > DEEPEST:
            raise HyoteiError(Diagnostic("HY114", self.at(event), {"limit": str(DEEPEST)}))
        if isinstance(event, SequenceStartEvent):
            return YamlList(tuple(self.value(child, depth + 1) for child in self.children()), line, column)
        return YamlMap(tuple(self.entries(depth + 1)), line, column)

    def entries(self, depth: int) -> list[tuple[YamlText, YamlValue]]:
        found: dict[str, tuple[YamlText, YamlValue]] = {}
        children = self.children()
        for event in children:
            key = self.value(event, depth)
            value = self.value(next(children), depth)
            if not isinstance(key, YamlText):
                self.problem("HY117", event)
            elif key.text.startswith("\u3000"):
                self.problem("HY119", event)
            elif key.text in found:
                first = found[key.text][0]
                self.problem("HY111", event, key=key.text, first=str(first.line))
            else:
                found[key.text] = (key, value)
        return list(found.values())

    def children(self) -> Iterator[NodeEvent]:
        """The nodes up to the end of the collection that was just opened."""
        for event in self.events:
            if not isinstance(event, NodeEvent):
                return
            yield event

    def position(self, event: Event) -> tuple[int, int]:
        mark = event.start_mark
        assert mark is not None, "every event of a parser has its place"
        return self.first_line + mark.line, mark.column + 1

    def at(self, event: Event) -> Location:
        return Location(self.file, *self.position(event))

    def problem(self, code: str, event: Event, **params: str) -> None:
        self.problems.append(Diagnostic(code, self.at(event), dict(params)))

    def syntax(self, error: MarkedYAMLError) -> Diagnostic:
        """What the parser stumbled over, with the place and the commonest mend."""
        mark = error.problem_mark or error.context_mark
        location = Location(self.file)
        if mark is not None:
            location = Location(self.file, self.first_line + mark.line, mark.column + 1)
        lines = self.text.split("\n")
        if mark is not None and mark.line < len(lines):
            line = lines[mark.line]
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent:
                return Diagnostic("HY118", location)
            if "\u3000" in indent:
                return Diagnostic("HY119", location)
        problem = error.problem or error.context or "?"
        return Diagnostic("HY110", location, {"problem": _complaint(problem)})

    def unreadable_character(self, error: ReaderError) -> Diagnostic:
        position = next((at for at, sign in enumerate(self.text) if not _printable(sign)), 0)
        line = self.text.count("\n", 0, position)
        column = position - (self.text.rfind("\n", 0, position) + 1)
        character = f"U+{ord(self.text[position]):04X}" if self.text else "?"
        location = Location(self.file, self.first_line + line, column + 1)
        return Diagnostic("HY120", location, {"character": character})


_COMPLAINTS: Final = (
    ("mapping values are not allowed", "files.yaml.colon"),
    ("did not find expected ',' or", "files.yaml.comma"),
    ("did not find expected node content", "files.yaml.no_value"),
    ("did not find expected key", "files.yaml.no_key"),
    ("did not find expected '-' indicator", "files.yaml.no_dash"),
    ("found unexpected end of stream", "files.yaml.quotes"),
    ("could not find expected ':'", "files.yaml.no_colon"),
    ("found invalid Unicode character escape code", "files.yaml.escape"),
    ("found character that cannot start any token", "files.yaml.character"),
)
"""How the commonest complaints of the parser begin, and what is said in their place."""


def _complaint(problem: str) -> Phrase:
    known = (key for beginning, key in _COMPLAINTS if problem.startswith(beginning))
    return phrase(next(known, "files.yaml.other"))


def _printable(character: str) -> bool:
    """Whether YAML allows the character as it stands."""
    code = ord(character)
    if code < 0x20:
        return character in "\t\n\r"
    return code < 0x7F or code == 0x85 or 0xA0 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF
