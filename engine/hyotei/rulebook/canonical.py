"""The meaning of a rulebook as one text, and its hash: a published format (docs/content-hash.md) with a version of its own.

Prose, layout and spelling of a cell do not enter it. Everything that can show in a verdict does: titles, labels and annotations
too, so that one hash means one verdict, byte for byte. No name of a class, attribute or module enters it.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

from hyotei.base.exact import plain
from hyotei.rulebook.canonical_nodes import NODES, CanonicalNode
from hyotei.rulebook.model import Rulebook

HashFormat = Literal["hyotei.canonical/2"]
HASH_FORMAT: Final[HashFormat] = "hyotei.canonical/2"
"""The format of the hashed text. It is part of that text, and stated wherever a hash is."""


def content_hash(rulebook: Rulebook) -> str:
    """SHA-256 of the canonical form in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical_text(rulebook).encode()).hexdigest()


def shown_hash(digest: str, digits: int | None = 12) -> str:
    """A hash as readers see it: the version of its format and its first digits, or all of them (None).

    >>> shown_hash("0123456789abcdef")
    '2:0123456789ab'
    """
    return f"{HASH_FORMAT.rpartition('/')[2]}:{digest[:digits]}"


def canonical_text(rulebook: Rulebook, nodes: Mapping[type, CanonicalNode] = NODES) -> str:
    """The canonical form: JSON with sorted keys, no blanks, and nothing but what bears meaning.

    Raises:
        TypeError: something in the rulebook has no place in `nodes`.
    """
    form = {"format": HASH_FORMAT, "rulebook": _written(rulebook, nodes)}
    return json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _written(value: object, nodes: Mapping[type, CanonicalNode]) -> object:
    node = nodes.get(type(value))
    if node is not None:
        found = {key: getattr(value, attribute) for key, attribute in node.keys.items()}
        return {
            "is": node.tag,
            **{
                key: _written(inner, nodes)
                for key, inner in found.items()
                if key not in node.absent or inner != node.absent[key]
            },
        }
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Decimal):
        return {"is": "number", "value": plain(value)}
    if isinstance(value, dict):
        # The order of a scale is meaning: it is kept as a list.
        return [[key, _written(inner, nodes)] for key, inner in value.items()]
    if isinstance(value, tuple):
        return [_written(inner, nodes) for inner in value]
    raise TypeError(f"{type(value).__name__} has no node in canonical_nodes.py")
