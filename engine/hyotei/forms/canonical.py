"""The meaning of a form as one text, and its hash: layout, prose, remarks and names of the code do not enter it."""

import hashlib
import json
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.forms.model import Form, Row
from hyotei.rulebook.types import ScaleType
from hyotei.rulebook.vocabulary import DeclaredFact

HASH_FORMAT: Final = "hyotei.form/1"
"""The format of the hashed text, which is part of that text."""


def content_hash(form: Form) -> str:
    """SHA-256 of the canonical form in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical_text(form).encode()).hexdigest()


def canonical_text(form: Form) -> str:
    """The canonical form: JSON with sorted keys and without blanks, of the form together with all that it extends."""
    recognition = form.recognition
    written: dict[str, object] = {
        "format": HASH_FORMAT,
        "id": form.id,
        "title": form.title,
        "authority": form.authority,
        "standing": form.standing,
        "years": [form.first_year, form.last_year],
        "recognise": [list(recognition.every), list(recognition.some), list(recognition.never)],
        "values": dict(form.values),
        "line": form.line_is,
        "sources": list(form.sources),
        "tables": {kind: [_row(row) for row in rows] for kind, rows in form.tables.items() if kind != "words" and rows},
    }
    if form.facts:
        written["facts"] = {name: _fact(fact) for name, fact in form.facts.items()}
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _fact(fact: DeclaredFact) -> list[object]:
    of = list(fact.type.values) if isinstance(fact.type, ScaleType) else fact.kind
    default = exact.plain(fact.default) if isinstance(fact.default, Decimal) else fact.default
    return [fact.scope, of, fact.label, fact.judged, fact.by, default]


def _row(row: Row) -> list[object]:
    heading = [row.heading_pattern] if row.heading_pattern else []
    return [row.pattern, row.item, row.position, row.value, row.unit, list(row.occurrences), list(row.years), *heading]
