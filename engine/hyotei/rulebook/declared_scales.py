"""Scales that a front matter declares: their values in order, each with what it means in words."""

from typing import Final

from hyotei.base.text_folding import folded
from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue
from hyotei.rulebook.cell_parser import UNKNOWN_WORDS
from hyotei.rulebook.cell_words import EXCEPT
from hyotei.rulebook.front_findings import Tell
from hyotei.rulebook.model import Scale
from hyotei.rulebook.parser import ANYTHING, KEYWORDS

RESERVED: Final = frozenset({"", "-", "ー", *ANYTHING, *UNKNOWN_WORDS, *KEYWORDS, EXCEPT, "not"})
"""Words that mean something else in every cell, so no scale can have them as values."""


def declared_scales(value: YamlValue | None, tell: Tell) -> dict[str, Scale]:
    """`scales: {rating: {A: 良, B: 可}}` or `{rating: [A, B]}`: the scales by their names; what is wrong is told."""
    found: dict[str, Scale] = {}
    if value is None:
        return found
    if not isinstance(value, YamlMap):
        tell("HY347", value)
        return found
    for name, body in value.entries:
        if not name.text.isidentifier():
            tell("HY321", name, name=name.text)
            continue
        labels = _labels(name.text, body, tell)
        if labels is not None:
            found[name.text] = Scale(name.text, labels, ordered=True)
    return found


def _labels(name: str, body: YamlValue, tell: Tell) -> dict[str, str] | None:
    """Value and what it means in words; or only a list of values."""
    entries: list[tuple[YamlText, str]] = []
    if isinstance(body, YamlMap):
        for key, label in body.entries:
            if not isinstance(label, YamlText):
                tell("HY344", label, key=f"scales.{name}.{key.text}")
            entries.append((key, label.text.strip() if isinstance(label, YamlText) else ""))
    elif isinstance(body, YamlList):
        entries = [(item, "") for item in body.items if isinstance(item, YamlText)]
    if not entries:
        tell("HY347", body)
        return None
    labels: dict[str, str] = {}
    taken = set(RESERVED)
    for key, meaning in entries:
        plain = folded(key.text.strip())
        if plain in taken:
            tell("HY348", key, value=key.text, scale=name)
            continue
        taken.add(plain)
        labels[key.text.strip()] = meaning
    return labels
