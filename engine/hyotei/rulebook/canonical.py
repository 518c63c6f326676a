"""The meaning of a rulebook as one text, and its hash. Prose, layout and spelling of a cell do not enter it.

Everything that can show in a verdict does enter: titles, labels and annotations too, so that one hash means one verdict,
byte for byte.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Final

from hyotei.base.exact import plain
from hyotei.rulebook.model import Rulebook

_OUTSIDE: Final = frozenset({"line", "file", "hash", "warnings"})
_LATER: Final = frozenset({("Row", "question")})
"""What rulebooks came to have later; left out where it is empty, so that those without it keep their hash."""
_AS_WRITTEN: Final = frozenset({("Input", "text"), ("Formula", "text"), ("Law", "text")})
"""Spellings, which the looked-up form beside them replaces."""


def content_hash(rulebook: Rulebook) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_text(rulebook).encode()).hexdigest()


def canonical_text(rulebook: Rulebook) -> str:
    """The canonical form: JSON with sorted keys and nothing but what bears meaning."""
    return json.dumps(_plain(rulebook), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return {"number": plain(value)}
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value).__name__
        kept = [
            field.name
            for field in fields(value)
            if field.name not in _OUTSIDE
            and (kind, field.name) not in _AS_WRITTEN
            and ((kind, field.name) not in _LATER or getattr(value, field.name))
        ]
        return [kind, {name: _plain(getattr(value, name)) for name in kept}]
    if isinstance(value, dict):
        # The order of a scale is meaning: it is kept as a list.
        return [[key, _plain(inner)] for key, inner in value.items()]
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    return value
