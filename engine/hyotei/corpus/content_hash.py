"""The hashes of a corpus: of what its sheets say, and of nothing else.

    hash of a sheet:   SHA-256 of its JSON in the order of the models, without what is as it would be anyway
    hash of a corpus:  SHA-256 of the sorted hashes of its sheets, one a line

So neither the order of sources nor the cut into files, the compression or the version of the writer has any part in it, and a new
field of the models changes no hash of a sheet without it.
"""

import hashlib
from collections.abc import Iterable

from hyotei.sheet.models import Sheet


def sheet_hash(sheet: Sheet) -> str:
    """The hash of one sheet, in hexadecimal."""
    return hashlib.sha256(sheet.model_dump_json(by_alias=True, exclude_defaults=True).encode()).hexdigest()


def corpus_hash(sheets: Iterable[str]) -> str:
    """The hash of a corpus of the sheets with these hashes.

    >>> corpus_hash(["b", "a"]) == corpus_hash(["a", "b"])
    True
    """
    digest = hashlib.sha256()
    for each in sorted(sheets):
        digest.update(each.encode() + b"\n")
    return digest.hexdigest()
