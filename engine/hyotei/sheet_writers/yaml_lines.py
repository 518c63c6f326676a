"""Data as lines of YAML, with the name of each key as a comment beside it."""

from collections.abc import Iterator, Mapping
from typing import Final

import yaml

from hyotei.base.printable import one_line, printable
from hyotei.messages import InEach, Language
from hyotei.readers import sheet_keys as keys
from hyotei.sheet.notes import Note, notes_text

_WIDTH: Final = 1_000_000


class _Dumper(yaml.SafeDumper):
    """Quotes every text that is not plain, and writes texts of several lines as blocks where YAML can."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Lines of a block lose nothing only where none ends in a space and all are printable; others are quoted.
    lines = text.split("\n")
    if len(lines) > 1 and all(line and line == line.strip() and line.isprintable() for line in lines):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    plain = bool(text) and text.isprintable()
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


_Dumper.add_representer(str, _text)


def yaml_text(data: object, *, flow: bool | None = False) -> str:
    """Data as YAML; texts come back exactly."""
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=flow
    )  # fmt: skip


def yaml_lines(
    data: Mapping[str, object], parts: Mapping[str, keys.Part], part: str, language: Language
) -> Iterator[str]:
    """The lines of one part of a sheet.

    Args:
        data: keys with texts, mappings, or lists of them.
        parts: what stands under each key, with the names of its keys.
        part: which of them `data` is.
        language: of the comments.
    """
    for key, value in data.items():
        names = parts[part].get(key)
        # The names of facts and decisions are those of a rulebook, which is not known here.
        name = "" if names is None else f"  # {InEach(*names).text(language)}"
        if key == keys.PRINTED and isinstance(value, Mapping):
            yield f"{key}:{name}"
            for inner, record in value.items():
                yield f"  {inner}: {yaml_text(record, flow=True).strip()}{_notes(record, language)}"
        elif isinstance(value, Mapping) and key in parts:
            yield f"{key}:{name}"
            yield from (f"  {line}" for line in yaml_lines(value, parts, key, language))
        elif isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
            yield f"{key}:{name}"
            for each in value:
                lines = yaml_lines(each, parts, key, language)
                yield f"- {next(lines, '{}')}"
                yield from (f"  {line}" for line in lines)
        elif isinstance(value, Mapping | list):
            yield f"{key}: {yaml_text(value, flow=True).strip()}{name}"
        else:
            lines = iter(yaml_text({key: value}).splitlines())
            first = next(lines)
            yield first if first.endswith(("|", "|-", "|+")) else f"{first}{name}"
            yield from lines


def _notes(record: object, language: Language) -> str:
    """The notes of a record in words, as a comment behind it."""
    notes = record.get("notes") if isinstance(record, Mapping) else None
    if not isinstance(notes, list):
        return ""
    told = notes_text((Note.of(**each) for each in notes), None, language)
    # Their values are of the original, which may hold characters that no YAML can.
    return f"  # {printable(one_line(told))}"
