"""The meaning of a form as one text, and its hash: layout, prose, remarks and names of the code do not enter it."""

import hashlib
import json
from typing import Final

from hyotei.forms.model import Form, Row

HASH_FORMAT: Final = "hyotei.form/1"
"""The format of the hashed text, which is part of that text."""


def content_hash(form: Form) -> str:
    """SHA-256 of the canonical form in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical_text(form).encode()).hexdigest()


def canonical_text(form: Form) -> str:
    """The canonical form: JSON with sorted keys and without blanks, of the form together with all that it extends."""
    recognition = form.recognition
    written = {
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
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _row(row: Row) -> list[object]:
    heading = [row.heading_pattern] if row.heading_pattern else []
    return [row.pattern, row.item, row.position, row.value, row.unit, list(row.occurrences), list(row.years), *heading]
