"""The catalogue of messages: complete in both languages, and exactly what the code uses."""

import re
import string
from pathlib import Path

import pytest

from hyotei.messages import Message, catalogue

ENTRIES = sorted(catalogue().values(), key=lambda entry: entry.code)
AREAS = {
    "1": "files and YAML",
    "2": "sheet figures",
    "3": "rulebook document",
    "4": "cells and expressions",
    "5": "names and types",
    "6": "engine",
    "7": "command line",
    "8": "readers of files and published data sets",
    "9": "proof, corpus, audit and reports",
}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_an_entry_is_a_sentence_in_both_languages(entry: Message) -> None:
    """Both languages are there, take the same values and end as sentences do."""
    assert re.fullmatch(f"HY[{''.join(AREAS)}][0-9]{{2}}", entry.code)
    assert entry.severity in {"error", "warning", "note"}
    assert placeholders(entry.ja) == placeholders(entry.en)
    # A sentence may close with a hint that is itself one, or none.
    assert re.search(r"。(\{hint\})?$", entry.ja), entry.ja
    assert re.search(r"[.?](\{hint\})?$", entry.en), entry.en
    assert re.search("[ぁ-ん]", entry.ja)
    assert "  " not in entry.en


def test_the_code_uses_the_catalogue_and_nothing_else(root: Path) -> None:
    """Every code in the package has its entry, and every entry is used."""
    used: dict[str, str] = {}
    for file in sorted((root / "engine").rglob("*.py")):
        for code in re.findall(r"[\"'](HY[0-9]{3})[\"']", file.read_text(encoding="utf-8")):
            used.setdefault(code, str(file.relative_to(root)))
    unknown = {code: file for code, file in used.items() if code not in catalogue()}
    assert unknown == {}
    assert sorted(catalogue().keys() - used.keys()) == []
