"""What the front matter says of findings: texts of the rulebook in English, and which codes state one fact."""

from typing import Protocol

from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue
from hyotei.messages import Param


class Tell(Protocol):
    """Tells a problem at its place."""

    def __call__(self, code: str, at: YamlValue, **params: Param) -> None: ...


def english_texts(value: YamlValue | None, tell: Tell) -> dict[str, str]:
    """`english: {理由: reason, …}`: titles, reasons and questions in English."""
    found: dict[str, str] = {}
    if value is not None and not isinstance(value, YamlMap):
        tell("HY986", value, key="english")
    for key, said in value.entries if isinstance(value, YamlMap) else ():
        if not isinstance(said, YamlText) or said.blank:
            tell("HY344", said, key=f"english.{key.text}")
        else:
            found[key.text.strip()] = said.text.strip()
    return found


def same_findings(value: YamlValue | None, tell: Tell) -> tuple[tuple[str, ...], ...]:
    """`same_findings: [[A, B], …]`: codes that state one fact, in each group the one to show first."""
    groups = value.items if isinstance(value, YamlList) else ()
    if value is not None and not groups:
        tell("HY986", value, key="same_findings")
    found = []
    for group in groups:
        items = group.items if isinstance(group, YamlList) else ()
        codes = [each.text.strip() for each in items if isinstance(each, YamlText)]
        if len(codes) < 2 or len(set(codes)) < len(codes):
            tell("HY986", group, key="same_findings")
        else:
            found.append(tuple(codes))
    return tuple(found)
