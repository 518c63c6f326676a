"""What the front matter says of where a rulebook stands: its version, what it replaces and was made from, the forms it is for.

Besides, the defects that its source has and that it keeps on purpose (`known_gaps`).
"""

import re
from datetime import date
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue
from hyotei.rulebook.front_findings import Tell

IDENTITY: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")
"""The id of a rulebook or of a form."""
PARENT_KEYS: Final = ("rulebook", "version", "hash")
"""What is known of the rulebook that another was made from."""
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+){0,3}")
_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")


def version(value: YamlValue | None, tell: Tell) -> str:
    """A number (`2`, `1.3`) or a date (`2014-09-02`, `2014年9月2日`), a date as ISO 8601 has it; empty where there is none."""
    if value is None:
        return ""
    text = _text(value)
    day = _day(text)
    if day is not None:
        return day.isoformat()
    if not _NUMBER.fullmatch(text):
        tell("HY354", value, text=text or "…")
        return ""
    return text


def effective(value: YamlValue | None, tell: Tell) -> tuple[str, str]:
    """The first and the last day on which the rules are in force (`2014-09-02..2019-03-31`); an end that is not stated is empty."""
    if value is None:
        return "", ""
    parts = [part.strip() for part in _text(value).replace("~", "..").split("..")]
    days = [_day(part) if part else None for part in parts]
    read = (
        len(parts) == 2 and any(parts) and all(day is not None for part, day in zip(parts, days, strict=True) if part)
    )
    first, last = days if read else (None, None)
    if not read or (first is not None and last is not None and first > last):
        tell("HY355", value, text=_text(value) or "…")
        return "", ""
    return first.isoformat() if first else "", last.isoformat() if last else ""


def ids(key: str, value: YamlValue | None, tell: Tell, besides: str = "") -> tuple[str, ...]:
    """One id or a list of ids, each once and none of them the one `besides`."""
    if value is None:
        return ()
    found = []
    for item in value.items if isinstance(value, YamlList) else (value,):
        text = _text(item)
        if not IDENTITY.fullmatch(text) or text == besides or text in found:
            tell("HY359", item, key=key)
        else:
            found.append(text)
    return tuple(found)


def derived_from(value: YamlValue | None, own: str, tell: Tell) -> dict[str, str]:
    """The rulebook that this one was made from: its id alone, or its id with the version and the hash that it had then."""
    if value is None:
        return {}
    entries = {key.text: item for key, item in value.entries} if isinstance(value, YamlMap) else {"rulebook": value}
    found = {key: _text(item) for key, item in entries.items()}
    parent = found.get("rulebook", "")
    if not IDENTITY.fullmatch(parent) or parent == own or set(found) - set(PARENT_KEYS) or not all(found.values()):
        tell("HY356", value, key="derived_from")
        return {}
    return {key: found[key] for key in PARENT_KEYS if key in found}


def known_gaps(value: YamlValue | None, tell: Tell) -> tuple[dict[str, str], dict[str, YamlText]]:
    """Decisions whose table keeps a gap or an overlap of the source, with what the source leaves open; and where each stands."""
    if value is not None and not isinstance(value, YamlMap):
        tell("HY357", value)
    found: dict[str, str] = {}
    places: dict[str, YamlText] = {}
    for key, said in value.entries if isinstance(value, YamlMap) else ():
        if not isinstance(said, YamlText) or said.blank:
            tell("HY357", said)
        else:
            found[key.text.strip()], places[key.text.strip()] = said.text.strip(), key
    return found, places


def _text(value: YamlValue) -> str:
    return folded(value.text).strip() if isinstance(value, YamlText) else ""


def _day(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
